"""Text exports of press databases: one file, many articles, each with labelled fields before its body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from mediabias.article import Article, Block, Span, cover, trim
from mediabias.dates import utc
from mediabias.errors import ReadError
from mediabias.outlets import Outlets, shipped
from mediabias.readers.base import MAX_BYTES, Document, Reject
from mediabias.readers.describe import described
from mediabias.readers.encoding import legible, opened
from mediabias.readers.record import known_outlet
from mediabias.readers.tails import is_sentence, tail_start
from mediabias.readers.text import blocks_of
from mediabias.zoning import zone

_START = re.compile(
    r"^[ \t]*(?:(?:Document|Article|Item|Dokument|Documento)\s+(\d+)\s+(?:of|/|von|de|sur|van|di)\s+(\d+)|"
    r"(\d+)\s+(?:of|von|de|sur|van|di)\s+(\d+)\s+(?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTEN|DOCUMENTOS?|DOCUMENTI))\b[^\n]*$",
    re.M | re.I,
)
#: A longer line is read in pieces.
_LINE = 1_000_000
_FIELD = re.compile(r"^[ \t]*([^\W\d_a-z][^\W\d_](?:[^\W\d_]|[ -]){0,28}?)[ \t]*:[ \t]*(.*)$")
_FIELDS = {
    "headline": "headline", "title": "headline", "head": "headline", "byline": "byline", "author": "byline", "authors": "byline",
    "by": "byline", "dateline": "dateline", "date": "published", "published": "published", "publication date": "published",
    "load-date": "loaded", "load date": "loaded", "source": "outlet", "publication": "outlet", "publication title": "outlet",
    "newspaper": "outlet", "outlet": "outlet", "section": "section", "length": "length", "language": "language", "url": "url",
    "link": "url", "copyright": "copyright", "correction": "correction",
    "body": "body", "full text": "body", "text": "body", "lead paragraph": "body", "highlight": "highlight",
    # The same labels of a German, French, Dutch, Spanish, Italian interface.
    "autor": "byline", "auteur": "byline", "autore": "byline", "autoren": "byline", "rubrik": "section", "ressort": "section", "rubrique": "section",
    "rubriek": "section", "sectie": "section", "sección": "section", "seccion": "section", "sezione": "section",
    "länge": "length", "laenge": "length", "longueur": "length", "lengte": "length", "longitud": "length", "extensión": "length",
    "lunghezza": "length", "sprache": "language", "langue": "language", "taal": "language", "idioma": "language", "lingua": "language",
    "überschrift": "headline", "titel": "headline", "titre": "headline", "título": "headline", "titular": "headline", "kop": "headline",
    "datum": "published", "quelle": "outlet", "quellenangabe": "outlet", "encart": "highlight",
}  # fmt: skip
#: Labels behind the body; any other word in capitals before a colon is the text's own ("WASHINGTON: Sales picked up").
_WEAK = frozenset(
    "COMPANY ORGANIZATION TICKER INDUSTRY PERSON CITY STATE COUNTRY SECTION LENGTH URL SERIES NOTES TYPE HIGHLIGHT DISTRIBUTION".split()
)
_SURE = frozenset(
    "LOAD-DATE LANGUAGE PUBLICATION-TYPE COPYRIGHT GRAPHIC SUBJECT GEOGRAPHIC CORRECTION CORRECTION-DATE JOURNAL-CODE CREDIT "
    "UPDATE SPRACHE ZEITUNGS-CODE LANGUE CODE-REVUE TYPE-PUBLICATION DATE-CHARGEMENT TAAL IDIOMA FECHA-CARGA TIPO-PUBLICACIÓN "
    "DATUM-PUBLICATIE GRAFIK GRAPHIQUE GRÁFICO".split()
) | {"LOAD DATE", "JOURNAL CODE", "PUBLICATION TYPE"}
#: Those whose value may be a sentence.
_FREE = frozenset("GRAPHIC GRAFIK GRAPHIQUE GRÁFICO CORRECTION CREDIT COPYRIGHT NOTES HIGHLIGHT".split())
#: A date has a month, in words or as a number, not a year alone.
_DATED = re.compile(
    r"\b(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\w*\.?\s+\d|\d{1,2}\.?\s+[^\W\d_]{3,9}\.?\s+\d{4}|"
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}",
    re.I,
)
_ZONES = {"headline": "headline", "byline": "byline", "dateline": "dateline", "correction": "correction",
          "highlight": "standfirst"}  # fmt: skip
_LANGUAGES = {
    "english": "en", "englisch": "en", "anglais": "en", "german": "de", "deutsch": "de", "allemand": "de", "russian": "ru", "french": "fr",
    "français": "fr", "französisch": "fr", "spanish": "es", "español": "es", "spanisch": "es", "dutch": "nl", "nederlands": "nl",
    "italian": "it", "italiano": "it",
}  # fmt: skip


@dataclass(frozen=True)
class _Line:
    """A block of an article's slice with the field that it belongs to, or none."""

    span: Span
    field: str
    value: str


