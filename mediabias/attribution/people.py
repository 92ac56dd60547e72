"""The people of an article, as it introduces them: names, titles, and what is said of each beside the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from mediabias.article import Span
from mediabias.attribution import sources

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
ADJECTIVES = frozenset(
    "prime foreign defense defence interior finance justice health education energy transport first state house majority "
    "minority press special opposition party former then acting interim outgoing incoming vice talk show".split()
)
#: What no surname is.
_NO_SURNAMES = frozenset("Images Photos Pictures News UK US USA EU".split())
_NAME = r"[^\W\d_a-z][\w’'\-]*"
PARTICLE = r"(?:de|van|von|der|den|la|le|al|bin|ibn|da|di|dos|del|ben|abu|el|ter)"
#: A point belongs to an initial or a title ("J.", "Gov."), not to a word that ends a sentence.
_CAPITAL = rf"(?:[^\W\d_a-z]\.|(?:Mrs?|Ms|Dr|Gov|Sen|Rep|Gen|Col|Lt|Capt|Sgt|Adm|Brig|Prof|Rev|Hon|Del|Det|Supt|Cmdr|St|Jr|Sr)\.|{_NAME})"
RUN = re.compile(rf"(?<![\w.]){_CAPITAL}(?:[ \u00a0](?:(?:{PARTICLE})[ \u00a0])?{_CAPITAL})*")
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
#: A role behind its firm: ", Ellan Economics managing director and head of strategy,".
_FIRM = re.compile(r", ((?:[A-Z][\w’'&.-]*\s){1,4}((?:[a-z-]+ )*[a-z-]+)\b[^,.;\n]{0,100}),")
#: "Of Ellan Research & Partners": where somebody works, in the words of a body.
_WORKS = re.compile(r" ((?:of|at) (?:the )?[A-Z][\w’'-]*(?: (?:[A-Z][\w’'.-]*|&|of|and|for|the))*[\w.])")
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
#: What stands before a place.
_PLACED = re.compile(r"\b(?:in|at|near|on|from|of|to|for|[Tt]he)\s$")
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
WEAK = frozenset(
    "the a an this that these those on in at for and but or if when while as after before since because however "
    "meanwhile it he she they we you i his her their our monday tuesday wednesday thursday friday saturday sunday "
    "though although despite unlike once until yet so even still both "
    "january february march april may june july august september october november december asked according".split()
)


#: "Alliance of Ferrymen (AOF)".
_SPELLED = re.compile(r"((?:(?:[A-Z][\w’'-]*|of|for|to|the|and|on|in|our) ){1,9})\(([A-Z]{2,8})\)")


def spelled_out(text: str) -> dict[str, str]:
    """Return the whole names of the abbreviations that a text explains.

    Examples
    --------
    >>> spelled_out("The Alliance of Ferrymen (AOF) met.")
    {'AOF': 'The Alliance of Ferrymen'}
    """
    return {m[2]: m[1].strip() for m in _SPELLED.finditer(text)}


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
        """The family name, in lower case: the last word, or the first of "Ban Ki-moon"."""
        words = self.name.split()
        comes_first = len(words) == 2 and re.fullmatch(r"[A-Z]\w*-[a-z]\w*", words[1])
        return fold(words[0] if comes_first else words[-1])


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return a word as names are compared: in lower case, without an owner's s and without points."""
    return re.sub(r"['’]s?$", "", word).strip(".,").lower()


def _tells_who(apposition: str) -> bool:
    """Say whether what stands behind a surname is of its bearer: "an engineer who", "37", not "a test of strength"."""
    head = re.split(r" (?:of|for|at|from|in|with|who|whose|that|and)\b|,", apposition)[0].split()
    return head[0] in ("who", "whose") or head[0].isdigit() or sources.names_kind(head[-1])


def _is_trade(word: str) -> bool:
    return word[1:].islower() and word.lower() not in sources.given_names() and sources.names_kind(word.lower())


def same_name(name: str, other: str) -> bool:
    """Say whether two names differ in middle initials only, or one is the other's surname: "De Orr" and "Ana de Orr"."""
    short, long = sorted((name.split(), other.split()), key=len)
    if len(long) > len(short) == 2 and short[0].lower() in _SURNAMES_BEGIN:
        return [w.lower() for w in short] == [w.lower() for w in long[-2:]]
    middle = long[1:-1]
    initials = all(re.fullmatch(r"[^\W\d_a-z]\.?", w) for w in middle)
    return name == other or (len(short) == 2 and initials and short == [long[0], long[-1]])


