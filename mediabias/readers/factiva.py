"""Factiva's HTML and text, in whatever language its interface is: what a line is shows by its place and its form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from mediabias.article import Article
from mediabias.dates import utc
from mediabias.errors import ReadError
from mediabias.readers.base import Document, Reject
from mediabias.readers.dom import parse
from mediabias.readers.encoding import decode
from mediabias.readers.record import Part, article_of
from mediabias.readers.tails import tail_start

#: "877 words", "1.285 Wörter": the line before the date, in every interface.
_LENGTH = re.compile(r"\d[\d.,\s]* [^\W\d_]+$")
#: The last line of an article: "Document NYTF000020050408dp1900j9s", in any interface.
MARK = re.compile(r"^(?:AN\s+)?[^\W\d_]{4,10} ([A-Z][A-Z0-9]{1,7}0{2,}[0-9a-z]{12,})[ \t]*\r?$", re.M)
#: The codes of the labelled form, with the field that each is.
_CODED = re.compile(r"^([A-Z]{2,3})(?:[ \t]{1,}(.*))?$")
_CODES = {"HD": "title", "BY": "byline", "PD": "published", "SN": "outlet", "LP": "body", "TD": "body",
          "AU": "byline", "DLN": "dateline"}  # fmt: skip
_OTHER_CODES = frozenset("ET LA SE WC SC ED PG CY RF IN NS RE PUB AN CR ART CO IPC IPD CLM CX CT VOL".split())
#: The codes behind the text, and those of them that begin no line of it.
_TAIL = frozenset("RF CO IN NS RE IPC IPD PUB AN CT ART CLM CX VOL".split())
_SURE = frozenset("NS IPC IPD PUB AN RF CLM".split())


class Factiva:
    """Reads Factiva's HTML and its text: many articles in one file."""

    name = "factiva"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the names that Factiva gives to the parts of its pages, of a text by its number at the end of each article."""
        if re.search(
            rb"<title>\s*(?:Dow Jones )?Factiva\b|factivalogo|fcpNavContainer|class=\"article [a-z]{2}Article\"", head
        ):
            return 0.97
        return 0.96 if MARK.search(head.decode("utf-8", "replace")) else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the articles in the page's order."""
        text = decode(document.raw, str(document.path))
        if MARK.search(text) and not re.search(r"<(?:html|body|div)\b", text[:4000], re.I):
            yield from read_factiva(text, document)
            return
        root = parse(text)
        found = (
            root.xpath('//div[contains(concat(" ", @class, " "), " article ")][div[@id="hd"]]')
            if root is not None
            else []
        )
        if not found:
            raise ReadError(
                "a page of Factiva without an article; choose 'Article Format' and save again", path=str(document.path)
            )
        for n, element in enumerate(found, 1):
            parts, known = _read(element)
            if not any(not p.zone for p in parts):
                yield Reject(document.name, f"article {n}", "no paragraph of text; save with 'Full Article' as format")
                continue
            yield article_of(parts, self.name, document.outlets, **known)


def _read(element: etree._Element) -> tuple[list[Part], dict[str, str]]:
    parts: list[Part] = []
    known = {"title": "", "byline": "", "published": "", "outlet": ""}
    lines: list[Part] = []
    tree = element.getroottree()
    for e in element:
        if e.tag not in ("div", "p"):
            continue
        text, at = " ".join("".join(map(str, e.itertext())).split()), tree.getpath(e)
        if not text:
            continue
        if e.get("id") == "hd":
            known["title"] = re.sub(r"^\d+\) ", "", text)  # the number is that of Factiva's list
            parts.append(Part(text, at, "headline"))
        elif "author" in (e.get("class") or ""):
            known["byline"] = text
            parts.append(Part(text, at, "byline"))
        elif "Paragraph" in (e.get("class") or ""):
            parts.append(Part(text, at))
        else:
            parts.append(Part(text, at, "dateline" if utc(text) else "other"))
            lines.append(parts[-1])
    return parts, known | _described([p.text for p in lines])


