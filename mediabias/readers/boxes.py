"""Invented boxes of news pages, with the zone of each piece of text and the claims in it, as training examples.

A line of the file is ``{"outlet": ..., "html": ...}``. An element's ``data-zone`` says the zone of its text; a claim of the
outlet about itself stands in ``<mark data-kind="...">``. No reader of real pages sees these attributes.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from lxml import etree

from mediabias.errors import ReadError
from mediabias.readers.dom import parse
from mediabias.readers.html import parse_page
from mediabias.zoning.train import Coded

_STORY = (
    "The harbour council of {town} met on Tuesday evening to decide about the old lighthouse, which has been closed for years.",
    "Engineers had told its members in spring that the stairs would not carry visitors any longer without a new steel frame.",
    "“We can't keep a house that nobody may enter,” said Mirel Tass, who chairs the committee for buildings and parks.",
    "The repair would cost about two million, a third of which the region has offered to pay if work begins before winter.",
    "A vote was put off until the end of the month, when two reports on the state of the walls are due to be delivered.",
    "About sixty residents had come to the meeting, most of them from the streets below the hill, and several of them spoke.",
)
#: The page that a box is read in: a menu, a story, and a footer without anything to say.
_FRAME = """<html><head><title>Council Puts Off Vote on the Lighthouse</title><meta property="og:site_name" content="{outlet}">
</head><body>{top}<nav><ul><li><a href="#">Front page</a></li><li><a href="#">Town</a></li><li><a href="#">Sport</a></li></ul></nav>
<main><article><h1>Council Puts Off Vote on the Lighthouse</h1>{first}{middle}{last}</article></main>{below}
<footer><ul><li><a href="#">Contact</a></li><li><a href="#">Jobs</a></li></ul></footer>{end}</body></html>"""


@dataclass(frozen=True)
class MarkedText:
    """The text of a box without white space: the zone of each character, and its claims as (start, end, kind)."""

    text: str
    zones: tuple[str | None, ...]
    claims: tuple[tuple[int, int, str], ...]


def read_boxes(path: Path) -> list[tuple[str, str]]:
    """Return the outlet and the HTML of each box.

    Raises
    ------
    ReadError
        When a line is no box.
    """
    boxes = []
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            box = json.loads(line)
            boxes.append((str(box["outlet"]), str(box["html"])))
        except (ValueError, TypeError, KeyError) as error:
            raise ReadError(f"no box: {error!r}", path=str(path), place=f"line {n}") from None
    return boxes


def coded_boxes(path: Path) -> Iterator[Coded]:
    """Read each box within a page of its own; only the box itself is coded.

    The same box always stands in the same place: a header on top, a footer at the end, another in turn around the story.
    """
    for n, (outlet, html) in enumerate(read_boxes(path)):
        source = _within_page(outlet, html, n)
        page, _ = parse_page(source, f"box {n}")
        yield Coded(page, _zones([b.text for b in page.blocks], read_marks(html)), "")


def read_marks(html: str) -> MarkedText:
    """Return the text of a box with its zones and claims.

    Examples
    --------
    >>> box = read_marks('<p data-zone="self_description">A <mark data-kind="accuracy">true</mark> word</p>')
    >>> box.text, box.claims
    ('Atrueword', ((1, 5, 'accuracy'),))
    """
    root = parse(html)
    text: list[str] = []
    zones: list[str | None] = []
    claims = []
    if root is None:
        return MarkedText("", (), ())
    within: list[str | None] = [None]
    starts: list[int] = []

    def add(piece: str | None) -> None:
        bare = re.sub(r"\s+", "", piece or "")
        text.append(bare)
        zones.extend([within[-1]] * len(bare))

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            within.append(element.get("data-zone") or within[-1])
            if element.tag == "mark":
                starts.append(len(zones))
            add(element.text)
        else:
            if element.tag == "mark":
                claims.append((starts.pop(), len(zones), str(element.get("data-kind"))))
            within.pop()
            if element is not root:
                add(element.tail)
    return MarkedText("".join(text), tuple(zones), tuple(sorted(claims)))


def _zones(blocks: list[str], box: MarkedText) -> list[str | None]:
    zones: list[str | None] = []
    at = 0
    for block in blocks:
        bare = re.sub(r"\s+", "", block)
        start = box.text.find(bare, at)
        if not bare or start < 0 or start > at + 2:
            zones.append(None)
            continue
        at = start + len(bare)
        zones.append(Counter(box.zones[start:at]).most_common(1)[0][0])
    return zones


def _within_page(outlet: str, html: str, n: int) -> str:
    story = [f"<p>{line.format(town=outlet.split()[-1])}</p>" for line in _STORY]
    slot = ("middle", "below", "top", "end", "below", "middle")[n % 6]
    if "<footer" in html or "footer" in html[:80]:
        slot = "end"
    elif "<header" in html or "header" in html[:80]:
        slot = "top"
    slots = dict.fromkeys(("top", "middle", "below", "end"), "") | {slot: html}
    return _FRAME.format(outlet=escape(outlet), first="".join(story[:3]), last="".join(story[3:]), **slots)
