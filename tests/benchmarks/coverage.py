"""What intervals cover, how often tests are wrong, and what hand coding mends: simulations with planted effects, as a table.

Run ``python -m tests.benchmarks.coverage``; some minutes.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mediabias.comparison import compare
from mediabias.comparison.resampling import bootstrap, student, studentized

SIMULATIONS = 2000


def _inside(ends, truth: float) -> float:
    return float(((ends.low <= truth) & (truth <= ends.high)).mean())


def intervals(simulations: int = SIMULATIONS) -> pd.DataFrame:
    """Return the share of nominal 95% intervals that hold the truth."""
    rng, rows = np.random.default_rng(1), []
    for events in (6, 10, 15, 30, 60):
        event = rng.gamma(
            3, 1, (events, simulations)
        )  # two rates per 1,000 words, in articles of 500, that an event moves together
        shapes = {
            "normal": (rng.normal(0, 1, (events, simulations)), 0.0),
            "skewed": (rng.gamma(1, 1, (events, simulations)) - 1, 0.0),
            "rates": ((rng.poisson(1.5 * event) - rng.poisson(1.0 * event)) / 0.5, 3.0),
        }
        for shape, (x, truth) in shapes.items():
            made = {
                "bootstrap-t": studentized(x, confidence=0.95, n_resamples=999, seed=3),
                "BCa": bootstrap(x, confidence=0.95, n_resamples=999, seed=3),
                "t": student(x, confidence=0.95),
            }
            rows.append((shape, events, *(_inside(ends, truth) for ends in made.values())))
    return pd.DataFrame(rows, columns=["differences", "events", "bootstrap-t", "BCa", "t"])


def false_alarms(simulations: int = 300) -> pd.DataFrame:
    """Return how often anything of a family is called a difference where nothing differs (four outlets, ten columns)."""
    rows = []
    for events in (10, 20):
        about = pd.DataFrame([(f"{o}{e}", o, str(e), "") for o in "ABCD" for e in range(events)],
                             columns=["article_id", "outlet", "event", "copy_of"])  # fmt: skip
        any_false = {"none": 0, "bh": 0, "holm": 0}
        for seed in range(simulations):
            rng = np.random.default_rng(seed)
            shared = rng.normal(size=(events, 10))
            values = shared[about["event"].astype(int)] + rng.normal(size=(len(about), 10))
            features = pd.DataFrame(values, columns=[f"v__{n}" for n in range(10)]).assign(
                article_id=about["article_id"]
            )
            effects = compare(features, about, correction="holm", permute="events", resamples=1999).table
            any_false["holm"] += bool((effects["q"] < 0.05).any())
            any_false["none"] += bool((effects["p"] < 0.05).any())
            from scipy.stats import false_discovery_control

            any_false["bh"] += bool((false_discovery_control(effects["p"]) < 0.05).any())
        rows += [(events, k, v / simulations) for k, v in any_false.items()]
    return pd.DataFrame(rows, columns=["events", "correction", "family-wise error"])


def measurement_error(simulations: int = 400) -> pd.DataFrame:
    """Return what intervals cover with an extractor of 80% precision and recall: of found, of corrected, and of coded sentences."""
    events, sentences, coded = 40, 30, 600
    truth_a, truth_b = 0.30, 0.15
    rows = []
    for kind in ("alike", "worse on one outlet"):
        held = {"found": 0, "corrected": 0}
        wide = {"found": 0.0, "corrected": 0.0}
        for seed in range(simulations):
            rng = np.random.default_rng(seed)
            difference = {k: np.zeros((events, 1)) for k in held}
            truth = {o: rng.random((events, sentences)) < p for o, p in (("A", truth_a), ("B", truth_b))}
            found = {o: _extracted(t, 0.8, 0.8 if kind == "alike" or o == "A" else 0.5, rng) for o, t in truth.items()}
            for o, sign in (("A", 1), ("B", -1)):
                difference["found"][:, 0] += sign * found[o].mean(axis=1)
            corrected = _corrected(truth, found, coded, rng)
            for o, sign in (("A", 1), ("B", -1)):
                difference["corrected"][:, 0] += sign * corrected[o].mean(axis=1)
            for name, d in difference.items():
                ends = studentized(d, confidence=0.95, n_resamples=499, seed=seed)
                held[name] += bool(ends.low[0] <= truth_a - truth_b <= ends.high[0])
                wide[name] += float(ends.high[0] - ends.low[0])
        rows += [(kind, name, held[name] / simulations, wide[name] / simulations) for name in held]
    return pd.DataFrame(rows, columns=["errors", "numbers", "coverage", "width"])


def _extracted(truth: np.ndarray, precision: float, recall: float, rng: np.random.Generator) -> np.ndarray:
    """Return what an extractor of this precision and recall finds, in expectation."""
    rate = truth.mean()
    false_rate = recall * rate * (1 / precision - 1) / (1 - rate)
    return np.where(truth, rng.random(truth.shape) < recall, rng.random(truth.shape) < false_rate)


def _corrected(truth: dict, found: dict, coded: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Return the pseudo-outcomes of `mediabias.validation.sentence_shares`, half of the sample drawn from each stratum."""
    y = np.concatenate([truth[o].ravel() for o in "AB"]).astype(float)
    f = np.concatenate([found[o].ravel() for o in "AB"]).astype(float)
    weight = np.zeros_like(y)
    for value in (0.0, 1.0):
        places = np.flatnonzero(f == value)
        take = min(coded // 2, len(places))
        weight[rng.permutation(places)[:take]] = len(places) / take
    centred = f - np.average(f, weights=weight)
    k = np.clip((weight * centred * y).sum() / (weight * centred**2).sum(), 0, 1)
    out = k * f + weight * (y - k * f)
    half = truth["A"].size
    return {"A": out[:half].reshape(truth["A"].shape), "B": out[half:].reshape(truth["B"].shape)}


def main() -> None:
    """Print the three tables."""
    for title, table in (
        ("Intervals", intervals()),
        ("False alarms", false_alarms()),
        ("Measurement error", measurement_error()),
    ):
        print(f"\n{title}\n{table.round(3).to_string(index=False)}")


if __name__ == "__main__":
    main()
