"""One function a figure: each takes tables, draws on the Axes it is given or on new ones, and returns them.

Axes of your own should belong to a figure with ``layout="constrained"``, which finds room for labels and legend.

Colours are those of Okabe and Ito, which people with any colour vision can tell apart, and nothing is said by colour
alone. This is the only module that imports matplotlib.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from mediabias.compare.pairing import need
from mediabias.errors import TableError

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

#: Source types in the order of the bars, each with its colour and hatch.
SOURCE_TYPES = {
    "named_official": (BLUE, ""),
    "unnamed_official": ("#56B4E9", "////"),
    "state_or_institution": ("#009E73", ""),
    "expert": ("#F0E442", ""),
    "company": ("#E69F00", "////"),
    "civil_society": ("#D55E00", ""),
    "citizen": ("#CC79A7", ""),
    "media": ("#555555", ""),
    "document": ("#999999", "////"),
    "unknown": ("#DDDDDD", ""),
}
CUE_CLASSES = (
    "neutral", "declarative", "arguing", "distancing", "hedged", "endorsing", "conceding", "denying", "accusing",
    "demanding", "promising", "warning", "praising", "questioning", "mental", "other",
)  # fmt: skip
CLAIMS = (
    "independence", "impartiality", "accuracy", "public_service", "reader_funding", "persecution", "defiance",
    "state_relation",
)  # fmt: skip

P = ParamSpec("P")
R = TypeVar("R")


def _in_style(draw: Callable[P, R]) -> Callable[P, R]:
    @wraps(draw)
    def styled(*args: P.args, **kwargs: P.kwargs) -> R:
        with plt.rc_context(STYLE):
            return draw(*args, **kwargs)

    return styled


@_in_style
def effects(
    effects: pd.DataFrame,
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
    effects : DataFrame
        As from `mediabias.compare.compare`.
    columns : sequence of str, optional
        Which features to draw, in this order; all by default. They share one axis, so choose those of one unit.
    baseline : str, optional
        Draw only the pairs of this outlet, as the other minus this one.

    Examples
    --------
    >>> row = {"feature": "verbs__accusing", "outlet_a": "Post", "outlet_b": "Echo", "estimate": 4.2, "ci_low": 1.0,
    ...        "ci_high": 7.5, "q": 0.03, "n_events": 6, "n_articles": 24}
    >>> effects(pd.DataFrame([row])).get_xlabel()
    'Echo higher  ←  difference  →  Post higher'
    """
    table = _chosen(effects, columns, baseline)
    parts = table["feature"].str.split("__", n=1, expand=True).reindex(columns=[0, 1])
    one_feature = parts[0].nunique() == 1 and parts[1].notna().all()
    table["label"] = [_words(c) for c in (parts[1] if one_feature else table["feature"].str.replace("__", ": "))]
    pairs = table[["outlet_a", "outlet_b"]].drop_duplicates()
    rows: list[tuple[str, Any]] = []
    for label, group in table.groupby("label", sort=False):
        drawn = list(group.itertuples())
        if len(pairs) == 1:
            rows += [(str(label), row) for row in drawn]
        else:
            rows.append((str(label), None))
            rows += [(f"{r.outlet_a}" if baseline else f"{r.outlet_a} − {r.outlet_b}", r) for r in drawn]
    own = ax is None
    ax = ax or _axes(0.22 * len(rows) + 1.2)
    for y, (_, row) in enumerate(rows):
        if row is not None:
            _estimate(ax, y, row, alpha)
    ax.axvline(0, color=FAINT, linewidth=0.8, zorder=0)
    ax.set_yticks(range(len(rows)), [label for label, _ in rows])
    for tick, (_, row) in zip(ax.get_yticklabels(), rows, strict=True):
        tick.set_fontweight("normal" if row is not None else "bold")
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "left", "right"]].set_visible(False)
    ax.set_xlabel(_direction(pairs, baseline))
    ax.set_title(_words(parts[0].iloc[0]) if one_feature else "")
    ax.text(1.015, 1.01, "events / articles", transform=ax.transAxes, color=FAINT, size=8)
    _legend(ax, own, _effect_kinds(table, alpha), 3)
    return ax


