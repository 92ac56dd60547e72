"""The zone model: what a block is, learned from coded pages; a linear model over tokens and numbers, and a chain.

Each block is scored by itself (a multinomial logistic regression over its words, its markup, its place and what the cues
and the reader's hints say); the blocks of a page are then judged together, as the zones of neighbours depend on each
other. The most likely sequence is found by the Viterbi algorithm; a block's confidence is its posterior probability.
How the model was trained, on what, and how well it does: ``models/zones/CARD.md``; ``mediabias train-zones`` trains it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy import sparse

from mediabias.article import ZONES
from mediabias.chains import most_likely
from mediabias.outlets import Outlets
from mediabias.zoning import zone
from mediabias.zoning.page import Page
from mediabias.zoning.shape import measure
from mediabias.zoning.tokens import tokenize

#: Where the model lies in the package.
SHIPPED = Path(__file__).parents[1] / "models" / "zones" / "weights.npz"
#: What a token of the block itself, of its markup and of the blocks around it counts for.
_GROUPS = (1.0, 1.0, 0.6)
#: Fewer blocks than the least of the pages that the model has learned from.
_FEW = 12
#: From these log-odds on a reader's hint counts in full, whatever the model has learned of hints: cells of the story's
#: tables and the extractor's long paragraphs for body, for other zones only what the reader has put there itself.
_SURE, _CERTAIN = 5.0, 20.0
#: Standardised numbers are cut here, and count for this much beside the tokens.
_CUT, _SCALE = 4.0, 0.15


@dataclass(frozen=True)
class ZoneModel:
    """Weights of the zone model.

    Parameters
    ----------
    tokens : dict of str to int
        The row of each token in `weights`.
    weights : array, shape (tokens, zones)
    numbers : array, shape (numbers, zones)
        Weights of the standardised numbers of a block.
    mean, deviation : array, shape (numbers,)
        What the numbers are standardised by.
    intercept : array, shape (zones,)
    move : array, shape (zones, zones)
        Log-odds of going from one zone (row) to the next (column).
    """

    tokens: dict[str, int]
    weights: np.ndarray
    numbers: np.ndarray
    mean: np.ndarray
    deviation: np.ndarray
    intercept: np.ndarray
    move: np.ndarray

    @classmethod
    def load(cls, path: Path = SHIPPED) -> ZoneModel:
        """Load a model that `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        tokens = {token: n for n, token in enumerate(bytes(arrays.pop("tokens")).decode("utf-8").split("\n"))}
        return cls(tokens, **{name: array.astype(np.float64) for name, array in arrays.items()})

    def save(self, path: Path) -> None:
        """Write the model as arrays of half precision; nothing in it is pickled."""
        arrays = {k: v.astype(np.float16 if k in {"weights", "numbers"} else np.float32) for k, v in vars(self).items() if k != "tokens"}  # fmt: skip
        np.savez_compressed(path, tokens=np.frombuffer("\n".join(self.tokens).encode("utf-8"), np.uint8), **arrays)

    def score(self, page: Page, outlets: Outlets | None = None) -> np.ndarray:
        """Return the log-odds of each zone for each block of a page, shape (blocks, zones)."""
        from_tokens = np.asarray(token_matrix(page, self.tokens) @ self.weights)
        return from_tokens + scale(measure(page, outlets), self.mean, self.deviation) @ self.numbers + self.intercept

    def zone(self, page: Page, outlets: Outlets | None = None) -> list[tuple[str, float]]:
        """Return zone and confidence of each block of a page."""
        if not page.blocks:
            return []
        score = self.score(page, outlets)
        for row, hint in zip(score, page.hints, strict=False):
            for name, value in hint.items():
                if value >= (_SURE if name == "body" else _CERTAIN):
                    row[ZONES.index(name)] += value
        path, posterior = most_likely(score, self.move)
        return [(ZONES[z], round(float(posterior[i, z]), 3)) for i, z in enumerate(path)]


@cache
def shipped_model() -> ZoneModel:
    """Return the model that the package ships."""
    return ZoneModel.load()


def zone_page(page: Page, outlets: Outlets | None = None) -> list[tuple[str, float]]:
    """Assign a zone to each block of a page, with its confidence between 0 and 1.

    A page of few blocks, without menus and boxes to tell a story from, is judged by the rules alone.

    References
    ----------
    Rabiner, L. (1989). A tutorial on hidden Markov models. Proceedings of the IEEE 77. https://doi.org/10.1109/5.18626

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> def block(text, tag):
    ...     return SimpleNamespace(text=text, path=f"/html/body/{tag}", marks=("<body>", f"<{tag}>"), linked=0.0)
    >>> title = "Rain Floods Port of Ellan"
    >>> story = "The port was flooded on Monday, the harbour office said in a note to the town's council."
    >>> page = Page([block(title, "h1"), block("By Ana Dole", "p"), block(story, "p")], title=title)
    >>> [name for name, _ in zone_page(page)]
    ['headline', 'byline', 'body']
    """
    if len(page.blocks) < _FEW:
        return zone([block.text for block in page.blocks], page.hints or None, outlets)
    return shipped_model().zone(page, outlets)


def token_matrix(page: Page, rows: dict[str, int]) -> sparse.csr_matrix:
    """Return the tokens of a page's blocks, those of each group scaled to one length; shape (blocks, tokens)."""
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for groups in tokenize(page):
        for tokens, weight in zip(groups, _GROUPS, strict=True):
            if known := [rows[t] for t in tokens if t in rows]:
                columns += known
                values += [weight / len(known) ** 0.5] * len(known)
        ends.append(len(columns))
    shape = (len(page.blocks), len(rows))
    return sparse.csr_matrix((values, columns, ends), shape=shape)


def scale(
    numbers: np.ndarray, mean: Sequence[float] | np.ndarray, deviation: Sequence[float] | np.ndarray
) -> np.ndarray:
    """Standardise numbers, cut what lies far out, and bring them to the scale of the tokens."""
    return np.clip((numbers - mean) / deviation, -_CUT, _CUT) * _SCALE