class Export:
    """Reads a text export of a press database: "Document 1 of 12" before each article."""

    name = "export"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the line that numbers the documents."""
        return 0.95 if is_export(head.decode("utf-8", "replace")) else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the articles in the file's order, then what the file announces and does not hold."""
        with opened(document) as file:
            yield from read_export(file, document.name, document.outlets, longest=document.max_bytes)


def is_export(head: str) -> bool:
    """Say whether the beginning of a file looks like a press database's export.

    Examples
    --------
    >>> is_export("Document 1 of 12\\n\\nHEADLINE: Rain\\n")
    True
    >>> is_export("Rain Floods Port")
    False
    """
    return _START.search(head[:4000]) is not None


def read_export(
    file: TextIO, path: str, outlets: Outlets | None = None, *, longest: int = MAX_BYTES
) -> Iterator[Article | Reject]:
    """Split an export into its articles, one at a time.

    Parameters
    ----------
    file : TextIO
        The decoded file, whose line ends are as they were (``newline=""``).
    path : str
        Its name, for errors.
    outlets : Outlets, optional
        The outlets that are known; the package's by default.
    longest : int
        What has more characters is no article.

    Yields
    ------
    Article or Reject
        In the file's order. An article's text is its slice of the file; origins count from the file's beginning. Numbers
        that the file announces and does not hold come last, as a reject each.

    Raises
    ------
    ReadError
        When the file holds no document.

    Examples
    --------
    >>> import io
    >>> file = io.StringIO(
    ...     "Document 1 of 1\\nHEADLINE: Rain\\nSOURCE: The Ellan Post\\n\\nBODY:\\nIt rained all day in the port.\\n", newline=""
    ... )
    >>> [(a.title, a.outlet, a.zone_text("body")) for a in read_export(file, "x.txt")]
    [('Rain', 'The Ellan Post', 'It rained all day in the port.')]
    """
    there: set[int] = set()
    totals: Counter[int] = Counter()
    for m, text, offset in _slices(file, longest):
        number = int(m[1] or m[3])
        totals[int(m[2] or m[4])] += 1
        there.add(number)
        if len(text) > longest:
            yield Reject(
                path, f"document {number}", f"more than {longest:,} characters are no article; export it again"
            )
        else:
            yield _article(text.rstrip(), offset, path, outlets or shipped())
    if not there:
        raise ReadError('no line "Document 1 of N" was found; use --format text for a single article', path=path)
    # A file put together of several downloads announces several numbers; most of its documents tell which is its own.
    announced = max(totals, key=lambda n: (totals[n], n))
    for number in sorted(set(range(1, announced + 1)) - there):
        reason = f"the file announces {announced} documents and does not hold this one; export it again"
        yield Reject(path, f"document {number}", reason)


def _slices(file: TextIO, longest: int) -> Iterator[tuple[re.Match[str], str, int]]:
    """Yield the line that begins each document, the document and its offset; no more than `longest` and a line is held."""
    begun: re.Match[str] | None = None
    parts: list[str] = []
    offset = position = held = 0
    while line := file.readline(_LINE):
        line = legible(line.replace("\x00", " "))
        if m := _START.match(line):
            if begun:
                yield begun, "".join(parts), offset
            begun, parts, held, offset = m, [], 0, position
        if begun and held <= longest:
            parts.append(line)
            held += len(line)
        position += len(line)
    if begun:
        yield begun, "".join(parts), offset


def _article(text: str, offset: int, path: str, outlets: Outlets) -> Article:
    lines = _with_headline(_lined(text), text)
    known = {x.field: x.value for x in reversed(lines) if x.value}
    fields = [_zone_of(x, text, outlets) for x in lines]
    # A field tells its zone for certain; what has none stands where the body stands.
    zones = zone([x.span.of(text) for x in lines], [{f: 20.0} if f else {"body": 3.0} for f in fields], outlets)
    blocks = []
    for x, (z, c) in zip(lines, zones, strict=True):
        blocks.append(Block(x.span.start, x.span.end, z, c, f"{x.span.start + offset}-{x.span.end + offset}"))
    name = known.get("outlet", "")
    named = known_outlet(name, outlets) if name else None
    article = Article(
        "", text, cover(blocks, len(text)), path=path, reader="export",
        title=known.get("headline", ""),
        outlet=named.name if named else name,
        byline=re.sub(r"^[Bb]y\s+", "", known.get("byline", "")),
        published=utc(known.get("published", ""), fuzzy=True) or utc(known.get("loaded", ""), fuzzy=True),
        language=_LANGUAGES.get(known.get("language", "").lower(), ""),
        url=known.get("url", ""),
    )  # fmt: skip
    return described(article, outlets)


