"""RTF, as press databases export it and word processors save it: its text, read by the reader that knows the text."""

from __future__ import annotations

import io
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from mediabias.article import Article
from mediabias.errors import ReadError
from mediabias.readers.base import Document, Reject
from mediabias.readers.export import is_export, read_export
from mediabias.readers.factiva import MARK, read_factiva
from mediabias.readers.nexis import is_nexis, read_nexis
from mediabias.readers.text import read_text


class Rtf:
    """Reads RTF: an export of Nexis or Factiva, else one article. Origins are offsets into its text."""

    name = "rtf"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the mark that begins every RTF file."""
        return 0.99 if head.lstrip().startswith(b"{\\rtf") else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the articles in the file's order."""
        try:
            text = rtf_to_text(document.raw.decode("latin-1"), errors="replace").replace("\xa0", " ")
        except (ValueError, IndexError, KeyError, LookupError, RecursionError) as error:
            raise ReadError(f"damaged RTF ({error}); save it again", path=str(document.path)) from None
        for found in _articles(text, document):
            yield found if isinstance(found, Reject) else found.replace(reader=self.name)


def _articles(text: str, document: Document) -> Iterator[Article | Reject]:
    if MARK.search(text):
        yield from read_factiva(text, document)
    elif is_nexis(text):
        yield from read_nexis(text.split("\n"), document)
    elif is_export(text):
        yield from read_export(
            io.StringIO(text, newline=""), document.name, document.outlets, longest=document.max_bytes
        )
    elif text.strip():
        yield read_text(text, document.name, outlets=document.outlets)
