"""Many outlets at once: which stand out on a column, shrunken by what so few articles can tell, and how sure their order is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from mediabias.comparison.correction import corrected
from mediabias.comparison.design import Design, design_of
from mediabias.comparison.groups import connected_rows
from mediabias.comparison.pairing import counts_once, join
from mediabias.comparison.resampling import Floats
from mediabias.corpus import Corpus
from mediabias.errors import TableError
from mediabias.features.run import FeatureTables

_COLUMNS = (
    "column", "outlet", "mean", "estimate", "ci_low", "ci_high", "raw", "rank", "rank_low", "rank_high", "p_highest",
    "p_lowest", "p_above", "n_articles", "n_events", "spread", "reliability", "p", "q",
)  # fmt: skip
#: Values of the spread between outlets that are tried, as multiples of the largest that the data suggest.
_GRID = np.linspace(0, 3, 61)


def rank(
    features: FeatureTables | pd.DataFrame,
    articles: Corpus | pd.DataFrame,
    design: Design | None = None,
    *,
    draws: int = 4000,
    **choices: Any,
) -> pd.DataFrame:
    """Return where each outlet stands among all, with events held equal, shrunken towards their mean.

    Of fifty outlets hardly any two can be told apart; that one of them is above the mean of all can be, and how much
    outlets differ altogether.

    Parameters
    ----------
    features, articles
        As `compare` takes them.
    design, **choices
        Its by, within, columns, copies, confidence, family, correction and seed are used.
    draws : int
        From the posterior.

    Returns
    -------
    DataFrame
        A row a column and outlet, the highest first: column, outlet (as `by` names it), mean (of all outlets), estimate
        (difference from it, shrunken) with ci_low and ci_high, raw (not shrunken), rank (median; 1 is the highest) with
        rank_low and rank_high, p_highest, p_lowest, p_above (probabilities of being the highest, the lowest, above the
        mean), n_articles, n_events; and of the column as a whole spread (standard deviation between outlets, posterior
        median), reliability (share of the variance of `raw` that is the outlets'), p (F test that no outlet differs) and q.

    Raises
    ------
    TableError
        When fewer than three outlets are connected by common events, or no event has two of them.

    Notes
    -----
    An outlet's mean in an event is the event's level, the outlet's own effect, and a remainder (outlet by event, and articles)
    of one variance. Effects of outlets are normal; their spread has a flat prior, the remainder's variance a scale prior,
    and both are integrated over [1]_. Outlets that no chain of common events connects to the largest set are left out.

    References
    ----------
    .. [1] Gelman, A. (2006). Prior distributions for variance parameters in hierarchical models. Bayesian Analysis 1(3).
       doi:10.1214/06-BA117A

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> articles = pd.DataFrame([(f"{o}{e}", o, str(e), "") for o in "ABCDE" for e in range(20)],
    ...                         columns=["article_id", "outlet", "event", "copy_of"])
    >>> numbers = rng.normal(size=100) + 3 * articles["outlet"].eq("C")
    >>> table = rank(pd.DataFrame({"article_id": articles["article_id"], "v__a": numbers}), articles)
    >>> first = table.iloc[0]
    >>> first.outlet, int(first["rank"]), float(first.p_highest)
    ('C', 1, 1.0)
    """
    made = design_of(design, choices)
    numbers = features.features if isinstance(features, FeatureTables) else features
    about = articles.articles if isinstance(articles, Corpus) else articles
    about = counts_once(about, made.copies, by=made.by)
    table, columns = join(numbers, about, made.but(copies="keep"))
    rows = [row for column in columns for row in _ranked(table, column, made, draws)]
    if not rows:
        raise TableError(
            f"no three values of {made.by!r} have events in common: group the articles into events, or give within=None"
        )
    out = pd.DataFrame(rows, columns=[c for c in _COLUMNS if c != "q"])
    whole = out.drop_duplicates("column").set_index("column")["p"]
    q = corrected(whole.reset_index(drop=True), pd.Series(whole.index), made.family, made.correction)
    out["q"] = out["column"].map(dict(zip(whole.index, q, strict=True)))
    return out[list(_COLUMNS)]


def _ranked(table: pd.DataFrame, column: str, design: Design, draws: int) -> list[tuple[Any, ...]]:
    known = table[table[column].notna()]
    cells = known.groupby(["_within", "_by"], as_index=False)[column].agg(["mean", "size"])
    shared = cells.groupby("_within")["_by"].transform("size").gt(1) if design.within else pd.Series(True, cells.index)
    cells = cells[shared].reset_index(drop=True)
    if not design.within:  # without events, articles are what varies
        cells = known[["_within", "_by"]].assign(mean=known[column], size=1).reset_index(drop=True)
    if cells.empty:
        return []
    event, unit = (pd.factorize(cells[c], sort=True)[0] for c in ("_within", "_by"))
    if design.within:
        rows = connected_rows(event, unit)
        cells, event, unit = _kept(cells, rows)
    names = np.sort(cells["_by"].unique())
    if len(names) < 3:
        return []
    fit = _fit(cells["mean"].to_numpy(float), event, unit)
    if fit is None:
        return []
    raw, covariance, variance, freedom, p = fit
    drawn, spread = _posterior(raw, covariance, variance, freedom, draws, np.random.default_rng(design.seed))
    tails = [(1 - design.confidence) / 2, (1 + design.confidence) / 2]
    low, high = np.quantile(drawn, tails, axis=0)
    # The order of each draw: 1 is the highest.
    order = (-drawn).argsort(axis=1).argsort(axis=1) + 1
    rank_low, rank_high = np.quantile(order, tails, axis=0, method="nearest")
    reliability = float(spread**2 / (spread**2 + variance * np.mean(np.diag(covariance))))
    level = float(cells.groupby("_by")["mean"].mean().mean()) if not design.within else float(cells["mean"].mean())
    size = known[known["_by"].isin(names)].groupby("_by").size().reindex(names)
    events = cells.groupby("_by")["_within"].nunique().reindex(names)
    rows_out = [
        (column, names[k], level, float(drawn[:, k].mean()), low[k], high[k], raw[k], int(np.median(order[:, k])),
         int(rank_low[k]), int(rank_high[k]), float((order[:, k] == 1).mean()), float((order[:, k] == len(names)).mean()),
         float((drawn[:, k] > 0).mean()), int(size[names[k]]), int(events[names[k]]), spread, reliability, p)
        for k in range(len(names))
    ]  # fmt: skip
    return sorted(rows_out, key=lambda r: (-r[3], r[1]))


def _kept(cells: pd.DataFrame, rows: np.ndarray) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    kept = cells.loc[rows].reset_index(drop=True)
    event, unit = (pd.factorize(kept[c], sort=True)[0] for c in ("_within", "_by"))
    return kept, event, unit


def _fit(values: Floats, event: np.ndarray, unit: np.ndarray) -> tuple[Floats, Floats, float, int, float] | None:
    """Return the units' effects, their covariance over the remainder's variance, this variance, its freedom, and p of the F test.

    By least squares with an effect an event; effects of units add up to zero.
    """
    n_events, n_units = event.max() + 1, unit.max() + 1
    freedom = len(values) - n_events - n_units + 1
    if freedom < 1:
        return None
    size = np.bincount(event).astype(float)
    away = lambda x: x - (np.array([np.bincount(event, c, n_events) for c in x.T]) / size).T[event]  # noqa: E731
    design = away(np.eye(n_units)[unit])
    left = away(values[:, None])[:, 0]
    covariance = np.linalg.pinv(design.T @ design)
    effects = covariance @ design.T @ left
    rest = float(((left - design @ effects) ** 2).sum())
    between = float((left**2).sum()) - rest
    variance = rest / freedom
    if not variance > 1e-15 * max(float((values**2).mean()), 1e-300):
        return None
    p = float(stats.f.sf(between / (n_units - 1) / variance, n_units - 1, freedom))
    return effects - effects.mean(), covariance, variance, freedom, p


def _posterior(
    raw: Floats, covariance: Floats, variance: float, freedom: int, draws: int, rng: np.random.Generator
) -> tuple[Floats, float]:
    """Return draws of the units' effects, draws x units, and the median spread between units."""
    scale, axes = np.linalg.eigh(covariance)
    scale, axes = scale[1:], axes[:, 1:]  # the first is the common level, which is none of the units'
    along = axes.T @ raw
    most = max(float(raw.std()), np.sqrt(variance) * 1e-6)
    spreads = _GRID * most
    remainder = freedom * variance / rng.chisquare(freedom, draws)
    # How likely each spread is, for each draw of the remainder's variance: draws x spreads.
    total = remainder[:, None, None] * scale + (spreads**2)[None, :, None]
    likely = -0.5 * (np.log(total) + along**2 / total).sum(axis=2)
    weight = np.exp(likely - likely.max(axis=1, keepdims=True))
    cumulated = weight.cumsum(axis=1)
    chosen = (cumulated < rng.random((draws, 1)) * cumulated[:, -1:]).sum(axis=1)
    spread = spreads[chosen] ** 2
    noise = remainder[:, None] * scale
    share = spread[:, None] / (spread[:, None] + noise)
    normal = rng.normal(size=share.shape)
    return (share * along + np.sqrt(share * noise) * normal) @ axes.T, float(np.median(spreads[chosen]))
