"""Exports of many articles are read an article at a time, whatever their size, packing and encoding."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from pathlib import Path

import pytest

from mediabias.article import Article
from mediabias.corpus import Corpus
from mediabias.readers import Document, Reject, read_document
from mediabias.readers.base import HEAD
from mediabias.readers.export import read_export


def export(n: int, body: str = "The port was flooded on Monday after a week of rain, the “mayor” said.") -> str:
    return "".join(
        f"Document {i} of {n}\nHEADLINE: Rain floods port {i}\nSOURCE: The Ellan Post\nDATE: {i % 28 + 1} March 2021\n"
        f"\nBODY:\n{body}\n\n"
        for i in range(1, n + 1)
    )


def read(path: Path, **options: int) -> list[Article | Reject]:
    return list(read_document(Document(path, path.name, **options)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_export_reads_the_same_in_any_encoding_and_packed(
    tmp_path: Path, encoding: str, packed: bool, end: str
) -> None:
    text = export(3).replace("\n", end)
    raw = text.encode(encoding)
    path = tmp_path / ("x.txt.gz" if packed else "x.txt")
    path.write_bytes(gzip.compress(raw) if packed else raw)
    found = read(path)
    assert [(a.article_id, a.title) for a in found] == [
        (f"{path.name}#{i}", f"Rain floods port {i}") for i in (1, 2, 3)
    ]
    assert "".join(a.text for a in found).replace(end, "") == text.replace(end, "")
    for article in found:
        for block in article.blocks:
            start, stop = map(int, block.origin.split("-"))
            assert text[start:stop] == article.text[block.start : block.end].strip()


def test_a_large_export_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    body = "The port was flooded on Monday after a week of rain. " * 100
    path = tmp_path / "large.txt"
    path.write_text(export(150, body), encoding="utf8")
    size = path.stat().st_size
    articles = read_document(Document(path, "large.txt", max_bytes=size // 10))
    next(articles)  # what is loaded once
    tracemalloc.start()
    try:
        assert sum(isinstance(a, Article) for a in articles) == 149
        assert tracemalloc.get_traced_memory()[1] < size
    finally:
        tracemalloc.stop()


def test_an_article_that_is_none_is_named_and_its_neighbours_are_read(tmp_path: Path) -> None:
    first, second, third = export(3).split("Document ")[1:]
    path = tmp_path / "x.txt"
    path.write_text(f"Document {first}Document {second}{'It rained. ' * 200_000}\nDocument {third}", encoding="utf8")
    found = read(path, max_bytes=100_000)
    assert [x.title if isinstance(x, Article) else x.place for x in found] == [
        "Rain floods port 1",
        "document 2",
        "Rain floods port 3",
    ]
    assert "100,000" in found[1].reason


def test_a_document_that_the_file_announces_and_lacks_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(export(4).replace("Document 3 of 4", "Document 2 of 4"), encoding="utf8")
    found = read(path)
    assert [x.place for x in found if isinstance(x, Reject)] == ["document 3"]
    assert sum(isinstance(x, Article) for x in found) == 4


def test_a_damaged_file_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.txt.gz"
    packed = gzip.compress(export(200).encode())
    path.write_bytes(packed[: len(packed) // 2])
    corpus = Corpus.read([path])
    assert len(corpus) == 0
    (reject,) = corpus.rejected.itertuples()
    assert "gzip" in reject.reason


def test_an_export_is_known_by_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("It rained. " * HEAD + "\n" + export(2), encoding="utf8")
    assert [a.reader for a in read(path) if isinstance(a, Article)] == ["text"]


def test_words_in_capitals_and_years_of_the_text_are_no_labels_and_no_dates() -> None:
    head = "1 of 1 DOCUMENTS\n\nThe Ellan Post\n\nMarch 14, 2024 Thursday\n\nPumps back in black in 2023\n\nLENGTH: 9 words\n\n"
    body = (
        "The stories of the day:\n\nTARROW: The port was flooded on Monday.\n\nELLAN: The council votes on Friday.\n\n"
    )
    (article,) = read_export(io.StringIO(f"{head}{body}LOAD-DATE: March 15, 2024\n", newline=""), "x.txt")
    assert isinstance(article, Article)
    assert (article.title, article.published) == ("Pumps back in black in 2023", "2024-03-14")
    assert "ELLAN: The council" in article.zone_text("body") and "LOAD-DATE" not in article.zone_text("body")


@pytest.mark.parametrize(("between", "title"), [("\n", "Rain floods port"), ("\n\n", "port")])
def test_a_headline_without_a_label_ends_at_an_empty_line(tmp_path: Path, between: str, title: str) -> None:
    head = f"Document 1 of 1\nThe Ellan Post\n\n3 March 2021\n\nRain floods{between}port\n"
    (tmp_path / "x.txt").write_text(
        head + "\nBYLINE: Ana Dole\n\nBODY:\nThe port was flooded on Monday.\n", encoding="utf8"
    )
    (article,) = read(tmp_path / "x.txt")
    assert isinstance(article, Article) and article.title == title
