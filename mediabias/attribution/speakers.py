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
from mediabias.attribution import sources
from mediabias.attribution.quotes import quotations

HONORIFICS = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m", "lord": "m", "lady": "f", "dame": "f"}
#: Titles and words of kinship in an apposition that tell a gender.
_GENDERS = (
    HONORIFICS
    | dict.fromkeys(
        "spokeswoman congresswoman councilwoman chairwoman businesswoman woman queen princess actress widow wife mother "
        "daughter sister grandmother".split(),
        "f",
    )
    | dict.fromkeys(
        "spokesman congressman councilman businessman man king prince pope husband father son brother grandfather".split(),
        "m",
    )
)
TITLES = frozenset(
    "adm brig president vice minister prime foreign defense defence interior finance justice health education energy "
    "transport secretary senator sen rep representative congressman congresswoman gov governor mayor deputy general "
    "gen colonel col captain capt major lieutenant lt sergeant sgt admiral judge justice chief chancellor ambassador "
    "envoy spokesman spokeswoman spokesperson director chairman chairwoman chair professor prof doctor dr premier "
    "king queen prince princess pope bishop archbishop cardinal rev reverend attorney commissioner councillor "
    "councilman councilwoman speaker leader candidate nominee host analyst economist activist author editor "
    "correspondent reporter journalist ceo executive officer head commander inspector superintendent sheriff "
    "detective mp msp lawmaker former then acting interim outgoing incoming first lady state house majority minority "
    "whip press special opposition party republican democratic democrat conservative labour mr mrs ms miss sir lord "
    "lady dame talk show".split()
)
#: Titles by their point only: "Del Rey" is a name.
_SHORTENED = frozenset(("Del.", "Hon.", "Det.", "Supt.", "Cmdr."))
#: Titles that a noun follows: "Prime Day" is nobody's name.
_ADJECTIVES = frozenset(
    "prime foreign defense defence interior finance justice health education energy transport first state house majority "
    "minority press special opposition party former then acting interim outgoing incoming vice talk show".split()
)
#: What no surname is.
_NO_SURNAMES = frozenset("Images Photos Pictures News UK US USA EU".split())
_NAME = r"[^\W\d_a-z][\w’'\-]*"
_PARTICLE = r"(?:de|van|von|der|den|la|le|al|bin|ibn|da|di|dos|del|ben|abu|el|ter)"
#: A point belongs to an initial or a title ("J.", "Gov."), not to a word that ends a sentence.
_CAPITAL = rf"(?:[^\W\d_a-z]\.|(?:Mrs?|Ms|Dr|Gov|Sen|Rep|Gen|Col|Lt|Capt|Sgt|Adm|Brig|Prof|Rev|Hon|Del|Det|Supt|Cmdr|St|Jr|Sr)\.|{_NAME})"
_RUN = re.compile(rf"(?<![\w.]){_CAPITAL}(?:[ \u00a0](?:(?:{_PARTICLE})[ \u00a0])?{_CAPITAL})*")
_HE, _SHE = frozenset("he him his himself".split()), frozenset("she her hers herself".split())
_APPOSED = (
    r"(\d{1,3}(?=[,.(\n]|$)|(?:an?|the|its|his|her|their|who|whose|one|former|\d{1,3})\b(?:[^,.;\n]|\.(?=\w)){2,140})"
)
#: What else is an apposition: the seat of a member of a legislature, a role without an article.
_SEAT = re.compile(r"(?:,| \()\s?((?:[RDI]-[A-Z][\w.]+|(?:Republican|Democrat|independent)\b[^,.;)]{0,40}))")
_ROLE = re.compile(r", ((?:[a-z-]+ ){0,4}[a-z-]+ (?:of|at|for|with|in) (?:[^,.;\n]|\.(?=\w)){2,120})(?:[,.\n]|$)")
#: The words before a name that say who it is: "former Oslo pollster", "the filmmaker".
_LEAD = re.compile(r"(?:^|[\s“\"(])((?:[\w’'&/-]+ (?:of )?){0,5}[a-z-]{4,}) $")
_SURNAMES_BEGIN = frozenset("de van von der la le bin da di du".split())
_RELATED = frozenset(
    "partner sweetheart girlfriend boyfriend wife husband widow mother father son daughter brother sister friend friends ally "
    "allies lawyer lawyers attorney attorneys fan fans critic critics supporter supporters rival rivals aide aides".split()
)
_NO_PART = frozenset("by about after before with from to in on at for as than that and or but the a an said".split())
#: A role behind its firm: ", Desjardins Economics managing director and head of strategy,".
_FIRM = re.compile(r", ((?:[A-Z][\w’'&.-]*\s){1,4}((?:[a-z-]+ )*[a-z-]+)\b[^,.;\n]{0,100}),")
#: "Of Ellan Research & Partners": where somebody works, in the words of a body.
_WORKS = re.compile(r" (of (?:the )?[A-Z][\w’'-]*(?: (?:[A-Z][\w’'.-]*|&|of|and|for|the))*[\w.])")
_AFTER = re.compile(rf", {_APPOSED}(?:[,.(\n]|$)")
#: Not "During a town hall, Ana Dole": what stands behind a preposition is a time or a place.
_BEFORE = re.compile(
    rf"(?<!\bduring )(?<!\bin )(?<!\bat )(?<!\bon )(?<!\bafter )(?<!\bbefore )(?<!\bfrom )(?<!\bby )(?<!\bwith )"
    rf"\b{_APPOSED}, (?:retired )?$",
    re.I,
)
#: A role with its owner in front of a name: "the Accountants of Ellan’s chief economist, Ana Dole".
_OWNED = re.compile(
    r"((?:[A-Z][\w’'&.-]*(?: (?:of|and|for|the|&))*[ ])*[A-Z][\w&.-]*[’'](?:s )?\s?(?:[a-z-]+ ){0,4}([a-z-]+)),? $"
)
#: A role in capitals behind a name: ", Head of Sales and Customer Services at Ellan Tours,".
_OFFICE = re.compile(r", ((?:[A-Z][\w’'-]* ){0,3}([A-Z][a-z-]+) (?:of|at|for) [^,.;\n(]{2,100}?) ?[,.(\n]")
#: "A former envoy to Ukraine Kurt Vale": the office of a name that stands behind a country.
_POSTED = re.compile(r"\b([a-z-]+ (?:to|for|in)(?: the)?) $")
#: "Alliance of Ferrymen (AOF)".
_SPELLED = re.compile(r"((?:(?:[A-Z][\w’'-]*|of|for|to|the|and|on|in|our) ){1,9})\(([A-Z]{2,8})\)")
#: What stands before a place.
_PLACED = re.compile(r"\b(?:in|at|near|on|from|of|to|for|[Tt]he)\s$")
#: "The ministry": a body by its noun alone.
_THE = re.compile(r"\b[Tt]he [a-z]+\b(?!['’-])")
_BODIES = frozenset(("state or institution", "company", "civil society", "media", "document"))
_ANTECEDENT = re.compile(r"\b((?:[Aa]n?|[Oo]ne|[Tt]wo|[Ss]ome|[Tt]hose|[Mm]any) (?:[\w’'-]+ ){0,6}?[\w’'-]+),?\s$")
#: "Democrats on Capitol Hill, who": a plural in front of "who".
_PLURAL = re.compile(r"\b([A-Za-z][\w’'-]*[^s\W]s(?: (?:of|in|on|at|from) (?:the )?[A-Z]\w+(?: [A-Z]\w+)*)?),?\s$")
_OF = frozenset("of at for from with in to near close by against".split())
#: Words of a headline in capitals, no part of a name.
_HEADLINE = frozenset(
    "is are was were be do does did would will could should can may might has have had not my your our their i of to "
    "in on at for from with against about over under after before into unlike following why how what when where get "
    "make hold says say right wrong new latest".split()
)
#: Given names that are words too.
_GIVEN = frozenset(
    "mark will bill grant rob frank jack rich sue pat grace hope joy faith dean chase drew art may".split()
)
_WEAK = frozenset(
    "the a an this that these those on in at for and but or if when while as after before since because however "
    "meanwhile it he she they we you i his her their our monday tuesday wednesday thursday friday saturday sunday "
    "though although despite unlike once until yet so even still both "
    "january february march april may june july august september october november december asked according".split()
)


