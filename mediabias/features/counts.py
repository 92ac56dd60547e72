"""From counts to numbers; the only place where evidence becomes a rate or a share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

#: The units of a label, and how a data dictionary writes them.
UNITS = {"rate": "per 1,000 words", "share": "share of {}", "coverage": "share of the words read", "word_share": "share of the words of {}",
         "count": "number in the article"}  # fmt: skip


def unit_text(unit: str, group: str) -> str:
    """Write a unit out.

    Examples
    --------
    >>> unit_text("share", "cues by class")
    'share of cues by class'
    """
    return UNITS[unit].format(group or "all evidence")


def numbers(counts: pd.DataFrame, dictionary: pd.DataFrame, article_ids: Sequence[str] | None = None) -> pd.DataFrame:
    """Return rates and shares: one row an article, one column a label, in the dictionary's order.

    Parameters
    ----------
    counts : DataFrame
        article_id, column, count, exposure.
    dictionary : DataFrame
        As of `Feature.data_dictionary`; a column's unit decides between "per 1,000" and a plain ratio.
    article_ids : sequence of str, optional
        The rows and their order; as they come in `counts` by default.

    Returns
    -------
    DataFrame
        article_id, then the columns; missing where the exposure is 0.

    Examples
    --------
    >>> counts = pd.DataFrame([("a", "x__y", 2.0, 400.0)], columns=["article_id", "column", "count", "exposure"])
    >>> numbers(counts, pd.DataFrame({"column": ["x__y"], "unit": ["per 1,000 words"]})).values.tolist()
    [['a', 5.0]]
    """
    ids = list(dict.fromkeys(counts["article_id"])) if article_ids is None else list(article_ids)
    per = counts["column"].map(dict(zip(dictionary["column"], dictionary["unit"], strict=True)))
    factor = np.where(per == UNITS["rate"], 1000.0, 1.0)
    value = factor * counts["count"] / counts["exposure"].where(counts["exposure"] > 0)
    wide = counts.assign(value=value).pivot(index="article_id", columns="column", values="value")
    wide = wide.reindex(index=pd.Index(ids, name="article_id", dtype="str"), columns=list(dictionary["column"]))
    wide.columns = pd.Index(list(dictionary["column"]), dtype="str")
    return wide.astype(float).reset_index()