def _described(lines: list[str]) -> dict[str, str]:
    """Return date and source of the lines between the headline and the text, by their places."""
    length = next((i for i, line in enumerate(lines) if _LENGTH.fullmatch(line) and not utc(line)), -1)
    after = lines[length + 1 :]
    when = next((i for i, line in enumerate(after[:3]) if utc(line)), -1)
    if when < 0:
        return {}
    # A time of day may stand between the date and the source.
    named = [line for line in after[when + 1 :] if not re.fullmatch(r"\d{1,2}:\d{2}.{0,6}", line)]
    time = next((line for line in after[when + 1 : when + 2] if re.fullmatch(r"\d{1,2}:\d{2}.{0,6}", line)), "")
    return {"published": f"{utc(after[when])} {time}".strip(), "outlet": named[0] if named else ""}


def read_factiva(text: str, document: Document) -> Iterator[Article | Reject]:
    """Yield the articles of Factiva's text, as saved or out of RTF; each ends with the line of its number."""
    begin = 0
    for n, mark in enumerate(MARK.finditer(text), 1):
        found = re.finditer(r"[^\n]*\S[^\n]*", text[begin : mark.start()])
        lines = [(m[0].strip(), f"{begin + m.start()}-{begin + m.end()}") for m in found]
        begin = mark.end()
        codes = [m[1] for line, _ in lines if (m := _CODED.match(line))]
        is_coded = sum(code in _CODES.keys() | _OTHER_CODES for code in codes) >= 4
        parts, known = (_coded if is_coded else _plain)(lines)
        if any(not p.zone for p in parts):
            yield article_of(parts, Factiva.name, document.outlets, **known)
        else:
            yield Reject(document.name, f"article {n}", "no paragraph of text; save with 'Full Article' as format")


_Lines = list[tuple[str, str]]


def _coded(lines: _Lines) -> tuple[list[Part], dict[str, str]]:
    known = {"title": "", "byline": "", "published": "", "outlet": ""}
    zones = {"title": "headline", "byline": "byline", "dateline": "dateline", "published": "dateline", "body": ""}
    coded = [(m[1], m[2] or "") if (m := _CODED.match(line)) else ("", line) for line, _ in lines]
    begin = next((i for i, (code, _) in enumerate(coded) if code == "LP"), len(lines))
    begin = next((i for i, (code, _) in enumerate(coded) if code == "TD"), begin)
    # A line of the text may begin with two capitals, too ("IN the hall ...").
    end = tail_start(coded, _TAIL, _SURE)
    parts, field = [], ""
    for i, (line, at) in enumerate(lines):
        m = _CODED.match(line) if i <= begin or i >= end else None
        if m and m[1] in _CODES.keys() | _OTHER_CODES:
            field, line = _CODES.get(m[1], "other"), (m[2] or "").strip()
        if field in known and line:
            known[field] = f"{known[field]} {line}".strip()
        parts.append(Part(line, at, zones.get(field, "other")))
    return parts, known


def _plain(lines: _Lines) -> tuple[list[Part], dict[str, str]]:
    """Read the form without labels: heading, author, words, date, source, code, language, copyright, then the text."""
    texts = [line for line, _ in lines]
    length = next((i for i, line in enumerate(texts[:12]) if _LENGTH.fullmatch(line) and not utc(line)), -1)
    rights = next(
        (
            i
            for i, line in enumerate(texts[length + 1 : length + 14], length + 1)
            if re.match(r"\(?(?:Copyright|©|\([Cc]\))", line)
        ),
        -1,
    )
    if length < 1 or rights < 0:
        return [Part(line, at) for line, at in lines], {"title": texts[0] if texts else ""}
    # Of the lines above the number of words the last may be the author, told by "By" or its likeness to a name.
    authored = length >= 2 and re.match(r"(?:By|Von|Par|Por|Di|От)\s", texts[length - 1]) is not None
    heads = texts[: length - authored]
    known = {"title": heads[-1] if heads else "", "byline": texts[length - 1] if authored else ""} | _described(
        texts[length : rights + 1]
    )
    # Above the number stands who sold the text to the database.
    seller = len(texts) - 1 if len(texts[-1].split()) <= 8 and texts[-1][-1] not in '.!?…”"' else len(texts)
    zones = (
        dict.fromkeys(range(rights + 1, seller), "")
        | {len(heads) - 1: "headline"}
        | ({length - 1: "byline"} if authored else {})
    )
    parts = [Part(line, at, zones.get(i, "dateline" if utc(line) else "other")) for i, (line, at) in enumerate(lines)]
    return parts, known
