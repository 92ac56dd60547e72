"""From a number back to its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from html import escape
from typing import Any

import pandas as pd

from mediabias.article import Article
from mediabias.errors import FeatureError
from mediabias.features.run import FeatureTables


def examples(
    tables: FeatureTables,
    column: str,
    articles: Iterable[Article],
    *,
    outlet: str | None = None,
    n: int = 10,
    context: int = 90,
) -> Concordance:
    """Return the sentences behind a column of the feature table.

    Parameters
    ----------
    tables : FeatureTables
        From `extract`.
    column : str
        Such as ``"attribution_verbs__distancing"``.
    articles : iterable of Article
        The articles that the evidence is from.
    outlet : str, optional
        Only this outlet's.
    n : int
        At most so many rows, spread evenly over what there is.
    context : int
        Characters shown on either side, cut at words.

    Returns
    -------
    Concordance
        A DataFrame of article_id, outlet, before, text, after; a notebook shows it as a concordance.

    Raises
    ------
    FeatureError
        When there is no column or outlet of that name; the nearest are named.

    Examples
    --------
    >>> from mediabias.features.run import extract
    >>> article = Article.from_text("“It rains,” the mayor claimed.", "a", outlet="Post")
    >>> examples(extract([article]), "attribution_verbs__distancing", [article])[["before", "text"]].iloc[0].tolist()
    ['“It rains,” the mayor ', 'claimed']
    """
    columns = list(tables.dictionary["column"])
    if column not in columns:
        raise FeatureError(f"no column {column!r}{nearest(column, columns)}")
    by_id = {a.article_id: a for a in articles}
    outlets = sorted({a.outlet for a in by_id.values() if a.outlet})
    if outlet is not None and outlet not in outlets:
        raise FeatureError(f"no article of {outlet!r} here{nearest(outlet, outlets)}")
    named = tables.evidence["feature"] + "__" + tables.evidence["label"]
    rows = tables.evidence[(named == column) & tables.evidence["article_id"].isin(by_id)]
    if outlet is not None:
        rows = rows[[by_id[i].outlet == outlet for i in rows["article_id"]]]
    step = max(1, len(rows) // max(n, 1))
    shown = [_in_context(by_id[str(r["article_id"])], r, context) for r in rows.iloc[::step].head(n).to_dict("records")]
    return Concordance(shown, columns=["article_id", "outlet", "before", "text", "after"])


class Concordance(pd.DataFrame):
    """A table that a notebook shows with the words of interest below each other, their context on either side.

    Examples
    --------
    >>> table = Concordance({"outlet": ["Post"], "before": ["the mayor "], "text": ["claimed"], "after": [" so"]})
    >>> "text-align: right" in table._repr_html_()
    True
    """

    #: A browser does not show ten thousand rows at once.
    _MOST = 100

    def _repr_html_(self) -> str:
        cells = [c for c in ("outlet", "article_id") if c in self]
        head = "".join(f'<th scope="col">{c.replace("_", " ")}</th>' for c in cells)
        rows = "".join(
            f"<tr>{''.join(f'<td>{escape(str(row[c]))}</td>' for c in cells)}{keyword_cells(row)}</tr>"
            for row in self.head(self._MOST).to_dict("records")
        )
        more = f"<caption>the first {self._MOST} of {len(self):,} rows; .iloc[{self._MOST}:] has the next</caption>"
        return (
            f'<table>{more if len(self) > self._MOST else ""}<thead><tr>{head}<th scope="col" colspan="3">in its sentence</th></tr>'
            f"</thead><tbody>{rows}</tbody></table>"
        )


def keyword_cells(row: Mapping[Any, Any], mark: str = "<b>{}</b>") -> str:
    """Return the three cells of a concordance: before (to the right), text, after (to the left), all escaped."""
    wide = "white-space: normal; width: 40%; text-align: {}"
    return (
        f'<td style="{wide.format("right")}">{escape(row["before"])}</td>'
        f'<td style="text-align: left; min-width: 14em">{mark.format(escape(shorten(row["text"])))}</td>'
        f'<td style="{wide.format("left")}">{escape(row["after"])}</td>'
    )


def shorten(text: str, most: int = 160) -> str:
    """Return a long text with its middle left out, cut at words.

    Examples
    --------
    >>> shorten("It rained all day, and it rained all night, too.", 30)
    'It rained all … night, too.'
    """
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half].rpartition(' ')[0] or text[:half]} … {text[-half:].partition(' ')[2] or text[-half:]}"


def _in_context(article: Article, row: Mapping[Any, Any], context: int) -> tuple[str, str, str, str, str]:
    before, after = around(article, int(row["start"]), int(row["end"]), context)
    return article.article_id, article.outlet, before, str(row["text"]), after


def around(article: Article, start: int, end: int, context: int) -> tuple[str, str]:
    """Return what stands before and after a span in its line, at most `context` characters each, cut at words."""
    before = article.text[max(0, start - context) : start].split("\n")[-1]
    after = article.text[end : end + context].split("\n")[0]
    if len(before) == context and " " in before:
        before = before[before.index(" ") + 1 :]
    if len(after) == context and " " in after:
        after = after[: after.rindex(" ")]
    return before, after


def nearest(name: str, names: list[str]) -> str:
    """Return what an error says of the names that are nearest to a wrong one."""
    folded = {n.casefold(): n for n in names}
    near = [folded[f] for f in get_close_matches(name.casefold(), folded, n=3, cutoff=0.5)]
    return f"; nearest: {', '.join(map(repr, near))}" if near else f"; there are {', '.join(map(repr, names[:8]))}"
