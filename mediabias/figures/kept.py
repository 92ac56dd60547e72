"""What a figure shows, as a table and in words, kept with its Axes."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

_KEPT: WeakKeyDictionary[Axes, tuple[pd.DataFrame, str]] = WeakKeyDictionary()


def keep(ax: Axes, table: pd.DataFrame, words: str) -> Axes:
    """Keep the numbers that Axes show, and what a reader who can't see them is told; return the Axes."""
    _KEPT[ax] = (table.reset_index(drop=True), " ".join(words.split()))
    return ax


def to_table(ax: Axes) -> pd.DataFrame:
    """Return the numbers that a figure of ours shows.

    Raises
    ------
    KeyError
        When the Axes were not drawn by `mediabias.figures`.
    """
    if ax not in _KEPT:
        raise KeyError("these Axes were not drawn by a function of mediabias.figures")
    return _KEPT[ax][0].copy()


def alt_text(figure: Axes | Figure) -> str:
    """Return what a figure shows in words: for readers who can't see it, and for a page's alternative text."""
    axes = figure.axes if isinstance(figure, Figure) else [figure]
    return " ".join(_KEPT[ax][1] for ax in axes if ax in _KEPT)
