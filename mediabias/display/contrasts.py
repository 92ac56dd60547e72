"""A comparison to read: each difference with its interval and, where the articles are given, the sentences of both sides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any

import pandas as pd

from mediabias.amounts import amount
from mediabias.article import Article
from mediabias.comparison.design import REST
from mediabias.comparison.report import CONFLICTS
from mediabias.comparison.result import Comparison
from mediabias.comparison.tables import select
from mediabias.display.bars import evidence_of, said
from mediabias.display.markup import Html, heads, paged
from mediabias.features.run import FeatureTables

#: Sentences of either side that are shown.
_SENTENCES = 8


def comparison(
    effects: Comparison | pd.DataFrame,
    tables: FeatureTables | None = None,
    articles: Iterable[Article] = (),
    *,
    alpha: float = 0.05,
    sentences: int = _SENTENCES,
    page: int = 1,
    rows: int = 25,
) -> Html:
    """Show effects, those of smallest q first, each with its interval drawn and the sentences that it rests on.

    Parameters
    ----------
    effects : Comparison or DataFrame
        As from `mediabias.comparison.compare`, or some of its rows.
    tables : FeatureTables, optional
        What was compared: gives each column its definition and unit, and with `articles` the evidence.
    articles : iterable of Article
        What the evidence is from. A difference then opens, by a click or with Enter, to sentences of both outlets, copies among them, from the
        events that both cover. Where what was compared is not outlets, there are none.
    alpha : float
        A difference with q below it is said to stand.
    sentences : int
        At most so many of either outlet, spread over all that there are.
    page, rows : int
        Which page is shown, and how many effects it has.

    Raises
    ------
    TableError
        When a column of effects is missing.

    Examples
    --------
    >>> row = {"column": "verbs__accusing", "a": "Post", "b": "Echo", "estimate": 4.2, "ci_low": 1.0,
    ...        "ci_high": 7.5, "p": 0.02, "q": 0.03, "n_events": 6, "n_articles": 24}
    >>> shown = comparison(pd.DataFrame([row])).markup
    >>> "4.20 [1.00, 7.50]" in shown, "stands" in shown
    (True, True)
    """
    table = _ordered(select(effects, None, None))
    first = (page - 1) * rows
    of_page = table.iloc[first : first + rows]
    by_id = {a.article_id: a for a in articles} if tables is not None else {}
    about: dict[Any, Any] = {} if tables is None else tables.dictionary.set_index("column").to_dict("index")
    # Intervals of one unit share a scale, so that they can be compared by eye.
    unit = table["column"].map(lambda c: about[c]["unit"] if c in about else c)
    sizes = table[["estimate", "ci_low", "ci_high"]].abs().max(axis=1)
    scale = sizes.groupby(unit).transform("max").to_numpy()[first : first + rows]
    body = "".join(
        _row(row, float(size), alpha) + _below(row, about.get(row["column"], {}), tables, by_id, sentences)
        for row, size in zip(of_page.to_dict("records"), scale, strict=True)
    )
    n = int((table["q"] < alpha).sum())
    tested = int(table["q"].notna().sum())
    told = f"{n:,} of {amount(tested, 'difference')} that could be tested have q below {alpha:g}"
    if not tested:
        told = "No difference could be tested: the outlets have too few events or articles in common. Those with most evidence come first."
    head = heads("what", "difference", "estimate [interval]", "q", "events / articles")
    return Html(
        f'<div class="mb mb-wide mb-contrasts" tabindex="0" role="region" aria-label="comparison"><p class="mb-header">{told}</p><table class="mb-table">'
        f"{paged(len(table), first, len(of_page), page)}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _ordered(effects: pd.DataFrame) -> pd.DataFrame:
    """Return the effects, those of smallest q first; of those without, the ones that rest on most evidence, and the empty ones last."""
    counts = effects.reindex(columns=["count_a", "count_b"]).sum(axis=1)
    keys = effects.assign(p=effects.get("p", float("nan")), _empty=effects["estimate"].isna(), _counts=-counts)
    order = ["q", "p", "_empty", "_counts", "column", "a", "b"]
    return keys.sort_values(order, kind="stable").drop(columns=["_empty", "_counts"])


def _row(row: dict[Any, Any], scale: float, alpha: float) -> str:
    name = escape(row["column"].replace("__", ": ").replace("_", " "))
    stands = '<b class="mb-stands">stands</b>' if row["q"] < alpha else ""
    if row.get("conflict"):
        why = escape(f"test and interval differ on zero: {CONFLICTS[row['conflict']]}")
        stands += f' <abbr title="{why}">conflict: {escape(row["conflict"])}</abbr>'
    q = "not tested" if pd.isna(row["q"]) else f"{row['q']:.2g}"
    return (
        f"<tr><td>{name}</td>"
        f"<td>{escape(str(row['a']))} − {escape(str(row['b']))}{_drawn(row, scale)}</td>"
        f'<td class="mb-num">{_told(row)}</td><td class="mb-num">{q} {stands}</td>'
        f'<td class="mb-num">{row["n_events"]:,} / {row["n_articles"]:,}</td></tr>'
    )


def _told(row: dict[Any, Any]) -> str:
    if pd.isna(row["estimate"]):
        return "no event in common"
    sizes = [abs(row[c]) for c in ("estimate", "ci_low", "ci_high") if pd.notna(row[c])]
    form = ".0f" if min(sizes) >= 100 else ".2f" if max(sizes) >= 1 else ".3f"
    interval = "" if pd.isna(row["ci_low"]) else f" [{row['ci_low']:{form}}, {row['ci_high']:{form}}]"
    return _minus(f"{row['estimate']:{form}}{interval}")


def _minus(text: str) -> str:
    """Return numbers with a minus as it is printed, and none before a zero."""
    return re.sub(r"-(?=0(?:\.0+)?(?![\d.]))", "", text).replace("-", "−")


def _drawn(row: dict[Any, Any], scale: float) -> str:
    """Return the interval as a line with its estimate and zero: widths are classes, since a notebook strips styles that it does not trust."""
    if pd.isna(row["estimate"]) or not scale > 0:
        return ""

    def place(value: float) -> int:
        return 2 * round(25 * (1 + max(-1.0, min(1.0, value / scale))))

    at = place(row["estimate"])
    interval = ""
    if pd.notna(row["ci_low"]):
        low, high = place(row["ci_low"]), place(row["ci_high"])
        interval = f'<span class="mb-gap mb-w-{low}"></span><span class="mb-range mb-w-{high - low}"></span>'
    return (
        f'<span class="mb-track mb-line" aria-hidden="true"><span class="mb-zero mb-w-50"></span>{interval}'
        f'<span class="mb-point mb-w-{at}"></span></span>'
    )


def _below(
    row: dict[Any, Any], about: dict[str, str], tables: FeatureTables | None, by_id: dict[str, Article], most: int
) -> str:
    """Return a second row: what the column counts, and what opens to the outlets' sentences."""
    told = escape(". ".join(part for part in (about.get("unit", ""), about.get("definition", "")) if part))
    note = f'<p class="mb-note">{told}</p>' if told else ""
    opens = _sentences(row, tables, by_id, most) if tables is not None and by_id else ""
    return f'<tr><td colspan="5">{note}{opens}</td></tr>' if note or opens else ""


def _sentences(row: dict[Any, Any], tables: FeatureTables, by_id: dict[str, Article], most: int) -> str:
    """Return what opens to the sentences of the outlets, from the events that both cover."""
    pair = (row["a"], row["b"])
    sides = [
        [a for a in by_id.values() if a.outlet == name or (name == REST and a.outlet != other)]
        for name, other in (pair, pair[::-1])
    ]
    events = [{a.event for a in side} for side in sides]
    both = events[0] & events[1]
    shown = []
    for name, side in zip(pair, sides, strict=True):
        found = evidence_of(tables, row["column"], {a.article_id: a for a in side if a.event in both})
        shown.append(f"<section><h4>{escape(str(name))}: {len(found):,}</h4>{said(found, by_id, most)}</section>")
    return f'<details><summary>sentences of both</summary><div class="mb-sides">{"".join(shown)}</div></details>'
