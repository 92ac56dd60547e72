"""How time and memory grow with the corpus: `python -m tests.benchmarks.scale 1000 10000 100000`, each in a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
import time

import numpy as np
import pandas as pd

import mediabias as mb
from tests.benchmarks.made import made


def events(n: int) -> None:
    """Print the time and the memory that grouping n articles takes, and how right it is."""
    corpus = mb.Corpus(made(n))
    before = _peak()
    start = time.perf_counter()
    found = mb.group(mb.Corpus(a.replace(event="") for a in corpus))
    taken = time.perf_counter() - start
    table = pd.DataFrame({"gold": [a.event for a in corpus], "found": [a.event for a in found]})
    both = table.groupby(["gold", "found"]).size()
    precision = float((both**2).groupby("found").sum().div(both.groupby("found").sum()).sum() / n)
    recall = float((both**2).groupby("gold").sum().div(both.groupby("gold").sum()).sum() / n)
    f1 = 2 * precision * recall / (precision + recall)
    print(
        f"{n:>9,} articles  {taken:8.1f} s  {1000 * taken / n:6.2f} ms an article  peak {_peak():7,.0f} MiB "
        f"(corpus alone {before:6,.0f})  B-cubed F1 {f1:.3f}",
        flush=True,
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Measure each size in a fresh process, so that none sees the memory of another."""
    sizes = [int(np.int64(s)) for s in sys.argv[1:]] or [1000, 10_000]
    for n in sizes:
        code = f"from tests.benchmarks.scale import events; events({n})"
        if subprocess.run([sys.executable, "-c", code], check=False).returncode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
