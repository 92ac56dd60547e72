"""What a study is judged by: its power, its agreement, its specifications, its course in time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mediabias.comparison.pairing import need
from mediabias.comparison.planning import smallest_ratio
from mediabias.errors import TableError
from mediabias.figures.kept import keep
from mediabias.figures.style import BLUE, FAINT, INK, in_margin, in_style, legend, new_axes, records, words, wrapped

#: Line styles, so that lines are told apart without colour (colours of Okabe and Ito 2008).
_LINES = (("#0072B2", "-", "o"), ("#D55E00", "--", "s"), ("#009E73", "-.", "^"), ("#CC79A7", ":", "D"),
          ("#56B4E9", "-", "v"), ("#E69F00", "--", "P"), ("#555555", "-.", "X"), ("#000000", ":", "*"))  # fmt: skip


@in_style
def power(table: pd.DataFrame, ax: Axes | None = None, *, wanted: float = 0.8) -> Axes:
    """Draw the chance to find a difference by its size as a ratio, a line for each number of events.

    Parameters
    ----------
    table : DataFrame
        As from `mediabias.power`, of one column.
    wanted : float
        Drawn as a line across; where each number of events reaches it is in the legend.

    Examples
    --------
    >>> table = pd.DataFrame({"column": "v__a", "events": 20, "ratio": [1.0, 2.0], "power": [0.05, 0.9]})
    >>> power(table).get_ylabel()
    'chance to find it'
    """
    need(table, ["column", "events", "ratio", "power"], "table")
    if table["column"].nunique() != 1:
        raise TableError(f"the table has {table['column'].nunique()} columns; draw one at a time")
    own = ax is None
    ax = ax or new_axes(3.4)
    reached = smallest_ratio(table, wanted).set_index("events")["ratio"]
    handles = []
    for (n, part), (color, line, marker) in zip(table.groupby("events"), _LINES, strict=False):
        found = f"{wanted:.0%} from {reached[n]:.2g} times" if not np.isnan(reached[n]) else f"never {wanted:.0%}"
        handles += ax.plot(
            part["ratio"],
            part["power"],
            linestyle=line,
            marker=marker,
            color=color,
            markersize=4,
            label=f"{n} events ({found})",
        )
    ax.axhline(wanted, color=FAINT, linewidth=0.8, zorder=0)
    ax.set_ylim(0, 1.02)
    ax.yaxis.set_major_formatter(lambda y, _: f"{y:.0%}")
    ax.set_ylabel("chance to find it")
    ax.set_xlabel(f"true ratio of the outlets' {words(table['column'].iloc[0].replace('__', ': '))}")
    legend(ax, own, handles, 2)
    said = "; ".join(
        f"{n} events find a ratio of {d:.2g} in {wanted:.0%} of studies" for n, d in reached.items() if not np.isnan(d)
    )
    return keep(ax, table, f"Power by size of the difference. {said}.")


@in_style
def agreement(table: pd.DataFrame, ax: Axes | None = None, *, enough: float = 0.8, tentative: float = 0.667) -> Axes:
    """Draw Krippendorff's alpha of each label with its interval, and the bounds that are customary (Krippendorff 2019).

    Examples
    --------
    >>> table = pd.DataFrame({"label": ["passive"], "units": 90, "percent": 0.9, "alpha": 0.75, "alpha_low": 0.6, "alpha_high": 0.87})
    >>> [t.get_text() for t in agreement(table).get_yticklabels()]
    ['passive']
    """
    need(table, ["label", "units", "percent", "alpha", "alpha_low", "alpha_high"], "table")
    ax = ax or new_axes(0.26 * len(table) + 1.1)
    for y, row in enumerate(records(table)):
        in_margin(ax, y, f"{row.percent:.0%} of {row.units}")
        if np.isnan(row.alpha):
            ax.text(0.02, y, "all codes are the same", va="center", color=FAINT, size=8)
            continue
        ax.plot([row.alpha_low, row.alpha_high], [y, y], color=INK, linewidth=1.4)
        ax.plot(
            row.alpha,
            y,
            "o",
            color=BLUE if row.alpha >= enough else INK,
            markerfacecolor=BLUE if row.alpha >= enough else "white",
        )
    for bound, text in ((tentative, f"{tentative:g}"), (enough, f"{enough:g}")):
        ax.axvline(bound, color=FAINT, linewidth=0.8, linestyle="--", zorder=0)
        ax.text(bound, -0.75, text, ha="center", va="bottom", color=FAINT, size=8)
    ax.set_xlim(min(0.0, float(np.nanmin(table["alpha_low"].fillna(0)))), 1.02)
    ax.set_yticks(range(len(table)), [words(k) for k in table["label"]])
    ax.set_ylim(len(table) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "left", "right"]].set_visible(False)
    ax.set_xlabel("Krippendorff's alpha")
    ax.text(1.015, 1.01, "equal", transform=ax.transAxes, color=FAINT, size=8)
    said = ", ".join(f"{words(r.label)} {r.alpha:.2f}" for r in records(table) if not np.isnan(r.alpha))
    return keep(ax, table, f"Agreement of coders, Krippendorff's alpha: {said}.")


@in_style
def specification_curve(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the estimates of all specifications, sorted, with intervals; below, which choices each was made with.

    Parameters
    ----------
    table : DataFrame
        As from `mediabias.specifications`.

    Examples
    --------
    >>> table = pd.DataFrame({"copies": ["keep", "collapse"], "estimate": [0.1, 0.2], "ci_low": [-0.1, 0.05], "ci_high": [0.3, 0.35],
    ...                       "p": 0.1, "n_articles": 20, "n_events": 10, "stands": [False, True]})
    >>> [t.get_text() for t in specification_curve(table).get_yticklabels()]
    ['copies: collapse', 'copies: keep']
    """
    need(table, ["estimate", "ci_low", "ci_high", "stands"], "table")
    choices = [c for c in table.columns[: list(table.columns).index("estimate")] if table[c].nunique() > 1]
    rows = [(c, v) for c in choices for v in sorted(table[c].unique(), key=str)]
    labels = [f"{words(str(c))}: {v}" for c, v in rows]
    room = len(rows) * 0.19  # inches of the choices; the curve stands above them, within the same Axes
    ax = ax or new_axes(room + 2.5)
    upper = 2.0 / (2.0 + room)
    ax.set_yticks(range(len(rows)), [wrapped(k, 34) for k in labels])
    ax.set_ylim(len(rows) - 0.4, -0.6 - (len(rows) + 0.2) * upper / (1 - upper))
    ax.set_xlim(-0.8, len(table) - 0.2)
    ax.set_xticks([])
    ax.tick_params(axis="y", length=0, labelsize=7.5)
    ax.spines[:].set_visible(False)
    for y, (c, v) in enumerate(rows):
        ax.axhline(y, color="#EEEEEE", linewidth=6, zorder=0)
        at = np.flatnonzero((table[c] == v).to_numpy())
        ax.plot(at, np.full(len(at), y), "s", markersize=3, color=INK)
    above = ax.inset_axes((0, 1 - upper * 0.92, 1, upper * 0.92))
    above.axhline(0, color=FAINT, linewidth=0.8)
    for x, row in enumerate(records(table)):
        color = BLUE if row.stands else INK
        above.plot([x, x], [row.ci_low, row.ci_high], color=color, linewidth=1.1)
        above.plot(x, row.estimate, "o", markersize=3.5, color=color, markerfacecolor=BLUE if row.stands else "white")
    above.set_xlim(-0.8, len(table) - 0.2)
    above.set_xticks([])
    above.spines[["top", "right", "bottom"]].set_visible(False)
    above.set_ylabel("difference")
    stands = int(table["stands"].sum())
    ax.set_title(f"{stands} of {len(table)} intervals leave out 0 on the same side (filled)")
    said = f"{stands} of {len(table)} specifications leave out 0; estimates from {table['estimate'].min():.3g} to {table['estimate'].max():.3g}."
    return keep(ax, table, said)


