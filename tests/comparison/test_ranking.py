"""Many outlets at once: shrunken estimates whose intervals hold, and places that are as sure as they say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from statsmodels.stats.anova import anova_lm

import mediabias as mb
from mediabias.comparison.ranking import rank
from mediabias.errors import TableError


def planted(
    spread: float, seed: int, outlets: int = 30, events: int = 25, columns: int = 1
) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    """Return features and articles of outlets that cover a third of the events, and the planted effects."""
    rng = np.random.default_rng(seed)
    effects = rng.normal(0, 1, (outlets, columns)) * spread
    level = rng.normal(0, 2, (events, columns))
    slant = rng.normal(0, 0.5, (outlets, events, columns))
    rows, values = [], []
    for o in range(outlets):
        for e in np.flatnonzero(rng.random(events) < 0.35):
            for k in range(rng.integers(1, 3)):
                rows.append((f"o{o:02}e{e}k{k}", f"o{o:02}", f"e{e}"))
                values.append(effects[o] + level[e] + slant[o, e] + rng.normal(0, 1, columns))
    articles = pd.DataFrame(rows, columns=["article_id", "outlet", "event"]).assign(copy_of="")
    features = pd.DataFrame(values, columns=[f"v__{i}" for i in range(columns)])
    return features.assign(article_id=articles["article_id"]), articles, effects


@pytest.mark.parametrize("spread", [0.0, 0.3, 1.0])
def test_intervals_hold_the_planted_effects(spread: float) -> None:
    features, articles, effects = planted(spread, 3, columns=12)
    table = rank(features, articles, draws=1000)
    truth = effects - effects.mean(axis=0)
    planted_at = [
        truth[int(o[1:]), int(c.split("__")[1])] for o, c in zip(table["outlet"], table["column"], strict=True)
    ]
    held = ((table["ci_low"] <= planted_at) & (planted_at <= table["ci_high"])).mean()
    assert 0.92 <= held <= (1.0 if spread == 0 else 0.985)
    if spread == 1.0:
        error = {k: np.mean((table[k] - planted_at) ** 2) for k in ("estimate", "raw")}
        assert error["estimate"] < error["raw"]


def test_p_is_that_of_the_analysis_of_variance() -> None:
    features, articles, _ = planted(0.5, 5, outlets=8)
    cells = features.merge(articles).groupby(["event", "outlet"], as_index=False)["v__0"].mean()
    cells = cells[cells.groupby("event")["outlet"].transform("size") > 1]
    theirs = anova_lm(smf.ols("v__0 ~ C(event)", cells).fit(), smf.ols("v__0 ~ C(event) + C(outlet)", cells).fit())
    assert rank(features, articles)["p"].iloc[0] == pytest.approx(theirs["Pr(>F)"].iloc[1])


def test_where_nothing_differs_nothing_stands_out() -> None:
    features, articles, _ = planted(0.0, 7, columns=40)
    table = rank(features, articles, draws=500)
    assert table.drop_duplicates("column")["p"].lt(0.05).mean() <= 0.15
    assert ((table["p_above"] > 0.975) | (table["p_above"] < 0.025)).mean() < 0.05


def test_an_outlet_that_stands_out_is_first_and_few_articles_are_shrunken_more() -> None:
    features, articles, _ = planted(0.5, 9)
    features["v__0"] += 6 * articles["outlet"].eq("o07")
    table = rank(features, articles)
    first = table.iloc[0]
    assert (first.outlet, first.rank_low, first.rank_high) == ("o07", 1, 1) and first.p_highest > 0.99
    kept = (table["estimate"] / table["raw"]).where(table["raw"].abs() > 0.3)
    assert kept.corr(table["n_events"], method="spearman") > 0.3


def test_outlets_that_share_no_event_are_left_out_and_two_are_too_few() -> None:
    features, articles, _ = planted(0.5, 1, outlets=6)
    alone = pd.DataFrame({"article_id": ["x", "y"], "outlet": ["lone", "lone"], "event": ["own", "own"], "copy_of": ""})
    more = pd.DataFrame({"article_id": ["x", "y"], "v__0": [1.0, 2.0]})
    table = rank(pd.concat([features, more]), pd.concat([articles, alone]))
    assert "lone" not in set(table["outlet"])
    with pytest.raises(TableError, match="no three values of 'outlet'"):
        rank(features, articles[articles["outlet"].isin(["o00", "o01"])])


def test_the_figure_shows_every_outlet_in_order_with_its_places() -> None:
    features, articles, _ = planted(0.8, 2, outlets=12)
    table = mb.rank(features, articles)
    ax = mb.figures.ranks(table)
    assert [t.get_text() for t in ax.get_yticklabels()] == table["outlet"].tolist()
    first = table.iloc[0]
    assert any(t.get_text().startswith(f"{first.rank_low}–{first.rank_high} ") for t in ax.texts)
    with pytest.raises(TableError, match="name the one to draw"):
        mb.figures.ranks(pd.concat([table, table.assign(column="v__1")]))
