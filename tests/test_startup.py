"""What starting costs: nothing heavy is imported before it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("matplotlib", "sklearn", "trafilatura", "scipy", "onnxruntime", "tokenizers", "lxml")


@pytest.mark.parametrize("start", ["import mediabias", "import mediabias.cli"])
def test_nothing_heavy_is_imported_by_the_name_alone(start: str) -> None:
    code = f"import sys; {start}; print(*(m for m in {HEAVY!r} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_every_public_name_is_there() -> None:
    code = (
        "import mediabias.comparison, mediabias as mb\n"
        "assert not [n for n in mb.__all__ if getattr(mb, n, None) is None]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
