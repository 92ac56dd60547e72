"""Do the tests notice a fault? One-line mutants of the package, drawn at random, by cosmic-ray.

Run in a clone, since the files are changed while it runs; the commands stand in CONTRIBUTING.

    sample DATABASE   leave a random sample of a session's mutants
    test              what cosmic-ray runs on a mutant: the tests that reach the changed line, nearest first
    list DATABASE     the survivors, with what was changed
"""

from __future__ import annotations

import argparse
import ast
import random
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

#: Typer reads its commands' annotations as they run; elsewhere nothing does, and a mutant of one is none.
READ_AS_THEY_RUN = "mediabias/cli"
PYTEST = (sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:cov")
#: These make something once and look at it in many tests; only the first of them is seen to reach a line.
BROAD = tuple(f"tests/test_{name}.py" for name in ("golden", "sample_corpus", "planted", "cli"))
WHOLE = ("tests", "mediabias", *(f"--ignore=tests/test_{name}.py" for name in ("notebooks", "repository", "paper")))


def annotations(path: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return where the annotations of a module begin and end, as (line, column)."""
    if path.startswith(READ_AS_THEY_RUN):
        return []
    found: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf8"))):
        if isinstance(node, ast.arg | ast.AnnAssign):
            found.append(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            found.append(node.returns)
    return [((n.lineno, n.col_offset), (n.end_lineno or 0, n.end_col_offset or 0)) for n in found if n]


def sample(database: Path, n: int, seed: int) -> int:
    """Leave a random sample of the mutants in a session's database and return how many there were."""
    with sqlite3.connect(database) as db:
        # The ids differ from run to run; the place and the operator do not.
        query = """select job_id, module_path, start_pos_row, start_pos_col from mutation_specs
                   order by module_path, operator_name, occurrence"""
        specs = db.execute(query).fetchall()
        inert = {path: annotations(path) for path in {path for _, path, _, _ in specs}}
        alive = [job for job, path, row, column in specs if not any(a <= (row, column) < b for a, b in inert[path])]
        kept = set(random.Random(seed).sample(alive, min(n, len(alive))))
        gone = [(job,) for job, *_ in specs if job not in kept]
        for table in ("mutation_specs", "work_items"):
            db.executemany(f"delete from {table} where job_id = ?", gone)
    return len(alive)


def changed() -> tuple[str, int, int]:
    """Return the mutated file, and the first and the last line that differ from the commit.

    What else differs, an earlier mutant wrote (one that runs a module's `main`, say); it is put back.
    """
    names = subprocess.run(["git", "diff", "--name-only"], capture_output=True, text=True, check=True).stdout.split()
    if spoilt := [name for name in names if not name.endswith(".py")]:
        subprocess.run(["git", "checkout", "--quiet", "--", *spoilt], check=True)
    (path,) = set(names) - set(spoilt)
    diff = subprocess.run(["git", "diff", "-U0", "--", path], capture_output=True, text=True, check=True).stdout
    hunks = [(int(a), int(n or 1)) for a, n in re.findall(r"^@@ -(\d+)(?:,(\d+))? ", diff, re.M)]
    return path, hunks[0][0], hunks[-1][0] + max(0, hunks[-1][1] - 1)


def reaching(path: str, first: int, last: int) -> list[str]:
    """List the tests that ran a line from `first` to `last`, those of the module itself first, by their ids."""
    from coverage import CoverageData

    data = CoverageData()
    data.read()
    by_line = data.contexts_by_lineno(str(Path(path).resolve()))
    tests = {c.rsplit("|", 1)[0] for line in range(first, last + 1) for c in by_line.get(line, ()) if c}
    own = Path(path).stem
    return sorted(tests, key=lambda test: (own not in test.split("::")[0], test))


def shared(tests: list[str]) -> list[str]:
    """List the other files among those of `tests` in which a fixture or a cache serves several tests."""
    files = sorted({test.split("::")[0] for test in tests} - set(BROAD))
    return [f for f in files if re.search(r"@cache|scope=", Path(f).read_text(encoding="utf8"))]


def passes(tests: list[str]) -> bool:
    """Run tests by their ids; what is none passes."""
    arguments = Path("build/reaching.txt")
    arguments.write_text("\n".join(tests), encoding="utf8")
    return not tests or run(f"@{arguments}")


def run(*arguments: str) -> bool:
    """Run pytest; where all tests are left out, as PYTEST_ADDOPTS=--fast may, none has failed."""
    code = subprocess.run([*PYTEST, *arguments], check=False).returncode
    return code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


def test() -> int:
    """Run the tests that reach the changed line; where it runs as the module is imported, the module's, then all."""
    path, first, last = changed()
    if tests := reaching(path, first, last):
        return 0 if passes(tests) and passes([*BROAD, *shared(tests)]) else 1
    if not passes(reaching(path, 1, 10**5)):
        return 1
    return 0 if run(*WHOLE) else 1


def survivors(database: Path) -> None:
    """Print how many mutants were killed, and what was changed in those that were not."""
    query = """select r.test_outcome, r.diff, s.module_path, s.start_pos_row from work_results r
               join mutation_specs s on r.job_id = s.job_id order by s.module_path, s.start_pos_row"""
    with sqlite3.connect(database) as db:
        results = db.execute(query).fetchall()
    alive = [(path, row, diff) for outcome, diff, path, row in results if outcome.lower() == "survived"]
    print(f"{len(results) - len(alive)} of {len(results)} killed")
    for path, row, diff in alive:
        lines = [x for x in diff.splitlines() if re.match(r"[+-](?![+-])", x)]
        print(f"\n{path}:{row}", *lines, sep="\n  ")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("sample", "test", "list"))
    parser.add_argument("database", type=Path, nargs="?")
    parser.add_argument("--n", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.what == "test":
        sys.exit(test())
    if args.database is None:
        parser.error("which session's DATABASE?")
    if args.what == "sample":
        print(f"{args.n} of {sample(args.database, args.n, args.seed)} mutants")
    else:
        survivors(args.database)
