"""Train the claim model on coded pages and invented boxes, cross-validated by outlet."""

from __future__ import annotations

import csv
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from mediabias.article import Article, Block, cover
from mediabias.claims.candidates import Candidate, candidates
from mediabias.claims.model import ClaimModel
from mediabias.readers.boxes import coded_boxes, read_boxes, read_marks
from mediabias.readers.coded import read_coded
from mediabias.zoning.learned import zone_page
from mediabias.zoning.train import hash_of

#: Inverse strength of the penalty on weights, and what a claim counts for beside a candidate that is none.
_C, _CLAIM = 6.0, 2.0
_FOLDS = 5
#: What a box is taken for when its zone is missed; every third box is read so.
_MISSED = {"self_description": "other", "appeal": "navigation", "newsletter": "navigation"}
#: A stretch of text without its white space, and the kind of claim that it makes.
_Spans = list[tuple[int, int, str]]


@dataclass(frozen=True)
class Example:
    """A candidate, whether it is a claim, the fold of its outlet (-1: invented)."""

    candidate: Candidate
    is_claim: bool
    fold: int


def page_examples(folder: Path, labels: Path) -> Iterator[Example]:
    """Yield the candidates of coded pages; labels name pages and blocks by their hashes, claims by their place in the block."""
    claims: dict[str, list[tuple[str, int, int, str]]] = defaultdict(list)
    with labels.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            claims[row["page"]] += (
                [(row["block"], int(row["start"]), int(row["end"]), row["kind"])] if row["block"] else []
            )
    for coded in read_coded(folder, labels):
        texts = [b.text for b in coded.page.blocks]
        zones = [zone for zone, _ in zone_page(coded.page)]
        spans, at = [], 0
        for text in texts:
            key = hash_of(text)
            spans += [(at + a, at + b, kind) for block, a, b, kind in claims[coded.key] if block == key]
            at += len(re.sub(r"\s+", "", text))
        yield from _examples(_article(texts, zones, coded.page.outlet), spans, zlib.crc32(coded.site.encode()) % _FOLDS)


def box_examples(path: Path) -> Iterator[Example]:
    """Yield the candidates of invented boxes."""
    for n, ((outlet, html), coded) in enumerate(zip(read_boxes(path), coded_boxes(path), strict=True)):
        shown = [(b.text, z) for b, z in zip(coded.page.blocks, coded.zones, strict=True) if z]
        if not shown:
            continue
        zones = [_MISSED.get(z, z) if n % 3 == 1 else z for _, z in shown]
        box = read_marks(html)
        before = box.text.find(re.sub(r"\s+", "", shown[0][0])[:20])
        spans = [(a - before, b - before, kind) for a, b, kind in box.claims]
        yield from _examples(_article([t for t, _ in shown], zones, outlet), spans, -1)


def _article(texts: list[str], zones: list[str], outlet: str) -> Article:
    blocks, at = [], 0
    for text, zone in zip(texts, zones, strict=True):
        blocks.append(Block(at, at + len(text), zone))
        at += len(text) + 2
    text = "\n\n".join(texts)
    return Article("", text, cover(blocks, len(text)), outlet=outlet)


def _examples(article: Article, spans: _Spans, fold: int) -> Iterator[Example]:
    bare = np.cumsum([0, *(not c.isspace() for c in article.text)])
    for candidate in candidates(article):
        start, end = bare[candidate.span.start], bare[candidate.span.end]
        is_claim = any(
            kind == candidate.kind and min(b, end) - max(a, start) >= 0.5 * min(b - a, end - start)
            for a, b, kind in spans
        )
        yield Example(candidate, is_claim, fold)


def fit(examples: Iterable[Example]) -> tuple[ClaimModel, pd.DataFrame]:
    """Fit the claim model, and score it by cross-validation over outlets.

    Returns
    -------
    model : ClaimModel
    scores : DataFrame
        A row a kind, and `all`: precision, recall and F1 over the candidates of real pages, and how many are claims.
    """
    given = list(examples)
    seen = Counter(token for e in given for token in e.candidate.tokens)
    rows = {token: n for n, token in enumerate(sorted(t for t, n in seen.items() if n > 1))}
    known = [[(rows[t], v) for t, v in e.candidate.tokens.items() if t in rows] for e in given]
    ends = np.cumsum([0, *map(len, known)])
    values, columns = [v for many in known for _, v in many], [c for many in known for c, _ in many]
    x = sparse.csr_matrix((values, columns, ends), shape=(len(given), len(rows)))
    y, fold = np.array([e.is_claim for e in given]), np.array([e.fold for e in given])
    found = np.zeros(len(given), bool)
    for n in range(_FOLDS):
        if (fold == n).any():
            found[fold == n] = _regression(x[fold != n], y[fold != n]).predict(x[fold == n])
    model = _regression(x, y)
    weights = {t: float(w) for t, w in zip(rows, model.coef_[0], strict=True)}
    kinds = tuple(sorted({e.candidate.kind for e in given if e.is_claim and e.fold >= 0}))
    return ClaimModel(weights, float(model.intercept_[0]), kinds), _scores(given, y, found, fold >= 0)


def _regression(x: sparse.csr_matrix, y: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=_C, max_iter=300).fit(x, y, sample_weight=np.where(y, _CLAIM, 1.0))


def _scores(given: list[Example], y: np.ndarray, found: np.ndarray, real: np.ndarray) -> pd.DataFrame:
    kinds = np.array([e.candidate.kind for e in given])
    rows = []
    for kind in (*sorted(set(kinds[real & y])), "all"):
        of = real & ((kinds == kind) | (kind == "all"))
        right, n, wanted = (found & y & of).sum(), (found & of).sum(), (y & of).sum()
        rows.append((kind, right / max(1, n), right / max(1, wanted), 2 * right / max(1, n + wanted), wanted))
    return pd.DataFrame(rows, columns=["kind", "precision", "recall", "f1", "claims"]).round(3)
