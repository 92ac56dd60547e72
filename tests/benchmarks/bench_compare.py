"""Intervals: all columns at once against SciPy, column by column."""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy import stats

from mediabias.comparison.resampling import Floats, bootstrap

RESAMPLES = 2000


@cache
def differences() -> Floats:
    return np.random.default_rng(7).gamma(2.0, size=(60, 40))


def bench_bootstrap() -> tuple[int, str]:
    bootstrap(differences(), confidence=0.95, n_resamples=RESAMPLES, seed=7)
    return differences().shape[1], "columns"


def against_bootstrap__scipy_by_column() -> None:
    for column in differences().T:
        stats.bootstrap((column,), np.mean, n_resamples=RESAMPLES, rng=7)
