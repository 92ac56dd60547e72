"""Scores of a feature against a coded sample: intervals that hold for rare labels, and whether outlets differ."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from mediabias.validation import agree, score_codes
from mediabias.validation.agreement import alpha, weighted_alpha


def drawn(base: float, n: int, seed: int, recall_b: float = 0.8) -> tuple[pd.DataFrame, pd.DataFrame, float]:
    """Return key and codes of a sample, half of it found by the feature, and the recall in all 5,000 sentences."""
    g = np.random.default_rng([11, seed])
    is_a = np.arange(5000) % 2 == 0
    y = g.random(5000) < base
    recall = np.where(is_a, 0.8, recall_b)
    f = np.where(y, g.random(5000) < recall, g.random(5000) < 0.8 * base * (1 / 0.9 - 1) / (1 - base))
    found, others = np.flatnonzero(f), np.flatnonzero(~f)
    take = min(n // 2, len(found))
    s = np.r_[g.permutation(found)[:take], g.permutation(others)[: n - take]]
    share = np.where(f[s], take / len(found), (n - take) / len(others))
    key = pd.DataFrame({"unit_id": s.astype(str), "stratum": np.where(f[s], "p", "none"), "probability": share,
                        "found_p": f[s].astype(int), "article_id": np.where(is_a[s], "a", "b")})  # fmt: skip
    return key, pd.DataFrame({"unit_id": key["unit_id"], "p": y[s].astype(float)}), (f & y).sum() / y.sum()


@pytest.mark.parametrize(("base", "n"), [(0.02, 100), (0.02, 400), (0.1, 100)])
def test_the_interval_of_recall_holds_it_for_rare_labels(base: float, n: int) -> None:
    held = 0
    for seed in range(100):
        key, codes, truth = drawn(base, n, seed)
        row = score_codes(key, codes).iloc[0]
        held += row.recall_low <= truth <= row.recall_high
        assert row.recall_low < row.recall_high
    assert held >= 89  # of 100 at 95%, fewer are rarer than one in a hundred


def test_one_stratum_has_jeffreys_interval() -> None:
    key = pd.DataFrame({"unit_id": [str(n) for n in range(40)], "stratum": "p", "probability": 1e-6, "found_p": 1})
    codes = pd.DataFrame({"unit_id": key["unit_id"], "p": [1.0] * 30 + [0.0] * 10})
    row = score_codes(key, codes).iloc[0]
    theirs = proportion_confint(30, 40, method="jeffreys")
    assert [row.precision_low, row.precision_high] == pytest.approx(list(theirs), abs=1e-3)


def test_all_sentences_coded_leave_nothing_open() -> None:
    key = pd.DataFrame(
        {"unit_id": list("abcd"), "stratum": ["p", "p", "n", "n"], "probability": 1.0, "found_p": [1, 1, 0, 0]}
    )
    row = score_codes(key, pd.DataFrame({"unit_id": list("abcd"), "p": [1.0, 0, 1, 0]})).iloc[0]
    assert row.precision == row.precision_low == row.precision_high == 0.5
    assert row.recall == row.recall_low == row.recall_high == 0.5


def test_mistakes_that_differ_between_outlets_are_seen_and_others_are_not() -> None:
    by = pd.Series({"a": "Post", "b": "Echo"})
    p = {r: [score_codes(*drawn(0.3, 600, s, r)[:2], by=by).iloc[0]["p_recall"] for s in range(30)] for r in (0.8, 0.4)}
    assert np.mean(np.array(p[0.8]) < 0.05) <= 0.2 and np.mean(np.array(p[0.4]) < 0.05) >= 0.8
    table = score_codes(*drawn(0.3, 600, 1)[:2], by=by)
    assert (
        table["outlet"].tolist() == ["all", "Echo", "Post"] and table["coded"].iloc[1:].sum() == table["coded"].iloc[0]
    )


def test_agreement_of_a_sample_that_holds_more_of_a_label_is_weighted_to_the_text() -> None:
    g = np.random.default_rng(0)
    y = g.random(100_000) < 0.05
    f = np.where(y, g.random(y.size) < 0.8, g.random(y.size) < 0.005)
    one, two = (np.where(g.random(y.size) < 0.97, y, ~y).astype(float) for _ in range(2))
    found, others = np.flatnonzero(f), np.flatnonzero(~f)
    s = np.r_[g.permutation(found)[:2000], g.permutation(others)[:2000]]
    units = s.astype(str)
    key = pd.DataFrame({"unit_id": units, "probability": np.where(f[s], 2000 / len(found), 2000 / len(others))})
    row = agree(
        {k: pd.DataFrame({"unit_id": units, "x": c[s]}) for k, c in (("a", one), ("b", two))}, key, resamples=2
    ).iloc[0]
    assert row.alpha == pytest.approx(alpha(np.stack([one, two])), abs=0.05)
    assert row.alpha_sample > row.alpha + 0.2


@pytest.mark.parametrize("seed", range(4))
def test_with_equal_weights_alpha_is_krippendorffs(seed: int) -> None:
    g = np.random.default_rng(seed)
    codes = g.integers(0, 3, (4, 30)).astype(float)
    codes[g.random(codes.shape) < 0.3] = np.nan
    assert weighted_alpha(codes, np.ones(30)) == pytest.approx(alpha(codes))
