"""Whom a source may stand for: the parties of an article, and each source as it stands in the text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mediabias.article import Span
from mediabias.attribution.engines import Found
from mediabias.attribution.people import TITLES, fold, is_many
from mediabias.attribution.quotes import quotations
from mediabias.attribution.who.entities import Entities, Entity
from mediabias.attribution.who.names import Named
from mediabias.attribution.who.phrases import STOP, content_words, head_noun, kinds_of, nouns, own_label

#: Pronouns and owners by what they look back at.
PRONOUNS = {
    **dict.fromkeys("he him his himself".split(), "he"),
    **dict.fromkeys("she her hers herself".split(), "she"),
    **dict.fromkeys("they them their theirs themselves these those".split(), "they"),
    **dict.fromkeys("it its itself this that".split(), "it"),
    **dict.fromkeys("who whom whose which".split(), "who"),
    **dict.fromkeys("i me my mine myself".split(), "i"),
    **dict.fromkeys("we us our ours ourselves".split(), "we"),
    **dict.fromkeys("you your yours one".split(), "you"),
}
#: Of a source: which pronoun it is, or whether it has a name, a determiner that points back, or neither.
FORMS = (*dict.fromkeys(PRONOUNS.values()), "named", "definite", "plain", "none")
_DEFINITE = re.compile(r"(?:the|this|that|these|those|his|her|its|their|our|my)\b", re.I)


#: A description with its name behind it: "the engineer, Ada Quill".
_APPOSED_NAME = re.compile(
    r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y|(?:[A-Z][\w.-]+ ){0,2}[A-Z][\w.-]+[’']s?) [^,A-Z]+, (?:[a-z]+ ){0,2}(?=[A-Z])"
)
_ARTICLE = re.compile(r"(?:an?|the|who|whose|one|former|[RDI]-|\d)")
_APPOSED = re.compile(r"(?:,| \(| is| was) ((?:an?|the|who|whose|one|former|[RDI]-|\d|[A-Za-z])[^,;:\n“\"()]{2,90})")
_OWNER = re.compile(r"([A-Z][\w’'&.-]*(?: [A-Z][\w&.-]*)*)[’']s? $")
_BEHIND = re.compile(
    r" (?:of|for|at|from|in|with)(?: the| a| an| his| her| their| its)?(?: [\w’'.-]+){1,3}?(?=[,.;:!?]| [a-z]+(?:ed|s)\b|\n|$)"
)
_WORD_BEFORE = re.compile(r"(?<![^\s“\"(‘])([\w’'.$%-]+)[ ]$")
_BEGINS = re.compile(
    r"(?:the|an?|this|that|these|those|his|her|its|their|our|my|some|many|most|several|two|three|four|one)$", re.I
)


def _is_break(word: str) -> bool:
    """Say whether a word separates a phrase from what stands before it."""
    return fold(word) in STOP or (word.endswith((",", ".")) and len(word) > 4)


def _first_sentence(text: str) -> str:
    """Return a source that runs on up to the end of its sentence: "Ada Quill. Rain" is Ada Quill, "Adm. Quill" is whole."""
    for m in re.finditer(r"(\w{3,})[.!?] (?=[A-Z])", text):
        if fold(m[1]) not in TITLES:
            return text[: m.end(1)]
    return text


def apposed_name(text: str, names: Sequence[Named]) -> Named | None:
    """Return the name that stands behind a description, as its apposition.

    Examples
    --------
    >>> text = "the engineer, Ada Quill, after the vote"
    >>> apposed_name(text, [Named(14, 23, "Ada Quill")]).name
    'Ada Quill'
    """
    behind = _APPOSED_NAME.match(text)
    if behind is None:
        return None
    return next((m for m in names if text.startswith((m.name, f"{m.titles} {m.name}"), behind.end())), None)


@dataclass
class Party:
    """One whom a source may stand for.

    `places` are the mentions in the order of the text; `entity` is the named one behind it; `is_many` says that it is named in
    the plural. A party of `role` "own" is a source by its own words, "none" nobody.
    """

    label: str
    places: list[tuple[int, int]] = field(default_factory=list)
    entity: Entity | None = None
    is_many: bool = False
    role: str = "named"
    words: frozenset[str] = frozenset()
    gender: str = ""
    about: tuple[str, ...] = ()

    @cached_property
    def about_words(self) -> frozenset[str]:
        """The words that the article says beside the name."""
        return content_words(" ".join(self.about)) - self.words

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What kinds of source the words of the name and beside it tell."""
        last = fold(self.label.split()[-1]) if self.label else ""
        return frozenset(k for w in (*sorted(self.about_words), last) for k in kinds_of(w))


@dataclass(frozen=True)
class Source:
    """The source of an attribution as it stands: its span, its form, the names within, the noun that heads it."""

    start: int
    end: int
    text: str
    form: str
    head: str
    names: tuple[Named, ...]
    is_many: bool


