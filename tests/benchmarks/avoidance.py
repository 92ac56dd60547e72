"""Planted avoidance of events: how often it is found, and how often something is found where there is none.

python -m tests.benchmarks.avoidance [RUNS]
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from mediabias.omission.avoidance import missing_kinds
from mediabias.omission.coverage import Coverage

_KINDS = 4


def simulate(
    seed: int, avoidance: float, *, outlets: int = 10, events: int = 160, thin: float = 0.05, resamples: int = 1000
) -> pd.DataFrame:
    """Return the table of `missing_kinds` for made coverage.

    Outlets cover 25% to 95% of events, more of the larger ones; the first is less likely to cover those of the first
    kind, by `avoidance` on the scale of log-odds. A share `thin` of the cells that are not covered is unknown.
    """
    rng = np.random.default_rng(seed)
    base, size = rng.uniform(0.25, 0.95, outlets), rng.normal(0, 1, events)
    kind = rng.integers(0, _KINDS, events)
    odds = np.log(base / (1 - base))[None, :] + size[:, None]
    odds[:, 0] -= avoidance * (kind == 0)
    covered = rng.random((events, outlets)) < 1 / (1 + np.exp(-odds))
    unknown = (rng.random((events, outlets)) < thin) & ~covered
    cells = {}
    for n in range(outlets):
        cells[f"o{n}"] = pd.array(covered[:, n], "boolean")
        cells[f"o{n}"][unknown[:, n]] = pd.NA
    names = [f"e{n:03}" for n in range(events)]
    coverage = Coverage(pd.DataFrame(cells), pd.DataFrame({"event": names}), pd.DataFrame())
    return missing_kinds(
        coverage, {e: [f"k{k}"] for e, k in zip(names, kind, strict=True)}, resamples=resamples, seed=seed
    )


def main(runs: int) -> int:
    """Print a line for each strength of avoidance."""
    for avoidance in (0.0, 1.0, 2.0, 3.0):
        tables = [simulate(seed, avoidance) for seed in range(runs)]
        planted = [(t["outlet"] == "o0") & (t["kind"] == "k0") & (avoidance > 0) for t in tables]
        found = np.mean(
            [((t["q"] < 0.05) & (t["difference"] < 0) & m).any() for t, m in zip(tables, planted, strict=True)]
        )
        rest = pd.concat([t[(t["outlet"] != "o0")] for t in tables])
        holds = ((rest["ci_low"] <= 0) & (rest["ci_high"] >= 0)).mean()
        false = np.mean([((t["q"] < 0.05) & (t["outlet"] != "o0")).any() for t in tables])
        print(
            f"avoidance of {avoidance:g} log-odds, {runs} runs: planted kind found {found:.2f}; of other outlets p < 0.05 in "
            f"{(rest['p'] < 0.05).mean():.3f}, interval holds 0 in {holds:.3f}, runs with any q < 0.05 {false:.2f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
