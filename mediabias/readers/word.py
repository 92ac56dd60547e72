"""RTF and DOCX, as press databases export them and word processors save them: their text, read by the reader that knows it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree
from striprtf.striprtf import rtf_to_text

from mediabias.article import Article
from mediabias.errors import ReadError
from mediabias.readers.base import MAX_BYTES, Document, Reject
from mediabias.readers.export import is_export, read_export
from mediabias.readers.factiva import MARK, read_factiva
from mediabias.readers.nexis import is_nexis, read_nexis
from mediabias.readers.text import read_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: A document of Word holds no more text than this; what does is a bomb.
_MOST = 4 * MAX_BYTES


class Rtf:
    """Reads RTF: an export of Nexis or Factiva, else one article. Origins are offsets or lines of its text."""

    name = "rtf"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the mark that begins every RTF file."""
        return 0.99 if head.lstrip().startswith(b"{\\rtf") else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the articles in the file's order."""
        try:
            text = rtf_to_text(document.raw.decode("latin-1"), errors="replace").replace("\xa0", " ")
        except (ValueError, LookupError, ArithmeticError, RecursionError) as error:  # each has been seen
            raise ReadError(f"damaged RTF ({error}); save it again", path=str(document.path)) from None
        yield from _articles(text, document, self.name)


class Docx:
    """Reads DOCX, without Word: an export of Nexis or Factiva, else one article. Origins are paragraphs or offsets of its text."""

    name = "docx"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the kind of file."""
        return 0.95 if head.startswith(b"PK\x03\x04") and suffix == ".docx" else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the articles in the file's order."""
        yield from _articles("\n".join(line.replace("\xa0", " ") for line in _word(document)), document, self.name)


def _articles(text: str, document: Document, reader: str) -> Iterator[Article | Reject]:
    if MARK.search(text):
        read_in: Iterator[Article | Reject] = read_factiva(text, document)
    elif is_nexis(text):
        read_in = read_nexis(text.split("\n"), document)
    elif is_export(text):
        file = io.StringIO(text, newline="")
        read_in = read_export(file, document.name, document.outlets, longest=document.max_bytes)
    else:
        read_in = iter([read_text(text, document.name, outlets=document.outlets)])
    for found in read_in:
        yield found if isinstance(found, Reject) else found.replace(reader=reader)


def _word(document: Document) -> list[str]:
    """Return the paragraphs of a Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(document.raw)) as archive, archive.open("word/document.xml") as file:
            raw = file.read(_MOST + 1)
    except (
        KeyError,
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        UnicodeDecodeError,
    ) as error:
        raise ReadError(f"no document of Word ({error}); save it as text", path=str(document.path)) from None
    if len(raw) > _MOST:
        raise ReadError(f"more than {_MOST:,} bytes unpacked; split the file", path=str(document.path))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"damaged document of Word ({error}); save it again", path=str(document.path)) from None
    return ["".join(_run(p)) for p in root.iter(f"{_W}p")]


def _run(paragraph: etree._Element) -> Iterator[str]:
    for e in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        yield (e.text or "") if e.tag == f"{_W}t" else " "
