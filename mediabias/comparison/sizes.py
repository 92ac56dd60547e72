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


def behind(spans: pd.DataFrame | None, ids: np.ndarray, columns: np.ndarray) -> Any:
    """Return how many pieces of evidence stand behind each column in the articles."""
    return np.nan if spans is None else spans.reindex(index=ids)[list(columns)].sum().to_numpy(float)


def ratios(
    part: Pairing,
    spans: Mapping[str, pd.DataFrame | None],
    columns: np.ndarray,
    mean_a: Floats,
    mean_b: Floats,
    confidence: float,
) -> dict[str, Any]:
    """Return the ratio of the mean over events of a to that of b, and Fieller's interval over events.

    Of the same means as the estimate, so that it can't contradict it. Where one outlet has none of a column, the
    interval reaches to zero or has no upper end; its other end rests on how much text nothing was found in.
    """
    names = ("ratio", "ratio_low", "ratio_high")
    if (part.values < 0).any(axis=0).all():
        return dict.fromkeys(names, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        point = mean_a.mean(axis=0) / mean_b.mean(axis=0)
    low, high = fieller(mean_a, mean_b, confidence) if len(mean_a) > 1 else np.full((2, len(point)), np.nan)
    if len(mean_a) > 1:
        none_a, none_b = (m.max(axis=0) <= 0 for m in (mean_a, mean_b))
        most_a, most_b = _most_unseen(part, spans, columns, confidence)
        reach = stats.t.ppf((1 + confidence) / 2, len(mean_a) - 1) / np.sqrt(len(mean_a))
        least_a, least_b = (np.maximum(m.mean(axis=0) - reach * m.std(axis=0, ddof=1), 0) for m in (mean_a, mean_b))
        with np.errstate(divide="ignore", invalid="ignore"):
            low = np.where(none_b, least_a / most_b, np.where(none_a, 0.0, low))
            high = np.where(none_b, np.inf, np.where(none_a, most_a / least_b, high))
    undefined = (part.values < 0).any(axis=0) | np.isnan(point)
    return {n: np.where(undefined, np.nan, x) for n, x in zip(names, (point, low, high), strict=True)}


def fieller(a: Floats, b: Floats, confidence: float) -> Floats:
    """Return both ends of the interval of mean(a) / mean(b) over paired rows, for each column: 2 x columns.

    All ratios r at which the t test of ``a - r b`` does not reject; without an upper end where the mean of b may be
    zero. Ratios below zero are left out.

    References
    ----------
    Fieller, E. (1954). Some problems in interval estimation. Journal of the Royal Statistical Society B 16(2).
    doi:10.1111/j.2517-6161.1954.tb00159.x

    Examples
    --------
    >>> a, b = np.array([[4.0], [7.0], [6.0], [5.0]]), np.array([[2.0], [3.0], [3.0], [3.0]])
    >>> fieller(a, b, 0.95).ravel().round(2)
    array([1.51, 2.49])
    """
    n = len(a)
    square = stats.t.ppf((1 + confidence) / 2, n - 1) ** 2 / n
    off_a, off_b = a - a.mean(axis=0), b - b.mean(axis=0)
    spread = [(x * y).sum(axis=0) / (n - 1) for x, y in ((off_a, off_a), (off_a, off_b), (off_b, off_b))]
    return _roots(a.mean(axis=0), b.mean(axis=0), *(square * s for s in spread))


def ratio_of_samples(a: Floats, b: Floats, confidence: float) -> Floats:
    """Return the ratio of the means of two independent samples and its ends by Fieller, with Welch's freedom."""
    var_a, var_b = a.var(axis=0, ddof=1) / len(a), b.var(axis=0, ddof=1) / len(b)
    mean_a, mean_b = a.mean(axis=0), b.mean(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = (var_a + var_b) ** 2 / (var_a**2 / (len(a) - 1) + var_b**2 / (len(b) - 1))
        square = stats.t.ppf((1 + confidence) / 2, freedom) ** 2
        point = mean_a / mean_b
    ends = _roots(mean_a, mean_b, square * var_a, 0.0 * var_a, square * var_b)
    made = np.stack([point, *ends])
    made[:, (mean_a < 0) | (mean_b < 0) | np.isnan(point)] = np.nan
    return made


def _roots(mean_a: Floats, mean_b: Floats, aa: Floats, ab: Floats, bb: Floats) -> Floats:
    """Return the ends of {r >= 0: (mean_a - r mean_b)^2 <= aa - 2 r ab + r^2 bb}."""
    square, middle, rest = mean_b**2 - bb, mean_a * mean_b - ab, mean_a**2 - aa
    with np.errstate(divide="ignore", invalid="ignore"):
        under = np.sqrt(np.maximum(middle**2 - square * rest, 0.0))
        one, two = (middle - under) / square, (middle + under) / square
        point = mean_a / mean_b
    is_bounded = square > 0
    first, last = np.fmin(one, two), np.fmax(one, two)
    # Without a bounded set it is all that lies outside of the two roots, or everything.
    is_above = ~is_bounded & (middle**2 > square * rest) & (point >= last) & (first < 0)
    low = np.where(is_bounded, first, np.where(is_above, last, 0.0))
    return np.stack([np.maximum(low, 0.0), np.where(is_bounded, last, np.inf)])


def _most_unseen(
    part: Pairing, spans: Mapping[str, pd.DataFrame | None], columns: np.ndarray, confidence: float
) -> tuple[Any, Any]:
    """Return the largest number that agrees with having found nothing, of either side, in each column's unit.

    Nothing in so much text agrees with up to -log(alpha / 2) pieces (the upper end of the exact Poisson interval).
    """
    if spans["count"] is None or spans["exposure"] is None:
        return np.nan, np.nan
    count, exposure = (spans[c].reindex(index=part.ids)[list(columns)].to_numpy(float) for c in ("count", "exposure"))  # type: ignore[union-attr]
    with np.errstate(divide="ignore", invalid="ignore"):
        unit = np.nansum(part.values * exposure, axis=0) / np.nansum(count, axis=0)  # 1,000 of a rate, 1 of a share
        most = [-np.log((1 - confidence) / 2) * unit / np.nansum(exposure[s], axis=0) for s in (part.is_a, ~part.is_a)]
    return most[0], most[1]
