"""What both engines share behind the spans: class of the cue, speaker, type of the source, kind of quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mediabias.article import SENTENCE_ZONES, Article, Attribution, Span, paragraphs
from mediabias.attribution import sources, verbs
from mediabias.attribution.cue_entry import entry_in_context
from mediabias.attribution.engines import Found
from mediabias.attribution.quotes import quotations
from mediabias.attribution.types import attribution_type
from mediabias.attribution.who import Who, read_who


def described(article: Article, found: Sequence[Found], paragraphs: Sequence[Span] | None = None) -> list[Attribution]:
    """Add to the spans what both engines share: who speaks, what the cue does, kind of quotation, zone.

    Parameters
    ----------
    article : Article
    found : sequence of Found
        All attributions of the article, in the order of their cues: who speaks is read over all of them.
    paragraphs : sequence of Span, optional
        What was read; all zones that hold sentences where none are given.
    """
    spans = list(article.spans(SENTENCE_ZONES)) if paragraphs is None else paragraphs
    return [_described(article, f, w) for f, w in zip(found, read_who(article.text, spans, found), strict=True)]


def _described(article: Article, found: Found, who: Who) -> Attribution:
    text = article.text
    cue_text = " ".join(s.of(text) for s in found.cue)
    headline = article.zone_at(found.cue[0].start) == "headline"
    cue = entry_in_context(text, found, headline)
    content = " ".join(s.of(text) for s in found.content)
    if cue.lemma == "see" and _TAKEN_AS.match(content):
        cue = replace(cue, factivity="non-factive", stance="neutral", type="belief")
    return Attribution(
        cue=found.cue,
        source=found.source,
        content=found.content,
        speaker=who.speaker,
        source_type=who.source_type,
        source_form="|".join(sources.label_parts(" ".join(s.of(text) for s in found.source))),
        cue_lemma=cue.lemma,
        cue_class=who.cue_class,
        cue_factivity=cue.factivity,
        cue_stance=cue.stance,
        is_negated=who.is_negated,
        type=attribution_type(cue_text, content, cue),
        quotation=quotation_kind(text, found.content),
        zone=article.zone_at(found.cue[0].start),
        confidence=found.confidence,
        speaker_confidence=who.speaker_confidence,
        source_type_confidence=who.type_confidence,
        cue_class_confidence=who.cue_confidence,
    )


#: "it as a test": what is seen as something is believed to be it.
_TAKEN_AS = re.compile(
    r"(?!(?:which|that|who|what|how|why|if)\b)(?:[\w’'-]+ ){1,5}as (?:an?|the|one|his|her|its|their)\b"
)
#: Words that attribute nothing by themselves, however near they stand to what does.
_NO_CUES = frozenset(
    "also earlier now then still today yesterday tomorrow tonight later again meanwhile however just only even soon recently "
    "already once twice often always never and but so or yet too instead thus monday tuesday wednesday thursday friday "
    "saturday sunday reporters".split()
)
_NAME = re.compile(r"[A-Z][\w’'-]+$")


def is_cue(text: str, found: Found) -> bool:
    """Say whether a cue can be one: not an adverb of time alone, and not a bare name that the lexicon doesn't know.

    Examples
    --------
    >>> text = "Dole also said so."
    >>> [is_cue(text, Found((Span(s, e),), (), (), 1.0)) for s, e in ((5, 9), (10, 14), (0, 4))]
    [False, True, False]
    """
    cue = " ".join(s.of(text) for s in found.cue)
    words = re.findall(r"[^\W\d_]+", cue)
    if words and all(w.lower() in _NO_CUES for w in words):
        return False
    return not (
        len(words) == 1 and _NAME.match(words[0]) and not words[0].isupper() and verbs.lemma_of(words[0]) is None
    )


#: A city, an agency and a dash at a paragraph's start: "BRUSSELS (AP) - European leaders".
_DATELINE = re.compile(r"[A-Z][A-Z .,’'()/]{2,40}(?:, [\w. ]{2,30})?(?: \([\w. ]+\))?\s*[-–—]+\s+")
#: "the mayor, accused of fraud": of a passive the one before is not the one who speaks.
_PASSIVE = re.compile(
    r"(?:(?:is|was|are|were|been|being|be|stands?)\s+)?(?:accused|charged|blamed|criticized|criticised|condemned|urged|asked)(\s+(?:of|with|for|over))?$",
    re.I,
)


#: "At the harbour, Ana Dole": where and when stands before the one who speaks.
_LED = re.compile(
    r"(?:(?:At (?!least|most)|In|On|From|During|After|Before|Since|By|Earlier|Later|Meanwhile|However|Still|But|And|Yet|Then)"
    r"\b[^,\n]{0,60},\s+|(?:And|But|Yet|So) )(?=\S)"
)


def mended(text: str, found: Found) -> Found:
    """Return the attribution with nothing but the source in its source, and with a verb in its cue.

    A dateline goes, and where and when ("At the harbour, Ana Dole"), and of a passive the accused.

    Examples
    --------
    >>> text = "ELLAN - The mayor said so."
    >>> mended(text, Found((Span(18, 22),), (Span(0, 17),), (), 1.0)).source[0].of(text)
    'The mayor'
    """
    found = _with_verb(text, found)
    if not found.source:
        return found
    first, *rest = found.source
    if (m := _DATELINE.match(text, first.start)) and m.end() < first.end and text[: first.start][-1:] in ("", "\n"):
        found = replace(found, source=(Span(m.end(), first.end), *rest))
    first = found.source[0]
    if (m := _LED.match(text, first.start)) and m.end() < first.end:
        first = Span(m.end(), first.end)
        found = replace(found, source=(first, *rest))
    cue = found.cue[0]
    passive = _PASSIVE.fullmatch(cue.of(text))
    by = passive and (passive[1] or re.match(r"\s+(?:of|with|for|over)\b", text[cue.end : cue.end + 6]))
    if by and first.end <= cue.start:
        return replace(found, source=(), content=tuple(sorted((*found.source, *found.content))))
    return found


#: A cue that lost its verb to the content: "Police [have] [said they have no plans]".
_HELPING = re.compile(
    r"(?:ha(?:s|ve|d|ving)|will|would|did|does|do|may|might|can|could|should|must)(?: (?:not|also))?", re.I
)


def _with_verb(text: str, found: Found) -> Found:
    if len(found.cue) != 1 or not found.content or not _HELPING.fullmatch(found.cue[0].of(text)):
        return found
    cue, (first, *rest) = found.cue[0], sorted(found.content)
    verb = re.match(r"[^\W\d_]+(?:\s+that\b)?", first.of(text))
    if (
        not verb
        or first.start < cue.end
        or text[cue.end : first.start].strip()
        or verbs.lemma_of(verb[0].split()[0]) is None
    ):
        return found
    end = first.start + len(verb[0].split()[0])
    begin = end + len(text[end : first.end]) - len(text[end : first.end].lstrip())
    left = (Span(begin, first.end),) if begin < first.end else ()
    return replace(found, cue=(Span(cue.start, end),), content=(*left, *rest))


def quotation_kind(text: str, content: Sequence[Span]) -> str:
    """Say whether a content is a direct, mixed or indirect quotation.

    Direct: nothing but quotations; mixed: a quotation within reported speech, or a fragment of a few words that is no
    sentence of its own ("what he called the “root causes”"); indirect: no quotation at all.

    Examples
    --------
    >>> text = 'that it was “far too late” to act'
    >>> quotation_kind(text, [Span(0, len(text))])
    'mixed'
    """
    quoted = outside = 0
    for span in content:
        inner = span.of(text)
        marks = quotations(inner, list(paragraphs(inner))) if inner.strip() else []
        length = sum(q.end - q.start for q in marks)
        quoted += length
        outside += sum(1 for k, c in enumerate(inner) if c.isalnum() and not any(q.start <= k < q.end for q in marks))
    if not quoted:
        return "indirect"
    words = " ".join(span.of(text) for span in content).split()
    fragment = len(words) <= 3 and not re.search(r"[,.?!…—][”\"'’»]*$", words[-1])
    return "mixed" if outside or fragment else "direct"
