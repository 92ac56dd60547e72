"""What an outlet leaves out of an event: sources and quotations that others have and it has not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pandas as pd

from mediabias import lexicons
from mediabias.article import Article, Span
from mediabias.errors import TableError

COLUMNS = ("event", "outlet", "kind", "item", "cited", "others", "of", "evidence")
#: A quotation of fewer words says too little to be told from another.
_LEAST = 4
_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]+)(?:[”\"»“]|$)")
_DETERMINER = re.compile(r"^(?:the|an?|his|her|its|their|our|this|that)\s+", re.I)
_BEHIND = re.compile(r"\s*(?:,|\bwho\b|\bwhose\b|\bwhich\b|\bof\b|\bat\b|\bfrom\b|\bin\b|\().*$", re.S)


@dataclass
class Item:
    """A source or a quotation of an event, and where each outlet has it."""

    kind: str
    name: str
    key: frozenset[str]
    places: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)


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


def sources(articles: Iterable[Article]) -> list[Item]:
    """Return the sources of an event; a surname alone is the person's whose surname it is, where there is only one."""
    found = [
        (key, a.outlet, (a.article_id, x.source[0].start, x.source[-1].end), name)
        for a in articles
        for x in a.attributions or ()
        if x.source and (name := _named(x.speaker)) and (key := name.casefold())
    ]
    keys = {key for key, *_ in found}
    people: dict[str, set[str]] = {}
    for key in keys:
        if " " in key:
            people.setdefault(key.rpartition(" ")[2], set()).add(key)
    items: dict[str, Item] = {}
    names: dict[str, Counter[str]] = {}
    for key, outlet, place, name in found:
        same = people.get(key, set())
        key = next(iter(same)) if len(same) == 1 else key
        items.setdefault(key, Item("source", "", frozenset([key]))).places.setdefault(outlet, []).append(place)
        names.setdefault(key, Counter())[name] += 1
    for key, item in items.items():
        item.name = max(names[key], key=lambda n: (len(n.split()) > 1, names[key][n], n))
    return [items[key] for key in sorted(items)]


def _named(speaker: str) -> str:
    """Return a source's name without what is said of it.

    Examples
    --------
    >>> _named("The government's report, which was kept back"), _named("Ana Dole of the port office"), _named("Ana Dole")
    ("government's report", 'Ana Dole', 'Ana Dole')
    """
    bare = _DETERMINER.sub("", " ".join(lexicons.fold(speaker).split()))
    return _BEHIND.sub("", bare) or bare


def quotations(articles: Iterable[Article]) -> list[Item]:
    """Return the quotations of an event, those that are mostly the same words as one."""
    items: list[Item] = []
    for a in articles:
        for x in a.attributions or ():
            for span, words in (q for content in x.content for q in _quoted(a, content)):
                runs = frozenset(" ".join(words[i : i + _LEAST]) for i in range(len(words) - _LEAST + 1))
                same = next((i for i in items if len(i.key & runs) >= 0.5 * min(len(i.key), len(runs))), None)
                if same is None:
                    same = Item("quotation", span.of(a.text), runs)
                    items.append(same)
                same.places.setdefault(a.outlet, []).append((a.article_id, span.start, span.end))
    return items


def _quoted(article: Article, content: Span) -> Iterator[tuple[Span, list[str]]]:
    for m in _QUOTED.finditer(article.text, content.start, content.end):
        words = re.findall(r"\w+", m[1].casefold())
        if len(words) >= _LEAST:
            yield Span(m.start(1), m.end(1)), words
