"""Headlines: "Claim – source", "Claim: report", "Source: claim", and colons that name a place or a subject."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mediabias.article import Article, Span
from mediabias.attribution.engines import Found
from mediabias.attribution.layout.lines import NAME, Line

#: Who or what may stand behind a claim, without an article.
_NOUNS = (
    r"(?i:(?:[a-z]+ ){0,2}(?:reports?|study|studies|poll|survey|police|officials?|ministers?|ministry|sources?|experts?|lawyers?|union|unions|court|prosecutors?|"
    r"documents?|files|watchdog|charity|mayor|president|pm|premier|chief|analysts?|researchers?|scientists?|inquiry|review|"
    r"regulator|government|army|military|media|witness(?:es)?|family|doctors?|data|memo|audit|inspectors?|spokes(?:man|woman|person)|un|nato))"
)
_BEHIND = re.compile(rf"(?P<claim>\S.{{8,}}?)\s*(?P<cue>\s[–—-]{{1,2}}\s|:\s)\s*(?P<source>{_NOUNS}|(?:the )?{NAME})$")
_LABELS = re.compile(
    r"(?:live|video|watch|listen|opinion|analysis|explainer|exclusive|breaking|update[sd]?|review|editorial|comment|interview|profile|"
    r"factbox|timeline|in pictures|pictures|photos|podcast|newsletter|letters?|obituary|quiz|recipe|long read|special report|as it happened)\b",
    re.I,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|will|has|have|had|can|not|no|must|should|could|may|to|held|hit|cut|shot|lost|won|dead|hurt|killed|[a-z]{3,}(?:ed|s))\b|[‘’“”\"']"
)


def of_headlines(article: Article, lines: Sequence[Line], found: Sequence[Found]) -> list[Found]:
    """Return the attributions with those that a headline's form makes, and without colons that attribute nothing."""
    text, out = article.text, list(found)
    for line in lines:
        if line.zone != "headline":
            continue
        here = [f for f in out if line.span.start <= f.cue[0].start < line.span.end]
        others = [f for f in out if f not in here]
        made = None if any(re.search(r"\w", f.cue[0].of(text)) for f in here) else _claimed(article, line.span, others)
        if made is not None:
            out = [*others, made]
        else:
            out = [*others, *(f for f in here if not _is_kicker(article, f, line.span, others))]
    return out


def _claimed(article: Article, span: Span, others: Sequence[Found]) -> Found | None:
    """Read "Bridge 'not safe' – Dole" and "Port lost millions: report"."""
    m = _BEHIND.fullmatch(span.of(article.text).strip())
    if m is None or _LABELS.match(m["source"]) or not _VERB.search(m["claim"]):
        return None
    body = article.zone_text("body", "standfirst")
    is_noun = re.fullmatch(_NOUNS, m["source"], re.I) is not None
    named = m["source"].removeprefix("the ").split()[-1]
    if not is_noun and not re.search(rf"\b{re.escape(named)}\b", body):
        return None
    if not is_noun and ":" in m["cue"] and not re.match(r"[‘“\"']", m["claim"]):
        return None  # "Rain: Ellan" names a place
    at = span.start + len(span.of(article.text)) - len(span.of(article.text).lstrip())
    cue = trimmed_cue(article.text, Span(at + m.start("cue"), at + m.end("cue")))
    source = Span(at + m.start("source"), at + m.end("source"))
    return Found((cue,), (source,), (Span(at + m.start("claim"), at + m.end("claim")),), 0.7, "headline")


def trimmed_cue(text: str, span: Span) -> Span:
    """Return a mark without the spaces around it."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _is_kicker(article: Article, found: Found, line: Span, others: Sequence[Found]) -> bool:
    """Say whether a colon stands behind a place or a subject: nobody of that name says anything in the article."""
    text = article.text
    if found.cue[0].of(text).strip() != ":" or not found.source or found.source[0].end > found.cue[0].start:
        return False
    source = found.source[0].of(text)
    if _LABELS.match(source):
        return True
    if re.match(r"\s*[‘“\"'«]", text[found.cue[0].end : line.end]):
        return False
    last = source.split()[-1].casefold()
    return not any(last in _head(" ".join(s.of(text) for s in f.source)) for f in others)


def _head(source: str) -> list[str]:
    """Return the words of a source that name it, not what it belongs to: of "the council of Ellan" the council."""
    return re.findall(r"[\w’'-]+", re.split(r"(?i)\b(?:of|in|at|for|from)\b", source)[0].casefold())
