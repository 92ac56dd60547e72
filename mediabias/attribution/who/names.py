"""The people and bodies that an article names: every capitalised name is a mention, and mentions of one party an entity.

A name is a run of capitalised words, without the titles before it ("Sen. Ana Dole"), the owner ("Ellan Bank's Ben Orr") and
the words that a sentence begins with. "Ministry of Energy" is one name. A surname belongs to the person who bears it, and an
abbreviation to the body whose initials it has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from mediabias import lexicons
from mediabias.article import Span
from mediabias.attribution.people import PARTICLE, TITLES, WEAK, fold
from mediabias.attribution.sources import PROVINCES
from mediabias.places import states

#: A capitalised word: an initial or a shortened title with its point, letters, digits and marks within ("McDole", "O’Orr").
_WORD = (
    r"(?:[^\W\d_a-z]\.(?:[^\W\d_a-z]\.)*|(?:Mrs?|Ms|Dr|Gov|Sen|Sens|Rep|Reps|Gen|Col|Lt|Capt|Sgt|Adm|Brig|Prof|Rev|Hon|Del|Det|Supt|"
    r"Cmdr|Maj|St|Jr|Sr)\.|(?!(?:I|I['’]\w+)\b)(?:[dl]['’])?[^\W\d_a-z](?:[\w\-]|['’](?!s\b)(?=\w)|&(?=\w))*)"
)
_RUN = re.compile(
    rf"(?<![\w.@#/])(?:(?i:al)-)?{_WORD}(?:(?:[ \u00a0](?:{PARTICLE}[ \u00a0]){{0,2}}|, (?=[JS]r\.)){_WORD})*"
)
_JOINER = re.compile(r" (?:(?:of|for|on)(?: the)?|&|and)(?: (?=the ))? $")
_POSSESSIVE = re.compile(r"['’](?:s\b)?$")
#: Nouns that a body's name ends or begins with: what makes "X of Y" or "X and Y" one name.
HEADS = frozenset(
    "academy administration agency alliance army assembly association authority bank board bureau caucus center centre chamber "
    "church club coalition college commission committee conference congress convention corporation council court department "
    "directorate division embassy federation force foundation fund government group house initiative institute institution "
    "league legislature ministry mission movement network office organisation organization pac panel parliament partnership "
    "party police post project program school senate service society state synod trust union university".split()
)
BODY_ENDS = HEADS | frozenset(
    "airlines airways associates brothers campaign co company corp department enterprises forum global hospital hotels inc "
    "industries international journal labs law llc llp ltd magazine media motors nations news newspaper partners press radio "
    "records report resorts review service services star studios systems technologies telegraph television times today "
    "tribune tv weekly herald gazette policy action america americans research study affairs security".split()
)
COMMON = frozenset(
    "republican republicans democrat democrats democratic american americans gop conservative conservatives liberal liberals "
    "independent libertarian tea tory labour breaking exclusive watch video photo opinion updated update read more related".split()
)


@dataclass(frozen=True, order=True)
class Named:
    """A mention by name: where it begins and ends, its words, and the titles that stand right before it."""

    start: int
    end: int
    name: str
    titles: str = ""


@cache
def given_names() -> dict[str, str]:
    """Return the gender of given names, by the name in lower case."""
    return {r["name"]: r["gender"] for r in lexicons.rows("given_names")}


@cache
def places() -> frozenset[str]:
    """Return the names of states, capitals and nations, in lower case."""
    known = states()
    return frozenset(n.lower() for p in known for n in (*p.names, *p.capitals, *p.demonyms))


def is_place(word: str) -> bool:
    """Say whether a name is that of a state, of its capital, of its people, or of a part of the United States."""
    return word.lower().rstrip(".") in places() or PROVINCES.fullmatch(word) is not None


@cache
def _seats() -> dict[str, str]:
    """Return the state of each capital, by the first of the state's names."""
    return {c: p.names[0] for p in states() if p.names for c in p.capitals}


def state_of(capital: str) -> str:
    """Return the state of a capital, or an empty string."""
    return _seats().get(capital, "")


