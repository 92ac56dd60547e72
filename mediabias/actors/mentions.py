"""Where one article speaks of whom: people by name, title and pronoun; states by name, seat and nationality; bodies; groups.

The people are those that attribution knows (`mediabias.attribution.people`), resolved by the same rules in the same order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from mediabias.actors.table import ActorTable, loaded
from mediabias.article import SENTENCE_ZONES, Article, Mention, Span
from mediabias.attribution import sources, verbs
from mediabias.attribution.people import ADJECTIVES, HONORIFICS, RUN, TITLES, WEAK, People, Person, fold, spelled_out
from mediabias.attribution.quotes import quotations
from mediabias.attribution.sources import given_names
from mediabias.places import states

_HE, _SHE = frozenset("he him his himself".split()), frozenset("she her hers herself".split())
_PRONOUN = re.compile(r"(?<![\w’'-])(?:he|him|his|himself|she|her|hers|herself)(?![\w’'-])", re.I)
#: "in France" is a place; "of France", "to France" may be the state.
_PLACED = re.compile(
    r"\b(?:in|near|across|around|outside|inside|throughout|within|into|at)\s+(?:the\s+|all of\s+)?$", re.I
)
#: A capital stands for its government where it acts: "Paris said", "Paris's refusal".
_ACTS = re.compile(r"(?:[’']s?)?\s+(?:also\s+|has\s+|had\s+|have\s+|would\s+|will\s+|could\s+|not\s+)*([a-z]+)")
_CAPITAL_BEFORE = re.compile(r"([A-Z][\w.’'-]*)\s$")
_FOLLOWED = re.compile(r"\s+[A-Z][a-z]|\s*[,-]\s*(?:[A-Z]|based|born)")
#: "the minister", "the Prime Minister", not "the minister of the coast".
_TITLE = re.compile(r"\b[Tt]he (?=([A-Za-z]+)\b(?: ([A-Za-z]+)\b)?(?: ([A-Za-z]+)\b)?)")
_GOES_ON = re.compile(r" of\b| [A-Z]|, [A-Z]\w+ [A-Z]")
#: "The minister of the coast, Ana Dole": the title of a name that stands behind it.
_APPOSED = re.compile(r"\b((?:[\w-]+ ){0,3}[\w-]+)(?: (?:of|for) [^,.;\n]{2,60})?, $")
_TWO_WORDS = re.compile(r"\s([a-z][\w-]*)(?:\s([a-z][\w-]*))?")
_AFFILIATED = re.compile(r"\b(?:of|at|for|from|by|with|against|inside)\s(?:the\s)?$")
_BODY = re.compile(rf"{RUN.pattern}(?: (?:of|for|on|&)(?: the)? {RUN.pattern})*")
_BODIES = frozenset(("company", "media", "state or institution", "civil society"))
#: Attributions below this confidence are rather wrong than right, and say nothing of whom an article cites.
_SURE = 0.5
#: Paragraphs that a pronoun looks back over, its own included.
_BACK = 2


def with_mentions(article: Article, table: ActorTable | None = None, zones: Iterable[str] = SENTENCE_ZONES) -> Article:
    """Return the article with the mentions of its actors.

    Parameters
    ----------
    article : Article
        With attributions, where groups that it cites are wanted too ("relatives of the missing").
    table : ActorTable, optional
        States by default.
    zones : iterable of str
        Where mentions are looked for.

    Returns
    -------
    Article
        A copy whose `mentions` are sorted by position. The actor is the name that the article introduces it by, or the table's.
        A mention may lie within one of a group ("a spokesman for the ministry"), and overlaps no other.

    References
    ----------
    van Leeuwen, T. (1996). The representation of social actors. In: Texts and Practices. Routledge.

    Examples
    --------
    >>> article = with_mentions(Article.from_text("Mayor Ana Dole met French officials. The mayor said she was glad. Dole left."))
    >>> [(m.actor, m.form) for m in article.mentions]
    [('Ana Dole', 'titled_name'), ('France', 'nationality'), ('Ana Dole', 'title'), ('Ana Dole', 'pronoun'), ('Ana Dole', 'surname')]
    """
    spans = list(article.spans(zones))
    reading = _Reading(article, spans, table or loaded())
    return article.replace(mentions=tuple(sorted(reading.mentions())))


class _Reading:
    """One article while its mentions are looked for."""

    def __init__(self, article: Article, spans: Sequence[Span], table: ActorTable) -> None:
        self.article, self.text, self.spans, self.table = article, article.text, spans, table
        self.attributions = [a for a in article.attributions or () if a.confidence >= _SURE]
        self.people = People(article.text, spans)
        self.whole = {short: re.sub(r"^[Tt]he ", "", name) for short, name in spelled_out(article.text).items()}
        self.quoted = [q.span for q in quotations(article.text, list(spans))]
        self.by_name = {p.name: p for p in self.people}
        self.headlines = list(article.spans(("headline",)))
        self.titles = {p.name: set(p.titles) | self._apposed(p) for p in self.people}
        said = {a.speaker: a.source_type for a in self.attributions}
        runs = [m[0] for s in spans for m in RUN.finditer(article.text, s.start, s.end)]
        surnames = {re.sub(r"[’']s?$", "", r) for r in runs if " " not in r}
        sure = {p.name for p in self.people if self.titles[p.name] or p.gender or p.name.split()[-1] in surnames}
        #: What only capitals make a person, and what it is called as a source, or who is of it, a body.
        self.bodies = {n for n in self.by_name if n not in sure and (said.get(n) in _BODIES or self._has_members(n))}
        # "Republican National Convention": of a title and words that the article writes small nobody's name is made.
        small = set(re.findall(r"\b[a-z]+\b", article.text))
        things = {
            n
            for n in self.by_name
            if all(fold(w) in small for w in n.split()) and n.split()[0].lower() not in given_names()
        }
        self.persons = {p.name for p in self.people if p.name in sure or p.name in said or p.descriptions}
        self.persons -= self.bodies | {n for n in things if " " in n}

    def _apposed(self, p: Person) -> set[str]:
        found = (_APPOSED.search(self.text, max(0, at - 110), at) for at in p.mentions)
        return {w.lower() for m in found if m for w in m[0].strip(" ,").split()} & TITLES

    def _has_members(self, name: str) -> bool:
        """Say whether others are said to be of what a name names: "an engineer at Vess Hydro"."""
        places = [m.start() for m in re.finditer(rf"\b{re.escape(name)}\b", self.text)]
        return any(_AFFILIATED.search(self.text, max(0, at - 12), at) for at in places)

    def mentions(self) -> list[Mention]:
        listed = list(self._listed())
        named = _apart([m for m in listed if m.kind == "listed"], list(self._persons()))
        named = _apart(named, [m for m in listed if m.kind == "state"])
        named = _apart(named, list(self._bodies()))
        named = _apart(named, list(self._titles(named)))
        cited = list(self._cited(named))
        return _apart(named, list(self._pronouns([*named, *cited]))) + cited

    def _listed(self) -> Iterator[Mention]:
        for span in self.spans:
            for start, end, term in self.table.matcher.find(self.text, span.start, span.end):
                known = self.table.known[term]
                if known.kind == "listed":
                    yield Mention(start, end, known.actor, known.form, known.kind)
                elif known.form == "nationality":
                    if reach := self._officials(start, end):
                        yield Mention(start, reach, known.actor, known.form, known.kind)
                elif self._is_state(start, end, known.form == "seat" and term in _capitals()):
                    yield Mention(start, end, known.actor, known.form, known.kind)

    def _officials(self, start: int, end: int) -> int:
        """Return where "French officials" ends, or 0 where a nation's adjective names nobody of the state."""
        if m := _TWO_WORDS.match(self.text, end):
            for reach in (m.end(1), m.end(2)):
                if (
                    reach > 0
                    and m[1] not in TITLES
                    and sources.source_type(self.text[start:reach]) in {"unnamed official", "state or institution"}
                ):
                    return reach
                if verbs.lemma_of(m[1]):
                    break
        return 0

    def _is_state(self, start: int, end: int, capital: bool) -> bool:
        if _PLACED.search(self.text, max(0, start - 20), start) or _FOLLOWED.match(self.text, end):
            return False
        if (before := _CAPITAL_BEFORE.search(self.text, max(0, start - 20), start)) and fold(before[1]) not in WEAK:
            return False  # "Radio France"
        if not capital:
            return True
        acts = _ACTS.match(self.text, end)
        owner = self.text[end : end + 2] in {"’s", "'s"}
        return acts is not None and (owner or verbs.lemma_of(acts[1]) is not None)

    def _persons(self) -> Iterator[Mention]:
        for span in self.spans:
            for m in RUN.finditer(self.text, span.start, span.end):
                found = self._person(m)
                if found and found.actor in self.persons:
                    yield found
                elif found and found.actor in self.bodies:
                    yield Mention(found.start, found.end, found.actor, "name", "body")

    def _person(self, m: re.Match[str]) -> Mention | None:
        """Return the person that a run of capitals ends in, with the titles before the name."""
        run = re.sub(r"['’]s?$", "", m[0]).rstrip(".,")
        person = max((p for p in self.people if _ends_in(run, p.name)), key=lambda p: len(p.name), default=None)
        words = run.split(" ")
        if person is not None:
            start = m.start() + len(run) - len(person.name)
            form = "full_name" if " " in person.name else "surname"
            before = run[: len(run) - len(person.name)].split()
        else:
            before = words[:-1]
            person = (
                self.people.named(words[-1], HONORIFICS.get(fold(words[0]), ""))
                if all(map(_precedes, before))
                else None
            )
            if person is None or (len(words) == 1 and fold(words[0]) in WEAK):
                return None
            start, form = m.start() + len(run) - len(words[-1]), "surname"
        titled = [w for w in before if fold(w) in TITLES]
        start = m.start() + m[0].index(titled[0]) if titled else _title_before(self.text, start)
        if titled or self.text[start].islower():
            form = "titled_name"
        elif form == "surname" and fold(words[-1]) == fold(person.name.split()[0]) != person.surname:
            form = "given_name"
        return Mention(start, m.start() + len(run), person.name, form, "person")

    def _bodies(self) -> Iterator[Mention]:
        """Yield the bodies; a headline's capitals make one only where the text has the name too."""
        found: list[tuple[bool, Mention]] = []
        for span in self.spans:
            for m in _BODY.finditer(self.text, span.start, span.end):
                words = m[0].split(" ")
                lead = 0
                while lead < len(words) - 1 and (fold(words[lead]) in WEAK or words[lead] == "The"):
                    lead += 1
                start = m.start() + len(" ".join(words[:lead])) + (lead > 0)
                name = re.sub(r"['’]s?$", "", self.text[start : m.end()]).rstrip(".,")
                if actor := self._body(name):
                    headed = any(h.start <= start < h.end for h in self.headlines)
                    found.append((headed, Mention(start, start + len(name), actor, "name", "body")))
        told = {m.actor for headed, m in found if not headed}
        yield from (m for headed, m in found if not headed or m.actor in told)

    def _body(self, name: str) -> str:
        if name in self.whole:
            return self.whole[name]
        head = re.split(r" (?:of|for|on)\b", name)[0]
        if not name or fold(name) in WEAK | TITLES or sources.is_state(name) or sources.PROVINCES.fullmatch(name):
            return ""
        return name if name in self.whole.values() or (sources.names_body(head) and not sources.is_state(head)) else ""

    def _titles(self, named: Sequence[Mention]) -> Iterator[Mention]:
        """Yield "the minister" for the person last spoken of who is one, "the ministry" for the body last named."""
        people = [m for m in named if m.kind == "person"]
        bodies = [m for m in named if m.kind == "body"]
        for span in self.spans:
            for m in _TITLE.finditer(self.text, span.start, span.end):
                if not self._inside(m.start()):
                    yield from self._meant(m, people, bodies)

    def _meant(self, m: re.Match[str], people: Sequence[Mention], bodies: Sequence[Mention]) -> Iterator[Mention]:
        for n in (1, 2, 3):
            if m[n] is None:
                return
            words, noun = {w.lower() for w in m.groups()[:n]}, m[n].lower()
            titled = noun in TITLES - ADJECTIVES and words <= TITLES
            if titled:
                before = [p for p in people if p.start < m.start() and words <= self.titles[p.actor]]
            else:
                before = [b for b in bodies if b.start < m.start() and b.actor.lower().split()[-1] == noun]
            if before and not _GOES_ON.match(self.text, m.end(n)):
                form = "title" if titled else "description"
                yield Mention(m.start(), m.end(n), before[-1].actor, form, before[-1].kind)
                return

    def _pronouns(self, named: Sequence[Mention]) -> Iterator[Mention]:
        # "He" may be "an engineer", too, who has no name.
        people = sorted(m for m in named if m.kind == "person" or _is_one(self.text, m))
        said = {a.source[0].start: a.speaker for a in self.attributions if a.source}
        for n, span in enumerate(self.spans):
            begin = self.spans[max(0, n - _BACK + 1)].start
            for m in _PRONOUN.finditer(self.text, span.start, span.end):
                if self._inside(m.start()):
                    continue
                unlike = "f" if m[0].lower() in _HE else "m"
                near = [p for p in people if begin <= p.start < m.start() and self._gender(p.actor) != unlike]
                meant = next(
                    (p for p in reversed(people) if p.actor == said.get(m.start())), near[-1] if near else None
                )
                if meant:
                    found = Mention(m.start(), m.end(), meant.actor, "pronoun", meant.kind)
                    people.insert(bisect_left(people, found), found)
                    yield found

    def _gender(self, name: str) -> str:
        return self.by_name[name].gender if name in self.by_name else ""

    def _cited(self, named: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the sources that are no person, state or body by name: "relatives of the missing"."""
        seen: set[tuple[int, int]] = set()
        for a in self.attributions:
            if not a.source or not a.speaker or a.speaker in self.by_name:
                continue
            start, end = a.source[0].start, a.source[0].end
            read = any(s.start <= start < s.end for s in self.spans) and not self._inside(start)
            covered = any(m.start < end and start < m.end and m.kind not in {"body", "state"} for m in named)
            bare = any(
                start <= m.start and m.end == end and len(self.text[start : m.start].split()) <= 1 for m in named
            )
            if not read or covered or bare or (start, end) in seen or self.text[start:end].lower() in sources.PRONOUNS:
                continue
            seen.add((start, end))
            holder = self._holder(a.speaker)
            kind, form = ("person", "title") if holder else ("group", "description")
            yield Mention(start, end, holder or _without_determiner(a.speaker), form, kind)

    def _holder(self, label: str) -> str:
        """Return the one person of the article who holds the office that a label names: "the minister of the coast"."""
        words = _without_determiner(label.split(",")[0]).lower().split()
        office = re.split(r" (?:of|for)\b", " ".join(words))[0].split()
        holders = [n for n in sorted(self.persons) if set(words) & TITLES <= self.titles[n]]
        named = office and set(office) <= TITLES and office[-1] not in ADJECTIVES
        return holders[0] if len(holders) == 1 and named else ""

    def _inside(self, at: int) -> bool:
        return any(q.start <= at < q.end for q in self.quoted)


@cache
def _capitals() -> frozenset[str]:
    return frozenset(c for p in states() for c in p.capitals)


def _is_one(text: str, m: Mention) -> bool:
    """Say whether a group is one person without a name: "a resident of the valley"."""
    return m.kind == "group" and re.match(r"(?:an?|one|another)\s", text[m.start : m.end], re.I) is not None


def _ends_in(run: str, name: str) -> bool:
    return run.endswith(name) and (len(run) == len(name) or run[-len(name) - 1] == " ")


def _precedes(word: str) -> bool:
    """Say whether a word may stand before a surname and leave it the same person's: a title, an initial, a sentence's first word."""
    return fold(word) in TITLES | WEAK or re.fullmatch(r"[^\W\d_a-z]\.", word) is not None


def _title_before(text: str, start: int) -> int:
    """Return where the titles in lower case before a name begin: "former mayor Ana Dole"."""
    while m := re.search(r"(?<![\w-])([a-z]+)\s$", text[max(0, start - 25) : start]):
        if m[1] not in TITLES - {"then"}:
            break
        start -= len(m[0])
    return start


def _apart(kept: list[Mention], more: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, with those of `more` that overlap none."""
    taken = sorted((m.start, m.end) for m in kept)
    starts = [s for s, _ in taken]
    out = list(kept)
    for m in more:
        at = bisect_left(starts, m.end)
        if not any(e > m.start for _, e in taken[max(0, at - 3) : at]):
            out.append(m)
    return sorted(out)


def _without_determiner(label: str) -> str:
    return re.sub(r"^(?:the|an?|his|her|its|their|our|some|many|several|two|three)\s+", "", label, flags=re.I)
