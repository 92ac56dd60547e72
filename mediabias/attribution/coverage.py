"""How much of a corpus's cues the lexicon knows; ``python -m mediabias.attribution.coverage POLNEAR/train`` prints it."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from mediabias.attribution import polnear
from mediabias.attribution.verbs import WORD, classify, entry_of


@dataclass(frozen=True)
class Coverage:
    """How many cues the lexicon knows: of all, and of those with a verb.

    No tagger is asked which cues have a verb: a cue that isn't known, and has no noun or adjective of the lexicon
    either, is taken for verbal, so that the share of verbs can only be too low.
    """

    cues: int
    known: int
    verbal: int
    known_verbal: int


def coverage(compartment: str) -> Coverage:
    """Return how many of a PolNeAR compartment's cues the lexicon knows."""
    cues = [
        " ".join(d.text[s:e] for s, e in a["cue"])
        for d in polnear.read(compartment)
        for a in d.annotations[0]
        if a["cue"]
    ]
    found = [(cue, classify(cue)) for cue in cues]
    known = [c for _, c in found if c.cue_class != "other"]
    known_verbal = sum(c.pos in {"verb", "phrase"} for c in known)
    unknown = [cue for cue, c in found if c.cue_class == "other" and not _has_nominal(cue)]
    return Coverage(len(cues), len(known), known_verbal + len(unknown), known_verbal)


def _has_nominal(cue: str) -> bool:
    return any(entry_of(pos, w) for w in WORD.findall(cue.lower()) for pos in ("noun", "adjective"))


if __name__ == "__main__":
    done = coverage(sys.argv[1])
    print(f"{done.known_verbal / done.verbal:.4f} of {done.verbal} verbal cues are in the lexicon")
    print(f"{done.known / done.cues:.4f} of all {done.cues} cues are")