def is_many(label: str) -> bool:
    """Say whether a group is named in the plural: "engineers", "two of the pilots", no one "it"."""
    head = re.split(r" (?:of|for|at|from|in|on|by|with|between|who|that|close|familiar)\b|,", label)[0].split()
    counted = (
        re.match(r"(?:two|three|four|five|six|some|many|several|most|all|both|few|\d+)\b", label, re.I) is not None
    )
    noun = head[-1][0].islower() or sources.names_kind(head[-1])
    return counted or (noun and head[-1].endswith("s") and not head[-1].endswith(("ss", "us", "is")))


class People:
    """The people of one article, in order of appearance, with what the article says of each.

    Examples
    --------
    >>> text = "Foreign Minister Ana Dole met Bo Vale, a pilot. Dole left."
    >>> [(p.name, sorted(p.titles), p.descriptions) for p in People(text, [Span(0, len(text))])]
    [('Ana Dole', ['foreign', 'minister'], ['Foreign Minister Ana Dole']), ('Bo Vale', [], ['Bo Vale, a pilot'])]
    """

    def __init__(self, text: str, paragraphs: Sequence[Span]) -> None:
        self.text = text
        self.people: list[Person] = []
        self._things: set[str] = set()
        self._lower = frozenset(re.findall(r"(?<![\w’'-])[a-z]+(?![\w’'-])", text))
        runs = [m for p in paragraphs for m in RUN.finditer(text, p.start, p.end)]
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

    def __iter__(self) -> Iterator[Person]:
        return iter(self.people)

    def _introduce(self, m: re.Match[str]) -> None:
        words = m[0].split()
        while words and fold(words[0]) in WEAK:
            words = words[1:]
        # "Vess Bank's Ben Orr": an owner is no part of a name.
        owned = [i + 1 for i, w in enumerate(words[:-1]) if re.search(r"['’]s$", w)]
        # "envoy to Ukraine Kurt Vale", "Engineer Ana Dole": a country or a trade before a whole name is none of it.
        if len(words) == 3 and (sources.is_state(words[0]) or _is_trade(words[0])):
            owned.append(1)
        # Behind a given name a title is a surname: "Tess Bishop".
        last = len(words) - (len(words) > 1 and fold(words[-2]) in sources.given_names())
        cut = max(
            [i + 1 for i, w in enumerate(words[:last]) if fold(w) in TITLES or w in _SHORTENED] + owned, default=0
        )
        titles, name = words[:cut], words[cut:]
        if not 2 <= len([w for w in name if w[0].isupper()]) <= 4 or any(fold(w) in WEAK or w == "I" for w in name):
            return
        if not titles and self._is_headline(name):
            return
        # "Ukrainian President X" and "Mr X" have the title inside the run; a bare pair of capitals may be a place.
        name[-1] = re.sub(r"['’]s?$", "", name[-1]).rstrip(".,")
        full = " ".join(name)
        if not titles and (m[0].startswith("The ") or self.text[: m.start()].endswith("the ")):
            self._things.add(full)
        known = next((p for p in self.people if same_name(p.name, full)), None)
        if known is None:
            known = Person(full)
            self.people.append(known)
        known.titles |= {fold(t) for t in titles} & TITLES
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
        titles = [fold(t) for t in titles]
        name = re.sub(r"['’]s?$", "", surname).rstrip(".,")
        if not titles or titles[-1] not in TITLES - ADJECTIVES or fold(surname) in TITLES | WEAK or len(name) < 2:
            return
        if self.text[m.end() : m.end() + 1] == "\n":
            return  # a name that may go on in the next line
        bearers = [p for p in self.people if p.surname == fold(surname)]
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
        folded = [fold(w) for w in words]
        shouted = any(len(w) > 3 and w.isupper() for w in words)
        two_parts = "-" in words[-1]  # "Ban Ki-moon"
        common = folded[0] not in _GIVEN and len(folded[0]) > 2 and folded[0] in self._lower and not two_parts
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
        if is_many(person.name) and fold(person.name.split()[0]) not in sources.given_names():
            return True
        titled = {fold(w) for w in person.name.split()} & TITLES
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
        gender = HONORIFICS.get(fold(words[0]), "") if len(words) == 2 else ""
        person = self.named(words[-1], gender)
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
            told = {sources.given_names().get(fold(first), "") if rest else ""}
        return told.pop() if len(told) == 1 else ""

    def named(self, word: str, gender: str = "") -> Person | None:
        """Return the person whose surname a word is, or the only one who bears it as another name; of a gender, where given."""
        folded = fold(word)
        bearers = [p for p in self.people if p.surname == folded and not (gender and p.gender and p.gender != gender)]
        if bearers or gender:
            return next(iter(bearers), None)
        # "Xi" for "President Xi Jinping": any word of a name, where one alone bears it who is a person for certain.
        other = [
            p
            for p in self.people
            if (p.titles or p.gender or p.descriptions) and folded in {fold(w) for w in p.name.split()}
        ]
        return other[0] if len(other) == 1 and len(folded) > 1 else None
