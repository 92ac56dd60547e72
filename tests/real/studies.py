"""Two studies on real corpora: which differences stand within events, and how far extracted numbers mislead.

``python -m tests.real.studies FOLDER`` writes and prints their tables; MEDIABIAS_REAL names the folder of the corpora. No text is
written, only numbers.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd

import mediabias as mb
from mediabias.attribution import polnear, scoring
from mediabias.validation import alpha

_SPEC = importlib.util.spec_from_file_location("paper_studies", Path(__file__).parents[2] / "paper" / "studies.py")
assert _SPEC is not None and _SPEC.loader is not None
paper = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(paper)

#: Both the effects and the shipped table rest on them.
basil_numbers = functools.cache(paper.basil_numbers)

#: What the figures of PolNeAR's profiles show: types and classes that no outlet lacks.
SHOWN = {
    "sources": [f"source_labels__type_{t}" for t in ("named_official", "unnamed_official", "expert", "media")],
    "verbs": [f"attribution_verbs__{c}" for c in ("neutral", "arguing", "accusing", "mental")],
}


def basil(folder: Path) -> pd.DataFrame:
    """Return every feature and the annotated bias, compared within events and, as one should not, across events."""
    numbers = basil_numbers(folder)
    articles = numbers[["article_id", "outlet", "event"]].assign(copy_of="")
    features = numbers.drop(columns=["outlet", "event", "published"])
    kept = [c for c in features if c != "article_id"]
    within = mb.compare(features, articles, columns=kept, permute="events", family="feature").table
    across = mb.compare(features, articles, within=None, columns=kept, family="feature", resamples=1999).table
    key = ["column", "a", "b"]
    return within.merge(across[[*key, "estimate", "ci_low", "ci_high", "p", "q"]], on=key, suffixes=("", "_across"))


def misled(profiles: pd.DataFrame) -> pd.DataFrame:
    """Return how far extracted and corrected numbers are from gold: mean error, and how many intervals hold the gold's mean."""
    gold = profiles[profiles["kind"] == "gold"].set_index(["outlet", "column"])["mean"]
    rows = []
    for kind in ("extracted", "corrected"):
        part = profiles[profiles["kind"] == kind].set_index(["outlet", "column"])
        truth = gold[part.index]
        big = truth > 0.005
        error = (part["mean"] - truth)[big]
        held = ((part["ci_low"] <= truth) & (truth <= part["ci_high"]))[big]
        rows.append(
            (kind, error.abs().mean(), error.mean(), (error / truth[big]).median(), held.mean(), int(big.sum()))
        )
    return pd.DataFrame(rows, columns=["kind", "mean_error", "bias", "median_relative_error", "held", "numbers"])


def agreement_of_annotators(root: Path) -> float:
    """Return Krippendorff's alpha of all annotators, on the articles of PolNeAR's train part that several people annotated.

    Every token is a unit, and its role the code.
    """
    several = [d for d in polnear.read(root / "train") if len(d.annotations) > 1]
    most = max(len(d.annotations) for d in several)
    columns = []
    for d in several:
        starts = [m.start() for m in scoring._TOKEN.finditer(d.text)]
        codes = np.full((most, len(starts)), np.nan)
        for row, many in zip(codes, d.annotations, strict=False):
            row[:] = [_ROLES.index(x) for x in scoring._labels([scoring._cover(x, starts) for x in many], len(starts))]
        columns.append(codes)
    return alpha(np.concatenate(columns, axis=1))


_ROLES = ("content", "source", "cue", "none")


def main() -> None:
    """Write the tables of both studies into a folder, and print what they say."""
    root, out = Path(os.environ["MEDIABIAS_REAL"]), Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    pd.set_option("display.width", 200, "display.max_columns", 20, "display.max_rows", 200)
    effects = basil(root / "events" / "basil")
    effects.round(5).to_csv(out / "basil_effects.csv", index=False, lineterminator="\n")
    stands, claimed = effects["q"] < 0.05, effects["q_across"] < 0.05
    print(
        f"BASIL: {len(effects)} comparisons; {stands.sum()} stand within events (q < 0.05 by feature), {claimed.sum()} across events"
    )
    print(
        f"claimed across and not within: {(claimed & ~stands).sum()}; within and not across: {(stands & ~claimed).sum()}"
    )
    shown = ["column", "a", "b", "estimate", "ci_low", "ci_high", "q", "d", "q_across"]
    print(effects.loc[stands, shown].sort_values("q").round(4).to_string(index=False))
    profiles = paper.polnear_measured(root / "polnear")
    profiles.round(5).to_csv(out / "polnear_profiles.csv", index=False, lineterminator="\n")
    print(f"agreement of PolNeAR's annotators, alpha: {agreement_of_annotators(root / 'polnear'):.3f}")
    print(misled(profiles).round(4).to_string(index=False))
    for name, columns in SHOWN.items():
        shown = profiles[profiles["column"].isin(columns)]
        mb.figures.save(mb.figures.measured(shown), out / f"polnear_{name}.png")


if __name__ == "__main__":
    main()
