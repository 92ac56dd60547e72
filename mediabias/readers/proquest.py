"""ProQuest's HTML and TXT: for each document a title, labelled fields, and the full text below its label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree

from mediabias.article import Article
from mediabias.errors import ReadError
from mediabias.readers.base import Document, Reject
from mediabias.readers.dom import parse, pieces
from mediabias.readers.encoding import decode
from mediabias.readers.record import Part, article_of, parts_of
from mediabias.readers.tails import tail_start

_FIELD = re.compile(r"^([A-Z][A-Za-z/ ]{2,40}?)\s?:\s*(.*)$", re.S)
_FIELDS = {
    "author": "byline", "publication title": "outlet", "publication date": "published", "document url": "url",
    "language of publication": "language", "language": "language", "title": "title", "abstract": "abstract", "full text": "body",
    "publication info": "info", "publication year": "year", "links": "link", "last updated": "updated",
}  # fmt: skip
_LANGUAGES = {"english": "en", "german": "de", "french": "fr", "spanish": "es", "russian": "ru", "portuguese": "pt"}
#: What ProQuest writes behind a text, and which of it nobody else writes.
_OWN = frozenset((
    "subject", "business indexing term", "location", "people", "company / organization", "company/organization", "company",
    "identifier / keyword", "identifiers / keywords", "classification", "classification code", "url", "title", "pages", "page count", "number of pages",
    "first page", "section", "dateline", "column", "volume", "issue", "edition", "credit", "publication title", "publication info", "publication year",
    "publication date", "publisher", "place of publication", "country of publication", "publication subject", "issn",
    "eissn", "source type", "language of publication", "language", "document type", "document feature", "proquest document id",
    "accession number", "document url", "copyright", "last updated", "database", "links", "source attribution", "article type",
))  # fmt: skip
_SURE = frozenset((
    "publication title", "publication info", "publication year", "publication date", "place of publication",
    "country of publication", "publication subject", "source type", "language of publication", "document type",
    "proquest document id", "document url", "last updated", "database", "issn", "copyright",
))  # fmt: skip
#: "Los Angeles Times ; Los Angeles, Calif. [...]08 May 2010: AA.2."
_INFO = re.compile(r"^(.*?)\s*[;:].*?(\d{1,2} \w{3,9} \d{4})", re.S)
#: What parts two documents in a text export.
_RULE = re.compile(r"^_{20,}\s*$", re.M)


class ProQuest:
    """Reads ProQuest's exports in HTML and in plain text."""

    name = "proquest"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by ProQuest's own words."""
        return (
            0.97
            if re.search(rb"DocID_MSTAR|ProQuest document link|search\.proquest\.com|Database: ProQuest", head)
            else 0.0
        )

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the documents in their order."""
        text = decode(document.raw, str(document.path))
        found = list(_html(text) if re.search(r"<(?:div|p|html)\b", text[:4000], re.I) else _plain(text))
        if not found:
            raise ReadError(
                "an export of ProQuest without a document; export it with the full text", path=str(document.path)
            )
        for n, fields in enumerate(found, 1):
            if not any(name in ("body", "abstract") for name, _, _ in fields):
                yield Reject(
                    document.name, f"document {n}", "neither full text nor abstract; export it with the full text"
                )
                continue
            yield _article(fields, document)


#: A field's name ("" for a line without a label), its words or HTML, and where it stands.
_Fields = list[tuple[str, str, str]]


def _html(text: str) -> Iterator[_Fields]:
    root = parse(text)
    anchors = root.xpath('//a[starts-with(@name, "DocID")]') if root is not None else []
    for anchor in anchors:
        holder = next((e for e in anchor.iterancestors() if e.tag in ("div", "body", "td")), root)
        yield _of_pieces(holder)


def _of_pieces(holder: etree._Element) -> _Fields:
    return _fields([(p.text, p.path) for p in pieces(holder)])


def _plain(text: str) -> Iterator[_Fields]:
    """Yield the fields of each document. A rule within a text parts nothing: what follows it begins no document."""
    rules = [0, *(m.end() for m in _RULE.finditer(text)), len(text)]
    document: list[tuple[str, str]] = []
    for position, stop in pairwise(rules):
        chunk = _RULE.sub("", text[position:stop])
        found = re.finditer(r"\S(?:.*?\S)?(?=\n\s*\n|\s*\Z)", chunk, re.S)
        lines = [(m[0], f"{position + m.start()}-{position + m.end()}") for m in found]
        begins = any(
            _label(line)[0] in ("full text", "abstract") or line.startswith("ProQuest document link")
            for line, _ in lines
        )
        if document and (begins or not lines):
            yield _fields(document)
            document = []
        if begins or document:
            document += lines
    if document:
        yield _fields(document)


def _label(line: str) -> tuple[str, str]:
    m = _FIELD.match(line)
    return (m[1].lower(), m[2]) if m else ("", line)


def _fields(lines: Sequence[tuple[str, str]]) -> _Fields:
    """Read the labelled lines above the text and those behind it; whatever stands between belongs to the text."""
    labelled = [_label(line) for line, _ in lines]
    begin = next((i for i, (label, _) in enumerate(labelled) if label == "full text"), len(lines))
    end = tail_start(labelled, _OWN, _SURE, ("copyright",))
    out: _Fields = []
    for i, ((label, value), (line, at)) in enumerate(zip(labelled, lines, strict=True)):
        name = _FIELDS.get(label, "other") if label and (i <= begin or i >= end) else ""
        if name:
            out.append((name, value, at))
        elif i >= end:
            out.append(("other", line, at))
        else:
            # Paragraphs below "Full text:" or "Abstract:" are what the label announces.
            above = (
                "body"
                if i > begin
                else out[-1][0]
                if out and out[-1][0] == "abstract"
                else "title"
                if not out
                else "other"
            )
            out.append((above, line, at))
    return [f for f in out if f[1].strip()]


def _article(fields: _Fields, document: Document) -> Article:
    known = {name: value for name, value, _ in reversed(fields)}
    info = _INFO.match(known.get("info", ""))
    has_body = any(name == "body" for name, _, _ in fields)
    zones = {"title": "headline", "byline": "byline", "abstract": "standfirst" if has_body else "", "body": ""}
    parts = [
        p for name, value, at in fields for p in (parts_of(value, at, zones.get(name, "other")) if name in zones
        else [Part(value, at, "other")])
    ]  # fmt: skip
    return article_of(
        parts,
        "proquest",
        document.outlets,
        title=known.get("title", ""),
        byline=known.get("byline", ""),
        outlet=re.split(r"\s*[;:]", known.get("outlet", ""))[0] or (info[1] if info else ""),
        published=known.get("published", "") or (info[2] if info else ""),
        language=_LANGUAGES.get(known.get("language", "").lower(), ""),
        url=known.get("url", ""),
    )
