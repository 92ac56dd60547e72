"""Europresse's HTML (also Eureka): an element ``article`` for each document, its parts told by their classes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from mediabias.article import Article
from mediabias.errors import ReadError
from mediabias.readers.base import Document, Reject
from mediabias.readers.dom import parse, pieces
from mediabias.readers.encoding import declared_charset, decode
from mediabias.readers.record import Part, article_of

#: The zone of each class, in the order in which they are asked.
_CLASSES = (
    ("title", re.compile(r"\b(?:titreArticleVisu|rdp__articletitle|titreArticle)\b")),
    ("outlet", re.compile(r"\bDocPublicationName\b")),
    ("header", re.compile(r"\bDocHeader\b")),
    ("byline", re.compile(r"\b(?:sm-margin-bottomNews|docAuthors|rdp__author)\b")),
    ("body", re.compile(r"\b(?:DocText|docOcurrContainer)\b")),
)
_ZONES = {"title": "headline", "byline": "byline", "header": "dateline"}
#: "Business, Thursday, March 14, 2024 850 words, p. A4", "Région, vendredi 15 mars 2024 1 200 mots".
_DATE = re.compile(r"[^\W\d_]{3,9}\.? \d{1,2}, \d{4}|\d{1,2}(?:er)?\.? (?:de )?[^\W\d_]{3,9}\.?(?: de)? \d{4}")


class Europresse:
    """Reads Europresse's HTML: many articles in one file."""

    name = "europresse"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the classes that only these pages have."""
        return 0.97 if re.search(rb"DocPublicationName|titreArticleVisu|publiC-lblNodoc", head) else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the articles in the page's order."""
        root = parse(decode(document.raw, str(document.path), declared_charset(document.head)))
        found = root.xpath("//article") if root is not None else []
        if not found:
            raise ReadError(
                "a page of Europresse without an article; export it with the texts", path=str(document.path)
            )
        for n, element in enumerate(found, 1):
            parts, known = _read(element)
            if any(not p.zone for p in parts):
                yield article_of(parts, self.name, document.outlets, **known)
            else:
                yield Reject(document.name, f"article {n}", "no text below its heading; export it with the texts")


def _read(article: etree._Element) -> tuple[list[Part], dict[str, str]]:
    above = article.getroottree().getpath(article)
    known = {"title": "", "outlet": "", "header": "", "byline": ""}
    named = [(e, name) for e in article.iter() if (name := _named(e.get("class") or ""))]
    zones: dict[str, str] = {}
    for element, name in named:
        words = " ".join("".join(map(str, element.itertext())).split())
        if known.get(name) == "":
            known[name] = words
        if name != "body":
            zones.setdefault(words, _ZONES.get(name, "other"))
    bodies = tuple(_path(e, article) for e, name in named if name == "body")
    parts = []
    for piece in pieces(article):
        path = piece.path.removeprefix("/article")
        inside = any(path == body or path.startswith(f"{body}/") for body in bodies)
        zone = "" if inside else zones.get(" ".join(piece.text.split()), "other")
        parts.append(Part(piece.text, f"{above}{path}", zone))
    when = _DATE.search(known.pop("header"))
    outlet = re.sub(r"\s*\((?:site web|web site|online|website)[^()]*\)$", "", known["outlet"], flags=re.I)
    return parts, {**known, "outlet": outlet, "published": when[0] if when else ""}


def _path(element: etree._Element, above: etree._Element) -> str:
    """Return an element's path below another, as `pieces` writes it."""
    steps = []
    while element is not above:
        n = 1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True))
        steps.append(f"{element.tag}[{n}]" if n > 1 else element.tag)
        element = element.getparent()
    return "".join(f"/{step}" for step in reversed(steps))


def _named(classes: str) -> str:
    return next((name for name, pattern in _CLASSES if pattern.search(classes)), "")
