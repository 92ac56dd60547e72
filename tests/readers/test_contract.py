"""What every reader must keep, on the documents in ``data/raw`` and ``examples``; a reader without a document fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediabias.article import Article
from mediabias.readers import READERS, Document, Reader, read_document
from mediabias.readers import _chosen as chosen
from mediabias.readers.encoding import decode

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
EXAMPLES = Path(__file__).parent / "examples"
DOCUMENTS = sorted(p for folder in (RAW, EXAMPLES) for p in folder.rglob("*") if p.is_file())
every = pytest.mark.parametrize("reader", READERS, ids=lambda r: r.name)


def own(reader: Reader) -> list[Document]:
    documents = [Document(p, p.name) for p in DOCUMENTS]
    return [d for d in documents if chosen(d, None) is reader]


@every
def test_it_has_documents_of_its_own_in_the_sample(reader: Reader) -> None:
    assert own(reader), f"put a document that the reader {reader.name!r} reads into tests/readers/examples"


@every
def test_its_articles_are_whole_and_the_same_each_time(reader: Reader) -> None:
    for document in own(reader):
        first, again = list(read_document(document)), list(read_document(document))
        assert first == again and any(isinstance(found, Article) for found in first)
        for article in (found for found in first if isinstance(found, Article)):
            assert article.reader == reader.name and article.path.startswith(document.name)
            assert (article.article_id == document.name) == reader.single
            assert article.blocks[0].start == 0 and article.blocks[-1].end == len(article.text)
            assert all(b.origin for b in article.blocks)


@every
def test_an_origin_leads_back_into_the_document(reader: Reader) -> None:
    if reader.name not in ("text", "export"):
        pytest.skip("an origin in a page or a record is the path of an element or a field")
    for document in own(reader)[:3]:
        text = decode(document.raw)
        for article in read_document(document):
            assert isinstance(article, Article)
            for block in article.blocks:
                start, end = map(int, block.origin.split("-"))
                assert text[start:end] == article.text[block.start : block.end].strip()


@every
def test_it_is_sure_of_nothing_that_is_empty(reader: Reader) -> None:
    assert reader.looks(b"", "") < 0.5
