"""Train the heads that say who speaks, on coded attributions.

Needs the extra ``train``. The coded articles are JSON lines as ``data/who`` describes them: ``id``, ``text``, and ``units`` with
``source``, ``cue``, ``content`` (spans), ``ok``, ``speaker``, ``type``, ``verb``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from mediabias.article import Span, Spans, paragraphs
from mediabias.attribution import named
from mediabias.attribution.engines import Found, Reading
from mediabias.attribution.who.antecedent import Antecedents, Choice
from mediabias.attribution.who.features import BUCKETS, Features, cue_features, hashed, source_features
from mediabias.attribution.who.model import softmax
from mediabias.attribution.who.names_alike import same_party
from mediabias.attribution.who.pairs import FEATURES
from mediabias.attribution.who.parties import Parties, Party

FOLDS = 5
ROUNDS, RATE, LEAVES = 160, 0.07, 12
#: Inverse strength of the penalty on the weights of each linear head.
PENALTY = {"type": 1.0, "cue": 2.0}


@dataclass
class Unit:
    """One coded attribution with what the heads see of it."""

    article_id: str
    gold: dict[str, Any]
    number: int
    parties: Parties
    found: Found
    choice: Choice | None = None
    right: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, bool))
    picked: Party | None = None

    def values(self, name: str) -> list[str]:
        """Return the values of a field that are right: coders may differ, "a|b"."""
        return str(self.gold[name]).split("|")


def read_units(article: Mapping[str, Any], found: Sequence[Found]) -> list[Unit]:
    """Return the coded attributions of an article among all that were found in it.

    A coded attribution stands in the place of those found whose cue overlaps its own: the rest is what the article says around it.
    """
    coded = article["units"]
    merged = [(f, -1) for f in found if not any(_share(u["cue"], f.cue) for u in coded)]
    merged += [(_as_found(u), n) for n, u in enumerate(coded)]
    merged.sort(key=lambda pair: (pair[0].cue, pair[0].source))
    text = article["text"]
    parties = Parties(text, list(paragraphs(text)), [f for f, _ in merged])
    antecedents = Antecedents(parties)
    out = []
    for number, (one, n) in enumerate(merged):
        choice = antecedents.candidates(number)
        if n < 0 or coded[n]["ok"] in ("no", "disputed"):
            antecedents.note(number, _guess(parties, number, choice, antecedents))
            if n >= 0 and coded[n]["ok"] == "no":
                out.append(Unit(article["id"], coded[n], number, parties, one))
            continue
        unit = Unit(article["id"], coded[n], number, parties, one)
        if "AUTHOR" not in unit.values("speaker"):
            unit.choice = choice
            unit.right = np.array(
                [any(same_party(g, c.label) for g in unit.values("speaker")) for c in choice.candidates], bool
            )
            best = [c for c, y in zip(choice.candidates, unit.right, strict=True) if y]
            best.sort(key=lambda c: c.role not in ("named", "joint"))
            antecedents.note(number, best[0].label if best else unit.values("speaker")[0])
        out.append(unit)
    return out


def _guess(parties: Parties, number: int, choice: Choice, antecedents: Antecedents) -> str:
    """Return a likely speaker of an attribution that nobody coded."""
    source = parties.sources[number]
    if source.form == "named" and choice.candidates:
        return choice.candidates[0].label
    own = next((c.label for c in choice.candidates if c.role == "own"), "")
    is_pronoun = source.form in ("he", "she", "it", "they", "who")
    return own or (antecedents.spoke[-1][1] if antecedents.spoke and is_pronoun else "")


def _share(spans: Sequence[Sequence[int]], others: Spans) -> bool:
    return any(max(a, s.start) < min(b, s.end) for a, b in spans for s in others)


def _as_found(unit: Mapping[str, Any]) -> Found:
    spans = {role: tuple(Span(a, b) for a, b in unit[role]) for role in ("cue", "source", "content")}
    return Found(spans["cue"], spans["source"], spans["content"], 1.0, "coded")


def train_ranker(units: Sequence[Unit], seed: int = 0) -> lightgbm.Booster:
    """Train trees whose sums, through a softmax over the candidates of a source, are their probabilities."""
    kept = [u for u in units if u.choice is not None and u.right.any()]
    rows = np.concatenate([u.choice.rows for u in kept if u.choice])
    right = np.concatenate([u.right for u in kept]).astype(float)
    lengths = np.array([len(u.right) for u in kept])
    begin = np.r_[0, np.cumsum(lengths)[:-1]]
    of = np.repeat(np.arange(len(lengths)), lengths)

    def objective(scores: NDArray[np.float64], _: lightgbm.Dataset) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        powers = np.exp(scores - np.maximum.reduceat(scores, begin)[of])
        p = powers / np.add.reduceat(powers, begin)[of]
        among = powers * right
        q = among / np.maximum(np.add.reduceat(among, begin)[of], 1e-12)
        return p - q, np.maximum(p * (1 - p), 1e-3)

    settings = {
        "objective": objective, "learning_rate": RATE, "num_leaves": LEAVES, "min_data_in_leaf": 10, "lambda_l2": 3.0,
        "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "verbose": -1, "num_threads": 1, "seed": seed,
        "deterministic": True, "force_row_wise": True,
    }  # fmt: skip
    return lightgbm.train(settings, lightgbm.Dataset(rows, right, free_raw_data=False), num_boost_round=ROUNDS)


def folds(units: Sequence[Unit]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield the units to train on and those to try on, by article."""
    yield from GroupKFold(FOLDS).split(np.zeros(len(units)), groups=[u.article_id for u in units])


