"""How fast it is: `make bench`, or `python -m tests.benchmarks [WORD...]` for those whose name holds a word.

Each function ``bench_*`` in a file ``bench_*.py`` beside this one does its work once and returns how many units it
did and what they are, such as ``(1000, "articles")``. What comes before the clock starts (data, models) belongs into a
cached function that the benchmark calls; the first, untimed call fills it.
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

Benchmark = Callable[[], tuple[int, str]]


def benchmarks(words: list[str]) -> list[tuple[str, Benchmark]]:
    """List the benchmarks whose name holds one of the words (all without words), by name."""
    found = []
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        module = importlib.import_module(f"{__package__}.{path.stem}")
        found += [(f"{path.stem[6:]}.{n[6:]}", f) for n, f in vars(module).items() if n.startswith("bench_")]
    return [(n, f) for n, f in found if not words or any(w in n for w in words)]


def measure(function: Benchmark, repeats: int) -> dict[str, object]:
    """Run once untimed for the peak of memory, then `repeats` times for the median of the seconds."""
    tracemalloc.start()
    units, unit = function()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds)
    return {
        "seconds": round(median, 4),
        "per_second": round(units / median),
        "unit": unit,
        "peak_mib": round(peak / 2**20, 1),
    }


def main() -> None:
    """Print one line a benchmark; with --json, write them all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.split("\n")[0])
    parser.add_argument("words", nargs="*")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", type=Path, metavar="FILE")
    args = parser.parse_args()
    rows = {}
    print(f"{'benchmark':32} {'seconds':>9} {'per second':>12} {'peak MiB':>9}  unit")
    for name, function in benchmarks(args.words):
        row = rows[name] = measure(function, args.repeats)
        print(
            f"{name:32} {row['seconds']:9.4f} {row['per_second']:12,} {row['peak_mib']:9.1f}  {row['unit']}", flush=True
        )
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
