"""Against the rest, corrections, effect sizes, ratios and equivalence: against scipy, statsmodels and plain arithmetic."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import ttost_paired

import mediabias as mb
from mediabias.comparison.pairing import REST
from mediabias.errors import TableError


@pytest.fixture(scope="module")
def made() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Three outlets over twenty events, three columns, with counts behind them."""
    rng = np.random.default_rng(8)
    articles = pd.DataFrame([(f"{o}{e}", o, f"e{e:02d}", "") for o in "ABC" for e in range(20)],
                            columns=["article_id", "outlet", "event", "copy_of"])  # fmt: skip
    counts = pd.DataFrame([(i, c, float(rng.poisson(4 + 3 * (i[0] == "A"))), 400.0) for i in articles["article_id"]
                           for c in ("v__a", "v__b", "w__a")], columns=["article_id", "column", "count", "exposure"])  # fmt: skip
    features = counts.assign(rate=1000 * counts["count"] / counts["exposure"]).pivot(
        index="article_id", columns="column", values="rate"
    )
    return features.reset_index(), articles, counts


def test_each_against_the_rest(made) -> None:
    features, articles, _ = made
    effects = mb.compare(features, articles, pairs="rest", columns=["v__a"])
    assert effects[["outlet_a", "outlet_b"]].values.tolist() == [[o, REST] for o in "ABC"]
    merged = features.merge(articles)
    by_event = merged.groupby(["event", merged["outlet"] == "B"])["v__a"].mean().unstack()
    assert effects["estimate"].iloc[1] == pytest.approx((by_event[True] - by_event[False]).mean())
    both = mb.compare(features, articles, pairs="both", columns=["v__a"])
    assert len(both) == 6
    own = mb.compare(features, articles, pairs=[(REST, "B")], columns=["v__a"])
    assert own["estimate"].iloc[0] == -effects["estimate"].iloc[1]
    with pytest.raises(TableError, match="'each', 'rest', 'both', or pairs"):
        mb.compare(features, articles, pairs="others")


def test_holm_is_that_of_statsmodels(made) -> None:
    features, articles, _ = made
    effects = mb.compare(features, articles, correction="holm")
    assert effects["q"].to_numpy() == pytest.approx(multipletests(effects["p"], method="holm")[1])


def test_declared_families_are_corrected_each_by_itself(made) -> None:
    features, articles, _ = made
    effects = mb.compare(features, articles, family={"mine": ["v__a"], "yours": ["v__b"]})
    for column in ("v__a", "v__b"):
        own = effects[effects["column"] == column]
        assert own["q"].to_numpy() == pytest.approx(stats.false_discovery_control(own["p"]))
    assert effects.loc[effects["column"] == "w__a", "q"].isna().all()
    with pytest.raises(TableError, match="'v__z' is no column"):
        mb.compare(features, articles, family={"mine": ["v__z"]})


def test_the_ratio_is_that_of_the_pooled_rates_and_turns_with_the_pair(made) -> None:
    features, articles, counts = made
    effects = mb.compare(features, articles, counts=counts, columns=["v__a"], pairs=[("A", "B")])
    of = lambda o: counts[(counts["column"] == "v__a") & counts["article_id"].str.startswith(o)]["count"].sum()  # noqa: E731
    row = effects.iloc[0]
    assert row.ratio == pytest.approx(of("A") / of("B")) and row.ratio_low < row.ratio < row.ratio_high
    turned = mb.compare(features, articles, counts=counts, columns=["v__a"], pairs=[("B", "A")]).iloc[0]
    assert turned.ratio == pytest.approx(1 / row.ratio) and turned.ratio_low == pytest.approx(1 / row.ratio_high)
    assert turned.d == -row.d
    assert mb.compare(features, articles, columns=["v__a"])["ratio"].isna().all()


def test_the_ratios_interval_is_that_of_scipy(made) -> None:
    features, articles, counts = made
    row = mb.compare(features, articles, counts=counts, columns=["v__a"], pairs=[("A", "B")]).iloc[0]
    a, b = (
        counts[(counts["column"] == "v__a") & counts["article_id"].str.startswith(o)]["count"].to_numpy() for o in "AB"
    )
    ratio = lambda x, y, axis=-1: x.sum(axis=axis) / y.sum(axis=axis)  # noqa: E731
    theirs = stats.bootstrap(
        (a, b), ratio, paired=True, method="percentile", rng=3, n_resamples=9999
    ).confidence_interval
    assert [row.ratio_low, row.ratio_high] == pytest.approx(list(theirs), abs=0.04)


def test_the_standardised_difference_by_hand(made) -> None:
    features, articles, _ = made
    effect = mb.compare(features, articles, columns=["v__a"], pairs=[("A", "B")]).iloc[0]
    d = mb.differences(features, articles, columns=["v__a"], pairs=[("A", "B")])["difference"]
    assert effect.d == pytest.approx((1 - 3 / (4 * 19 - 1)) * d.mean() / d.std())


def test_equivalence_is_that_of_statsmodels(made) -> None:
    features, articles, _ = made
    d = mb.differences(features, articles, columns=["v__b"], pairs=[("B", "C")])
    for margin in (0.5, 3.0):
        ours = mb.compare(features, articles, columns=["v__b"], pairs=[("B", "C")], margin=margin)["p_equivalent"].iloc[
            0
        ]
        theirs = ttost_paired(d["mean_a"].to_numpy(), d["mean_b"].to_numpy(), -margin, margin)[0]
        assert ours == pytest.approx(theirs)
    by_column = mb.compare(features, articles, margin={"v__a": 2.0})
    assert by_column.loc[by_column["column"] == "w__a", "p_equivalent"].isna().all()
    assert by_column.loc[by_column["column"] == "v__a", "p_equivalent"].notna().all()


def test_the_bootstrap_of_all_columns_is_that_of_scipy_column_by_column() -> None:
    from mediabias.comparison.resampling import bootstrap

    sample = np.random.default_rng(2).gamma(2.0, size=(25, 6))
    ours = bootstrap(sample, confidence=0.9, n_resamples=1999, seed=11)
    for n, column in enumerate(sample.T):
        theirs = stats.bootstrap(
            (column,), np.mean, confidence_level=0.9, n_resamples=1999, rng=np.random.default_rng(11)
        )
        assert [ours.low[n], ours.high[n]] == pytest.approx(list(theirs.confidence_interval), rel=1e-9)
