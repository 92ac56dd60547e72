"""Notebooks are stored without outputs and run from top to bottom."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

by_name = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)


@pytest.fixture(scope="module")
def stored() -> ModuleType:
    """The script notebooks/run.py; imported here, since what it imports takes seconds of every run that only collects."""
    spec = importlib.util.spec_from_file_location("notebooks_run", ROOT / "notebooks" / "run.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(notebook: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Run as `make paper` does, in a process of its own, where a kernel's loose ends are nobody's."""
    command = [sys.executable, str(ROOT / "notebooks" / "run.py"), "--out", str(out), str(notebook)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def small(stored: ModuleType, tmp_path: Path) -> Path:
    """A notebook of two cells, in stored form."""
    nbformat = stored.nbformat
    code, prose = nbformat.v4.new_code_cell("6 * 7", id="code"), nbformat.v4.new_markdown_cell("# A title", id="prose")
    path = tmp_path / "small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[prose, code]), path)
    stored.main(["--strip", str(path)])
    return path


@by_name
def test_notebook_is_stored_without_outputs(stored, notebook):
    assert stored.main(["--check", str(notebook)]) == 0


@pytest.mark.parametrize(
    "notebook",
    [pytest.param(p, id=p.stem, marks=[] if p == NOTEBOOKS[0] else pytest.mark.notebook) for p in NOTEBOOKS],
)
def test_notebook_runs_top_to_bottom(notebook, tmp_path):
    done = run(notebook, tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.process
def test_run_leaves_the_stored_notebook_alone_and_repeats_to_the_byte(stored, small, tmp_path):
    before = small.read_bytes()
    assert run(small, tmp_path / "a").returncode == 0
    assert run(small, tmp_path / "b").returncode == 0
    executed = (tmp_path / "a" / "small.ipynb").read_bytes()
    assert (tmp_path / "b" / "small.ipynb").read_bytes() == executed
    assert small.read_bytes() == before
    assert stored.nbformat.reads(executed.decode(), as_version=4).cells[1].outputs[0].data["text/plain"] == "42"


def test_outputs_are_noticed_and_stripped(stored, small, capsys):
    nbformat, before = stored.nbformat, small.read_bytes()
    nb = nbformat.read(small, as_version=4)
    nb.cells[1].outputs = [nbformat.v4.new_output("stream", text="42")]
    nb.cells[1].execution_count = 7
    nbformat.write(nb, small)
    assert stored.main(["--check", str(small)]) == 1
    assert "--strip" in capsys.readouterr().err
    assert stored.main(["--strip", str(small)]) == 0
    assert small.read_bytes() == before


@pytest.mark.process
def test_failing_cell_stops_the_run(stored, small, tmp_path):
    nbformat = stored.nbformat
    nb = nbformat.read(small, as_version=4)
    nb.cells[1].source = "raise ValueError('no such outlet')"
    nbformat.write(nb, small)
    done = run(small, tmp_path / "out")
    assert done.returncode == 1
    assert "no such outlet" in done.stderr
    assert (tmp_path / "out" / "small.ipynb").exists()
