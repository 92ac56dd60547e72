"""The walk-throughs of CONTRIBUTING, run as they stand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import mediabias as mb
from mediabias import readers
from mediabias.readers import Document

ROOT = Path(__file__).resolve().parent.parent


def blocks() -> dict[str, str]:
    """Return the page's code by the class that each block defines."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf8")
    found = re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)
    return {re.search(r"^class (\w+)", code, re.M)[1]: code for code in found}  # type: ignore[index]


def defined(name: str) -> Any:
    scope: dict[str, Any] = {}
    exec(compile(blocks()[name], f"CONTRIBUTING.md:{name}", "exec"), scope)
    return scope[name]


def test_the_feature_of_a_notebook_cell_has_numbers_evidence_and_dictionary() -> None:
    tables = mb.extract([mb.Article.from_text("It might rain. It could pour.", "a")], defined("Hedges"))
    assert tables.features["hedges__modal"].tolist() == [pytest.approx(2 / 6 * 1000)]
    assert tables.evidence["text"].tolist() == ["might", "could"]
    assert defined("Hedges")(name="headline_hedges", zones=("headline",)).get_feature_names_out() == [
        "headline_hedges__modal"
    ]


def test_the_reader_finds_its_documents_among_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "READERS", (defined("Memo")(), *readers.READERS))
    readers.available.cache_clear()
    monkeypatch.setattr(readers, "available", readers.available.__wrapped__)
    (tmp_path / "a.txt").write_text("MEMO 7\nRain Floods Port\n\nIt rained all day in the port of Ellan.\n")
    (tmp_path / "b.txt").write_text("Snow Closes Pass\n\nIt snowed all day on the pass of Ellan.\n")
    corpus = mb.Corpus.read(tmp_path)
    assert [a.title for a in corpus] == ["Rain Floods Port", "Snow Closes Pass"]
    (memo,) = readers.read_document(Document(tmp_path / "a.txt", "a.txt"))
    assert "MEMO" not in memo.text  # type: ignore[union-attr]
