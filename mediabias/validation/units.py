"""What people code: the sentences of articles, each with the labels that a feature found in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

import pandas as pd

from mediabias.article import Article, Span
from mediabias.features.run import FeatureTables

_END = re.compile(r"[.!?…]+[\"'”’»)]*\s+(?=[\"'“‘«(]*[A-Z0-9])")
#: Words whose point ends no sentence.
_SHORT = re.compile(
    r"(?:\b(?:Mrs?|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Adm|Rev|St|Jr|Sr|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"Calif|Fla|Mass|Pa|Va|Wash|Ill|Mich|Minn|Wis|Tex|Conn|Inc|Corp|Co|Ltd|[A-Z])|[a-z]\.[a-z]|[A-Z]\.[A-Z])\.$"
)


def sentences(article: Article, zones: Iterable[str]) -> Iterator[Span]:
    """Yield the sentences of the zones, without the white space around them.

    Examples
    --------
    >>> article = Article.from_text("Sen. Ana Dole left. “It rains,” she said. It did.")
    >>> [s.of(article.text) for s in sentences(article, ["body"])]
    ['Sen. Ana Dole left.', '“It rains,” she said.', 'It did.']
    """
    for span in article.spans(zones):
        start = span.start
        for m in _END.finditer(article.text, span.start, span.end):
            upto = article.text[start : m.end()].rstrip()
            if not _SHORT.search(upto):
                yield Span(start, start + len(upto))
                start = m.end()
        if start < span.end:
            yield Span(start, span.end)


def unit_table(tables: FeatureTables, articles: Iterable[Article], feature: str) -> pd.DataFrame:
    """Return every sentence that a feature read, with the labels that begin in it.

    Returns
    -------
    DataFrame
        unit_id (``article_id:start``), article_id, start, end, then a column a label: whether the feature found it there.

    Examples
    --------
    >>> from mediabias.features import extract
    >>> article = Article.from_text("The road was closed. It rained.", "a")
    >>> unit_table(extract([article], "voice"), [article], "voice")[["unit_id", "passive_agentless"]].values.tolist()
    [['a:0', True], ['a:21', False]]
    """
    own = tables.dictionary[tables.dictionary["feature"] == feature]
    labels = list(own["label"])
    zones = sorted({z for many in own["zones"] for z in many.split(", ")})
    found = tables.evidence[tables.evidence["feature"] == feature]
    by_article = {i: rows for i, rows in found.groupby("article_id")}
    out = []
    for article in articles:
        spans = list(sentences(article, zones))
        starts = [s.start for s in spans]
        has: list[set[str]] = [set() for _ in spans]
        if article.article_id in by_article:
            for start, label in by_article[article.article_id][["start", "label"]].itertuples(index=False):
                if (at := bisect_right(starts, start) - 1) >= 0:
                    has[at].add(label)
        out += [
            (f"{article.article_id}:{s.start}", article.article_id, s.start, s.end, *(k in h for k in labels))
            for s, h in zip(spans, has, strict=True)
        ]
    return pd.DataFrame(out, columns=["unit_id", "article_id", "start", "end", *labels])
