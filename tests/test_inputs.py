"""Nothing is lost or mixed up in silence: small documents of kinds that once came out wrong."""

from __future__ import annotations

import json
import os
import warnings
from pathlib import Path

import pytest

from tests.inputs import CASES
from tests.inputs.checks import Case, faults

KEPT = json.loads((Path(__file__).parent / "inputs" / "cases.json").read_text(encoding="utf8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.name}")
def test_a_small_document_comes_out_right(case: Case, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        assert not (wrong := case.faults(tmp_path)), "\n".join(wrong)


@pytest.mark.parametrize("name", KEPT)
def test_a_reported_document_comes_out_right(name: str) -> None:
    """What public reports of such faults were made into, in the folder that MEDIABIAS_CASES names."""
    folder = Path(os.environ.get("MEDIABIAS_CASES", ""), name)
    if not os.environ.get("MEDIABIAS_CASES"):
        pytest.skip("MEDIABIAS_CASES is not set: give the folder of reported documents to run this test")
    (path, *_) = sorted(p for p in folder.iterdir() if p.name not in {"expected.json", "clean.txt"})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        assert not (wrong := faults(path, KEPT[name])), "\n".join(wrong)
