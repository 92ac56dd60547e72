"""The trained heads as they run: a ranker of antecedents in onnxruntime, and linear classifiers of source and cue in numpy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mediabias.attribution.model_files import checked_files, open_session
from mediabias.attribution.who.features import Features, hashed
from mediabias.attribution.who.pairs import FEATURES
from mediabias.errors import ModelError

#: Where the trained heads lie.
SHIPPED = Path(__file__).parents[2] / "models" / "who"
Floats = NDArray[np.float64]


class Heads:
    """The heads of a folder.

    Parameters
    ----------
    folder : path
        With ``settings.json`` and the files that it names and checksums.

    Raises
    ------
    ModelError
        When a file is missing or damaged, or was trained on other features.
    """

    def __init__(self, folder: str | Path = SHIPPED) -> None:
        files = checked_files(Path(folder))
        settings = json.loads(files["settings.json"])
        if settings["features"] != list(FEATURES):
            raise ModelError(f"{folder}: trained on other features than this version has; install mediabias again")
        self.labels: dict[str, list[str]] = settings["labels"]
        self.scales: dict[str, float] = settings["scales"]
        self.ranker = open_session(files["ranker.onnx"])
        shape = {name: (len(labels), -1) for name, labels in self.labels.items()}
        self.weights = {
            name: np.frombuffer(files[f"{name}.bin"], np.float16).reshape(shape[name]) for name in self.labels
        }

    def rank(self, rows: NDArray[np.float32]) -> Floats:
        """Return the probability of each candidate, from their features [candidates, features]."""
        (scores,) = self.ranker.run(None, {"rows": rows})
        return softmax(scores[:, 0].astype(np.float64) / self.scales["speaker"])

    def classify(self, head: str, features: Sequence[Features]) -> Floats:
        """Return probabilities [n, labels] of a head, "type", "cue" or "is_one"."""
        weights = self.weights[head]
        scores = np.zeros((len(features), len(weights)))
        for row, one in zip(scores, features, strict=True):
            buckets, values = hashed(one)
            row += weights[:, buckets].astype(np.float64) @ values + weights[:, -1]
        return softmax(scores / self.scales[head])


@cache
def shipped() -> Heads:
    """Return the heads that the package ships, loaded when they are first asked for."""
    return Heads()


def softmax(scores: Floats) -> Floats:
    """Return probabilities along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
