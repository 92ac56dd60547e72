"""Train the zone model on coded pages, cross-validated by outlet."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from mediabias.article import ZONES
from mediabias.chains import most_likely
from mediabias.outlets import Outlets
from mediabias.zoning.learned import ZoneModel, scale, token_matrix
from mediabias.zoning.page import Page
from mediabias.zoning.shape import measure
from mediabias.zoning.tokens import tokenize

#: Inverse strength of the penalty on weights; how far rare zones are weighted up (0: not at all, 1: to equal weight).
_C, _RARE = 2.0, 0.25
#: How far the chain goes by the transitions that were counted; all of it would count each block's neighbours twice.
_CHAIN = 0.3
_FOLDS = 5
#: A token is kept when this many outlets have it.
_OUTLETS = 2
#: Weights smaller than this for all zones are left out of the model.
_SMALL = 0.03


@dataclass(frozen=True)
class Coded:
    """A page with the zone of each block, None where it is not coded; `site` is the outlet that folds are made by, empty where invented; `key` the page's hash."""

    page: Page
    zones: Sequence[str | None]
    site: str
    key: str = ""


def hash_of(text: str) -> str:
    """Return the hash that a label names a block by: of its characters that are no white space.

    Examples
    --------
    >>> hash_of("Rain  floods port") == hash_of("Rain floods port")
    True
    """
    return hashlib.sha256(re.sub(r"\s+", "", text).encode("utf-8")).hexdigest()[:8]


def match_labels(page: Page, labels: Sequence[tuple[str, str]]) -> list[str | None]:
    """Return the zone of each block from labels in the page's order, each the hash of a block and its zone.

    Labels of blocks that the page does not have are passed over.
    """
    hashes = [hash_of(b.text) for b in page.blocks]
    zones: list[str | None] = [None] * len(hashes)
    at = 0
    for text, zone in labels:
        if text in hashes[at:]:
            at = hashes.index(text, at) + 1
            zones[at - 1] = zone
    return zones


def fit(
    coded: Sequence[Coded], invented: Sequence[Coded] = (), outlets: Outlets | None = None
) -> tuple[ZoneModel, pd.DataFrame]:
    """Fit the zone model, and score it by cross-validation over outlets.

    Parameters
    ----------
    coded : sequence of Coded
        Pages with coded blocks.
    invented : sequence of Coded
        Pages that are trained on in every fold, and never scored.
    outlets : Outlets, optional
        The outlets that are known; the package's by default.

    Returns
    -------
    model : ZoneModel
        Fitted on all pages.
    scores : DataFrame
        One row a zone, and `all`: precision, recall, f1 over blocks, and how many are coded. For `all` each is the share of
        blocks in their zone.
    """
    data = _Data.of(coded, invented, outlets)
    held_out = np.zeros((len(data.zones), len(ZONES)))
    for fold in range(_FOLDS):
        inside = data.folds == fold
        model = data.fit(~inside)
        held_out[inside] = data.score(model, inside)
    known = (data.zones >= 0) & (data.folds >= 0)
    bias = _balance(held_out[known], data.zones[known])
    move = _count_moves(coded)
    scores = _table(data, held_out + bias, move)
    model = data.fit(np.ones(len(data.zones), bool))
    return _pruned(model, bias, move), scores


