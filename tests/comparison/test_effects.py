from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy import stats

from mediabias.comparison import EFFECT_COLUMNS, Comparison, Design, compare, differences
from mediabias.comparison.report import notes
from mediabias.errors import DesignError

# Heights of cross- and self-fertilised maize in eighths of an inch, from Darwin (1876); Fisher (1935, section 21)
# found that 1,726 of the 32,768 arrangements of signs differ at least as much as these.
DARWIN = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]


@pytest.fixture
def random_tables(tables):
    """Make three outlets, two articles in each of five events, and two columns, of which one has a hole."""
    rng = np.random.default_rng(7)
    rows = [(o, e, 0.0) for o in ("A", "B", "C") for e in "vwxyz" for _ in range(2)]
    features, articles = tables(rows)
    features = features.assign(verbs__accusing=rng.gamma(2, 3, len(rows)), verbs__hedged=rng.gamma(2, 3, len(rows)))
    features.loc[0, "verbs__hedged"] = np.nan
    return features, articles


def test_fishers_randomisation_test_of_darwins_maize(tables):
    rows = [
        (o, f"pot{i:02}", float(d) if o == "crossed" else 0.0)
        for i, d in enumerate(DARWIN)
        for o in ("crossed", "self")
    ]
    effect = compare(*tables(rows), resamples=2**15).table.iloc[0]
    assert effect.p == 1726 / 32768
    assert effect.estimate == pytest.approx(np.mean(DARWIN))
    assert effect.n_events == 15
    assert effect.n_articles == 30
    assert effect.is_exact and effect.test == "events" and effect.p_floor == 2 / 2**15


def test_the_t_interval_of_darwins_maize(tables):
    rows = [
        (o, f"pot{i:02}", float(d) if o == "crossed" else 0.0)
        for i, d in enumerate(DARWIN)
        for o in ("crossed", "self")
    ]
    effect = compare(*tables(rows), interval="t", resamples=99).table.iloc[0]
    expected = stats.t.interval(0.95, 14, np.mean(DARWIN), stats.sem(DARWIN))
    assert (effect.ci_low, effect.ci_high) == pytest.approx(expected)


def test_each_event_counts_the_same(tables):
    rows = [("A", "x", 10.0), ("B", "x", 0.0), *[("A", "y", 2.0)] * 9, ("B", "y", 0.0), ("A", "z", 99.0)]
    effect = compare(*tables(rows)).table.iloc[0]
    assert effect.estimate == 6.0  # the mean of 10 and 2; event z has no article of B
    assert (effect.mean_a, effect.mean_b) == (6.0, 0.0)
    assert (effect.n_events, effect.n_articles) == (2, 12)


def test_effects_are_the_means_of_their_differences(random_tables):
    effects, parts = compare(*random_tables, resamples=99).table, differences(*random_tables)
    by_effect = parts.groupby(["column", "a", "b"])
    expected = by_effect.agg(estimate=("difference", "mean"), mean_a=("mean_a", "mean"), mean_b=("mean_b", "mean"))
    expected["n_events"] = by_effect.size()
    expected["n_articles"] = by_effect["n_a"].sum() + by_effect["n_b"].sum()
    got = effects.set_index(["column", "a", "b"]).sort_index()[list(expected)]
    assert_frame_equal(got, expected, check_dtype=False)
    assert_frame_equal(effects.iloc[:, :3].drop_duplicates(), effects.iloc[:, :3])
    assert tuple(effects) == EFFECT_COLUMNS


def test_columns_are_as_if_compared_alone(random_tables):
    features, articles = random_tables
    both = compare(features, articles, resamples=500).table
    for column in ("verbs__accusing", "verbs__hedged"):
        alone = compare(features, articles, columns=[column], resamples=500).table
        among = both[both.column == column].reset_index(drop=True)
        assert_frame_equal(among.drop(columns="q"), alone.drop(columns="q"))


def test_neither_row_order_nor_an_unrelated_outlet_changes_a_pair(random_tables):
    features, articles = random_tables
    effects = compare(features, articles, resamples=500).table
    shuffled = compare(
        features.sample(frac=1, random_state=1), articles.sample(frac=1, random_state=2), resamples=500
    ).table
    assert_frame_equal(effects, shuffled)
    without_c = articles[articles.outlet != "C"]
    alone = compare(features[features.article_id.isin(without_c.article_id)], without_c, resamples=500).table
    among = effects[(effects.a == "A") & (effects.b == "B")].reset_index(drop=True)
    assert_frame_equal(among.drop(columns="q"), alone.drop(columns="q"))


