from __future__ import annotations

import pandas as pd
import pytest

from mediabias.comparison import compare
from mediabias.comparison.tables import coverage, most_telling, outlet_means, select
from mediabias.errors import TableError


@pytest.fixture
def effects(tables):
    features, articles = tables([(o, e, float(i * i)) for i, (o, e) in enumerate((o, e) for o in "ABC" for e in "xyz")])
    return compare(features.assign(verbs__hedged=1.0), articles, resamples=99).table


def test_a_baseline_turns_estimates_means_and_intervals(tables, effects):
    chosen = select(effects, ["verbs__accusing"], baseline="B").set_index("a")
    plain = effects.set_index(["column", "a", "b"])
    turned = plain.loc[("verbs__accusing", "B", "C")]
    kept = plain.loc[("verbs__accusing", "A", "B")]
    assert chosen.b.tolist() == ["B", "B"]
    assert (
        chosen.loc["A", ["estimate", "ci_low", "ci_high"]].tolist() == kept[["estimate", "ci_low", "ci_high"]].tolist()
    )
    assert chosen.loc["C", ["estimate", "ci_low", "ci_high"]].tolist() == [
        -turned.estimate,
        -turned.ci_high,
        -turned.ci_low,
    ]
    assert chosen.loc["C", ["mean_a", "mean_b"]].tolist() == [turned.mean_b, turned.mean_a]


def test_the_effects_come_in_the_order_that_was_asked_for(effects):
    chosen = select(effects, ["verbs__hedged", "verbs__accusing"])
    assert chosen.column.tolist() == ["verbs__hedged"] * 3 + ["verbs__accusing"] * 3


def test_the_most_telling_leave_out_what_no_longer_fits():
    effects = pd.DataFrame({"column": list("aabbccdd"), "q": [0.9, 0.8, 0.1, 0.9, 0.2, 0.3, None, None]})
    assert most_telling(effects, rows=4) == ["b", "c"]
    assert most_telling(effects, rows=5) == ["b", "c"]
    assert most_telling(effects, rows=1) == ["b"]
    assert most_telling(effects, rows=99) == ["a", "b", "c", "d"]


def test_means_are_over_articles_that_have_the_label_defined():
    features = pd.DataFrame(
        {"article_id": list("abc"), "v__x": [1.0, 3.0, None], "v__y": [None, 2.0, None], "w__z": 1.0}
    )
    articles = pd.DataFrame({"article_id": list("abc"), "outlet": ["A", "A", "B"]})
    means, n = outlet_means(features, articles, "v__")
    assert means.loc["x", "A"] == 2.0
    assert means.loc["y", "A"] == 2.0
    assert means["B"].isna().all()
    assert n.to_dict() == {"A": 2, "B": 0}
    assert list(outlet_means(features, articles, "v__", labels=["y"])[0].index) == ["y"]


def test_coverage_counts_articles_and_copies_and_leaves_out_the_ungrouped():
    articles = pd.DataFrame({"outlet": list("AAAB"), "event": ["x", "x", None, "y"], "copy_of": ["", "o", "o", None]})
    count, copies = coverage(articles)
    assert count.to_dict() == {"A": {"x": 2, "y": 0}, "B": {"x": 0, "y": 1}}
    assert copies.to_dict() == {"A": {"x": 1, "y": 0}, "B": {"x": 0, "y": 0}}
    with pytest.raises(TableError, match="mediabias events"):
        coverage(articles.assign(event=""))
