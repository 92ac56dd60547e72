"""The model card, written by the run that made the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from mediabias.article import paragraphs
from mediabias.attribution import polnear, scoring
from mediabias.attribution.engines import Found, Reading
from mediabias.attribution.tagger.decode import Candidate
from mediabias.attribution.tagger.model import Tagger, probability

Fit = Callable[[Sequence[dict[str, float]], NDArray[np.bool_]], dict[str, float]]

_SHOWN = {
    "attribution.f1": "whole attributions, F1",
    "attribution.precision": "whole attributions, precision",
    "attribution.recall": "whole attributions, recall",
    "source.token.f1": "source, tokens, F1",
    "cue.token.f1": "cue, tokens, F1",
    "content.token.f1": "content, tokens, F1",
    "source.exact.f1": "source, exact spans, F1",
    "cue.exact.f1": "cue, exact spans, F1",
    "content.exact.f1": "content, exact spans, F1",
    "quotation.recall": "direct quotations found",
    "alpha": "Krippendorff's alpha with the annotator, tokens",
}
_CARD = """# Model card: attributions in English news

Written by `mediabias train-attribution`, the command that makes the model; nothing here is typed by hand.

## What it does

It finds who is said to have said, thought or shown what: for every **cue** ("said", "according to") its own **source** and
**content**, in the sense of PolNeAR. A content may lie inside another, have several pieces, or run over paragraphs; a
source may be missing. Each attribution has a calibrated confidence; `min_confidence` sets a threshold.

## What it is made of

| | |
| --- | --- |
| base | all-MiniLM-L6-v2, 22 million parameters, Apache-2.0 |
| data | PolNeAR 1.0, train and annotators' training: {articles} articles, {attributions} attributions, seven US outlets on the 2016 campaign |
| licence of the data | the corpus comes without a licence statement, and its texts belong to the outlets; the model holds no text, but ask your own counsel before you redistribute what you train on it |
| training | {epochs} epochs, {steps} steps of {batch} windows, in {minutes:.0f} minutes; seed {seed}, learning rate {rate} |
| at run time | onnxruntime and tokenizers; the encoder is quantised to 8 bits |
| size | {size:.1f} MB |

## How good it is

On PolNeAR dev ({n} articles, not trained on; the confidence was fitted on them, the weights were not), with 95% bootstrap intervals
by article. Two attributions match when cues and sources overlap and the contents share at least half of their tokens.

{scores}

By outlet:

{outlets}

By kind of content, recall of whole attributions:

{kinds}

## Confidence

Probability that cue, source and content are right, by logistic regression, fitted on the dev articles. Reliability, by
five-fold cross-fitting over articles (expected calibration error {error:.3f}):

{reliability}

## What it is bad at

- Recall is lowest for: {weak}.
- It learned from US political news in English. Other languages are not covered; sports, finance and interviews printed as
  questions and answers are likely to be worse than the figures above.
- Annotators agree on about 71% of whole attributions (F1 between two people on the doubly annotated articles); what they
  disagree on, plans and feelings above all, the model can't know better.
