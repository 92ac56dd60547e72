"""Before collecting: how large a difference so many events can show, by running the comparison on simulated events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from mediabias.comparison.design import Design, design_of
from mediabias.comparison.effects import compare, differences
from mediabias.comparison.resampling import Floats
from mediabias.corpus import Corpus
from mediabias.errors import DesignError, TableError
from mediabias.features.run import FeatureTables

_COLUMNS = ("column", "events", "ratio", "difference", "power", "error", "alpha", "pilot_events")
#: Events of the pilot, below which its spread says little.
FEWEST = 5


def power(
    features: FeatureTables | pd.DataFrame,
    articles: Corpus | pd.DataFrame,
    column: str,
    *,
    events: Sequence[int] = (10, 20, 30, 50, 100, 200),
    ratios: Sequence[float] = (1.0, 1.25, 1.5, 2.0, 3.0),
    tests: int = 1,
    alpha: float = 0.05,
    simulations: int = 1000,
    seed: int = 0,
    counts: pd.DataFrame | None = None,
    design: Design | None = None,
    **choices: Any,
) -> pd.DataFrame:
    """Return the chance that `compare` finds a difference, by its size and the number of events.

    Parameters
    ----------
    features, articles, counts
        Of the pilot, as `compare` takes them: two or more outlets on at least five common events.
    column : str
        The feature's column.
    events : sequence of int
        Numbers of events to try.
    ratios : sequence of float
        How many times the number of the one outlet is that of the other; 1 is no difference.
    tests : int
        Tests of the family that the study will correct together (columns times pairs). A single true difference among
        them is found where p is below ``alpha / tests``, by Holm's correction and by Benjamini and Hochberg's alike.
    alpha : float
        Of the whole study.
    simulations, seed : int
    design, **choices
        The design that the study will use, and its fields by name.

    Returns
    -------
    DataFrame
        column, events, ratio, difference (mean over simulations, in the column's unit), power (share of simulations in
        which p is below alpha over tests), error (its standard error), alpha (of one test), pilot_events.

    Raises
    ------
    TableError
        When the pilot has fewer than five common events, or negative numbers.
    DesignError
        When the design exchanges articles or has clusters: what is simulated are events.

    Notes
    -----
    An event of the pilot is drawn with replacement, with either order of its two outlets, so that nothing differs but by
    chance; then the one outlet's number is multiplied by the ratio, and `compare` itself is run with the design. Where the
    counts are given, an event's rate is drawn from what its counts say of it (a gamma with the pilot's own spread), each
    outlet's own part of it too, one of them is multiplied, and new counts are drawn: a rare label that was not found is
    then found at times, as it would be. A small pilot says little of its own spread; that uncertainty is not in these numbers.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> articles = pd.DataFrame([(f"{o}{e}", o, str(e), "") for o in "AB" for e in range(12)],
    ...                         columns=["article_id", "outlet", "event", "copy_of"])
    >>> features = pd.DataFrame({"article_id": articles["article_id"], "v__a": rng.gamma(4, 1, 24)})
    >>> table = power(features, articles, "v__a", events=[10, 40], ratios=[1.5], simulations=200)
    >>> bool(table["power"].is_monotonic_increasing), len(table)
    (True, 2)
    """
    made = design_of(design, choices).but(columns=[column], margin=None, family="all")
    if made.permute != "events" or made.clusters:
        raise DesignError("a plan simulates events; exchange 'events', without clusters", parameter="permute")
    if tests < 1 or any(r <= 0 for r in ratios):
        raise DesignError("tests is at least 1, and a ratio above 0", parameter="tests" if tests < 1 else "ratios")
    pilot = _Pilot(features, articles, column, made, counts)
    level, rng, rows = alpha / tests, np.random.default_rng(seed), []
    plain = Design(interval="t", resamples=made.resamples, seed=seed, columns=None)
    for n in events:
        for ratio in ratios:
            one, two = pilot.drawn(n, simulations, ratio, rng)
            p = _tested(one, two, plain)
            share = float(np.mean(p < level))
            error = float(np.sqrt(share * (1 - share) / simulations))
            rows.append((column, n, ratio, float((one - two).mean()), share, error, level, pilot.n_events))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


class _Pilot:
    """The numbers of two outlets in each common event of a pilot, and draws from them."""

    def __init__(
        self,
        features: FeatureTables | pd.DataFrame,
        articles: Corpus | pd.DataFrame,
        column: str,
        design: Design,
        counts: pd.DataFrame | None,
    ) -> None:
        below = differences(features, articles, design)
        self.n_events = below["event"].nunique()
        if len(below) < FEWEST:
            raise TableError(
                f"the pilot has {len(below)} differences within events on {column!r}; give {FEWEST} events or more that "
                "two outlets cover"
            )
        self.means = below[["mean_a", "mean_b"]].to_numpy(float)
        if (self.means < 0).any():
            raise TableError(f"{column!r} has negative numbers; a ratio has no meaning there")
        counts = features.counts if isinstance(features, FeatureTables) and counts is None else counts
        self.scale = None if counts is None else self._exposure(below, counts, articles, column, design)

    def _exposure(
        self, below: pd.DataFrame, counts: pd.DataFrame, articles: Corpus | pd.DataFrame, column: str, design: Design
    ) -> Floats | None:
        """Return how many pieces a mean of one stands for, of each outlet and event; None where it is no rate."""
        about = articles.articles if isinstance(articles, Corpus) else articles
        of = counts[counts["column"].eq(column) & (counts["exposure"] > 0)].merge(about, on="article_id")
        total = of.groupby([design.by, design.within])[["count", "exposure"]].sum() if design.within else None
        if total is None or not len(total) or not of["count"].sum():
            return None
        if (of["count"] / of["exposure"]).max() > 1 or of["exposure"].median() < 50:
            return None  # a share of few cues: each cue is one of them or not, and no Poisson count
        exposure = total["exposure"]
        rows = [[exposure.get((o, e), np.nan) for o in pair] for *pair, e in below[["a", "b", "event"]].to_numpy()]
        return np.array(rows, dtype=float) / 1000

    def drawn(self, n: int, simulations: int, ratio: float, rng: np.random.Generator) -> tuple[Floats, Floats]:
        """Return the means of both outlets in simulated events: twice events x simulations, the first times the ratio."""
        row = rng.integers(0, len(self.means), (n, simulations))
        first = rng.integers(0, 2, row.shape)
        one, two = self.means[row, first], self.means[row, 1 - first]
        if self.scale is None:
            return one * ratio, two
        own, other = self.scale[row, first], self.scale[row, 1 - first]
        # Moments of two counts that share their event's rate: what they have in common, and what each has alone.
        mean = self.means.mean()
        common = float(np.mean((self.means[:, 0] - mean) * (self.means[:, 1] - mean))) / mean**2
        alone = float(self.means.var() - np.mean(mean / self.scale)) / mean**2 - common
        of_event, of_outlet = (1 / max(x, 1e-3) for x in (common, alone / (1 + max(common, 0.0))))
        rate = rng.gamma(of_event + one * own + two * other, 1 / (of_event / mean + own + other))
        made = [
            rng.poisson(rate * rng.gamma(of_outlet, 1 / of_outlet, rate.shape) * times * size) / size
            for size, times in ((own, ratio), (other, 1.0))
        ]
        return made[0], made[1]


def _tested(one: Floats, two: Floats, design: Design) -> Floats:
    """Return the p of `compare` for each simulation, as a column."""
    n, simulations = one.shape
    about = pd.DataFrame(
        [(f"{o}{e}", o, f"{e:05}") for o in "AB" for e in range(n)], columns=["article_id", "outlet", "event"]
    )
    numbers = pd.DataFrame(np.concatenate([one, two]), columns=[f"s__{i}" for i in range(simulations)])
    numbers.insert(0, "article_id", about["article_id"])
    return compare(numbers, about, design.but(copies="keep", by="outlet", within="event")).table["p"].to_numpy()


def smallest_ratio(table: pd.DataFrame, wanted: float = 0.8) -> pd.DataFrame:
    """Return for each number of events the smallest ratio found with a chance of `wanted`, between those tried.

    Examples
    --------
    >>> table = pd.DataFrame({"column": "v__a", "events": 20, "ratio": [1.0, 1.5, 2.0], "power": [0.05, 0.7, 0.9]})
    >>> smallest_ratio(table)["ratio"].round(2).tolist()
    [1.75]
    """
    rows = []
    for (column, n), part in table.groupby(["column", "events"], sort=False):
        part = part.sort_values("ratio")
        reached = np.maximum.accumulate(part["power"].to_numpy())
        found = float(np.interp(wanted, reached, part["ratio"])) if reached[-1] >= wanted else np.nan
        rows.append((column, n, found, wanted))
    return pd.DataFrame(rows, columns=["column", "events", "ratio", "power"])
