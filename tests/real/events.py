"""How well articles on one event are brought together: BASIL's triplets, alone and among articles of another corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.feature_extraction.text import TfidfVectorizer

import mediabias as mb
from mediabias.article import Article

Labels = list[str]


def scores(root: Path) -> pd.DataFrame:
    """Return B-cubed and pairwise precision, recall and F1 with a bootstrap interval by event, a row a task and method.

    Articles of PolNeAR have no gold event: they count where they are put together with BASIL's, as wrong. "In its time" puts
    BASIL's articles into PolNeAR's year, where they have to be told from the news of the same days.

    References
    ----------
    Bagga, A. and Baldwin, B. (1998). Entity-based cross-document coreferencing using the vector space model. COLING-ACL.
    """
    basil, polnear = list(mb.load("basil", root / "events" / "basil")), list(mb.load("polnear", root / "polnear"))
    moved = [a.replace(published="2016" + a.published[4:].replace("-02-29", "-02-28")) for a in basil]
    undated = [a.replace(published="") for a in basil]
    tasks = {
        "BASIL": basil,
        "BASIL, no dates": undated,
        "BASIL among PolNeAR": [*basil, *polnear],
        "BASIL among PolNeAR, in its time": [*moved, *polnear],
    }
    rows = {}
    for name, articles in tasks.items():
        gold = [a.event for a in articles]
        rows[name, "mediabias, fixed threshold"] = _scored(_ours(articles), gold)
        if name == "BASIL, no dates":
            rows[name, "TF-IDF, average linkage, best threshold in hindsight"] = max(
                (_scored(labels, gold) for labels in _baseline(articles)), key=lambda row: row["b_cubed"]
            )
    return pd.DataFrame(rows).T


def _ours(articles: Iterable[Article]) -> Labels:
    grouped = mb.group(mb.Corpus(a.replace(event="") for a in articles))
    return [grouped[a.article_id].event for a in articles]


def _baseline(articles: list[Article]) -> Iterable[Labels]:
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform([a.zone_text() for a in articles])
    tree = linkage(vectors.toarray(), "average", metric="cosine")
    return ([str(x) for x in fcluster(tree, 1 - t, "distance")] for t in np.arange(0.05, 0.6, 0.01))


def _scored(labels: Labels, gold: Labels) -> dict[str, float]:
    """Return scores over the articles that have a gold event; articles without count as wrong company."""
    found, wanted = np.array(labels), np.array(gold)
    known = np.flatnonzero(wanted != "")
    together = found[known, None] == found[None, :]
    same = together[:, known] & (wanted[known, None] == wanted[None, known])
    precision = same.sum(1) / together.sum(1)
    recall = same.sum(1) / (wanted[known, None] == wanted[None, known]).sum(1)
    # Pairs, each from its article's side: with itself left out.
    right, ours, theirs = same.sum(1) - 1, together.sum(1) - 1, (wanted[known, None] == wanted[None, known]).sum(1) - 1
    events = wanted[known]
    numbers = pd.factorize(events)[0]

    def b_cubed(w: np.ndarray) -> float:
        p, r = np.average(precision, weights=w), np.average(recall, weights=w)
        return float(2 * p * r / (p + r))

    def pairwise(w: np.ndarray) -> float:
        return float(2 * (right * w).sum() / max(((ours + theirs) * w).sum(), 1))

    every = np.ones(len(known))
    low, high = _interval(b_cubed, numbers)
    return {
        "b_cubed": b_cubed(every), "low": low, "high": high,
        "precision": float(precision.mean()), "recall": float(recall.mean()), "pairwise": pairwise(every),
    }  # fmt: skip


def _interval(
    score: Callable[[np.ndarray], float], events: np.ndarray, n: int = 2000, seed: int = 1
) -> tuple[float, float]:
    """Return the 95% percentile interval of a score under resampling of events."""
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(events.max() + 1, np.full(events.max() + 1, 1 / (events.max() + 1)), size=n)
    low, high = np.quantile([score(counts[events]) for counts in drawn], (0.025, 0.975))
    return float(low), float(high)
