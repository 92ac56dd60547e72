"""Intervals of a mean difference within events, for all columns at once: arrays are units x columns, without missing values."""

from __future__ import annotations

import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]


class Interval(NamedTuple):
    """Both ends for each column, and how they were found."""

    low: Floats
    high: Floats
    kind: list[str]


def bootstrap(*samples: Floats, confidence: float, n_resamples: int, seed: int) -> Interval:
    """Return the bootstrap interval of a mean, or of the difference of two independent means.

    BCa [1]_ where it is defined; it isn't where the bootstrap distribution is degenerate, and the percentile interval
    stands in.

    Parameters
    ----------
    samples : one or two arrays, units x columns
        At least two units each.
    confidence : float
        Between 0 and 1.

    References
    ----------
    .. [1] Efron, B. (1987). Better bootstrap confidence intervals. JASA 82(397). doi:10.1080/01621459.1987.10478410

    Examples
    --------
    >>> import numpy as np
    >>> bootstrap(np.array([[1.0], [2.0], [6.0]]), confidence=0.95, n_resamples=999, seed=0).high
    array([6.])
    """
    if len(samples) == 1:
        return _of_means(samples[0], confidence, n_resamples, seed)

    def statistic(a: Floats, b: Floats, axis: int = -1) -> Floats:
        return a.mean(axis=axis) - b.mean(axis=axis)

    # A fresh generator each time: one column's interval must not hang on which other columns are asked for.
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        warnings.simplefilter("ignore", stats.DegenerateDataWarning)
        result = stats.bootstrap(
            tuple(s.T for s in samples),
            statistic,
            axis=-1,
            vectorized=True,
            confidence_level=confidence,
            n_resamples=n_resamples,
            batch=max(1, 4_000_000 // max(s.size for s in samples)),
            random_state=np.random.default_rng(seed),
        )
    return _with_percentiles(np.stack(result.confidence_interval), result.bootstrap_distribution.T, confidence)


def _of_means(sample: Floats, confidence: float, n_resamples: int, seed: int) -> Interval:
    """Return the interval of the mean of each column: that of `scipy.stats.bootstrap`, by one product for all columns.

    Which units a resample holds is the same for all columns, so that how often it holds each is a matrix, and the means of all
    resamples are that matrix times the sample; the jackknife of a mean is known in closed form.
    """
    means, centre = _resampled_means(sample, n_resamples, seed), sample.mean(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        # Half of the ties count, as in scipy; sums in another order differ in the last bits.
        margin = 1e-12 * np.abs(sample).max(axis=0)
        below = ((means < centre - margin).sum(axis=0) + (means <= centre + margin).sum(axis=0)) / (2 * n_resamples)
        bias = stats.norm.ppf(below)
        off = centre - sample  # what each jackknife mean is off by, times n - 1
        acceleration = -(off**3).sum(axis=0) / (6 * (off**2).sum(axis=0) ** 1.5)
        tail = stats.norm.ppf([(1 - confidence) / 2, (1 + confidence) / 2])[:, None]
        at = np.asarray(stats.norm.cdf(bias + (bias + tail) / (1 - acceleration * (bias + tail))))
    ends = np.full((2, sample.shape[1]), np.nan)
    for column in range(sample.shape[1]):
        if not np.isnan(at[0, column] + at[1, column]):
            ends[:, column] = np.quantile(means[:, column], at[:, column])
    return _with_percentiles(ends, means, confidence)


def _resampled_means(sample: Floats, n_resamples: int, seed: int) -> Floats:
    """Return the means of all columns in every resample of the units: resamples x columns.

    How often a resample holds each unit is a matrix, and the means are that matrix times the sample.
    """
    n = len(sample)
    rng, drawn, step = np.random.default_rng(seed), [], max(1, 4_000_000 // n)
    for start in range(0, n_resamples, step):
        rows = min(step, n_resamples - start)
        places = rng.integers(0, n, (rows, n)) + n * np.arange(rows)[:, None]
        drawn.append(np.bincount(places.ravel(), minlength=rows * n).reshape(rows, n) @ sample / n)
    return np.concatenate(drawn)


def _with_percentiles(ends: Floats, drawn: Floats, confidence: float) -> Interval:
    """Put the percentile interval in the place of a BCa interval that is not defined."""
    is_bca: NDArray[np.bool_] = np.asarray(~np.isnan(ends).any(axis=0)).reshape(-1)
    tail = (1 - confidence) / 2
    if not is_bca.all():
        ends[:, ~is_bca] = np.quantile(drawn[:, ~is_bca], [tail, 1 - tail], axis=0)
    return Interval(ends[0], ends[1], ["BCa" if b else "percentile" for b in is_bca])


def studentized(sample: Floats, *, confidence: float, n_resamples: int, seed: int) -> Interval:
    """Return the bootstrap-t interval of the mean of each column: quantiles of resampled t in the place of Student's [1]_.

    Where too many resamples have next to no spread (a standard error below a tenth of the sample's), as of few units, of a column that
    is mostly zero, or of values that nearly repeat, their t has no meaning, and Student's interval stands in.

    References
    ----------
    .. [1] Hall, P. (1988). Theoretical comparison of bootstrap confidence intervals. Annals of Statistics 16(3).
       doi:10.1214/aos/1176350933

    Examples
    --------
    >>> import numpy as np
    >>> sample = np.random.default_rng(0).normal(size=(20, 1))
    >>> found = studentized(sample, confidence=0.95, n_resamples=999, seed=0)
    >>> bool(found.low[0] < sample.mean() < found.high[0]), found.kind
    (True, ['bootstrap-t'])
    """
    n = len(sample)
    centre, off = sample.mean(axis=0), sample - sample.mean(axis=0)
    error = sample.std(axis=0, ddof=1) / np.sqrt(n)
    means, squares = np.hsplit(_resampled_means(np.concatenate([off, off**2], axis=1), n_resamples, seed), 2)
    spread = squares - means**2
    spread[spread < LEAST_SPREAD * (off**2).mean(axis=0)] = np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        t = means / np.sqrt(spread / (n - 1))
    tail = (1 - confidence) / 2
    usable = (np.isnan(t).mean(axis=0) < tail / 2) & (error > 0) & (n >= FEWEST)
    plain = student(sample, confidence=confidence)
    low, high = plain.low.copy(), plain.high.copy()
    for column in range(sample.shape[1]):
        if usable[column]:
            upper, lower = np.nanquantile(t[:, column], [1 - tail, tail])
            low[column], high[column] = (centre[column] - q * error[column] for q in (upper, lower))
    return Interval(low, high, ["bootstrap-t" if u else k for u, k in zip(usable, plain.kind, strict=True)])


#: A resample whose variance is a smaller part of the sample's is one value, nearly, over and over.
LEAST_SPREAD = 0.01
#: With fewer units than this the bootstrap-t has too few different resamples.
FEWEST = 5


def student(*samples: Floats, confidence: float) -> Interval:
    """Return Student's interval of a mean, or Welch's of the difference of two, for samples as in `bootstrap`.

    Examples
    --------
    >>> import numpy as np
    >>> student(np.array([[1.0], [2.0], [6.0]]), confidence=0.95).high.round(2)
    array([9.57])
    """
    # Where nothing varies scipy warns, and rightly gives no p; the interval is what is wanted.
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        test = stats.ttest_1samp(samples[0], 0.0) if len(samples) == 1 else stats.ttest_ind(*samples, equal_var=False)
        low, high = test.confidence_interval(confidence)
    return Interval(low, high, ["t" if len(samples) == 1 else "Welch"] * len(low))


def widest(*intervals: Interval) -> Interval:
    """Return the interval that reaches as far as the widest of several on either side.

    Examples
    --------
    >>> sample = np.array([[0.0], [0.0], [1.0], [9.0], [2.0], [4.0]])
    >>> plain = student(sample, confidence=0.95)
    >>> drawn = studentized(sample, confidence=0.95, n_resamples=999, seed=0)
    >>> both = widest(drawn, plain)
    >>> bool(both.low[0] <= min(plain.low[0], drawn.low[0])), both.kind
    (True, ['wide'])
    """
    low = np.fmin.reduce([i.low for i in intervals])
    high = np.fmax.reduce([i.high for i in intervals])
    kinds = [set(k) for k in zip(*(i.kind for i in intervals), strict=True)]
    return Interval(low, high, ["wide" if len(k) > 1 else k.pop() for k in kinds])
