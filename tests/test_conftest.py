"""What `make test` leaves out, and how it notices a test that takes long."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

MADE = """
import time
import pytest

@pytest.fixture
def real():
    return "here"

@pytest.mark.process
def test_marked():
    pass

def test_of_real_corpora(real):
    pass

def test_quick():
    pass

def test_long():
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass
"""


@pytest.fixture
def ours(root: Path, pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with the project's conftest, whose limit is a fifth of a second, and four tests."""
    conftest = (root / "conftest.py").read_text(encoding="utf8")
    assert "MOST = 20\n" in conftest
    pytester.makeconftest(conftest.replace("MOST = 20\n", "MOST = 0.2\n").replace('pytest_plugins = ("pytester",)', ""))
    markers = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf8"))["tool"]["pytest"]["ini_options"]
    pytester.makeini("\n  ".join(["[pytest]\nmarkers =", *markers["markers"]]))
    pytester.makepyfile(MADE)
    return pytester


def test_all_run_and_none_is_too_long_unless_asked(ours: pytest.Pytester) -> None:
    ours.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=4)


def test_fast_leaves_out_what_is_marked_and_fails_what_takes_long(ours: pytest.Pytester) -> None:
    done = ours.runpytest_inprocess("--fast", "-p", "no:cacheprovider")
    done.assert_outcomes(passed=1, failed=1, deselected=2)
    done.stdout.fnmatch_lines(["*Failed: took * s of processor time, more than 0.2: make it smaller*"])