@in_style
def timeline(
    features: pd.DataFrame,
    articles: pd.DataFrame,
    column: str,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    every: str = "MS",
    outlets: Sequence[str] | None = None,
    least: int = 3,
    confidence: float = 0.95,
    seed: int = 0,
) -> Axes:
    """Draw each outlet's mean of a column over time, with the interval over resampled articles.

    Parameters
    ----------
    features, articles : DataFrame
        article_id and the column; article_id, `by` and published.
    every : str
        Length of a step, as pandas names it: "MS" months, "W" weeks, "YS" years.
    outlets : sequence of str, optional
        At most eight; those with most articles by default.
    least : int
        Steps with fewer articles of an outlet are left out.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": "Post", "published": ["2024-03-01T00:00:00Z"] * 2 + ["2024-04-01"] * 2})
    >>> features = pd.DataFrame({"article_id": list("abcd"), "v__a": [1.0, 3.0, 2.0, 2.0]})
    >>> timeline(features, articles, "v__a", least=2).get_ylabel()
    'v: a'
    """
    need(features, ["article_id", column], "features")
    need(articles, ["article_id", by, "published"], "articles")
    table = articles[["article_id", by, "published"]].merge(features[["article_id", column]], on="article_id")
    table["published"] = pd.to_datetime(table["published"], utc=True, errors="coerce", format="ISO8601").dt.tz_localize(
        None
    )
    table = table[table["published"].notna() & table[column].notna() & table[by].fillna("").ne("")]
    if table.empty:
        raise TableError("no article has a date and a number; dates come with `mediabias read`, or by --meta")
    chosen = list(outlets or table[by].value_counts().index[: len(_LINES)])
    own = ax is None
    ax = ax or new_axes(3.2)
    rng, rows, handles = np.random.default_rng(seed), [], []
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    for outlet, (color, line, marker) in zip(chosen, _LINES, strict=False):
        steps = []
        for step, part in table[table[by] == outlet].groupby(pd.Grouper(key="published", freq=every))[column]:
            values = part.to_numpy(dtype=float)
            if len(values) >= least:
                drawn = values[rng.integers(0, len(values), (999, len(values)))].mean(axis=1)
                steps.append((outlet, step, values.mean(), *np.quantile(drawn, tails), len(values)))
        rows += steps
        if steps:
            _, x, y, low, high, _ = zip(*steps, strict=True)
            ax.fill_between(x, low, high, color=color, alpha=0.12, linewidth=0)
            handles += ax.plot(x, y, linestyle=line, marker=marker, color=color, markersize=4, label=outlet)
    if not rows:
        raise TableError(f"no step has {least} articles of an outlet; a longer step, every='YS', or least=1")
    ax.set_ylabel(words(column.replace("__", ": ")))
    for label in ax.get_xticklabels():
        label.set_rotation(30)
        label.set_horizontalalignment("right")
    legend(ax, own, handles, 4)
    shown = pd.DataFrame(rows, columns=[by, "from", "mean", "ci_low", "ci_high", "articles"])
    return keep(ax, shown, f"{words(column.replace('__', ': '))} over time for {', '.join(map(str, chosen))}.")
