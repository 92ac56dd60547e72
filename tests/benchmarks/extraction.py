"""How fast features are extracted by whom, and how memory grows: `python -m tests.benchmarks.extraction`.

``speed N`` extracts all features of N made articles in memory, then from disk by one process, by two, and by a Dask cluster of two
workers; each time in fresh processes, so the time holds their imports. ``memory N...`` extracts `--features` of corpora of growing
size, and prints the peak of the process (its workers' are the same, whatever the size).
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import mediabias as mb
from mediabias.batch import extract_to
from mediabias.corpus import save, stored
from mediabias.tables import empty
from tests.benchmarks.made import made

#: Features that need no attributions, so that a hundred thousand articles are read in minutes.
LIGHT = "hedges_and_boosters,loaded_terms,self_description"


def measure(corpus: Path, out: Path, how: str, features: str) -> None:
    """Extract in this process, and print the time and the peaks."""
    wanted = features.split(",") if features else None
    begun = time.perf_counter()
    if how == "memory":
        tables = mb.extract(mb.Corpus.load(corpus), wanted)
        tables.save(out, mb.Corpus.load(corpus))
        n = len(tables.features)
    elif how == "dask":
        from distributed import LocalCluster

        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
            begun = time.perf_counter()
            n = len(extract_to(corpus, out, wanted, cluster=cluster.scheduler_address))
    else:
        n = len(extract_to(corpus, out, wanted, jobs=int(how)))
    taken = time.perf_counter() - begun
    own, workers = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    named = {"memory": "in memory, `extract`", "1": "1 process", "2": "2 processes", "dask": "Dask, 2 workers"}[how]
    said = f"{n:>8,} articles  {named:22} {taken:8.1f} s  {n / taken:7.1f} a second  peak {own:6,.0f} MiB"
    print(said + (f", largest worker {workers:5,.0f} MiB" if workers > 50 and how != "memory" else ""), flush=True)


def main() -> int:
    """Measure, each time in a fresh process."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.extraction", description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=["speed", "memory", "one"])
    parser.add_argument("sizes", nargs="+")
    parser.add_argument("--features", default=None)
    args = parser.parse_args()
    if args.what == "one":
        corpus, out, how = args.sizes
        measure(Path(corpus), Path(out), how, args.features or "")
        return 0
    features = (args.features or "") if args.what == "speed" else (args.features or LIGHT)
    for size in map(int, args.sizes):
        with tempfile.TemporaryDirectory() as folder:
            base = Path(folder)
            save(base / "corpus", made(size), (), {}, mb.Settings(), empty("rejected"))
            for how in ("memory", "1", "2", "dask") if args.what == "speed" else ("1",):
                shutil.rmtree(base / "c", ignore_errors=True)
                shutil.rmtree(base / "f", ignore_errors=True)
                shutil.copytree(base / "corpus", base / "c")
                command = [
                    sys.executable,
                    "-m",
                    "tests.benchmarks.extraction",
                    "one",
                    str(base / "c"),
                    str(base / "f"),
                    how,
                ]
                if subprocess.run([*command, "--features", features], check=False).returncode:
                    return 1
            if args.what == "speed":
                again = time.perf_counter()
                extract_to(base / "c", base / "f", features.split(",") if features else None)
                print(f"{size:>8,} articles  nothing new            {time.perf_counter() - again:8.1f} s", flush=True)
            else:
                held = sum(1 for _ in stored(base / "c"))
                assert held == size
    return 0


if __name__ == "__main__":
    sys.exit(main())
