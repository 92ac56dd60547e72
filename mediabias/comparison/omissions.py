"""What an outlet leaves out of an event: sources and quotations that others have and it has not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from mediabias.actors.shared import quotations, sources
from mediabias.article import Article
from mediabias.errors import TableError

COLUMNS = ("event", "outlet", "kind", "item", "cited", "others", "of", "evidence")


def selection(articles: Iterable[Article], *, least: float = 0.5, copies: str = "collapse") -> pd.DataFrame:
    """Return, for each outlet and event, the sources and quotations that a good part of the other outlets have.

    Parameters
    ----------
    articles : iterable of Article
        With event and attributions. An outlet's articles on one event are taken together; an event of fewer than three outlets
        has no rows, since one other outlet is no measure.
    least : float
        Share of the other outlets that must have an item for it to count; a half by default.
    copies : {"collapse", "keep"}
        Whether an outlet that only has a copy of another's story counts among the others. It does not by default: what it
        has is what the origin has.

    Returns
    -------
    DataFrame
        A row an event, outlet and item: event, outlet, kind (source or quotation), item (as most write it), cited (whether the
        outlet has it), others (outlets that have it), of (how many others there are), evidence (lists of article_id, start,
        end: where the outlet has it, or where the others have it that it left out). The mean of ``~cited`` by outlet is the
        share of what others agree on that the outlet leaves out.

    Raises
    ------
    TableError
        When an article has no attributions: an engine has to run first.

    Notes
    -----
    Sources are the same when their names are, or one is the surname of the only person so called; "officials" of two outlets
    are one source. Quotations are the same when the shorter shares half of its runs of four words with the other; only words
    in quotation marks count.

    References
    ----------
    D'Alessio, D. and Allen, M. (2000). Media bias in presidential elections: a meta-analysis. Journal of Communication 50
    ("gatekeeping bias"). Hofstetter, C. and Buss, T. (1978). Bias in television news coverage of political events. Journal of
    Broadcasting 22 ("selectivity").
    """
    events: dict[str, list[Article]] = {}
    for article in articles:
        if article.attributions is None:
            raise TableError(
                f"{article.article_id!r} has no attributions; give articles that went through mb.attribute_all"
            )
        if article.event:
            events.setdefault(article.event, []).append(article)
    rows = [row for event in sorted(events) for row in _rows(event, events[event], least, copies)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(event: str, articles: list[Article], least: float, copies: str) -> Iterator[tuple[object, ...]]:
    outlets = sorted({a.outlet for a in articles})
    telling = outlets if copies == "keep" else sorted({a.outlet for a in articles if not a.copy_of})
    if len(outlets) < 3:
        return
    for item in (*sources(articles), *quotations(articles)):
        for outlet in outlets:
            others = [o for o in telling if o != outlet]
            having = [o for o in others if o in item.places]
            if not others or len(having) < max(least * len(others), 1):
                continue
            cited = outlet in item.places
            evidence = item.places[outlet] if cited else [place for o in having for place in item.places[o]]
            yield event, outlet, item.kind, item.name, cited, len(having), len(others), [list(e) for e in evidence]
