"""The built package holds all that it runs with: wheel and source distribution, run apart from the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.package


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    out = tmp_path_factory.mktemp("built")
    code = "import sys; from setuptools.build_meta import build_sdist, build_wheel; out = sys.argv[1]; build_sdist(out); build_wheel(out)"
    copy = tmp_path_factory.mktemp("source")  # setuptools leaves files behind where it builds
    for name in tracked(root):
        if (root / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((root / name).read_bytes())
    done = subprocess.run([sys.executable, "-c", code, str(out)], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {path.suffix: path for path in out.iterdir()}


def tracked(root: Path) -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no git repository here; its files are what is built")
    return listed.stdout.splitlines()


def package_files(root: Path) -> set[str]:
    """The files of the package: those that git knows, and those that are there."""
    known = {name for name in tracked(root) if name.startswith("mediabias/")}
    found = (p for p in (root / "mediabias").rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return known | {p.relative_to(root).as_posix() for p in found}


def test_both_hold_every_file_of_the_package(root: Path, built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built[".whl"]) as wheel:
        assert package_files(root) <= set(wheel.namelist())
        assert not [n for n in wheel.namelist() if n.startswith(("tests", "data", "notebooks"))]
    with tarfile.open(built[".gz"]) as source:
        names = {n.partition("/")[2] for n in source.getnames()}
        assert package_files(root) | {"pyproject.toml", "README.md", "LICENSE"} <= names


def test_the_wheel_runs_apart_from_the_repository(root: Path, built: dict[str, Path], tmp_path: Path) -> None:
    with zipfile.ZipFile(built[".whl"]) as wheel:
        wheel.extractall(tmp_path / "site")
    (tmp_path / "rain.txt").write_text(
        "Rain Floods Port\n\n“It rains,” the mayor claimed. The road was closed by the council."
    )
    code = (
        "import mediabias, sys; assert mediabias.__file__.startswith(sys.argv[1]), mediabias.__file__\n"
        "from mediabias.cli import app\n"
        "for command in (['read', 'rain.txt', '--out', 'c'], ['extract', 'c', '--out', 'f'], ['show', 'c', '--out', 's.html']):\n"
        "    app(command, standalone_mode=False)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "site")],
        cwd=tmp_path, capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "1 attribution;" in done.stdout and (tmp_path / "s.html").exists()
