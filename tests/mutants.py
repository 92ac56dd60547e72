"""Do the tests notice a fault? One-line mutants of the package, drawn at random, by cosmic-ray.

pip install cosmic-ray                               # into an environment of its own
cosmic-ray init tests/mutants.toml build/mutants.sqlite
python tests/mutants.py build/mutants.sqlite --n 100 --seed 1
cosmic-ray exec tests/mutants.toml build/mutants.sqlite
cr-report build/mutants.sqlite                       # in a clone: the files are changed while it runs
"""

from __future__ import annotations

import argparse
import random
import sqlite3
from pathlib import Path


def sample(database: Path, n: int, seed: int) -> int:
    """Leave a random sample of the mutants in a session's database and return how many there were."""
    with sqlite3.connect(database) as db:
        jobs = sorted(job for (job,) in db.execute("select job_id from mutation_specs"))
        # The ids differ from run to run; the place and the operator do not.
        key = "select job_id from mutation_specs order by module_path, operator_name, occurrence"
        ordered = [job for (job,) in db.execute(key)]
        kept = set(random.Random(seed).sample(ordered, min(n, len(ordered))))
        gone = [(job,) for job in ordered if job not in kept]
        for table in ("mutation_specs", "work_items"):
            db.executemany(f"delete from {table} where job_id = ?", gone)
    return len(jobs)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("--n", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(f"{args.n} of {sample(args.database, args.n, args.seed)} mutants")