def find_names(text: str, paragraphs: Sequence[Span]) -> list[Named]:
    """Return the mentions by name, in the order of the text.

    Examples
    --------
    >>> text = "But Sen. Ana Dole left the Ministry of Rain. Dole’s aide stayed."
    >>> [(m.name, m.titles) for m in find_names(text, [Span(0, len(text))])]
    [('Ana Dole', 'Sen.'), ('Ministry of Rain', ''), ('Dole', '')]
    """
    text = _without_line_ends(text, paragraphs)
    small = frozenset(re.findall(r"(?<![\w’'-])[a-z]{2,}(?![\w’'-])", text))
    plain = [p for p in paragraphs if not _is_title_case(p.of(text))]
    found = [n for p in plain for n in _in_paragraph(text, p, small)]
    found = _without_first_words(text, found, small)
    if len(plain) < len(paragraphs):
        found += [n for p in paragraphs if p not in plain for n in _in_headline(text, p, found)]
    return sorted(found)


def _without_line_ends(text: str, paragraphs: Sequence[Span]) -> str:
    """Return the text with spaces for the line ends of paragraphs that are wrapped by hand, so that no name breaks there."""
    for p in paragraphs:
        lines = p.of(text).split("\n")
        if len(lines) > 1 and min(map(len, lines[:-1])) > 40:
            text = text[: p.start] + text[p.start : p.end].replace("\n", " ") + text[p.end :]
    return text


def _without_first_words(text: str, found: Sequence[Named], small: frozenset[str]) -> list[Named]:
    """Take the first word of a sentence from before a name that the text has without it: "Regarding Dole"."""
    count = Counter(m.name for m in found)
    surnames = {m.name.split()[-1] for m in found if len(m.name.split()) > 1 and count[m.name] > 1}
    out = []
    for m in found:
        first, _, rest = m.name.partition(" ")
        opens = m.start == 0 or re.search(
            r"(?:[.!?:;]['\"”’)]*\s+|[“\"‘(\n]\s*|[—–-]\s+)$", text[max(0, m.start - 4) : m.start]
        )
        if (
            rest
            and not m.titles
            and opens
            and (first.lower() in small or re.search(r"(?:ing|ed|ly)$", first))
            and fold(first) not in given_names()
            and (count[rest] or rest in surnames)
            and count[m.name] < 2
            and not is_place(first)
        ):
            m = Named(m.start + len(first) + 1, m.end, rest)
        out.append(m)
    return out


def _is_title_case(paragraph: str) -> bool:
    """Say whether most longer words of a short paragraph have a capital, as in a headline."""
    words = [w for w in re.findall(r"[^\W\d_][\w’'-]*", paragraph) if len(w) > 3]
    return (
        3 <= len(words) <= 25
        and sum(w[0].isupper() for w in words) > 0.75 * len(words)
        and not re.search(r"[.:]\W*$", paragraph)
    )


def _in_headline(text: str, paragraph: Span, known: Sequence[Named]) -> list[Named]:
    """Return the names of the text below that a headline has, too, else the first words of its runs."""
    names = {m.name for m in known}
    surnames = {m.name.split()[-1] for m in known if len(m.name.split()) > 1} | {n for n in names if " " not in n}
    out: list[Named] = []
    for m in _RUN.finditer(text, paragraph.start, paragraph.end):
        tokens = [(m.start() + t.start(), m.start() + t.end()) for t in re.finditer(r"\S+", m[0])]
        at = 0
        while at < len(tokens):
            for length in range(min(5, len(tokens) - at), 0, -1):
                a, b = tokens[at][0], tokens[at + length - 1][1]
                name = _POSSESSIVE.sub("", text[a:b]).rstrip(".,")
                if name in names or (length == 1 and name in surnames):
                    out.append(Named(a, a + len(name), name))
                    break
            at += length
    return out


def _in_paragraph(text: str, paragraph: Span, small: frozenset[str]) -> Iterator[Named]:
    runs = [(m.start(), m.end()) for m in _RUN.finditer(text, paragraph.start, paragraph.end)]
    at = 0
    while at < len(runs):
        start, end = runs[at]
        # "Ministry of Rain", "Center for Rain and Snow": a body's noun draws the next run to it.
        while at + 1 < len(runs) and _joins(text, start, end, runs[at + 1][0]):
            at += 1
            end = runs[at][1]
        at += 1
        yield from _name_of(text, start, end, small)