def _with_headline(lines: list[_Line], text: str) -> list[_Line]:
    """Take the last lines between the date and the first label for the headline, as Nexis writes it, where none is labelled."""
    if any(x.field == "headline" for x in lines):
        return lines
    first = next((i for i, x in enumerate(lines) if x.field in ("label", "byline", "section", "length", "dateline")), 0)
    dated = max((i for i in range(first) if lines[i].field == "published"), default=first)
    begin = first
    while begin > dated + 1 and (begin == first or not _parted(text, lines[begin - 1], lines[begin])):
        begin -= 1
    head = lines[begin:first]
    # On a page every line is a paragraph; in a text a heading of many lines is none.
    if not 1 <= len(head) <= 4 or any(x.field not in ("other", "outlet") for x in head):
        return lines
    title = " ".join(x.span.of(text) for x in head)
    return [*lines[:begin], *(_Line(x.span, "headline", title) for x in head), *lines[first:]]


def _parted(text: str, before: _Line, after: _Line) -> bool:
    return text[before.span.end : after.span.start].count("\n") > 1


def _lined(text: str) -> list[_Line]:
    """Return the lines of the head, each with its field, then the paragraphs of the body and what follows it."""
    out: list[_Line] = []
    position, blank, fields = 0, True, 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        span = Span(position, position + len(line))
        position = span.end
        if not stripped:
            blank = True
            continue
        name, value = _field(stripped)
        if not name and fields and blank:
            return out + _body(text, span.start)
        if name == "body":
            rest = span.end if not value else span.start + line.index(value)
            out.append(_Line(trim(text, span.start, rest), "label", ""))
            return out + _body(text, rest)
        if name in _ZONES and value:
            at = span.start + line.index(value, line.index(":"))
            out += [_Line(trim(text, span.start, at), "label", ""), _Line(trim(text, at, span.end), name, value)]
            fields, blank = fields + 1, False
            continue
        # A line right below a field carries its value on; before the first field stand the outlet and the date.
        field = name or (out[-1].field if fields else _bare(stripped, len(out)))
        out.append(_Line(trim(text, span.start, span.end), field, value if name else stripped if not fields else ""))
        fields, blank = fields + bool(name), False
    return out


def _field(line: str) -> tuple[str, str]:
    """Return the field of a line of the head and its value; a line that goes on as running text does is no field."""
    m = _FIELD.match(line)
    if not m or not (m[1].lower() in _FIELDS or m[1].isupper()):
        return "", ""
    name = _FIELDS.get(m[1].lower(), "other")
    if is_sentence(m[2]) and name not in {"headline", "body", "highlight", "correction"} and m[1] not in _FREE:
        return "", ""
    return name, m[2].strip()


def _bare(line: str, position: int) -> str:
    if position == 0:
        return "start"
    return "published" if _DATED.search(line) and utc(line, fuzzy=True) else "outlet" if position == 1 else "other"


def _body(text: str, start: int) -> list[_Line]:
    """Return the paragraphs of the body, and the fields behind it (LOAD-DATE, COPYRIGHT)."""
    spans = [Span(s.start + start, s.end + start) for s in blocks_of(text[start:])]
    lines = [s.of(text) for s in spans]
    labelled = [(m[1], m[2]) if (m := _FIELD.match(line.split("\n")[0])) else ("", line) for line in lines]
    tail = tail_start(labelled, _SURE | _WEAK, _SURE, _FREE)
    out = [_Line(s, "", "") for s in spans[:tail]]
    for span, (label, value) in zip(spans[tail:], labelled[tail:], strict=True):
        is_own = label in _SURE | _WEAK
        out.append(_Line(span, _FIELDS.get(label.lower(), "other") if is_own else "", value.strip() if is_own else ""))
    return out


def _zone_of(line: _Line, text: str, outlets: Outlets) -> str:
    if line.field == "copyright" and outlets.agencies_in(line.span.of(text)):
        return "credit"
    return _ZONES.get(line.field, "other" if line.field else "")