@dataclass
class Person:
    """A person as the article introduces them.

    `titles` are the title words seen beside the name, `descriptions` its appositions.
    """

    name: str
    titles: set[str] = field(default_factory=set)
    descriptions: list[str] = field(default_factory=list)
    gender: str = ""
    mentions: list[int] = field(default_factory=list)

    @property
    def surname(self) -> str:
        """The last word of the name, in lower case."""
        return _fold(self.name.split()[-1])


def _fold(word: str) -> str:
    return re.sub(r"['’]s?$", "", word).strip(".,").lower()


def _tells_who(apposition: str) -> bool:
    """Say whether what stands behind a surname is of its bearer: "an engineer who", "37", not "a test of strength"."""
    head = re.split(r" (?:of|for|at|from|in|with|who|whose|that|and)\b|,", apposition)[0].split()
    return head[0] in ("who", "whose") or head[0].isdigit() or sources.names_kind(head[-1])


def _is_trade(word: str) -> bool:
    return word[1:].islower() and word.lower() not in sources.given_names() and sources.names_kind(word.lower())


def _goes_before_a_name(word: str) -> bool:
    """Say whether a word before a surname leaves it the same person: a title, an initial, a word in lower case."""
    initial_or_particle = re.fullmatch(rf"[^\W\d_a-z]\.|(?i:{_PARTICLE})", word) is not None
    return word[0].islower() or _fold(word) in TITLES | {"the"} or initial_or_particle