values = st.floats(-100, 100).map(lambda x: round(x, 2))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("xyz"), values), min_size=2, max_size=10))
def test_swapping_the_outlets_flips_the_signs(tables, rows):
    features, articles = tables([*rows, ("A", "x", 1.0), ("B", "x", 2.0)])
    there, back = (compare(features, articles, pairs=[p], resamples=99).table.iloc[0] for p in (("A", "B"), ("B", "A")))
    assert (back.a, back.b) == ("B", "A")
    assert back.estimate == -there.estimate
    assert (back.mean_a, back.mean_b) == (there.mean_b, there.mean_a)
    np.testing.assert_array_equal([back.ci_low, back.ci_high, back.p], [-there.ci_high, -there.ci_low, there.p])
    assert there.isna().ci_low or (there.ci_low <= there.estimate + 1e-9 and there.estimate <= there.ci_high + 1e-9)
    assert there.isna().p or 0 < there.p <= 1


def test_one_event_resamples_articles_and_says_so(tables):
    rows = [("A", "x", v) for v in (5.0, 6.0, 9.0)] + [("B", "x", v) for v in (1.0, 2.0, 2.0, 3.0)]
    effect = compare(*tables(rows)).table.iloc[0]
    assert (effect.interval, effect.unit, effect.test) == ("wide", "articles", "articles")
    assert effect.ci_low > 0
    assert effect.p == pytest.approx(2 / 35)  # all of A above all of B: one arrangement of 35, in two tails
    assert effect.p_floor == pytest.approx(2 / 35) and effect.conflict == "floor"


def test_one_article_each_allows_neither_interval_nor_test(tables):
    effect = compare(*tables([("A", "x", 5.0), ("B", "x", 1.0)])).table.iloc[0]
    assert effect.estimate == 4.0
    assert effect[["ci_low", "ci_high", "p", "q"]].isna().all()
    assert (effect.interval, effect.unit, effect.test) == ("none", "none", "none")


def test_one_article_against_three_allows_a_test_but_no_interval(tables):
    effect = compare(*tables([("A", "x", 5.0), *[("B", "x", v) for v in (1.0, 2.0, 3.0)]])).table.iloc[0]
    assert effect.p == 0.5
    assert np.isnan(effect.ci_low)


def test_outlets_without_a_common_event_stand_in_the_table_without_numbers(tables):
    features, articles = tables([("A", "x", 1.0), ("B", "y", 2.0), ("C", "x", 3.0), ("C", "y", 1.0)])
    effects = compare(features, articles).table.set_index(["a", "b"])
    assert effects.loc[("A", "B"), ["interval", "unit", "test"]].eq("none").all()
    assert effects.loc[("A", "B"), "n_events"] == 0
    assert np.isnan(effects.loc[("A", "B"), "estimate"])
    assert effects.loc[("A", "C"), "estimate"] == -2.0


def test_undefined_values_leave_out_the_article_and_an_event_left_with_one_outlet(tables):
    nan = float("nan")
    rows = [
        ("A", "x", 4.0),
        ("A", "x", nan),
        ("B", "x", 1.0),
        ("A", "y", nan),
        ("B", "y", 7.0),
        ("A", "z", 2.0),
        ("B", "z", 1.0),
    ]
    effect = compare(*tables(rows)).table.iloc[0]
    assert (effect.estimate, effect.n_events, effect.n_articles) == (2.0, 2, 4)


def test_a_column_without_any_value_has_no_effect_and_leaves_the_family(random_tables):
    features, articles = random_tables
    full = compare(features, articles, resamples=99).table
    empty = compare(features.assign(verbs__empty=np.nan), articles, resamples=99).table
    assert_frame_equal(full, empty[empty.column != "verbs__empty"])
    assert empty.loc[empty.column == "verbs__empty", ["estimate", "p", "q"]].isna().all(axis=None)


def test_values_that_never_differ(tables):
    rows = tables([(o, e, 3.0) for o in "AB" for e in "vwxyz"])
    for interval, kind in (("bootstrap", "percentile"), ("bootstrap-t", "t")):
        effect = compare(*rows, interval=interval).table.iloc[0]
        assert (effect.estimate, effect.ci_low, effect.ci_high, effect.p) == (0.0, 0.0, 0.0, 1.0)
        assert effect.interval == kind


def test_the_smallest_p_that_n_events_allow(tables):
    features, articles = tables([(o, f"e{i}", 1.0 + i if o == "A" else 0.0) for i in range(4) for o in "AB"])
    effects = compare(features, articles).table
    assert effects.p[0] == 2 / 2**4
    assert effects.p_floor[0] == 2 / 2**4
    assert "can't give p below 0.125" in notes(effects)[0]


def test_exchanging_events_is_stricter_than_exchanging_articles(tables):
    features, articles = tables([(o, e, 9.0 + i if o == "A" else i) for i in range(3) for o in "AB" for e in "xyz"])
    assert compare(features, articles, permute="articles").table.p[0] < 0.01
    effect = compare(features, articles).table.iloc[0]
    assert effect.p == 0.25 and effect.test == "events"


