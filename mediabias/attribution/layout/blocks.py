"""Block quotations and lists: whose words they are, and where they end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from mediabias.article import Article, Span
from mediabias.attribution.engines import Found
from mediabias.attribution.layout.lines import NAME, Line, line_at, trimmed, without
from mediabias.attribution.quotes import Quotation

#: "— Ana Dole (@dole) March 5, 2024", "- Mayor Ana Dole": below somebody's words, whose they are.
_SIGNED = re.compile(
    rf"(?P<dash>[—–-]{{1,2}})\s*(?P<name>{NAME}(?:, [^(\n]{{2,80}}?)?)(?=\s*(?:\(|$|\n|[A-Z][a-z]+ \d{{1,2}}, \d{{4}}))"
)
#: "And from Chairwoman Ana Dole:", "From the desk of Bo Vale, senior analyst."
_FROM = re.compile(
    rf"(?:And |Then |Next,? )?(?P<from>[Ff]rom)(?: the (?:desk|office) of)? (?:[a-z]+ )*(?P<name>{NAME})(?:, [^:\n]{{2,80}})?\s*[:.]?$"
)
_LAST_NAME = re.compile(rf"(?P<name>{NAME})(?=[^\w]*:$)")
_BULLET = re.compile(r"\s*(?:[-–—*•·▪‣]|\(?\d{1,2}[.)])\s+(?=\S)")
#: Elements of a post from elsewhere that are no words of it.
_LINKS = re.compile(r"(?:\s*(?:https?://\S+|pic\.twitter\.com/\S+))+$")


def _runs(lines: Sequence[Line]) -> Iterator[tuple[str, int, int]]:
    """Yield the runs of paragraphs of one block quotation or list, as kind, first and last index."""
    for (kind, _), run in groupby(range(len(lines)), key=lambda n: (lines[n].kind, lines[n].holder)):
        members = list(run)
        if kind != "text":
            yield kind, members[0], members[-1]


def quoted_blocks(
    article: Article, lines: Sequence[Line], found: Sequence[Found], marks: Sequence[Quotation]
) -> list[Found]:
    """Give each block quotation, list and lone quotation to whom the line above or the signature below names."""
    text, out = article.text, list(found)
    out = _signed_lines(article, lines, out)
    for kind, first, last in _runs(lines):
        said = [_bare(text, line.span) for line in lines[first : last + 1]]
        above = lines[first - 1] if first else None
        if kind == "quote" and (signed := _signature(text, lines[last].span, last > first)):
            source, cue, rest = signed
            content = [*said[:-1], *([rest] if rest else [])]
            out = _given(out, content, Found(cue, (source,), tuple(content), 0.8, "signature"))
        elif above is not None and text[above.span.end - 1] == ":":
            out = _given(out, said, _introduced(text, above, out, said))
        elif kind == "quote" and last + 1 < len(lines):
            out = _given(out, said, _named_below(lines[last + 1], out, said))
    alone = {q.start: q for q in marks if not q.single}
    for n in range(1, len(lines)):
        line, above = lines[n], lines[n - 1]
        q = alone.get(line.span.start)
        if q is None or q.end < line.span.end:
            continue
        if text[above.span.end - 1] == ":" and (owner := _introduced(text, above, out, [q.span])):
            out = _given(out, [q.span], owner)
            continue
        if any(c.overlaps(line.span) for f in out for c in f.content):
            continue
        if m := _FROM.fullmatch(above.of(text)):
            at = above.span.start
            named, stop = Span(at + m.start("name"), at + m.end("name")), Span(above.span.end - 1, above.span.end)
            out.append(Found((stop,), (named,), (q.span,), 0.7, "signature"))
    return out


def _signed_lines(article: Article, lines: Sequence[Line], found: Sequence[Found]) -> list[Found]:
    """Let a name below a dash have no more than the words of its own line."""
    out = []
    for f in found:
        line = next((x.span for x in lines if x.span.start <= f.cue[0].start < x.span.end), None)
        if line is not None and re.fullmatch(r"[—–-]{1,2}", f.cue[0].of(article.text).strip()):
            f = replace(f, content=tuple(c for c in f.content if c.overlaps(line)))
        out.append(f)
    return out


def _bare(text: str, span: Span) -> Span:
    """Return a paragraph without its bullet and without links to pictures at its end."""
    m = _BULLET.match(text, span.start, span.end)
    start = m.end() if m else span.start
    tail = _LINKS.search(text[start : span.end])
    return Span(start, start + tail.start() if tail else span.end)


def _signature(text: str, span: Span, behind: bool) -> tuple[Span, tuple[Span, ...], Span | None] | None:
    """Return source, cue and the words before them of a line that says whose words stand in the block."""
    line = span.of(text)
    dashed = list(_SIGNED.finditer(line))
    if dashed and (behind or dashed[-1].start() > 10):
        m = dashed[-1]
        before = trimmed(text, Span(span.start, span.start + m.start())) if m.start() else None
        if before is not None and len(before):
            before = Span(before.start, span.start + len(line[: m.start()].rstrip()))
        source = Span(span.start + m.start("name"), span.start + m.end("name"))
        return source, (Span(span.start + m.start("dash"), span.start + m.end("dash")),), before
    # An element "cite" holds a name and a role, without a stop.
    if behind and len(line.split()) <= 12 and re.match(rf"{NAME}(?:,|$)", line) and not re.search(r"[.!?”\"]$", line):
        stop = Span(span.start - 1, span.start)
        while stop.start > 0 and text[stop.start].isspace():
            stop = Span(stop.start - 1, stop.end - 1)
        return trimmed(text, span), (stop,), None
    return None


def _introduced(text: str, above: Line, found: Sequence[Found], said: Sequence[Span]) -> Found | None:
    """Return the attribution of the line above with the block as its content."""
    here = [f for f in found if above.span.start <= f.cue[0].start < above.span.end and f.source]
    if here:
        best = max(here, key=lambda f: f.cue)
        kept = [c for c in best.content if above.span.start <= c.start and c.end <= best.cue[0].start]
        return replace(best, content=tuple([*kept, *said]), pattern="block" if not kept else best.pattern)
    if m := _LAST_NAME.search(above.of(text)):
        at = above.span.start
        source = Span(at + m.start("name"), at + m.end("name"))
        return Found((Span(above.span.end - 1, above.span.end),), (source,), tuple(said), 0.7, "block")
    return None


def _named_below(below: Line, found: Sequence[Found], said: Sequence[Span]) -> Found | None:
    """Return the attribution of the line below that says of nothing else who said it."""
    here = [f for f in found if below.span.start <= f.cue[0].start < below.span.end and f.source]
    return replace(here[0], content=tuple(said), pattern="block") if here and not here[0].content else None


def _given(found: Sequence[Found], said: Sequence[Span], owner: Found | None) -> list[Found]:
    """Return the attributions with one that owns a block, and without those that ran into it or stood in it."""
    if owner is None:
        return list(found)
    out = []
    for f in found:
        if f.cue == owner.cue or any(f.cue[0].overlaps(s) for s in said):
            continue
        for span in said:
            f = without(f, span)
        out.append(f)
    return [*out, owner]


def within_blocks(article: Article, lines: Sequence[Line], found: Sequence[Found]) -> list[Found]:
    """End a content before a paragraph that is not quoted and has a speaker of its own."""
    own = [line_at(lines, f.cue[0].start) for f in found]
    out = []
    for f, at in zip(found, own, strict=True):
        for n in range(at + 1, len(lines)):
            line = lines[n]
            runs_in = any(c.start < line.span.end and line.span.start < c.end for c in f.content)
            others = any(k == n and g is not f and g.source for g, k in zip(found, own, strict=True))
            if (
                at >= 0
                and runs_in
                and others
                and article.text[line.span.start] not in "“\"«„'‘`"
                and f.pattern not in ("turn", "answer", "block")
            ):
                f = without(f, Span(line.span.start, len(article.text)))
                break
        out.append(f)
    return out
