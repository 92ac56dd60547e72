"""The transparent engine: every attribution carries the name of the pattern that made it, and `explain` says the rest."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from mediabias.article import DEFAULT_ZONES, Article
from mediabias.attribution.engines import Found, Reading
from mediabias.attribution.rules.engine import THRESHOLD, find
from mediabias.attribution.rules.rates import head_rate

__all__ = ["Rules", "explain"]


class Rules:
    """The rules as an engine.

    Examples
    --------
    >>> from mediabias.article import Span
    >>> text = '“It rains,” the mayor said.'
    >>> (found,) = Rules().find([Reading(text, [Span(0, len(text))])])
    >>> [(f.pattern, f.source[0].of(text)) for f in found]
    [('postposed', 'the mayor')]
    """

    def find(self, readings: Sequence[Reading]) -> list[list[Found]]:
        """Find the attributions of each text, in the order of their cues."""
        return [find(text, paragraphs) for text, paragraphs in readings]


def explain(article: Article, zones: Sequence[str] = DEFAULT_ZONES) -> pd.DataFrame:
    """Say of each attribution that the rules find which pattern made it, and on which prior it rests.

    Returns
    -------
    DataFrame
        cue, source, pattern, rate (how often the cue's head is one, in the annotated corpus that the prior was counted on;
        0 where the head is unknown), confidence, threshold.

    Examples
    --------
    >>> explain(Article.from_text("“It rains,” the mayor said."))[["cue", "pattern"]].values.tolist()
    [['said', 'postposed']]
    """
    text = article.text
    rows = [
        (
            " ".join(s.of(text) for s in f.cue),
            " ".join(s.of(text) for s in f.source),
            f.pattern,
            head_rate(" ".join(s.of(text) for s in f.cue)),
            f.confidence,
            THRESHOLD,
        )
        for f in find(text, list(article.spans(zones)))
    ]
    return pd.DataFrame(rows, columns=["cue", "source", "pattern", "rate", "confidence", "threshold"])