@_in_style
def source_profile(
    features: pd.DataFrame,
    articles: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    labels: Sequence[str] | None = None,
    prefix: str = "source_labels",
) -> Axes:
    """Draw each outlet's shares of source types as one bar; on the right stands its number of articles.

    Shares are of the sum of the outlet's mean rates, so that an article counts by its rate, not by its length.

    Examples
    --------
    >>> features = pd.DataFrame({"article_id": ["a"], "source_labels__expert": [3.0], "source_labels__citizen": [1.0]})
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Post"]})
    >>> [t.get_text() for t in source_profile(features, articles).texts]
    ['75%', '25%', 'n = 1']
    """
    labels = labels or _known(features, prefix, tuple(SOURCE_TYPES))
    means, n = _means(features, articles, by, prefix, labels)
    total = means.sum().to_numpy()
    shares = means.to_numpy() / np.where(total > 0, total, 1.0)
    own = ax is None
    ax = ax or _axes(0.36 * len(n) + 1.4)
    y, left = np.arange(len(n)), np.zeros(len(n))
    room = 0.055 if own else 0.28 / _inches(ax)[0]  # a smaller share has no place for its number
    for label, share in zip(means.index, shares, strict=True):
        color, hatch = SOURCE_TYPES.get(label, ("#FFFFFF", "...."))
        ax.barh(y, share, 0.72, left, color=color, hatch=hatch, edgecolor="white", label=_words(label))
        patch = {"facecolor": color, "edgecolor": "none", "pad": 0.8}  # keeps the hatch away from the number
        for i in np.flatnonzero(share >= room).tolist():
            middle = left[i] + share[i] / 2
            ax.text(middle, i, f"{share[i]:.0%}", ha="center", va="center", color=_readable(color), size=8, bbox=patch)
        left += share
    for i in np.flatnonzero(total <= 0).tolist():
        ax.text(0.01, i, "no source found", va="center", color=FAINT)
    ax.set_yticks(y, [_wrapped(str(o), 22) for o in n.index])
    ax.set_ylim(len(n) - 0.5, -0.5)
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
    ax.set_xlabel("share of attributed sources")
    ax.spines[["top", "left", "right"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    for i, count in enumerate(n):
        _right(ax, i, f"n = {count}")
    _legend(ax, own, ax.get_legend_handles_labels()[0], 4)
    return ax


@_in_style
def profile(
    features: pd.DataFrame,
    articles: pd.DataFrame,
    prefix: str,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    labels: Sequence[str] | None = None,
    title: str = "mean per article",
) -> Axes:
    """Draw the mean of each label (down) in each outlet (across), its number in the cell.

    Parameters
    ----------
    prefix : str
        The feature: columns ``prefix__label`` are drawn.
    labels : sequence of str, optional
        Which labels, in this order; all in the table's order by default.
    title : str
        What the numbers are, with their unit.

    Examples
    --------
    >>> features = pd.DataFrame({"article_id": ["a", "b"], "voice__passive": [3.0, 5.0]})
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Post", "Echo"]})
    >>> [t.get_text() for t in profile(features, articles, "voice").texts]
    ['5.0', '3.0']
    """
    means, n = _means(features, articles, by, prefix, labels)
    top = np.nanmax(means, initial=0.0)
    digits = 0 if top >= 100 else 1 if top >= 1 else 2
    text = [["–" if np.isnan(x) else f"{x:.{digits}f}" for x in row] for row in means.to_numpy()]
    return _grid(means, text, n, ax, title)


def verb_profile(
    features: pd.DataFrame,
    articles: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    labels: Sequence[str] | None = None,
) -> Axes:
    """Draw how often each outlet uses each class of reporting verb, as `profile` does."""
    labels = labels or _known(features, "attribution_verbs", CUE_CLASSES)
    title = "reporting verbs per 1,000 words"
    return profile(features, articles, "attribution_verbs", ax, by=by, labels=labels, title=title)


def self_description_profile(
    features: pd.DataFrame,
    articles: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    labels: Sequence[str] | None = None,
) -> Axes:
    """Draw how often each outlet claims what of itself, as `profile` does."""
    labels = labels or _known(features, "self_description", CLAIMS)
    title = "claims about itself per 1,000 words"
    return profile(features, articles, "self_description", ax, by=by, labels=labels, title=title)


@_in_style
def corpus_overview(
    articles: pd.DataFrame, ax: Axes | None = None, *, by: str = "outlet", within: str = "event"
) -> Axes:
    """Draw how many articles each outlet has on each event; an open circle is one that is a copy of another.

    Examples
    --------
    >>> articles = pd.DataFrame({"outlet": ["Post", "Echo"], "event": "floods", "copy_of": ["", "post-1"]})
    >>> [t.get_text() for t in corpus_overview(articles).texts]
    ['1\\n○', '1']
    """
    need(articles, [by, within, "copy_of"], "articles")
    known = articles[articles[by].fillna("").ne("") & articles[within].fillna("").ne("")]
    if known.empty:
        raise TableError(f"articles: none has both {by!r} and {within!r}: run `mediabias events` first")
    count = pd.crosstab(known[within], known[by])
    copied = known[known["copy_of"].fillna("").ne("")]
    copies = pd.crosstab(copied[within], copied[by]).reindex_like(count).fillna(0).astype(int)

    def said(n: int, c: int) -> str:
        return f"{n or '–'}" + (f"\n{'○' * c if c <= 4 else f'○ × {c}'}" if c else "")

    text = [[said(n, c) for n, c in zip(*row, strict=True)] for row in zip(count.values, copies.values, strict=True)]
    ax = _grid(count, text, count.sum(), ax, "articles by event", height=0.42)
    if len(copied):
        ax.set_xlabel("○  a copy of another article, counted in the number above it", labelpad=6)
    return ax


def save(figure: Axes | Figure, path: str | Path) -> Path:
    """Write a figure to a file whose kind its name says (png, pdf, svg); the same figure gives the same bytes.

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
    with plt.rc_context(STYLE):
        whole.savefig(path, metadata=dict.fromkeys(varying.get(path.suffix.lower(), ())))
    return path


def _axes(height: float) -> Axes:
    return plt.subplots(figsize=(WIDTH, height), layout="constrained")[1]


def _chosen(effects: pd.DataFrame, columns: Sequence[str] | None, baseline: str | None) -> pd.DataFrame:
    """Return the rows to draw, in order, each turned so that `baseline` is the one that is taken away."""
    columns_needed = ["feature", "outlet_a", "outlet_b", "estimate", "ci_low", "ci_high", "q", "n_events", "n_articles"]
    need(effects, columns_needed, "effects")
    there = list(dict.fromkeys(effects["feature"]))
    wanted = there if columns is None else list(columns)
    if absent := [c for c in wanted if c not in there]:
        raise TableError(f"effects has no feature {absent[0]!r}; it has {', '.join(there)}")
    table = pd.concat([effects[effects["feature"].eq(c)] for c in wanted] or [effects[:0]], ignore_index=True)
    if baseline is not None:
        table = table[table["outlet_a"].eq(baseline) | table["outlet_b"].eq(baseline)].reset_index(drop=True)
        swap = table["outlet_a"].eq(baseline)
        for one, two in (("outlet_a", "outlet_b"), ("ci_low", "ci_high")):
            table[one], table[two] = table[one].mask(swap, table[two]), table[two].mask(swap, table[one])
        for c in ("estimate", "ci_low", "ci_high"):
            table[c] = table[c].mask(swap, -table[c])
    if table.empty:
        raise TableError("effects: no row to draw" + (f" with baseline {baseline!r}" if baseline else ""))
    return table


def _estimate(ax: Axes, y: int, row: Any, alpha: float) -> None:
    """Draw one row of the forest plot: interval, marker and counts."""
    _right(ax, y, f"{row.n_events} / {row.n_articles}")
    if np.isnan(row.estimate):
        ax.text(0, y, "  no event in common", va="center", color=FAINT, size=8)
        return
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
        return f"{pairs['outlet_b'].iloc[0]} higher  ←  difference  →  {pairs['outlet_a'].iloc[0]} higher"
    return f"difference from {baseline}" if baseline else "difference, first outlet minus second"


def _known(features: pd.DataFrame, prefix: str, labels: Sequence[str]) -> list[str] | None:
    """Return those of `labels` that the table has, or None (all it has) if it has none of them."""
    return [label for label in labels if f"{prefix}__{label}" in features.columns] or None


def _means(
    features: pd.DataFrame, articles: pd.DataFrame, by: str, prefix: str, labels: Sequence[str] | None
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the mean of each label in each outlet (labels x outlets), and how many articles each outlet has."""
    columns = [c for c in features.columns if str(c).startswith(f"{prefix}__")]
    if labels is not None:
        columns = [f"{prefix}__{label}" for label in labels]
    need(features, ["article_id", *(columns or [f"{prefix}__*"])], "features")
    need(articles, ["article_id", by], "articles")
    about = articles.loc[articles[by].fillna("").ne(""), ["article_id", by]]
    groups = about.merge(features[["article_id", *columns]], on="article_id").groupby(by)
    return groups[columns].mean().T.rename(lambda c: c.split("__", 1)[1]), groups.size()


def _grid(
    values: pd.DataFrame, text: list[list[str]], n: pd.Series, ax: Axes | None, title: str, *, height: float = 0.27
) -> Axes:
    """Draw a table whose cells say `text` and are shaded by `values`; `n` stands below each column's name."""
    is_slanted = len(n) > 8
    ax = ax or _axes(height * len(values) + (2.2 if is_slanted else 1.0))
    cells = values.to_numpy(dtype=float)
    top = np.nanmax(cells, initial=0.0) or 1.0
    ax.pcolormesh(np.ma.masked_invalid(cells), cmap=SHADES, vmin=0, vmax=top, edgecolors="white", linewidth=1.5)
    for i, j in np.ndindex(cells.shape):
        color = _readable(SHADES(np.nan_to_num(cells[i, j]) / top))
        ax.text(j + 0.5, i + 0.5, text[i][j], ha="center", va="center", color=color, linespacing=0.95)
    heads = [_wrapped(f"{o}\nn = {c}", max(9, 72 // len(n))) for o, c in n.items()]
    slant: Any = {}
    if is_slanted:
        heads = [f"{o}, n = {c}" for o, c in n.items()]
        slant = {"rotation": 45, "ha": "left", "rotation_mode": "anchor"}
    ax.set_xticks(np.arange(len(heads)) + 0.5, heads, **slant)
    ax.set_yticks(np.arange(len(cells)) + 0.5, [_wrapped(_words(str(r)), 26) for r in values.index])
    ax.set_ylim(len(cells), 0)
    ax.tick_params(length=0, labeltop=True, labelbottom=False)
    ax.spines[:].set_visible(False)
    ax.set_title(title, pad=8)
    return ax


def _legend(ax: Axes, own: bool, handles: Sequence[Any], columns: int) -> None:
    """Put the legend below: the layout finds the room on our own figure, on another's it hangs below the Axes."""
    settings: Any = {"handles": handles, "handlelength": 1.5, "columnspacing": 1.4}
    if own and (figure := ax.get_figure(root=True)):
        figure.legend(loc="outside lower center", ncols=columns, **settings)
        return
    width, height = _inches(ax)
    columns = max(1, min(columns, int(width / 1.3)))
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.5 / height), ncols=columns, **settings)


def _inches(ax: Axes) -> tuple[float, float]:
    box = ax.get_window_extent()
    figure = ax.get_figure(root=True)
    assert figure is not None
    return box.width / figure.dpi, box.height / figure.dpi


def _right(ax: Axes, y: float, text: str) -> None:
    """Write into the right margin, at the height of a row."""
    ax.text(1.015, y, text, transform=ax.get_yaxis_transform(), va="center", color=FAINT, size=8)


def _readable(color: Any) -> str:
    """Return ink or white, whichever stands out from `color` (relative luminance of WCAG 2)."""
    rgb = np.array(to_rgb(color))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return INK if linear @ [0.2126, 0.7152, 0.0722] > 0.21 else "white"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _wrapped(text: str, width: int) -> str:
    return "\n".join("\n".join(textwrap.wrap(line, width, break_long_words=False)) for line in text.split("\n"))
