"""Outlets compared with covariates held equal."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from mediabias.comparison.model import adjusted
from mediabias.errors import TableError


def made(effect: float = 1.0, *, spread: bool = False, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return counts and articles: A writes more of it in opinion pieces, which it has more of; the rest is `effect`."""
    rng = np.random.default_rng(seed)
    articles = pd.DataFrame([(f"{o}{e}{n}", o, f"e{e}", "") for o in "AB" for e in range(60) for n in range(2)],
                            columns=["article_id", "outlet", "event", "copy_of"])  # fmt: skip
    opinion = rng.random(len(articles)) < np.where(articles["outlet"] == "A", 0.7, 0.2)
    articles["section"] = np.where(opinion, "opinion", "news")
    words = rng.integers(200, 900, len(articles)).astype(float)
    articles["text"] = [" ".join(["word"] * int(n)) for n in words]
    event = np.exp(rng.normal(0, 0.4, 60))[articles["event"].str[1:].astype(int)]
    mean = 0.01 * words * event * np.where(opinion, 3.0, 1.0) * np.where(articles["outlet"] == "A", effect, 1.0)
    if spread:
        mean = mean * rng.gamma(1.0, 1.0, len(articles))
    counts = pd.DataFrame(
        {"article_id": articles["article_id"], "column": "v__a", "count": rng.poisson(mean), "exposure": words}
    )
    return counts, articles


def test_a_covariate_takes_away_what_it_explains() -> None:
    counts, articles = made()
    raw = adjusted(counts, articles, "B").iloc[0]
    held = adjusted(counts, articles, "B", covariates=["section", "length"]).iloc[0]
    assert raw.ci_low > 1.2
    assert held.ci_low < 1 < held.ci_high and abs(np.log(held.ratio)) < 0.15


def test_a_planted_ratio_is_inside_its_interval_as_often_as_it_says() -> None:
    inside = 0
    for seed in range(40):
        counts, articles = made(1.5, seed=seed)
        row = adjusted(counts, articles, "B", covariates=["section"]).iloc[0]
        inside += row.ci_low < 1.5 < row.ci_high
    assert inside >= 33  # of 40 at 95%, fewer are rarer than one in a thousand


def test_the_ratio_is_that_of_a_glm_and_the_interval_that_of_cr2_by_its_definition() -> None:
    import statsmodels.api as sm
    import statsmodels.formula.api as smf

    counts, articles = made(1.3, spread=True)
    few = articles["event"].isin([f"e{n}" for n in range(12)])
    counts, articles = counts[few.to_numpy()], articles[few]
    table = counts.merge(articles)
    model = smf.glm("count ~ C(outlet, Treatment('B')) + C(event) + section", table, offset=np.log(table["exposure"]),
                    family=sm.families.Poisson())  # fmt: skip
    theirs = model.fit()
    ours = adjusted(counts, articles, "B", covariates=["section"]).iloc[0]
    at = list(theirs.params.index).index("C(outlet, Treatment('B'))[T.A]")
    assert np.log(ours.ratio) == pytest.approx(theirs.params.iloc[at], abs=1e-6)
    # Bell and McCaffrey's formula, on all columns of the working regression at once.
    mean = theirs.fittedvalues.to_numpy()
    x = np.sqrt(mean)[:, None] * model.exog
    error = (table["count"].to_numpy() - mean) / np.sqrt(mean)
    bread = np.linalg.pinv(x.T @ x)
    left = np.eye(len(x)) - x @ bread @ x.T
    meat, parts = np.zeros_like(bread), []
    for event in table["event"].unique():
        rows = np.flatnonzero(table["event"] == event)
        values, vectors = np.linalg.eigh(left[np.ix_(rows, rows)])
        root = vectors @ np.diag(np.where(values > 1e-8, 1 / np.sqrt(np.maximum(values, 1e-8)), 0)) @ vectors.T
        score = x[rows].T @ root @ error[rows]
        meat += np.outer(score, score)
        parts.append(left[:, rows] @ root @ x[rows] @ bread[:, at])
    products = np.array(parts) @ np.array(parts).T
    freedom = np.trace(products) ** 2 / (products**2).sum()
    error_of_log = np.sqrt((bread @ meat @ bread)[at, at])
    assert ours.df == pytest.approx(freedom, rel=1e-6)
    assert np.log(ours.ci_high / ours.ratio) == pytest.approx(stats.t.ppf(0.975, freedom) * error_of_log, rel=1e-5)


def test_of_shares_it_is_the_ratio_of_the_shares() -> None:
    rng = np.random.default_rng(4)
    articles = pd.DataFrame([(f"{o}{e}", o, f"e{e}", "") for o in "AB" for e in range(60)],
                            columns=["article_id", "outlet", "event", "copy_of"])  # fmt: skip
    counts = pd.DataFrame({"article_id": articles["article_id"], "column": "v__a", "exposure": 9.0})
    counts["count"] = rng.binomial(9, np.where(articles["outlet"] == "A", 0.5, 0.25))
    row = adjusted(counts, articles, "B").iloc[0]
    assert row.ci_low < 2 < row.ci_high and row.overdispersion < 1


def test_an_outlet_without_a_label_is_separated_and_has_no_p() -> None:
    counts, articles = made()
    none = counts.assign(count=counts["count"].where(counts["article_id"].str.startswith("B"), 0))
    row = adjusted(none, articles, "B").iloc[0]
    assert (row.ratio, row.separated) == (0.0, True) and np.isnan(row.p) and np.isnan(row.ci_low)
    row = adjusted(none, articles, "A").iloc[0]
    assert np.isinf(row.ratio) and row.separated and np.isnan(row.p)


def test_a_column_that_is_never_found_has_no_ratio() -> None:
    counts, articles = made()
    row = adjusted(counts.assign(count=0.0), articles, "B").iloc[0]
    assert np.isnan(row.ratio) and not row.separated and row.n_events == 60


def test_what_is_not_there_is_named() -> None:
    counts, articles = made()
    with pytest.raises(TableError, match="no article of 'C'; there are A, B"):
        adjusted(counts, articles, "C")
    with pytest.raises(TableError, match="columns: counts has no column 'typo'"):
        adjusted(counts, articles, "B", columns=["typo"])
    with pytest.raises(TableError, match="'text'"):
        adjusted(counts, articles.drop(columns="text"), "B", covariates=["length"])
    with pytest.raises(TableError, match="'desk'"):
        adjusted(counts, articles, "B", covariates=["desk"])
