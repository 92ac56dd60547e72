"""Train and score the model that says whether two sentences make the same statement.

    python -m mediabias.omission.train BASIL_FOLDER GOLD_CSV [WEIGHTS_CSV]

prints the cross-validated scores and, with a third argument, writes the weights.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from mediabias.errors import TableError
from mediabias.omission.likeness import FEATURES, Sentence, compare_sentences
from mediabias.omission.statements import event_sentences
from mediabias.public import load

#: Strength of the penalty: the usual one; it was not chosen on the gold.
_C = 1.0
_FOLDS = 10
_RESAMPLES = 2000


@dataclass(frozen=True)
class Coded:
    """Coded pairs: a row of `FEATURES` each, whether they make the same statement, their event and their sampling weight."""

    features: np.ndarray
    same: np.ndarray
    event: np.ndarray
    weight: np.ndarray
    texts: tuple[tuple[str, str], ...]


def load_coded(folder: str | Path, gold: str | Path) -> Coded:
    """Return the coded pairs with their features, in the order of the file.

    Parameters
    ----------
    folder : path
        BASIL, as `mediabias.load("basil", folder)` reads it.
    gold : path
        A CSV with article, offsets and hash of both sentences, two coders' codes (same, part, no) and the weight of the
        stratum that a pair was drawn from. Where the coders differ, the first decides.

    Raises
    ------
    TableError
        When a sentence is not the one that was coded.
    """
    table = pd.read_csv(gold)
    corpus = load("basil", folder)
    wanted = {corpus[i].event for i in table["article_a"]}
    by_event = {e: event_sentences([a for a in corpus if a.event == e]) for e in sorted(wanted)}
    features = np.zeros((len(table), len(FEATURES)))
    texts: list[tuple[str, str]] = [("", "")] * len(table)
    events = np.array([corpus[i].event for i in table["article_a"]])
    for event, units in by_event.items():
        place = {(u.article_id, u.start): n for n, u in enumerate(units)}
        rows = np.flatnonzero(events == event)
        pairs = []
        for r in rows.tolist():
            row = table.iloc[r]
            found = [_sentence(units, place, row, side) for side in "ab"]
            pairs.append((min(found), max(found)))
            texts[r] = (units[found[0]].text, units[found[1]].text)
        features[rows] = compare_sentences(units, pairs).features
    same = (table["coder_1"] != "no").to_numpy()
    return Coded(features, same, events, table["weight"].to_numpy(float), tuple(texts))


def _sentence(units: list[Sentence], place: dict[tuple[str, int], int], row: pd.Series, side: str) -> int:
    found = place.get((row[f"article_{side}"], int(row[f"start_{side}"])))
    if found is None or hashlib.sha256(units[found].text.encode()).hexdigest()[:16] != row[f"sha256_{side}"]:
        raise TableError(
            f"{row[f'article_{side}']}: no sentence at {row[f'start_{side}']} with the hash {row[f'sha256_{side}']}; the corpus is "
            "another version than the one that was coded"
        )
    return found


def fit(features: np.ndarray, same: np.ndarray) -> tuple[np.ndarray, float]:
    """Return weights and intercept of a logistic regression, for features as they come (not standardised)."""
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=_C, max_iter=1000).fit(scaler.transform(features), same)
    weights = model.coef_[0] / scaler.scale_
    return weights, float(model.intercept_[0] - weights @ scaler.mean_)


def cross_validate(features: np.ndarray, coded: Coded) -> np.ndarray:
    """Return each pair's probability by a model that has not seen its event."""
    out = np.zeros(len(features))
    for train, held in GroupKFold(_FOLDS).split(features, coded.same, coded.event):
        weights, intercept = fit(features[train], coded.same[train])
        out[held] = 1 / (1 + np.exp(-(features[held] @ weights + intercept)))
    return out


def score_methods(
    coded: Coded, *, encode: Callable[[list[str]], np.ndarray] | None = None, seed: int = 0
) -> pd.DataFrame:
    """Score the model beside TF-IDF alone and, where given, an encoder's sentence vectors.

    Returns
    -------
    DataFrame
        One row a method: precision, recall, f1 over the coded pairs, each with its 95% bootstrap interval over events.
    """
    methods = {"tf-idf": coded.features[:, [0]], "all features": coded.features}
    if encode is not None:
        first, second = (encode([t[k] for t in coded.texts]) for k in (0, 1))
        cosine = (first * second).sum(axis=1) / np.linalg.norm(first, axis=1) / np.linalg.norm(second, axis=1)
        methods["encoder"] = cosine[:, None]
        methods["all features and encoder"] = np.column_stack([coded.features, cosine])
    rows = []
    for name, features in methods.items():
        found = cross_validate(features, coded) >= 0.5
        rng = np.random.default_rng(seed)
        events = np.unique(coded.event)
        rows_of = {e: np.flatnonzero(coded.event == e) for e in events}
        draws = [np.concatenate([rows_of[e] for e in rng.choice(events, len(events))]) for _ in range(_RESAMPLES)]
        values = np.array([_scores(found[d], coded.same[d]) for d in draws])
        low, high = np.nanquantile(values, [0.025, 0.975], axis=0)
        row: dict[str, object] = {"method": name}
        for k, (measure, value) in enumerate(
            zip(("precision", "recall", "f1"), _scores(found, coded.same), strict=True)
        ):
            row |= {measure: value, f"{measure}_low": low[k], f"{measure}_high": high[k]}
        rows.append(row)
    return pd.DataFrame(rows)


def _scores(found: np.ndarray, same: np.ndarray) -> tuple[float, float, float]:
    hits = float((found & same).sum())
    precision = hits / found.sum() if found.any() else np.nan
    recall = hits / same.sum() if same.any() else np.nan
    return precision, recall, 2 * hits / (found.sum() + same.sum())


def write_weights(coded: Coded, path: str | Path) -> None:
    """Fit on all pairs and write a row a feature."""
    weights, intercept = fit(coded.features, coded.same)
    with Path(path).open("w", encoding="utf8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("feature", "weight"))
        out.writerows([(f, f"{w:.6f}") for f, w in zip((*FEATURES, "intercept"), (*weights, intercept), strict=True)])


def _encoder() -> Callable[[list[str]], np.ndarray] | None:
    """Return MiniLM's sentence vectors where the extra [train] is installed."""
    try:
        import torch
        from transformers import AutoModel, AutoTokenizer

        from mediabias.attribution.tagger.train import base_folder

        folder = str(base_folder())
    except ModuleNotFoundError:
        return None
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()

    def encode(texts: list[str]) -> np.ndarray:
        with torch.no_grad():
            made = tokenizer(texts, padding=True, truncation=True, max_length=128, return_tensors="pt")
            mask = made["attention_mask"].unsqueeze(-1)
            return np.asarray(((model(**made).last_hidden_state * mask).sum(1) / mask.sum(1)).numpy())

    return encode


def main(arguments: list[str]) -> int:
    """Print the scores; write the weights where a path for them is given."""
    if len(arguments) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    coded = load_coded(arguments[0], arguments[1])
    encode = _encoder()
    for row in score_methods(coded, encode=encode).to_dict("records"):
        told = ", ".join(
            f"{m} {row[m]:.3f} [{row[m + '_low']:.3f}, {row[m + '_high']:.3f}]" for m in ("precision", "recall", "f1")
        )
        print(f"same statement, {row['method']}: {told}")
    if encode is None:
        print("the encoder's vectors are not scored: pip install 'mediabias[train]'", file=sys.stderr)
    if len(arguments) == 3:
        write_weights(coded, arguments[2])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
