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

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from mediabias.compare.pairing import counts_once
from mediabias.compare.tables import coverage, most_telling, outlet_means, outlet_totals, select
from mediabias.features.run import FeatureTables

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
    "demanding", "promising", "warning", "praising", "questioning", "mental", "acting", "other",
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
            drawn, is_interactive = draw(*args, **kwargs), plt.isinteractive()
        # A notebook's backend turns interactive with its first figure; to forget that would hide all that follow.
        matplotlib.interactive(is_interactive)
        return drawn

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
    >>> row = {"column": "verbs__accusing", "outlet_a": "Post", "outlet_b": "Echo", "estimate": 4.2, "ci_low": 1.0,
    ...        "ci_high": 7.5, "q": 0.03, "n_events": 6, "n_articles": 24}
    >>> effects(pd.DataFrame([row])).get_xlabel()
    'Echo higher  ←  difference  →  Post higher'
    """
    table = select(effects, columns, baseline)
    parts = table["column"].str.split("__", n=1, expand=True).reindex(columns=[0, 1])
    one_feature = parts[0].nunique() == 1 and parts[1].notna().all()
    table["label"] = [_words(c) for c in (parts[1] if one_feature else table["column"].str.replace("__", ": "))]
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
    features: pd.DataFrame | FeatureTables,
    articles: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    labels: Sequence[str] | None = None,
    prefix: str = "source_labels__type_",
) -> Axes:
    """Draw each outlet's shares of source types as one bar; on the right stands its number of articles with sources.

    Given `FeatureTables`, an outlet's shares pool the spans of its articles, and their number stands on the right; given the
    table of numbers alone, they are means over articles. Rates are made into shares of their sum.

    Examples
    --------
    >>> features = pd.DataFrame({"article_id": ["a"], "source_labels__type_expert": [0.75]})
    >>> features["source_labels__type_citizen"] = 0.25
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Post"]})
    >>> [t.get_text() for t in source_profile(features, articles).texts]
    ['75%', '25%', 'n = 1']
    """
    labels = labels or _known(features, prefix, tuple(SOURCE_TYPES))
    means, n, spans = _numbers(features, articles, prefix, by, labels)
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
        behind = "" if spans is None else f"\n{int(spans.iloc[:, i].max()):,} sources"
        _right(ax, i, f"n = {count}{behind}")
    _legend(ax, own, ax.get_legend_handles_labels()[0], 4)
    return ax


@_in_style
def profile(
    features: pd.DataFrame | FeatureTables,
    articles: pd.DataFrame,
    prefix: str,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    labels: Sequence[str] | None = None,
    title: str = "mean per article",
    percent: bool = False,
) -> Axes:
    """Draw the mean over articles of each label (down) in each outlet (across), its number in the cell.

    Parameters
    ----------
    prefix : str
        Columns whose names begin so are drawn, such as ``"voice__"``; the rest of the name is the label.
    labels : sequence of str, optional
        Which labels, in this order; all in the table's order by default.
    title : str
        What the numbers are, with their unit.
    percent : bool
        The numbers are shares: write them as percentages.

    Examples
    --------
    >>> features = pd.DataFrame({"article_id": ["a", "b"], "voice__passive": [3.0, 5.0]})
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Post", "Echo"]})
    >>> [t.get_text() for t in profile(features, articles, "voice__").texts]
    ['5.0', '3.0']
    """
    means, n, spans = _numbers(features, articles, prefix, by, labels)
    top = np.nanmax(means, initial=0.0)
    form = ".0%" if percent else ".0f" if top >= 100 else ".1f" if top >= 1 else ".2f"
    text = [["–" if np.isnan(x) else f"{x:{form}}" for x in row] for row in means.to_numpy()]
    if spans is not None and percent:
        n = pd.Series([f"{c} ({int(k):,})" for c, k in zip(n, spans.max(), strict=True)], index=n.index)
        title = f"{title}; n: articles (spans)" + (
            f"; grey: fewer than {FEW} spans" if (spans < FEW).any(axis=None) else ""
        )
    return _grid(means, text, n, ax, title, faint=None if spans is None or not percent else (spans < FEW).to_numpy())


def _numbers(
    features: pd.DataFrame | FeatureTables, articles: pd.DataFrame, prefix: str, by: str, labels: Sequence[str] | None
) -> tuple[pd.DataFrame, pd.Series, pd.DataFrame | None]:
    """Return an outlet's numbers: pooled over its spans where these are known, else means over its articles."""
    if isinstance(features, FeatureTables):
        return outlet_totals(features, articles, prefix, by=by, labels=labels)
    means, n = outlet_means(features, articles, prefix, by=by, labels=labels)
    return means, n, None


