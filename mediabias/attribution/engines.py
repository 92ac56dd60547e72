"""What every attribution engine takes and gives.

An engine is anything with ``find(readings)``: a sequence of `Reading` in, for each of them the `Found` attributions, in the
order of their cues, out. What an attribution means (class of the cue, speaker, type) is none of its business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from mediabias.article import Span, Spans


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
