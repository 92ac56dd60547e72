"""The cues of ``lexicons/zone_cues.csv``: patterns that speak for a zone, each with a weight, for anybody to read and extend."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import re2

from mediabias import lexicons
from mediabias.outlets import Outlets, shipped

#: The slashes of an address are no menu.
_ADDRESS = re.compile(r"https?://\S*|</?[a-z]+\b[^<>]*>|</?\w+>")


#: What is found in a line up to this length is kept: the same menus stand on every page of an outlet.
_SHORT = 200
#: To RE2 a letter is a Latin one: any other is shown to it as one, so that words begin and end where they do for `re`;
#: but for those that `re` takes for a Latin one in another case.
_OTHER_LETTER = re.compile(r"[^\W\x00-\x7f]")
_SAME = str.maketrans("ıİſ\u212a", "iisk")


@dataclass(frozen=True)
class Cue:
    """A pattern that speaks for a zone with a weight."""

    zone: str
    weight: float
    pattern: re.Pattern[str]
    note: str


@cache
def cues() -> tuple[Cue, ...]:
    """Return the cues of ``lexicons/zone_cues.csv``.

    Examples
    --------
    >>> from mediabias.article import ZONES
    >>> {c.zone for c in cues()} <= set(ZONES)
    True
    """
    return tuple(
        Cue(
            r["zone"],
            float(r["weight"]),
            re.compile(_loosened(r["pattern"]), 0 if "[A-Z]" in r["pattern"] else re.I),
            r["note"],
        )
        for r in lexicons.rows("zone_cues")
    )


def _loosened(pattern: str) -> str:
    """Let a pattern that needs capitals take its own words in either case."""
    if "[A-Z]" not in pattern:
        return pattern
    return re.sub(r"(?<![\\\w\[-])([a-z])(?=[a-z]+\b)", lambda m: f"[{m[1]}{m[1].upper()}]", pattern)


def explain(text: str, outlets: Outlets | None = None) -> list[tuple[str, float, str]]:
    """List the cues that a block fires, as (zone, weight, note).

    Examples
    --------
    >>> explain("AFP contributed reporting.")
    [('credit', 8.0, 'agency or reporter credit')]
    """
    line = folded(text)[:1500]
    if "<" in line or "://" in line:
        line = _ADDRESS.sub("", line)
    return list((_short_fired if len(line) <= _SHORT else _fired)(line, outlets or shipped()))


@lru_cache(8192)
def _short_fired(line: str, outlets: Outlets) -> tuple[tuple[str, float, str], ...]:
    return _fired(line, outlets)


def _fired(line: str, outlets: Outlets) -> tuple[tuple[str, float, str], ...]:
    if len(line) <= _SHORT:
        # The patterns know the great agencies; one that only the table knows (or the user's own) is as good as they are.
        for agency in outlets.agencies_in(line):
            line = line.replace(agency, "Reuters")
    likely, told, always = _filter()
    known = cues()
    plain = line if line.isascii() else _OTHER_LETTER.sub("x", line.translate(_SAME))
    maybe = sorted((*always, *(told[i] for i in likely.Match(plain) or ())))
    return tuple((c.zone, c.weight, c.note) for c in map(known.__getitem__, maybe) if c.pattern.search(line))


@cache
def _filter() -> tuple[re2.Set, list[int], list[int]]:
    """Return RE2's set of the cues, the cue of each of its numbers, and the cues that RE2 can't tell.

    The set tells in one pass which cues a line may hold: all that it does hold, and at times another.
    """
    options = re2.Options()
    options.log_errors = False
    likely, told, always = re2.Set.SearchSet(options), [], []
    for n, cue in enumerate(cues()):
        flags = "(?i)" if cue.pattern.flags & re.I else ""
        # Counting multiplies an automaton's states; where a hundred may stand, any number may for this first look.
        uncounted = re.sub(r"(?<!\\)\{(\d*)[\d,]*\}", lambda m: "*" if m[1] in {"", "0"} else "+", cue.pattern.pattern)
        try:
            likely.Add(flags + uncounted)
            told.append(n)
        except re2.error:
            always.append(n)
    likely.Compile()
    return likely, told, always


def folded(text: str) -> str:
    """Return a block in one line, with plain marks."""
    return _short_folded(text) if len(text) <= _SHORT else " ".join(lexicons.fold(text).split())


@lru_cache(4096)
def _short_folded(text: str) -> str:
    return " ".join(lexicons.fold(text).split())
