"""What intervals cover, how often tests are wrong, and what hand coding mends: simulations with planted effects, as a table.

Run ``python -m tests.benchmarks.coverage``; some minutes.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from mediabias.comparison import compare, power
from mediabias.comparison.resampling import student, studentized, widest
from mediabias.validation import score_codes
from tests.comparison.test_planning import rates
from tests.validation.test_coded import drawn

SIMULATIONS = 800


#: How many articles an outlet has on an event, and how their numbers come about.
SETUPS = (
    ("one", "rare"), ("vary", "rare"), ("vary", "very rare"), ("missing", "share"), ("one", "heavy"), ("missing", "heavy"),
    ("unbalanced", "unequal spread"), ("one", "unequal skew"), ("unbalanced", "unequal skew"), ("three", "slant by event"),
)  # fmt: skip


def layout(kind: str, events: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return the event of each article, and whether it is of outlet A."""
    many = {"vary": lambda _: rng.integers(1, 9), "missing": lambda _: 0 if rng.random() < 0.25 else rng.integers(1, 9),
            "unbalanced": lambda is_a: 1 if is_a else 8, "three": lambda _: 3, "one": lambda _: 1}[kind]  # fmt: skip
    rows = [(e, a) for e in range(events) for a in (True, False) for _ in range(many(a))]
    event, is_a = (np.array(x) for x in zip(*rows, strict=True))
    return event, is_a


def numbers(
    kind: str, event: np.ndarray, is_a: np.ndarray, columns: int, rng: np.random.Generator, differ: bool = True
) -> tuple[np.ndarray, float]:
    """Return the articles' numbers, articles x columns, and the true difference of the outlets' means."""
    n, events, a = len(event), event.max() + 1, is_a[:, None]
    each = lambda mean_a, mean_b: np.where(a, mean_a, mean_b)  # noqa: E731
    if kind in ("rare", "very rare"):
        mean = (
            {"rare": (1.6, 0.8), "very rare": (0.2, 0.1)}[kind]
            if differ
            else (1.0, 1.0)
            if kind == "rare"
            else (0.1, 0.1)
        )
        rate = each(*mean) * rng.gamma(1 + (kind == "rare"), 1 / (1 + (kind == "rare")), (events, columns))[event]
        words = np.exp(rng.normal(np.log(500), 0.4, (n, 1)))
        return 1000 * rng.poisson(rate * words / 1000) / words, mean[0] - mean[1]
    if kind == "share":
        mean = (0.25, 0.15) if differ else (0.2, 0.2)
        p = each(*(rng.beta(6 * m, 6 * (1 - m), (events, columns))[event] for m in mean))
        cues = rng.negative_binomial(1.5, 0.2, (n, 1))
        with np.errstate(invalid="ignore", divide="ignore"):
            return rng.binomial(np.broadcast_to(cues, p.shape), p) / cues, mean[0] - mean[1]
    mean = {
        "heavy": (1.5, 1.0),
        "unequal spread": (1.0, 0.0),
        "unequal skew": (2.0, 1.0),
        "slant by event": (0.5, 0.0),
    }[kind]
    mean = mean if differ else (1.0, 1.0) if kind in ("heavy", "unequal skew") else (0.0, 0.0)
    own = rng.normal(size=(n, columns))
    if kind == "heavy":
        base = rng.lognormal(-0.18, 0.6, (events, columns))[event]
        return each(*mean) * base * rng.lognormal(-0.72, 1.2, (n, columns)), mean[0] - mean[1]
    if kind == "unequal spread":
        return rng.normal(size=(events, columns))[event] + each(mean[0] + 3 * own, mean[1] + own), mean[0] - mean[1]
    if kind == "unequal skew":
        return each(rng.gamma(0.3, mean[0] / 0.3, (n, columns)), rng.gamma(5, mean[1] / 5, (n, columns))), mean[
            0
        ] - mean[1]
    slant = [rng.normal(size=(events, columns))[event] for _ in "ab"]
    return each(mean[0] + slant[0], mean[1] + slant[1]) + own, mean[0] - mean[1]


