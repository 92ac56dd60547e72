"""Groups of outlets: outlets are what is resampled, and each counts once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import mediabias as mb
from mediabias.comparison.groups import unit_values


def planted(
    difference: float, seed: int, columns: int = 1, outlets: int = 8, spread: float = 1.0
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return features and articles of state and private outlets that differ among themselves, on some of 20 events."""
    rng = np.random.default_rng(seed)
    own, level = rng.normal(0, spread, (2 * outlets, columns)), rng.normal(0, 2, (20, columns))
    rows, values = [], []
    for o in range(2 * outlets):
        for e in np.flatnonzero(rng.random(20) < 0.6):
            for k in range(rng.integers(1, 4)):
                kind = "state" if o % 2 else "private"
                rows.append((f"o{o:02}e{e:02}k{k}", f"o{o:02}", f"e{e:02}", kind))
                values.append(own[o] + level[e] + difference * (o % 2) + rng.normal(0, 1, columns))
    articles = pd.DataFrame(rows, columns=["article_id", "outlet", "event", "kind"]).assign(copy_of="")
    features = pd.DataFrame(values, columns=[f"v__{i}" for i in range(columns)])
    return features.assign(article_id=articles["article_id"]), articles


def test_outlets_that_differ_among_themselves_are_no_difference_of_groups() -> None:
    features, articles = planted(0.0, 4, columns=200)
    by_unit = mb.compare(features, articles, by="kind", clusters="outlet", resamples=999).table
    assert by_unit["p"].lt(0.05).mean() < 0.09
    assert 0.91 < ((by_unit["ci_low"] < 0) & (by_unit["ci_high"] > 0)).mean() < 0.985
    naive = mb.compare(features, articles, by="kind", resamples=999).table
    assert naive["p"].lt(0.05).mean() > 0.4  # events alone take an outlet's own ways for its group's


def test_a_planted_difference_of_groups_is_found_and_its_units_are_listed() -> None:
    features, articles = planted(3.0, 6)
    found = mb.compare(features, articles, by="kind", clusters="outlet")
    row = found.table.iloc[0]
    assert (row.a, row.b, row.unit, row.test, row.n_units) == ("private", "state", "clusters", "clusters", 16)
    assert row.ci_low < -3 < row.ci_high and row.p < 0.01
    units = found.differences
    assert len(units) == 16 and set(units["group"]) == {"private", "state"}
    means = units.groupby("group")["value"].mean()
    assert row.estimate == pytest.approx(means["private"] - means["state"])
    welch = stats.ttest_ind(*(units.loc[units["group"] == g, "value"] for g in ("private", "state")), equal_var=False)
    assert [row.ci_low, row.ci_high] == pytest.approx(list(welch.confidence_interval(0.95)))
    assert "16 units" in " ".join(found.summary().split())


def test_events_are_held_equal_among_outlets_that_cover_different_ones() -> None:
    rows = [("a", "x", 1.0), ("b", "x", 2.0), ("b", "y", 12.0), ("c", "y", 13.0), ("c", "z", 113.0), ("a", "z", 111.0)]
    table = pd.DataFrame(rows, columns=["outlet", "event", "v__a"]).assign(copy_of="")
    table["article_id"], table["kind"] = (
        table["outlet"] + table["event"],
        table["outlet"].map({"a": "one", "b": "two", "c": "two"}),
    )
    units = mb.differences(table[["article_id", "v__a"]], table, by="kind", clusters="outlet").set_index("unit")[
        "value"
    ]
    assert units["b"] - units["a"] == pytest.approx(1.0) and units["c"] - units["b"] == pytest.approx(1.0)


def test_few_outlets_are_said_to_be_few() -> None:
    features, articles = planted(3.0, 6, outlets=3)
    found = mb.compare(features, articles, by="kind", clusters="outlet")
    assert found.table["p"].iloc[0] >= 0.1  # of 20 arrangements
    assert "few" in found.summary()


def test_a_saved_comparison_of_groups_comes_back(tmp_path) -> None:
    features, articles = planted(1.0, 6)
    found = mb.compare(features, articles, by="kind", clusters="outlet")
    found.save(tmp_path)
    back = mb.Comparison.load(tmp_path)
    pd.testing.assert_frame_equal(back.table, found.table, check_dtype=False)
    pd.testing.assert_frame_equal(back.differences, found.differences, check_dtype=False)


def test_without_articles_there_are_no_units() -> None:
    from mediabias.comparison.pairing import Pairing

    none = np.zeros(0, dtype=int)
    part = Pairing("a", "b", none.astype(object), none, none.astype(bool), none.astype(object), none, np.zeros((0, 2)))
    assert unit_values(part)[0].shape == (0, 2)
