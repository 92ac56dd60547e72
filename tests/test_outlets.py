"""Who publishes what."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediabias import outlets
from mediabias.errors import TableError


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("https://www.themoscowtimes.com/2025/08/21/x", "The Moscow Times"),
        ("THE GUARDIAN", "The Guardian"),
        ("news.bbc.co.uk", "BBC News"),
    ],
)
def test_an_outlet_is_found_by_name_or_address(given: str, name: str) -> None:
    found = outlets.shipped().find(given)
    assert found is not None and found.name == name


def test_nations_and_times_are_no_outlets() -> None:
    table = outlets.shipped()
    assert table.find("TIME") == table.find("time.com") != table.find("Time Out")
    assert table.agencies_in("By Jane Pa, who naps") == []


def test_the_users_own_outlets_go_first_where_they_are_given(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("name,aliases,domains,agency,credit_forms\nEllan Wire,EW,ellan.example,true,Ellan Wire\n")
    assert outlets.load(table).agencies_in("Additional reporting: Ellan Wire") == ["Ellan Wire"]
    assert outlets.shipped().agencies_in("Additional reporting: Ellan Wire") == []


def test_an_unknown_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("name,colour\nEllan Wire,red\n")
    with pytest.raises(TableError, match="colour"):
        outlets.load(tmp_path / "mine.csv")


def test_short_credits_keep_their_case_and_long_ones_do_not(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("name,agency,credit_forms\nEllan Wire,true,Ellan\nVales Wire,true,Vales N\n")
    found = outlets.load(table).agencies_in
    assert found("Ellan / vales n") == ["Ellan", "Vales N"] and found("ellan / VALES N") == ["Vales N"]


def test_where_no_outlet_is_an_agency_none_is_found() -> None:
    assert outlets.Outlets([outlets.Outlet("Nobody")]).agencies_in("AFP and Reuters") == []
