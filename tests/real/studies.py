"""Two studies on real corpora: which differences stand within events, and how far extracted numbers mislead.

``python -m tests.real.studies FOLDER`` writes and prints their tables; MEDIABIAS_REAL names the folder of the corpora. No text is
written, only numbers.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd

import mediabias as mb
from mediabias import readers
from mediabias.article import WORD, Article
from mediabias.attribution import polnear, scoring
from mediabias.validation import alpha, outlet_shares, sample, sentence_shares
from tests.real.cards import _described

#: Families that are declared before looking: one a feature, but for the names of groups that BASIL's events rarely have.
FEATURES = (
    "source_labels",
    "attribution_verbs",
    "quotation",
    "share_of_voice",
    "naming",
    "hedges_and_boosters",
    "loaded_terms",
    "voice",
)

#: What the figures of PolNeAR's profiles show: types and classes that no outlet lacks.
SHOWN = {
    "sources": [f"source_labels__type_{t}" for t in ("named_official", "unnamed_official", "expert", "media")],
    "verbs": [f"attribution_verbs__{c}" for c in ("neutral", "arguing", "accusing", "mental")],
}


def basil_numbers(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return features and counts of BASIL's articles with hand-annotated bias spans as columns of their own, and the articles."""
    corpus = mb.load("basil", folder)
    tables = mb.extract(corpus, FEATURES)
    gold = mb.gold("basil", folder)
    words = {a.article_id: len(WORD.findall(a.text)) for a in corpus}
    rows = []
    kinds = {
        "lexical": ("bias", "lexical"),
        "informational": ("bias", "informational"),
        "negative": ("polarity", "neg"),
        "positive": ("polarity", "pos"),
    }
    for bias, (column, value) in kinds.items():
        part = gold[gold[column] == value]
        found = part.groupby("article_id").size()
        rows += [(i, f"annotated_bias__{bias}", float(found.get(i, 0)), float(n)) for i, n in words.items()]
    marked = pd.DataFrame(rows, columns=["article_id", "column", "count", "exposure"])
    wide = marked.assign(rate=1000 * marked["count"] / marked["exposure"]).pivot(
        index="article_id", columns="column", values="rate"
    )
    features = tables.features.merge(wide.reset_index(), on="article_id")
    return features, pd.concat([tables.counts, marked], ignore_index=True), corpus.articles


def basil(folder: Path) -> pd.DataFrame:
    """Return every feature and the annotated bias, compared within events and, as one should not, across events."""
    features, counts, articles = basil_numbers(folder)
    kept = [
        c
        for c in features
        if c != "article_id" and features[c].notna().mean() > 0.5 and features[c].fillna(0).ne(0).mean() > 0.1
    ]
    within = mb.compare(features, articles, counts=counts, columns=kept, permute="events", family="feature")
    across = mb.compare(features, articles, within=None, columns=kept, family="feature", n_resamples=1999)
    key = ["column", "outlet_a", "outlet_b"]
    return within.merge(across[[*key, "estimate", "ci_low", "ci_high", "p", "q"]], on=key, suffixes=("", "_across"))


def polnear_profiles(root: Path, coded: int = 600, seed: int = 0) -> pd.DataFrame:
    """Return shares of source types and verb classes by outlet: from gold, as extracted, and corrected by a coded sample.

    The unit is the sentence: the share of an outlet's sentences that hold a source of the type, or a cue of the class. "Coded" is the
    gold itself, of the sentences that are drawn.
    """
    documents = polnear.read(root / "dev")
    plain = [readers.text.read_text(d.text, d.name).replace(article_id=d.name, outlet=d.outlet) for d in documents]
    found = list(mb.attribute_all(plain, min_confidence=mb.Settings().min_confidence))
    gold = [_described(a, d.annotations[0]) for a, d in zip(plain, documents, strict=True)]
    parts = []
    for feature in ("source_labels", "attribution_verbs"):
        ours, theirs = (mb.extract(some, feature) for some in (found, gold))
        raw, truth = sentence_shares(ours, found, feature), sentence_shares(theirs, gold, feature)
        drawn = sample(ours, found, feature, n=coded, seed=seed)
        codes = _codes(drawn.key, theirs, gold, feature)
        mended = sentence_shares(ours, found, feature, drawn.key, codes)
        about = pd.DataFrame({"article_id": [a.article_id for a in plain], "outlet": [a.outlet for a in plain]})
        parts.append(outlet_shares({"gold": truth, "extracted": raw, "corrected": mended}, about))
    long = pd.concat(parts, ignore_index=True)
    return long[long["column"].str.contains("source_labels__type_|attribution_verbs__[a-z]+$")]


def _codes(key: pd.DataFrame, tables: mb.features.FeatureTables, articles: list[Article], feature: str) -> pd.DataFrame:
    from mediabias.validation.units import unit_table

    labels = [c.removeprefix("found_") for c in key if c.startswith("found_")]
    truth = unit_table(tables, articles, feature)
    return (
        key[["unit_id", "article_id", "start"]]
        .merge(truth.drop(columns="unit_id"), on=["article_id", "start"])[["unit_id", *labels]]
        .astype(dict.fromkeys(labels, float))
    )


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
    shown = ["column", "outlet_a", "outlet_b", "estimate", "ci_low", "ci_high", "q", "d", "q_across"]
    print(effects.loc[stands, shown].sort_values("q").round(4).to_string(index=False))
    profiles = polnear_profiles(root / "polnear")
    profiles.round(5).to_csv(out / "polnear_profiles.csv", index=False, lineterminator="\n")
    print(f"agreement of PolNeAR's annotators, alpha: {agreement_of_annotators(root / 'polnear'):.3f}")
    print(misled(profiles).round(4).to_string(index=False))
    for name, columns in SHOWN.items():
        shown = profiles[profiles["column"].isin(columns)]
        mb.figures.save(mb.figures.measured(shown), out / f"polnear_{name}.png")


if __name__ == "__main__":
    main()
