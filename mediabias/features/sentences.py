"""From a number back to its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
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
) -> pd.DataFrame:
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
    DataFrame
        article_id, outlet, before, text, after.

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
        raise FeatureError(f"no column {column!r}{_nearest(column, columns)}")
    by_id = {a.article_id: a for a in articles}
    outlets = sorted({a.outlet for a in by_id.values() if a.outlet})
    if outlet is not None and outlet not in outlets:
        raise FeatureError(f"no article of {outlet!r} here{_nearest(outlet, outlets)}")
    named = tables.evidence["feature"] + "__" + tables.evidence["label"]
    rows = tables.evidence[(named == column) & tables.evidence["article_id"].isin(by_id)]
    if outlet is not None:
        rows = rows[[by_id[i].outlet == outlet for i in rows["article_id"]]]
    step = max(1, len(rows) // max(n, 1))
    shown = [_in_context(by_id[str(r["article_id"])], r, context) for r in rows.iloc[::step].head(n).to_dict("records")]
    return pd.DataFrame(shown, columns=["article_id", "outlet", "before", "text", "after"])


def _in_context(article: Article, row: Mapping[Any, Any], context: int) -> tuple[str, str, str, str, str]:
    start, end = int(row["start"]), int(row["end"])
    before = article.text[max(0, start - context) : start].split("\n")[-1]
    after = article.text[end : end + context].split("\n")[0]
    if len(before) == context and " " in before:
        before = before[before.index(" ") + 1 :]
    if len(after) == context and " " in after:
        after = after[: after.rindex(" ")]
    return article.article_id, article.outlet, before, str(row["text"]), after


def _nearest(name: str, names: list[str]) -> str:
    folded = {n.casefold(): n for n in names}
    near = [folded[f] for f in get_close_matches(name.casefold(), folded, n=3, cutoff=0.5)]
    return f"; nearest: {', '.join(map(repr, near))}" if near else f"; there are {', '.join(map(repr, names[:8]))}"
