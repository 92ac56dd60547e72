"""How large a difference so many events can show: held against running `compare` on data that were made anew."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mediabias.comparison import compare
from mediabias.comparison.planning import power, smallest_ratio
from mediabias.errors import DesignError, TableError


def rates(
    events: int, ratio: float, columns: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    """Return features, articles and counts of articles of 500 words with about one piece, rarer or not by event."""
    articles = pd.DataFrame([(f"{o}{e}", o, f"{e:04}") for e in range(events) for o in "AB"],
                            columns=["article_id", "outlet", "event"])  # fmt: skip
    rate = np.repeat(rng.gamma(2, 0.5, (events, columns)), 2, axis=0)
    rate[::2] *= ratio
    found = rng.poisson(rate * 0.5)
    features = pd.DataFrame(found / 0.5, columns=[f"v__{i}" for i in range(columns)])
    return features.assign(article_id=articles["article_id"]), articles, found


@pytest.mark.parametrize(("events", "ratio"), [(6, 2.0), (10, 2.0), (30, 1.0), (30, 2.0)])
def test_power_is_the_share_of_comparisons_that_find_it(events: int, ratio: float) -> None:
    features, articles, found = rates(300, 1.0, 1, np.random.default_rng(5))
    counts = pd.DataFrame(
        {"article_id": articles["article_id"], "column": "v__0", "count": found[:, 0], "exposure": 500.0}
    )
    planned = power(
        features, articles, "v__0", events=[events], ratios=[ratio], simulations=2000, counts=counts, copies="keep",
        resamples=4999,
    )  # fmt: skip
    many, about, _ = rates(events, ratio, 2000, np.random.default_rng(6))
    brute = compare(many, about, copies="keep", interval="t", resamples=4999).table["p"].lt(0.05).mean()
    assert planned["power"].iloc[0] == pytest.approx(brute, abs=0.05)


def test_six_events_can_find_nothing_among_three_tests() -> None:
    features, articles, _ = rates(100, 1.0, 1, np.random.default_rng(5))
    table = power(features, articles, "v__0", events=[6], ratios=[20.0], tests=3, simulations=200, copies="keep")
    assert table["power"].iloc[0] == 0  # the smallest p is 2 / 2**6, above 0.05 / 3


def test_numbers_that_are_no_rates_are_multiplied() -> None:
    rng = np.random.default_rng(2)
    features, articles, _ = rates(60, 1.0, 1, rng)
    features["v__0"] = rng.gamma(9, 1 / 9, len(features))
    table = power(features, articles, "v__0", events=[20, 80], ratios=[1.0, 1.3], simulations=400, copies="keep")
    assert table.loc[table["ratio"].eq(1), "power"].max() < 0.09
    assert table.loc[table["ratio"].gt(1), "power"].is_monotonic_increasing
    assert smallest_ratio(table)["ratio"].iloc[1] < 1.3


def test_what_a_plan_cannot_simulate_is_refused() -> None:
    features, articles, _ = rates(4, 1.0, 1, np.random.default_rng(0))
    with pytest.raises(TableError, match="give 5 events"):
        power(features, articles, "v__0", copies="keep")
    with pytest.raises(DesignError, match="permute: a plan simulates events"):
        power(features, articles, "v__0", permute="articles")
    with pytest.raises(DesignError, match="ratios: "):
        power(features, articles, "v__0", ratios=[-1.0])


def test_the_same_seed_gives_the_same_table() -> None:
    features, articles, _ = rates(30, 1.0, 1, np.random.default_rng(0))
    one, same, other = (
        power(features, articles, "v__0", events=[20], simulations=100, seed=s, copies="keep") for s in (1, 1, 2)
    )
    assert one.equals(same) and not one.equals(other)
