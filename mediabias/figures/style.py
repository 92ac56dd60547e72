"""How all figures look: sizes, colours, and the small pieces that they share."""

from __future__ import annotations

import re
import textwrap
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure

from mediabias.features import cards, registry
from mediabias.figures.kept import alt_text

#: A share over fewer spans says little, and is drawn grey.
FEW = 20
WIDTH = 7.0  #: inches: the width of a page's text
STYLE: Any = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, so that a figure has the same bytes everywhere
    "font.size": 9,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "legend.frameon": False,
    "hatch.linewidth": 0.6,
    "figure.dpi": 110,
    "savefig.dpi": 200,
    "pdf.fonttype": 42,
    "svg.hashsalt": "mediabias",
}
INK, FAINT, BLUE = "#222222", "#707070", "#0072B2"


#: Even steps of CIELAB from near white to a dark blue: equal differences look equal, in grey too.
SHADES = LinearSegmentedColormap.from_list(
    "shades", ["#F7F7F7", "#D3D8E3", "#AFBACE", "#8B9DBA", "#6781A7", "#406693", "#004C80"]
)
P = ParamSpec("P")
R = TypeVar("R")


def in_style(draw: Callable[P, R]) -> Callable[P, R]:
    """Draw in the house style, whatever the reader has set, and leave their settings as they were."""

    @wraps(draw)
    def styled(*args: P.args, **kwargs: P.kwargs) -> R:
        with plt.rc_context(STYLE):
            drawn, is_interactive = draw(*args, **kwargs), plt.isinteractive()
        # A notebook's backend turns interactive with its first figure; to forget that would hide all that follow.
        matplotlib.interactive(is_interactive)
        return drawn

    return styled


@contextmanager
def missing_signs_named() -> Iterator[None]:
    """Say once which signs the figures' font lacks, and what to do, instead of once for each and each time it is drawn."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    signs = {m[1] for w in caught if (m := re.match(r"Glyph (\d+) .*missing from font", str(w.message)))}
    for other in caught:
        if not str(other.message).startswith("Glyph "):
            warnings.warn_explicit(other.message, other.category, other.filename, other.lineno)
    if signs:
        shown = "".join(chr(int(n)) for n in sorted(signs, key=int)[:12])
        warnings.warn(
            f"the figures' font lacks {len(signs)} signs ({shown}), drawn as boxes: name these outlets in Latin letters, "
            "in a table of outlets (--outlets) or of articles (--meta)",
            stacklevel=3,
        )


def new_axes(height: float) -> Axes:
    """Return Axes on a figure of the text's width and the given height, in inches."""
    return plt.subplots(figsize=(WIDTH, height), layout="constrained")[1]


def legend(ax: Axes, own: bool, handles: Sequence[Any], columns: int) -> None:
    """Put the legend below: the layout finds the room on our own figure, on another's it hangs below the Axes."""
    settings: Any = {"handles": handles, "handlelength": 1.5, "columnspacing": 1.4}
    if own and (figure := ax.get_figure(root=True)):
        figure.legend(loc="outside lower center", ncols=columns, **settings)
        return
    width, height = inches(ax)
    columns = max(1, min(columns, int(width / 1.3)))
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.5 / height), ncols=columns, **settings)


def inches(ax: Axes) -> tuple[float, float]:
    """Return the width and the height of Axes in inches."""
    box = ax.get_window_extent()
    figure = ax.get_figure(root=True)
    assert figure is not None
    return box.width / figure.dpi, box.height / figure.dpi


def in_margin(ax: Axes, y: float, text: str) -> None:
    """Write into the right margin, at the height of a row."""
    ax.text(1.015, y, text, transform=ax.get_yaxis_transform(), va="center", color=FAINT, size=8)


def readable(color: Any) -> str:
    """Return ink or white, whichever stands out from `color` (relative luminance of WCAG 2)."""
    rgb = np.array(to_rgb(color))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return INK if linear @ [0.2126, 0.7152, 0.0722] > 0.21 else "white"


#: More outlets than this don't fit a page, nor do more events.
MOST_OUTLETS, MOST_EVENTS = 12, 40


def most(n: pd.Series, limit: int) -> list[Any]:
    """Return the names of the largest, at most so many, in the order in which they stand.

    Examples
    --------
    >>> most(pd.Series({"a": 1, "b": 9, "c": 4}), 2)
    ['b', 'c']
    """
    chosen = set(n.sort_values(ascending=False, kind="stable").index[:limit])
    return [name for name in n.index if name in chosen]


#: Behind the name of a label that has no score on gold data, and what it means.
UNSCORED = " †"
UNSCORED_MEANS = "† not validated on gold data"


def unscored(column: str) -> str:
    """Return the mark of a shipped column without a score on gold data, or nothing."""
    feature, _, label = column.partition("__")
    return (
        UNSCORED if feature in {p.name for p in registry.shipped()} and cards.said(feature, label) == cards.NONE else ""
    )


def records(table: pd.DataFrame) -> list[Any]:
    """Return the rows as objects with a field a column, whose types are what the table's columns are."""
    return list(table.itertuples())


def words(name: str) -> str:
    """Write a label as words."""
    return name.replace("_", " ")


def wrapped(text: str, width: int) -> str:
    """Break lines that are longer than `width` characters, at spaces."""
    return "\n".join("\n".join(textwrap.wrap(line, width, break_long_words=False)) for line in text.split("\n"))


def save(figure: Axes | Figure, path: str | Path) -> Path:
    """Write a figure to a file whose kind its name says (png, pdf, svg); the same figure gives the same bytes.

    What `alt_text` says stands in the file too: as Description of PNG and SVG, as Subject of PDF.

    Examples
    --------
    >>> import tempfile
    >>> save(plt.figure(), Path(tempfile.mkdtemp()) / "empty.svg").name
    'empty.svg'
    """
    path = Path(path)
    whole = figure if isinstance(figure, Figure) else figure.get_figure(root=True)
    assert whole is not None
    # The time and the version of matplotlib, under the name that each format has for them.
    varying = {".pdf": ("CreationDate", "Creator", "Producer"), ".svg": ("Date", "Creator"), ".png": ("Software",)}
    kind = path.suffix.lower()
    metadata: dict[str, str | None] = dict.fromkeys(varying.get(kind, ()))
    if kind in varying and (said := alt_text(whole)):
        metadata["Subject" if kind == ".pdf" else "Description"] = said
    with plt.rc_context(STYLE):
        whole.savefig(path, metadata=metadata)
    return path
