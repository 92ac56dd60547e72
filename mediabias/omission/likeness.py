"""How likely two sentences of one event make the same statement."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from mediabias.events.likeness import names, numbers

#: What is known of a pair of sentences. `best` and `both_best`: each is the other article's nearest sentence.
FEATURES = (
    "words", "stems", "contained", "runs", "names", "numbers", "other_numbers", "context", "best", "both_best", "length",
)  # fmt: skip
#: Pairs of a lower cosine of words or of stems are never looked at.
_FLOOR = 0.08
#: Sentences compared at a time: bounds the memory.
_CHUNK = 2000


@dataclass(frozen=True)
class Sentence:
    """A sentence ``[start, end)`` of an article, and where its article stands."""

    article_id: str
    outlet: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Pairs:
    """Pairs of sentences of different outlets: indices, and a row of `FEATURES` for each."""

    first: np.ndarray
    second: np.ndarray
    features: np.ndarray

    def probabilities(self) -> np.ndarray:
        """Return how likely each pair makes the same statement, by the shipped logistic regression."""
        weights, intercept = load_weights()
        return 1 / (1 + np.exp(-(self.features @ weights + intercept)))


@cache
def load_weights() -> tuple[np.ndarray, float]:
    """Return the weight of each feature, and the intercept."""
    lines = (resources.files("mediabias.omission") / "weights.csv").read_text(encoding="utf8").splitlines()
    by_name = {row["feature"]: float(row["weight"]) for row in csv.DictReader(lines)}
    return np.array([by_name[f] for f in FEATURES]), by_name["intercept"]


def compare_sentences(sentences: Sequence[Sentence], wanted: Sequence[tuple[int, int]] | None = None) -> Pairs:
    """Compare the sentences of one event across outlets.

    Parameters
    ----------
    sentences : sequence of Sentence
        Of one event, each article's in the order of its text.
    wanted : sequence of (int, int), optional
        The pairs to return whatever their likeness; by default all pairs of different outlets that share enough words.

    Returns
    -------
    Pairs
        In ascending order of the first, then of the second sentence.

    Examples
    --------
    >>> texts = {"Post": "The dam broke on Monday.", "Echo": "On Monday the dam broke.", "Star": "Taxes will rise."}
    >>> made = compare_sentences([Sentence(o, o, 0, len(t), t) for o, t in texts.items()])
    >>> made.first.tolist(), made.second.tolist(), (made.probabilities() > 0.5).tolist()
    ([0], [1], [True])
    """
    if len(sentences) < 2:
        return Pairs(np.empty(0, int), np.empty(0, int), np.empty((0, len(FEATURES))))
    texts = [s.text for s in sentences]
    words = _rarity(texts, token_pattern=r"\b\w\w+\b", stop_words="english")
    stems = _rarity(texts, analyzer="char_wb", ngram_range=(4, 5))
    first, second = _candidates(words, stems, sentences)
    alike = _products(words, words, first, second)
    best = _best(first, second, alike, sentences)
    if wanted is not None:
        at = {p: n for n, p in enumerate(zip(first.tolist(), second.tolist(), strict=True))}
        marks = np.array([[best[0][at[p]], best[1][at[p]]] if p in at else [0.0, 0.0] for p in wanted]).reshape(-1, 2)
        best = (marks[:, 0], marks[:, 1])
        first, second = np.array([i for i, _ in wanted], int), np.array([j for _, j in wanted], int)
    return Pairs(first, second, _describe(sentences, words, stems, first, second, best))


def _rarity(texts: Sequence[str], **choices: object) -> sparse.csr_matrix:
    try:
        return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **choices).fit_transform(texts)
    except ValueError:  # stop words alone
        return sparse.csr_matrix((len(texts), 1), dtype=np.float32)


def _candidates(
    words: sparse.csr_matrix, stems: sparse.csr_matrix, sentences: Sequence[Sentence]
) -> tuple[np.ndarray, np.ndarray]:
    outlet = np.unique([s.outlet for s in sentences], return_inverse=True)[1]
    firsts, seconds = [], []
    for start in range(0, len(sentences), _CHUNK):
        near = (words[start : start + _CHUNK] @ words.T).tocoo()
        row, column = near.row + start, near.col
        kept = (near.data >= _FLOOR) & (row < column) & (outlet[row] != outlet[column])
        firsts.append(row[kept])
        seconds.append(column[kept])
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    order = np.lexsort((second, first))
    return first[order], second[order]


def _products(a: sparse.csr_matrix, b: sparse.csr_matrix, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.asarray(a[first].multiply(b[second]).sum(axis=1), dtype=float).ravel()


def _best(
    first: np.ndarray, second: np.ndarray, alike: np.ndarray, sentences: Sequence[Sentence]
) -> tuple[np.ndarray, np.ndarray]:
    """Return whether one sentence of a pair is the nearest to the other in its article, and whether both are."""
    article = np.unique([s.article_id for s in sentences], return_inverse=True)[1]
    top: dict[tuple[int, int], float] = {}
    for i, j, x in zip(first.tolist(), second.tolist(), alike.tolist(), strict=True):
        for one, other in ((i, int(article[j])), (j, int(article[i]))):
            top[one, other] = max(top.get((one, other), 0.0), x)
    ahead = [x >= top[int(i), int(article[j])] for i, j, x in zip(first, second, alike, strict=True)]
    behind = [x >= top[int(j), int(article[i])] for i, j, x in zip(first, second, alike, strict=True)]
    a, b = np.array(ahead, dtype=float), np.array(behind, dtype=float)
    return np.maximum(a, b), a * b


def _describe(
    sentences: Sequence[Sentence],
    words: sparse.csr_matrix,
    stems: sparse.csr_matrix,
    first: np.ndarray,
    second: np.ndarray,
    best: tuple[np.ndarray, np.ndarray],
) -> np.ndarray:
    sets = [_sets(s.text) for s in sentences]
    around = _surroundings(words, sentences)
    rows = []
    for i, j in zip(first.tolist(), second.tolist(), strict=True):
        (terms_i, runs_i, names_i, numbers_i), (terms_j, runs_j, names_j, numbers_j) = sets[i], sets[j]
        rows.append(
            (
                len(terms_i & terms_j) / max(1, min(len(terms_i), len(terms_j))),
                len(runs_i & runs_j) / max(1, min(len(runs_i), len(runs_j))),
                len(names_i & names_j) / max(1, min(len(names_i), len(names_j))),
                float(bool(numbers_i & numbers_j)),
                float(bool(numbers_i and numbers_j and not numbers_i & numbers_j)),
                min(len(terms_i), len(terms_j)) / max(1, len(terms_i), len(terms_j)),
            )
        )
    counted = np.array(rows, dtype=float).reshape(-1, 6)
    columns = [
        _products(words, words, first, second),
        _products(stems, stems, first, second),
        *counted[:, :5].T,
        (_products(around, words, first, second) + _products(words, around, first, second)) / 2,
        *best,
        counted[:, 5],
    ]
    return np.column_stack(columns) if len(first) else np.empty((0, len(FEATURES)))


def _sets(text: str) -> tuple[set[str], set[tuple[str, ...]], set[str], set[str]]:
    """Return a sentence's content words, runs of three words, names and numbers."""
    tokens = [t.casefold().strip(".,'’") for t in text.split()]
    bare = ["".join(c for c in t if c.isalnum()) for t in tokens]
    bare = [t for t in bare if t]
    runs = {tuple(bare[i : i + 3]) for i in range(len(bare) - 2)}
    return {t for t in bare if len(t) > 3}, runs, set(names(" " + text)), set(numbers(text))


def _surroundings(words: sparse.csr_matrix, sentences: Sequence[Sentence]) -> sparse.csr_matrix:
    """Return for each sentence the mean of its neighbours in the article, as a row of length 1."""
    rows, columns = [], []
    for i, s in enumerate(sentences):
        for j in (i - 1, i + 1):
            if 0 <= j < len(sentences) and sentences[j].article_id == s.article_id:
                rows.append(i)
                columns.append(j)
    n = len(sentences)
    return normalize(sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(n, n)) @ words)
