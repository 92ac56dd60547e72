"""Who a source is, within the article: surnames, titles and pronouns brought back to a name.

Rules in the order in which a careful reader would use them: a full name stands for itself; a surname, with or without a
title, for the full name that bears it; "the minister" for the last person introduced as a minister; "he", "she" and
"who" for the nearest person before; a group or an institution for itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mediabias.article import Span
from mediabias.attribution import sources
from mediabias.attribution.people import HONORIFICS, PARTICLE, RUN, TITLES, People, Person, fold, is_many, same_name
from mediabias.attribution.quotes import quotations

_HE, _SHE = frozenset("he him his himself".split()), frozenset("she her hers herself".split())
#: "Alliance of Ferrymen (AOF)".
_SPELLED = re.compile(r"((?:(?:[A-Z][\w’'-]*|of|for|to|the|and|on|in|our) ){1,9})\(([A-Z]{2,8})\)")
#: "The ministry": a body by its noun alone.
_THE = re.compile(r"\b[Tt]he [a-z]+\b(?!['’-])")
_BODIES = frozenset(("state or institution", "company", "civil society", "media", "document"))
_ANTECEDENT = re.compile(r"\b((?:[Aa]n?|[Oo]ne|[Tt]wo|[Ss]ome|[Tt]hose|[Mm]any) (?:[\w’'-]+ ){0,6}?[\w’'-]+),?\s$")
#: "Democrats on Capitol Hill, who": a plural in front of "who".
_PLURAL = re.compile(r"\b([A-Za-z][\w’'-]*[^s\W]s(?: (?:of|in|on|at|from) (?:the )?[A-Z]\w+(?: [A-Z]\w+)*)?),?\s$")
_OF = frozenset("of at for from with in to near close by against".split())


def _goes_before_a_name(word: str) -> bool:
    """Say whether a word before a surname leaves it the same person: a title, an initial, a word in lower case."""
    initial_or_particle = re.fullmatch(rf"[^\W\d_a-z]\.|(?i:{PARTICLE})", word) is not None
    return word[0].islower() or fold(word) in TITLES | {"the"} or initial_or_particle


def _is_one_body(label: str) -> bool:
    """Say whether "it" may stand for a group: no person, and not named in the plural."""
    return not is_many(label) and (_is_body(label) or sources.source_type(label) == "unknown")


def _is_body(label: str) -> bool:
    """Say whether words name a body; of experts, an institute by its capital."""
    last = label.split()[-1]
    institute = (
        last[0].isupper() and fold(last) not in TITLES and sources.body(label) not in {"", "state or institution"}
    )
    return institute or sources.source_type(label) in _BODIES


def _behind(text: str, name: str) -> bool:
    """Say whether a name only tells whose the source is: "an engineer at Vess Hydro", "a Vess Hydro insider"."""
    at = text.index(name)
    before, after = text[:at].split(), text[at + len(name) :].split()
    owner = re.match(r"[’']s?\b", text[at + len(name) :]) is not None
    whose = any(fold(w) in _OF for w in before) and "," not in text[:at]
    return owner or whose or (bool(after) and after[0][0].islower() and not text[at + len(name) :].startswith(","))


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
        self.people = People(text, paragraphs)
        self.spoke: list[tuple[int, Person]] = []
        self.groups: list[tuple[int, str]] = []
        self._quoted = quotations(text, list(paragraphs))
        self.whole = {m[2]: m[1].strip() for m in _SPELLED.finditer(text)}

    def resolve(self, source: Span) -> str:
        """Return the name that `source` stands for, or its own words where it names a group or an institution.

        Calls must come in the order of the text: a pronoun looks back at who spoke before.
        """
        label = re.sub(r"\s+", " ", source.of(self.text)).strip(" ,")
        if not label:
            return ""
        word = label.lower()
        if word in _HE | _SHE and (unnamed := self._unnamed(source.start)):
            return unnamed
        if word in {"it", "which", "they"}:
            near = [(at, g) for at, g in self.groups if source.start - at < 700 and (word == "they" or _is_one_body(g))]
            if word != "they":
                # Whoever has just spoken goes on speaking; else it is the nearest body that was named.
                spoke = next((g.split(",")[0] for at, g in near[-1:] if source.start - at < 200 and _is_body(g)), "")
                if body := spoke or self._institution(source):
                    return body
            return near[-1][1] if near else label
        if word == "who" and (antecedent := self._antecedent(source.start)):
            return antecedent
        if joint := self._joint(source):
            return joint
        if aged := re.fullmatch(r"the (\d{1,3})-year-old(?: [a-z]+)?", label, re.I):
            known = self._nearest(source.start, lambda p: any(d.endswith(f", {aged[1]}") for d in p.descriptions))
            return known.name if known else self._group(source.start, label)
        person = self._person(source, source.of(self.text).split())
        if person is None:
            return self._group(source.start, label)
        self.spoke.append((source.start, person))
        if word in _HE | _SHE:
            person.gender = person.gender or ("m" if word in _HE else "f")
        return person.name

    def _antecedent(self, before: int) -> str:
        """Return whom the words in front of "who" name: "a lawyer", whose name may stand in front of it, or a plural."""
        if found := _ANTECEDENT.search(self.text, max(0, before - 90), before):
            begin = found.start(1)
            # "Ana Dole (D-Ohio), a lawyer who": the apposition is of somebody with a name.
            name = re.fullmatch(r"(.*?)\s?(?:\([^()]{1,40}\))?, ", self.text[max(0, begin - 90) : begin], re.S)
            owner = self._borne(name[1][-60:]) if name else None
            return owner.name if owner else re.sub(r"\s+", " ", found[1])
        many = _PLURAL.search(self.text, max(0, before - 60), before)
        return re.sub(r"\s+", " ", many[1]) if many and sources.source_type(many[1]) != "unknown" else ""

    def _joint(self, source: Span) -> str:
        """Return the names of two people who speak as one, "Ana Dole and Ben Orr", or an empty string."""
        parts = re.split(r"\s+and\s+", source.of(self.text).split(",")[0])
        if len(parts) != 2 or any(len(part.split()) > 6 for part in parts):
            return ""
        people = [self._borne(part) for part in parts]
        if None in people or people[0] is people[1]:
            return ""
        return " and ".join(p.name for p in people if p)

    def _borne(self, words: str) -> Person | None:
        """Return the person whose name words end in, with or without titles before it."""
        if not words or not words.split()[-1][0].isupper():
            return None
        whole = next((p for p in self.people if words.endswith(p.name)), None)
        return whole or self.people.named(words.split()[-1], HONORIFICS.get(fold(words.split()[0]), ""))

    def _unnamed(self, before: int) -> str:
        """Return "a resident of the valley" where nobody has spoken since, for "he" or "she"."""
        if not self.groups or not re.match(r"(?:an?|one)\s", self.groups[-1][1], re.I):
            return ""
        at, label = self.groups[-1]
        later = max((a for a, _ in self.spoke), default=-1) > at
        return "" if later or before - at > 700 else label

    def _group(self, start: int, label: str) -> str:
        """Return a group by the words with which it was introduced: "the insider" for "a police insider"."""
        if re.match(r"the \w+$", label, re.I):
            noun = label.split()[-1].lower()
            label = next((g for _, g in reversed(self.groups) if noun in g.lower().split()), label)
        if label.lower() not in sources.PRONOUNS:
            self.groups.append((start, label))
        return label

    def descriptions(self, name: str) -> list[str]:
        """Return how the article describes the person of a resolved name, of two the first; nothing of no person."""
        leader = re.match(r"(.+?) and (?:his |her |[A-Z])", name)  # "Dole and her aides", "Dole and Orr"
        person = next((p for p in self.people if p.name == name), None) or (self._borne(leader[1]) if leader else None)
        if person is None:
            return []
        titled = " ".join([*sorted(person.titles), person.name])
        return [*person.descriptions, *([titled] if person.titles else []), person.name]

    def spelled_out(self, label: str) -> str:
        """Put the whole name in the place of an abbreviation that the article explains: "head of AOF"."""
        return re.sub(r"\b[A-Z]{2,8}\b", lambda m: self.whole.get(m[0], m[0]), label)

    def _institution(self, source: Span) -> str:
        """Return the nearest state or body named before "it" in its paragraph, or an empty string."""
        begin = max(self.text.rfind("\n", 0, source.start) + 1, source.start - 250)
        named = [*RUN.finditer(self.text, begin, source.start), *_THE.finditer(self.text, begin, source.start)]
        for m in sorted(named, key=lambda m: m.end(), reverse=True):
            name = re.sub(r"['’]s?$", "", m[0])
            if _is_body(name) and not is_many(name):
                return name
        return ""

    def _person(self, source: Span, words: list[str]) -> Person | None:
        first = fold(words[0])
        if len(words) == 1 and first == "i" and not any(q.start <= source.start < q.end for q in self._quoted):
            return None  # the author of a column, whom the article does not introduce
        if len(words) == 1 and first in _HE | _SHE | {"who", "i"}:
            return self._pronoun(source, first)
        text = source.of(self.text)
        inside = [p for p in self.people if p.name in text or same_name(p.name, text)]
        if inside := [p for p in inside if not any(p.name in o.name and p is not o for o in inside)]:
            # "The head of Halvany Heat, Dagny Roche": who stands behind "of" is not the one who speaks.
            own = [p for p in inside if p.name not in text or not _behind(text, p.name)]
            # Of "Ana Dole, once of Bo Vale's office" the head speaks: what stands before the first comma.
            before = [p for p in own if text.find(p.name) < (text.find(",") if "," in text else len(text))]
            if not before and is_many(text):
                return None  # "Officials at the office, a part of Ellan Customs"
            return (before or own)[-1] if own else None
        if len(words) <= 3 and words[-1][0].isupper() and all(map(_goes_before_a_name, words[:-1])):
            named = self.people.named(words[-1], HONORIFICS.get(first, ""))
            if named:
                return named
        if first in {"the", "his", "her"} and len(words) <= 4 and all(w[0].islower() or w[0] == "T" for w in words):
            wanted = {fold(w) for w in words[1:]} & TITLES
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

    def _nearest(self, before: int, fits: Callable[[Person], bool]) -> Person | None:
        best: tuple[int, Person] | None = None
        for p in self.people:
            at = max((m for m in p.mentions if m < before), default=-1)
            if at >= 0 and fits(p) and (best is None or at > best[0]):
                best = at, p
        return best[1] if best else None
