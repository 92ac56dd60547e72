"""Groups of outlets: units that are nested in what is compared, each counting once, with events held equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from mediabias.comparison.design import Design
from mediabias.comparison.pairing import Pairing
from mediabias.comparison.permutation import exchange_units
from mediabias.comparison.resampling import Floats, student
from mediabias.comparison.sizes import behind, ratio_of_samples


def group_effects(
    pairing: Pairing,
    columns: np.ndarray,
    spans: Mapping[str, pd.DataFrame | None],
    margins: pd.Series,
    design: Design,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the effects of one pair of groups, one row a column, and the units' values below them.

    Each unit's value is what it has beside the events that it covers: the unit's effect in a two-way additive fit of
    its means by event, over the units that are connected by common events. The estimate is the difference of the
    groups' means over units, with Welch's interval; the test exchanges the groups of the units.
    """
    parts, below = [], []
    patterns, pattern = np.unique(~np.isnan(pairing.values), axis=1, return_inverse=True)
    for g, defined in enumerate(patterns.T):
        chosen = np.flatnonzero(pattern.ravel() == g)
        names = columns[chosen]
        part = _connected(pairing, chosen, defined)
        values, is_a, n_events = unit_values(part)
        a, b = values[is_a], values[~is_a]
        row: dict[str, Any] = {
            "column": names,
            "a": part.a,
            "b": part.b,
            "n_articles": len(part.event),
            "n_events": len(np.unique(part.event)),
            "n_units": len(values),
            "count_a": behind(spans["count"], part.ids[part.is_a], names),
            "count_b": behind(spans["count"], part.ids[~part.is_a], names),
            "d": np.nan,
            "p_equivalent": np.nan,
        }
        if not len(a) or not len(b):
            parts.append(pd.DataFrame(row | _no_result()))
            continue
        enough = min(len(a), len(b)) > 1
        ends = student(a, b, confidence=design.confidence) if enough else None
        test = exchange_units(a, b, n_resamples=design.resamples, seed=design.seed) if enough else None
        ratio = ratio_of_samples(a, b, design.confidence) if enough else np.full((3, len(names)), np.nan)
        parts.append(
            pd.DataFrame(
                row
                | dict(zip(("ratio", "ratio_low", "ratio_high"), ratio, strict=True))
                | {
                    "estimate": a.mean(axis=0) - b.mean(axis=0),
                    "mean_a": a.mean(axis=0),
                    "mean_b": b.mean(axis=0),
                    "ci_low": ends.low if ends else np.nan,
                    "ci_high": ends.high if ends else np.nan,
                    "interval": ends.kind if ends else "none",
                    "unit": "clusters" if ends else "none",
                    "p": test.p if test else np.nan,
                    "test": "clusters" if test else "none",
                    "is_exact": bool(test and test.is_exact),
                    "p_floor": test.floor if test else np.nan,
                    "p_equivalent": _equivalence(a, b, margins.to_numpy()[chosen]) if enough else np.nan,
                }
            )
        )
        below.append(_units(part, names, values, is_a, n_events))
    empty = pd.DataFrame(columns=["column", "a", "b", "unit", "group", "value", "n_events"])
    return pd.concat(parts), pd.concat(below) if below else empty


def _no_result() -> dict[str, Any]:
    numbers = ("estimate", "mean_a", "mean_b", "ci_low", "ci_high", "p", "p_floor", "ratio", "ratio_low", "ratio_high")
    return dict.fromkeys(numbers, np.nan) | dict.fromkeys(("interval", "unit", "test"), "none") | {"is_exact": False}


def _connected(pairing: Pairing, columns: np.ndarray, defined: np.ndarray) -> Pairing:
    """Return the articles of the largest set of units that common events connect: others can't be held against them."""
    rows = np.flatnonzero(defined)
    event, member = pairing.event[rows], pairing.member[rows]
    n = len(pairing.events)
    if len(rows) and n > 1:
        rows = rows[connected_rows(event, member)]
    weight = None if pairing.weight is None else pairing.weight[np.ix_(rows, columns)]
    return replace(
        pairing,
        event=pairing.event[rows],
        is_a=pairing.is_a[rows],
        ids=pairing.ids[rows],
        member=pairing.member[rows],
        values=pairing.values[np.ix_(rows, columns)],
        weight=weight,
    )


def connected_rows(event: np.ndarray, unit: np.ndarray) -> np.ndarray:
    """Return the places of the rows whose units and events are connected in the largest set.

    Examples
    --------
    >>> connected_rows(np.array([0, 0, 1, 2]), np.array([0, 1, 1, 2])).tolist()
    [0, 1, 2]
    """
    n = int(event.max()) + 1
    links = coo_array((np.ones(len(event)), (event, n + unit)), shape=(n + int(unit.max()) + 1,) * 2)
    part = connected_components(links, directed=False)[1][event]
    return np.flatnonzero(part == np.bincount(part).argmax())


def unit_values(part: Pairing) -> tuple[Floats, np.ndarray, np.ndarray]:
    """Return each unit's value with events held equal (units x columns), whether it is of side a, and its events.

    The values are those of a two-way additive fit by least squares, put on the level of the mean over all cells.
    """
    if not len(part.event):
        return np.zeros((0, part.values.shape[1])), np.zeros(0, bool), np.zeros(0, int)
    cells, event, member = part.cells()
    event, member = (np.unique(x, return_inverse=True)[1].ravel() for x in (event, member))
    n_events, n_units = event.max() + 1, member.max() + 1
    # Each event's own mean away from values and units: what is left is a small system in the units only.
    units = np.zeros((len(cells), n_units))
    units[np.arange(len(cells)), member] = 1.0
    size = np.bincount(event, minlength=n_events)[:, None]
    of_event = np.zeros((n_events, len(cells)))
    of_event[event, np.arange(len(cells))] = 1.0
    units_left = units - (of_event @ units / size)[event]
    cells_left = cells - (of_event @ cells / size)[event]
    effects = np.linalg.lstsq(units_left, cells_left, rcond=None)[0]
    if n_events == 1:
        effects = cells[np.argsort(member)] - cells.mean(axis=0)
    level = cells.mean(axis=0) - (units @ effects).mean(axis=0)
    return effects + level, part.members(), np.bincount(member, minlength=n_units)


def _units(part: Pairing, names: np.ndarray, values: Floats, is_a: np.ndarray, n_events: np.ndarray) -> pd.DataFrame:
    units = part.unit_names[np.unique(part.member)]
    n = len(names)
    return pd.DataFrame(
        {
            "column": np.repeat(names, len(units)),
            "a": part.a,
            "b": part.b,
            "unit": np.tile(units, n),
            "group": np.tile(np.where(is_a, part.a, part.b), n),
            "value": values.T.ravel(),
            "n_events": np.tile(n_events, n),
        }
    )


def _equivalence(a: Floats, b: Floats, margin: Floats) -> Floats:
    """Return p of two one-sided Welch tests that the groups' means are within the margin."""
    error = np.sqrt(a.var(axis=0, ddof=1) / len(a) + b.var(axis=0, ddof=1) / len(b))
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = error**4 / sum((x.var(axis=0, ddof=1) / len(x)) ** 2 / (len(x) - 1) for x in (a, b))
        above, below = ((a.mean(axis=0) - b.mean(axis=0) + s * margin) / error for s in (1, -1))
    return np.where(error > 0, np.maximum(stats.t.sf(above, freedom), stats.t.cdf(below, freedom)), np.nan)
