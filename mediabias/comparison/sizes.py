"""How large a difference is, beside its estimate: standardised, as a ratio, and whether it is too small to matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from mediabias.comparison.pairing import Pairing
from mediabias.comparison.resampling import Floats


def hedges_g(difference: Floats) -> Floats:
    """Return the mean over events of each column's difference over its standard deviation, corrected for few events.

    References
    ----------
    Hedges, L. (1981). Distribution theory for Glass's estimator of effect size. Journal of Educational Statistics 6(2).

    Examples
    --------
    >>> hedges_g(np.array([[1.0], [2.0], [3.0], [4.0]])).round(3)
    array([1.408])
    """
    n = len(difference)
    if n < 3:
        return np.full(difference.shape[1], np.nan)
    spread = difference.std(axis=0, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(spread > 0, (1 - 3 / (4 * (n - 1) - 1)) * difference.mean(axis=0) / spread, np.nan)


def equivalence_p(difference: Floats, margin: Floats) -> Floats:
    """Return p of two one-sided t tests that the mean of each column lies within plus and minus its margin.

    Examples
    --------
    >>> equivalence_p(np.array([[0.1], [-0.1], [0.0], [0.05]]), np.array([0.5])).round(3)
    array([0.001])
    """
    n = len(difference)
    if n < 2:
        return np.full(difference.shape[1], np.nan)
    error = difference.std(axis=0, ddof=1) / np.sqrt(n)
    with np.errstate(divide="ignore", invalid="ignore"):
        above, below = ((difference.mean(axis=0) + s * margin) / error for s in (1, -1))
    return np.where(error > 0, np.maximum(stats.t.sf(above, n - 1), stats.t.cdf(below, n - 1)), np.nan)


def ratios(
    part: Pairing,
    spans: Mapping[str, pd.DataFrame | None],
    columns: np.ndarray,
    confidence: float,
    n_resamples: int,
    seed: int,
) -> dict[str, Any]:
    """Return the ratio of the pooled numbers of a to those of b, and its interval over resampled events."""
    names = ("ratio", "ratio_low", "ratio_high")
    if spans["count"] is None or spans["exposure"] is None or not len(part.events):
        return dict.fromkeys(names, np.nan)
    count, exposure = (_by_event(part, spans[c].reindex(index=part.ids)[list(columns)].to_numpy(float)) for c in spans)  # type: ignore[union-attr]
    with np.errstate(divide="ignore", invalid="ignore"):
        over = lambda c, e: (c[0] / e[0]) / (c[1] / e[1])  # noqa: E731
        point = over(count.sum(axis=1), exposure.sum(axis=1))
        n = len(part.events)
        if n < 2:
            return dict(zip(names, (point, np.nan, np.nan), strict=True))
        weights = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), min(n_resamples, 1999)).astype(float)
        drawn = over(weights @ count, weights @ exposure)
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    known = np.isfinite(drawn).all(axis=0)
    ends = np.full((2, len(columns)), np.nan)
    ends[:, known] = np.quantile(drawn[:, known], tails, axis=0)
    return dict(zip(names, (np.where(np.isfinite(point), point, np.nan), *ends), strict=True))


def _by_event(part: Pairing, values: Floats) -> Floats:
    """Return the sums of a and of b in each event: 2 x events x columns."""
    sums = np.zeros((2, len(part.events), values.shape[1]))
    np.add.at(sums, ((~part.is_a).astype(int), part.event), np.nan_to_num(values))
    return sums
