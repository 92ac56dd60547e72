"""What each outlet does how often: shares of sources, of verbs, of claims; who covers what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from mediabias.comparison.tables import coverage, outlet_means, outlet_totals
from mediabias.features.attribution_verbs import AttributionVerbs
from mediabias.features.run import FeatureTables
from mediabias.features.self_description import SelfDescription
from mediabias.features.source_labels import SourceLabels
from mediabias.figures.kept import keep
from mediabias.figures.style import (
    FAINT,
    FEW,
    INK,
    MOST_EVENTS,
    MOST_OUTLETS,
    SHADES,
    UNSCORED_MEANS,
    in_margin,
    in_style,
    inches,
    legend,
    most,
    new_axes,
    readable,
    unscored,
    words,
    wrapped,
)

#: Bars that are hatched, so that neighbours differ without colour, too.
_HATCHED = frozenset(("unnamed_official", "company", "document"))
#: Source types in the order of the bars, each with its colour and hatch; verb classes and claims in that of the rows.
SOURCE_TYPES = {
    name.removeprefix("type_"): (label.color, "////" if name.removeprefix("type_") in _HATCHED else "")
    for name, label in SourceLabels.labels.items()
    if name.startswith("type_")
}
CUE_CLASSES = tuple(name for name, label in AttributionVerbs.labels.items() if label.group == "cues by class")
CLAIMS = tuple(SelfDescription.labels)


@in_style
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
    ax = ax or new_axes(0.36 * len(n) + 1.4)
    y, left = np.arange(len(n)), np.zeros(len(n))
    room = 0.055 if own else 0.28 / inches(ax)[0]  # a smaller share has no place for its number
    for label, share in zip(means.index, shares, strict=True):
        color, hatch = SOURCE_TYPES.get(label, ("#FFFFFF", "...."))
        ax.barh(y, share, 0.72, left, color=color, hatch=hatch, edgecolor="white", label=words(label))
        patch = {"facecolor": color, "edgecolor": "none", "pad": 0.8}  # keeps the hatch away from the number
        for i in np.flatnonzero(share >= room).tolist():
            middle = left[i] + share[i] / 2
            ax.text(middle, i, f"{share[i]:.0%}", ha="center", va="center", color=readable(color), size=8, bbox=patch)
        left += share
    for i in np.flatnonzero(total <= 0).tolist():
        ax.text(0.01, i, "no source found", va="center", color=FAINT)
    ax.set_yticks(y, [wrapped(str(o), 22) for o in n.index])
    ax.set_ylim(len(n) - 0.5, -0.5)
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
    ax.set_xlabel("share of attributed sources" + _left_out(articles, by, len(n)))
    ax.spines[["top", "left", "right"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    for i, count in enumerate(n):
        behind = "" if spans is None else f"\n{int(spans.iloc[:, i].max()):,} sources"
        in_margin(ax, i, f"n = {count}{behind}")
    legend(ax, own, ax.get_legend_handles_labels()[0], 4)
    told = "; ".join(
        f"{outlet}: " + ", ".join(f"{words(str(label))} {x:.0%}" for label, x in top.items() if x > 0)
        for outlet, top in _largest(pd.DataFrame(shares.T, means.columns, means.index).T)
    )
    return keep(ax, _long(means, n, spans, by), f"Shares of types of sources by {by}, the largest three. {told}.")


@in_style
def profile(
    features: pd.DataFrame | FeatureTables,
    articles: pd.DataFrame,
    prefix: str,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    labels: Sequence[str] | None = None,
    title: str = "",
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
        What the numbers are, with their unit; by default the unit that the data dictionary gives.
    percent : bool
        The numbers are shares: write them as percentages.

    Examples
    --------
    >>> features = pd.DataFrame({"article_id": ["a", "b"], "voice__passive": [3.0, 5.0]})
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Post", "Echo"]})
    >>> [t.get_text() for t in profile(features, articles, "voice__").texts]
    ['5.0', '3.0']
    """
    title = title or _unit(features, prefix)
    means, n, spans = _numbers(features, articles, prefix, by, labels)
    shown, counted = means.copy(), n
    top = means.fillna(0.0).to_numpy().max(initial=0.0)
    form = ".0%" if percent else ".0f" if top >= 100 else ".1f" if top >= 1 else ".2f"
    text = [["–" if np.isnan(x) else f"{x:{form}}" for x in row] for row in means.to_numpy()]
    if spans is not None and percent:
        n = pd.Series([f"{c} ({int(k):,})" for c, k in zip(n, spans.max(), strict=True)], index=n.index)
        title = f"{title}; n: articles (spans)" + (
            f"; italics: fewer than {FEW} spans" if (spans < FEW).any(axis=None) else ""
        )
    title += _left_out(articles, by, len(means.columns))
    marks = [unscored(f"{prefix}{label}") for label in means.index]
    means.index = pd.Index([f"{label}{mark}" for label, mark in zip(means.index, marks, strict=True)])
    title += f"\n{UNSCORED_MEANS}" if any(marks) else ""
    told = "; ".join(
        f"{outlet}: " + ", ".join(f"{words(str(label))} {x:{form}}" for label, x in top.items())
        for outlet, top in _largest(shown)
    )
    faint = None if spans is None or not percent else (spans < FEW).to_numpy()
    ax = _grid(means, text, n, ax, title, faint=faint)
    return keep(ax, _long(shown, counted, spans, by), f"{words(prefix.strip('_'))} by {by}, the largest three. {told}.")


