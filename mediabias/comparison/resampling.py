"""Intervals and tests of a mean difference within events, for all columns at once.

Arrays throughout: `values` is articles x columns, `event` the event's index of each article (0 .. n-1, each with both
outlets), `is_a` whose article it is. No value is missing; `Pairing.complete` sees to that.
"""

from __future__ import annotations

import math
import warnings
from itertools import combinations
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


class Test(NamedTuple):
    """Two-sided p for each column, the smallest p that the design allows, and whether all arrangements were tried."""

    p: Floats
    floor: float
    is_exact: bool


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
    return Interval(ends[0], ends[1], [f"{'BCa' if b else 'percentile'} bootstrap" for b in is_bca])


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
    return Interval(low, high, [f"{'t' if len(samples) == 1 else 'Welch'} interval"] * len(low))


def permutation_test(
    values: Floats, event: NDArray[np.intp], is_a: NDArray[np.bool_], *, permute: str, n_resamples: int, seed: int
) -> Test:
    """Test that the mean difference within events is zero, by exchanging the outlets within each event.

    All arrangements are tried where there are no more than `n_resamples`; else as many are drawn, and the observed one
    counts among them, so that p is never zero [1]_. Two-sided as in `scipy.stats.permutation_test`: twice the smaller
    tail.

    Parameters
    ----------
    permute : {"articles", "events"}
        Exchange the outlets of single articles, or of the event's two means (a flip of the difference's sign).

    References
    ----------
    .. [1] Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications in
       Genetics and Molecular Biology 9(1). doi:10.2202/1544-6115.1585

    Examples
    --------
    >>> import numpy as np
    >>> values, event = np.array([[3.0], [1.0], [5.0], [2.0]]), np.array([0, 0, 1, 1])
    >>> test = permutation_test(values, event, np.array([1, 0, 1, 0], bool), permute="articles", n_resamples=99, seed=0)
    >>> test.p, test.floor
    (array([0.5]), 0.5)
    """
    strata = [(values[(event == e) & is_a], values[(event == e) & ~is_a]) for e in range(event.max() + 1)]
    if permute == "events":
        strata = [(a.mean(axis=0, keepdims=True), b.mean(axis=0, keepdims=True)) for a, b in strata]
    n = math.prod(math.comb(len(a) + len(b), len(a)) for a, b in strata)
    observed = np.sum([a.mean(axis=0) - b.mean(axis=0) for a, b in strata], axis=0)
    is_exact = n <= n_resamples
    null = _all_arrangements(strata) if is_exact else _drawn_arrangements(strata, n_resamples, seed)
    # Sums of the same numbers in another order differ in the last bits; without a margin, ties would be lost.
    margin = 1e-11 * np.abs(values).max(axis=0) * len(strata)
    tails = np.stack([(null <= observed + margin).sum(axis=0), (null >= observed - margin).sum(axis=0)])
    added = 0 if is_exact else 1
    total = len(null) + added
    p = np.minimum(1.0, 2 * (tails.min(axis=0) + added) / total)
    return Test(p, min(1.0, 2 / total), is_exact)


Strata = list[tuple[Floats, Floats]]


def _all_arrangements(strata: Strata) -> Floats:
    """Return the sum of differences under every arrangement: arrangements x columns."""
    sums = np.zeros((1, strata[0][0].shape[1]))
    for a, b in strata:
        n = len(a) + len(b)
        chosen = np.array(list(combinations(range(n), len(a))))
        to_a = np.zeros((len(chosen), n))
        np.put_along_axis(to_a, chosen, 1.0, axis=1)
        sums = (sums[:, None, :] + _differences(to_a, a, b)).reshape(-1, sums.shape[1])
    return sums


def _drawn_arrangements(strata: Strata, n_resamples: int, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    if all(len(a) == len(b) == 1 for a, b in strata):  # then an arrangement is a sign for each event
        signs = rng.integers(0, 2, (n_resamples, len(strata)), dtype=np.int8) * 2.0 - 1.0
        return signs @ np.concatenate([a - b for a, b in strata])
    sums = np.zeros((n_resamples, strata[0][0].shape[1]))
    for a, b in strata:
        shuffled = rng.random((n_resamples, len(a) + len(b))).argsort(axis=1)
        sums += _differences((shuffled < len(a)).astype(float), a, b)
    return sums


def _differences(to_a: Floats, a: Floats, b: Floats) -> Floats:
    """Return mean difference for each row of `to_a`, which marks the articles that are given to outlet a."""
    weights = to_a / len(a) - (1 - to_a) / len(b)
    return weights @ np.concatenate([a, b])
