"""One file for each kind of raw document; `read` picks by looking at the content, not by the suffix alone."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from lxml import etree

from mediabias.article import Article
from mediabias.errors import ReadError, SettingsError
from mediabias.readers.archive import is_archive, members
from mediabias.readers.base import MAX_BYTES, Document, Reader, Reject
from mediabias.readers.clock import timed
from mediabias.readers.eml import Eml
from mediabias.readers.europresse import Europresse
from mediabias.readers.export import Export
from mediabias.readers.factiva import Factiva
from mediabias.readers.html import Html
from mediabias.readers.integrum import Integrum
from mediabias.readers.jsons import Json
from mediabias.readers.nexis import Nexis, NexisHtml
from mediabias.readers.proquest import ProQuest
from mediabias.readers.table import COLUMNS, Parquet, Sheet, Table
from mediabias.readers.text import Text
from mediabias.readers.warc import Warc
from mediabias.readers.word import Docx, Rtf
from mediabias.readers.xmls import FactivaXml, Feed, NewsML

__all__ = ["COLUMNS", "READERS", "Document", "Reader", "Reject", "available", "read", "read_document"]

#: The readers of the package, in the order in which they are asked.
READERS: tuple[Reader, ...] = (
    Factiva(), FactivaXml(), Europresse(), Integrum(), Nexis(), NexisHtml(), ProQuest(), NewsML(), Feed(), Eml(), Warc(), Docx(), Rtf(),
    Html(), Export(), Json(), Parquet(), Sheet(), Table(), Text(),
)  # fmt: skip
#: Longer than any news article, and than any interview printed in full; a book or a whole database export is longer.
LONGEST = 120_000
#: Lines by which databases part their documents.
_MARKS = re.compile(
    r"^[ \t]*(?:\d+ of \d+ DOCUMENTS?|(?:Document|Dokument|Документ|Article|Item) \S{5,40}|End of Document|"
    r"Load-Date: .+|LENGTH: *\d+ (?:words|W[oö]rter|mots)|_{40,}|={40,}|©? ?\d{4} [^\n]{3,60} All [Rr]ights [Rr]eserved\.?)[ \t]*$",
    re.M,
)


@cache
def available() -> tuple[Reader, ...]:
    """Return the readers: those of installed packages, then the package's own.

    A package announces a reader in the entry-point group ``mediabias.readers``. One that can't be loaded is named in a
    warning and left out, and none takes the name of a shipped one.
    """
    own = {r.name for r in READERS}
    more: list[Reader] = []
    for point in sorted(entry_points(group="mediabias.readers"), key=lambda p: p.name):
        try:
            reader = point.load()()
        except Exception as error:
            warnings.warn(f"reader {point.name!r} of {point.value} left out: {error!r}", stacklevel=2)
            continue
        if reader.name in own:
            warnings.warn(f"reader {reader.name!r} of {point.value} left out: a shipped one has the name", stacklevel=2)
            continue
        more.append(reader)
    return (*more, *READERS)


def read(path: str | Path, format: str | None = None, *, max_bytes: int = MAX_BYTES) -> list[Article]:
    """Read the article, or the articles, of one raw document.

    Parameters
    ----------
    path : str or Path
        An HTML page, a text copied from a browser, or a text export of a press database; each may be packed with gzip.
    format : {"html", "export", "text"}, optional
        The reader to use; found by looking at the content by default.
    max_bytes : int
        A larger page or text is refused.

    Returns
    -------
    list of Article
        With blocks and zones; more than one from an export. Ids are made of the file's name.

    Raises
    ------
    ReadError
        When the document, or one of its articles, can't be read; it names the file, the place and the mend.
    SettingsError
        When there is no reader of the name `format`.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> page = pathlib.Path(tempfile.mkdtemp(), "rain.txt")
    >>> _ = page.write_text("Rain Floods Port\\n\\nThe port was flooded on Monday after a week of rain.")
    >>> [(a.article_id, a.title) for a in read(page)]
    [('rain.txt', 'Rain Floods Port')]
    """
    out = []
    for found in read_document(Document(Path(path), Path(path).name, max_bytes=max_bytes), format):
        if isinstance(found, Reject):
            raise ReadError(found.reason, path=str(path), place=found.place)
        out.append(found)
    return out


def read_document(document: Document, format: str | None = None) -> Iterator[Article | Reject]:
    """Yield the articles of a document one by one, and what of it could not be read.

    An article is named after the document, ``folder/page.html``; where a document holds many, with its place in it:
    ``export.txt#3``.
    """
    if is_archive(document):
        for member in members(document):
            if isinstance(member, Reject):
                yield member
                continue
            try:
                yield from read_document(member, format)
            except ReadError as error:
                yield Reject(document.name, member.name.removeprefix(f"{document.name}/"), str(error.args[0]))
        return
    reader = _chosen(document, format)
    shown = 0
    for n, found in enumerate(timed(reader.read(document), document.max_seconds, str(document.path)), 1):
        if isinstance(found, Reject):
            shown += 1
            yield replace(found, path=document.name)
            continue
        name = document.name if reader.single else f"{document.name}#{n}"
        if not found.text.strip():
            continue
        shown += 1
        if not format and (reason := _holds_many(found, reader)):
            yield Reject(document.name, "" if reader.single else f"document {n}", reason)
            continue
        yield found.replace(article_id=found.article_id or name, path=name, raw_sha256=document.sha256)
    if not shown:
        raise ReadError("the document shows no text; save the page again when it has loaded", path=str(document.path))


def named(format: str) -> Reader:
    """Return the reader of a name; a text is read as it stands in any case, which the command line calls "plain".

    Raises
    ------
    SettingsError
        When there is none of that name.

    Examples
    --------
    >>> named("plain").name
    'text'
    """
    there = {r.name: r for r in available()}
    wanted = "text" if format == "plain" else format
    if wanted not in there:
        raise SettingsError(f"format={format!r}: one of {', '.join(there)}")
    return there[wanted]


def _chosen(document: Document, format: str | None) -> Reader:
    if format:
        return named(format)
    readers = available()
    # A byte order mark or two-byte text hides the tags; the reader decodes properly, this is only a look.
    head = document.head.replace(b"\x00", b"")
    sure = [(r.looks(head, document.suffix), -n, r) for n, r in enumerate(readers)]
    best = max(sure, key=lambda x: x[:2])[2]
    if best.name == "text" and _is_json(document.raw):
        raise ReadError(
            "this is JSON data, not a page or a text; give the articles' pages or texts", path=str(document.path)
        )
    if best.name == "text" and _is_xml(document.raw):
        raise ReadError(
            "this is XML of a kind that no reader knows; export its articles as HTML, text or a table",
            path=str(document.path),
        )
    return best


def _is_xml(raw: bytes) -> bool:
    if not re.match(rb"(?:\xef\xbb\xbf)?\s*<[?!\w]", raw):
        return False
    try:
        etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        return raw.lstrip().startswith(b"<?xml")
    return True


def _is_json(raw: bytes) -> bool:
    if raw.lstrip()[:1] not in (b"{", b"["):
        return False
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return True


def _holds_many(article: Article, reader: Reader) -> str:
    """Say why a text looks like many articles in one, or nothing."""
    if not reader.single or reader.name == "html":
        return ""
    marks = [m[0].strip() for m in _MARKS.finditer(article.text)]
    if len(marks) >= 4:
        return (
            f"looks like an export of many articles ({len(marks)} marks such as {marks[0][:40]!r}) of a kind that no "
            "reader knows; save its articles one by one, or export it in another form"
        )
    if len(article.text) > LONGEST:
        return (
            f"{len(article.text):,} characters are no one article; split the file into its articles, "
            "or name the reader with --format"
        )
    return ""
