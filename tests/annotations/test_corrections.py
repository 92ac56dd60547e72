"""Corrections: made in a table or a call, applied last, kept through every run, refused where they do not fit."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import mediabias as mb
from mediabias.batch import extract_to, verify
from mediabias.cli import app
from mediabias.errors import TableError

TEXT = "The mayor claimed that it rained. “It did not,” said Ana Dole, a clerk. The crowd laughed."
run = CliRunner().invoke


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    articles = [mb.Article.from_text(TEXT, i, path=i, outlet=o) for i, o in (("a", "Post"), ("b", "Echo"))]
    mb.Corpus(articles).save(tmp_path / "corpus")
    return tmp_path / "corpus"


def exported(corpus: Path, to: Path) -> pd.DataFrame:
    done = run(app, ["attributions", str(corpus), "--csv", str(to), "--engine", "rules"])
    assert done.exit_code == 0, done.output
    return pd.read_csv(to, dtype=str, keep_default_na=False)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_that_was_edited_changes_the_numbers_and_stays(corpus: Path, tmp_path: Path, kind: str) -> None:
    table = exported(corpus, tmp_path / "all.csv")
    first = (table["article_id"] == "a") & (table["cue"] == "claimed")
    table.loc[first, "cue_class"] = "neutral"
    table.loc[(table["article_id"] == "b") & (table["cue"] == "claimed"), "is_wrong"] = "x"
    missed = {"article_id": "a", "cue": "laughed", "source": "The crowd", "cue_class": "mental"}
    table = pd.concat([table, pd.DataFrame([missed])]).fillna("")
    path = tmp_path / f"edited.{kind}"
    table.to_csv(path, index=False) if kind == "csv" else table.to_excel(path, index=False)
    done = run(app, ["attributions", str(corpus), "--corrected", str(path), "--engine", "rules", "--who", "R. K."])
    assert "3 corrected attributions (1 of them none, 1 missed by the engine)" in done.output, done.output
    kept = pd.read_csv(corpus / "corrections.csv", keep_default_na=False)
    assert set(kept["who"]) == {"R. K."} and kept["words"].iloc[0] == "The mayor | claimed | that it rained"
    for least, jobs in ((0.0, 1), (0.9, 1), (0.5, 1)):
        settings = mb.Settings(engine="rules", min_confidence=least)
        extract_to(corpus, tmp_path / "f", ["attribution_verbs", "quotation"], settings, jobs=jobs)
        evidence = pd.read_parquet(tmp_path / "f" / "evidence.parquet")
        said = evidence[(evidence["feature"] == "attribution_verbs") & ~evidence["label"].str.contains("_")]
        assert ("a", "neutral", "claimed") in set(
            said[["article_id", "label", "text"]].itertuples(index=False, name=None)
        )
        assert ("a", "mental", "laughed") in set(
            said[["article_id", "label", "text"]].itertuples(index=False, name=None)
        )
        assert "claimed" not in set(said.loc[said["article_id"] == "b", "text"])
    manifest = json.loads((tmp_path / "f" / "manifest.json").read_text())
    assert manifest["corrections"]["rows"] == 4
    assert exported(corpus, tmp_path / "again.csv")["cue_class"].tolist()[0] == "neutral"
    told = run(app, ["extract", str(corpus), "--out", str(tmp_path / "f"), "--features", "quotation"]).output
    assert "3 corrected attributions" in told


def test_the_table_of_corrections_is_known_to_verify(corpus: Path) -> None:
    mb.Corpus.load(corpus).with_articles(mb.attribute_all(mb.Corpus.load(corpus))).save(corpus)
    made = mb.correct(corpus, "a:a001", cue_class="neutral", who="R. K.", when="2026-03-01")
    assert made.corrections["when"].tolist() == ["2026-03-01"]
    states = verify(corpus).set_index("file")["state"]
    assert states["corrections.csv"] == "whole"
    loaded = mb.Corpus.load(corpus)
    changed = [a.replace(text=a.text.replace("claimed", "allowed"), attributions=None) for a in loaded]
    mb.Corpus(changed).save(corpus)
    stale = verify(corpus).set_index("file").loc["corrections.csv"]
    assert stale["state"] == "stale" and "'a': 'The mayor | claimed | that it rained'" in stale["mend"]
    with pytest.warns(UserWarning, match="1 of the corrections do not fit"):
        assert list(mb.Corpus.load(corpus)["a"].corrections)


def test_in_memory_a_correction_acts_and_an_engine_s_own_is_kept() -> None:
    corpus = mb.Corpus([mb.attribute(mb.Article.from_text(TEXT, "a"))])
    made = mb.correct(corpus, "a:a001", remove=True)
    assert len(made.attributions) == len(corpus.attributions) - 1
    assert made["a"].attributions == corpus["a"].attributions
    verbs = [len(mb.extract(c, "attribution_verbs").evidence) for c in (corpus, made)]
    assert verbs[0] == verbs[1] + 3
    twice = mb.correct(mb.correct(corpus, "a:a001", cue_class="neutral"), "a:a001", cue_class="denying")
    assert twice.attributions["cue_class"].iloc[0] == "denying" and len(twice.corrections) == 1


@pytest.mark.parametrize(
    ("what", "changes", "said"),
    [
        ("a:a099", {"cue_class": "neutral"}, "no attribution 'a:a099'"),
        ("z:a001", {"cue_class": "neutral"}, "'z:a001': no attribution or article of this corpus"),
        ("a:a001", {"cue_class": "nuetral"}, "cue_class='nuetral' is none of accusing, acting"),
        ("a:a001", {"colour": "red"}, "no field 'colour'; one of speaker"),
        ("a:a001", {}, "nothing to change"),
        ("a", {"cue": "whispered"}, "the words 'whispered' do not stand in article 'a'"),
        ("a", {"cue": "The"}, "'The' stands in article 'a' 2 times; give its offsets"),
        ("a", {"cue": (10, 999)}, "lies outside its text"),
        ("a", {"cue_class": "neutral"}, "say where the missed attribution stands"),
    ],
)
def test_what_can_not_be_corrected_is_refused_by_name(what: str, changes: dict, said: str) -> None:
    corpus = mb.Corpus([mb.attribute(mb.Article.from_text(TEXT, "a"))])
    with pytest.raises(TableError, match=said.replace("(", r"\(")):
        mb.correct(corpus, what, **changes)


def test_a_sheet_of_another_text_is_refused_with_its_line(corpus: Path, tmp_path: Path) -> None:
    table = exported(corpus, tmp_path / "all.csv")
    table.loc[0, ["source", "cue", "content"]] = ["The council", "denied", "that it snowed"]
    table.to_csv(tmp_path / "edited.csv", index=False)
    done = run(app, ["attributions", str(corpus), "--engine", "rules", "--corrected", str(tmp_path / "edited.csv")])
    assert done.exit_code == 2 and "edited.csv, line 2: 'a:a001' is 'claimed' of 'The mayor' now" in done.output


def test_a_table_of_corrections_is_taken_as_it_was_written(corpus: Path, tmp_path: Path) -> None:
    loaded = mb.Corpus.load(corpus)
    loaded = loaded.with_articles(mb.attribute_all(loaded))
    made = mb.correct(mb.correct(loaded, "a:a001", speaker="Bo Vale"), "b:a002", remove=True)
    made.corrections.to_csv(tmp_path / "mine.csv", index=False)
    again = mb.correct(loaded, tmp_path / "mine.csv")
    assert again.corrections.equals(made.corrections)
