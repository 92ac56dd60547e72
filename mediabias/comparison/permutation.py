"""Permutation tests of a mean difference, for all columns at once.

Arrays throughout: `values` is articles x columns, `event` the event's index of each article (0 .. n-1, each with both
outlets), `is_a` whose article it is. No value is missing; `Pairing.complete` sees to that.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mediabias.comparison.resampling import Floats

Strata = list[tuple[Floats, Floats]]


class Test(NamedTuple):
    """Two-sided p for each column, the smallest p that the design allows, and whether all arrangements were tried."""

    p: Floats
    floor: float
    is_exact: bool


def flip_events(difference: Floats, *, n_resamples: int, seed: int) -> Test:
    """Test that the mean difference over events is zero, by exchanging the two outlets' means in each event.

    Parameters
    ----------
    difference : array, events x columns

    Examples
    --------
    >>> test = flip_events(np.array([[2.0], [3.0]]), n_resamples=99, seed=0)
    >>> test.p, test.floor
    (array([0.5]), 0.5)
    """
    strata = [(d[None, :], np.zeros((1, len(d)))) for d in difference]
    return _permuted(strata, n_resamples, seed)


def exchange_articles(
    values: Floats, event: NDArray[np.intp], is_a: NDArray[np.bool_], *, n_resamples: int, seed: int
) -> Test:
    """Test that the mean difference within events is zero, by exchanging the outlets of articles within each event.

    All arrangements are tried where there are no more than `n_resamples`; else as many are drawn, and the observed one
    counts among them, so that p is never zero [1]_. Two-sided as in `scipy.stats.permutation_test`: twice the smaller
    tail.

    References
    ----------
    .. [1] Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications in
       Genetics and Molecular Biology 9(1). doi:10.2202/1544-6115.1585

    Examples
    --------
    >>> values, event = np.array([[3.0], [1.0], [5.0], [2.0]]), np.array([0, 0, 1, 1])
    >>> test = exchange_articles(values, event, np.array([1, 0, 1, 0], bool), n_resamples=99, seed=0)
    >>> test.p, test.floor
    (array([0.5]), 0.5)
    """
    strata = [(values[(event == e) & is_a], values[(event == e) & ~is_a]) for e in range(event.max() + 1)]
    return _permuted(strata, n_resamples, seed)


def exchange_units(a: Floats, b: Floats, *, n_resamples: int, seed: int) -> Test:
    """Test that two groups of units have the same mean, by exchanging the groups of the units.

    The statistic is Welch's t, so that groups that vary differently are no difference of their means [1]_.

    References
    ----------
    .. [1] Janssen, A. (1997). Studentized permutation tests for non-i.i.d. hypotheses and the generalized
       Behrens-Fisher problem. Statistics & Probability Letters 36(1). doi:10.1016/S0167-7152(97)00043-6

    Examples
    --------
    >>> a, b = np.array([[5.0], [6.0], [7.5]]), np.array([[1.0], [2.0], [2.5]])
    >>> test = exchange_units(a, b, n_resamples=999, seed=0)
    >>> test.p.round(2), test.floor
    (array([0.1]), 0.1)
    """
    n_a, n = len(a), len(a) + len(b)
    values = np.concatenate([np.sort(a, axis=0), np.sort(b, axis=0)])
    is_exact = math.comb(n, n_a) <= n_resamples
    if is_exact:
        chosen = np.array(list(combinations(range(n), n_a)))
    else:
        chosen = np.random.default_rng(seed).random((n_resamples, n)).argsort(axis=1)[:, :n_a]
    to_a = np.zeros((len(chosen), n))
    np.put_along_axis(to_a, chosen, 1.0, axis=1)
    centred = values - values.mean(axis=0)
    null = _welch(to_a, centred, n_a)
    observed = _welch(np.r_[np.ones(n_a), np.zeros(n - n_a)][None], centred, n_a)[0]
    return _tails(null, observed, 1e-9 * np.maximum(1.0, np.abs(np.nan_to_num(observed))), is_exact)


def _welch(to_a: Floats, values: Floats, n_a: int) -> Floats:
    """Return Welch's t for each row of `to_a`, which marks the units that are given to group a."""
    n_b = to_a.shape[1] - n_a
    mean_a, mean_b = to_a @ values / n_a, (1 - to_a) @ values / n_b
    square_a, square_b = to_a @ values**2 / n_a, (1 - to_a) @ values**2 / n_b
    error = np.maximum(square_a - mean_a**2, 0) / (n_a - 1) + np.maximum(square_b - mean_b**2, 0) / (n_b - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num((mean_a - mean_b) / np.sqrt(error), nan=0.0, posinf=1e300, neginf=-1e300)


def _permuted(strata: Strata, n_resamples: int, seed: int) -> Test:
    n = math.prod(math.comb(len(a) + len(b), len(a)) for a, b in strata)
    observed = np.sum([a.mean(axis=0) - b.mean(axis=0) for a, b in strata], axis=0)
    is_exact = n <= n_resamples
    null = _all_arrangements(strata) if is_exact else _drawn_arrangements(strata, n_resamples, seed)
    # Sums of the same numbers in another order differ in the last bits; without a margin, ties would be lost.
    largest = np.max([np.abs(np.concatenate(s)).max(axis=0) for s in strata], axis=0)
    return _tails(null, observed, 1e-11 * largest * len(strata), is_exact)


def _tails(null: Floats, observed: Floats, margin: Floats, is_exact: bool) -> Test:
    tails = np.stack([(null <= observed + margin).sum(axis=0), (null >= observed - margin).sum(axis=0)])
    added = 0 if is_exact else 1
    total = len(null) + added
    p = np.minimum(1.0, 2 * (tails.min(axis=0) + added) / total)
    return Test(p, min(1.0, 2 / total), is_exact)


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
