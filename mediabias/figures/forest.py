"""Estimates with their intervals, as a forest plot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from mediabias.comparison.result import Comparison
from mediabias.comparison.tables import select
from mediabias.figures.kept import keep
from mediabias.figures.style import (
    BLUE,
    FAINT,
    INK,
    UNSCORED_MEANS,
    in_margin,
    in_style,
    legend,
    new_axes,
    unscored,
    words,
)


@in_style
def effects(
    effects: Comparison | pd.DataFrame,
    ax: Axes | None = None,
    *,
    columns: Sequence[str] | None = None,
    baseline: str | None = None,
    alpha: float = 0.05,
) -> Axes:
    """Draw estimates with their intervals: a forest plot, grouped by feature.

    A filled marker has q < `alpha`, a hollow one has not, a diamond has no interval. On the right stand the numbers of
    events and articles.

    Parameters
    ----------
    effects : Comparison or DataFrame
        As from `mediabias.comparison.compare`, or some of its rows.
    columns : sequence of str, optional
        Which features to draw, in this order; all by default. They share one axis, so choose those of one unit.
    baseline : str, optional
        Draw only the pairs of this outlet, as the other minus this one.

    Examples
    --------
    >>> row = {"column": "verbs__accusing", "a": "Post", "b": "Echo", "estimate": 4.2, "ci_low": 1.0,
    ...        "ci_high": 7.5, "q": 0.03, "n_events": 6, "n_articles": 24}
    >>> effects(pd.DataFrame([row])).get_xlabel()
    'Echo higher  ←  difference  →  Post higher'
    """
    every = select(effects, columns, baseline)
    table = _clearest(every)
    parts = table["column"].str.split("__", n=1, expand=True).reindex(columns=[0, 1])
    one_feature = parts[0].nunique() == 1 and parts[1].notna().all()
    table["label"] = [words(c) for c in (parts[1] if one_feature else table["column"].str.replace("__", ": "))]
    marks = [unscored(c) for c in table["column"]]
    table["label"] = [f"{label}{mark}" for label, mark in zip(table["label"], marks, strict=True)]
    pairs = table[["a", "b"]].drop_duplicates()
    rows: list[tuple[str, Any]] = []
    for label, group in table.groupby("label", sort=False):
        drawn = list(group.itertuples())
        if len(pairs) == 1:
            rows += [(str(label), row) for row in drawn]
        else:
            rows.append((str(label), None))
            rows += [(f"{r.a}" if baseline else f"{r.a} − {r.b}", r) for r in drawn]
    own = ax is None
    ax = ax or new_axes(0.22 * len(rows) + 1.2)
    for y, (_, row) in enumerate(rows):
        if row is not None:
            _estimate(ax, y, row, alpha)
    ax.axvline(0, color=FAINT, linewidth=0.8, zorder=0)
    ax.set_yticks(range(len(rows)), [label for label, _ in rows])
    for tick, (_, row) in zip(ax.get_yticklabels(), rows, strict=True):
        tick.set_fontweight("normal" if row is not None else "bold")
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.locator_params(axis="x", nbins=5)  # long names of outlets leave room for few
    ax.spines[["top", "left", "right"]].set_visible(False)
    left_out = f"\n{len(table)} of {len(every):,} differences, those of smallest q" if len(table) < len(every) else ""
    conflicts = table["conflict"].fillna("").ne("").any() if "conflict" in table else False
    differ = f"\n{_CONFLICT_MEANS}" if conflicts else ""
    ax.set_xlabel(_direction(pairs, baseline) + left_out + (f"\n{UNSCORED_MEANS}" if any(marks) else "") + differ)
    ax.set_title(words(parts[0].iloc[0]) if one_feature else "")
    ax.text(1.015, 1.01, "events / articles", transform=ax.transAxes, color=FAINT, size=8)
    legend(ax, own, _effect_kinds(table, alpha), 3)
    clear = table[table["q"] < alpha]
    told = "; ".join(f"{words(str(r.label))}, {r.a} less {r.b}: {r.estimate:.3g}" for r in clear.head(6).itertuples())
    said = f"{len(clear)} of {len(table)} differences have q below {alpha:g}" + (f": {told}." if told else ".")
    return keep(ax, table, said)


#: Behind a row whose test and interval say different things of zero.
_CONFLICT = " ‡"
_CONFLICT_MEANS = "‡ test and interval differ on zero"

#: More rows than this don't fit a page.
MOST_ROWS = 45


def _clearest(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of smallest q, in the table's order, where there are more than a page holds."""
    if len(table) <= MOST_ROWS:
        return table
    order = table.assign(size=-table["estimate"].abs()).sort_values(["q", "size"], kind="stable", na_position="last")
    return table.loc[sorted(order.index[:MOST_ROWS])].reset_index(drop=True)


def _estimate(ax: Axes, y: int, row: Any, alpha: float) -> None:
    """Draw one row of the forest plot: interval, marker and counts."""
    if np.isnan(row.estimate):
        in_margin(ax, y, "none in common")
        return
    units = f", {row.n_units} units" if getattr(row, "unit", "") == "clusters" else ""
    in_margin(ax, y, f"{row.n_events} / {row.n_articles}{units}{_CONFLICT * bool(getattr(row, 'conflict', ''))}")
    color = BLUE if row.q < alpha else INK
    ax.plot([row.ci_low, row.ci_high], [y, y], color=color, linewidth=1.4)
    ax.plot(row.estimate, y, **_marker(row.q < alpha, np.isnan(row.ci_low)))


def _marker(is_clear: bool, is_bare: bool) -> dict[str, Any]:
    face = {"color": BLUE} if is_clear else {"color": INK, "markerfacecolor": "white"}
    return {"marker": "D" if is_bare else "o", "markersize": 5, "linestyle": "" if is_bare else "-", **face}


def _effect_kinds(table: pd.DataFrame, alpha: float) -> list[Line2D]:
    """Return a legend entry for each kind of marker that is drawn."""
    drawn = table[table["estimate"].notna()]
    bare, clear = drawn["ci_low"].isna(), drawn["q"] < alpha
    kinds = {f"q < {alpha:g}": clear, f"q ≥ {alpha:g}": drawn["q"] >= alpha}
    entries = [
        Line2D([], [], label=k, **_marker(k.startswith("q <"), False)) for k, rows in kinds.items() if rows.any()
    ]
    return entries + [Line2D([], [], label="no interval", **_marker(False, True))] * int(bare.any())


def _direction(pairs: pd.DataFrame, baseline: str | None) -> str:
    if len(pairs) == 1:
        return f"{pairs['b'].iloc[0]} higher  ←  difference  →  {pairs['a'].iloc[0]} higher"
    return f"difference from {baseline}" if baseline else "difference, first minus second"
