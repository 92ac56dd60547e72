"""CSV for spreadsheets: nothing in it is run, and nothing is lost on the way back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import mediabias as mb
from mediabias.cli import app
from mediabias.csvs import csv_text, read_csv

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")', "'=1", "''=1"]


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_a_text(formula: str) -> None:
    ((_, n), (cell, number)) = cells(csv_text(pd.DataFrame({"title": [formula], "n": [-1.5]})))
    assert cell == f"'{formula}" and (n, number) == ("n", "-1.5")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), min_size=1), min_size=1))
def test_what_is_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_text(
        csv_text(pd.DataFrame({"title": texts, "id": [str(n) for n in range(len(texts))]})), encoding="utf8", newline=""
    )
    assert read_csv(path)["title"].tolist() == texts


def test_no_command_writes_a_formula(tmp_path: Path) -> None:
    """Whoever names a file, or writes a headline, may not run anything in a researcher's spreadsheet."""
    for n in range(2):
        for event in ("x", "y"):
            (tmp_path / "raw" / f"={n}").mkdir(parents=True, exist_ok=True)
            page = f"=HYPERLINK(1) Floods Port {event}\n\n=1+1 was closed by the port. “-2 rains,” claimed @Dole. It rained."
            (tmp_path / "raw" / f"={n}" / f"-{event}.txt").write_text(page)
    (tmp_path / "raw" / "=bad.html").write_text("<html></html>")
    meta = pd.DataFrame([(f"={n}/-{e}.txt", o, e) for n, o in enumerate(("=cmd|A", "@B")) for e in "xy"], columns=["path", "outlet", "event"])  # fmt: skip
    meta.to_csv(tmp_path / "meta.csv", index=False)
    corpus, numbers, coding = (str(tmp_path / name) for name in ("c", "f", "coding"))
    for command in (
        ["read", str(tmp_path / "raw"), "--meta", str(tmp_path / "meta.csv"), "--out", corpus, "--template", str(tmp_path / "t.csv")],
        ["events", corpus],
        ["extract", corpus, "--out", numbers, "--features", "voice,attribution_verbs"],
        ["compare", numbers, "--out", str(tmp_path / "e"), "--resamples", "9"],
        ["code", "sample", numbers, corpus, "--feature", "voice", "--out", coding],
    ):  # fmt: skip
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0, done.output
    files = [*sorted(tmp_path.glob("[cfet]*/**/*.csv")), tmp_path / "t.csv"]
    assert {p.name for p in files} >= {
        "rejected.csv",
        "event_assignments.csv",
        "effects.csv",
        "differences.csv",
        "sheet.csv",
        "t.csv",
    }
    for path in files:
        for row in cells(path.read_text(encoding="utf8")):
            for cell in row:
                assert not cell.startswith(("=", "+", "@", "\t")) and (not cell.startswith("-") or _is_number(cell)), (
                    path,
                    cell,
                )
    again = mb.Corpus.read([tmp_path / "raw"], meta=tmp_path / "t.csv")  # the template, given back as it is
    assert {a.outlet for a in again} == {"=cmd|A", "@B"}


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_semicolons_part_columns_too(tmp_path: Path) -> None:
    (tmp_path / "european.csv").write_text("path;outlet\na.html;Post, The\n", encoding="utf-8-sig")
    assert read_csv(tmp_path / "european.csv").to_dict("records") == [{"path": "a.html", "outlet": "Post, The"}]
