"""Numbers of outlets as bars that open to the sentences they were counted from.

There is no script in it: what opens is plain HTML, by mouse and by keyboard, in a notebook that nobody has trusted yet and in a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import pandas as pd

from mediabias.article import Article
from mediabias.display.markup import Html
from mediabias.errors import FeatureError
from mediabias.features.run import FeatureTables
from mediabias.features.sentences import around, nearest, shorten

#: Bars that are drawn where nobody says which, of one feature at most so many; and sentences behind a bar.
_COLUMNS, _OF_A_FEATURE, SENTENCES = 6, 3, 30


def bars(
    articles: Iterable[Article],
    tables: FeatureTables,
    *,
    columns: Sequence[str] | None = None,
    sentences: int = SENTENCES,
) -> Html:
    """Show numbers of outlets as bars; each opens, by a click or with Enter, to the sentences behind it.

    Parameters
    ----------
    articles : iterable of Article
        Any number, of one event or of many; an outlet's are taken together: its evidence over all that it could have been of.
    tables : FeatureTables
        From `extract`, of these articles among others.
    columns : sequence of str, optional
        The columns that are drawn; by default those in which the outlets differ most, at most three of one feature.
    sentences : int
        At most so many behind a bar, spread over all that there are; it says how many there are.

    Raises
    ------
    FeatureError
        When the tables have no such column; the nearest are named. When there is no article.

    Examples
    --------
    >>> from mediabias.features import extract
    >>> a = Article.from_text("“It rains,” the mayor claimed. “It pours,” she said.", "a", outlet="Post")
    >>> shown = bars([a], extract([a], "attribution_verbs"), columns=["attribution_verbs__distancing"]).markup
    >>> "50% · 1 of 2" in shown, "<mark>claimed</mark>" in shown
    (True, True)
    """
    by_id = {a.article_id: a for a in articles}
    chosen = chosen_columns(tables, by_id, columns)
    return Html(
        f'<div class="mb mb-wide" tabindex="0" role="region" aria-label="numbers by outlet">{drawn(tables, by_id, chosen, sentences)}</div>'
    )


def drawn(tables: FeatureTables, by_id: Mapping[str, Article], columns: Sequence[str], most: int) -> str:
    """Return the markup of the bars of these columns."""
    outlets = sorted({a.outlet for a in by_id.values()})
    own = tables.counts[tables.counts["article_id"].isin(by_id) & tables.counts["column"].isin(columns)]
    rates = _pooled(own, by_id, ["column"])["rate"].groupby("column").max()
    # Bars of one unit share a scale, so that they can be compared across panels.
    unit = tables.dictionary.set_index("column")["unit"]
    top = rates.groupby(unit.reindex(rates.index)).transform("max")
    sections = (_section(tables, by_id, outlets, c, float(top.get(c, 0.0)), most) for c in columns)
    return f'<div class="mb-bars">{"".join(sections)}</div>'


def chosen_columns(tables: FeatureTables, by_id: Mapping[str, Article], columns: Sequence[str] | None) -> list[str]:
    """Return the columns that were asked for, or those in which the outlets differ most."""
    if not by_id:
        raise FeatureError("no article to show; is the event, or the outlet, called so?")
    known = list(tables.dictionary["column"])
    if columns is not None:
        if odd := [c for c in columns if c not in known]:
            raise FeatureError(f"no column {odd[0]!r} in these tables{nearest(odd[0], known)}")
        return list(columns)
    own = tables.counts[tables.counts["article_id"].isin(by_id)]
    pooled = _pooled(own, by_id, ["column"])
    # What is counted less than once an outlet differs by chance alone.
    often = pooled.groupby("column")["count"].sum() >= len({a.outlet for a in by_id.values()})
    rates = pooled["rate"].unstack()
    # Two labels of the same words, such as a class and a stance, are one bar.
    rates = rates[often].reindex([c for c in known if often.get(c, False)]).drop_duplicates()
    spread = (rates.max(axis=1) - rates.min(axis=1)) / rates.mean(axis=1)
    order = spread.sort_values(ascending=False, kind="stable").index
    kept = pd.Series(order, index=order).groupby(order.str.split("__").str[0]).head(_OF_A_FEATURE)
    return [c for c in known if c in set(kept[:_COLUMNS])]


def _pooled(counts: pd.DataFrame, by_id: Mapping[str, Article], keys: list[str]) -> pd.DataFrame:
    """Return count, exposure and their ratio by outlet (and the keys before it)."""
    outlet = counts["article_id"].map({i: a.outlet for i, a in by_id.items()}).rename("outlet")
    pooled = counts.groupby([*keys, outlet])[["count", "exposure"]].sum()
    return pooled.assign(rate=pooled["count"] / pooled["exposure"].where(pooled["exposure"] > 0))


def _section(
    tables: FeatureTables, by_id: Mapping[str, Article], outlets: list[str], column: str, top: float, most: int
) -> str:
    about = tables.dictionary.set_index("column").loc[column]
    counts = tables.counts[(tables.counts["column"] == column) & tables.counts["article_id"].isin(by_id)]
    pooled = _pooled(counts, by_id, []).reindex(outlets)
    per = 1000 if str(about["unit"]).startswith("per 1,000") else 1
    rate = per * pooled["rate"]
    top = per * top if top > 0 else 1.0
    found = evidence_of(tables, column, by_id)
    outlet = found["article_id"].map({i: a.outlet for i, a in by_id.items()})
    rows = []
    for name in outlets:
        value, number = rate[name], pooled.loc[name].fillna(0)
        told: str = "–" if pd.isna(value) else f"{value:.0%}" if per == 1 and top <= 1 else f"{value:.1f}"
        width: int = 0 if pd.isna(value) else 2 * round(50 * value / top)
        rows.append(
            f'<details class="mb-bar"><summary><span>{escape(name or "unknown outlet")}</span><span class="mb-track">'
            f'<span class="mb-fill mb-w-{width}"></span></span><span class="mb-num">{told} · {number["count"]:,.0f} of '
            f"{number['exposure']:,.0f}</span></summary>{said(found[outlet == name], by_id, most)}</details>"
        )
    name = f"{about['feature']}: {about['title'] or about['label']}".replace("_", " ")
    return (
        f"<section><h3>{escape(name)} <small>{escape(str(about['unit']))}</small></h3>"
        f'<p class="mb-note">{escape(str(about["definition"]))}</p>{"".join(rows)}</section>'
    )


def evidence_of(tables: FeatureTables, column: str, by_id: Mapping[str, Article]) -> pd.DataFrame:
    """Return the rows of evidence of a column in these articles."""
    feature, _, label = column.partition("__")
    found = tables.evidence[(tables.evidence["feature"] == feature) & (tables.evidence["label"] == label)]
    return found[found["article_id"].isin(by_id)]


def said(lines: pd.DataFrame, by_id: Mapping[str, Article], most: int) -> str:
    """Return rows of evidence as a list of sentences, at most so many, spread over all."""
    items = []
    step = max(1, len(lines) // max(most, 1))
    for row in lines.iloc[::step].head(most).to_dict("records"):
        a = by_id[row["article_id"]]
        before, after = around(a, int(row["start"]), int(row["end"]), 90)
        text = escape(shorten(a.text[int(row["start"]) : int(row["end"])]))
        items.append(f"<li>{escape(before)}<mark>{text}</mark>{escape(after)}</li>")
    left = len(lines) - len(items)
    more = f"<li>{left:,} more: mb.examples lists them</li>" if left else ""
    return f'<ul class="mb-said">{"".join(items)}{more or ("" if items else "<li>nothing found</li>")}</ul>'
