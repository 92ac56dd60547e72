"""Many outlets on one column, in order, with intervals: a caterpillar plot."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mediabias.comparison.pairing import need
from mediabias.errors import TableError
from mediabias.figures.kept import keep
from mediabias.figures.style import BLUE, FAINT, INK, in_margin, in_style, new_axes, records, words

#: More outlets than this don't fit a page: the ones at both ends are drawn.
_MOST = 60


@in_style
def ranks(table: pd.DataFrame, column: str | None = None, ax: Axes | None = None, *, sure: float = 0.975) -> Axes:
    """Draw each outlet's difference from the mean of all, shrunken, with its interval; small and grey, as it was measured.

    A filled marker is on its side of the mean with a probability of `sure` or more. On the right stand the places that the
    outlet may have, and its events and articles.

    Parameters
    ----------
    table : DataFrame
        As from `mediabias.rank`.
    column : str, optional
        Which column to draw, where the table has several.
    sure : float
        A posterior probability, of being above the mean or below.

    Examples
    --------
    >>> row = {"column": "v__a", "mean": 2.0, "p": 0.01, "reliability": 0.6, "n_articles": 20, "n_events": 9}
    >>> rows = [row | {"outlet": o, "estimate": x, "raw": 2 * x, "ci_low": x - 1, "ci_high": x + 1, "rank": 1, "rank_low": 1,
    ...                "rank_high": 2, "p_above": p} for o, x, p in (("Post", 2.0, 0.99), ("Echo", -0.2, 0.4))]
    >>> [t.get_text() for t in ranks(pd.DataFrame(rows)).get_yticklabels()]
    ['Post', 'Echo']
    """
    need(
        table,
        ["column", "estimate", "ci_low", "ci_high", "raw", "rank_low", "rank_high", "p_above", "reliability"],
        "table",
    )
    there = list(dict.fromkeys(table["column"]))
    if column is None and len(there) != 1:
        raise TableError(f"the table has {len(there)} columns ({', '.join(there[:6])}): name the one to draw")
    column = column or there[0]
    every = table[table["column"] == column].sort_values("estimate", ascending=False, kind="stable")
    if every.empty:
        raise TableError(f"the table has no column {column!r}; it has {', '.join(there)}")
    half = _MOST // 2
    drawn = every if len(every) <= _MOST else pd.concat([every.head(half), every.tail(half)])
    ax = ax or new_axes(0.155 * len(drawn) + 1.3)
    for y, row in enumerate(records(drawn)):
        clear = row.p_above >= sure or row.p_above <= 1 - sure
        color = BLUE if clear else INK
        ax.plot([row.ci_low, row.ci_high], [y, y], color=color, linewidth=1.3)
        ax.plot(row.raw, y, ".", color="#BBBBBB", markersize=4, zorder=0)
        ax.plot(row.estimate, y, "o", color=color, markerfacecolor=color if clear else "white", markersize=4)
        in_margin(ax, y, f"{row.rank_low}–{row.rank_high}   {row.n_events} / {row.n_articles}")
    ax.axvline(0, color=FAINT, linewidth=0.8, zorder=0)
    ax.set_yticks(range(len(drawn)), list(drawn["outlet"]), fontsize=7 if len(drawn) > 25 else 9)
    ax.set_ylim(len(drawn) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "left", "right"]].set_visible(False)
    ax.text(1.015, 1.01, "places   events / articles", transform=ax.transAxes, color=FAINT, size=8)
    first = drawn.iloc[0]
    n = int(((every["p_above"] >= sure) | (every["p_above"] <= 1 - sure)).sum())
    p = "p < 0.001" if first["p"] < 0.001 else f"p = {first['p']:.3f}"
    ax.set_title(
        f"{words(column.replace('__', ': '))}: {n} of {len(every)} clear of the mean (filled); outlets differ at all: {p}",
        fontsize=8.5,
    )
    left_out = f"; {len(every) - len(drawn)} in the middle are not drawn" if len(drawn) < len(every) else ""
    ax.set_xlabel(
        f"difference from the mean ({first['mean']:.3g}) with events held equal, shrunken; grey: as measured\n"
        f"{first['reliability']:.0%} of the variance of what was measured is the outlets'{left_out}"
    )
    ends = f"highest {every.iloc[0]['outlet']} ({every.iloc[0]['estimate']:.3g}), lowest {every.iloc[-1]['outlet']} ({every.iloc[-1]['estimate']:.3g})"
    said = f"{words(column)}: {n} of {len(every)} outlets are clear of the mean; {ends}."
    return keep(ax, drawn, said if not np.isnan(every["estimate"]).any() else words(column))
