"""Sources that are none, and sources of which a part was left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mediabias.article import Article, Span
from mediabias.attribution.engines import Found
from mediabias.attribution.layout.lines import Line, line_at

#: What things are done according to, that says nothing.
_MEASURES = re.compile(
    r"(?:(?:their|its|his|her|our|your|my) )?(?:plans?|schedule|needs?|tastes?|type|size|age|ages|rank|ability|abilities|height|weight|colou?r|order|customs?|"
    r"tradition|season|sex|gender|seniority|merit|income|incomes|performance|means|length|value|quality|design|specification)",
    re.I,
)
#: An outlet that asks its readers for something.
_PROMOTED = re.compile(
    r"(?:(?:please |to )?(?:sign up|subscribe|register|download|follow us|click here|read more|get (?:the|our)|join (?:us|our)|support (?:us|our)|donate|"
    r"find out more|listen to|watch our|tune in))\b",
    re.I,
)
_ADDRESSED = re.compile(
    r"\b(?:newsletter|inbox|app\b|subscri\w+|our (?:editor|reporter|team|journalism|newsroom|daily|weekly|free)|your (?:inbox|support))\b",
    re.I,
)
_OURS = re.compile(
    r"our (?:own )?(?:editors?|reporters?|team|writers?|critics?|experts?|newsroom|readers|columnists?|chef)\b", re.I
)
#: "documents seen by", "e-mails that were leaked to": what was shown, and who showed it.
_SHOWN = re.compile(
    r"(?:(?:[a-z-]+ ){0,2})(?P<what>documents?|e-?mails?|records?|letters?|messages?|memos?|minutes|files?|data|footage|reports?|papers?|figures|images|"
    r"video|photographs|transcripts?|notes?|statements?)\s+(?:(?:that were |which were |it )?(?:seen|obtained|reviewed|viewed|published|examined|acquired|verified|released|"
    r"inspected)|leaked|passed|shared|provided)(?: exclusively)? (?:by|to|with) (?:the )?$",
    re.I,
)
#: A clause between commas that says on what terms somebody speaks.
_CLAUSE = re.compile(
    r",\s+(?:who|speaking|requesting|asking|insisting)\b[^.;:“”\"\n]*\b(?:anonym\w+|(?:not|declined) (?:to )?be (?:named|identified|quoted)|"
    r"not (?:authori[sz]ed|allowed|permitted))\b[^.;:“”\"\n]*,?\s*"
)
_PER = re.compile(
    r"(?P<comma>,\s+)(?P<per>as per|per) (?P<source>(?:the |an? |its |their )?[^,.;()\n]{3,60})(?P<end>,\s+|(?=[.;]))"
)
_FIGURES = re.compile(
    r"(?:.*\b(?:plans?|agreement|contract|rules?|law|policy|formula|usual)\b|cent|capita|hour|day|week|month|year|head|person|litre|kilo|mile|household|share|vote)\b"
)


def mended_sources(article: Article, lines: Sequence[Line], found: Sequence[Found]) -> list[Found]:
    """Return the attributions without sources that are none, with whole documents and clauses, and with "per the ministry"."""
    text = article.text
    kept = [f for f in found if not _is_none(text, lines, f)]
    out = [_with_clause(text, _with_document(text, f)) for f in kept]
    longer = [new.source[0] for old, new in zip(kept, out, strict=True) if new.source != old.source]
    # "seen by the Post" and "who asked not to be named" are parts of a source by now.
    out = [f for f in out if not any(f.cue[0].overlaps(s) for s in longer)]
    return [*out, *_per(text, lines, out)]


def _is_none(text: str, lines: Sequence[Line], found: Found) -> bool:
    cue = " ".join(s.of(text) for s in found.cue)
    if re.fullmatch(r"according to", cue, re.I) and re.match(
        rf"\s+{_MEASURES.pattern}(?=\s*(?:[.,;!?)]|$))", text[found.cue[-1].end :], re.I
    ):
        return True
    line = lines[line_at(lines, found.cue[0].start)].of(text) if line_at(lines, found.cue[0].start) >= 0 else ""
    promotes = re.search(rf"(?:^|[.!?]\W*\s+){_PROMOTED.pattern}", line.lstrip("*•–- "), re.I) is not None
    if (
        len(line.split()) <= 60
        and promotes
        and (_ADDRESSED.search(line) or _OURS.match(" ".join(s.of(text) for s in found.source)))
    ):
        return True
    if found.source and found.source[0].start >= found.cue[-1].end:
        between = text[found.cue[-1].end : found.source[0].start].strip()
        # "was reported in a woman": where it happened.
        return re.search(r"\b(?:is|was|were|are|been|being)\b", cue) is not None and between in {
            "in",
            "among",
            "at",
            "on",
            "near",
            "across",
            "from",
        }
    return False


def _with_document(text: str, found: Found) -> Found:
    """Let "documents seen by the Post" be a source as a whole."""
    if not found.source or found.source[0].start > found.cue[0].start:
        return found
    source = found.source[0]
    m = _SHOWN.search(text[max(0, source.start - 90) : source.start])
    if m is None:
        return found
    begin = max(0, source.start - 90) + m.start("what")
    content = tuple(
        Span(c.start, c.start + len(text[c.start : min(c.end, begin)].rstrip(" ,")))
        if c.overlaps(Span(begin, source.end)) and c.start < begin
        else c
        for c in found.content
        if not (begin <= c.start and c.end <= source.end)
    )
    return replace(found, source=(Span(begin, source.end), *found.source[1:]), content=content)


def _with_clause(text: str, found: Found) -> Found:
    """Let a source keep the clause between it and its verb: "Officials, who spoke on condition of anonymity, said"."""
    if not found.source or found.source[-1].end > found.cue[0].start:
        return found
    last = found.source[-1]
    last = Span(last.start, last.end - (text[last.end - 1] == ","))
    m = _CLAUSE.fullmatch(text[last.end : found.cue[0].start])
    if m is None or any(c.start < found.cue[0].start and c.end > last.end for c in found.content):
        return found
    end = last.end + len(m[0].rstrip(" ,"))
    return replace(found, source=(*found.source[:-1], Span(last.start, end)))


def _per(text: str, lines: Sequence[Line], found: Sequence[Found]) -> list[Found]:
    """Read "The germ, per the ministry, lives in reeds"."""
    out = []
    for m in _PER.finditer(text):
        n = line_at(lines, m.start())
        cue = Span(*m.span("per"))
        if n < 0 or _FIGURES.match(m["source"]) or any(f.cue[0].overlaps(cue) for f in found):
            continue
        begin = max(
            lines[n].span.start, max((text.rfind(stop, 0, m.start()) + 2 for stop in (". ", "! ", "? ")), default=0)
        )
        stop = re.search(r"[.!?](?=\s|$)", text[m.end() : lines[n].span.end])
        end = m.end() + (stop.start() if stop else len(text[m.end() : lines[n].span.end]))
        parts = [Span(begin, m.start()), Span(m.end(), end)]
        out.append(Found((cue,), (Span(*m.span("source")),), tuple(p for p in parts if len(p)), 0.6, "per"))
    return out
