"""Quotations that stand alone: whose words they carry on."""

from __future__ import annotations

import re
from dataclasses import replace

from mediabias.article import Span
from mediabias.attribution.engines import Found
from mediabias.attribution.quotes import Quotation


def continued(
    text: str, marks: list[Quotation], inside: list[int], before: list[Found], here: list[Found]
) -> list[Found]:
    """Give a quotation without a cue of its own to the attribution that it carries on."""
    out = list(here)
    covered = [c for f in out for c in f.content]
    for k in inside:
        q = marks[k]
        # A few words in quotation marks are a name or a scare quote, unless they are a sentence of their own.
        short = q.end - q.start < 25 and not re.fullmatch(r"\W[A-Z].*[.!?…]\W", q.span.of(text))
        if any(c.start <= q.start and q.end <= c.end for c in covered) or short:
            continue
        if q.continues is not None:
            _extend(before, marks[q.continues].span, q.span)
            continue
        n = _spoken_before(text, out, q)
        if n is not None:
            out[n] = replace(out[n], content=(*out[n].content, q.span))
    return out


def _spoken_before(text: str, found: list[Found], q: Quotation) -> int | None:
    """Return the index of the attribution that a later quotation of the paragraph carries on, or None."""
    for n in range(len(found) - 1, -1, -1):
        f = found[n]
        if not f.content or f.content[-1].end > q.start or q.single:
            continue
        last = f.content[-1]
        between = text[max(last.end, f.cue[-1].end) : q.start]
        direct = text[last.end - 1] in "”\"'’»"
        if (direct and len(between) < 250) or between.strip(" .:,") == "":
            return n
    return None


def _extend(found: list[Found], earlier: Span, q: Span) -> None:
    for n in range(len(found) - 1, -1, -1):
        if any(c.overlaps(earlier) for c in found[n].content):
            found[n] = replace(found[n], content=(*found[n].content, q))
            return