def test_one_event_leaves_only_articles_to_exchange(tables):
    rows = [("A", "x", v) for v in (5.0, 6.0)] + [("B", "x", v) for v in (1.0, 2.0)]
    effect = compare(*tables(rows), permute="events").table.iloc[0]
    assert effect.p == pytest.approx(1 / 3)
    assert effect.test == "articles"


def test_within_none_compares_across_events_on_purpose(tables):
    rows = [("A", e, 5.0 + i) for i, e in enumerate("xyz")] + [("B", e, 1.0 + i) for i, e in enumerate("uvw")]
    effect = compare(*tables(rows), within=None).table.iloc[0]
    assert effect.estimate == 4.0
    assert (effect.interval, effect.unit, effect.n_units) == ("wide", "articles", 6)


@pytest.mark.parametrize("interval", ["bootstrap-t", "bootstrap", "t"])
def test_coverage_with_many_events(interval):
    truth, columns, n = 2.0, 400, 20
    rng = np.random.default_rng(3)
    names = [f"f__{i}" for i in range(columns)]
    a = pd.DataFrame(rng.normal(truth, 1, (n, columns)), columns=names)
    b = pd.DataFrame(rng.normal(0, 1, (n, columns)), columns=names)
    features = pd.concat([a, b], ignore_index=True)
    features.insert(0, "article_id", [f"{o}{i}" for o in "AB" for i in range(n)])
    articles = pd.DataFrame({"article_id": features.article_id, "outlet": ["A"] * n + ["B"] * n, "copy_of": ""})
    articles["event"] = articles.article_id.str[1:]
    effects = compare(features, articles, interval=interval, resamples=999).table
    held = ((effects.ci_low <= truth) & (truth <= effects.ci_high)).mean()
    assert 0.90 < held < 0.98


@pytest.mark.parametrize("permute", ["articles", "events"])
def test_no_more_than_one_in_twenty_false_alarms_where_nothing_differs(permute):
    rng = np.random.default_rng(11)
    columns, ids = 600, [f"{o}{e}{i}" for o in "AB" for e in "stuvwxyz" for i in range(3)]
    features = pd.DataFrame(rng.gamma(0.5, 4, (len(ids), columns)), columns=[f"f__{i}" for i in range(columns)])
    features.insert(0, "article_id", ids)
    articles = pd.DataFrame(
        {"article_id": ids, "outlet": [i[0] for i in ids], "event": [i[1] for i in ids], "copy_of": ""}
    )
    effects = compare(features, articles, permute=permute, resamples=499).table
    assert 0.02 < (effects.p < 0.05).mean() < 0.07  # three standard errors about 0.05
    assert (effects.q < 0.05).sum() == 0


def test_q_is_scipys_over_the_family(random_tables):
    features, articles = random_tables
    features = features.assign(sources__expert=features.verbs__accusing**2)
    effects = compare(features, articles, resamples=199).table
    np.testing.assert_allclose(effects.q, stats.false_discovery_control(effects.p))
    by_feature = compare(features, articles, resamples=199, family="feature").table
    sources = by_feature.column == "sources__expert"
    np.testing.assert_allclose(by_feature.q[sources], stats.false_discovery_control(by_feature.p[sources]))
    np.testing.assert_allclose(by_feature.q[~sources], stats.false_discovery_control(by_feature.p[~sources]))


def test_the_level_and_the_notes_outlive_a_file_and_a_concat(random_tables, tmp_path):
    effects = compare(*random_tables, resamples=99, confidence=0.9).table.assign(q=0.01, conflict="unit")
    effects.to_csv(tmp_path / "effects.csv", index=False)
    back = pd.concat([pd.read_csv(tmp_path / "effects.csv")])
    assert not back.attrs
    told = [Comparison(t, pd.DataFrame(), Design()).summary() for t in (effects, back)]
    assert told[0] == told[1] and "90% CI" in told[0]


def test_the_evidence_behind_each_mean_is_counted(tables):
    features, articles = tables([("A", "x", 2.0), ("B", "x", 1.0), ("A", "y", 4.0), ("B", "y", 1.0), ("A", "z", 9.0)])
    column = next(c for c in features if c != "article_id")
    counts = features.rename(columns={column: "count"}).assign(column=column, exposure=1.0)
    effect = compare(features, articles, counts=counts, resamples=99).table.iloc[0]
    assert (effect.count_a, effect.count_b) == (6.0, 2.0)


def test_inputs_are_left_as_they_were(random_tables):
    features, articles = random_tables
    before = features.copy(), articles.copy()
    compare(features, articles, resamples=99)
    assert_frame_equal(features, before[0])
    assert_frame_equal(articles, before[1])


@pytest.mark.parametrize(
    "setting", [{"family": "none"}, {"permute": "outlets"}, {"interval": "bca"}, {"copies": "yes"}]
)
def test_an_unknown_setting_is_told_with_those_that_are_known(random_tables, setting):
    with pytest.raises(DesignError, match="not one of") as raised:
        compare(*random_tables, **setting)
    assert raised.value.parameter == next(iter(setting))