"""


def write_card(
    model: Tagger, trained: Mapping[str, Any], dev: Sequence[polnear.Document], fit: Fit, path: Path
) -> None:
    """Score `model` on `dev` and write the card, and the scores as ``scores.csv`` beside it.

    Parameters
    ----------
    model : Tagger
        As it will be shipped.
    trained : mapping
        What the training was done with: the recipe, steps, minutes, articles, attributions.
    dev : sequence of polnear.Document
        Articles that were not trained on.
    fit : function from (signs, is_right) to weights
        How the confidence is fitted; it is fitted again without each fifth of the articles.
    path : Path
        The card, beside the model's files.
    """
    explained = explain(model, dev)
    found = {name: [f.as_roles() for _, f in parts] for name, parts in explained.items()}
    counted = scoring.table((d.name, d.text, d.annotations[0], found[d.name]) for d in dev)
    outlets = counted.groupby([d.outlet for d in sorted(dev, key=lambda d: d.name)])
    whole = scoring.intervals(counted)
    written = whole.loc[list(_SHOWN)].rename_axis("name").assign(articles=len(dev))
    written.to_csv(path.with_name("scores.csv"), float_format="%.4f", lineterminator="\n")
    by_outlet = pd.concat({o: _shown(scoring.intervals(c)).iloc[:1] for o, c in outlets}).droplevel(1)
    by_outlet.insert(0, "articles", outlets.size())
    reliability, error = _reliability(explained, dev, fit)
    kinds = _by_kind(dev, found)
    size = sum(f.stat().st_size for f in path.parent.iterdir() if f.suffix in {".onnx", ".json"}) / 1e6
    weak = ", ".join(f"{name} ({row.found:.2f})" for name, row in kinds.nsmallest(3, "found").iterrows())
    tables = {
        "scores": _shown(whole),
        "outlets": by_outlet,
        "kinds": kinds,
        "reliability": reliability,
    }
    markdown = {name: _markdown(t) for name, t in tables.items()}
    path.write_text(_CARD.format(**trained, **markdown, size=size, n=len(dev), error=error, weak=weak), encoding="utf8")


def explain(model: Tagger, documents: Sequence[polnear.Document]) -> dict[str, list[tuple[Candidate, Found]]]:
    """Return what the model finds in each document, with the scores behind it."""
    return {d.name: model.explain(Reading(d.text, list(paragraphs(d.text)))) for d in documents}


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    return table.loc[list(_SHOWN)].rename(index=_SHOWN)


def _by_kind(dev: Sequence[polnear.Document], found: Mapping[str, Sequence[scoring.Roles]]) -> pd.DataFrame:
    """Return the recall of whole attributions by what they are like."""
    rows = []
    for d in dev:
        gold = d.annotations[0]
        # Matching is symmetric: an annotated attribution is right where it is among the found ones.
        for attribution, hit in zip(gold, scoring.right(d.text, found[d.name], gold), strict=True):
            rows += [(kind, hit) for kind in _kinds(d.text, attribution)]
    table = pd.DataFrame(rows, columns=["kind", "found"]).groupby("kind")["found"].agg(["size", "mean"])
    return table.rename(columns={"size": "annotated", "mean": "found"})


def _kinds(text: str, attribution: scoring.Roles) -> Iterator[str]:
    content, cue = attribution["content"], attribution["cue"]
    quoted = [text[s:e].lstrip()[:1] in "\"“‘'" for s, e in content]
    yield "quoted content" if quoted and all(quoted) else "content not quoted" if not any(quoted) else "partly quoted"
    if len(content) > 1:
        yield "content in pieces"
    if any("\n" in text[s:e] for s, e in content):
        yield "content over paragraphs"
    if not attribution["source"]:
        yield "no source"
    if cue and not any(c.isalnum() for s, e in cue for c in text[s:e]):
        yield "cue is a colon or a dash"


def _reliability(
    explained: Mapping[str, Sequence[tuple[Candidate, Found]]], dev: Sequence[polnear.Document], fit: Fit
) -> tuple[pd.DataFrame, float]:
    """Compare confidence and share of right attributions, each confidence fitted without the article's fifth."""
    signs, is_right, article = labelled(explained, dev)
    confidence = np.zeros(len(is_right))
    folds = min(5, len(set(article.tolist())))
    for rest, part in GroupKFold(folds).split(signs, groups=article) if folds > 1 else ():
        weights = fit([signs[i] for i in rest], is_right[rest])
        confidence[part] = [probability(weights, signs[i]) for i in part]
    tenth = np.minimum(confidence * 10, 9).astype(int)
    bins = np.array([f"{k / 10:.1f} to {(k + 1) / 10:.1f}" for k in range(10)])[tenth]
    table = pd.DataFrame({"confidence": confidence, "right": is_right}).groupby(bins)
    out = table.agg(
        attributions=("right", "size"), mean_confidence=("confidence", "mean"), share_right=("right", "mean")
    )
    error = (out["attributions"] * (out["mean_confidence"] - out["share_right"]).abs()).sum() / max(len(is_right), 1)
    return out.rename(columns=lambda c: c.replace("_", " ")), float(error)


def labelled(
    explained: Mapping[str, Sequence[tuple[Candidate, Found]]], documents: Sequence[polnear.Document]
) -> tuple[list[dict[str, float]], NDArray[np.bool_], NDArray[np.int64]]:
    """Return for each attribution found: what its confidence is made of, whether it is right, the article's index."""
    signs, is_right, article = [], [], []
    for number, d in enumerate(documents):
        signs += [c.signs() for c, _ in explained[d.name]]
        is_right += scoring.right(d.text, d.annotations[0], [f.as_roles() for _, f in explained[d.name]])
        article += [number] * len(explained[d.name])
    return signs, np.array(is_right, bool), np.array(article, np.int64)


def _markdown(table: pd.DataFrame) -> str:
    """Set a table in Markdown, floats with three digits; the index comes first."""
    head = ["", *map(str, table.columns)]
    rows = [[str(i), *(f"{v:.3f}" if isinstance(v, float) else str(v) for v in row)] for i, *row in table.itertuples()]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *rows])