@dataclass(frozen=True)
class _Data:
    """All blocks of all pages: their tokens, numbers and zones (-1: not coded), the page and the fold of each (-1: none)."""

    pages: tuple[Page, ...]
    rows: Mapping[str, int]
    tokens: sparse.csr_matrix
    numbers: np.ndarray
    zones: np.ndarray
    page: np.ndarray
    folds: np.ndarray

    @classmethod
    def of(cls, real: Sequence[Coded], invented: Sequence[Coded], outlets: Outlets | None) -> _Data:
        coded = (*real, *invented)
        pages = tuple(c.page for c in coded)
        rows = _vocabulary(coded)
        lengths = [len(p.blocks) for p in pages]
        return cls(
            pages,
            rows,
            sparse.vstack([token_matrix(p, rows) for p in pages]).tocsr(),
            np.vstack([measure(p, outlets) for p in pages]),
            np.array([ZONES.index(z) if z else -1 for c in coded for z in c.zones]),
            np.repeat(np.arange(len(pages)), lengths),
            np.repeat([zlib.crc32(c.site.encode("utf-8")) % _FOLDS for c in real] + [-1] * len(invented), lengths),
        )

    def fit(self, use: np.ndarray) -> ZoneModel:
        """Fit on the coded blocks of `use`, without a chain."""
        mean, deviation = self.numbers[use].mean(0), self.numbers[use].std(0) + 1e-6
        use = use & (self.zones >= 0)
        x = sparse.hstack([self.tokens[use], sparse.csr_matrix(scale(self.numbers[use], mean, deviation))]).tocsr()
        y = self.zones[use]
        counts = np.bincount(y, minlength=len(ZONES))
        weight = (counts.max() / np.maximum(counts, 1)) ** _RARE
        found = LogisticRegression(C=_C, max_iter=80, tol=1e-3).fit(x, y, sample_weight=weight[y])
        weights = np.zeros((x.shape[1], len(ZONES)))
        weights[:, found.classes_] = found.coef_.T
        intercept = np.full(len(ZONES), -20.0)
        intercept[found.classes_] = found.intercept_
        n, empty = len(self.rows), np.zeros((len(ZONES), len(ZONES)))
        return ZoneModel(dict(self.rows), weights[:n], weights[n:], mean, deviation, intercept, empty)

    def score(self, model: ZoneModel, use: np.ndarray) -> np.ndarray:
        """Return log-probabilities of the zones of the blocks of `use`."""
        numbers = scale(self.numbers[use], model.mean, model.deviation) @ model.numbers
        odds = self.tokens[use] @ model.weights + numbers + model.intercept
        odds = odds - odds.max(1, keepdims=True)
        return odds - np.log(np.exp(odds).sum(1, keepdims=True))


def _vocabulary(coded: Iterable[Coded]) -> dict[str, int]:
    sites: dict[str, set[str]] = defaultdict(set)
    for n, c in enumerate(coded):
        for groups in tokenize(c.page):
            for tokens in groups:
                for token in tokens:
                    sites[token].add(c.site or str(n))
    return {
        token: n for n, token in enumerate(sorted(t for t, s in sites.items() if len(s) >= _OUTLETS and "\n" not in t))
    }


def _count_moves(coded: Iterable[Coded]) -> np.ndarray:
    """Return the log-odds of each zone after each other, against how often it stands anywhere."""
    counts = np.full((len(ZONES), len(ZONES)), 0.5)
    for c in coded:
        for a, b in zip(c.zones, c.zones[1:], strict=False):
            if a and b:
                counts[ZONES.index(a), ZONES.index(b)] += 1
    after = counts / counts.sum(1, keepdims=True)
    return np.asarray(_CHAIN * np.log(after / (counts.sum(0) / counts.sum() + 1e-4)))


def _balance(scores: np.ndarray, zones: np.ndarray) -> np.ndarray:
    """Return what to add to each zone's score so that the mean of F1 and twice the share of right blocks are greatest."""
    bias = np.zeros(len(ZONES))
    rare = [z for z in range(len(ZONES)) if (zones == z).sum() > 20]

    def worth(bias: np.ndarray) -> float:
        found = (scores + bias).argmax(1)
        f1 = [2 * ((found == z) & (zones == z)).sum() / max(1, (found == z).sum() + (zones == z).sum()) for z in rare]
        return float(np.mean(f1) + 2 * (found == zones).mean())

    best = worth(bias)
    for _ in range(2):
        for z in rare:
            for step in (-0.8, -0.4, -0.2, 0.2, 0.4, 0.8):
                tried = bias.copy()
                tried[z] += step
                if (value := worth(tried)) > best + 1e-6:
                    best, bias = value, tried
    return bias


def _table(data: _Data, scores: np.ndarray, move: np.ndarray) -> pd.DataFrame:
    found = np.concatenate([most_likely(scores[data.page == n], move)[0] for n in range(len(data.pages))])
    known = (data.zones >= 0) & (data.folds >= 0)
    found, coded = found[known], data.zones[known]
    rows = []
    for z, zone in enumerate(ZONES):
        if not (coded == z).any():
            continue
        right, n, wanted = ((found == z) & (coded == z)).sum(), (found == z).sum(), (coded == z).sum()
        rows.append((zone, right / max(1, n), right / wanted, 2 * right / (n + wanted), wanted))
    share = (found == coded).mean()
    rows.append(("all", share, share, share, len(coded)))
    return pd.DataFrame(rows, columns=["zone", "precision", "recall", "f1", "blocks"]).round(3)


def _pruned(model: ZoneModel, bias: np.ndarray, move: np.ndarray) -> ZoneModel:
    strong = np.abs(model.weights).max(1) >= _SMALL
    tokens = [t for t, keep in zip(model.tokens, strong, strict=True) if keep]
    return ZoneModel({t: n for n, t in enumerate(tokens)}, model.weights[strong], model.numbers, model.mean,
                     model.deviation, model.intercept + bias, move)  # fmt: skip
