"""Reading many documents: what fails ends nothing, and a stop loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import mediabias as mb
from mediabias import reading, resuming
from mediabias.article import Article
from mediabias.corpus import Corpus
from mediabias.readers import Document, Reject

STORY = "Rain Floods Port\n\nIt rained all day in the port of Ellan, the mayor said.\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for n in range(6):
        (folder / f"{n}.txt").write_text(STORY.replace("all day", f"for {n} days"), encoding="utf8")
    (folder / "3.html").write_bytes(b"")
    return folder


def stopped_after(n: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have the reading stopped at the document after the first n, and return the list of those that are read."""
    seen: list[str] = []
    read = reading.read_document

    def interrupted(document: Document, format: str | None = None):  # type: ignore[no-untyped-def]
        if len(seen) == n:
            raise KeyboardInterrupt
        seen.append(document.name)
        return read(document, format)

    monkeypatch.setattr(reading, "read_document", interrupted)
    return seen


def same(corpus: Corpus, other: Corpus) -> bool:
    return list(corpus) == list(other) and corpus.rejected.equals(other.rejected)


def test_a_second_call_goes_on_where_the_first_was_stopped(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Corpus.read(raw)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        stopped_after(5, patch)
        Corpus.read(raw, resume=tmp_path / "c")
    kept = tmp_path / "c" / resuming.KEPT
    kept.write_bytes(kept.read_bytes()[:-7])  # and the machine was switched off
    with monkeypatch.context() as patch:
        seen = stopped_after(99, patch)
        corpus = Corpus.read(raw, resume=tmp_path / "c")
    # The fifth was cut short.
    assert seen == ["3.txt", "4.txt", "5.txt"] and same(corpus, whole)
    corpus.save(tmp_path / "c")
    assert not kept.exists()
    assert same(Corpus.load(tmp_path / "c"), whole)


def test_a_document_that_changed_and_other_settings_are_read_anew(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Corpus.read(raw, resume=tmp_path / "c")
    (raw / "2.txt").write_text(STORY, encoding="utf8")
    with monkeypatch.context() as patch:
        seen = stopped_after(99, patch)
        assert same(Corpus.read(raw, resume=tmp_path / "c"), Corpus.read(raw))
        assert seen[0] == "2.txt" and len(seen) == 1 + 7
        del seen[:]
        Corpus.read(raw, resume=tmp_path / "c", format="text")
        assert len(seen) == 7


def test_what_is_kept_is_what_was_read(tmp_path: Path, sample_dir: Path) -> None:
    Corpus.read(sample_dir / "raw", resume=tmp_path / "c")
    assert same(Corpus.read(sample_dir / "raw", resume=tmp_path / "c"), Corpus.read(sample_dir / "raw"))


def test_a_document_that_breaks_a_reader_is_named_and_the_others_are_read(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = reading.read_document

    def breaking(document: Document, format: str | None = None):  # type: ignore[no-untyped-def]
        if document.name == "2.txt":
            raise RuntimeError("no such rain")
        return read(document, format)

    monkeypatch.setattr(reading, "read_document", breaking)
    corpus = Corpus.read(raw)
    assert [a.article_id for a in corpus] == [f"{n}.txt" for n in (0, 1, 3, 4, 5)]
    reasons = dict(zip(corpus.rejected["path"], corpus.rejected["reason"], strict=True))
    assert reasons["2.txt"] == "RuntimeError: no such rain; please report this kind of document"
    assert set(reasons) == {"2.txt", "3.html"}


def test_a_document_s_bytes_do_not_outlive_its_reading(raw: Path) -> None:
    import gc

    for _ in reading.Reading([raw]):
        pass
    gc.collect()
    assert not [o for o in gc.get_objects() if isinstance(o, Document) and o.path.parent == raw]


def test_what_was_written_is_restored() -> None:
    own = Article.from_text("It rained.", "b", variables={"leaning": "left"})
    for found in (Article.from_text("It rained.", "a"), own, Reject("a", "line 2", "damaged")):
        assert resuming._restored(resuming._written(found)) == found


def test_what_we_wrote_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("Rain Floods Port\n\nIt rained all day.")
    corpus = mb.Corpus.read([tmp_path])
    corpus.save(tmp_path / "build" / "corpus")
    mb.extract(corpus, ["quotation"]).save(tmp_path / "build" / "numbers", corpus)
    assert [name for name, _ in reading.named([tmp_path])] == ["rain.txt"]
