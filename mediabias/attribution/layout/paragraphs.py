"""Quotations without a verb of their own: over several paragraphs, and beside somebody who acts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mediabias.article import Article, Span
from mediabias.attribution import verbs
from mediabias.attribution.engines import Found
from mediabias.attribution.layout.lines import NAME, Line, line_at, without
from mediabias.attribution.quotes import Quotation
from mediabias.attribution.rules.sentence import SAYING


def continued(article: Article, marks: Sequence[Quotation], found: Sequence[Found]) -> list[Found]:
    """Give all paragraphs of a quotation to whom the last of them names, else to whom the first has."""
    out = list(found)
    chains: list[list[Quotation]] = []
    for q in marks:
        if q.continues is not None and chains and chains[-1][-1] is marks[q.continues]:
            chains[-1].append(q)
        elif not q.closed:
            chains.append([q])
    for chain in chains:
        if len(chain) < 2 or any(f.cue[0].start >= q.start and f.cue[0].end <= q.end for f in out for q in chain):
            continue  # a verb within: what is quoted has speakers of its own
        first, last = chain[0], chain[-1]
        ends = article.text.find("\n", last.end)
        paragraph = Span(last.start, ends if ends >= 0 else len(article.text))
        owner = next(
            (f for f in out if f.source and paragraph.start <= f.cue[0].start < paragraph.end and _has(f, last.span)),
            None,
        )
        owner = (
            owner
            or next((f for f in out if _has(f, first.span)), None)
            or next((f for f in out if any(_has(f, q.span) for q in chain)), None)
        )
        if owner is None:
            continue
        spans = [q.span for q in chain]
        others = []
        for f in out:
            if f is not owner:
                for span in spans:
                    f = without(f, span)
            else:
                kept = [c for c in f.content if not any(c.overlaps(s) for s in spans)]
                f = replace(f, content=tuple(sorted([*kept, *spans])))
            others.append(f)
        out = others
    return out


def _has(found: Found, span: Span) -> bool:
    shared = sum(max(0, min(c.end, span.end) - max(c.start, span.start)) for c in found.content)
    return shared > 0.5 * len(span)


#: Who acts in a sentence: a name, a role, a pronoun, behind where and when.
_ACTOR = re.compile(
    rf"(?:(?:[A-Z][\w’'-]*(?: [\w’'-]+){{0,5}}, )?)(?P<who>(?:[Tt]he (?:[a-z-]+ ){{0,3}}(?:{NAME})|[Tt]he [a-z-]+(?: [a-z-]+)?|{NAME}|He|She))"
    r"(?:, [^,.]{2,80},)? (?:also |then |only |just |slowly |quietly )?(?P<verb>[a-z]{2,}(?:ed|t|k|d|s|e|w|g)?)\b"
)
_TAGGED = re.compile(
    rf"\s+(?P<who>[Tt]he (?:[a-z-]+ ){{0,2}}(?:{NAME}|[a-z-]+)|{NAME}|[Hh]e|[Ss]he)(?:, [^,.“”\"]{{2,80}},)? "
    r"(?P<verb>[a-z]{3,}(?:ed|d|t|s|e)(?: (?:in|back|out|on|up|away|along))?)(?=[.,;]|\s+(?:on|in|at|from|after|before|with|to|as|when|while)\b)"
)
_INVERTED = re.compile(
    rf"\s+(?P<verb>[a-z]{{3,}}(?:ed|d|t|s|e)(?: (?:in|back|out|on|up|away|along))?) (?P<who>[Tt]he (?:[a-z-]+ ){{0,2}}(?:{NAME}|[a-z-]+)|{NAME})(?=[.,;]|\s+[a-z])"
)
_SENTENCE = re.compile(r"[^\s].*?[.!?…](?=\s|$)", re.S)


def acting(article: Article, lines: Sequence[Line], marks: Sequence[Quotation], found: Sequence[Found]) -> list[Found]:
    """Give a quotation without a verb of speech to whom its own paragraph shows: "Dole was furious. “No.”"."""
    text, out = article.text, list(found)
    for q in marks:
        if q.single or not (_is_sentence(q.span.of(text)) or _ends_with_comma(q.span.of(text))):
            continue
        n = line_at(lines, q.start)
        if n < 0 or lines[n].zone == "headline":
            continue
        line = lines[n].span
        owners = [f for f in out if any(c.overlaps(q.span) for c in f.content)]
        if any(line.start <= f.cue[0].start < line.end and _reports(text, f, q) for f in owners):
            continue
        if any(f.pattern in ("turn", "answer", "block", "signature") for f in owners) or q.continues is not None:
            continue
        beat = _tag(text, line, q) if not owners else None
        beat = beat or _beat(text, line, q, out)
        if beat is None:
            continue
        source, cue = beat
        mine = [f for f in out if f.cue == (cue,)]
        out = [
            f
            for f in out
            if not (
                f.cue == (cue,)
                or (f in owners and not _reports(text, f, q) and line.start <= f.cue[0].start < line.end)
            )
        ]
        out = [without(f, q.span) for f in out]
        kept = [
            c
            for f in mine
            for c in f.content
            if not c.overlaps(q.span) and line.start <= c.start < line.end and text[c.start] in '“"«'
        ]
        out.append(Found((cue,), (source,), tuple(sorted([*kept, q.span])), 0.6, "beat"))
    return out


def _is_sentence(quoted: str) -> bool:
    inner = quoted.strip("“”\"«»„'` ")
    return len(inner.split()) >= 2 and inner[:1].isupper() and inner[-1:] in ".!?…"


def _reports(text: str, found: Found, q: Quotation | None = None) -> bool:
    """Say whether a cue is a verb of speech or thought: "said", not "smiled"; behind a full stop only one of plain speech."""
    cue = " ".join(s.of(text) for s in found.cue)
    words = [w.lower() for w in re.findall(r"[^\W\d_]+", cue)]
    if (
        q is not None
        and found.cue[0].start > q.end
        and re.search(r"\.\W$", q.span.of(text))
        and text[q.end :].lstrip()[:1].isupper()
    ):
        return any(w in SAYING for w in words)
    return any(verbs.lemma_of(w) is not None for w in words) or not words


def _ends_with_comma(quoted: str) -> bool:
    inner = quoted.strip("“”\"«»„'` ")
    return len(inner.split()) >= 2 and inner[-1:] == ","


def _tag(text: str, line: Span, q: Quotation) -> tuple[Span, Span] | None:
    """Read who and how behind a quotation that a comma or a question mark ends: "...," Dole chimed in."""
    if not re.search(r"[,?!]\W?$", q.span.of(text)):
        return None
    m = _TAGGED.match(text, q.end, line.end) or _INVERTED.match(text, q.end, line.end)
    return (Span(*m.span("who")), Span(*m.span("verb"))) if m else None


def _beat(text: str, line: Span, q: Quotation, found: Sequence[Found]) -> tuple[Span, Span] | None:
    """Return who acts and the verb of the sentence right before a quotation, or right behind one that opens its paragraph."""
    if _ends_with_comma(q.span.of(text)):
        return None
    before = text[line.start : q.start].rstrip()
    sentences = [(line.start + m.start(), line.start + m.end()) for m in _SENTENCE.finditer(before)]
    after = re.match(r"\s+([A-Z][^“\"«]*?[.!?])(?=\s|$)", text[q.end : line.end])
    place = sentences[-1] if sentences and before[-1:] in ".!?…" else None
    if place is None and not before and after:
        place = (q.end + after.start(1), q.end + after.end(1))
    if place is None:
        return None
    m = _ACTOR.match(text, *place)
    if m is None or any(place[0] <= f.cue[0].start < place[1] and _reports(text, f) for f in found):
        return None
    if m["who"].split()[0] in {"It", "This", "That", "There"} or m["verb"] in {
        "will",
        "would",
        "can",
        "could",
        "may",
        "should",
        "must",
    }:
        return None
    return Span(*m.span("who")), Span(*m.span("verb"))
