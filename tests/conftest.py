"""What several tests share: the sample corpus that the project ships, and the real corpora where there are some."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from mediabias.corpus import Corpus

# A slow machine is no failure.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def sample_dir() -> Path:
    """The sample data that the project ships: raw/ in several formats, gold/."""
    return ROOT / "data"


@pytest.fixture(scope="session")
def sample_corpus(sample_dir: Path) -> Corpus:
    """The sample's raw documents with what we know of them. Do not change it: all tests of a session share it."""
    from mediabias.corpus import Corpus

    return Corpus.read([sample_dir / "raw"], meta=sample_dir / "events.csv", outlets=sample_dir / "outlets.csv")


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real corpora, which the project may not ship; tests on it are skipped elsewhere."""
    folder = os.environ.get("MEDIABIAS_REAL", "")
    if not folder:
        pytest.skip("MEDIABIAS_REAL is not set: give the folder of real corpora to run this test")
    if not Path(folder).is_dir():
        pytest.fail(f"MEDIABIAS_REAL={folder!r} is no folder")
    return Path(folder)