def _tables(event: np.ndarray, is_a: np.ndarray, x: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    articles = pd.DataFrame({"outlet": np.where(is_a, "A", "B"), "event": [f"e{e:03}" for e in event]})
    articles["article_id"] = [f"{n:05}" for n in range(len(event))]
    return pd.DataFrame(x, columns=[f"v__{i}" for i in range(x.shape[1])]).assign(
        article_id=articles["article_id"]
    ), articles


def intervals(simulations: int = SIMULATIONS, events: tuple[int, ...] = (6, 10, 30)) -> pd.DataFrame:
    """Return what nominal 95% intervals of `compare` cover, and how often its test is wrong where nothing differs.

    Each layout of articles is drawn anew for every forty columns; seeds are 5, the number of events and the layout's.
    """
    rows, columns = [], 40
    for articles, shape in SETUPS:
        for n in events:
            held: dict[str, list[bool]] = {k: [] for k in ("wide", "bootstrap-t", "bootstrap", "t")}
            wrong: list[bool] = []
            for seed in range(max(simulations // columns, 1)):
                rng = np.random.default_rng([5, n, seed])
                event, is_a = layout(articles, n, rng)
                x, truth = numbers(shape, event, is_a, columns, rng)
                features, about = _tables(event, is_a, x)
                for kind in held:
                    made = compare(features, about, copies="keep", interval=kind, resamples=999, seed=seed).table
                    made = made[made["ci_low"].notna()]
                    held[kind] += ((made["ci_low"] <= truth) & (truth <= made["ci_high"])).tolist()
                x, _ = numbers(shape, event, is_a, columns, rng, differ=False)
                features, about = _tables(event, is_a, x)
                made = compare(features, about, copies="keep", interval="t", resamples=999, seed=seed).table
                wrong += made["p"].dropna().lt(0.05).tolist()
            rows.append((articles, shape, n, len(wrong), *(np.mean(v) for v in held.values()), np.mean(wrong)))
    return pd.DataFrame(rows, columns=["articles", "numbers", "events", "simulations", *held, "false alarms"])


def ratios(simulations: int = 400) -> pd.DataFrame:
    """Return what the intervals of `ratio` cover where one label is rare, zero cells included."""
    rows = []
    for articles, mean, n in (
        ("one", (2.0, 1.0), 10),
        ("vary", (2.0, 1.0), 10),
        ("vary", (0.2, 0.1), 10),
        ("vary", (0.2, 0.1), 30),
    ):
        held: list[bool] = []
        for seed in range(max(simulations // 40, 1)):
            rng = np.random.default_rng([8, n, seed])
            event, is_a = layout(articles, n, rng)
            rate = np.where(is_a[:, None], *mean) * rng.gamma(2, 0.5, (n, 40))[event]
            found = rng.poisson(rate * 0.5)
            features, about = _tables(event, is_a, found / 0.5)
            counts = features.drop(columns="article_id").mul(0.5).assign(article_id=features["article_id"])
            counts = counts.melt("article_id", var_name="column", value_name="count").assign(exposure=500.0)
            made = compare(features, about, counts=counts, copies="keep", interval="t", resamples=99).table
            made = made[made["ratio"].notna()]
            held += ((made["ratio_low"] <= 2) & (made["ratio_high"] >= 2)).tolist()
        rows.append((articles, f"{mean[0]} : {mean[1]} per 1,000 words", n, len(held), np.mean(held)))
    return pd.DataFrame(rows, columns=["articles", "rates", "events", "simulations", "coverage"])


def codes(simulations: int = 200) -> pd.DataFrame:
    """Return what the intervals of `score_codes` cover, half of the sample found by the feature."""
    rows = []
    for base in (0.1, 0.02):
        for n in (50, 100, 200, 400):
            held = []
            for seed in range(simulations):
                key, coded, recall = drawn(base, n, seed)
                row = score_codes(key, coded).iloc[0]
                held.append((row.recall_low <= recall <= row.recall_high, row.recall_high - row.recall_low))
            rows.append((base, n, *np.mean(held, axis=0)))
    return pd.DataFrame(rows, columns=["base rate", "coded", "recall covered", "width"])


def planned(simulations: int = 2000) -> pd.DataFrame:
    """Return what `power` says beside how often `compare` finds it, on six set-ups of rare counts."""
    features, articles, found = rates(300, 1.0, 1, np.random.default_rng(5))
    counts = pd.DataFrame(
        {"article_id": articles["article_id"], "column": "v__0", "count": found[:, 0], "exposure": 500.0}
    )
    said = power(
        features,
        articles,
        "v__0",
        events=[6, 10, 30],
        ratios=[1.0, 2.0],
        simulations=simulations,
        counts=counts,
        copies="keep",
    )
    rows = []
    for row in said.itertuples():
        many, about, _ = rates(row.events, row.ratio, simulations, np.random.default_rng(6))
        rows.append(
            (
                row.events,
                row.ratio,
                row.power,
                compare(many, about, copies="keep", interval="t").table["p"].lt(0.05).mean(),
            )
        )
    return pd.DataFrame(rows, columns=["events", "ratio", "power says", "compare finds"])


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
            effects = compare(features, about, correction="holm", resamples=1999).table
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
                ends = widest(studentized(d, confidence=0.95, n_resamples=499, seed=seed), student(d, confidence=0.95))
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


TABLES = {
    "Intervals and tests": intervals,
    "Ratios": ratios,
    "False alarms in a family": false_alarms,
    "Measurement error": measurement_error,
    "Scores of a coded sample": codes,
    "Power": planned,
}


def main(wanted: list[str]) -> None:
    """Print the tables, or those whose titles contain one of the words given."""
    for title, made in TABLES.items():
        if not wanted or any(w.lower() in title.lower() for w in wanted):
            print(f"\n{title}\n{made().round(3).to_string(index=False)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
