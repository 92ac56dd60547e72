"""The claim model: how likely a sentence is a claim of the outlet about itself, of a kind; a logistic regression.

How it was trained, on what, and how well it does: ``models/claims/CARD.md``; ``mediabias train-claims`` trains it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from mediabias.article import Article, Span
from mediabias.claims.candidates import candidates

#: Where the model lies in the package.
SHIPPED = Path(__file__).parents[1] / "models" / "claims" / "weights.npz"


@dataclass(frozen=True)
class Claim:
    """A sentence in which an outlet says something of itself: its kind, its place, how likely it is one."""

    kind: str
    span: Span
    confidence: float


@dataclass(frozen=True)
class ClaimModel:
    """Weights of the tokens of a candidate, an intercept, and the kinds of claims that the model was scored on."""

    weights: dict[str, float]
    intercept: float
    kinds: tuple[str, ...]

    @classmethod
    def load(cls, path: Path = SHIPPED) -> ClaimModel:
        """Load a model that `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            tokens = bytes(stored["tokens"]).decode("utf-8").split("\n")
            weights = stored["weights"].astype(float).tolist()
            return cls(
                dict(zip(tokens, weights, strict=True)), float(stored["intercept"]), tuple(stored["kinds"].tolist())
            )

    def save(self, path: Path) -> None:
        """Write the model as arrays; nothing in it is pickled."""
        tokens = np.frombuffer("\n".join(self.weights).encode("utf-8"), np.uint8)
        weights = np.array(list(self.weights.values()), np.float16)
        np.savez_compressed(
            path, tokens=tokens, weights=weights, intercept=np.float32(self.intercept), kinds=np.array(self.kinds)
        )

    def probability(self, tokens: dict[str, float]) -> float:
        """Return how likely a candidate is a claim."""
        odds = self.intercept + sum(self.weights.get(token, 0.0) * value for token, value in tokens.items())
        return float(1 / (1 + np.exp(-odds)))


@cache
def shipped_model() -> ClaimModel:
    """Return the model that the package ships."""
    return ClaimModel.load()


def find_claims(article: Article, threshold: float = 0.5) -> list[Claim]:
    """Return what the outlet of an article says of itself around the story, sentence by sentence.

    A sentence may hold several claims, one a kind; one that stands twice on a page is found once. Kinds that no coded page
    holds are left out, since nobody can say how well the model finds them.

    Parameters
    ----------
    article : Article
        With zones.
    threshold : float
        The least confidence, between 0 and 1.

    Examples
    --------
    >>> from mediabias.article import Block
    >>> text = "The Ellan Post is funded by its readers."
    >>> article = Article("a", text, (Block(0, len(text), "appeal"),), outlet="The Ellan Post")
    >>> [claim.kind for claim in find_claims(article)]
    ['reader_funding']
    """
    model = shipped_model()
    seen: set[tuple[str, str]] = set()
    claims = []
    for candidate in candidates(article):
        said = (candidate.kind, candidate.span.of(article.text))
        if said in seen or candidate.kind not in model.kinds:
            continue
        confidence = model.probability(candidate.tokens)
        if confidence >= threshold:
            seen.add(said)
            claims.append(Claim(candidate.kind, candidate.span, round(confidence, 3)))
    return claims