class Parties:
    """The parties of one article, and the sources of its attributions.

    Parameters
    ----------
    text : str
    paragraphs : sequence of Span
    found : sequence of Found
        In the order of their cues.
    """

    def __init__(self, text: str, paragraphs: Sequence[Span], found: Sequence[Found]) -> None:
        self.text, self.paragraphs, self.found = text, list(paragraphs), list(found)
        self.named = Entities(text, paragraphs)
        self._paragraph_starts = [p.start for p in self.paragraphs]
        self._starts = [m.start for m in self.named.names]
        self.quoted = [q.span for q in quotations(text, self.paragraphs)]
        self._quote_starts = [q.start for q in self.quoted]
        self.parties = [
            Party(
                e.name,
                [(m.start, m.end) for m in e.mentions],
                e,
                words=content_words(" ".join(sorted(e.aliases))),
                gender=e.gender,
                about=tuple(self._about(e)),
            )
            for e in self.named
        ]
        self.of_entity = {id(p.entity): p for p in self.parties}
        self.sources = [self._source(f) for f in found]
        self.described = list(self._described())
        self.places = sorted(a for p in self.parties for a, _ in p.places)
        self.sentence_starts = [
            0,
            *(
                m.end()
                for m in re.finditer(
                    r"(?<!\b[A-Z])(?<!Mr)(?<!Mrs)(?<!Dr)(?<!Sen)(?<!Gov)(?<!Rep)[.!?][”\"’')]*\s+|\n+", text
                )
            ),
        ]

    def _about(self, e: Entity) -> Iterator[str]:
        """Yield what stands beside a name: its titles, the words before it, an apposition behind it, an owner."""
        for m in e.mentions[:12]:
            if m.titles:
                yield m.titles
            before, behind = self.text[max(0, m.start - 60) : m.start], self.text[m.end : m.end + 100]
            if lead := re.search(r"(?:[\w’'&/.-]+ ){1,5}$", before):
                words = lead[0].split()
                cut = max((n + 1 for n, w in enumerate(words) if _is_break(w)), default=0)
                if words[cut:]:
                    yield " ".join(words[cut:])
            # "Dole, an engineer of the port": up to the next comma; behind a full name also without an article.
            apposed = _APPOSED.match(behind)
            if apposed and (" " in m.name or _ARTICLE.match(apposed[1])):
                yield re.split(r"\.(?:\s|$)", apposed[1])[0]
            if owner := _OWNER.search(before[-50:]):
                yield owner[1]

    def names_in(self, start: int, end: int) -> list[Named]:
        """Return the names that begin in a range."""
        return self.named.names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def party_of(self, mention: Named) -> Party:
        """Return the party of a mention by name."""
        return self.of_entity[id(self.named.of_mention[mention])]

    @cached_property
    def topic(self) -> dict[str, float]:
        """Which share of the nouns for sources each kind has, over the article: what it is about."""
        count = Counter(k for d in self.described for _ in d.places for k in kinds_of(head_noun(d.label)))
        return {k: n / count.total() for k, n in sorted(count.items())}

    def around(self, party: Party, reach: int = 60, most: int = 8) -> str:
        """Return the words around the mentions of a party."""
        return " ".join(self.text[max(0, a - reach) : b + reach] for a, b in party.places[:most])

    def is_quoted(self, at: int) -> bool:
        """Say whether a character stands within quotation marks."""
        n = bisect_right(self._quote_starts, at) - 1
        return n >= 0 and at < self.quoted[n].end

    def sentence(self, at: int) -> int:
        """Return the number of the sentence of a character."""
        return bisect_right(self.sentence_starts, at)

    def paragraph(self, at: int) -> int:
        """Return the number of the paragraph of a character."""
        return bisect_right(self._paragraph_starts, at)

    def _source(self, found: Found) -> Source:
        if not found.source:
            at = found.cue[0].start
            return Source(at, at, "", "none", "", (), False)
        span = found.source[0]
        text = _first_sentence(" ".join(span.of(self.text).split()))
        names = tuple(self.names_in(span.start, span.end))
        word = re.sub(r"[^\w’'-]", "", text).lower()
        form = PRONOUNS.get(word, "")
        if not form:
            form = "named" if self._names_head(text, names) else "definite" if _DEFINITE.match(text) else "plain"
        plural = form != "named" and text[:1].isalnum() and is_many(text)
        return Source(span.start, span.end, text, form, head_noun(text), names, plural)

    def _names_head(self, text: str, names: Sequence[Named]) -> bool:
        """Say whether a source is headed by a name: "Mayor Ana Dole, an engineer", not "the Ellan Guild’s lawyer"."""
        if not names:
            return False
        if apposed_name(text, names):
            return True
        head = head_noun(text)
        return any(head in content_words(m.name) or head in content_words(m.titles) for m in names)

    def _described(self) -> Iterator[Party]:
        """Yield noun phrases that may describe a party, once by their words: "two aides of the mayor"."""
        seen: dict[str, Party] = {}
        for p in self.paragraphs:
            for m in nouns().finditer(self.text, p.start, p.end):
                start, end = self._phrase(m.start(), m.end(), p.start)
                label = own_label(self.text[start:end])
                key = label.lower()
                if not key or key in PRONOUNS:
                    continue
                if key not in seen:
                    plural = label[:1].isalnum() and is_many(label)
                    seen[key] = Party(label, [], None, plural, "described", content_words(label))
                seen[key].places.append((start, end))
        yield from seen.values()

    def _phrase(self, start: int, end: int, least: int) -> tuple[int, int]:
        """Return where the noun phrase of a noun begins and ends: with up to five words before it, and "of ..."."""
        for _ in range(5):
            before = _WORD_BEFORE.search(self.text[max(least, start - 30) : start])
            if before is None or _is_break(before[1]):
                break
            start -= len(before[0])
            if _BEGINS.match(before[1]):
                break
        behind = _BEHIND.match(self.text[end : end + 70])
        return start, end + (len(behind[0]) if behind else 0)
