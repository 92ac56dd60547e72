"""What one document may cost: bytes, depth, time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import mediabias as mb
from mediabias import readers
from mediabias.article import Article
from mediabias.cli import app
from mediabias.errors import ReadError, SettingsError
from mediabias.readers.base import Document
from mediabias.readers.clock import timed

RAIN = "Rain Floods Port\n\nIt rained all day in the port of Ellan, and the ferries stood still.\n"


class Slow:
    """A reader that stalls on a document that says so."""

    name, single = "slow", True

    def looks(self, head: bytes, suffix: str) -> float:
        return 1.0 if suffix == ".slow" else 0.0

    def read(self, document: Document) -> Iterator[Article]:
        while b"stall" in document.raw:
            try:
                time.sleep(0.05)
            except Exception:  # a reader that looks past every fault
                continue
        yield Article.from_text(RAIN, document.name)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(readers, "available", lambda: (Slow(), *readers.READERS))
    (tmp_path / "a.slow").write_text("stall")
    (tmp_path / "b.slow").write_text("rain")
    (tmp_path / "c.txt").write_text(RAIN)
    return tmp_path


def test_a_document_that_stalls_is_given_up_and_the_rest_goes_on(slow: Path) -> None:
    corpus = mb.Corpus.read([slow], limits={"max_seconds": 0.3})
    assert [a.article_id for a in corpus] == ["b.slow", "c.txt"]
    (row,) = corpus.rejected.itertuples()
    assert row.path == "a.slow" and "took longer than the limit of 0.3 seconds" in row.reason


def test_a_limit_that_was_raised_reads_again_what_was_given_up(slow: Path, tmp_path: Path) -> None:
    out = tmp_path / "corpus"
    mb.Corpus.read([slow], limits={"max_seconds": 0.3}, resume=out)
    (slow / "a.slow").write_text("rain")
    assert len(mb.Corpus.read([slow / "a.slow", slow / "b.slow"], limits={"max_seconds": 30}, resume=out)) == 2


def test_without_a_limit_or_in_another_thread_nothing_is_cut() -> None:
    assert list(timed(iter("ab"), 0, "x")) == ["a", "b"]
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.extend(timed(iter("ab"), 1, "x")))
    thread.start()
    thread.join()
    assert found == ["a", "b"]


def test_size_and_depth_are_set_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "long.txt").write_text(RAIN * 400)
    deep = "<div>" * 300 + "<p>It rained all day in the port of Ellan.</p>" + "</div>" * 300
    (tmp_path / "raw" / "deep.html").write_text(f"<html><body><h1>Rain Floods Port</h1>{deep}</body></html>")
    options = ["--max-bytes", "20000", "--max-depth", "40"]
    done = CliRunner().invoke(app, ["read", str(tmp_path / "raw"), "--out", str(tmp_path / "c"), *options])
    assert done.exit_code == 0, done.output
    corpus = mb.Corpus.load(tmp_path / "c")
    (article,) = corpus
    assert "It rained all day" in article.text and max(b.origin.count("/") for b in article.blocks) <= 41
    assert "limit of 20,000 bytes; split the file, or raise --max-bytes" in corpus.rejected["reason"].iloc[0]
    assert corpus.settings.max_depth == 40


@pytest.mark.parametrize("limits", [{"max_bytes": 0}, {"max_depth": 0}, {"max_seconds": -1}])
def test_limits_that_cannot_be_are_refused(limits: dict[str, float], tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="at least"):
        mb.Corpus.read([tmp_path], limits=limits)


def test_the_time_that_is_left_over_rings_no_alarm_later(slow: Path) -> None:
    with pytest.raises(ReadError, match="took longer"):
        list(timed(iter(lambda: time.sleep(5), None), 0.1, "x"))
    time.sleep(0.2)
