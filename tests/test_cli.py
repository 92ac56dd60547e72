"""The command line, from raw documents to a report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import mediabias as mb
from mediabias.amounts import few
from mediabias.cli import app
from mediabias.contrasting import pairs_of
from mediabias.corpus import Corpus
from mediabias.errors import MediabiasError

run = CliRunner().invoke


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory, sample_dir: Path) -> Path:
    """The sample read, grouped, extracted and compared, each by its command."""
    out = tmp_path_factory.mktemp("cli")
    source = [
        str(sample_dir / "raw"),
        "--meta",
        str(sample_dir / "events.csv"),
        "--outlets",
        str(sample_dir / "outlets.csv"),
    ]
    for command in (
        ["read", *source, "--out", str(out / "corpus")],
        ["events", str(out / "corpus")],
        ["extract", str(out / "corpus"), "--out", str(out / "features")],
        ["compare", str(out / "features"), "--out", str(out / "effects"), "--resamples", "199"],
        ["show", str(out / "corpus"), "--out", str(out / "show.html")],
    ):
        done = run(app, command)
        assert done.exit_code == 0, done.output
    return out


def test_every_stage_leaves_its_tables(work: Path) -> None:
    corpus = Corpus.load(work / "corpus")
    assert len(corpus) == 36 and corpus.attributions is not None
    effects = pd.read_csv(work / "effects" / "effects.csv")
    assert {"column", "a", "b", "estimate", "ci_low", "ci_high", "p", "q"} <= set(effects.columns)
    assert (work / "effects" / "report.md").read_text(encoding="utf8").startswith("# Comparison")
    assert {p.suffix for p in (work / "effects").iterdir()} == {".csv", ".html", ".json", ".md", ".png"}
    assert "<script" not in (work / "show.html").read_text(encoding="utf8")


def test_offsets_of_plain_text_are_into_the_file_as_it_stands(tmp_path: Path) -> None:
    text = "\n\n  Rain\r\n\r\n“It rains,” the mayor said.\r\n"
    (tmp_path / "rain.txt").write_bytes(text.encode())
    done = run(app, ["attributions", str(tmp_path), "--plain", "--jsonl", str(tmp_path / "out" / "a.jsonl")])
    assert done.exit_code == 0, done.output
    (line,) = (tmp_path / "out" / "a.jsonl").read_text(encoding="utf8").splitlines()
    found = json.loads(line)
    assert found["id"] == "rain"
    ((start, end),) = found["attributions"][0]["cue"]
    assert text[start:end] == "said"


def test_a_reading_that_is_stopped_says_how_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mediabias import reading, resuming

    (tmp_path / "rain.txt").write_text("Rain Floods Port\n\nIt rained all day in the port of Ellan.\n")

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    command = ["read", str(tmp_path / "rain.txt"), "--out", str(tmp_path / "c")]
    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_document", stopped)
        done = run(app, command)
    assert done.exit_code == 130 and "the same command goes on from here" in done.output
    done = run(app, command)
    assert done.exit_code == 0 and "1 article of" in done.output
    assert not (tmp_path / "c" / resuming.KEPT).exists()


def test_rejects_are_counted_and_strict_makes_them_fail(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "empty.html").write_bytes(b"")
    (tmp_path / "raw" / "good.txt").write_text("Rain Floods Port\n\nIt rained all day in the port of Ellan.\n")
    command = ["read", str(tmp_path / "raw"), "--out", str(tmp_path / "c")]
    done = run(app, command)
    assert done.exit_code == 0 and "1 rejected" in done.output
    assert run(app, [*command, "--strict"]).exit_code == 1
    assert "empty.html" in (tmp_path / "c" / "rejected.csv").read_text(encoding="utf8")
    # A command that writes no such list names each.
    attributed = run(
        app, ["attributions", str(tmp_path / "raw"), "--jsonl", str(tmp_path / "a.jsonl"), "--engine", "rules"]
    )
    assert "rejected: " in attributed.output and "empty.html" in attributed.output


@pytest.mark.parametrize(
    ("command", "word"),
    [
        (["read", "nowhere", "--out", "x"], "no such file"),
        (["extract", "nowhere", "--out", "x"], "no such folder; make it with `mediabias read`"),
        (["read", "data/raw", "--out", "x", "--format", "odd"], "mediabias: --format 'odd': one of factiva"),
        (["compare", "nowhere", "--out", "x"], "mediabias extract"),
        (["attributions", "nowhere", "--jsonl", "x"], "no such file"),
    ],
)
def test_unusable_input_is_one_line_and_exit_code_2(command: list[str], word: str) -> None:
    done = run(app, command)
    assert done.exit_code == 2
    assert word in done.output and "Traceback" not in done.output


@pytest.mark.parametrize("command", ["read", "events", "attributions", "extract", "compare", "show"])
def test_each_help_shows_an_example(command: str) -> None:
    assert "Example" in run(app, [command, "--help"]).output


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (["--copies", "odd"], "--copies: 'odd' is not one of collapse"),
        (["--interval", "odd"], "--interval: 'odd' is not one of wide"),
        (["--permute", "odd"], "--permute: 'odd' is not one of events"),
        (["--family", "odd"], "--family: 'odd' is not one of all"),
        (["--pairs", "A:B"], "--pairs: outlet 'A' has no article"),
        (["--confidence", "95"], "--confidence: 95 is not between 0 and 1"),
        (["--clusters", "paper"], "--clusters: articles lacks the column 'paper'"),
        (["--margin", "-1"], "--margin: -1 is not above 0"),
        (["--resamples", "0"], "--resamples: 0: at least 1"),
    ],
)
def test_a_wrong_choice_is_named_as_it_was_typed(work: Path, tmp_path: Path, choice: list[str], said: str) -> None:
    done = run(app, ["compare", str(work / "features"), "--out", str(tmp_path / "x"), *choice])
    assert done.exit_code == 2
    assert said in done.output and "=" not in done.output


def test_a_warning_is_a_line(work: Path, tmp_path: Path) -> None:
    shutil.copytree(work / "features", tmp_path / "f")
    articles = pd.read_parquet(tmp_path / "f" / "articles.parquet")
    articles["outlet"] = articles["outlet"].str.replace("Littoral", "海")
    articles.to_parquet(tmp_path / "f" / "articles.parquet", index=False)
    columns = ["--columns", "attribution_verbs__neutral", "--resamples", "9"]
    done = run(app, ["compare", str(tmp_path / "f"), "--out", str(tmp_path / "e"), *columns])
    assert done.exit_code == 0, done.output
    said = [line for line in done.output.splitlines() if "font" in line]
    assert len(said) == 1 and said[0].startswith("mediabias: the figures' font lacks 1 signs (海)")


def test_with_many_outlets_somebody_has_to_choose() -> None:
    outlets = [f"Post {n}" for n in range(13)]
    assert pairs_of(None, None, outlets[:12]) is None
    assert pairs_of(["Post 1:Post 2"], None, outlets) == [("Post 1", "Post 2")]
    assert pairs_of(None, "Post 0", outlets[:3]) == [("Post 0", "Post 1"), ("Post 0", "Post 2")]
    with pytest.raises(MediabiasError, match="13 outlets make 78 pairs"):
        pairs_of(None, None, outlets)


def test_few_names_are_three() -> None:
    assert few(["a", "b", "c"]) == "a, b, c" and few(["a", "b", "c", "d"]) == "a, b, c ..."


def test_the_data_dictionary_is_printed_and_written(tmp_path: Path) -> None:
    done = run(app, ["features", "quotation", "--csv", str(tmp_path / "d.csv")])
    assert done.exit_code == 0
    assert "quotation__scare  (per 1,000 words)" in done.output
    assert "sample corpus: precision" in done.output and "not validated" in done.output
    table = pd.read_csv(tmp_path / "d.csv")
    assert set(table["feature"]) == {"quotation"}
    everything = run(app, ["features"]).output
    assert all(f"{name}: " in everything for name in mb.available())
    assert run(app, ["features", "nothing"]).exit_code == 2


def test_events_are_grouped_again_when_asked(work: Path, tmp_path: Path) -> None:
    shutil.copytree(work / "corpus", tmp_path / "corpus")
    assert run(app, ["events", str(tmp_path / "corpus"), "--threshold", "0.9"]).output.startswith("6 events")
    again = run(app, ["events", str(tmp_path / "corpus"), "--threshold", "0.9", "--again"])
    assert not again.output.startswith("6 events")
    assert (tmp_path / "corpus" / "event_assignments.csv").exists()


def test_families_correction_margin_and_the_rest_are_declared_on_the_command_line(work: Path, tmp_path: Path) -> None:
    chosen = ["attribution_verbs__neutral", "voice__passive_agentless"]
    options = ["--columns", ",".join(chosen), "--pairs", "rest", "--correction", "holm", "--resamples", "99"]
    options += ["--family", f"verbs={chosen[0]}", "--margin", f"{chosen[0]}=0.9"]
    done = run(app, ["compare", str(work / "features"), "--out", str(tmp_path / "e"), *options])
    assert done.exit_code == 0, done.output
    effects = pd.read_csv(tmp_path / "e" / "effects.csv")
    assert "all others" in set(effects["a"]) | set(effects["b"])
    by_column = effects.set_index("column")
    assert by_column.loc[chosen[0], "q"].notna().any() and by_column.loc[chosen[1], "q"].isna().all()
    assert (
        by_column.loc[chosen[0], "p_equivalent"].notna().any() and by_column.loc[chosen[1], "p_equivalent"].isna().all()
    )


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (["--family", "a=voice__passive_agentless", "--family", "b"], "--family 'b': write NAME=COLUMN"),
        (["--family", "a=odd"], "--family: 'odd' is no column"),
        (["--margin", "much"], "--margin much: write NUMBER"),
        (["--margin", "odd=1"], "--margin: 'odd' is no column"),
        (["--correction", "odd"], "--correction: 'odd' is not one of bh"),
    ],
)
def test_a_family_or_margin_that_cannot_be_is_named(work: Path, tmp_path: Path, choice: list[str], said: str) -> None:
    options = ["--columns", "voice__passive_agentless", "--resamples", "9", *choice]
    done = run(app, ["compare", str(work / "features"), "--out", str(tmp_path / "x"), *options])
    assert done.exit_code == 2 and said in done.output


def test_a_folder_of_features_is_not_a_corpus(work: Path) -> None:
    done = run(app, ["extract", str(work / "features"), "--out", str(work / "twice")])
    assert done.exit_code == 2 and "a folder of features; give that of the corpus" in done.output


def test_who_said_what_is_a_table_to_read(work: Path, tmp_path: Path) -> None:
    done = run(app, ["attributions", str(work / "corpus"), "--csv", str(tmp_path / "who.csv")])
    table = pd.read_csv(tmp_path / "who.csv")
    assert done.exit_code == 0 and f"{len(table)} attributions in 36 articles" in done.output
    assert table["cue"].notna().all() and {"source", "content", "speaker", "confidence"} <= set(table.columns)
    unsure = int((table["confidence"] < 0.5).sum())
    assert unsure and f"{unsure} of them rather wrong than right" in done.output


def test_attributions_ask_where_to(work: Path) -> None:
    done = run(app, ["attributions", str(work / "corpus")])
    assert done.exit_code == 2 and "--csv FILE" in done.output


def test_a_comparison_leads_to_its_sentences(work: Path, tmp_path: Path) -> None:
    chosen = ["--columns", "attribution_verbs__conceding", "--resamples", "99", "--out", str(tmp_path)]
    assert run(app, ["compare", str(work / "features"), "--corpus", str(work / "corpus"), *chosen]).exit_code == 0
    assert "<mark>admitted</mark>" in (tmp_path / "comparison.html").read_text(encoding="utf8")


def test_reading_again_says_that_the_events_are_gone(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "rain.txt").write_text("Rain Floods Port\n\nIt rained all day.")
    assert run(app, ["read", str(pages), "--out", str(pages)]).exit_code == 2
    read = ["read", str(pages), "--out", str(tmp_path / "c")]
    assert "events" not in run(app, read).output
    run(app, ["events", str(tmp_path / "c")])
    assert "the events that were found here before are gone" in run(app, read).output


def test_a_corpus_is_not_a_folder_of_features(work: Path, tmp_path: Path) -> None:
    done = run(app, ["compare", str(work / "corpus"), "--out", str(tmp_path)])
    assert done.exit_code == 2 and "this is a corpus" in done.output