def matrix(features: Sequence[Features]) -> csr_matrix:
    """Return the features of n attributions as a matrix [n, BUCKETS]."""
    pairs = [hashed(f) for f in features]
    ends = np.r_[0, np.cumsum([len(b) for b, _ in pairs])]
    buckets, values = (np.concatenate([p[k] for p in pairs]) for k in (0, 1))
    return csr_matrix((values, buckets, ends), shape=(len(features), BUCKETS))


def train_linear(x: csr_matrix, labels: Sequence[str], penalty: float) -> LogisticRegression:
    """Train a multinomial logistic regression."""
    return LogisticRegression(C=penalty, max_iter=300).fit(x, labels)


def temperature(scores: NDArray[np.float64], right: Sequence[set[int]]) -> float:
    """Return the divisor of the scores that makes their softmax best calibrated: of the least log loss."""
    grid = np.geomspace(0.5, 4.0, 43)

    def loss(t: float) -> float:
        p = softmax(scores / t)
        return -float(np.mean([np.log(max(1e-9, sum(row[k] for k in ok))) for row, ok in zip(p, right, strict=True)]))

    return round(float(min(grid, key=loss)), 4)


@dataclass
class Trained:
    """What training gives: the files of the heads, and of each unit its cross-validated predictions."""

    ranker: lightgbm.Booster
    linear: dict[str, LogisticRegression]
    scales: dict[str, float]
    tried: dict[str, list[tuple[bool, float]]]


def train(units: Sequence[Unit], seed: int = 0) -> Trained:
    """Train all heads; each unit's speaker, as the types are trained on, is one of a ranker that has not seen its article."""
    kept = [u for u in units if u.gold["ok"] not in ("no", "disputed")]
    tried: dict[str, list[tuple[bool, float]]] = {"speaker": [], "type": [], "cue": []}
    scores: list[NDArray[np.float64]] = []
    for seen, unseen in folds(kept):
        ranker = train_ranker([kept[i] for i in seen], seed)
        for i in unseen:
            u = kept[i]
            if u.choice is None:
                u.picked = Party(u.parties.sources[u.number].text, role="none")
                continue
            row = np.asarray(ranker.predict(u.choice.rows))
            best = int(row.argmax())
            u.picked = u.choice.candidates[best]
            scores.append(row)
            tried["speaker"].append((bool(u.right[best]), float(softmax(row)[best])))
    scales = {"speaker": 1.0}
    linear = {}
    for head, name, features in (
        ("type", "type", [source_features(u.parties, u.number, u.picked) for u in kept if u.picked]),
        ("cue", "verb", [cue_features(u.parties.text, u.found) for u in kept]),
    ):
        x, labels = matrix(features), [u.values(name)[0] for u in kept]
        linear[head] = train_linear(x, labels, PENALTY[head])
        classes = list(linear[head].classes_)
        out = np.zeros((len(kept), len(classes)))
        for seen, unseen in folds(kept):
            fit = train_linear(x[seen], [labels[i] for i in seen], PENALTY[head])
            columns = np.array([classes.index(c) for c in fit.classes_])
            out[np.ix_(unseen, columns)] = fit.decision_function(x[unseen])
        right = [{classes.index(v) for v in u.values(name) if v in classes} for u in kept]
        scales[head] = temperature(out, right)
        p = softmax(out / scales[head])
        tried[head] = [(int(row.argmax()) in ok, float(row.max())) for row, ok in zip(p, right, strict=True)]
    return Trained(train_ranker(kept, seed), linear, scales, tried)


