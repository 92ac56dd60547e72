from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from mediabias.comparison.permutation import exchange_articles, exchange_units, flip_events
from mediabias.comparison.resampling import bootstrap, student, studentized


@pytest.fixture
def cells():
    """Make two columns of articles: 3 and 2 in one event, 1 and 2 in another."""
    values = np.random.default_rng(5).gamma(1, 5, (8, 2))
    return values, np.array([0, 0, 0, 0, 0, 1, 1, 1]), np.array([1, 1, 1, 0, 0, 1, 0, 0], dtype=bool)


def test_with_one_event_the_test_is_scipys(cells):
    values, event, is_a = (x[:5] for x in cells)
    expected = stats.permutation_test(
        (values[is_a].T, values[~is_a].T),
        lambda a, b, axis: a.mean(axis=axis) - b.mean(axis=axis),
        permutation_type="independent", n_resamples=np.inf, axis=-1, vectorized=True,
    )  # fmt: skip
    test = exchange_articles(values, event, is_a, n_resamples=99, seed=0)
    np.testing.assert_allclose(test.p, expected.pvalue)
    assert test.is_exact


def test_with_one_article_a_cell_the_test_is_scipys_for_paired_samples():
    a, b = np.random.default_rng(2).gamma(1, 5, (2, 7, 3))
    expected = stats.permutation_test(
        (a.T, b.T), lambda a, b, axis: (a - b).mean(axis=axis),
        permutation_type="samples", n_resamples=np.inf, axis=-1, vectorized=True,
    )  # fmt: skip
    event = np.tile(np.arange(7), 2)
    by_article = exchange_articles(np.concatenate([a, b]), event, np.arange(14) < 7, n_resamples=200, seed=0)
    by_event = flip_events(a - b, n_resamples=200, seed=0)
    np.testing.assert_allclose(by_article.p, expected.pvalue)
    np.testing.assert_allclose(by_event.p, expected.pvalue)


def test_units_of_two_groups_are_exchanged_as_scipy_does():
    a, b = np.random.default_rng(3).gamma(1, 5, (4, 2)), np.random.default_rng(4).gamma(2, 5, (5, 2))
    expected = stats.permutation_test(
        (a.T, b.T), lambda x, y, axis: stats.ttest_ind(x, y, axis=axis, equal_var=False).statistic,
        permutation_type="independent", n_resamples=np.inf, axis=-1, vectorized=True,
    )  # fmt: skip
    test = exchange_units(a, b, n_resamples=200, seed=0)
    np.testing.assert_allclose(test.p, expected.pvalue)
    assert test.is_exact and test.floor == 2 / 126


def test_drawn_arrangements_come_near_to_all_of_them(cells):
    # 10 x 3 arrangements: with 30 resamples all are tried, with 29 they are drawn
    exact = exchange_articles(*cells, n_resamples=30, seed=0)
    few = exchange_articles(*cells, n_resamples=29, seed=0)
    assert (exact.is_exact, few.is_exact) == (True, False)
    assert few.floor == pytest.approx(2 / 30)
    values, event, is_a = cells
    twice = np.concatenate([values, values + 0.1]), np.concatenate([event, event + 2]), np.tile(is_a, 2)
    exact = exchange_articles(*twice, n_resamples=900, seed=0)
    drawn = [exchange_articles(*twice, n_resamples=899, seed=s).p for s in range(40)]
    np.testing.assert_allclose(np.mean(drawn, axis=0), exact.p, atol=0.02)


def test_ties_are_not_lost_to_rounding():
    # 0.1 + 0.2 and 0.3 differ in the last bit; the four arrangements give two sums, each twice
    a, b = np.array([[0.1], [0.2], [0.3]]), np.zeros((3, 1))
    test = exchange_articles(np.concatenate([a, b]), np.tile(np.arange(3), 2), np.arange(6) < 3,
                            n_resamples=99, seed=0)  # fmt: skip
    flipped = exchange_articles(np.concatenate([a[::-1], b]), np.tile(np.arange(3), 2), np.arange(6) < 3,
                               n_resamples=99, seed=0)  # fmt: skip
    assert test.p == flipped.p == 0.25


def test_the_bootstrap_is_scipys_one_column_at_a_time():
    difference = np.random.default_rng(4).gamma(1, 5, (9, 3))
    got = bootstrap(difference, confidence=0.9, n_resamples=999, seed=8)
    for i, column in enumerate(difference.T):
        expected = stats.bootstrap(
            (column,), np.mean, confidence_level=0.9, n_resamples=999, random_state=np.random.default_rng(8)
        ).confidence_interval
        assert (got.low[i], got.high[i]) == pytest.approx((expected.low, expected.high))
    assert got.kind == ["BCa"] * 3


def test_a_column_that_does_not_vary_falls_back_alone():
    got = bootstrap(np.array([[1.0, 3.0], [2.0, 3.0], [5.0, 3.0]]), confidence=0.95, n_resamples=99, seed=0)
    assert got.kind == ["BCa", "percentile"]
    assert (got.low[1], got.high[1]) == (3.0, 3.0)


def test_students_interval_of_two_samples_is_welchs():
    a, b = np.random.default_rng(6).normal(0, [[1], [3]], (2, 8))
    expected = stats.ttest_ind(a, b[:5], equal_var=False).confidence_interval(0.9)
    got = student(a[:, None], b[:5, None], confidence=0.9)
    assert (got.low[0], got.high[0]) == pytest.approx((expected.low, expected.high))


def test_the_bootstrap_t_is_that_of_plain_loops() -> None:
    sample = np.random.default_rng(4).gamma(1.0, size=(12, 2))
    ours = studentized(sample, confidence=0.9, n_resamples=499, seed=7)
    rng = np.random.default_rng(7)
    places = rng.integers(0, 12, (499, 12))
    for n, column in enumerate(sample.T):
        error = column.std(ddof=1) / np.sqrt(12)
        t = [(column[p].mean() - column.mean()) / (column[p].std(ddof=1) / np.sqrt(12)) for p in places]
        upper, lower = np.quantile(t, [0.95, 0.05])
        assert [ours.low[n], ours.high[n]] == pytest.approx(
            [column.mean() - upper * error, column.mean() - lower * error]
        )


def test_of_few_units_or_a_column_of_zeros_students_interval_stands_in() -> None:
    few = np.array([[1.0], [2.0], [4.0]])
    assert studentized(few, confidence=0.95, n_resamples=99, seed=0).kind == ["t"]
    rare = np.zeros((12, 1))
    rare[0] = 5.0
    assert studentized(rare, confidence=0.95, n_resamples=999, seed=0).kind == ["t"]