def verb_profile(
    features: pd.DataFrame | FeatureTables,
    articles: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    labels: Sequence[str] | None = None,
) -> Axes:
    """Draw which shares of each outlet's reporting verbs each class has, as `profile` does."""
    labels = labels or _known(features, "attribution_verbs__", CUE_CLASSES)
    title = "share of reporting verbs"
    return profile(features, articles, "attribution_verbs__", ax, by=by, labels=labels, title=title, percent=True)


def self_description_profile(
    features: pd.DataFrame | FeatureTables,
    articles: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    labels: Sequence[str] | None = None,
) -> Axes:
    """Draw how often each outlet claims what of itself, in claims per article, as `profile` does."""
    labels = labels or _known(features, "self_description__", CLAIMS)
    return profile(features, articles, "self_description__", ax, by=by, labels=labels, title="claims per article")


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
    count, copies = coverage(articles, by=by, within=within)

    def said(n: int, c: int) -> str:
        return f"{n or '–'}" + (f"\n{'○' * c if c <= 4 else f'○ × {c}'}" if c else "")

    text = [[said(n, c) for n, c in zip(*row, strict=True)] for row in zip(count.values, copies.values, strict=True)]
    ax = _grid(count, text, count.sum(), ax, "articles by event", height=0.42)
    if copies.to_numpy().any():
        ax.set_xlabel("○  a copy of another article, counted in the number above it", labelpad=6)
    return ax


def write_all(
    table: pd.DataFrame,
    features: pd.DataFrame | FeatureTables,
    articles: pd.DataFrame,
    out: str | Path,
    formats: Sequence[str] = ("png",),
    *,
    by: str = "outlet",
    within: str | None = "event",
    copies: str = "collapse",
) -> list[Path]:
    """Write every figure that the tables allow into the folder `out`, and return the files.

    `table` is as from `mediabias.compare.compare`. A figure of effects shows its feature's labels of smallest q, as
    many as a page holds; features without a figure of their own get a `profile`.
    """
    articles_once = counts_once(articles, copies, by=by)
    own = {"source_labels": source_profile, "attribution_verbs": verb_profile,
           "self_description": self_description_profile}  # fmt: skip
    drawn = {"corpus": corpus_overview(articles, by=by, within=within)} if within else {}
    for name, part in table.groupby(table["column"].str.split("__").str[0]):
        drawn[f"effects_{name}"] = effects(part, columns=most_telling(part))
        draw = own.get(str(name))
        drawn[f"profile_{name}"] = (
            draw(features, articles_once, by=by) if draw else profile(features, articles_once, f"{name}__", by=by)
        )
    Path(out).mkdir(parents=True, exist_ok=True)
    files = [save(ax, Path(out) / f"{stem}.{suffix}") for stem, ax in sorted(drawn.items()) for suffix in formats]
    for ax in drawn.values():
        plt.close(ax.get_figure(root=True))
    return files


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


def _known(features: pd.DataFrame | FeatureTables, prefix: str, labels: Sequence[str]) -> list[str] | None:
    """Return those of `labels` that the table has, or None (all it has) if it has none of them."""
    table = features.features if isinstance(features, FeatureTables) else features
    return [label for label in labels if f"{prefix}{label}" in table.columns] or None


def _grid(
    values: pd.DataFrame,
    text: list[list[str]],
    n: pd.Series,
    ax: Axes | None,
    title: str,
    *,
    height: float = 0.27,
    faint: np.ndarray | None = None,
) -> Axes:
    """Draw a table whose cells say `text` and are shaded by `values`; `n` stands below each column's name."""
    is_slanted = len(n) > 8
    ax = ax or _axes(height * len(values) + (2.2 if is_slanted else 1.0))
    cells = values.to_numpy(dtype=float)
    top = np.nanmax(cells, initial=0.0) or 1.0
    ax.pcolormesh(np.ma.masked_invalid(cells), cmap=SHADES, vmin=0, vmax=top, edgecolors="white", linewidth=1.5)
    for i, j in np.ndindex(cells.shape):
        color = _readable(SHADES(np.nan_to_num(cells[i, j]) / top))
        if faint is not None and faint[i, j] and text[i][j] != "–":
            ax.add_patch(Rectangle((j, i), 1, 1, facecolor="white", edgecolor="#DDDDDD", linewidth=0.5))
            color = "#9A9A9A"
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
