"""Nexis and Lexis: HTML of the old services, and the lines of Nexis Uni and Lexis+ as a text or a Word file has them.

The old HTML is the old text export in HTML's clothes, and is read as such. Nexis Uni's documents begin with a title, the
source, the date and a copyright line, then labelled lines, "Body" alone in a line, the text, and "End of Document".
"""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from mediabias.article import Article, Block
from mediabias.dates import utc
from mediabias.errors import ReadError
from mediabias.readers.base import Document, Reject
from mediabias.readers.dom import Piece, parse, pieces
from mediabias.readers.encoding import decode
from mediabias.readers.export import read_export
from mediabias.readers.record import Part, article_of
from mediabias.readers.tails import tail_start

_END = re.compile(r"End of Document$")
_BODY = re.compile(r"(?:Body|Text|Haupttext|Corps|Texto|Inhalt)$")
_FIELD = re.compile(r"(Length|Byline|Section|Dateline|Language|Load-Date|Publication-Type|Highlight|Series|Copyright|Graphic|Correction|"
                    r"Subject|Company|Person|Geographic|Industry|Organization|City|State|Country|Ticker|Journal Code|URL|"
                    r"Correction-Date|Notes|Type|Länge|Rubrik|Classification|Acc-No|Author):\s*(.*)$", re.S)  # fmt: skip
#: An article's heading has no more lines, the date left out.
_MOST_HEAD = 7
_LANGUAGES = {"english": "en", "german": "de", "deutsch": "de", "french": "fr", "spanish": "es", "russian": "ru"}
_LENGTH = re.compile(r"(?:Length|Länge|Longueur|Longitud|Lengte|Extensión): ?\d")
#: Labels behind the text, and those of them that no text has.
_OWN = frozenset((
    "Classification", "Language", "Load-Date", "Publication-Type", "Subject", "Graphic", "Journal Code", "Acc-No", "Company", "Person",
    "Geographic", "Industry", "Organization", "City", "State", "Country", "Ticker", "Correction", "Correction-Date", "Notes", "Type", "URL",
))  # fmt: skip
_SURE = frozenset(
    (
        "Classification",
        "Language",
        "Load-Date",
        "Publication-Type",
        "Journal Code",
        "Acc-No",
        "Correction-Date",
        "Graphic",
    )
)
_FREE = frozenset(("Graphic", "Correction", "Correction-Date", "Notes"))
#: Lines of the cover page and of the list of contents.
_COVER = re.compile(
    r"(?:Date and Time|Job Number|Documents? \(\d+\)|Client/Matter|Search Terms|Search Type|Narrowed by|Content Type|Page of|"
    r"Page \d+ of \d+|\d+\. |.*Content Type:|(?:Sources?|Quellen): |About LexisNexis|User Name|Copyright ©|End of Document)",
    re.I,
)
#: Lines between the source and the date that are neither: editions, versions, notes of corrections.
_EDITION = re.compile(
    r"\W*(?:.*\b(?:edition|édition|ausgabe|edición|editie|edizione|final|version|update|appended|replate)\b.*|see correction.*|"
    r"correction\b.*|clarification\b.*|(?:late|early|first|second|third|national|metro|city|regional|weekend) ?\w*)\W*",
    re.I,
)


class NexisHtml:
    """Reads the HTML of Nexis and LexisNexis, also the old ones: "12 of 74 DOCUMENTS" before each article."""

    name = "nexis-html"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the service's comments and the line that counts the documents."""
        is_page = re.search(rb"<html|<body|<div", head, re.I) is not None
        marks = (
            re.search(rb"LXNComment|<META TOPIC=|DOC_ID_\d|\d+ (?:of|von|de|sur|van) \d+ (?:DOCUMENT|DOKUMENT)", head)
            is not None
        )
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
        if re.search(rb"^Job Number:|^Documents? \(\d+\)", head, re.M):
            return 0.96
        # Without its cover page: a heading of labelled lines that ends with "Body", or the line behind each article.
        lines = {line.strip() for line in head.decode("utf-8", "replace").splitlines()}
        headed = any(_BODY.fullmatch(line) for line in lines) and any(_LENGTH.match(line) for line in lines)
        return 0.96 if headed or (lines >= {"Body", "End of Document"}) else 0.0

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
    contents = {m[1].casefold() for _, line in shown[: bodies[0]] if (m := re.match(r"\d+\. (.{3,})", line))}
    begin = 0
    for number, body in enumerate(bodies, 1):
        after = bodies[number] if number < len(bodies) else len(shown)
        end = next((i for i in range(body, after) if _END.match(shown[i][1])), after)
        parts, known = _read(shown[begin:body], shown[body + 1 : end], contents)
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


