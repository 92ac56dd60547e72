"""How small a difference so many events can show."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.power import TTestPower

from mediabias.comparison.planning import power, smallest_difference
from mediabias.errors import TableError


def pilot(events: int = 400, outlets: str = "AB", seed: int = 1) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return features and articles of a pilot in which nothing differs."""
    articles = pd.DataFrame([(f"{o}{e}", o, str(e), "") for o in outlets for e in range(events)],
                            columns=["article_id", "outlet", "event", "copy_of"])  # fmt: skip
    values = np.random.default_rng(seed).normal(size=len(articles))
    return pd.DataFrame({"article_id": articles["article_id"], "v__a": values}), articles


def test_power_is_that_of_the_t_test_where_differences_are_normal() -> None:
    features, articles = pilot()
    table = power(features, articles, "v__a", events=[15, 40], effects=[0.5, 1.0], simulations=4000)
    for row in table.itertuples():
        theirs = TTestPower().power(row.difference / row.spread, row.events, row.alpha)
        assert row.power == pytest.approx(theirs, abs=0.03)


def test_without_a_difference_it_is_the_rate_of_false_alarms() -> None:
    features, articles = pilot()
    row = power(features, articles, "v__a", events=[30], effects=[0.0], simulations=4000).iloc[0]
    assert row.power == pytest.approx(0.05, abs=0.012)


def test_more_outlets_need_more_events() -> None:
    features, articles = pilot(60, "ABC")
    two, ten = (power(features, articles, "v__a", events=[20, 80, 300], outlets=n, simulations=800) for n in (2, 10))
    assert ten["alpha"].iloc[0] == pytest.approx(0.05 / 45)
    assert (smallest_difference(ten)["difference"] > smallest_difference(two)["difference"]).all()
    assert smallest_difference(two)["difference"].is_monotonic_decreasing


def test_what_cannot_be_reached_is_missing() -> None:
    features, articles = pilot()
    table = power(features, articles, "v__a", events=[10], effects=[0.0, 0.1], simulations=300)
    assert smallest_difference(table)["difference"].isna().all()


def test_a_pilot_of_four_events_is_refused() -> None:
    features, articles = pilot(4)
    with pytest.raises(TableError, match="needs five or more"):
        power(features, articles, "v__a")


def test_the_same_seed_gives_the_same_table() -> None:
    features, articles = pilot(30)
    one, same, other = (power(features, articles, "v__a", events=[20], simulations=200, seed=s) for s in (1, 1, 2))
    assert one.equals(same) and not one.equals(other)
