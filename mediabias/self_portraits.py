"""What each outlet says of itself: its wordings, each counted once, with the articles and the dates that it stood on."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from mediabias.article import Article
from mediabias.features.self_description import SelfDescription
from mediabias.zoning.page import key_of

COLUMNS = ["outlet", "kind", "wording", "zones", "articles", "share", "first", "last", "article_id", "start", "end"]


def self_portrait(articles: Iterable[Article], feature: SelfDescription | None = None) -> pd.DataFrame:
    """Gather what outlets say of themselves, one row a wording.

    A box that stands on every page of an outlet is one wording, however many articles carry it; upper and lower case and
    marks between words make no other wording. What an outlet says from one date to another shows a change of its mind.

    Parameters
    ----------
    articles : iterable of Article
        A list or a Corpus. Articles without an outlet are passed over.
    feature : SelfDescription, optional
        What finds the claims; by default `SelfDescription()`.

    Returns
    -------
    DataFrame
        outlet; kind of claim; wording as it first stood; zones that it stood in; articles that carry it; share of the
        outlet's articles that do; first and last date of these (UTC, empty where unknown); and the place of one of them:
        article_id, start and end in its text. Sorted by outlet, kind, and how many articles carry it.

    Examples
    --------
    >>> from mediabias.article import Block
    >>> text = "We answer to nobody but our readers."
    >>> pages = [
    ...     Article(name, text, (Block(0, len(text), "appeal"),), outlet="The Ellan Post", published=day)
    ...     for name, day in (("a", "2021-03-01T00:00:00Z"), ("b", "2021-03-05T00:00:00Z"))
    ... ]
    >>> self_portrait(pages)[["kind", "articles", "share", "last"]].values.tolist()
    [['independence', 2, 1.0, '2021-03-05T00:00:00Z']]
    """
    feature = feature or SelfDescription()
    carried: dict[str, int] = {}
    found: dict[tuple[str, str, str], list[tuple[str, str, str, str, int, int]]] = {}
    for article in articles:
        if not article.outlet:
            continue
        carried[article.outlet] = carried.get(article.outlet, 0) + 1
        for e in feature.evidence(article):
            words = " ".join(article.text[e.start : e.end].split())
            place = (article.published, words, article.zone_at(e.start), article.article_id, e.start, e.end)
            found.setdefault((article.outlet, e.label, key_of(words)), []).append(place)
    rows = []
    for (outlet, kind, _), places in found.items():
        places.sort()
        dates = [date for date, *_ in places if date]
        _, wording, _, article_id, start, end = places[0]
        n = len({p[3] for p in places})
        zones = ", ".join(sorted({p[2] for p in places}))
        first, last = (dates[0], dates[-1]) if dates else ("", "")
        rows.append((outlet, kind, wording, zones, n, n / carried[outlet], first, last, article_id, start, end))
    rows.sort(key=lambda r: (r[0], r[1], -r[4], r[2]))
    return pd.DataFrame(rows, columns=COLUMNS)