def _read(head: _Lines, body: _Lines, contents: Collection[str]) -> tuple[list[Part], dict[str, str]]:
    # Above the first article stands the list of contents; title, source and date stand before the copyright or the first label.
    lines = [(n, line) for n, line in head if line]
    first = next(
        (i for i, (_, line) in enumerate(lines) if _FIELD.match(line) and not line.startswith("Section Search")),
        len(lines),
    )
    when = next((i for i in range(first - 1, -1, -1) if utc(_dated(lines[i][1]))), None)
    known = {"title": "", "outlet": "", "published": "", "byline": "", "language": ""}
    zones: dict[int, str] = {}
    begin = _begin(lines[:when], contents) if when else 0
    if when is not None and when - begin >= 2:
        source = _source([line for _, line in lines[begin:when]], [line for _, line in lines[when + 1 :]])
        titles = lines[begin : begin + source]
        known |= {
            "published": _dated(lines[when][1]),
            "outlet": lines[begin + source][1].rstrip("."),
            "title": " ".join(line for _, line in titles),
        }
        zones = {lines[when][0]: "dateline"} | {n: "headline" for n, _ in titles}
        lines = lines[begin:]
    parts = []
    for n, line in lines:
        m = _FIELD.match(line)
        is_byline = m is not None and m[1] in ("Byline", "Author")
        known["byline"] = m[2] if m and is_byline else known["byline"]
        parts.append(Part(line, f"line {n}", zones.get(n) or ("byline" if is_byline else "other")))
    return [*parts, *_body(body, known)], known


def _begin(lines: _Lines, contents: Collection[str]) -> int:
    """Return where an article's own heading begins, below the cover page and the list of contents."""
    last = max((i for i, (_, line) in enumerate(lines) if _COVER.match(line)), default=-1)
    listed = [i for i in range(last + 1, len(lines)) if any(t.startswith(lines[i][1].casefold()) for t in contents)]
    if listed:
        return listed[0]
    # A long heading of which nothing is known: the title and the source are the two lines above the date.
    return last + 1 if len(lines) - last - 1 <= _MOST_HEAD else max(0, len(lines) - 2)


def _source(lines: Sequence[str], below: Sequence[str]) -> int:
    """Return which of the lines from the title to the date names the source."""
    plain = [i for i, line in enumerate(lines) if i and not _EDITION.fullmatch(line)] or [1]
    rights = next((line.casefold() for line in below if re.match(r"Copyright|©", line)), "")
    owned = [
        i for i in plain if len(name := re.sub(r"\(.*", "", lines[i]).strip(" .").casefold()) > 3 and name in rights
    ]
    return owned[-1] if owned else plain[-1]


def _body(lines: _Lines, known: dict[str, str]) -> Iterator[Part]:
    """Yield the text, then the labelled lines behind it, from which `known` learns what the head did not tell."""
    shown = [(n, line) for n, line in lines if line]
    labelled = [_labelled(line) for _, line in shown]
    tail = tail_start(labelled, _OWN, _SURE, _FREE)
    for i, (n, line) in enumerate(shown):
        label, value = labelled[i] if i >= tail else ("", "")
        if label == "Language":
            known["language"] = _LANGUAGES.get(value.split(";")[0].strip().lower(), "")
        if label == "Load-Date" and not utc(known["published"]):
            known["published"] = value
        yield Part(line, f"line {n}", "other" if i >= tail else "")


def _labelled(line: str) -> tuple[str, str]:
    m = _FIELD.match(line)
    return (
        (m[1], m[2])
        if m
        else (line, "")
        if line in ("Classification", "Graphic", "Notes", "Correction")
        else ("", line)
    )
