"""Factiva's HTML ("Save as HTML"), in whatever language its interface is: what a line is shows by its place and its form."""

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

#: "877 words", "1.285 Wörter": the line before the date, in every interface.
_LENGTH = re.compile(r"\d[\d.,\s]* [^\W\d_]+$")


class Factiva:
    """Reads Factiva's HTML: a page of many articles."""

    name = "factiva"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the names that Factiva gives to the parts of its pages."""
        return (
            0.97
            if re.search(
                rb"<title>\s*(?:Dow Jones )?Factiva\b|factivalogo|fcpNavContainer|class=\"article [a-z]{2}Article\"",
                head,
            )
            else 0.0
        )

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the articles in the page's order."""
        root = parse(decode(document.raw, str(document.path)))
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
    known = {"title": "", "byline": "", "published": "", "outlet": "", "language": ""}
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
    """Return date, source and language of the lines between the headline and the text, by their places."""
    length = next((i for i, line in enumerate(lines) if _LENGTH.fullmatch(line) and not utc(line)), -1)
    after = lines[length + 1 :]
    when = next((i for i, line in enumerate(after[:3]) if utc(line)), -1)
    if when < 0:
        return {}
    # A time of day may stand between the date and the source.
    named = [line for line in after[when + 1 :] if not re.fullmatch(r"\d{1,2}:\d{2}.{0,6}", line)]
    time = next((line for line in after[when + 1 : when + 2] if re.fullmatch(r"\d{1,2}:\d{2}.{0,6}", line)), "")
    return {"published": f"{utc(after[when])} {time}".strip(), "outlet": named[0] if named else ""}
