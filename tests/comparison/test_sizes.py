"""Against the rest, corrections, effect sizes, ratios and equivalence: against scipy, statsmodels and plain arithmetic."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import ttost_paired

import mediabias as mb
from mediabias.comparison.design import REST
from mediabias.comparison.sizes import fieller
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
    effects = mb.compare(features, articles, pairs="rest", columns=["v__a"]).table
    assert effects[["a", "b"]].values.tolist() == [[o, REST] for o in "ABC"]
    merged = features.merge(articles)
    by_outlet = merged.groupby(["event", "outlet"])["v__a"].mean().unstack()
    by_event = pd.DataFrame({True: by_outlet["B"], False: by_outlet[["A", "C"]].mean(axis=1)})
    assert effects["estimate"].iloc[1] == pytest.approx((by_event[True] - by_event[False]).mean())
    both = mb.compare(features, articles, pairs="both", columns=["v__a"]).table
    assert len(both) == 6
    own = mb.compare(features, articles, pairs=[(REST, "B")], columns=["v__a"]).table
    assert own["estimate"].iloc[0] == -effects["estimate"].iloc[1]
    with pytest.raises(TableError, match="each, rest, both, or pairs"):
        mb.compare(features, articles, pairs="others")


def test_holm_is_that_of_statsmodels(made) -> None:
    features, articles, _ = made
    effects = mb.compare(features, articles, correction="holm").table
    assert effects["q"].to_numpy() == pytest.approx(multipletests(effects["p"], method="holm")[1])


def test_declared_families_are_corrected_each_by_itself(made) -> None:
    features, articles, _ = made
    effects = mb.compare(features, articles, family={"mine": ["v__a"], "yours": ["v__b"]}).table
    for column in ("v__a", "v__b"):
        own = effects[effects["column"] == column]
        assert own["q"].to_numpy() == pytest.approx(stats.false_discovery_control(own["p"]))
    assert effects.loc[effects["column"] == "w__a", "q"].isna().all()
    with pytest.raises(TableError, match="'v__z' is no column"):
        mb.compare(features, articles, family={"mine": ["v__z"]})


def test_the_ratio_is_that_of_the_estimates_means_and_turns_with_the_pair(made) -> None:
    features, articles, counts = made
    row = mb.compare(features, articles, counts=counts, columns=["v__a"], pairs=[("A", "B")]).table.iloc[0]
    assert row.ratio == pytest.approx(row.mean_a / row.mean_b) and row.ratio_low < row.ratio < row.ratio_high
    turned = mb.compare(features, articles, counts=counts, columns=["v__a"], pairs=[("B", "A")]).table.iloc[0]
    assert turned.ratio == pytest.approx(1 / row.ratio) and turned.ratio_low == pytest.approx(1 / row.ratio_high)
    assert turned.d == -row.d
    uncounted = mb.compare(features, articles, columns=["v__a"], pairs=[("A", "B")]).table.iloc[0]
    assert uncounted.ratio_low == row.ratio_low


def test_two_outlets_that_are_equal_in_every_event_have_the_ratio_one() -> None:
    rows = [(f"{o}{e}_{k}", o, f"e{e}", 10.0 if e % 2 else 1.0) for e in range(6) for o in "AB"
            for k in range(8 if (o == "A") == bool(e % 2) else 1)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "event", "v__x"])
    effect = mb.compare(table[["article_id", "v__x"]], table.assign(copy_of="")).table.iloc[0]
    assert (effect.estimate, effect.ratio) == (0.0, 1.0)
    assert effect.ratio_low <= 1.0 <= effect.ratio_high


@pytest.mark.parametrize("seed", range(5))
def test_fiellers_ends_are_where_the_t_test_of_scipy_turns(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, b = rng.gamma(3, 2, (12, 1)), rng.gamma(4, 1, (12, 1))
    for end in fieller(a, b, 0.95).ravel():
        assert stats.ttest_1samp((a - end * b).ravel(), 0).pvalue == pytest.approx(0.05, abs=1e-6)


def test_fieller_has_no_upper_end_where_the_mean_below_may_be_zero() -> None:
    a, b = np.array([[5.0], [6.0], [4.0], [7.0]]), np.array([[0.0], [0.0], [2.0], [0.0]])
    low, high = fieller(a, b, 0.95).ravel()
    assert np.isinf(high) and 0 <= low < a.mean() / b.mean()


def test_a_label_that_one_outlet_never_uses_has_a_ratio_with_one_end(made) -> None:
    features, articles, counts = made
    counts = counts.assign(count=counts["count"].where(~counts["article_id"].str.startswith("B"), 0.0))
    features = features.assign(v__a=features["v__a"].where(~features["article_id"].str.startswith("B"), 0.0))
    row = mb.compare(features, articles, counts=counts, columns=["v__a"], pairs=[("A", "B")]).table.iloc[0]
    assert np.isinf(row.ratio) and np.isinf(row.ratio_high) and 1 < row.ratio_low < np.inf
    turned = mb.compare(features, articles, counts=counts, columns=["v__a"], pairs=[("B", "A")]).table.iloc[0]
    assert (turned.ratio, turned.ratio_low) == (0, 0) and turned.ratio_high == pytest.approx(1 / row.ratio_low)


def test_the_standardised_difference_by_hand(made) -> None:
    features, articles, _ = made
    effect = mb.compare(features, articles, columns=["v__a"], pairs=[("A", "B")]).table.iloc[0]
    d = mb.differences(features, articles, columns=["v__a"], pairs=[("A", "B")])["difference"]
    assert effect.d == pytest.approx((1 - 3 / (4 * 19 - 1)) * d.mean() / d.std())


def test_equivalence_is_that_of_statsmodels(made) -> None:
    features, articles, _ = made
    d = mb.differences(features, articles, columns=["v__b"], pairs=[("B", "C")])
    for margin in (0.5, 3.0):
        ours = (
            mb.compare(features, articles, columns=["v__b"], pairs=[("B", "C")], margin=margin)
            .table["p_equivalent"]
            .iloc[0]
        )
        theirs = ttost_paired(d["mean_a"].to_numpy(), d["mean_b"].to_numpy(), -margin, margin)[0]
        assert ours == pytest.approx(theirs)
    by_column = mb.compare(features, articles, margin={"v__a": 2.0}).table
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


def test_the_rest_counts_its_outlets_and_not_their_articles() -> None:
    rows = [(f"{o}{e}_{k}", o, f"e{e}", v + e % 3) for e in range(8) for o, n, v in (("A", 1, 5.0), ("B", 8, 0.0), ("C", 1, 10.0))
            for k in range(n)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "event", "v__x"])
    effect = mb.compare(table[["article_id", "v__x"]], table.assign(copy_of=""), pairs=[("A", REST)]).table.iloc[0]
    assert effect.mean_b == pytest.approx(
        5.0 + np.mean([e % 3 for e in range(8)])
    ) and effect.estimate == pytest.approx(0)


def test_evidence_may_count_instead_of_articles(made) -> None:
    _, articles, counts = made
    two = counts.assign(article_id=counts["article_id"] + "_2", exposure=100.0)
    counts = pd.concat([counts, two])
    articles = pd.concat([articles, articles.assign(article_id=articles["article_id"] + "_2")])
    features = counts.assign(rate=1000 * counts["count"] / counts["exposure"]).pivot(
        index="article_id", columns="column", values="rate"
    )
    found = mb.compare(
        features.reset_index(), articles, counts=counts, weights="evidence", columns=["v__a"], pairs=[("A", "B")]
    )
    joined = (
        counts[counts["column"].eq("v__a")].merge(articles).groupby(["event", "outlet"])[["count", "exposure"]].sum()
    )
    pooled = (1000 * joined["count"] / joined["exposure"]).unstack()
    assert found.table["estimate"].iloc[0] == pytest.approx((pooled["A"] - pooled["B"]).mean())
    with pytest.raises(mb.DesignError, match="weights: 'evidence' needs counts"):
        mb.compare(features.reset_index(), articles, weights="evidence")


def test_columns_that_are_the_same_everywhere_leave_the_family(made) -> None:
    features, articles, _ = made
    alone = mb.compare(features, articles).table
    padded = mb.compare(features.assign(**{f"z__{i}": 0.0 for i in range(20)}), articles).table
    among = padded[~padded["column"].str.startswith("z__")].reset_index(drop=True)
    assert among["q"].tolist() == alone["q"].tolist()
    assert padded.loc[padded["column"].str.startswith("z__"), "q"].isna().all()


def test_the_names_of_events_change_nothing(made) -> None:
    features, articles, _ = made
    renamed = articles.assign(event=articles["event"].map({f"e{i:02d}": f"x{(7 * i) % 20:02d}" for i in range(20)}))
    one, other = (mb.compare(features, about).table for about in (articles, renamed))
    pd.testing.assert_frame_equal(one, other, check_exact=False, rtol=1e-12)