def _joins(text: str, start: int, end: int, following: int) -> bool:
    between = text[end:following]
    if not re.fullmatch(r" (?:(?:of|for|on|against)(?: the)?|&|and) ", between):
        return False
    words = re.findall(r"[\w’'-]+", text[start:end])
    head = fold(words[-1]) if words else ""
    if between.strip() in {"and"}:
        return bool(words) and " of " in text[start:end] and any(fold(w) in HEADS for w in words[:3])
    if between.strip() == "&":
        return True
    return head in HEADS or bool(words and fold(words[0]) in HEADS and len(words) < 5)


def _name_of(text: str, start: int, end: int, small: frozenset[str]) -> Iterator[Named]:
    """Yield the name in a run: without what a sentence or a headline puts before it, and without its titles."""
    run = text[start:end]
    tokens = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", run)]
    words = [text[a:b].rstrip(",") for a, b in tokens]
    while words and (fold(words[0]) in WEAK or (len(words) > 1 and _opens(text, tokens[0][0], words, small))):
        words, tokens = words[1:], tokens[1:]
    if not words:
        return
    cut = _title_end(words)
    titles, name = words[:cut], words[cut:]
    if not name or all(fold(w) in WEAK for w in name):
        return
    a, b = tokens[cut][0], tokens[-1][1]
    name_text = _POSSESSIVE.sub("", text[a:b])
    if not re.search(r"\b(?:Jr|Sr|Inc|Co|Corp|Ltd|[A-Z])\.$", name_text):
        name_text = name_text.rstrip(".")
    name_text = name_text.rstrip(",")
    if len(name_text) > 1:
        yield Named(a, a + len(name_text), " ".join(name_text.split()), " ".join(titles))


def _opens(text: str, at: int, words: Sequence[str], small: frozenset[str]) -> bool:
    """Say whether the first word of a run is only capitalised because a sentence begins with it."""
    word = words[0]
    begins = (
        at == 0 or re.search(r"(?:[.!?:]['\"”’)]*\s+|[“\"‘(\n]\s*|[—–-]\s+)$", text[max(0, at - 4) : at]) is not None
    )
    return (
        begins
        and word.isalpha()
        and word.lower() in small
        and fold(word) not in TITLES
        and word.lower() not in given_names()
    )


def _title_end(words: Sequence[str]) -> int:
    """Return how many words of a run are titles and what stands before them; 0 where the run names a body."""
    joined = any(w in {"of", "for", "on", "against", "&"} for w in words) and any(fold(w) in HEADS for w in words)
    if len(words) > 1 and (fold(words[-1]) in BODY_ENDS or joined) and fold(words[-1]) not in TITLES:
        given = _late_given_name(words)
        if not given:
            return 0
        return given
    last = len(words) - 1
    # Behind a given name a title is a surname: "Tess Bishop".
    if last > 0 and fold(words[last - 1]) in given_names():
        last -= 1
    cut = max(
        (
            n + 1
            for n, w in enumerate(words[:last])
            if fold(w) in TITLES or w in {"Del.", "Hon.", "Det.", "Supt.", "Cmdr.", "Maj.", "Reps.", "Sens."}
        ),
        default=0,
    )
    if cut == 0:
        cut = _late_given_name(words)
    # "Republican Ana Dole", "Russian Ana Dole", "CNN Ana Dole": an adjective before a whole name.
    while len(words) - cut >= 3 and (fold(words[cut]) in COMMON or fold(words[cut]) in places()):
        cut += 1
    return cut


def _late_given_name(words: Sequence[str]) -> int:
    """Return where a person's name begins behind an office: "Director of Port Affairs Ana Dole"; 0 where none does."""
    at = len(words) - 2
    if at < 1 or fold(words[at]) not in given_names() or fold(words[-1]) in BODY_ENDS:
        return 0
    return at if fold(words[at - 1]) in BODY_ENDS | TITLES else 0


def ends_body(name: str) -> bool:
    """Say whether a name is made as those of bodies are: "Bridge Committee", "Ministry of Rain"."""
    return surname_of(name) in BODY_ENDS or " of " in name or " for " in name


def surname_of(name: str) -> str:
    """Return the last word of a name, as names are compared."""
    words = [w for w in name.split() if fold(w) not in {"jr", "sr", "ii", "iii"}]
    return fold(words[-1]) if words else ""
