"""Which events outlets cover, as a grid, and what they print of what others print, as points."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from scipy.stats import t

from mediabias.figures.kept import keep
from mediabias.figures.style import BLUE, FAINT, in_style, legend, new_axes, wrapped
from mediabias.omission.coverage import Coverage


@in_style
def event_coverage(
    coverage: Coverage, ax: Axes | None = None, *, most_events: int = 40, most_outlets: int = 20
) -> Axes:
    """Draw outlets by events: blue where an outlet covers an event, grey where its collection is too thin to tell.

    Parameters
    ----------
    coverage : Coverage
        As from `mediabias.omission.coverage.cover_events`.
    ax : Axes, optional
        Where to draw; on a new figure by default.
    most_events, most_outlets : int
        Events that most outlets cover, in the order of their dates, and outlets that cover most of these.

    Returns
    -------
    Axes
    """
    known = coverage.covered
    sizes = known.fillna(False).astype(bool).sum(axis=1).to_numpy()
    top = np.sort(np.lexsort((np.arange(len(sizes)), -sizes))[:most_events])
    table = known.iloc[top]
    hits = table.fillna(False).astype(bool).sum()
    outlets = sorted(sorted(table.columns), key=lambda o: -int(hits[o]))[:most_outlets]
    cells = table[outlets].astype("Int64").fillna(2).to_numpy(dtype=float).T
    own = ax is None
    ax = ax or new_axes(0.26 * len(outlets) + 1.6)
    ax.imshow(
        cells, aspect="auto", cmap=ListedColormap(["#FFFFFF", BLUE, "#C9C9C9"]), vmin=0, vmax=2, interpolation="nearest"
    )
    ax.set_yticks(range(len(outlets)), [wrapped(o, 24) for o in outlets])
    ax.set_xticks(np.arange(-0.5, len(top)), minor=True)
    ax.set_yticks(np.arange(-0.5, len(outlets)), minor=True)
    ax.grid(which="minor", color="#DDDDDD", linewidth=0.5)
    ax.tick_params(which="both", length=0)
    dates = coverage.events["date"].to_numpy()[top]
    step = max(1, len(top) // 8)
    ax.set_xticks(range(0, len(top), step), [dates[i] for i in range(0, len(top), step)], rotation=30, ha="right")
    ax.spines[["left", "bottom"]].set_visible(False)
    left = len(known) - len(top)
    ax.set_xlabel("events, by date" + (f" ({left:,} that fewer outlets cover left out)" if left else ""))
    for y, outlet in enumerate(outlets):
        told = known[outlet].iloc[top]
        ax.text(1.01, y, f"{int(hits[outlet])} of {int(told.notna().sum())}", transform=ax.get_yaxis_transform(), va="center", color=FAINT, size=8)  # fmt: skip
    edge: Any = {"edgecolor": "#BBBBBB", "linewidth": 0.5}
    handles = [Patch(facecolor=c, label=t, **edge) for c, t in ((BLUE, "covered"), ("#FFFFFF", "not covered"), ("#C9C9C9", "collection too thin to tell"))]  # fmt: skip
    legend(ax, own, handles, 3)
    shown = pd.DataFrame(cells.T, columns=outlets).replace({0.0: "no", 1.0: "yes", 2.0: "thin"})
    shown.insert(0, "event", coverage.events["event"].to_numpy()[top])
    words = "; ".join(f"{o} covers {int(hits[o])} of {int(table[o].notna().sum())}" for o in outlets)
    return keep(
        ax, shown.melt("event", var_name="outlet", value_name="covered"), f"Which outlet covers which event. {words}."
    )


@in_style
def statement_shares(counts: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw, by outlet, the share of the others' shared statements that it prints and the share of its own that nobody else has.

    Parameters
    ----------
    counts : DataFrame
        As from `mediabias.omission.statements.count_statements`.
    ax : Axes, optional
        Where to draw; on a new figure by default.

    Returns
    -------
    Axes
        Points are means over events, lines their 95% intervals (t); an event counts once.
    """
    rows = []
    for outlet in sorted(set(counts["outlet"])):
        group = counts[counts["outlet"] == outlet]
        for column, name in (
            ("share_printed", "shared statements printed"),
            ("share_alone", "own statements nobody else has"),
        ):
            values = group[column].dropna().to_numpy()
            half = _half_width(values)
            mean = float(values.mean()) if len(values) else np.nan
            rows.append({"outlet": outlet, "share": name, "mean": mean, "ci_low": max(0.0, mean - half), "ci_high": min(1.0, mean + half), "events": len(values)})  # fmt: skip
    table = pd.DataFrame(rows)
    outlets = list(dict.fromkeys(table["outlet"]))
    ax_own = ax is None
    ax = ax or new_axes(0.42 * len(outlets) + 1.3)
    handles = []
    for name, color, marker, shift in zip(
        dict.fromkeys(table["share"]), (BLUE, "#D55E00"), "os", (-0.13, 0.13), strict=True
    ):
        group = table[table["share"] == name]
        y = np.arange(len(group)) + shift
        ax.hlines(y, group["ci_low"], group["ci_high"], color=color, linewidth=1.4)
        handles.append(ax.plot(group["mean"], y, marker, color=color, label=name, markersize=5)[0])
    ax.set_yticks(range(len(outlets)), [wrapped(o, 22) for o in outlets])
    ax.set_ylim(len(outlets) - 0.5, -0.5)
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
    ax.set_xlabel("mean over events, with 95% intervals")
    legend(ax, ax_own, handles, 2)
    words = "; ".join(f"{r['outlet']}, {r['share']}: {r['mean']:.0%}" for r in rows)
    return keep(ax, table, f"Shares of statements by outlet. {words}.")


def _half_width(values: np.ndarray) -> float:
    """Return half the width of the 95% interval of a mean, by Student's t; missing for fewer than two values."""
    n = len(values)
    return float(t.ppf(0.975, n - 1) * values.std(ddof=1) / np.sqrt(n)) if n > 1 else float("nan")