def write(trained: Trained, folder: Path) -> None:
    """Write the files that `Heads` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(as_onnx(trained.ranker), str(folder / "ranker.onnx"))
    for head, fit in trained.linear.items():
        weights = np.concatenate([fit.coef_, fit.intercept_[:, None]], axis=1).astype(np.float16)
        (folder / f"{head}.bin").write_bytes(weights.tobytes())
    names = ["ranker.onnx", *(f"{head}.bin" for head in trained.linear)]
    settings = {
        "features": list(FEATURES),
        "labels": {head: list(map(str, fit.classes_)) for head, fit in trained.linear.items()},
        "scales": trained.scales,
        "files": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names},
    }
    (folder / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")


def as_onnx(booster: lightgbm.Booster) -> onnx.ModelProto:
    """Return trees as one ONNX operator: a sum of regression trees."""
    nodes: dict[str, list[Any]] = {
        k: [] for k in ("treeids", "nodeids", "featureids", "values", "modes", "truenodeids", "falsenodeids")
    }
    leaves: dict[str, list[Any]] = {k: [] for k in ("treeids", "nodeids", "ids", "weights")}
    for number, tree in enumerate(booster.dump_model()["tree_info"]):
        _add(tree["tree_structure"], number, nodes, leaves, [0])
    attributes = {f"nodes_{k}": v for k, v in nodes.items()} | {f"target_{k}": v for k, v in leaves.items()}
    operator = helper.make_node(
        "TreeEnsembleRegressor",
        ["rows"],
        ["scores"],
        domain="ai.onnx.ml",
        n_targets=1,
        aggregate_function="SUM",
        post_transform="NONE",
        **attributes,
    )
    graph = helper.make_graph(
        [operator],
        "ranker",
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, [None, len(FEATURES)])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [None, 1])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="mediabias")


def _add(
    node: Mapping[str, Any], tree: int, nodes: dict[str, list[Any]], leaves: dict[str, list[Any]], count: list[int]
) -> int:
    here = count[0]
    count[0] += 1
    at = len(nodes["nodeids"])
    is_leaf = "leaf_value" in node
    row = (
        tree,
        here,
        0 if is_leaf else node["split_feature"],
        0.0 if is_leaf else float(node["threshold"]),
        "LEAF" if is_leaf else "BRANCH_LEQ",
        0,
        0,
    )
    for key, value in zip(nodes, row, strict=True):
        nodes[key].append(value)
    if is_leaf:
        for key, value in zip(leaves, (tree, here, 0, float(node["leaf_value"])), strict=True):
            leaves[key].append(value)
    else:
        nodes["truenodeids"][at] = _add(node["left_child"], tree, nodes, leaves, count)
        nodes["falsenodeids"][at] = _add(node["right_child"], tree, nodes, leaves, count)
    return here


def main() -> None:
    """Train on coded articles from the command line: ``python -m mediabias.attribution.who.train CODED.jsonl... --out FOLDER``."""
    parser = argparse.ArgumentParser(description="Train the heads that say who speaks.")
    parser.add_argument("coded", nargs="+", type=Path, help="JSON lines of coded articles with their text")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    articles = [json.loads(line) for path in args.coded for line in path.read_text(encoding="utf8").splitlines()]
    readings = [Reading(a["text"], list(paragraphs(a["text"]))) for a in articles]
    found = named("tagger").find(readings)
    units = [u for a, f in zip(articles, found, strict=True) for u in read_units(a, f)]
    trained = train(units, args.seed)
    write(trained, args.out)
    for name, tried in trained.tried.items():
        print(f"{name}: {np.mean([ok for ok, _ in tried]):.3f} of {len(tried)} right, cross-validated by article")


if __name__ == "__main__":
    main()
