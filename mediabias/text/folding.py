"""A text as it reads: without characters that nobody sees, composed, without Markdown's marks, and the way back.

What matches words (names, verbs, quotation marks) reads the folded text; offsets go back into the text as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from mediabias.article import Block, Span

#: Soft hyphens, zero-width spaces and joiners, marks of direction, byte order marks.
_UNSEEN = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
#: Spaces of other widths, which stand where no line may break.
_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_COMBINING = "\u0300-\u036f"
#: What is left out without parting a range: all of it but Markdown's marks.
_SKIPPED = "".join(
    chr(c) for c in (0xAD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
)
_FOLDED = re.compile(rf"[{_UNSEEN}]|[{_SPACES}]|[^\W\d_][{_COMBINING}]+")
#: Headings, quoted lines, links, strong and emphasised words.
_MARKDOWN = re.compile(
    r"^(?P<head>\#{1,6}\ +|>\ ?)(?=\S)|(?P<open>!?\[)(?=[^\[\]\n]{1,200}\]\((?:https?://|/|mailto:)[^()\s]*\))"
    r"|(?P<link>(?<=[^\[\n])\]\((?:https?://|/|mailto:)[^()\s]*\))|(?P<strong>\*\*|__)(?=\S)|(?P<strong_end>(?<=\S)(?:\*\*|__))"
    r"|(?P<em>(?<![\w*])\*(?=[^\s*]))|(?P<em_end>(?<=[^\s*])\*(?![\w*]))",
    re.M | re.X,
)
#: A text is Markdown where it has a link or a heading of Markdown's, or strong words twice.
_IS_MARKDOWN = re.compile(r"^\#{1,6} \S|\[[^\[\]\n]{1,200}\]\(https?://|\*\*[^*\n]+\*\*[\s\S]*\*\*[^*\n]+\*\*", re.M)


@dataclass(frozen=True)
class Folded:
    """A folded text; character `i` of it stands in ``[starts[i], ends[i])`` of the original."""

    text: str
    original: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def back(self, span: Span) -> tuple[Span, ...]:
        """Return a range of the folded text as ranges of the original: several where Markdown's marks stand within."""
        if not len(span):
            return (Span(*2 * (self._at(span.start),)),)
        cuts = [
            i
            for i in range(span.start + 1, span.end)
            if self.original[self.ends[i - 1] : self.starts[i]].strip(_SKIPPED)
        ]
        begins, stops = [span.start, *cuts], [*cuts, span.end]
        return tuple(Span(self.starts[i], self.ends[j - 1]) for i, j in zip(begins, stops, strict=True))

    def _at(self, position: int) -> int:
        return self.starts[position] if position < len(self.starts) else (self.ends or (0,))[-1]

    def forward(self, position: int) -> int:
        """Return where a position of the original falls in the folded text."""
        return bisect_left(self.starts, position)

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """Return blocks of the original over the folded text."""
        return tuple(Block(self.forward(b.start), self.forward(b.end), b.zone, b.confidence, b.origin) for b in blocks)


def fold(text: str) -> Folded | None:
    """Fold a text, or return None where there is nothing to fold.

    Examples
    --------
    >>> folded = fold("Ana Do\u200ble sa\u00adid")
    >>> folded.text, folded.back(Span(0, 8))
    ('Ana Dole said', (Span(start=0, end=9),))
    >>> fold("Ana Dole said") is None
    True
    """
    changes = [(m.start(), m.end(), _read(m[0])) for m in _FOLDED.finditer(text)] if not text.isascii() else []
    if _IS_MARKDOWN.search(text):
        changes = sorted([*changes, *((m.start(), m.end(), "") for m in _MARKDOWN.finditer(text))])
    if not changes:
        return None
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for start, end, instead in [*changes, (len(text), len(text), "")]:
        if start < position:
            continue
        parts += (text[position:start], instead)
        starts += (*range(position, start), *[start] * len(instead))
        ends += (*range(position + 1, start + 1), *[end] * len(instead))
        position = end
    return Folded("".join(parts), text, tuple(starts), tuple(ends))


def _read(found: str) -> str:
    if len(found) > 1:
        return unicodedata.normalize("NFC", found)
    return " " if found.isspace() else ""