def _same(name: str, other: str) -> bool:
    """Say whether two names differ in middle initials only, or one is the other's surname: "De Orr" and "Ana de Orr"."""
    short, long = sorted((name.split(), other.split()), key=len)
    if len(long) > len(short) == 2 and short[0].lower() in _SURNAMES_BEGIN:
        return [w.lower() for w in short] == [w.lower() for w in long[-2:]]
    middle = long[1:-1]
    initials = all(re.fullmatch(r"[^\W\d_a-z]\.?", w) for w in middle)
    return name == other or (len(short) == 2 and initials and short == [long[0], long[-1]])


def _is_one_body(label: str) -> bool:
    """Say whether "it" may stand for a group: no person, and not named in the plural."""
    return not _is_many(label) and (_is_body(label) or sources.source_type(label) == "unknown")


def _is_body(label: str) -> bool:
    """Say whether words name a body; of experts, an institute by its capital."""
    last = label.split()[-1]
    institute = (
        last[0].isupper() and _fold(last) not in TITLES and sources.body(label) not in {"", "state or institution"}
    )
    return institute or sources.source_type(label) in _BODIES


def _is_many(label: str) -> bool:
    """Say whether a group is named in the plural: "engineers", "two of the pilots", no one "it"."""
    head = re.split(r" (?:of|for|at|from|in|on|by|with|between|who|that|close|familiar)\b|,", label)[0].split()
    counted = (
        re.match(r"(?:two|three|four|five|six|some|many|several|most|all|both|few|\d+)\b", label, re.I) is not None
    )
    noun = head[-1][0].islower() or sources.names_kind(head[-1])
    return counted or (noun and head[-1].endswith("s") and not head[-1].endswith(("ss", "us", "is")))


