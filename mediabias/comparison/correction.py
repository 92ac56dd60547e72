"""Many tests: p-values corrected for the family that they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from mediabias.errors import DesignError


def corrected(
    p: pd.Series, columns: pd.Series, family: str | Mapping[str, Sequence[str]] = "all", correction: str = "bh"
) -> pd.Series:
    """Return p corrected for all tests of its family; missing where p is, or the column is in no family.

    Examples
    --------
    >>> corrected(pd.Series([0.01, 0.04]), pd.Series(["v__a", "v__b"]), correction="holm").tolist()
    [0.02, 0.04]
    """
    if isinstance(family, str):
        families = columns.str.split("__").str[0] if family == "feature" else pd.Series("all", columns.index)
    else:
        named = {column: name for name, many in family.items() for column in many}
        if odd := sorted(set(named) - set(columns)):
            raise DesignError(f"{odd[0]!r} is no column of this comparison", parameter="family")
        families = columns.map(named)
    q = pd.Series(np.nan, p.index)
    for _, part in p.dropna().groupby(families[p.notna()]):
        q[part.index] = stats.false_discovery_control(part) if correction == "bh" else _holm(part)
    return q


def _holm(p: pd.Series) -> Any:
    from statsmodels.stats.multitest import multipletests  # takes half a second to import

    return multipletests(p, method="holm")[1]
