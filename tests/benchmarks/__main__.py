"""How fast it is: `make bench`, or `python -m tests.benchmarks [WORD...]` for those whose name holds a word.

Each function ``bench_*`` in a file ``bench_*.py`` beside this one does its work once and returns how many units it
did and what they are, such as ``(1000, "articles")``. What comes before the clock starts (data, models) belongs into a
cached function that the benchmark calls; the first, untimed call fills it. A function ``against_*__OTHER`` does the
same with the library OTHER; the ratio says how many times as long as that our own takes.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

Benchmark = Callable[[], tuple[int, str]]


def benchmarks(words: list[str]) -> list[tuple[str, Benchmark, dict[str, Benchmark]]]:
    """List the benchmarks whose name holds one of the words (all without words): name, function, alternatives."""
    found = []
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        module = importlib.import_module(f"{__package__}.{path.stem}")
        for name, function in list(vars(module).items()):
            if name.startswith("bench_"):
                prefix = f"against_{name[6:]}__"
                others = {n.removeprefix(prefix): f for n, f in vars(module).items() if n.startswith(prefix)}
                found.append((f"{path.stem[6:]}.{name[6:]}", function, others))
    return [f for f in found if not words or any(w in f[0] for w in words)]


def seconds(function: Callable[[], object], repeats: int) -> float:
    """Return the median of `repeats` runs."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def measure(function: Benchmark, others: dict[str, Benchmark], repeats: int) -> dict[str, Any]:
    """Run once untimed for the peak of Python's memory, then `repeats` times for the median of the seconds."""
    tracemalloc.start()
    units, unit = function()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    median = seconds(function, repeats)
    return {
        "seconds": round(median, 4),
        "per_second": round(units / median),
        "unit": unit,
        "peak_mib": round(peak / 2**20, 1),
        "times_as_long_as": {n: round(median / seconds(f, repeats), 2) for n, f in sorted(others.items())},
    }


def main() -> None:
    """Print one line a benchmark; with --json, write them all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.split("\n")[0])
    parser.add_argument("words", nargs="*")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", type=Path, metavar="FILE")
    args = parser.parse_args()
    rows = {}
    print(f"{'benchmark':28} {'seconds':>9} {'per second':>12} {'':9} {'peak MiB':>9}  times as long as")
    for name, function, others in benchmarks(args.words):
        row = rows[name] = measure(function, others, args.repeats)
        ratios = ", ".join(f"{v} {n}" for n, v in row["times_as_long_as"].items())
        line = f"{name:28} {row['seconds']:9.4f} {row['per_second']:12,} {row['unit']:9} {row['peak_mib']:9.1f}"
        print(f"{line}  {ratios}".rstrip(), flush=True)
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
