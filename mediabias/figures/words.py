"""Words that outlets prefer, and what they call the actors of an event."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mediabias.comparison.pairing import need
from mediabias.errors import TableError
from mediabias.figures.kept import keep
from mediabias.figures.style import (
    BLUE,
    FAINT,
    INK,
    SHADES,
    in_margin,
    in_style,
    new_axes,
    readable,
    records,
    words,
    wrapped,
)


@in_style
def log_odds(table: pd.DataFrame, group: str, ax: Axes | None = None, *, n: int = 12) -> Axes:
    """Draw the words that a group uses most more, and least, with their intervals; on the right how often it uses each.

    Parameters
    ----------
    table : DataFrame
        As from `mediabias.log_odds`.
    group : str
        Whose words.
    n : int
        Words at each end.

    Examples
    --------
    >>> table = pd.DataFrame({"word": ["claim", "say"], "group": "Post", "log_odds": [1.2, -0.8], "z": [3.0, -2.0],
    ...                       "ci_low": [0.4, -1.1], "ci_high": [1.9, -0.2], "q": [0.01, 0.04], "count": [9, 30], "articles": [7, 20]})
    >>> [t.get_text() for t in log_odds(table, "Post").get_yticklabels()]
    ['claim', 'say']
    """
    need(table, ["word", "group", "log_odds", "z", "ci_low", "ci_high", "q", "count", "articles"], "table")
    own = table[table["group"] == group].sort_values(["z", "word"], ascending=[False, True], kind="stable")
    if own.empty:
        raise TableError(f"no group {group!r} in the table; there are {', '.join(sorted(set(table['group'])))}")
    own = own if len(own) <= 2 * n else pd.concat([own.head(n), own.tail(n)])
    ax = ax or new_axes(0.21 * len(own) + 1.0)
    for y, row in enumerate(records(own)):
        clear = row.q < 0.05
        ax.plot([row.ci_low, row.ci_high], [y, y], color=BLUE if clear else INK, linewidth=1.4)
        ax.plot(
            row.log_odds, y, "o", markersize=5, color=BLUE if clear else INK, markerfacecolor=BLUE if clear else "white"
        )
        in_margin(ax, y, f"{row.count} in {row.articles}")
    ax.axvline(0, color=FAINT, linewidth=0.8, zorder=0)
    ax.set_yticks(range(len(own)), list(own["word"]))
    ax.set_ylim(len(own) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "left", "right"]].set_visible(False)
    ax.set_xlabel(f"others more  ←  log-odds  →  {group} more; filled: q < 0.05")
    ax.text(1.015, 1.01, "uses in articles", transform=ax.transAxes, color=FAINT, size=8)
    said = f"Words that {group} uses more than the others: {', '.join(own['word'].head(5))}; less: {', '.join(own['word'].tail(5))}."
    return keep(ax, own, said)


@in_style
def actor_labels(
    names: pd.DataFrame, ax: Axes | None = None, *, actors: Sequence[str] | None = None, most: int = 12
) -> Axes:
    """Draw what each outlet calls each actor of an event: actors down, outlets across, names with how often in the cells.

    Parameters
    ----------
    names : DataFrame
        As from `mediabias.actor_names`, of one event.
    actors : sequence of str, optional
        Which actors; by default those that most outlets name, at most `most`.

    Examples
    --------
    >>> names = pd.DataFrame({"event": "e", "actor": "front", "kind": "group", "outlet": ["Post", "Tribune"],
    ...                       "name": ["rebels", "separatists"], "n": [3, 2]})
    >>> [t.get_text() for t in actor_labels(names).texts]
    ['rebels 3', 'separatists 2']
    """
    need(names, ["event", "actor", "outlet", "name", "n"], "names")
    if names["event"].nunique() > 1:
        raise TableError(
            f"the names are of {names['event'].nunique()} events; filter to one, since an actor is one within an event"
        )
    chosen = list(actors) if actors is not None else list(dict.fromkeys(names["actor"]))[:most]
    names = names[names["actor"].isin(chosen)]
    if names.empty:
        raise TableError("no name to draw")
    outlets = sorted(set(names["outlet"]))
    counts = names.pivot_table(index="actor", columns="outlet", values="n", aggfunc="sum").reindex(
        index=chosen, columns=outlets
    )
    width = max(10, 96 // (len(outlets) + 1))
    cells = [[_cell(names, a, o, width) for o in outlets] for a in chosen]
    heights = [max(1, *(c.count("\n") + 1 for c in row)) for row in cells]
    edges = np.concatenate([[0], np.cumsum([0.14 * h + 0.14 for h in heights])])
    ax = ax or new_axes(float(edges[-1]) + 0.8)
    often = counts.to_numpy(dtype=float)
    top = np.nanmax(often)
    for i, row in enumerate(cells):
        for j, text in enumerate(row):
            share = 0.0 if np.isnan(often[i, j]) else often[i, j] / top
            shade = SHADES(0.5 * share)
            ax.fill_between([j, j + 1], edges[i], edges[i + 1], color=shade, edgecolor="white", linewidth=1.5)
            ax.text(
                j + 0.5, (edges[i] + edges[i + 1]) / 2, text, ha="center", va="center", size=7.5, color=readable(shade)
            )
    ax.set_xticks(np.arange(len(outlets)) + 0.5, [wrapped(o, width) for o in outlets])
    ax.set_yticks((edges[:-1] + edges[1:]) / 2, [wrapped(words(a), 18) for a in chosen])
    ax.set_xlim(0, len(outlets))
    ax.set_ylim(edges[-1], 0)
    ax.tick_params(length=0, labeltop=True, labelbottom=False)
    ax.spines[:].set_visible(False)
    return keep(
        ax, names, f"What {len(outlets)} outlets call {len(chosen)} actors of the event {names['event'].iloc[0]}."
    )


def _cell(names: pd.DataFrame, actor: str, outlet: str, width: int) -> str:
    own = names[(names["actor"] == actor) & (names["outlet"] == outlet)].sort_values(
        ["n", "name"], ascending=[False, True]
    )
    shown = [wrapped(f"{r.name} {r.n}", width) for r in records(own)][:3]
    return "\n".join(shown) + ("\n…" if len(own) > 3 else "")
