"""Quotation marks: which stretches of a text stand in them, in whichever marks the outlet uses.

Straight, curly, doubled single, angled and low marks are read; a quotation may run over paragraphs, each of which opens
with a mark while only the last one closes (the convention of English-language news). A mark too many or too few costs
one quotation, not the rest of the article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mediabias.article import Span

_MARK = re.compile(r"“|”|\"|''|``|«|»|„|‟|‘|’|'|`|‹|›")
_OPENS = {"“": "”", "«": "»", "„": "“", "``": "''", "‹": "›"}
#: Marks that others than English set the other way round: »so«.
_TURNED = {"»": "«", "›": "‹"}
#: Marks that stand with spaces on both sides in texts cut into tokens.
_TOKENS = frozenset(('"', "''", "“", "”", "``"))
_DOUBLE = frozenset(["“", "”", '"', "''", "``", "«", "»", "„", "‟"])


@dataclass(frozen=True)
class Quotation:
    """A quotation with its marks. `continues` names the index of the quotation that it carries on, or is None.

    `closed` is False when no closing mark was found in the paragraph.
    """

    start: int
    end: int
    closed: bool = True
    single: bool = False
    continues: int | None = None

    @property
    def span(self) -> Span:
        """The range from the opening to the closing mark, both included."""
        return Span(self.start, self.end)


def quotations(text: str, paragraphs: list[Span]) -> list[Quotation]:
    """Find the quotations of `text`, paragraph by paragraph, in order and without overlap.

    Examples
    --------
    >>> text = 'He said: “It rains. It pours.”'
    >>> [q.span.of(text) for q in quotations(text, [Span(0, len(text))])]
    ['“It rains. It pours.”']
    """
    out: list[Quotation] = []
    for number, paragraph in enumerate(paragraphs):
        carried = len(out) - 1 if out and not out[-1].closed and out[-1].end == paragraphs[number - 1].end else None
        opens_next = number + 1 < len(paragraphs) and _opens_with_mark(text, paragraphs[number + 1])
        for q in _in_paragraph(text, paragraph, opens_next):
            continues = carried if q.start == paragraph.start else None
            out.append(Quotation(q.start, q.end, q.closed, q.single, continues))
    return out


def _opens_with_mark(text: str, paragraph: Span) -> bool:
    return text[paragraph.start] in '“"«„' or text.startswith(("''", "``"), paragraph.start)


def _in_paragraph(text: str, paragraph: Span, opens_next: bool) -> list[Quotation]:
    found: list[Quotation] = []
    opened: tuple[int, str] | None = None
    for m in _MARK.finditer(text, paragraph.start, paragraph.end):
        mark = m[0]
        if opened is None:
            if _can_open(text, m, paragraph) or _opens_spaced(text, m, paragraph):
                opened = (m.start(), mark)
        elif _closes(text, m, opened[1], paragraph):
            single = opened[1] not in _DOUBLE
            found.append(Quotation(opened[0], m.end(), True, single))
            opened = None
        elif mark in _DOUBLE and _can_open(text, m, paragraph) and (mark == opened[1] or opened[1] not in _DOUBLE):
            # A second opening mark before any closing one: the first was a stray or an apostrophe.
            opened = (m.start(), mark)
    if opened and opened[1] in _DOUBLE - _TURNED.keys():
        if opens_next and opened[0] <= paragraph.start + (
            len(paragraph) // 2 if len(paragraph) > 400 else len(paragraph)
        ):
            found.append(Quotation(opened[0], paragraph.end, False))
        elif opened[0] == paragraph.start:
            found.append(Quotation(opened[0], paragraph.end, True))
    return found


def _can_open(text: str, m: re.Match[str], paragraph: Span) -> bool:
    mark = m[0]
    before = text[m.start() - 1] if m.start() > paragraph.start else " "
    after = text[m.end()] if m.end() < paragraph.end else " "
    if mark in _TURNED:
        return (
            (before.isspace() or before in "([—–-")
            and not after.isspace()
            and _TURNED[mark] in text[m.end() : paragraph.end]
        )
    if mark in _OPENS:
        return not after.isspace() or mark in "«„"
    if mark in ('"', "''"):
        return (before.isspace() or before in "([—–-/:‘'“*_") and not after.isspace()
    if mark == "‘":
        return not after.isspace() and (before.isspace() or before in '([—–-/“"')
    if mark in ("'", "`"):
        return (before.isspace() or before in '([—–“"') and after.isalpha()
    return False


def _opens_spaced(text: str, m: re.Match[str], paragraph: Span) -> bool:
    """Say whether a mark with spaces around it opens a quotation: another one like it follows in the paragraph."""
    if m[0] not in _TOKENS or m[0] == "”":
        return False
    before = text[m.start() - 1] if m.start() > paragraph.start else " "
    after = text[m.end()] if m.end() < paragraph.end else "x"
    closing = {"“": ("”", "“"), "``": ("''",), "''": ("''",), '"': ('"',)}[m[0]]
    return before.isspace() and after.isspace() and any(c in text[m.end() : paragraph.end] for c in closing)


def _closes(text: str, m: re.Match[str], opening: str, paragraph: Span) -> bool:
    mark = m[0]
    before = text[m.start() - 1]
    after = text[m.end()] if m.end() < paragraph.end else " "
    if opening in ("“", '"', "''", "``", "‟"):
        # Curly and straight marks are mixed within one quotation more often than one would think.
        if mark == "”":
            return True
        if mark == "“" and opening == "“":
            return before.isspace() and after.isspace()
        return mark in ('"', "''") and (not before.isspace() or after.isspace() or not after.isalnum())
    if opening == "„":
        return mark in ("“", "”", '"')
    if opening in _TURNED:
        return mark == _TURNED[opening]
    if opening in ("«", "‹"):
        return mark == _OPENS[opening]
    # Single marks: an apostrophe is followed by a letter, a closing mark is not.
    if mark in ("’", "'", "`"):
        return (
            not before.isspace()
            and not after.isalnum()
            and not (before == "s" and after == " " and _closing_later(text, m.end(), paragraph))
        )
    return False


def _closing_later(text: str, start: int, paragraph: Span) -> bool:
    """Say whether a better closing mark comes: one after a full stop, comma or question mark."""
    return re.search(r"[.,?!][’']", text[start : paragraph.end]) is not None
