"""A corpus that is written as it is read: the same bytes as one that was held in memory, and no more memory for more of it."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from mediabias import corpus as of_corpus
from mediabias import intake, reading
from mediabias.corpus import Corpus
from mediabias.errors import TableError

STORY = "Rain Floods Port\n\nIt rained all day in the port of Ellan, the mayor said.\n"


def _bytes(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n}.txt").write_text(STORY.replace("all day", f"for {n} days"), encoding="utf8")
    (folder / "3.html").write_bytes(b"")
    (folder / "all.csv").write_text("title,text,outlet\nRain,It rained.,Post\nMore,It poured.,\n", encoding="utf8")
    (folder.parent / "meta.csv").write_text("path,event\n3.txt,rain\nnowhere.txt,sun\n", encoding="utf8")
    return folder


@pytest.mark.parametrize("choices", [{}, {"outlet": "Tribune"}, {"meta": "meta.csv"}, {"format": "text"}])
def test_it_writes_what_a_corpus_in_memory_writes(
    raw: Path, tmp_path: Path, choices: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_corpus, "_AT_ONCE", 5)
    if "meta" in choices:
        choices = {"meta": str(tmp_path / "meta.csv")}
    made = intake.read_to(tmp_path / "a", [raw], **choices)
    held = Corpus.read(raw, **choices)
    held.save(tmp_path / "b")
    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b")
    assert len(made) == len(held)
    assert made.articles.equals(held.articles.drop(columns="text"))
    assert made.rejected.equals(held.rejected)
    assert made.unmatched == held.unmatched


def test_the_sample_is_the_same_both_ways(sample_dir: Path, tmp_path: Path) -> None:
    given = {"meta": sample_dir / "events.csv", "outlets": sample_dir / "outlets.csv"}
    intake.read_to(tmp_path / "a", [sample_dir / "raw"], **given)
    Corpus.read(sample_dir / "raw", **given).save(tmp_path / "b")
    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b")


def test_stopped_anywhere_it_ends_with_the_same_bytes(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake.read_to(tmp_path / "whole", [raw])
    read = reading.read_document
    for most in (0, 1, 3, 4):
        seen: list[str] = []

        def stopping(document, format=None, seen=seen, most=most):  # type: ignore[no-untyped-def]
            seen.append(document.name)
            if len(seen) > most:
                raise KeyboardInterrupt
            return read(document, format)

        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(reading, "read_document", stopping)
            intake.read_to(tmp_path / "c", [raw])
    intake.read_to(tmp_path / "c", [raw])
    assert _bytes(tmp_path / "c") == _bytes(tmp_path / "whole")


def test_memory_does_not_grow_with_the_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_corpus, "_AT_ONCE", 20)
    peaks = []
    for n in (40, 40, 160):  # the first also loads what is loaded once
        folder = tmp_path / str(n)
        folder.mkdir(exist_ok=True)
        for i in range(n):
            (folder / f"{i}.txt").write_text(STORY + f"It rained for {i} days, and more. " * 300, encoding="utf8")
        tracemalloc.start()
        intake.read_to(tmp_path / "out", [folder])
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] + 120 * 4000  # less than half of what the texts alone would take


def test_two_articles_of_one_id_are_refused(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "ids.csv").write_text("path,article_id\n1.txt,same\n2.txt,same\n", encoding="utf8")
    with pytest.raises(TableError, match="'same'"):
        intake.read_to(tmp_path / "c", [raw], meta=tmp_path / "ids.csv")
