"""The cues of ``lexicons/zone_cues.csv``: patterns that speak for a zone, each with a weight, for anybody to read and extend."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from mediabias import lexicons
from mediabias.outlets import Outlets, shipped

#: The slashes of an address are no menu.
_ADDRESS = re.compile(r"https?://\S*|</?[a-z]+\b[^<>]*>|</?\w+>")


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
    return list(_fired(line, outlets or shipped()))


@lru_cache(8192)
def _fired(line: str, outlets: Outlets) -> tuple[tuple[str, float, str], ...]:
    # The same menus stand on every page of an outlet.
    if len(line) <= 200:
        # The patterns know the great agencies; one that only the table knows (or the user's own) is as good as they are.
        for agency in outlets.agencies_in(line):
            line = line.replace(agency, "Reuters")
    return tuple((c.zone, c.weight, c.note) for c in cues() if c.pattern.search(line))


@lru_cache(4096)
def folded(text: str) -> str:
    """Return a block in one line, with plain marks."""
    return " ".join(lexicons.fold(text).split())
