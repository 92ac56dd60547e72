"""What every attribution engine takes and gives, and how it is found by its name.

An engine is anything with ``find(readings)``: a sequence of `Reading` in, for each of them the `Found` attributions, in the
order of their cues, out. What an attribution means (class of the cue, speaker, type) is none of its business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import NamedTuple, Protocol

from mediabias.article import Span, Spans

#: The engines that the package ships; others come by the entry-point group ``mediabias.engines``.
SHIPPED = ("tagger", "rules")


class Reading(NamedTuple):
    """What an engine reads: a text, and the paragraphs of it that it may look at."""

    text: str
    paragraphs: Sequence[Span]


@dataclass(frozen=True)
class Found:
    """An attribution in spans; `pattern` says what made it, `confidence` (0 to 1) how sure the engine is."""

    cue: Spans
    source: Spans
    content: Spans
    confidence: float
    pattern: str = ""

    def as_roles(self) -> dict[str, list[list[int]]]:
        """Return the spans by role, as the interchange form has them."""
        parts = {"source": self.source, "cue": self.cue, "content": self.content}
        return {role: [[s.start, s.end] for s in spans] for role, spans in parts.items()}


class Engine(Protocol):
    """Finds attributions in several texts at a time; the company of a text must not change what is found in it."""

    def find(self, readings: Sequence[Reading]) -> list[list[Found]]:
        """Return the attributions of each reading, in the order of their cues."""


@cache
def named(name: str) -> Engine:
    """Return the engine of a name, loaded when it is first asked for.

    Raises
    ------
    ValueError
        When there is none of that name.

    Examples
    --------
    >>> text = "“It rains,” the mayor said."
    >>> [[f.cue[0].of(text) for f in found] for found in named("rules").find([Reading(text, [Span(0, len(text))])])]
    [['said']]
    """
    # The runtime and the weights of one engine are not loaded by who uses the other.
    if name == "tagger":
        from mediabias.attribution.tagger.model import Tagger

        return Tagger()
    if name == "rules":
        from mediabias.attribution.rules import Rules

        return Rules()
    for point in entry_points(group="mediabias.engines", name=name):
        made: Engine = point.load()()
        return made
    raise ValueError(f"unknown engine {name!r}; one of {', '.join(SHIPPED)}, or one of an installed package")
