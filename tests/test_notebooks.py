"""Notebooks are stored without outputs and run from top to bottom."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

by_name = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)


def runner(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Call the runner as `make paper` does."""
    command = [sys.executable, str(ROOT / "notebooks" / "run.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A notebook of two cells, in stored form."""
    code, prose = nbformat.v4.new_code_cell("6 * 7", id="code"), nbformat.v4.new_markdown_cell("# A title", id="prose")
    path = tmp_path / "small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[prose, code]), path)
    runner("--strip", path)
    return path


@by_name
def test_notebook_is_stored_without_outputs(notebook):
    done = runner("--check", notebook)
    assert done.returncode == 0, done.stderr


@by_name
def test_notebook_runs_top_to_bottom(notebook, tmp_path):
    done = runner("--out", tmp_path, notebook)
    assert done.returncode == 0, done.stderr


def test_run_leaves_the_stored_notebook_alone_and_repeats_to_the_byte(small, tmp_path):
    before = small.read_bytes()
    assert runner("--out", tmp_path / "a", small).returncode == 0
    assert runner("--out", tmp_path / "b", small).returncode == 0
    executed = (tmp_path / "a" / "small.ipynb").read_bytes()
    assert (tmp_path / "b" / "small.ipynb").read_bytes() == executed
    assert small.read_bytes() == before
    assert nbformat.reads(executed.decode(), as_version=4).cells[1].outputs[0].data["text/plain"] == "42"


def test_outputs_are_noticed_and_stripped(small, tmp_path):
    runner("--out", tmp_path / "out", small)
    executed = tmp_path / "out" / "small.ipynb"
    noticed = runner("--check", executed)
    assert noticed.returncode == 1
    assert "--strip" in noticed.stderr
    assert runner("--strip", executed).returncode == 0
    assert executed.read_bytes() == small.read_bytes()


def test_failing_cell_stops_the_run(small, tmp_path):
    nb = nbformat.read(small, as_version=4)
    nb.cells[1].source = "raise ValueError('no such outlet')"
    nbformat.write(nb, small)
    done = runner("--out", tmp_path / "out", small)
    assert done.returncode == 1
    assert "no such outlet" in done.stderr
    assert (tmp_path / "out" / "small.ipynb").exists()
