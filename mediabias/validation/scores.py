"""Precision and recall of evidence against gold, with intervals that resample articles."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from mediabias.errors import TableError

_COLUMNS = ("feature", "label", "gold", "found", "precision", "precision_low", "precision_high",
            "recall", "recall_low", "recall_high", "f1", "f1_low", "f1_high", "articles")  # fmt: skip
_NEEDED = ["article_id", "feature", "label", "start", "end"]


def score(
    found: pd.DataFrame,
    gold: pd.DataFrame,
    articles: Iterable[str],
    *,
    confidence: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Return how much of the evidence is right, and how much of the gold is found, by label and over all labels of a feature.

    Parameters
    ----------
    found, gold : DataFrame
        article_id, feature, label, start, end: what a feature found, and what a person marked. Labels that the gold of a feature
        never uses are not scored, since nobody looked for them.
    articles : iterable of str
        The article_ids that were coded, those without a span too.
    confidence : float
        Of the intervals.
    resamples, seed : int
        Resamples of articles with replacement, and what they are drawn with.

    Returns
    -------
    DataFrame
        A row a label, and for a feature of several labels one row of label "all" whose span must have the right label: feature,
        label, gold, found (spans), precision, recall and f1 with low and high, articles. A ratio of nothing is missing.

    Raises
    ------
    TableError
        When a table lacks a column, or the gold lies in an article that is not among those coded.

    Notes
    -----
    A span is right when it shares a character with one of the gold that has its label (relaxed matching; Chinchor 1992).
    Articles are resampled, not spans, since the spans of one article are not independent; the interval is the percentiles.

    Examples
    --------
    >>> row = ("a", "hedges", "modal", 0, 5)
    >>> found = pd.DataFrame([row, ("a", "hedges", "modal", 9, 12)], columns=["article_id", "feature", "label", "start", "end"])
    >>> score(found, found.head(1), ["a", "b"])[["precision", "recall"]].values.tolist()
    [[0.5, 1.0]]
    """
    coded = list(dict.fromkeys(articles))
    for name, table in (("found", found), ("gold", gold)):
        if missing := [c for c in _NEEDED if c not in table]:
            raise TableError(f"the table of what is {name} has no column {missing[0]!r}; it needs {', '.join(_NEEDED)}")
    if foreign := sorted(set(gold["article_id"]) - set(coded)):
        raise TableError(f"the gold has spans in {foreign[0]!r}, which is not among the articles coded; name it there")
    pairs = gold[["feature", "label"]].drop_duplicates()
    found = found[found["article_id"].isin(coded)].merge(pairs)
    found, gold = (t.assign(right=_meets(t, o)) for t, o in ((found, gold), (gold, found)))
    rng = np.random.default_rng(seed)
    weights = (
        rng.multinomial(len(coded), np.full(len(coded), 1 / max(len(coded), 1)), resamples)
        if coded
        else np.zeros((0, 0))
    )
    rows = []
    for feature in sorted(set(gold["feature"])):
        own_found, own_gold = found[found["feature"] == feature], gold[gold["feature"] == feature]
        labels = list(dict.fromkeys(own_gold.sort_values("label")["label"]))
        for label in [*labels, *(["all"] if len(labels) > 1 else [])]:
            parts = [t if label == "all" else t[t["label"] == label] for t in (own_found, own_gold)]
            counts = np.stack([_by_article(t, coded, c) for t in parts for c in ("found", "right")], axis=1)
            rows.append(
                (
                    feature,
                    label,
                    len(parts[1]),
                    len(parts[0]),
                    *_with_intervals(counts, weights, confidence),
                    len(coded),
                )
            )
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _meets(table: pd.DataFrame, other: pd.DataFrame) -> list[bool]:
    """Say for each span whether one of the other table with its label overlaps it."""
    places: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for a, f, lab, s, e in other[_NEEDED].itertuples(index=False):
        places.setdefault((a, f, lab), []).append((s, e))
    return [
        any(start < e and s < end for s, e in places.get((a, f, lab), ()))
        for a, f, lab, start, end in table[_NEEDED].itertuples(index=False)
    ]


def _by_article(table: pd.DataFrame, coded: list[str], what: str) -> np.ndarray:
    per = table.groupby("article_id")["right"].agg("size" if what == "found" else "sum")
    return per.reindex(coded, fill_value=0).to_numpy(dtype=float)


def _with_intervals(counts: np.ndarray, weights: np.ndarray, confidence: float) -> list[float]:
    """Return precision, recall and F1, each with low and high, of counts by article: found, of it right, gold, of it found."""
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    point, drawn = _ratios(counts.sum(axis=0)), _ratios(weights @ counts)
    out: list[float] = []
    for value, many in zip(point, drawn, strict=True):
        kept = many[~np.isnan(many)]
        out += [float(value), *(np.quantile(kept, tails) if len(kept) else (np.nan, np.nan))]
    return out


def _ratios(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    found, right, gold, reached = np.moveaxis(sums, -1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision, recall = right / found, reached / gold
        f1 = np.where(
            right + reached > 0, 2 * precision * recall / (precision + recall), np.where(gold > 0, 0.0, np.nan)
        )
    return precision, recall, f1
