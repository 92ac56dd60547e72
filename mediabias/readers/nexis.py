"""Nexis and Lexis: HTML of the old services, and the lines of Nexis Uni and Lexis+ as a text or a Word file has them.

The old HTML is the old text export in HTML's clothes, and is read as such. Nexis Uni's documents begin with a title, the
source, the date and a copyright line, then labelled lines, "Body" alone in a line, the text, and "End of Document".
"""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mediabias.article import Article, Block
from mediabias.dates import utc
from mediabias.errors import ReadError
from mediabias.readers.base import Document, Reject
from mediabias.readers.dom import Piece, parse, pieces
from mediabias.readers.encoding import decode
from mediabias.readers.export import read_export
from mediabias.readers.record import Part, article_of

_END = re.compile(r"End of Document$")
_BODY = re.compile(r"(?:Body|Text|Haupttext|Corps|Texto|Inhalt)$")
_FIELD = re.compile(r"(Length|Byline|Section|Dateline|Language|Load-Date|Publication-Type|Highlight|Series|Copyright|Graphic|Correction|"
                    r"Subject|Company|Person|Geographic|Industry|Organization|City|State|Country|Ticker|Journal Code|URL|"
                    r"Correction-Date|Notes|Type|Länge|Rubrik|Classification|Acc-No|Author):\s*(.*)$", re.S)  # fmt: skip
_LANGUAGES = {"english": "en", "german": "de", "deutsch": "de", "french": "fr", "spanish": "es", "russian": "ru"}
#: Labels that only stand behind the text.
_TAILS = frozenset(
    ("Classification", "Language", "Load-Date", "Publication-Type", "Subject", "Graphic", "Journal Code", "Acc-No")
)


class NexisHtml:
    """Reads the HTML of Nexis and LexisNexis, also the old ones: "12 of 74 DOCUMENTS" before each article."""

    name = "nexis-html"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the service's comments and the line that counts the documents."""
        is_page = re.search(rb"<html|<body|<div", head, re.I) is not None
        marks = re.search(rb"LXNComment|<META TOPIC=|DOC_ID_\d|\d+ of \d+ DOCUMENTS", head) is not None
        return 0.97 if is_page and marks else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the articles in the page's order; origins are the paths of elements."""
        root = parse(decode(document.raw, str(document.path)))
        found = pieces(root) if root is not None else []
        starts, position = [], 0
        for piece in found:
            starts.append(position)
            position += len(piece.text) + 2
        text = "\n\n".join(p.text for p in found)
        for article in read_export(
            io.StringIO(text, newline=""), document.name, document.outlets, longest=document.max_bytes
        ):
            yield article if isinstance(article, Reject) else _placed(article, found, starts)


def _placed(article: Article, found: Sequence[Piece], starts: Sequence[int]) -> Article:
    """Say of each block in which element it stands, instead of where in the page's text."""

    def path(block: Block) -> str:
        return found[bisect_right(starts, int(block.origin.split("-")[0])) - 1].path

    return article.replace(blocks=tuple(replace(b, origin=path(b)) for b in article.blocks), reader=NexisHtml.name)


class Nexis:
    """Reads the text of Nexis Uni and Lexis+, many articles in one file."""

    name = "nexis"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the lines that only these services have."""
        return 0.96 if re.search(rb"^Job Number:|^Documents? \(\d+\)", head, re.M) else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the articles in the file's order."""
        yield from read_nexis(decode(document.raw, str(document.path)).split("\n"), document)


def is_nexis(text: str) -> bool:
    """Say whether a text is of Nexis Uni or Lexis+: "Body" and "End of Document" alone in their lines."""
    return re.search(r"^\s*Body\s*$.*^\s*End of Document\s*$", text, re.M | re.S) is not None


def read_nexis(lines: Sequence[str], document: Document) -> Iterator[Article | Reject]:
    """Yield the articles of Nexis Uni's lines, as a text or a Word file has them."""
    shown = [(n, line.replace("\xa0", " ").strip()) for n, line in enumerate(lines, 1)]
    bodies = [i for i, (_, line) in enumerate(shown) if _BODY.fullmatch(line)]
    if not bodies:
        raise ReadError(
            "no article of Nexis in it (no line 'Body'); save the document as text or HTML", path=str(document.path)
        )
    begin = 0
    for number, body in enumerate(bodies, 1):
        after = bodies[number] if number < len(bodies) else len(shown)
        end = next((i for i in range(body, after) if _END.match(shown[i][1])), after)
        parts, known = _read(shown[begin:body], shown[body + 1 : end])
        if any(not p.zone for p in parts):
            yield article_of(parts, Nexis.name, document.outlets, **known)
        else:
            yield Reject(
                document.name, f"article {number}", "no text between 'Body' and 'End of Document'; export it again"
            )
        begin = end + 1


def _dated(line: str) -> str:
    """Return the date of a line without what follows it: "May 3, 2002, Friday,, FINAL EDITION"."""
    m = re.match(
        r"(?:[^\W\d_]+ \d{1,2}|\d{1,2}\.? [^\W\d_]+),? \d{4}(?: [^\W\d_]+day \d{1,2}:\d{2}(?: [AP]M)?(?: [A-Z]{3,4})?)?",
        line,
    )
    return m[0] if m else line


_Lines = Sequence[tuple[int, str]]


def _read(head: _Lines, body: _Lines) -> tuple[list[Part], dict[str, str]]:
    # Above the first article stands the list of contents; the title stands some lines before the copyright or the first label.
    lines = [(n, line) for n, line in head if line]
    first = next(
        (i for i, (_, line) in enumerate(lines) if _FIELD.match(line) and not line.startswith("Section Search")),
        len(lines),
    )
    when = next((i for i in range(first - 1, -1, -1) if utc(_dated(lines[i][1]))), None)
    known = {"title": "", "outlet": "", "published": "", "byline": "", "language": ""}
    zones: dict[int, str] = {}
    if when is not None and when >= 2:
        known |= {
            "published": _dated(lines[when][1]),
            "outlet": lines[when - 1][1].rstrip("."),
            "title": lines[when - 2][1],
        }
        zones = {lines[when][0]: "dateline", lines[when - 1][0]: "other", lines[when - 2][0]: "headline"}
        lines = lines[when - 2 :]
    parts = []
    for n, line in lines:
        m = _FIELD.match(line)
        is_byline = m is not None and m[1] in ("Byline", "Author")
        known["byline"] = m[2] if m and is_byline else known["byline"]
        parts.append(Part(line, f"line {n}", zones.get(n) or ("byline" if is_byline else "other")))
    return [*parts, *_body(body, known)], known


def _body(lines: _Lines, known: dict[str, str]) -> Iterator[Part]:
    """Yield the text, then the labelled lines behind it, from which `known` learns what the head did not tell."""
    is_tail = False
    for n, line in lines:
        m = _FIELD.match(line)
        is_tail = is_tail or line in _TAILS or (m is not None and m[1] in _TAILS)
        if m and m[1] == "Language":
            known["language"] = _LANGUAGES.get(m[2].split(";")[0].strip().lower(), "")
        if m and m[1] == "Load-Date" and not utc(known["published"]):
            known["published"] = m[2]
        yield Part(line, f"line {n}", "other" if is_tail else "")
