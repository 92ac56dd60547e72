"""Other languages are told, and are missing rather than zero."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import mediabias as mb
from mediabias.cli import app
from mediabias.language import detect

GERMAN = (
    "Der Hafen von Ellan wurde am Montag überflutet. „Es regnet seit einer Woche“, sagte Bürgermeisterin Ana Dole vor "
    "Reportern. Die Gewerkschaft warf der Stadt vor, die Pumpen seit Jahren nicht mehr geprüft zu haben."
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GERMAN, "de"),
        ("Le port a été inondé lundi, a déclaré la maire devant des journalistes réunis à la mairie.", "fr"),
        ("The port was flooded on Monday after a week of rain, the mayor told reporters at the town hall.", "en"),
        ("Rain.", ""),
    ],
)
def test_a_language_is_told_by_its_text(text: str, code: str) -> None:
    assert detect(text) == code


def test_what_a_page_declares_wrongly_is_mended_and_its_numbers_are_missing(tmp_path: Path) -> None:
    page = f'<html lang="en"><body><h1>Hafen überflutet</h1><p>{GERMAN}</p></body></html>'
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "hafen.html").write_text(page, encoding="utf8")
    (tmp_path / "raw" / "port.txt").write_text("Port Flooded\n\n“It rains,” Mayor Ana Dole said on Monday.\n")
    done = CliRunner().invoke(app, ["read", str(tmp_path / "raw"), "--out", str(tmp_path / "c")])
    assert "1 article in de: the features read English" in done.output
    corpus = mb.Corpus.load(tmp_path / "c")
    assert corpus["hafen.html"].language == "de"
    numbers = mb.extract(corpus).features.set_index("article_id")
    assert numbers.loc["hafen.html"].isna().all()
    assert numbers.loc["port.txt", "attribution_verbs__neutral"] == 1