def _long(values: pd.DataFrame, n: pd.Series, spans: pd.DataFrame | None, by: str, name: str = "label") -> pd.DataFrame:
    """Return what a profile shows with a row for each label and outlet."""
    long = values.rename_axis(index=name, columns=by).reset_index().melt(id_vars=name)
    if spans is not None:
        long["spans"] = spans.to_numpy().ravel(order="F")
    return long.assign(articles=long[by].map(n))


def _largest(values: pd.DataFrame) -> list[tuple[str, pd.Series]]:
    """Return each outlet with its three largest numbers."""
    return [(str(o), values[o].dropna().sort_values(ascending=False, kind="stable").head(3)) for o in values]


def _numbers(
    features: pd.DataFrame | FeatureTables, articles: pd.DataFrame, prefix: str, by: str, labels: Sequence[str] | None
) -> tuple[pd.DataFrame, pd.Series, pd.DataFrame | None]:
    """Return an outlet's numbers: pooled over its spans where these are known, else means over its articles."""
    if isinstance(features, FeatureTables):
        values, n, spans = outlet_totals(features, articles, prefix, by=by, labels=labels)
        kept = most(n, MOST_OUTLETS)
        return values[kept], n[kept], spans[kept]
    means, n = outlet_means(features, articles, prefix, by=by, labels=labels)
    kept = most(n, MOST_OUTLETS)
    return means[kept], n[kept], None


def _unit(features: pd.DataFrame | FeatureTables, prefix: str) -> str:
    """Return the unit that all columns with the prefix have, where it is known and one."""
    if isinstance(features, FeatureTables):
        units = features.dictionary.loc[features.dictionary["column"].str.startswith(prefix), "unit"].unique()
        return str(units[0]) if len(units) == 1 else "share, rate or count, as the data dictionary says"
    return "mean per article"


def _left_out(articles: pd.DataFrame, by: str, shown: int) -> str:
    """Say how many outlets are not drawn."""
    there = articles[by].fillna("").replace("", None).nunique() if by in articles else shown
    return f" ({shown} of {there} {by}s, those with most articles)" if there > shown >= MOST_OUTLETS else ""


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


@in_style
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
    said_short = _left_out(articles, by, min(len(count.columns), MOST_OUTLETS))
    columns, rows = most(count.sum(), MOST_OUTLETS), most(count.gt(0).sum(axis=1), MOST_EVENTS)
    said_short += f"; {len(rows)} of {len(count)} {within}s" if len(rows) < len(count) else ""
    n = count.sum()[columns]  # of all events, also those that are not drawn
    count, copies = count.loc[rows, columns], copies.loc[rows, columns]

    def said(n: int, c: int) -> str:
        return f"{n or '–'}" + (f"\n{'○' * c if c <= 4 else f'○ × {c}'}" if c else "")

    text = [[said(n, c) for n, c in zip(*row, strict=True)] for row in zip(count.values, copies.values, strict=True)]
    ax = _grid(count, text, n, ax, f"articles by {within}{said_short}", height=0.42 if len(count) <= 20 else 0.25)
    if copies.to_numpy().any():
        ax.set_xlabel("○  a copy of another article, counted in the number above it", labelpad=6)
    table = _long(count, n, None, by, within).rename(columns={"value": "shown", "articles": "of_all"})
    table = table.assign(copies=copies.to_numpy().ravel(order="F"))
    told = ", ".join(f"{outlet} {k}" for outlet, k in n.items())
    return keep(ax, table, f"Articles by {within} and {by}. In all: {told}.")


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
    ax = ax or new_axes(height * len(values) + (2.2 if is_slanted else 1.0))
    cells = values.to_numpy(dtype=float)
    top = np.nan_to_num(cells).max(initial=0.0) or 1.0
    ax.pcolormesh(np.ma.masked_invalid(cells), cmap=SHADES, vmin=0, vmax=top, edgecolors="white", linewidth=1.5)
    for i, j in np.ndindex(cells.shape):
        color, slope = readable(SHADES(np.nan_to_num(cells[i, j]) / top)), "normal"
        if faint is not None and faint[i, j] and text[i][j] != "–":
            # What rests on little is told by pale shades and by slanted numbers, so that it is seen without colours, too.
            ax.add_patch(Rectangle((j, i), 1, 1, facecolor="white", alpha=0.55, linewidth=0))
            color, slope = INK, "italic"
        ax.text(j + 0.5, i + 0.5, text[i][j], ha="center", va="center", color=color, style=slope, linespacing=0.95)
    heads = [wrapped(f"{o}\nn = {c}", max(9, 72 // len(n))) for o, c in n.items()]
    slant: Any = {}
    if is_slanted:
        heads = [f"{o}, n = {c}" for o, c in n.items()]
        slant = {"rotation": 45, "ha": "left", "rotation_mode": "anchor"}
    ax.set_xticks(np.arange(len(heads)) + 0.5, heads, **slant)
    ax.set_yticks(np.arange(len(cells)) + 0.5, [wrapped(words(str(r)), 26) for r in values.index])
    ax.set_ylim(len(cells), 0)
    ax.tick_params(length=0, labeltop=True, labelbottom=False)
    ax.spines[:].set_visible(False)
    ax.set_title(title, pad=8)
    return ax
