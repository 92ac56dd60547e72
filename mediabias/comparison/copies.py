"""The same comparison twice, with copies of one story counted once and counted each: how much is the agency's doing."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mediabias.comparison.design import Design, design_of
from mediabias.comparison.effects import compare
from mediabias.corpus import Corpus
from mediabias.features.run import FeatureTables

_KEY = ["column", "a", "b"]
_SHOWN = ["estimate", "ci_low", "ci_high", "p", "q", "n_articles", "n_events"]


def with_and_without_copies(
    features: FeatureTables | pd.DataFrame,
    articles: Corpus | pd.DataFrame,
    design: Design | None = None,
    **choices: Any,
) -> pd.DataFrame:
    """Return effects with each story counted once beside those with every copy counted.

    Parameters
    ----------
    features, articles, design
        As `compare` takes them; the design's own `copies` is not used.
    **choices
        Fields of the design by their names.

    Returns
    -------
    DataFrame
        A row a column and pair: column, a, b, then estimate, ci_low, ci_high, p, q, n_articles, n_events, each
        twice: ``_once`` and ``_each``; and `turned`, whether the estimate changes its sign. Missing where a pair has no
        articles left in one of the two.

    Raises
    ------
    TableError
        As `compare`.

    Examples
    --------
    >>> ids = ["a1", "a2", "b1", "b2", "c1"]
    >>> about = pd.DataFrame({"article_id": ids, "outlet": list("AABBB"), "event": list("xyxyx")})
    >>> about["copy_of"] = ["", "", "", "", "a1"]
    >>> numbers = pd.DataFrame({"article_id": ids, "verbs__accusing": [6.0, 8.0, 4.0, 6.0, 8.0]})
    >>> with_and_without_copies(numbers, about)[["estimate_once", "estimate_each", "turned"]].values.tolist()
    [[2.0, 1.0, False]]
    """
    made = design_of(design, choices)
    once, each = (compare(features, articles, made.but(copies=c)).table[_KEY + _SHOWN] for c in ("collapse", "keep"))
    both = once.merge(each, on=_KEY, how="outer", suffixes=("_once", "_each"), sort=False)
    return both.assign(turned=both["estimate_once"] * both["estimate_each"] < 0)
