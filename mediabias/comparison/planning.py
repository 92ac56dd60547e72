"""Before collecting: how small a difference so many events can show, by simulation from a pilot."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import stats

from mediabias.comparison.effects import differences
from mediabias.errors import TableError

_COLUMNS = ("column", "events", "difference", "power", "error", "alpha", "spread", "pilot_events")


def power(
    features: pd.DataFrame,
    articles: pd.DataFrame,
    column: str,
    *,
    events: Sequence[int] = (10, 20, 30, 50, 100, 200),
    effects: Sequence[float] | None = None,
    outlets: int = 2,
    by: str = "outlet",
    within: str = "event",
    alpha: float = 0.05,
    simulations: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the chance to find a difference, by its size and the number of events.

    Parameters
    ----------
    features, articles : DataFrame
        Of the pilot, as `compare` takes them: two or more outlets on at least five events.
    column : str
        The feature's column.
    events : sequence of int
        Numbers of events to try.
    effects : sequence of float, optional
        Differences to try, in the column's unit; nine between 0 and 1.5 standard deviations by default.
    outlets : int
        How many outlets the study will compare, all pairs: alpha is divided by their number (Bonferroni).
    alpha : float
        Of the whole study.
    simulations, seed : int

    Returns
    -------
    DataFrame
        column, events, difference, power (share of simulations in which p is below alpha), error (its standard error), alpha (of one
        test), spread (standard deviation of the pilot's differences between events), pilot_events.

    Raises
    ------
    TableError
        When the pilot has fewer than five differences within events.

    Notes
    -----
    The pilot's differences within events, of all pairs, each pair's mean taken away, are drawn with replacement; the difference is
    added; the test is Student's over events. At a difference of 0 the power is the rate of false alarms. How much a small pilot
    may be off is not in these numbers.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> articles = pd.DataFrame([(f"{o}{e}", o, str(e), "") for o in "AB" for e in range(12)],
    ...                         columns=["article_id", "outlet", "event", "copy_of"])
    >>> features = pd.DataFrame({"article_id": articles["article_id"], "v__a": rng.normal(size=24)})
    >>> table = power(features, articles, "v__a", events=[20, 80], effects=[1.0], simulations=200)
    >>> bool(table["power"].is_monotonic_increasing), len(table)
    (True, 2)
    """
    d = differences(features, articles, by=by, within=within, columns=[column])
    spare = d["difference"] - d.groupby(["outlet_a", "outlet_b"])["difference"].transform("mean")
    # Each pair has lost one degree of freedom to its mean.
    pairs = d.groupby(["outlet_a", "outlet_b"]).ngroups
    if len(spare) < pairs + 4:
        raise TableError(
            f"the pilot has {len(spare)} differences within events on {column!r}; a spread needs five or more of one pair"
        )
    centred = spare.to_numpy() * np.sqrt(len(spare) / (len(spare) - pairs))
    spread = float(centred.std())
    tried = np.linspace(0, 1.5, 9) * spread if effects is None else np.asarray(effects, dtype=float)
    level = alpha / max(len(list(combinations(range(outlets), 2))), 1)
    rng, rows = np.random.default_rng(seed), []
    for n in events:
        drawn = centred[rng.integers(0, len(centred), (simulations, n))]
        mean, error = drawn.mean(axis=1), drawn.std(axis=1, ddof=1) / np.sqrt(n)
        for effect in tried:
            with np.errstate(divide="ignore", invalid="ignore"):
                p = 2 * stats.t.sf(np.abs((mean + effect) / error), n - 1)
            share = float((p < level).mean())
            rows.append(
                (
                    column,
                    n,
                    float(effect),
                    share,
                    np.sqrt(share * (1 - share) / simulations),
                    level,
                    spread,
                    d["event"].nunique(),
                )
            )
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def smallest_difference(table: pd.DataFrame, wanted: float = 0.8) -> pd.DataFrame:
    """Return for each number of events the smallest difference found with a chance of `wanted`, between those tried.

    Examples
    --------
    >>> table = pd.DataFrame({"column": "v__a", "events": 20, "difference": [0.0, 1.0, 2.0], "power": [0.05, 0.7, 0.9]})
    >>> smallest_difference(table)["difference"].round(2).tolist()
    [1.5]
    """
    rows = []
    for (column, n), part in table.groupby(["column", "events"], sort=False):
        part = part.sort_values("difference")
        reached = np.maximum.accumulate(part["power"].to_numpy())
        found = float(np.interp(wanted, reached, part["difference"])) if reached[-1] >= wanted else np.nan
        rows.append((column, n, found, wanted))
    return pd.DataFrame(rows, columns=["column", "events", "difference", "power"])
