"""Fuzz for a while: ``python -m tests.fuzz read --seconds 600``; without a name, each target in turn for its share of the time.

What a fuzzer finds is written to ``tests/fuzz/findings/TARGET-...``; mended, it stays there as a test.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
FINDINGS = HERE / "findings"


def main() -> int:
    """Run each target in a process of its own; exit with 1 where one found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.split("\n")[0])
    parser.add_argument("target", nargs="*", default=["read", "find", "show"])
    parser.add_argument("--seconds", type=int, default=60, help="for all targets together")
    parser.add_argument(
        "--corpus", type=Path, help="folder that keeps what covers new code, to go on from another time"
    )
    args = parser.parse_args()
    try:
        import atheris  # noqa: F401
    except ModuleNotFoundError:
        print("atheris is not installed here (it is for Linux on x86-64): nothing is fuzzed")
        return 0
    share, found = max(5, args.seconds // len(args.target)), 0
    for target in args.target:
        with tempfile.TemporaryDirectory() as folder:
            corpus = args.corpus / target if args.corpus else Path(folder)
            corpus.mkdir(parents=True, exist_ok=True)
            begun = time.perf_counter()
            code = f"from tests.fuzz.__main__ import one; one({target!r}, {str(corpus)!r}, {share})"
            done = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, errors="replace", check=False
            )
            runs = [
                line for line in done.stderr.splitlines() if "stat::number_of_executed_units" in line or "Done " in line
            ]
            taken = time.perf_counter() - begun
            told = runs[-1].strip() if runs else "stopped"
            print(f"{target}: {taken:.0f} s, {told}; {'nothing found' if not done.returncode else 'FOUND'}", flush=True)
            if done.returncode:
                found += 1
                print("\n".join(done.stderr.splitlines()[-40:]), flush=True)
    return int(bool(found))


def one(target: str, corpus: str, seconds: int) -> None:
    """Fuzz one target in this process."""
    import atheris

    with atheris.instrument_imports(include=["mediabias"]):
        from tests.fuzz import targets

    for n, seed in enumerate(targets.seeds(target)):
        (Path(corpus) / f"seed-{n:03}").write_bytes(seed)
    FINDINGS.mkdir(exist_ok=True)
    options = [
        f"-max_total_time={seconds}",
        "-timeout=20",
        "-rss_limit_mb=4096",
        f"-max_len={20_000 if target == 'read' else 3_000}",
        "-print_final_stats=1",
    ]
    atheris.Setup(["fuzz", corpus, *options, f"-artifact_prefix={FINDINGS}/{target}-"], targets.TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
