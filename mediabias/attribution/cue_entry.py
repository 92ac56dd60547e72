"""The lexicon's entry of a cue where it stands: as a noun ("his claim"), or as a verb right behind its source."""

from __future__ import annotations

import re

from mediabias.attribution import verbs
from mediabias.attribution.engines import Found
from mediabias.attribution.verbs import CueClass


def entry_in_context(text: str, found: Found, headline: bool = False) -> CueClass:
    """Return the entry of a cue; in a headline a verb need not be inflected where it can't be a noun.

    Examples
    --------
    >>> from mediabias.article import Span
    >>> text = "Mayor Dole Vows to Stay"
    >>> entry_in_context(text, Found((Span(11, 15),), (Span(0, 10),), (), 1.0)).cue_class
    'promising'
    """
    cue = " ".join(s.of(text) for s in found.cue)
    if _is_noun(text, found, headline):
        return verbs.classify(cue, noun=True)
    return verbs.classify(cue.lower() if _follows_its_source(text, found, headline) else cue)


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
