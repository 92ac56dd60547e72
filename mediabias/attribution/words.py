"""Attributions with their words, one row each: for people to read."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from mediabias.article import Article

_FIELDS = ("speaker", "source_type", "cue_class", "type", "quotation", "zone")
COLUMNS = ("article_id", "attribution_id", "outlet", "source", "cue", "content", *_FIELDS, "confidence")


def in_words(articles: Iterable[Article]) -> pd.DataFrame:
    """Return who said what, in the articles' words.

    Parameters
    ----------
    articles : iterable of Article
        Those without attributions have no rows.

    Returns
    -------
    DataFrame
        A row an attribution, with `COLUMNS`: article_id, attribution_id and outlet; the words of source, cue and content, parts of a role that lie
        apart joined by " … "; who the speaker is within the article, of which type; the cue's class; the type of the attribution
        and of its quotation; the zone; the confidence, 0 to 1.

    Examples
    --------
    >>> from mediabias.attribution import attribute
    >>> article = attribute(Article.from_text("“It rains,” said Mayor Ana Dole.", "a"))
    >>> in_words([article])[["source", "cue", "content", "speaker"]].values.tolist()
    [['Mayor Ana Dole', 'said', '“It rains,”', 'Ana Dole']]
    """
    rows = []
    for article in articles:
        for a in article.attributions or ():
            words = [
                " … ".join(" ".join(s.of(article.text).split()) for s in role) for role in (a.source, a.cue, a.content)
            ]
            rows.append(
                (
                    article.article_id,
                    a.attribution_id,
                    article.outlet,
                    *words,
                    *(getattr(a, f) for f in _FIELDS),
                    a.confidence,
                )
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))
