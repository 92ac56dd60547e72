"""What a ranker of antecedents sees: a row of numbers for each pair of a source and a candidate."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mediabias.attribution.people import TITLES, fold
from mediabias.attribution.who.names import ends_body, is_place
from mediabias.attribution.who.parties import FORMS, Parties, Party, Source
from mediabias.attribution.who.phrases import KINDS, content_words, kinds_of, own_label
from mediabias.outlets import shipped

FEATURES = (
    *(f"form_{f}" for f in FORMS),
    *(f"head_{k}" for k in KINDS), *(f"kind_{k}" for k in KINDS),
    "role_own", "role_none", "role_described", "role_joint",
    "is_person", "is_many", "is_place", "is_body", "is_outlet", "single_word", "label_words", "label_owner",
    "source_many", "source_words", "source_owner", "source_quoted", "head_unknown", "title_known", "cue_before", "quote_only", "new_paragraph",
    "gender_same", "gender_other", "gender_known", "number_conflict", "class_conflict", "class_agrees",
    "in_source", "in_source_first", "in_source_last", "in_source_behind", "in_source_owner",
    "words_shared", "words_all", "head_shared", "surname", "exact", "is_title_noun", "about_head", "about_shared", "kinds_shared",
    "distance", "sentences", "paragraphs", "recency", "same_sentence", "adjacent", "subject", "behind_preposition", "owner", "place_quoted",
    "sentence_initial", "between", "cataphora", "n_before", "n_all", "first_place", "in_headline", "people_before",
    "spoke_ever", "spoke_last", "spoke_last_but_one", "spoke_distance", "spoke_same_paragraph", "encloses", "in_content", "speaks_next",
)  # fmt: skip
_AT = {name: n for n, name in enumerate(FEATURES)}
_PREPOSITION = re.compile(
    r"\b(?:of|in|on|at|to|for|from|by|with|about|against|like|than|over|under|between|behind|near)\s+(?:the\s+|a\s+)?"
    r"(?:[A-Z][\w.]*\s+)?$"
)
_BEHIND = re.compile(
    r"\b(?:of|for|at|from|with|in|to|by|against|behind|near|about|including|representing|supporting|backing)\b", re.I
)
_OWNER = re.compile(r"(?:his|her|its|their)\b", re.I)
_BODIES = frozenset(("institution_state", "company", "civil_society", "media"))
_PRONOUNS = frozenset(FORMS[:8])
Row = dict[str, float]


@dataclass(frozen=True)
class Before:
    """What is known when a source is read: who has spoken where, who says what encloses it, who speaks next."""

    spoke: Sequence[tuple[int, str]]
    enclosing: str
    following: str


@lru_cache(maxsize=4096)
def is_outlet(name: str) -> bool:
    """Say whether a name is one of the table of outlets."""
    return shipped().find(name) is not None


def rows_of(
    parties: Parties, number: int, source: Source, candidates: Sequence[Party], before: Before
) -> NDArray[np.float32]:
    """Return the features [candidates, features] of a source and its candidates."""
    shared = _source_row(parties, number, source)
    last = [last_place(c, source.start) for c in candidates]
    order = sorted({at for at in last if at >= 0}, reverse=True)
    out = np.zeros((len(candidates), len(FEATURES)), np.float32)
    people = 0
    for row, c, at in zip(out, candidates, last, strict=True):
        values = (
            shared | _candidate_row(c) | _agreement(source, c) | _words_row(source, c) | _inside(parties, source, c)
        )
        values |= _place_row(parties, source, c, at, order)
        values |= _spoken_row(parties, number, source, c, before)
        people += bool(values["is_person"]) and values["sentences"] < 4
        for name, value in values.items():
            row[_AT[name]] = value
    out[:, _AT["people_before"]] = min(people, 10)
    return out


def last_place(c: Party, before: int) -> int:
    """Return where a candidate was mentioned last before a character, or -1."""
    n = bisect_left(c.places, (before, -1))
    return c.places[n - 1][0] if n else -1


def _source_row(parties: Parties, number: int, source: Source) -> Row:
    found = parties.found[number]
    kinds = _head_kinds(source)
    n = parties.paragraph(source.start)
    begin = parties.paragraphs[n - 1].start if n else 0
    return {
        f"form_{source.form}": 1.0,
        **{f"head_{k}": 1.0 for k in kinds},
        "head_unknown": not kinds,
        "source_many": source.is_many,
        "source_words": min(len(source.text.split()), 12),
        "source_owner": _OWNER.match(source.text) is not None,
        "source_quoted": parties.is_quoted(source.start),
        "title_known": source.head in TITLES,
        "cue_before": found.cue[0].start < source.start,
        "quote_only": bool(found.content) and parties.is_quoted(found.content[0].start + 1),
        "new_paragraph": source.start - begin < 3,
    }


def _head_kinds(source: Source) -> tuple[str, ...]:
    return kinds_of(source.head) if source.form not in _PRONOUNS else ()


def _candidate_row(c: Party) -> Row:
    e = c.entity
    return {
        **({f"role_{c.role}": 1.0} if c.role != "named" else {}),
        **{f"kind_{k}": 1.0 for k in c.kinds},
        "is_person": e is not None and e.is_person,
        "is_many": c.is_many,
        "is_place": e is not None and is_place(e.name),
        "is_body": e is not None and ends_body(e.name),
        "is_outlet": e is not None and is_outlet(e.name),
        "single_word": " " not in c.label,
        "label_words": min(len(c.label.split()), 12),
        "label_owner": _OWNER.match(c.label) is not None,
        "n_all": math.log1p(len(c.places)),
    }


def _agreement(source: Source, c: Party) -> Row:
    """Return whether gender, number and class (person, body, document) of source and candidate agree."""
    gender = {"he": "m", "she": "f"}.get(source.form, "") or next(
        ("m" if t == "mr" else "f" for m in source.names for t in map(fold, m.titles.split()) if t in _HONORIFICS), ""
    )
    both = bool(gender and c.gender)
    wanted = _class_of(source)
    row: Row = {
        "gender_same": both and c.gender == gender,
        "gender_other": both and c.gender != gender,
        "gender_known": bool(c.gender),
        "number_conflict": (source.is_many or source.form == "they") and not c.is_many and c.entity is not None,
    }
    if c.role == "named" and wanted and c.entity is not None:
        name = c.entity.name
        is_body = ends_body(name) or is_outlet(name) or is_place(name)
        its = "person" if c.entity.is_person else "body" if is_body else ""
        row |= {"class_conflict": bool(its) and its != wanted, "class_agrees": its == wanted}
    return row


_HONORIFICS = frozenset(("mr", "mrs", "ms", "miss"))


def _class_of(source: Source) -> str:
    kinds = set(_head_kinds(source))
    if kinds:
        return "body" if kinds <= _BODIES else "document" if kinds <= {"document"} else "person"
    return "person" if source.form in ("he", "she") else "body" if source.form == "it" else ""


def _words_row(source: Source, c: Party) -> Row:
    """Return what the words of the source and of the candidate share, and those beside the candidate's name."""
    words, e = content_words(source.text), c.entity
    row: Row = {"exact": bool(source.text) and c.label.lower() == own_label(source.text).lower()}
    if words and c.words:
        common = len(words & c.words)
        row |= {"words_shared": common / len(words), "words_all": common / len(c.words)}
    if words and e is not None:
        row["surname"] = fold(e.name.split()[-1]) in words
    if source.head:
        row["head_shared"] = source.head in c.words
        row["is_title_noun"] = e is not None and source.head in e.titles
        row["about_head"] = source.head in c.about_words
    row["about_shared"] = len(words & c.about_words) / max(1, len(words))
    row["kinds_shared"] = bool(set(_head_kinds(source)) & c.kinds)
    return row


