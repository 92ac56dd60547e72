"""One number measured in several ways: by hand, as extracted, corrected."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from mediabias.comparison.pairing import need
from mediabias.errors import TableError
from mediabias.figures.kept import keep
from mediabias.figures.style import FAINT, in_margin, in_style, legend, new_axes, records, words

#: Marker and colour of each way, told apart without colour too (colours of Okabe and Ito 2008).
_WAYS = (("D", "#000000"), ("o", "#D55E00"), ("s", "#0072B2"), ("^", "#009E73"))
#: More columns or outlets don't fit a page.
_MOST_ROWS = 40


@in_style
def measured(table: pd.DataFrame, ax: Axes | None = None, *, by: str = "outlet", percent: bool = True) -> Axes:
    """Draw each outlet's mean, measured in several ways, with intervals, below the name of each column.

    Parameters
    ----------
    table : DataFrame
        As from `mediabias.validation.outlet_shares`; one or few columns.
    percent : bool
        The numbers are shares: write them as percentages.

    Raises
    ------
    TableError
        When there are more rows than a page holds, or more ways than there are markers.

    Examples
    --------
    >>> table = pd.DataFrame({"outlet": "Post", "column": "voice__passive", "kind": ["extracted", "corrected"], "mean": [0.2, 0.3],
    ...                       "ci_low": [0.1, 0.2], "ci_high": [0.3, 0.4], "articles": 40})
    >>> [t.get_text() for t in measured(table).get_yticklabels()]
    ['voice: passive', 'Post']
    """
    need(table, [by, "column", "kind", "mean", "ci_low", "ci_high", "articles"], "table")
    kinds = list(dict.fromkeys(table["kind"]))
    if len(kinds) > len(_WAYS):
        raise TableError(f"the table has {len(kinds)} kinds; a figure shows {len(_WAYS)}")
    rows: list[tuple[str, pd.DataFrame | None]] = []
    for column, part in table.groupby("column", sort=False):
        rows.append((words(str(column).replace("__", ": ")), None))
        rows += [(str(outlet), many) for outlet, many in part.groupby(by)]
    if len(rows) > _MOST_ROWS:
        raise TableError(f"{len(rows)} rows do not fit a page of {_MOST_ROWS}; choose columns")
    own = ax is None
    ax = ax or new_axes(0.24 * len(rows) + 1.2)
    step = 0.5 / max(len(kinds) - 1, 1)
    handles = {}
    for y, (_, many) in enumerate(rows):
        for row in records(many) if many is not None else []:
            place = kinds.index(row.kind)
            marker, color = _WAYS[place]
            at = y + (place - (len(kinds) - 1) / 2) * step
            ax.plot([row.ci_low, row.ci_high], [at, at], color=color, linewidth=1.2)
            drawn = ax.plot(row.mean, at, marker=marker, color=color, markersize=4, linestyle="-", label=row.kind)
            handles[row.kind] = drawn[0]
        if many is not None:
            in_margin(ax, y, f"n = {int(many['articles'].max())}")
    ax.set_yticks(range(len(rows)), [label for label, _ in rows])
    for tick, (_, many) in zip(ax.get_yticklabels(), rows, strict=True):
        tick.set_fontweight("normal" if many is not None else "bold")
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "left", "right"]].set_visible(False)
    ax.grid(axis="x", color=FAINT, linewidth=0.3, alpha=0.5)
    if percent:
        ax.xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
    ax.set_xlabel("mean over articles, with its interval")
    legend(ax, own, [handles[k] for k in kinds], len(kinds))
    return keep(ax, table, f"Means by {by}, measured in {len(kinds)} ways ({', '.join(kinds)}). {_apart(table, by)}")


def _apart(table: pd.DataFrame, by: str) -> str:
    """Say how far the other ways are from the first."""
    wide = table.pivot(index=["column", by], columns="kind", values="mean")
    first, *others = dict.fromkeys(table["kind"])
    return " ".join(f"{k} is {(wide[k] - wide[first]).mean():+.3f} from {first} on average." for k in others)
