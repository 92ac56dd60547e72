"""Kill a run again and again, and see whether it ends with the same bytes and computes nothing twice.

``python -m tests.benchmarks.kills --articles 5000 --kills 50 --engine rules`` kills the run or one of its processes (SIGKILL) at random
moments, ten times a run, and compares each run's files with those of one that nobody disturbed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import mediabias as mb
from tests.benchmarks.made import made

_A_RUN = 10


def main() -> int:
    """Print a line a run, and exit with 1 if one ends otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.kills", description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--engine", default="rules")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = np.random.default_rng(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        mb.Corpus(made(args.articles), settings=mb.Settings(engine=args.engine)).save(base / "corpus")
        begun = time.perf_counter()
        wanted = _whole(base, "calm", args.jobs, [])
        taken = time.perf_counter() - begun
        print(
            f"undisturbed: {taken:.0f} s, {args.articles / taken:.1f} articles a second, {args.jobs} processes",
            flush=True,
        )
        is_right, kills, runs = True, 0, 0
        while kills < args.kills:
            runs += 1
            log: list[str] = []
            found = _whole(base, "killed", args.jobs, log, rng, min(_A_RUN, args.kills - kills), taken)
            kills += sum(line.startswith("killed") for line in log)
            same, twice = found == wanted, sum(line.startswith("computed twice") for line in log)
            is_right &= same and not twice
            who = ", ".join(line.removeprefix("killed ") for line in log if line.startswith("killed"))
            print(f"run {runs}: {who}; same bytes: {same}; finished parts computed again: {twice}", flush=True)
    print(
        f"{kills} kills in {runs} runs: {'all ended with the same bytes, nothing computed twice' if is_right else 'WRONG'}"
    )
    return not is_right


def _whole(
    base: Path,
    name: str,
    jobs: int,
    log: list[str],
    rng: np.random.Generator | None = None,
    kills: int = 0,
    taken: float = 0,
) -> dict[str, str]:
    """Run to the end, killed so many times on the way; return the checksums of all files that the run leaves."""
    corpus, out = base / f"{name}-corpus", base / f"{name}-features"
    for folder in (corpus, out):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base / "corpus", corpus)
    seen: dict[Path, int] = {}
    while True:
        command = [
            sys.executable,
            "-m",
            "mediabias.cli",
            "extract",
            str(corpus),
            "--out",
            str(out),
            "--jobs",
            str(jobs),
        ]
        with (base / "said").open("w") as said:
            run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        while rng is not None and kills and _kill(run, rng, taken, log):
            kills -= 1
        run.wait()
        here = _parts(out)
        log += [f"computed twice: {p}" for p, inode in seen.items() if here.get(p, inode) != inode]
        seen |= here
        if run.returncode == 0 and not kills:
            return _sums(corpus) | _sums(out)
        if run.returncode > 0 and "processes died" in (base / "said").read_text():
            log.append("stopped: too many workers died at once")
            continue  # as it says: the same command goes on
        if run.returncode > 0:
            raise SystemExit(f"the run failed: {(base / 'said').read_text()}")
        if run.returncode == 0:  # it ended before all kills: begin anew
            shutil.rmtree(out)
            shutil.rmtree(corpus)
            shutil.copytree(base / "corpus", corpus)
            seen = {}


def _kill(run: subprocess.Popen[bytes], rng: np.random.Generator, taken: float, log: list[str]) -> bool:
    """Kill the run, or one of its workers, at a random moment; say whether it was still there to be killed."""
    try:  # the first seconds go by with imports
        run.wait(timeout=(3 if not _workers(run.pid) else 0) + rng.uniform(0, taken / _A_RUN))
        return False
    except subprocess.TimeoutExpired:
        pass
    workers = _workers(run.pid)
    victim = run.pid if not workers or rng.random() < 0.5 else int(rng.choice(workers))
    os.kill(victim, signal.SIGKILL)
    log.append("killed the run" if victim == run.pid else "killed a worker")
    if victim == run.pid:
        run.wait()
    return True


def _workers(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                line = (status.parent / "cmdline").read_bytes()
                if b"loky" in line and b"resource_tracker" not in line:
                    found.append(int(status.parent.name))
        except OSError:
            continue
    return sorted(found)


def _parts(out: Path) -> dict[Path, int]:
    """Return the finished parts, with what changes when one is written again."""
    return {p: p.stat().st_mtime_ns for p in (out / "parts").glob("*/*") if not p.suffix}


def _sums(folder: Path) -> dict[str, str]:
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and p.name != ".lock")
    return {f"{p.relative_to(folder)}": hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


if __name__ == "__main__":
    sys.exit(main())