def _inside(parties: Parties, source: Source, c: Party) -> Row:
    """Return where a candidate stands within the source: first, last, behind "of", as an owner."""
    places = [(a, b) for a, b in c.places if source.start <= a and b <= source.end] if c.role == "named" else []
    if not places:
        return {}
    a, b = places[0]
    text = parties.text
    goes_on = b < source.end and re.match(r" (?!(?:who|and|of|said|on|in|at|from)\b)[a-z]", text[b : b + 6]) is not None
    return {
        "in_source": 1.0,
        "in_source_first": bool(source.names) and source.names[0].start == a,
        "in_source_last": bool(source.names) and source.names[-1].start == a,
        "in_source_behind": _BEHIND.search(text[source.start : a].split(",")[-1]) is not None,
        "in_source_owner": _is_owner(text, b) or goes_on,
    }


def _is_owner(text: str, end: int) -> bool:
    return text[end : end + 2] in {"'s", "’s", "' ", "’ "}


def _place_row(parties: Parties, source: Source, c: Party, at: int, order: Sequence[int]) -> Row:
    """Return how near a candidate was mentioned last, and how it stood there."""
    after = min((a - source.end for a, _ in c.places if a >= source.end), default=9999)
    row: Row = {
        "cataphora": at < 0 and after < 200,
        "n_before": math.log1p(bisect_left(c.places, (source.start, -1))),
        "first_place": c.places[0][0] / max(1, len(parties.text)) if c.places else 1.0,
        "in_headline": bool(c.places) and parties.paragraph(c.places[0][0]) <= 1,
    }
    if at < 0:
        return row | {"distance": 9.0, "sentences": 21.0, "paragraphs": 11.0, "recency": 16.0}
    here, there = parties.sentence(source.start), parties.sentence(at)
    end = max(b for a, b in c.places if a == at)
    between = bisect_left(parties.places, source.start) - bisect_left(parties.places, at + 1)
    return row | {
        "distance": math.log1p(source.start - at),
        "sentences": min(here - there, 20),
        "paragraphs": min(parties.paragraph(source.start) - parties.paragraph(at), 10),
        "recency": min(order.index(at), 15),
        "same_sentence": here == there,
        "adjacent": 0 <= source.start - end <= 3,
        "subject": at - parties.sentence_starts[max(0, there - 1)] < 25,
        "behind_preposition": _PREPOSITION.search(parties.text[max(0, at - 40) : at]) is not None,
        "owner": _is_owner(parties.text, end),
        "place_quoted": parties.is_quoted(at),
        "sentence_initial": parties.sentence_starts[max(0, there - 1)] == at,
        "between": min(between, 20),
    }


def _spoken_row(parties: Parties, number: int, source: Source, c: Party, before: Before) -> Row:
    """Return whether a candidate has just spoken, speaks of this, or is spoken of in it."""
    row: Row = {
        "encloses": bool(before.enclosing) and before.enclosing == c.label,
        "in_content": any(s.start <= a < s.end for s in parties.found[number].content for a, _ in c.places),
        "speaks_next": bool(before.following) and before.following == c.label,
    }
    own = [at for at, who in before.spoke if who == c.label]
    if not own:
        return row | {"spoke_distance": 9.0}
    n = parties.paragraph(source.start)
    return row | {
        "spoke_ever": 1.0,
        "spoke_last": before.spoke[-1][1] == c.label,
        "spoke_last_but_one": len(before.spoke) > 1 and before.spoke[-2][1] == c.label,
        "spoke_distance": math.log1p(max(0, source.start - own[-1])),
        "spoke_same_paragraph": own[-1] >= (parties.paragraphs[n - 1].start if n else 0),
    }
