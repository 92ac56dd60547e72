"""What both engines share behind the spans: class of the cue, speaker, type of the source, kind of quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mediabias.article import Article, Attribution, Span, paragraphs
from mediabias.attribution import sources, verbs
from mediabias.attribution.engines import Found
from mediabias.attribution.quotes import quotations
from mediabias.attribution.speakers import Speakers
from mediabias.attribution.types import attribution_type


def described(article: Article, found: Found, speakers: Speakers) -> Attribution:
    """Add to the spans what both engines share: class of the cue, speaker, type of the source, kind of quotation."""
    text = article.text
    cue_text = " ".join(s.of(text) for s in found.cue)
    headline = article.zone_at(found.cue[0].start) == "headline"
    if _is_noun(text, found, headline):
        cue = verbs.classify(cue_text, noun=True)
    else:
        cue = verbs.classify(cue_text.lower() if _follows_its_source(text, found, headline) else cue_text)
    content = " ".join(s.of(text) for s in found.content)
    if cue.lemma == "see" and _TAKEN_AS.match(content):
        cue = replace(cue, cue_class="mental", factivity="non-factive", stance="neutral", type="belief")
    source = " ".join(s.of(text) for s in found.source)
    speaker = speakers.resolve(found.source[0]) if found.source else ""
    return Attribution(
        cue=found.cue,
        source=found.source,
        content=found.content,
        speaker=speaker,
        source_type=_source_type(
            speakers.spelled_out(source), speakers.spelled_out(speaker), speakers.descriptions(speaker)
        ),
        source_form="|".join(sources.label_parts(source)),
        cue_lemma=cue.lemma,
        cue_class=cue.cue_class,
        cue_factivity=cue.factivity,
        cue_stance=cue.stance,
        type=attribution_type(cue_text, content, cue),
        quotation=quotation_kind(text, found.content),
        zone=article.zone_at(found.cue[0].start),
        confidence=found.confidence,
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


#: What stands before a noun, and never before a finite verb; with an adjective between, it may be "the minister says".
_DETERMINED = (
    r"(?:\b(?:the|an?|this|that|these|those|his|her|its|their|our|my|your|any|no|some|such|of|in|after|by|for|with|from)"
    r"|[’']s)\s+"
)
_BEFORE_NOUN = re.compile(rf"{_DETERMINED}$", re.I)
_BEFORE_MODIFIED = re.compile(rf"{_DETERMINED}[a-z]+(?:al|ive|ic|ous|ful|ent|ant|ed|ry|ew|ng|er|st)\s+$", re.I)
#: A source that owns the noun behind it: "his claim", "the mayor’s claim".
_OWNER = re.compile(r"(?:^(?:his|her|its|their|our|my|your|whose)|[’']s?)$", re.I)


def _follows_its_source(text: str, found: Found, headline: bool) -> bool:
    """Say whether a verb stands right behind its source: "Mayor Calls Vote a Farce", "Bridge Is Safe, Officials Say".

    It has to be inflected; in a headline it need not be where it can't be a noun.
    """
    cue = found.cue[0]
    word = cue.of(text)
    before = [s for s in found.source if s.end <= cue.start and not text[s.end : cue.start].strip()]
    lemma = verbs.lemma_of(word)
    verb = lemma is not None and (lemma != word.lower() or (headline and not verbs.is_noun(word)))
    return verb and bool(before) and not _OWNER.search(before[-1].of(text))


def _is_noun(text: str, found: Found, headline: bool) -> bool:
    """Say whether a cue of one word is a noun where it stands: "the attacks", "his claim"."""
    cue = found.cue[0]
    word = cue.of(text)
    if len(word.split()) != 1 or verbs.is_past_or_gerund(word) or _follows_its_source(text, found, headline):
        return False  # "the president said", "the minister claims"
    modified = verbs.is_noun(word) and _BEFORE_MODIFIED.search(text, max(0, cue.start - 40), cue.start)
    return bool(modified or _BEFORE_NOUN.search(text, max(0, cue.start - 40), cue.start))


def _source_type(source: str, speaker: str, descriptions: Sequence[str]) -> str:
    """Type a source by its own words; a pronoun or a bare name by the first telling description of its person."""
    # What a public figure is, is known before an article describes them: "the New York businessman" of a candidate.
    if sources.is_public_figure(speaker):
        return "named official"
    # "Captain Lunde" is whom the article introduced as a master mariner who advises insurers.
    described = [d for d in descriptions if len(d) > len(source)] if speaker not in source else []
    labels = [*described, source, *descriptions, speaker]
    kinds = (sources.source_type(label) for label in labels)
    return next((k for k in kinds if k != "unknown"), "unknown")


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
