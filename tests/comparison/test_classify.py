"""Do the features tell the outlet, on events that no model has seen?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import mediabias as mb
from mediabias.comparison.classify import identify, telling_columns
from mediabias.errors import TableError


def made(strength: float = 2.0, seed: int = 0) -> tuple[pd.DataFrame, list[mb.Article]]:
    """Return features, of which one differs between two outlets, and their articles, whose texts say nothing but the name."""
    rng = np.random.default_rng(seed)
    articles = [mb.Article.from_text(f"The {o} wrote that it rained on day {e}.", f"{o}{e}", outlet=o, event=str(e))
                for o in ("Post", "Echo") for e in range(30)]  # fmt: skip
    values = rng.normal(size=(len(articles), 3))
    values[:, 0] += strength * np.array([a.outlet == "Post" for a in articles])
    features = pd.DataFrame(values, columns=["v__a", "v__b", "self_description__accuracy"])
    features.insert(0, "article_id", [a.article_id for a in articles])
    features["self_description__accuracy"] = [float(a.outlet == "Post") for a in articles]
    return features, articles


def test_a_difference_is_found_on_unseen_events_and_words_are_masked() -> None:
    table = identify(*made(), shuffles=19).set_index("model")
    linear = table.loc["features, linear"]
    assert linear.low < linear.accuracy < linear.high and linear.accuracy > 0.75 and linear.p == 1 / 20
    assert abs(linear.chance - 0.5) < 0.06
    # Their texts differ in the outlet's name alone.
    assert table.loc["bag of words", "accuracy"] <= 0.6


def test_where_nothing_differs_it_is_chance() -> None:
    linear = identify(*made(0.0), shuffles=19).set_index("model").loc["features, linear"]
    assert 0.3 < linear.accuracy < 0.7 and linear.p > 0.05


def test_the_column_that_carries_it_is_named_and_self_description_is_left_out() -> None:
    features, articles = made(3.0)
    table = telling_columns(features[["article_id", "v__b", "v__a", "self_description__accuracy"]], articles)
    assert table["column"].iloc[0] == "v__a" and table["drop"].iloc[0] > 0.2
    assert "self_description__accuracy" not in set(table["column"])
    assert table.index.tolist() == list(range(len(table))) and table["drop"].is_monotonic_decreasing


def test_copies_do_not_leak_from_one_outlet_to_another() -> None:
    features, articles = made()
    copied = [a.replace(copy_of=f"Post{a.event}") if a.outlet == "Echo" and int(a.event) < 10 else a for a in articles]
    assert identify(features, copied, shuffles=0)["articles"].tolist() == [50, 50, 50]


def test_too_few_events_are_refused() -> None:
    features, articles = made()
    with pytest.raises(TableError, match="two outlets and 5 events are needed"):
        identify(features, [a for a in articles if int(a.event) < 3])
