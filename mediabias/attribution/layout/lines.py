"""The paragraphs of an article with the kind of element that each stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mediabias.article import Article, Span, trim
from mediabias.attribution.engines import Found

#: A name of one to four words, in any case, with titles and particles.
NAME = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Capt|Sgt|Lt|Col)\.? )?[^\W\d_a-z][\w.’'-]*"
    r"(?: (?:(?:de|van|von|der|den|la|le|al|bin|di|da|del|el) )*[^\W\d_a-z][\w.’'-]*){0,3}"
)
_BULLET = re.compile(r"\s*(?:[-–—*•·▪‣]|\(?\d{1,2}[.)])\s+(?=\S)")


@dataclass(frozen=True)
class Line:
    """A paragraph: its range, zone, and whether it stands in a block quotation or a list; `holder` is that element's path."""

    span: Span
    zone: str
    kind: str
    holder: str

    def of(self, text: str) -> str:
        """Return the paragraph's words."""
        return self.span.of(text)


def lines_of(article: Article, paragraphs: Sequence[Span]) -> list[Line]:
    """Return the paragraphs that were read, each with its kind: "quote", "item" or "text"."""
    origins = {(s.start, s.end): b for b in article.blocks if len(s := trim(article.text, b.start, b.end))}
    out = []
    for span in paragraphs:
        block = origins.get((span.start, span.end))
        origin, zone = (block.origin, block.zone) if block else ("", article.zone_at(span.start))
        quote = re.match(r".*/blockquote(?:\[\d+\])?(?=/|$)", origin)
        items = re.match(r".*/(?:ul|ol)(?:\[\d+\])?(?=/li)", origin)
        if quote:
            out.append(Line(span, zone, "quote", quote[0]))
        elif items:
            out.append(Line(span, zone, "item", items[0]))
        elif _BULLET.match(span.of(article.text)):
            out.append(Line(span, zone, "item", "bullets"))
        else:
            out.append(Line(span, zone, "text", ""))
    return out


def line_at(lines: Sequence[Line], position: int) -> int:
    """Return the index of the paragraph that holds a position, or -1."""
    return next((n for n, line in enumerate(lines) if line.span.start <= position < line.span.end), -1)


def without(found: Found, span: Span) -> Found:
    """Return an attribution without a range in its content.

    Examples
    --------
    >>> without(Found((), (), (Span(0, 9),), 1.0), Span(3, 5)).content
    (Span(start=0, end=3), Span(start=5, end=9))
    """
    left = [Span(c.start, min(c.end, span.start)) for c in found.content if c.start < span.start]
    right = [Span(max(c.start, span.end), c.end) for c in found.content if c.end > span.end]
    return replace(found, content=tuple(sorted(s for s in (*left, *right) if len(s))))


def trimmed(text: str, span: Span) -> Span:
    """Return a range without white space and separating marks at its ends."""
    inner = trim(text, span.start, span.end)
    start, end = inner.start, inner.end
    while start < end and text[start] in ",;:–—- \t\n":
        start += 1
    while end > start and text[end - 1] in ",;:–—- \t\n":
        end -= 1
    return Span(start, end)
