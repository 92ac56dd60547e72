"""A new feature: its files pass their own test, and nothing is overwritten."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mediabias.errors import FeatureError
from mediabias.features.scaffold import new_feature


@pytest.mark.process
def test_the_test_that_is_written_passes(tmp_path: Path) -> None:
    files = new_feature("weather_words", tmp_path / "mine")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(files[-1])]
    done = subprocess.run(command, cwd=tmp_path / "mine", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    new_feature("weather", tmp_path)
    with pytest.raises(FeatureError, match="there already"):
        new_feature("weather", tmp_path)


@pytest.mark.parametrize("name", ["", "Weather", "two__parts", "with space", "1st", "../up", "class-name"])
def test_a_name_that_is_none_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(FeatureError, match="no name"):
        new_feature(name, tmp_path)
    assert not list(tmp_path.iterdir())
