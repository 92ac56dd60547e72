"""Outlets compared with covariates held equal."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

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


def test_counts_that_spread_wider_than_poisson_get_another_family_and_a_wider_interval() -> None:
    counts, articles = made(spread=True)
    auto, forced = (adjusted(counts, articles, "B", family=f).iloc[0] for f in ("auto", "poisson"))
    assert (auto.family, forced.family) == ("negative binomial", "poisson") and auto.overdispersion > 1.5


def test_it_is_the_glm_of_a_formula() -> None:
    import statsmodels.api as sm
    import statsmodels.formula.api as smf

    counts, articles = made(1.3)
    table = counts.merge(articles)
    theirs = smf.glm("count ~ C(outlet, Treatment('B')) + C(event) + section", table, offset=np.log(table["exposure"]),
                     family=sm.families.Poisson()).fit(cov_type="cluster", cov_kwds={"groups": pd.Categorical(table["event"]).codes})  # fmt: skip
    ours = adjusted(counts, articles, "B", covariates=["section"], family="poisson").iloc[0]
    name = "C(outlet, Treatment('B'))[T.A]"
    assert np.log(ours.ratio) == pytest.approx(theirs.params[name], abs=1e-6)
    assert ours.p == pytest.approx(theirs.pvalues[name], rel=1e-4)


def test_a_column_that_is_never_found_has_no_ratio() -> None:
    counts, articles = made()
    row = adjusted(counts.assign(count=0.0), articles, "B").iloc[0]
    assert np.isnan(row.ratio) and row.family == "none" and row.n_events == 60


def test_what_is_not_there_is_named() -> None:
    counts, articles = made()
    with pytest.raises(TableError, match="no article of 'C'; there are A, B"):
        adjusted(counts, articles, "C")
    with pytest.raises(TableError, match="'desk'"):
        adjusted(counts, articles, "B", covariates=["desk"])
