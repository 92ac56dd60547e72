"""Who speaks in each article, speaker by speaker: words, quotations, place."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from mediabias.article import WORD, Article
from mediabias.errors import FeatureError

_COLUMNS = (
    "article_id",
    "outlet",
    "speaker",
    "source_type",
    "words",
    "quotations",
    "attributions",
    "place",
    "last",
    "evidence",
)


def voices(articles: Iterable[Article]) -> pd.DataFrame:
    """Return what each speaker of each article is given.

    Parameters
    ----------
    articles : iterable of Article
        With attributions.

    Returns
    -------
    DataFrame
        A row an article and speaker: article_id, outlet, speaker, source_type (of the first mention), words (attributed to the
        speaker), quotations (direct or mixed), attributions, place (1 for who speaks first), last (who speaks last) and
        evidence (the attributions' ids); in the order in which they first speak.

    Raises
    ------
    FeatureError
        When an article has no attributions: an engine has to run first.

    Examples
    --------
    >>> from mediabias import attribute
    >>> article = attribute(Article.from_text("“It rains,” said Ana Dole. Bo Vale said that it did not.", "a"))
    >>> voices([article])[["speaker", "words", "quotations", "place", "last"]].values.tolist()
    [['Ana Dole', 2, 1, 1, False], ['Bo Vale', 4, 0, 2, True]]
    """
    rows = []
    for article in articles:
        if article.attributions is None:
            raise FeatureError(
                f"{article.article_id!r} has no attributions; give articles that went through mb.attribute_all"
            )
        said = sorted((a for a in article.attributions if a.source and a.speaker), key=lambda a: a.source[0])
        speakers = list(dict.fromkeys(a.speaker for a in said))
        for place, speaker in enumerate(speakers, 1):
            own = [a for a in said if a.speaker == speaker]
            words = sum(len(WORD.findall(s.of(article.text))) for a in own for s in a.content)
            quoted = sum(a.quotation in {"direct", "mixed"} for a in own)
            ids = [a.attribution_id for a in own]
            last = said[-1].speaker == speaker
            rows.append(
                (article.article_id, article.outlet, speaker, own[0].source_type, words, quoted, len(own), place, last, ids)
            )  # fmt: skip
    return pd.DataFrame(rows, columns=list(_COLUMNS))
