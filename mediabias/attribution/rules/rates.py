"""How often a word form is the head of a cue: counts over a hand-annotated corpus, the prior of the rule engine.

``python -m mediabias.attribution.rules.rates POLNEAR/train`` writes ``lexicons/cue_rates.csv``. The table holds word forms
and counts only.
"""

from __future__ import annotations

import csv
import re
import sys
from bisect import bisect_left
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

from mediabias import lexicons
from mediabias.attribution.rules.tokens import tokenize
from mediabias.attribution.verbs import classify, lemma_of

_SKIP = frozenset(
    "is was are were be been being am has have had do does did will would shall should can could may might must "
    "not to also it that he she they who i we you a an the of in on at by for with from as about into over out up "
    "down his her their its and or but reporters this than".split()
)
MIN_SEEN = 3
UNSEEN = 0.1


def count(compartment: Path) -> dict[str, tuple[int, int]]:
    """Count, for each word form of a PolNeAR compartment, how often it occurs and how often as the head of a cue.

    The head is the first word of the cue that is no auxiliary, adverb in -ly, particle or pronoun.
    """
    seen: Counter[str] = Counter()
    cues: Counter[str] = Counter()
    for path in sorted((compartment / "text").glob("*.txt")):
        with path.open(encoding="utf8", newline="") as file:
            text = file.read()
        tokens = tokenize(text)
        seen.update(t.lower for t in tokens if t.is_word)
        starts = {t.start: t for t in tokens}
        begin = [t.start for t in tokens]
        heads = set()
        annotations = sorted((compartment / "attributions").glob(f"{path.stem}_*.ann"))
        for line in annotations[0].read_text(encoding="utf8").splitlines() if annotations else ():
            if m := re.match(r"T\d+\tCue (\d+) (?:\d+;\d+ )*(\d+)\t", line):
                inside = tokens[bisect_left(begin, int(m[1])) : bisect_left(begin, int(m[2]))]
                words = [t for t in inside if t.is_word and t.lower not in _SKIP and not t.lower.endswith("ly")]
                if words:
                    heads.add(words[0].start)
        cues.update(starts[k].lower for k in heads if k in starts)
    return {form: (seen[form], n) for form, n in sorted(cues.items()) if seen[form] >= MIN_SEEN and n >= 2}


@cache
def rates() -> dict[str, float]:
    """Return the share of a form's occurrences that head a cue, smoothed towards 0 by one occurrence."""
    return {row["form"]: int(row["cues"]) / (int(row["seen"]) + 1) for row in lexicons.rows("cue_rates")}


#: More word forms than an article has; a stream of articles must not fill the memory.
@lru_cache(maxsize=20_000)
def rate(form: str) -> float:
    """Return a form's own rate, else that of its verb's other forms, else 0."""
    known = rates()
    if form in known:
        return known[form]
    lemma = lemma_of(form)
    if lemma is None:
        return 0.0
    if own := [r for other, r in known.items() if lemma_of(other) == lemma]:
        # An unseen form of a verb that is often a cue is likely one.
        return 0.6 * sum(own) / len(own)
    # Of the verbs never seen as cues, those of speaking are likelier to be than those of doing or feeling.
    return UNSEEN if classify(form).cue_class not in {"acting", "mental"} else 0.0


def head_rate(cue: str) -> float:
    """Return the highest rate of a cue's words, rounded: what the rules go by.

    Examples
    --------
    >>> head_rate("has claimed") > head_rate("went")
    True
    """
    return round(max((rate(t.lower) for t in tokenize(cue) if t.lower not in _SKIP), default=0.0), 3)


def main(compartment: str) -> None:
    """Write ``lexicons/cue_rates.csv`` from a PolNeAR compartment."""
    target = Path(__file__).parents[2] / "lexicons" / "cue_rates.csv"
    with target.open("w", encoding="utf8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("form", "seen", "cues", "reference"))
        writer.writerows(
            (form, *counts, "counted in PolNeAR train") for form, counts in count(Path(compartment)).items()
        )


if __name__ == "__main__":
    main(sys.argv[1])
