"""Who a source is, within the article: surnames, titles and pronouns brought back to a name.

Rules in the order in which a careful reader would use them: a full name stands for itself; a surname, with or without a
title, for the full name that bears it; "the minister" for the last person introduced as a minister; "he", "she" and
"who" for the nearest person before; a group or an institution for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mediabias.article import Span
from mediabias.attribution.sources import source_type

HONORIFICS = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m", "lord": "m", "lady": "f", "dame": "f"}
TITLES = frozenset(
    "president vice minister prime foreign defense defence interior finance justice health education energy "
    "transport secretary senator sen rep representative congressman congresswoman gov governor mayor deputy "
    "general gen colonel col captain capt major lieutenant lt sergeant sgt admiral judge justice chief chancellor "
    "ambassador envoy spokesman spokeswoman spokesperson director chairman chairwoman chair professor prof doctor "
    "dr premier king queen prince princess pope bishop archbishop cardinal rev reverend attorney commissioner "
    "councillor councilman councilwoman speaker leader candidate nominee host analyst economist activist author "
    "editor correspondent reporter journalist ceo executive officer head commander inspector superintendent "
    "sheriff detective mp msp lawmaker former then acting interim outgoing incoming first lady state house "
    "majority minority whip press special opposition party republican democratic democrat conservative labour mr "
    "mrs ms miss sir lord lady dame talk show".split()
)
_NAME = r"[^\W\d_a-z][\w’'\-]*"
_PARTICLE = r"(?:de|van|von|der|den|la|le|al|bin|ibn|da|di|dos|del|ben|abu|el|ter)"
_RUN = re.compile(rf"(?:{_NAME}\.?)(?:[ \u00a0](?:(?:{_PARTICLE})[ \u00a0])?(?:{_NAME}\.?))*")
_HE, _SHE = frozenset("he him his himself".split()), frozenset("she her hers herself".split())
_WEAK = frozenset(
    "the a an this that these those on in at for and but or if when while as after before since because however "
    "meanwhile it he she they we you i his her their our monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june july august september october november december asked according".split()
)


@dataclass
class Person:
    """A person as the article introduces them; `titles` are the title words seen beside the name."""

    name: str
    titles: set[str] = field(default_factory=set)
    gender: str = ""
    mentions: list[int] = field(default_factory=list)

    @property
    def surname(self) -> str:
        """The last word of the name, in lower case."""
        return _fold(self.name.split()[-1])


def _fold(word: str) -> str:
    return re.sub(r"['’]s?$", "", word).strip(".,").lower()


class Speakers:
    """The people of one article, in order of appearance.

    Examples
    --------
    >>> text = "Foreign Minister Ana Dole arrived. The minister said little. Dole left."
    >>> s = Speakers(text, [Span(0, len(text))])
    >>> [s.resolve(Span(text.index(w), text.index(w) + len(w))) for w in ("The minister", "Dole left"[:4])]
    ['Ana Dole', 'Ana Dole']
    """

    def __init__(self, text: str, paragraphs: Sequence[Span]) -> None:
        self.text = text
        self.people: list[Person] = []
        self.spoke: list[tuple[int, Person]] = []
        runs = [m for p in paragraphs for m in _RUN.finditer(text, p.start, p.end)]
        for m in runs:
            self._introduce(m)
        for m in runs:
            self._note_short(m)
        self._note_genders()

    def _introduce(self, m: re.Match[str]) -> None:
        words = m[0].split()
        while words and _fold(words[0]) in _WEAK:
            words = words[1:]
        cut = max((i + 1 for i, w in enumerate(words) if _fold(w) in TITLES), default=0)
        titles, name = words[:cut], words[cut:]
        if not name or len(name) > 4 or (len(name) < 2 and not titles):
            return
        if len(name) < 2:
            return
        # "Ukrainian President X" and "Mr X" have the title inside the run; a bare pair of capitals may be a place.
        name[-1] = re.sub(r"['’]s?$", "", name[-1]).rstrip(".,")
        full = " ".join(name)
        known = next((p for p in self.people if p.name == full), None)
        if known is None:
            known = Person(full)
            self.people.append(known)
        known.titles |= {_fold(t) for t in titles}
        before = self.text[max(0, m.start() - 60) : m.start()].lower().split()
        known.titles |= {w for w in before[-3:] if w in TITLES}
        after = re.match(r", (?:an? |the )?([^,.;]{3,60})[,.]", self.text[m.end() : m.end() + 70])
        if after:
            known.titles |= {w for w in after[1].lower().split() if w in TITLES}
        known.mentions.append(m.start() + m[0].index(name[0]))

    def _note_short(self, m: re.Match[str]) -> None:
        words = m[0].split()
        if len(words) > 2:
            return
        person = self._named(words[-1])
        if person and m.start() not in person.mentions:
            person.mentions.append(m.start())
            if len(words) == 2 and (gender := HONORIFICS.get(_fold(words[0]))):
                person.gender = person.gender or gender

    def _note_genders(self) -> None:
        for p in self.people:
            p.mentions.sort()
            p.gender = p.gender or next((HONORIFICS[t] for t in sorted(p.titles) if t in HONORIFICS), "")

    def _named(self, word: str) -> Person | None:
        folded = _fold(word)
        return next((p for p in self.people if p.surname == folded), None)

    def resolve(self, source: Span) -> str:
        """Return the name that `source` stands for, or its own words where it names a group or an institution.

        Calls must come in the order of the text: a pronoun looks back at who spoke before.
        """
        words = source.of(self.text).split()
        if not words:
            return ""
        if len(words) == 1 and words[0].lower() in {"it", "which"}:
            return self._institution(source) or words[0]
        person = self._person(source, words)
        if person is None:
            return re.sub(r"\s+", " ", source.of(self.text)).strip(" ,")
        self.spoke.append((source.start, person))
        if len(words) == 1 and words[0].lower() in _HE | _SHE:
            person.gender = person.gender or ("m" if words[0].lower() in _HE else "f")
        return person.name

    def title_of(self, name: str) -> str:
        """Return the title words of a resolved name, sorted, or an empty string."""
        return " ".join(sorted(next((p.titles for p in self.people if p.name == name), set())))

    def _institution(self, source: Span) -> str:
        """Return the nearest state or body named before "it" in its paragraph, or an empty string."""
        begin = max(self.text.rfind("\n", 0, source.start) + 1, source.start - 250)
        for m in reversed(list(_RUN.finditer(self.text, begin, source.start))):
            name = re.sub(r"['’]s?$", "", m[0])
            if source_type(name) in {"state or institution", "company", "civil society", "media", "document"}:
                return name
        return ""

    def _person(self, source: Span, words: list[str]) -> Person | None:
        first = _fold(words[0])
        if len(words) == 1 and first in _HE | _SHE | {"who", "i"}:
            return self._pronoun(source, first)
        text = source.of(self.text)
        for p in self.people:
            if p.name in text:
                return p
        if len(words) <= 3 and words[-1][0].isupper() and (named := self._named(words[-1])):
            return named
        if first in {"the", "his", "her"} and len(words) <= 4 and all(w[0].islower() or w[0] == "T" for w in words):
            wanted = {_fold(w) for w in words[1:]} & TITLES
            return self._nearest(source.start, lambda p: bool(wanted & p.titles)) if wanted else None
        return None

    def _pronoun(self, source: Span, word: str) -> Person | None:
        if word == "who":
            return self._nearest(
                source.start,
                lambda p: source.start - max((m for m in p.mentions if m < source.start), default=-999) < 120,
            )
        unlike = {"he": "f", "him": "f", "his": "f", "she": "m", "her": "m"}.get(word, "")
        recent = [p for at, p in self.spoke if source.start - at < 700 and (not unlike or p.gender != unlike)]
        if recent:
            return recent[-1]
        return self._nearest(source.start, lambda p: not unlike or p.gender != unlike)

    def _nearest(self, before: int, fits) -> Person | None:  # type: ignore[no-untyped-def]
        best: tuple[int, Person] | None = None
        for p in self.people:
            at = max((m for m in p.mentions if m < before), default=-1)
            if at >= 0 and fits(p) and (best is None or at > best[0]):
                best = at, p
        return best[1] if best else None
