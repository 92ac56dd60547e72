"""What depends on what, by content: `make paper` runs what changed and nothing else.

raw documents -> build/corpus -> build/features -> build/notebooks, paper/build/figures + values.json -> paper.pdf
"""

import shutil
import sys
from pathlib import Path

DOIT_CONFIG = {"backend": "json", "dep_file": ".doit.json", "verbosity": 2}

# Lists, not shell lines: a folder may have a space in its name.
PYTHON = [sys.executable]
MEDIABIAS = [str(Path(sys.executable).with_name("mediabias"))]
CORPUS, FEATURES, NOTEBOOKS = "build/corpus", "build/features", "build/notebooks"


def files(*patterns: str) -> list[str]:
    """List the files that the patterns match, sorted; hidden files and caches are nobody's input."""
    found = {p for pattern in patterns for p in Path().glob(pattern) if p.is_file()}
    return sorted(str(p) for p in found if not any(part.startswith((".", "__pycache__")) for part in p.parts))


# A change of the code or of a lexicon changes the results, so the whole package is an input of every step.
PACKAGE = files("mediabias/**/*")


def removed(folder: str):
    """Return the action that empties `folder`: what an older version wrote must not survive in the new one."""
    return (shutil.rmtree, [folder], {"ignore_errors": True})


def task_corpus():
    """Read the raw documents, add what we know of them (outlet, event), and group the rest by event."""
    return {
        "actions": [
            removed(CORPUS),
            [
                *MEDIABIAS,
                "read",
                "data/raw",
                "--meta",
                "data/events.csv",
                "--outlets",
                "data/outlets.csv",
                "--out",
                CORPUS,
            ],
            [*MEDIABIAS, "events", CORPUS],
        ],
        "file_dep": files("data/raw/**/*", "data/events.csv", "data/outlets.csv") + PACKAGE,
        "targets": [f"{CORPUS}/articles.parquet", f"{CORPUS}/blocks.parquet", f"{CORPUS}/manifest.json"],
    }


def task_features():
    """Find the evidence and derive the numbers."""
    return {
        "actions": [removed(FEATURES), [*MEDIABIAS, "extract", CORPUS, "--out", FEATURES]],
        "file_dep": [f"{CORPUS}/articles.parquet", f"{CORPUS}/blocks.parquet", *PACKAGE],
        "targets": [f"{FEATURES}/evidence.parquet", f"{FEATURES}/features.parquet"],
    }


def task_notebooks():
    """Run the notebooks, one after the other."""
    for notebook in files("notebooks/*.ipynb"):
        name = Path(notebook).name
        yield {
            "name": Path(notebook).stem,
            "actions": [[*PYTHON, "notebooks/run.py", "--out", NOTEBOOKS, notebook]],
            "file_dep": [notebook, "notebooks/run.py", f"{FEATURES}/features.parquet", *files("data/**/*"), *PACKAGE],
            "targets": [f"{NOTEBOOKS}/{name}"],
        }


def task_figures():
    """Draw the paper's figures and write down its numbers."""
    return {
        "actions": [removed("paper/build/figures"), [*PYTHON, "paper/figures.py"]],
        "file_dep": [
            "paper/figures.py",
            "paper/real.py",
            f"{CORPUS}/articles.parquet",
            f"{FEATURES}/evidence.parquet",
            f"{FEATURES}/features.parquet",
            *files("data/**/*"),
            *PACKAGE,
        ],
        "targets": ["paper/build/values.json"],
    }


def task_paper():
    """Put the numbers into the text and set it."""
    return {
        "actions": [[*PYTHON, "paper/build.py"]],
        "file_dep": [
            *files("paper/*.md", "paper/build.py", "paper/template.typ", "paper/xref.lua", "paper/references.bib"),
            "paper/build/values.json",
        ],
        "task_dep": ["figures"],
        "targets": ["paper/build/paper.pdf"],
    }
