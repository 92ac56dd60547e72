"""Precision and recall with intervals that resample articles."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import bootstrap

from mediabias.errors import TableError
from mediabias.validation import score

COLUMNS = ["article_id", "feature", "label", "start", "end"]


def table(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame([(a, "f", lab, s, e) for a, lab, s, e in rows], columns=COLUMNS)


def test_a_span_is_right_where_it_meets_one_of_its_label() -> None:
    gold = table(("a", "x", 0, 5), ("a", "x", 10, 15), ("b", "y", 0, 5))
    found = table(("a", "x", 4, 8), ("a", "y", 10, 15), ("b", "y", 5, 9))
    scores = score(found, gold, ["a", "b"]).set_index("label")
    assert scores.loc["x", ["precision", "recall"]].tolist() == [1.0, 0.5]
    assert scores.loc["y", ["precision", "recall", "f1"]].tolist() == [0.0, 0.0, 0.0]
    assert scores.loc["all", ["precision", "recall"]].tolist() == [1 / 3, 1 / 3]


def test_labels_that_nobody_marked_are_not_scored() -> None:
    scores = score(table(("a", "x", 0, 5), ("a", "z", 0, 5)), table(("a", "x", 0, 5)), ["a"])
    assert scores["label"].tolist() == ["x"] and scores["found"].tolist() == [1]


def test_nothing_found_has_no_precision() -> None:
    row = score(table(), table(("a", "x", 0, 5)), ["a"]).iloc[0]
    assert np.isnan(row.precision) and row.recall == 0 and row.f1 == 0


def test_the_interval_is_that_of_scipy_over_articles() -> None:
    rng = np.random.default_rng(3)
    ids = [f"a{n}" for n in range(40)]
    hits = {i: (int(rng.integers(0, 5)), int(rng.integers(1, 5))) for i in ids}  # found of gold
    gold = table(*[(i, "x", 10 * k, 10 * k + 5) for i in ids for k in range(hits[i][1])])
    found = table(*[(i, "x", 10 * k, 10 * k + 5) for i in ids for k in range(min(hits[i]))])
    row = score(found, gold, ids, resamples=20_000).iloc[0]
    right, wanted = (np.array(x) for x in zip(*[(min(h), h[1]) for h in hits.values()], strict=True))
    ratio = lambda r, w, axis=-1: r.sum(axis=axis) / w.sum(axis=axis)  # noqa: E731
    theirs = bootstrap(
        (right, wanted), ratio, paired=True, method="percentile", n_resamples=20_000, rng=1, vectorized=True
    )
    low, high = theirs.confidence_interval
    assert row.recall == right.sum() / wanted.sum()
    assert [row.recall_low, row.recall_high] == pytest.approx([low, high], abs=0.006)


def test_the_same_seed_gives_the_same_interval() -> None:
    gold, ids = table(*[(f"a{n}", "x", 0, 5) for n in range(9)]), [f"a{n}" for n in range(9)]
    one, same = (score(gold.head(5), gold, ids, seed=4, resamples=37) for _ in range(2))
    assert one.equals(same) and not one.equals(score(gold.head(5), gold, ids, seed=5, resamples=37))


def test_gold_of_an_article_that_was_not_coded_is_refused() -> None:
    with pytest.raises(TableError, match="'b', which is not among the articles coded"):
        score(table(), table(("b", "x", 0, 5)), ["a"])


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableError, match="found has no column 'label'"):
        score(table().drop(columns="label"), table(), ["a"])
