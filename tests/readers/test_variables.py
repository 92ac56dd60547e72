"""The user's own ids and columns: kept under their own names from the table to the numbers."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import mediabias as mb
from mediabias.cli import app
from mediabias.corpus import Corpus
from mediabias.errors import TableError
from mediabias.features import FeatureTables
from mediabias.intake import read_to

ROWS = pd.DataFrame(
    {
        "ID": ["r7", "r3", "r5"],
        "headline": ["Rain", "Sun", "Snow"],
        "body": ["It rained in Ellan.", "“It shone,” the mayor said.", "It snowed in Ellan."],
        "paper": ["The Vale", "Ellan Post", "The Vale"],
        "leaning": ["left", "right", None],
        "wave": [1, 2, 2],
    }
)
COLUMNS = ("id=ID", "text=body", "title=headline", "outlet=paper")


def as_r_writes(table: pd.DataFrame, path: Path) -> None:
    """Write what R's write.csv does: names of rows, texts in quotation marks, NA."""
    table.to_csv(path, index=True, quoting=csv.QUOTE_NONNUMERIC, na_rep="NA")
    assert path.read_text().startswith('"","ID"')


WRITERS = {
    "table.csv": lambda t, p: t.to_csv(p, index=False),
    "of_r.csv": as_r_writes,
    "of_excel.csv": lambda t, p: t.to_csv(p, index=False, sep=";", encoding="utf-8-sig"),
    "sheet.xlsx": lambda t, p: t.to_excel(p, index=False),
    "table.parquet": lambda t, p: t.to_parquet(p),
    "lines.jsonl": lambda t, p: t.to_json(p, orient="records", lines=True),
}


@pytest.mark.parametrize("name", WRITERS)
def test_own_ids_and_columns_are_kept_whatever_the_table_is_written_with(name: str, tmp_path: Path) -> None:
    WRITERS[name](ROWS, tmp_path / name)
    corpus = Corpus.read(tmp_path / name, columns=COLUMNS)
    corpus.save(tmp_path / "corpus")
    for read in (corpus, Corpus.load(tmp_path / "corpus")):
        kept = read.articles[["article_id", "outlet", "leaning", "wave"]]
        assert kept.values.tolist() == [
            ["r3", "Ellan Post", "right", "2"], ["r5", "The Vale", "", "2"], ["r7", "The Vale", "left", "1"],
        ]  # fmt: skip
        assert read.variables == ["leaning", "wave"]


def test_they_travel_into_the_numbers_and_choose_articles(tmp_path: Path) -> None:
    ROWS.to_csv(tmp_path / "table.csv", index=False)
    corpus = Corpus.read(tmp_path / "table.csv", columns=COLUMNS)
    assert [a.article_id for a in corpus.where(outlet="The Vale", leaning="left")] == ["r7"]
    assert len(corpus.where(leaning=["left", "right"])) == 2 and len(corpus.where(wave=2)) == 2
    with pytest.raises(TableError, match="wave='3': no article has this value; there are '1', '2'"):
        corpus.where(wave="3")
    with pytest.raises(TableError, match=r"no column 'slant'; the articles have article_id, .*leaning, wave"):
        corpus.where(slant="left")
    mb.extract(corpus, "quotation").save(tmp_path / "features", corpus)
    _, articles = FeatureTables.load(tmp_path / "features")
    joined = ROWS.merge(articles, left_on="ID", right_on="article_id", suffixes=("", "_read"))
    assert joined["wave"].astype(str).tolist() == joined["wave_read"].tolist() and len(joined) == 3


def test_a_table_read_to_disk_keeps_the_same(tmp_path: Path) -> None:
    ROWS.to_csv(tmp_path / "table.csv", index=False)
    (tmp_path / "more.csv").write_text("title,section\nHail,weather\n")
    (tmp_path / "meta.csv").write_text("article_id,leaning,desk\nr5,centre,city\nr3,,\n")
    given = {"columns": COLUMNS, "meta": tmp_path / "meta.csv"}
    sources = [tmp_path / "table.csv"]
    made = read_to(tmp_path / "a", sources, **given)
    held = Corpus.read(sources, **given)
    held.save(tmp_path / "b")
    assert made.articles.equals(held.articles.drop(columns="text"))
    assert {a.article_id: a.variables.get("leaning") for a in held} == {"r3": "right", "r5": "centre", "r7": "left"}
    assert held["r5"].value("desk") == "city" and held["r7"].value("desk") == ""
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_what_clashes_with_ours_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,text,path\nRain,It rained.,x\n")
    (tmp_path / "b.csv").write_text("title,text,wave,wave\nRain,It rained.,1,2\n")
    (tmp_path / "c.json").write_text(json.dumps({"title": "Rain", "text": "It rained.", "raw_sha256": "x"}))
    reasons = dict(Corpus.read(tmp_path).rejected[["path", "reason"]].values)
    assert reasons["a.csv"] == "mediabias has a column 'path' of its own; rename yours"
    assert reasons["b.csv"] == "2 columns are called 'wave'; rename all but one"
    assert reasons["c.json"] == "mediabias has a column 'raw_sha256' of its own; rename yours"


def test_an_id_that_stands_twice_loses_no_other_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("article_id,title\nx,Rain\nx,Sun\n,Snow\n")
    corpus = Corpus.read(tmp_path)
    assert [a.article_id for a in corpus] == ["a.csv#3", "x"]
    assert corpus.rejected.values.tolist() == [
        ["a.csv", "2", "the id 'x' is that of a.csv#1 already; give each article its own"]
    ]


def test_a_field_of_ours_that_the_table_fills_is_no_variable(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,text,event\nRain,It rained.,flood\n")
    (article,) = Corpus.read(tmp_path)
    assert article.event == "flood" and not article.variables


def test_a_short_name_that_several_outlets_could_have_stays_and_a_renaming_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "title,text,outlet,url\nA,It rained.,Herald,\nB,It rained.,NYT,\nC,It rained.,Guardian,\n"
        "D,It rained.,Herald,https://www.miamiherald.com/d\n"
    )
    corpus = Corpus.read(tmp_path)
    assert corpus.articles["outlet"].tolist() == ["Herald", "The New York Times", "Guardian", "Miami Herald"]
    assert corpus.articles["outlet_as_written"].tolist() == ["", "NYT", "", "Herald"]
    done = CliRunner().invoke(app, ["read", str(tmp_path / "a.csv"), "--out", str(tmp_path / "c")])
    assert "2 outlets of yours are called otherwise" in done.output and "'NYT' is 'The New York Times'" in done.output


def test_the_command_line_names_own_columns_and_takes_conditions(tmp_path: Path) -> None:
    ROWS.rename(columns={"ID": "id"}).to_csv(tmp_path / "t.csv", index=False)
    run = CliRunner().invoke
    out = str(tmp_path / "c")
    done = run(app, ["read", str(tmp_path / "t.csv"), "--out", out, "--column", "outlet=paper"])
    assert "your own columns: id, leaning, wave; --column id=id makes 'id' the articles' ids" in done.output
    listed = str(tmp_path / "a.csv")
    done = run(app, ["attributions", out, "--csv", listed, "--engine", "rules", "--where", "leaning=right"])
    assert done.exit_code == 0 and pd.read_csv(listed)["article_id"].unique().tolist() == ["t.csv#2"]
    done = run(app, ["attributions", out, "--csv", listed, "--where", "leaning"])
    assert done.exit_code == 2 and "write COLUMN=VALUE" in done.output
