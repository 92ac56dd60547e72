"""The numbers of the studies that are shipped: what they hold, and that they hold no text."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

NAMES = ("basil_numbers", "basil_omissions", "basil_specifications", "polnear_candidates", "polnear_measured")


@pytest.fixture(scope="module")
def tables(root: Path) -> dict[str, pd.DataFrame]:
    folder = root / "data" / "studies"
    assert sorted(p.stem for p in folder.glob("*.csv")) == sorted(NAMES)
    return {name: pd.read_csv(folder / f"{name}.csv", keep_default_na=False, na_values=[""]) for name in NAMES}


def test_no_table_holds_a_sentence(tables: dict[str, pd.DataFrame]) -> None:
    for name, table in tables.items():
        for column in table.select_dtypes(exclude="number"):
            if column not in {"stands"}:
                words = table[column].dropna().astype(str).str.split().str.len()
                assert words.max() <= 4, (name, column)


def test_each_event_of_basil_has_its_three_outlets(tables: dict[str, pd.DataFrame]) -> None:
    numbers = tables["basil_numbers"]
    assert numbers.groupby("event")["outlet"].agg(["size", "nunique"]).eq(3).all(axis=None)
    assert {"annotated_bias__lexical", "annotated_bias__informational"} <= set(numbers.columns)


def test_each_share_is_measured_in_three_ways(tables: dict[str, pd.DataFrame]) -> None:
    measured = tables["polnear_measured"]
    assert set(measured["kind"]) == {"gold", "extracted", "corrected"}
    assert measured.groupby(["outlet", "column"])["kind"].nunique().eq(3).all()
    assert (measured["ci_low"] <= measured["mean"]).all() and (measured["mean"] <= measured["ci_high"]).all()


def test_both_candidates_are_cited_by_all_outlets(tables: dict[str, pd.DataFrame]) -> None:
    cited = tables["polnear_candidates"]
    assert cited.groupby("candidate")["outlet"].nunique().tolist() == [7, 7]
    assert set(cited["form"]) <= {"full_name", "titled_name", "surname", "given_name", "title", "pronoun", "other"}
    assert cited["published"].str.fullmatch(r"201[56]-\d\d-\d\d").all()


def test_what_is_left_out_is_part_of_what_others_have(tables: dict[str, pd.DataFrame]) -> None:
    counts = tables["basil_omissions"]
    assert (counts["left_out"] <= counts["available"]).all() and (counts["left_out"] >= 0).all()
    assert counts.groupby(["event", "kind"])["outlet"].nunique().eq(3).all() and counts["available"].sum() > 300