def _behind(text: str, name: str) -> bool:
    """Say whether a name only tells whose the source is: "an engineer at Vess Hydro", "a Vess Hydro insider"."""
    at = text.index(name)
    before, after = text[:at].split(), text[at + len(name) :].split()
    owner = re.match(r"[’']s?\b", text[at + len(name) :]) is not None
    whose = any(_fold(w) in _OF for w in before) and "," not in text[:at]
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
        self.people: list[Person] = []
        self.spoke: list[tuple[int, Person]] = []
        self.groups: list[tuple[int, str]] = []
        self._things: set[str] = set()
        self._quoted = quotations(text, list(paragraphs))
        self._whole = {m[2]: m[1].strip() for m in _SPELLED.finditer(text)}
        self._lower = frozenset(re.findall(r"(?<![\w’'-])[a-z]+(?![\w’'-])", text))
        runs = [m for p in paragraphs for m in _RUN.finditer(text, p.start, p.end)]
        for m in runs:
            self._introduce(m)
        self._note_genders()
        for m in runs:
            self._introduce_by_title(m)
        self._drop_first_words()
        self.people = [p for p in self.people if not self._is_thing(p)]
        for m in runs:
            self._note_short(m)
        self._note_genders()

    def _introduce(self, m: re.Match[str]) -> None:
        words = m[0].split()
        while words and _fold(words[0]) in _WEAK:
            words = words[1:]
        # "BMO's Benjamin Reitzes": an owner is no part of a name.
        owned = [i + 1 for i, w in enumerate(words[:-1]) if re.search(r"['’]s$", w)]
        # "envoy to Ukraine Kurt Vale", "Engineer Ana Dole": a country or a trade before a whole name is none of it.
        if len(words) == 3 and (sources.is_state(words[0]) or _is_trade(words[0])):
            owned.append(1)
        cut = max([i + 1 for i, w in enumerate(words) if _fold(w) in TITLES or w in _SHORTENED] + owned, default=0)
        titles, name = words[:cut], words[cut:]
        if not name or len(name) > 4 or (len(name) < 2 and not titles):
            return
        if len(name) < 2 or any(_fold(w) in _WEAK or w == "I" for w in name):
            return
        if not titles and self._is_headline(name):
            return
        # "Ukrainian President X" and "Mr X" have the title inside the run; a bare pair of capitals may be a place.
        name[-1] = re.sub(r"['’]s?$", "", name[-1]).rstrip(".,")
        full = " ".join(name)
        if not titles and (m[0].startswith("The ") or self.text[: m.start()].endswith("the ")):
            self._things.add(full)
        known = next((p for p in self.people if _same(p.name, full)), None)
        if known is None:
            known = Person(full)
            self.people.append(known)
        known.titles |= {_fold(t) for t in titles} & TITLES
        if cut == 0:
            known.titles |= self._titles_before(m.start())
        if described := self._described_before(m.start()):
            known.descriptions.append(f"{described} {full}")
        if cut and (office := _POSTED.search(self.text, max(0, m.start() - 60), m.start())):
            known.descriptions.append(f"{full}, {office[1]} {' '.join(titles)}")
        if not self._described_behind(known, m) and titles:
            known.descriptions.append(m[0])
        known.mentions.append(m.start() + m[0].index(name[0]))

    def _described_behind(self, person: Person, m: re.Match[str]) -> bool:
        """Add what stands behind a name, or before it with a comma, to a person; say whether it was an apposition."""
        text, end = self.text, m.end()
        found = []
        if seat := _SEAT.match(text, end):
            found.append(f", {seat[1]}")
        role = _ROLE.match(text, end)
        if role and not _AFTER.match(text, end):
            found.append(f", {role[1]}")
        for in_capitals in (_FIRM.match(text, end), _OFFICE.match(text, end)):
            if in_capitals and any(sources.names_kind(w) for w in in_capitals[2].split()):
                found.append(f", {in_capitals[1]}")
        works = _WORKS.match(text, end)
        if works and sources.body(works[1].partition(" ")[2]) in {"expert", "company", "civil society", "media"}:
            found.append(f" {works[1]}")
        apposition = _AFTER.match(text, end) or _BEFORE.search(text, max(0, m.start() - 90), m.start())
        if apposition:
            person.titles |= {w for w in apposition[1].lower().split() if w in TITLES}
            found.append(f", {apposition[1]}")
        owned = _OWNED.search(text, max(0, m.start() - 110), m.start())
        if owned and not apposition and sources.names_kind(owned[2]):
            found.append(f", {owned[1]}")
        person.descriptions += [f"{m[0]}{words}" for words in found]
        return apposition is not None

    def _introduce_by_title(self, m: re.Match[str]) -> None:
        """Introduce "Mr. Orr" or "President Orr", where the article gives nobody of this surname a given name."""
        *titles, surname = m[0].split()
        titles = [_fold(t) for t in titles]
        name = re.sub(r"['’]s?$", "", surname).rstrip(".,")
        if not titles or titles[-1] not in TITLES - _ADJECTIVES or _fold(surname) in TITLES | _WEAK or len(name) < 2:
            return
        if self.text[m.end() : m.end() + 1] == "\n":
            return  # a name that may go on in the next line
        bearers = [p for p in self.people if p.surname == _fold(surname)]
        gender = HONORIFICS.get(titles[-1], "")
        if any(not (gender and p.gender and p.gender != gender) for p in bearers):
            return
        self.people.append(Person(name, set(titles) & TITLES, [m[0]], gender, [m.end() - len(surname)]))

    def _drop_first_words(self) -> None:
        """Take "Brave Ana Dole", as headlines have it, for the Ana Dole of the text."""
        for longer in [p for p in self.people if len(p.name.split()) == 3]:
            short = longer.name.partition(" ")[2]
            known = next((p for p in self.people if p.name == short), None)
            given = longer.name.split()[0].lower() in sources.given_names()
            if known is not None and len(longer.mentions) == 1 and not given:
                known.titles |= longer.titles
                known.descriptions += longer.descriptions
                known.mentions = sorted({*known.mentions, *longer.mentions})
                self.people.remove(longer)

    def _is_headline(self, words: Sequence[str]) -> bool:
        """Say whether capitals are those of a headline: a word no name has, a first word found in lower case."""
        folded = [_fold(w) for w in words]
        shouted = any(len(w) > 3 and w.isupper() for w in words)
        common = folded[0] not in _GIVEN and len(folded[0]) > 2 and folded[0] in self._lower
        return shouted or common or any(w in _HEADLINE and w not in _GIVEN for w in folded)

    def _titles_before(self, start: int) -> set[str]:
        """Return the title words right before a name, as far as no "of" parts them from it."""
        found: set[str] = set()
        for word in reversed(self.text[max(0, start - 60) : start].lower().split()[-3:]):
            if word not in TITLES:
                break
            found.add(word)
        return found

    def _described_before(self, start: int) -> str:
        """Return the noun phrase right before a name if it ends in a word for a kind of source, or an empty string."""
        m = _LEAD.search(self.text, max(0, start - 70), start)
        if m is None or not any(sources.names_kind(" ".join(m[1].split()[-n:])) for n in (1, 2)):
            return ""
        words = m[1].split()
        begin = max((n + 1 for n, w in enumerate(words) if w.lower() in _NO_PART), default=0)
        # "the partner of midfielder Ben Orr": who is related to a person is somebody else.
        begin = max([begin, *(n + 2 for n, w in enumerate(words[:-1]) if w in _RELATED and words[n + 1] == "of")])
        return " ".join(words[begin:])

    def _is_thing(self, person: Person) -> bool:
        """Say whether a run of capitals is a body or a place: by an article, its own words, or where it stands."""
        if sources.names_body(person.name) or sources.is_outlet(person.name) or person.name.split()[-1] in _NO_SURNAMES:
            return True
        if person.titles:
            return False
        if _is_many(person.name):
            return True
        titled = {_fold(w) for w in person.name.split()} & TITLES
        if person.name in self._things or (not titled and self._body(person)):
            return True
        return all(_PLACED.search(self.text, max(0, m - 9), m) for m in person.mentions)

    def _body(self, person: Person) -> str:
        # "Chad" and "Jordan" are given names too.
        first, *rest = person.name.split()
        if first in {"Chad", "Jordan", "Israel", "Georgia"} and len(rest) == 1:
            return ""
        return sources.body(person.name)

    def _note_short(self, m: re.Match[str]) -> None:
        words = m[0].split()
        if len(words) > 2:
            return
        gender = HONORIFICS.get(_fold(words[0]), "") if len(words) == 2 else ""
        person = self._named(words[-1], gender)
        if person and m.start() not in person.mentions:
            person.mentions.append(m.start())
            if (behind := _AFTER.match(self.text, m.end())) and _tells_who(behind[1]):
                self._described_behind(person, m)
            person.gender = person.gender or gender

    def _note_genders(self) -> None:
        for p in self.people:
            p.mentions.sort()
            p.gender = p.gender or self._gender(p)

    def _gender(self, person: Person) -> str:
        """Return "f" or "m" where titles and appositions, or else the given name, tell it, or an empty string."""
        told = {_GENDERS[t] for t in person.titles if t in _GENDERS}
        for description in person.descriptions:
            # Of "Ana Dole, the minister's wife" the noun that the apposition ends in; of "a man of the coast" its first.
            head = re.split(
                r" (?:of|for|at|from|in|with|who|whose)\b|,", description.removeprefix(person.name).strip(", ")
            )[0]
            told |= {_GENDERS[w] for w in head.lower().split()[-1:] if w in _GENDERS}
        if not told:
            first, *rest = person.name.split()
            told = {sources.given_names().get(_fold(first), "") if rest else ""}
        return told.pop() if len(told) == 1 else ""

    def _named(self, word: str, gender: str = "") -> Person | None:
        folded = _fold(word)
        bearers = [p for p in self.people if p.surname == folded and not (gender and p.gender and p.gender != gender)]
        if bearers or gender:
            return next(iter(bearers), None)
        # "Xi" for "President Xi Jinping": any word of a name, where one alone bears it who is a person for certain.
        other = [
            p
            for p in self.people
            if (p.titles or p.gender or p.descriptions) and folded in {_fold(w) for w in p.name.split()}
        ]
        return other[0] if len(other) == 1 and len(folded) > 1 else None

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
        if word == "who" and (antecedent := _ANTECEDENT.search(self.text, max(0, source.start - 90), source.start)):
            # "Ana Dole (D-Ohio), a lawyer who": the apposition is of somebody with a name.
            before = re.sub(
                r"\s?\([^()]{1,40}\)$",
                "",
                self.text[max(0, antecedent.start(1) - 90) : antecedent.start(1)].rstrip(", "),
            )
            owner = self._borne(before[-60:]) if self.text[: antecedent.start(1)].endswith(", ") else None
            return owner.name if owner else re.sub(r"\s+", " ", antecedent[1])
        many = _PLURAL.search(self.text, max(0, source.start - 60), source.start) if word == "who" else None
        if many and sources.source_type(many[1]) != "unknown":
            return re.sub(r"\s+", " ", many[1])
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
        return whole or self._named(words.split()[-1], HONORIFICS.get(_fold(words.split()[0]), ""))

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
        person = next((p for p in self.people if p.name in (name, name.partition(" and ")[0])), None)
        if person is None:
            return []
        titled = " ".join([*sorted(person.titles), person.name])
        return [*person.descriptions, *([titled] if person.titles else []), person.name]

    def spelled_out(self, label: str) -> str:
        """Put the whole name in the place of an abbreviation that the article explains: "head of AOF"."""
        return re.sub(r"\b[A-Z]{2,8}\b", lambda m: self._whole.get(m[0], m[0]), label)

    def _institution(self, source: Span) -> str:
        """Return the nearest state or body named before "it" in its paragraph, or an empty string."""
        begin = max(self.text.rfind("\n", 0, source.start) + 1, source.start - 250)
        named = [*_RUN.finditer(self.text, begin, source.start), *_THE.finditer(self.text, begin, source.start)]
        for m in sorted(named, key=lambda m: m.end(), reverse=True):
            name = re.sub(r"['’]s?$", "", m[0])
            if _is_body(name) and not _is_many(name):
                return name
        return ""

    def _person(self, source: Span, words: list[str]) -> Person | None:
        first = _fold(words[0])
        if len(words) == 1 and first == "i" and not any(q.start <= source.start < q.end for q in self._quoted):
            return None  # the author of a column, whom the article does not introduce
        if len(words) == 1 and first in _HE | _SHE | {"who", "i"}:
            return self._pronoun(source, first)
        text = source.of(self.text)
        inside = [p for p in self.people if p.name in text or _same(p.name, text)]
        if inside := [p for p in inside if not any(p.name in o.name and p is not o for o in inside)]:
            # "The head of Halvany Heat, Dagny Roche": who stands behind "of" is not the one who speaks.
            own = [p for p in inside if p.name not in text or not _behind(text, p.name)]
            # Of "Ana Dole, once of Bo Vale's office" the head speaks: what stands before the first comma.
            before = [p for p in own if text.find(p.name) < (text.find(",") if "," in text else len(text))]
            if not before and _is_many(text):
                return None  # "Officials at the office, a part of Ellan Customs"
            return (before or own)[-1] if own else None
        if len(words) <= 3 and words[-1][0].isupper() and all(map(_goes_before_a_name, words[:-1])):
            named = self._named(words[-1], HONORIFICS.get(first, ""))
            if named:
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
