"""ProQuest's HTML and TXT: for each document a title, labelled fields, and the full text below its label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from mediabias.article import Article
from mediabias.errors import ReadError
from mediabias.readers.base import Document, Reject
from mediabias.readers.dom import parse, pieces
from mediabias.readers.encoding import decode
from mediabias.readers.record import Part, article_of, parts_of

_FIELD = re.compile(r"^([A-Z][A-Za-z/ ]{2,40}?):\s*(.*)$", re.S)
_FIELDS = {
    "author": "byline", "publication title": "outlet", "publication date": "published", "document url": "url",
    "language of publication": "language", "language": "language", "title": "title", "abstract": "abstract", "full text": "body",
    "publication info": "info", "publication year": "year", "links": "link", "last updated": "updated",
}  # fmt: skip
_LANGUAGES = {"english": "en", "german": "de", "french": "fr", "spanish": "es", "russian": "ru", "portuguese": "pt"}
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
    out: _Fields = []
    for piece in pieces(holder):
        m = _FIELD.match(piece.text)
        name = _FIELDS.get(m[1].lower(), "other") if m else ""
        if m and name:
            out.append((name, m[2], piece.path))
        else:
            # Paragraphs below "Full text:" or "Abstract:" are what the label announces.
            above = out[-1][0] if out and out[-1][0] in ("body", "abstract") else "title" if not out else "other"
            out.append((above, piece.text, piece.path))
    return [f for f in out if f[1].strip()]


def _plain(text: str) -> Iterator[_Fields]:
    rules = [0, *(m.end() for m in _RULE.finditer(text)), len(text)]
    for position, stop in pairwise(rules):
        chunk = _RULE.sub("", text[position:stop])
        out: _Fields = []
        for m in re.finditer(r"\S(?:.*?\S)?(?=\n\s*\n|\s*\Z)", chunk, re.S):
            field = _FIELD.match(m[0])
            name = _FIELDS.get(field[1].lower(), "other") if field else ""
            at = f"{position + m.start()}-{position + m.end()}"
            above = out[-1][0] if out and out[-1][0] == "body" else "title" if not out else "other"
            out.append((name, field[2], at) if field and name else (above, m[0], at))
        if any(name == "body" for name, _, _ in out):
            yield [f for f in out if f[1].strip()]


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
