"""An event to look around in: outlets side by side, each source with all that it is called, each bar with its sentences.

There is no script in it: what opens and what lights up is plain HTML and CSS, so that it works in a notebook that nobody has trusted
yet, in a file, by mouse and by keyboard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

import pandas as pd

from mediabias.actors.shared import Item, sources
from mediabias.article import Article, trim
from mediabias.display.markup import Html, Mark, heading, marked
from mediabias.errors import FeatureError
from mediabias.features.run import FeatureTables
from mediabias.features.sentences import around, shorten
from mediabias.prepare import prepare_all

#: Zones that are shown.
_SHOWN = ("headline", "standfirst", "body")
#: Bars and sentences that are shown where nobody says which.
_COLUMNS, _SENTENCES = 6, 30


def viewer(
    articles: Iterable[Article],
    tables: FeatureTables,
    *,
    columns: Sequence[str] | None = None,
    sentences: int = _SENTENCES,
) -> Html:
    """Show the articles of an event with their sources tied together, and bars that open to the sentences behind them.

    Hover over a source, or go to it with the Tab key, to see what every outlet calls it; all of its places light up. Open a bar, by a
    click or with Enter, to read its sentences.

    Parameters
    ----------
    articles : iterable of Article
        Of one event; attributions that they don't have are found as the tables' were.
    tables : FeatureTables
        From `extract`, of these articles among others.
    columns : sequence of str, optional
        The columns that are drawn as bars; by default the shares and rates with most evidence in these articles.
    sentences : int
        At most so many behind a bar; it says how many there are.

    Raises
    ------
    FeatureError
        When the tables have no such column.

    Examples
    --------
    >>> from mediabias.features import extract
    >>> from mediabias.attribution import attribute
    >>> a = attribute(Article.from_text("“It rains,” said the mayor, Ana Dole. Dole went home.", "a", outlet="Post"))
    >>> shown = viewer([a], extract([a], "attribution_verbs")).markup
    >>> "<script" in shown, "1 of 1" in shown
    (False, True)
    """
    read = prepare_all(articles, ["attributions"], tables.settings)
    ordered = sorted(read, key=lambda a: (a.outlet, a.published, a.article_id))
    items = [i for i in sources(ordered) if sum(map(len, i.places.values())) > 0]
    outlets = list(dict.fromkeys(a.outlet for a in ordered))
    chosen = _chosen(tables, ordered, columns)
    bars = "".join(_bars(tables, ordered, outlets, column, sentences) for column in chosen)
    marks = _marks(ordered, items)
    shown = "".join(
        f"<section><h3>{escape(outlet or 'unknown outlet')}</h3>"
        + "".join(_article(a, marks.get(a.article_id, [])) for a in ordered if a.outlet == outlet)
        + "</section>"
        for outlet in outlets
    )
    # Only numbers go into the style: what lights up together.
    lit = "".join(
        f".mb-viewer:has(.mb-s-{n}:hover,.mb-s-{n}:focus) .mb-s-{n}{{background:var(--shared);color:var(--shared-ink)}}"
        for n in range(len(items))
    )
    said = (
        f"{len(ordered)} articles of {len(outlets)} outlets, {len(items)} sources · hover over a source, or Tab to it, for all that it is "
        "called · open a bar for its sentences"
    )
    return Html(
        f'<div class="mb mb-wide mb-viewer"><style>{lit}</style><p class="mb-header">{said}</p>'
        f'<div class="mb-bars">{bars}</div><div class="mb-columns" tabindex="0" role="region" aria-label="articles">{shown}</div></div>'
    )


def _chosen(tables: FeatureTables, articles: list[Article], columns: Sequence[str] | None) -> list[str]:
    known = list(tables.dictionary["column"])
    if columns is not None:
        if odd := [c for c in columns if c not in known]:
            raise FeatureError(f"no column {odd[0]!r} in these tables")
        return list(columns)
    own = tables.counts[tables.counts["article_id"].isin([a.article_id for a in articles])]
    total = own.groupby("column")["count"].sum()
    total = total[total > 0].sort_values(ascending=False, kind="stable")
    return [c for c in known if c in set(total.index[:_COLUMNS])]


def _bars(tables: FeatureTables, articles: list[Article], outlets: list[str], column: str, most: int) -> str:
    about = tables.dictionary.set_index("column").loc[column]
    outlet = {a.article_id: a.outlet for a in articles}
    own = tables.counts[(tables.counts["column"] == column) & tables.counts["article_id"].isin(outlet)]
    pooled = own.groupby(own["article_id"].map(outlet))[["count", "exposure"]].sum()
    per = 1000 if str(about["unit"]).startswith("per 1,000") else 1
    rate = (per * pooled["count"] / pooled["exposure"].where(pooled["exposure"] > 0)).reindex(outlets)
    top = float(rate.max()) if rate.notna().any() and rate.max() > 0 else 1.0
    found = tables.evidence[
        (tables.evidence["feature"] + "__" + tables.evidence["label"] == column)
        & tables.evidence["article_id"].isin(outlet)
    ]
    rows = []
    for name in outlets:
        lines = found[found["article_id"].map(outlet) == name]
        value = rate[name]
        told: str = "–" if pd.isna(value) else f"{value:.0%}" if per == 1 and top <= 1 else f"{value:.1f}"
        count = f" · {pooled['count'].get(name, 0):,.0f} of {pooled['exposure'].get(name, 0):,.0f}"
        width: int = 0 if pd.isna(value) else 2 * round(50 * value / top)
        rows.append(
            f'<details class="mb-bar"><summary><span>{escape(name or "unknown outlet")}</span><span class="mb-track">'
            f'<span class="mb-fill mb-w-{width}"></span></span><span class="mb-num">{told}{count}</span></summary>'
            f"{_sentences(lines, articles, most)}</details>"
        )
    return f"<section><h3>{escape(column.replace('__', ': ').replace('_', ' '))} <small>{escape(str(about['unit']))}</small></h3>{''.join(rows)}</section>"


def _sentences(lines: pd.DataFrame, articles: list[Article], most: int) -> str:
    by_id = {a.article_id: a for a in articles}
    items = []
    for row in lines.head(most).to_dict("records"):
        a = by_id[row["article_id"]]
        before, after = around(a, int(row["start"]), int(row["end"]), 90)
        text = escape(shorten(a.text[int(row["start"]) : int(row["end"])]))
        items.append(f"<li>{escape(before)}<mark>{text}</mark>{escape(after)}</li>")
    more = f"<li>{len(lines) - most:,} more: mb.examples lists them</li>" if len(lines) > most else ""
    return f'<ul class="mb-said">{"".join(items)}{more or ("" if items else "<li>nothing found</li>")}</ul>'


def _marks(articles: list[Article], items: list[Item]) -> dict[str, list[Mark]]:
    """Return the marks of each article: sources with a number that ties them together and a note of what each outlet calls them."""
    by_id = {a.article_id: a for a in articles}
    marks: dict[str, list[Mark]] = {}
    for n, item in enumerate(items):
        lines = [item.name]
        for outlet, places in sorted(item.places.items()):
            called = Counter(" ".join(by_id[i].text[s:e].split()) for i, s, e in places)
            lines.append(
                f"{outlet or 'unknown outlet'}: " + "; ".join(f"{c} ({k})" if k > 1 else c for c, k in called.items())
            )
        for places in item.places.values():
            for i, start, end in places:
                marks.setdefault(i, []).append(Mark(start, end, f"source mb-s-{n}", note="\n".join(lines)))
    for a in articles:
        cues = [Mark(s.start, s.end, "cue", x.cue_class) for x in a.attributions or () for s in x.cue]
        marks.setdefault(a.article_id, []).extend(cues)
    return marks


def _article(a: Article, marks: list[Mark]) -> str:
    parts = []
    for b in a.blocks:
        if b.zone in _SHOWN:
            span = trim(a.text, b.start, b.end)
            inside = [m for m in marks if m.start < span.end and span.start < m.end]
            tag = "h4" if b.zone == "headline" else "p"
            text = marked(a.text, span.start, span.end, inside, lines=False)
            parts.append(f"<{tag}>{text}</{tag}>")
    return f'<article class="mb-side">{heading(a)}{"".join(parts)}</article>'
