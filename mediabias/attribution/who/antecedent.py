"""Which parties a source may stand for: the candidates of each source of an article, in the order of the cues.

A trained ranker chooses among them (`mediabias.attribution.who.model`): mention ranking as in Lee, He, Lewis and Zettlemoyer
(2017), on features that a reader can be told (`mediabias.attribution.who.pairs`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mediabias.attribution.people import fold, is_many
from mediabias.attribution.who.names import ends_body, is_place
from mediabias.attribution.who.pairs import Before, is_outlet, rows_of
from mediabias.attribution.who.parties import PRONOUNS, Parties, Party, Source, apposed_name
from mediabias.attribution.who.phrases import STOP, content_words, own_label

#: How far back a candidate may have been mentioned last, and a description of a party, in characters.
REACH, DESCRIBED, IN_FRONT_OF_WHO = 2500, 900, 250
_FORMS_OF_PRONOUNS = frozenset(PRONOUNS.values())
_BEFORE_WHO = re.compile(r"((?:[\w’'.&-]+ ){0,6}[\w’'-]+),?\s*$")


@dataclass(frozen=True)
class Choice:
    """The candidates of one source and their features [candidates, features]."""

    candidates: list[Party]
    rows: NDArray[np.float32]


class Antecedents:
    """The candidates of each source of an article.

    `note` says whom a source was found to stand for; later sources look back at it.
    """

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.spoke: list[tuple[int, str]] = []
        self._cited: dict[str, Party] = {}
        self._described = sorted((at, n) for n, d in enumerate(parties.described) for at, _ in d.places)
        self._direct = [self._named_speaker(s) for s in parties.sources]

    def note(self, number: int, label: str) -> None:
        """Remember whom source `number` stands for."""
        source = self.parties.sources[number]
        if not label:
            return
        self.spoke.append((source.start, label))
        if all(p.label != label for p in self.parties.parties):
            is_plural = source.is_many or source.form == "they"
            party = self._cited.setdefault(
                label.lower(), Party(label, [], None, is_plural, "described", content_words(label))
            )
            party.places.append((source.start, source.end))

    def candidates(self, number: int, source: Source | None = None) -> Choice:
        """Return the candidates of source `number`, or of a part of it, with their features."""
        source = source or self.parties.sources[number]
        if name := apposed_name(source.text, source.names):
            found = [self.parties.party_of(name)]
            return Choice(found, rows_of(self.parties, number, source, found, Before(self.spoke, "", "")))
        found = list(self._within(source))
        if found and found[0].role == "joint" and self._is_list(source):
            found = found[:1]
            before = Before(self.spoke, "", "")
            return Choice(found, rows_of(self.parties, number, source, found, before))
        labels = {p.label.lower() for p in found}
        known = {id(p) for p in found}
        found += (p for p in self.parties.parties if id(p) not in known and self._is_near(p, source))
        labels |= {p.label.lower() for p in found}
        for party in (
            *self._cited.values(),
            *self._descriptions(source),
            *self._fuller(source),
            *self._in_front_of_who(source),
        ):
            related = source.form != "named" or content_words(source.text) & party.words
            if related and party.label.lower() not in labels:
                found.append(party)
                labels.add(party.label.lower())
        found = [c for c in found if _may_stand(source, c)] or found
        before = Before(self.spoke, self._enclosing(number), self._following(number))
        return Choice(found, rows_of(self.parties, number, source, found, before))

    def _within(self, source: Source) -> Iterator[Party]:
        """Yield the parties that a source names, several as one, and the source by its own words or as nobody."""
        inside = list(_unique(self.parties.party_of(m) for m in source.names))
        place = [(source.start, source.end)]
        if len(inside) >= 2 and re.search(r"\band\b|&", source.text):
            yield Party(" and ".join(p.label for p in inside[:4]), place, None, True, "joint")
        yield from inside
        bare = re.sub(r"[’']s$", "", source.text).strip(" ,")
        is_name = any(bare in (m.name, f"{m.titles} {m.name}") for m in source.names)
        if source.text and source.form not in _FORMS_OF_PRONOUNS and not (is_name and source.form == "named"):
            words = content_words(source.text)
            yield Party(own_label(source.text), place, None, source.is_many, "own", words)
        elif source.form in ("i", "we", "you", "they", "it", "who", "none"):
            yield Party(source.text, [], None, False, "none")

    def _is_list(self, source: Source) -> bool:
        """Say whether a source is nothing but names: "Ana Orr, Ben Dole and Mayor Vale"."""
        text, rest, at = self.parties.text, "", source.start
        for m in source.names:
            rest += text[at : m.start].replace(m.titles, "")
            at = m.end
        return re.fullmatch(r"(?:[\s,&]|\b(?:and|both|the)\b)*", rest + text[at : source.end], re.I) is not None

    def _is_near(self, party: Party, source: Source) -> bool:
        """Say whether a named party may be meant: by its words, and if no other is named, where it was mentioned last."""
        words, entity = content_words(source.text), party.entity
        shares = bool(words & party.words) or (entity is not None and bool(words & entity.titles))
        shares = shares or (source.form != "named" and bool(words & party.about_words))
        if shares or source.form == "named":
            return shares
        n = bisect_left(party.places, (source.start, -1))
        near = n > 0 and source.start - party.places[n - 1][0] < REACH
        soon = any(0 <= a - source.end < 250 for a, _ in party.places)
        return near or soon or (entity is not None and entity.is_person)

    def _descriptions(self, source: Source) -> Iterator[Party]:
        """Yield the descriptions of parties in front of a source."""
        words = content_words(source.text)
        reach = IN_FRONT_OF_WHO if source.form == "who" else DESCRIBED
        for at, n in self._described[bisect_left(self._described, (source.start - reach, -1)) :]:
            if at >= source.start:
                break
            party = self.parties.described[n]
            if source.form not in ("named", "plain") or words & party.words:
                yield party

    def _fuller(self, source: Source) -> Iterator[Party]:
        """Yield fuller descriptions of what a source is headed by, wherever they stand: for "the poll" "the Ellan Post poll"."""
        if source.form in ("definite", "plain") and source.head:
            own = len(source.text.split())
            for party in self.parties.described:
                if source.head in party.words and len(party.label.split()) >= own:
                    yield party

    def _in_front_of_who(self, source: Source) -> Iterator[Party]:
        """Yield the words right in front of "who": "many delegates, who"."""
        text = self.parties.text
        before = _BEFORE_WHO.search(text, max(0, source.start - 90), source.start) if source.form == "who" else None
        if before is None:
            return
        words = before[1].split()
        cut = max((n + 1 for n, w in enumerate(words) if fold(w) in STOP or w[-1] in ",;:"), default=0)
        if label := own_label(" ".join(words[cut:])):
            place = [(before.end(1) - len(label), before.end(1))]
            yield Party(label, place, None, label[:1].isalnum() and is_many(label), "described", content_words(label))

    def _enclosing(self, number: int) -> str:
        """Return who says what this attribution is part of, if anybody: "Dole said she wanted"."""
        cue = self.parties.found[number].cue[0]
        around = [
            (sum(map(len, f.content)), n)
            for n, f in enumerate(self.parties.found)
            if n != number and any(s.start <= cue.start and cue.end <= s.end for s in f.content)
        ]
        if not around:
            return ""
        _, nearest = min(around)
        start, direct = self.parties.sources[nearest].start, self._direct[nearest]
        known = [who for at, who in self.spoke if at == start]
        return known[-1] if known else direct.label if direct is not None else ""

    def _following(self, number: int) -> str:
        """Return who speaks next by name, or an empty string."""
        return next((p.label for p in self._direct[number + 1 : number + 3] if p is not None), "")

    def _named_speaker(self, source: Source) -> Party | None:
        one = source.form == "named" and len(source.names) == 1
        return self.parties.party_of(source.names[0]) if one else None


def _may_stand(source: Source, c: Party) -> bool:
    """Say whether a candidate agrees with a pronoun: no man is "she", no person "it", no single person "they"."""
    if source.form not in ("he", "she", "they", "it") or c.role == "none":
        return True
    e = c.entity
    if source.form in ("he", "she"):
        unlike = "f" if source.form == "he" else "m"
        is_body = e is not None and not e.is_person and (ends_body(e.name) or is_outlet(e.name) or is_place(e.name))
        return not (c.gender == unlike or c.is_many or is_body or (e is None and c.kinds == {"document"}))
    if source.form == "they":
        return not (e is not None and e.is_person)
    return not (c.is_many or (e is not None and e.is_person))


def _unique(parties: Iterable[Party]) -> Iterator[Party]:
    seen: set[int] = set()
    for party in parties:
        if id(party) not in seen:
            seen.add(id(party))
            yield party
