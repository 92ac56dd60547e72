"""Integrum's HTML reports: a list of contents, then for each article a box of labelled lines, a heading and the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from mediabias.article import Article
from mediabias.errors import ReadError
from mediabias.readers.base import Document, Reject
from mediabias.readers.dom import parse
from mediabias.readers.encoding import declared_charset, decode
from mediabias.readers.record import Part, article_of, parts_of

#: The labels of the box: source, date, number of the issue, author, heading.
_LABEL = re.compile(r"^\^?([А-Я]{2})\s*:\s*(.*)$")


class Integrum:
    """Reads Integrum's HTML reports."""

    name = "integrum"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the heading of a report and its list of contents."""
        return 0.97 if re.search(rb"<h3>\s*Report\s+\d\d\.\d\d\.\d{4}", head) else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the articles in the report's order."""
        root = parse(decode(document.raw, str(document.path), declared_charset(document.head)))
        boxes = [td for td in (root.iter("td") if root is not None else ()) if _labels(td)]
        if not boxes:
            raise ReadError(
                "a report of Integrum without an article; export it with the texts", path=str(document.path)
            )
        for n, box in enumerate(boxes, 1):
            known = _labels(box)
            parts = list(_parts(box, known))
            if len([p for p in parts if not p.zone]) == 0:
                yield Reject(document.name, f"article {n}", "no text below its heading; export it with the texts")
                continue
            yield article_of(
                parts,
                self.name,
                document.outlets,
                title=known.get("ЗГ", ""),
                byline=known.get("АВ", ""),
                outlet=known.get("ИС", ""),
                published=known.get("ДТ", ""),
                language="ru",
            )


def _labels(box: etree._Element) -> dict[str, str]:
    lines = (" ".join(str(t).split()) for t in box.itertext())
    found = {m[1]: m[2].strip() for line in lines if (m := _LABEL.match(line))}
    return found if "ИС" in found and "ДТ" in found else {}


def _parts(box: etree._Element, known: dict[str, str]) -> Iterator[Part]:
    """Yield the box, the heading and the paragraphs that follow, up to the next box."""
    tree = box.getroottree()
    yield Part("\n".join(f"{label}: {value}" for label, value in known.items()), tree.getpath(box), "dateline")
    table = next((e for e in box.iterancestors() if e.tag == "table"), box)
    for e in table.itersiblings():
        text = "".join(map(str, e.itertext())).strip()
        if e.tag == "table" or e.tag == "a":
            return
        if e.tag in ("h1", "h2", "h3", "h4") and text:
            yield Part(" ".join(text.split()), tree.getpath(e), "headline")
        elif text:
            yield from parts_of(text, tree.getpath(e))
