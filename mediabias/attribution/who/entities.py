"""The parties that an article names: mentions of one party are an entity, under the fullest of its names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mediabias.article import Span
from mediabias.attribution.people import HONORIFICS, TITLES, fold
from mediabias.attribution.who.names import (
    BODY_ENDS,
    COMMON,
    HEADS,
    Named,
    ends_body,
    find_names,
    given_names,
    places,
    state_of,
    surname_of,
)
from mediabias.outlets import shipped


@dataclass
class Entity:
    """A party that the article names: its fullest name, its mentions in the order of the text, what is known of it."""

    name: str
    mentions: list[Named] = field(default_factory=list)
    is_person: bool = False
    gender: str = ""
    aliases: set[str] = field(default_factory=set)

    @property
    def titles(self) -> set[str]:
        """The words of the titles that stand before its name."""
        return {fold(w) for m in self.mentions for w in m.titles.split()}


class Entities:
    """The named parties of an article.

    Parameters
    ----------
    text : str
    paragraphs : sequence of Span

    Examples
    --------
    >>> text = "Sen. Ana Dole met the Ferry Riders Union (FRU). “Rain,” Dole said. The FRU agreed."
    >>> [(e.name, len(e.mentions)) for e in Entities(text, [Span(0, len(text))])]
    [('Ana Dole', 2), ('Ferry Riders Union', 3), ('Rain', 1)]
    """

    def __init__(self, text: str, paragraphs: Sequence[Span]) -> None:
        self.text = text
        self.names = find_names(text, paragraphs)
        self.entities: list[Entity] = []
        self._by_key: dict[str, list[Entity]] = {}
        self._cluster()
        self.of_mention: dict[Named, Entity] = {m: e for e in self.entities for m in e.mentions}

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities)

    def _cluster(self) -> None:
        longer = [m for m in self.names if len(m.name.split()) > 1]
        for m in longer:
            entity = self._same_full(m.name)
            if entity is None:
                entity = Entity(m.name)
                self.entities.append(entity)
            entity.mentions.append(m)
            entity.aliases.add(m.name)
            if _is_better(m.name, entity.name):
                entity.name = m.name
        for e in self.entities:
            self._describe(e)
        single = [m for m in self.names if len(m.name.split()) == 1]
        for m in single:
            entity = self._bearer(m)
            if entity is None:
                entity = Entity(m.name)
                self.entities.append(entity)
            entity.mentions.append(m)
            entity.aliases.add(m.name)
        for e in self.entities:
            e.mentions.sort()
            self._describe(e)
        self.entities.sort(key=lambda e: e.mentions[0])

    def _same_full(self, name: str) -> Entity | None:
        key = _key(name)
        for e in self.entities:
            if any(_key(a) == key for a in e.aliases):
                return e
        for e in self.entities:
            if any(_same_person(a, name) for a in e.aliases):
                return e
        return None

    def _describe(self, e: Entity) -> None:
        first = fold(e.name.split()[0])
        titles = e.titles
        told = {HONORIFICS[t] for t in titles if t in HONORIFICS}
        many = len(e.name.split()) > 1
        e.gender = told.pop() if len(told) == 1 else (given_names().get(first, "") if many else "")
        body = many and (fold(e.name.split()[-1]) in BODY_ENDS or fold(e.name.split()[0]) in HEADS)
        known = shipped().find(e.name) is not None
        e.is_person = bool(
            not body
            and not known
            and ((many and first in given_names()) or (titles & (TITLES - {"party", "press", "house", "state"})))
        )

    def _bearer(self, m: Named) -> Entity | None:
        """Return the entity that a name of one word belongs to: the nearest before of those who bear it as a surname."""
        folded = fold(m.name)
        gender = next((HONORIFICS[fold(t)] for t in m.titles.split() if fold(t) in HONORIFICS), "")
        bearers = [e for e in self.entities if any(surname_of(a) == folded for a in e.aliases)]
        if gender:
            bearers = [e for e in bearers if not (e.gender and e.gender != gender)]
        people = [e for e in bearers if e.is_person or not ends_body(e.name)]
        if people:
            return self._preferred(people, m)
        exact = [e for e in self.entities if any(fold(a) == folded for a in e.aliases)]
        if exact:
            return exact[0]
        # A capital acts for its state, where the article names the state.
        state = state_of(m.name)
        for e in self.entities:
            if state and state == e.name:
                return e
        if m.name.isupper() and 2 <= len(m.name) <= 8:
            for e in self.entities:
                if any(_initials(a) == m.name for a in e.aliases if len(a.split()) > 1):
                    return e
        first = [e for e in self.entities if e.is_person and fold(e.name.split()[0]) == folded]
        if len(first) == 1:
            return first[0]
        if not m.titles:
            begins = [
                e
                for e in self.entities
                if not e.is_person and len(e.name.split()) > 1 and fold(e.name.split()[0]) == folded
            ]
            if len(begins) == 1 and len(folded) > 3 and folded not in places() and folded not in COMMON:
                return begins[0]
        return None

    @staticmethod
    def _preferred(people: Sequence[Entity], m: Named) -> Entity:
        if len(people) == 1:
            return people[0]
        before = [e for e in people if any(x.start < m.start for x in e.mentions)]
        return max(before or people, key=lambda e: (sum(" " in x.name for x in e.mentions), -e.mentions[0].start))


def _is_better(name: str, other: str) -> bool:
    return len(name.split()) > len(other.split()) and not name.isupper()


def _key(name: str) -> str:
    return " ".join(fold(w) for w in name.split())


def _initials(name: str) -> str:
    return "".join(w[0] for w in re.split(r"[ -]", name) if w[:1].isupper())


def _same_person(a: str, b: str) -> bool:
    """Say whether two names differ in middle names only: "Ana B. Dole" and "Ana Dole"."""
    x, y = ([fold(w) for w in n.split() if fold(w) not in {"jr", "sr"}] for n in (a, b))
    if len(x) < 2 or len(y) < 2 or x[-1] != y[-1] or ends_body(a) or ends_body(b):
        return False
    short, long = sorted((x, y), key=len)
    if short[0] == long[0]:
        return len(short) == 2 or len(long) <= 3
    return False
