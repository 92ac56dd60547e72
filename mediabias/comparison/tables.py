"""The tables that figures draw: which effects, the means of each outlet, and who covers what."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from mediabias.comparison.pairing import need
from mediabias.comparison.result import Comparison, table_of
from mediabias.errors import TableError
from mediabias.features.counts import UNITS
from mediabias.features.run import FeatureTables

NEEDED = ("column", "a", "b", "estimate", "ci_low", "ci_high", "q", "n_events", "n_articles")


def select(
    effects: Comparison | pd.DataFrame, columns: Sequence[str] | None = None, baseline: str | None = None
) -> pd.DataFrame:
    """Return the effects on `columns`, in their order, and with `baseline` as the outlet that is taken away.

    Raises
    ------
    TableError
        When a column isn't there, or nothing is left.

    Examples
    --------
    >>> row = dict.fromkeys(NEEDED, 1.0) | {"column": "verbs__accusing", "a": "Post", "b": "Echo"}
    >>> select(pd.DataFrame([row]), baseline="Post")[["a", "b", "estimate"]].values.tolist()
    [['Echo', 'Post', -1.0]]
    """
    effects = table_of(effects)
    need(effects, NEEDED, "effects")
    there = list(dict.fromkeys(effects["column"]))
    wanted = there if columns is None else list(columns)
    if absent := [c for c in wanted if c not in there]:
        raise TableError(f"effects has no feature {absent[0]!r}; it has {', '.join(there)}")
    table = pd.concat([effects[effects["column"].eq(c)] for c in wanted] or [effects[:0]], ignore_index=True)
    if baseline is not None:
        table = table[table["a"].eq(baseline) | table["b"].eq(baseline)].reset_index(drop=True)
        swap = table["a"].eq(baseline)
        turned = [("a", "b"), ("ci_low", "ci_high")] + [("mean_a", "mean_b")] * ("mean_a" in table)
        for one, two in turned:
            table[one], table[two] = table[one].mask(swap, table[two]), table[two].mask(swap, table[one])
        for c in ("estimate", "ci_low", "ci_high"):
            table[c] = table[c].mask(swap, -table[c])
    if table.empty:
        raise TableError("effects: no row to draw" + (f" with baseline {baseline!r}" if baseline else ""))
    return table


def most_telling(effects: Comparison | pd.DataFrame, rows: int = 45) -> list[str]:
    """Return the columns of smallest q whose effects fill no more than `rows` (but at least one), in table order.

    Examples
    --------
    >>> most_telling(pd.DataFrame({"column": ["v__a", "v__b", "v__c"], "q": [0.5, 0.2, 0.01]}), rows=2)
    ['v__b', 'v__c']
    """
    effects = table_of(effects)
    smallest = effects.groupby("column", sort=False)["q"].min().sort_values(kind="stable")
    size = effects["column"].value_counts()[smallest.index].cumsum()
    chosen = set(smallest.index[: max(1, int((size <= rows).sum()))])
    return [c for c in dict.fromkeys(effects["column"]) if c in chosen]


def outlet_means(
    features: pd.DataFrame,
    articles: pd.DataFrame,
    prefix: str,
    *,
    by: str = "outlet",
    labels: Sequence[str] | None = None,
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the mean over articles of each label in each outlet, and over how many articles.

    Parameters
    ----------
    prefix : str
        Columns whose names begin so are taken, such as ``"voice__"``; the rest of the name is the label.
    labels : sequence of str, optional
        Which labels, in this order; all in the table's order by default.

    Returns
    -------
    means : DataFrame, labels x outlets
    n : Series
        Articles of each outlet that have any of the labels defined.

    Examples
    --------
    >>> features = pd.DataFrame({"article_id": ["a", "b", "c"], "voice__passive": [3.0, 5.0, None]})
    >>> articles = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": "Post"})
    >>> means, n = outlet_means(features, articles, "voice__")
    >>> float(means.loc["passive", "Post"]), int(n["Post"])
    (4.0, 2)
    """
    columns = [c for c in features.columns if str(c).startswith(prefix)]
    if labels is not None:
        columns = [f"{prefix}{label}" for label in labels]
    need(features, ["article_id", *(columns or [f"{prefix}*"])], "features")
    need(articles, ["article_id", by], "articles")
    about = articles.loc[articles[by].fillna("").ne(""), ["article_id", by]]
    table = about.merge(features[["article_id", *columns]], on="article_id")
    defined = table[columns].notna().any(axis=1).groupby(table[by]).sum()
    return table.groupby(by)[columns].mean().T.rename(lambda c: c.removeprefix(prefix)), defined


def outlet_totals(
    tables: FeatureTables,
    articles: pd.DataFrame,
    prefix: str,
    *,
    by: str = "outlet",
    labels: Sequence[str] | None = None,
) -> tuple[pd.DataFrame, pd.Series, pd.DataFrame]:
    """Return each label's pooled rate or share in each outlet, over how many articles, and on how many spans it rests.

    Pooled is the ratio of totals: all evidence of an outlet over all its exposure, so that a share over three cues in a short
    article does not count as much as one over thirty (the combined ratio estimator; Cochran 1977, Sampling Techniques,
    section 6.11).

    Returns
    -------
    values : DataFrame, labels x outlets
    n : Series
        Articles of each outlet.
    spans : DataFrame, labels x outlets
        Of a share all spans of its group; of a rate or count the spans of the label.

    Examples
    --------
    >>> from mediabias.features import extract
    >>> from mediabias.article import Article
    >>> article = Article.from_text("“It rains,” the mayor claimed.", "a", outlet="Post")
    >>> about = pd.DataFrame({"article_id": ["a"], "outlet": ["Post"]})
    >>> values, n, spans = outlet_totals(extract([article]), about, "attribution_verbs__", labels=["distancing"])
    >>> float(values.loc["distancing", "Post"]), int(n["Post"]), int(spans.loc["distancing", "Post"])
    (1.0, 1, 1)
    """
    known = dict(zip(tables.dictionary["column"], tables.dictionary["unit"], strict=True))
    columns = [c for c in known if c.startswith(prefix)]
    if labels is not None:
        columns = [f"{prefix}{label}" for label in labels]
    need(pd.DataFrame(columns=list(known)), columns or [f"{prefix}*"], "tables")
    need(articles, ["article_id", by], "articles")
    about = articles.loc[articles[by].fillna("").ne(""), ["article_id", by]]
    counts = tables.counts[tables.counts["column"].isin(columns)].merge(about, on="article_id")
    total = counts.groupby(["column", by])[["count", "exposure"]].sum()
    factor = pd.Series({c: 1000.0 if u == UNITS["rate"] else 1.0 for c, u in known.items()})
    values = (total["count"] / total["exposure"].where(total["exposure"] > 0)).unstack(by).reindex(columns)
    is_share = pd.Series({c: u.startswith("share") for c, u in known.items()})
    spans = total["exposure"].where(is_share[total.index.get_level_values("column")].to_numpy(), total["count"])
    strip = lambda c: c.removeprefix(prefix)  # noqa: E731
    n = counts[counts["exposure"] > 0].groupby(by)["article_id"].nunique().reindex(values.columns, fill_value=0)
    values = values.mul(factor[columns], axis=0).rename(strip)
    return values, n, spans.unstack(by).reindex(columns).fillna(0).rename(strip)


def coverage(articles: pd.DataFrame, *, by: str = "outlet", within: str = "event") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return how many articles each outlet has on each event, and how many of them are copies: events x outlets.

    Examples
    --------
    >>> articles = pd.DataFrame({"outlet": ["Post", "Echo"], "event": "floods", "copy_of": ["", "post-1"]})
    >>> count, copies = coverage(articles)
    >>> count.values.tolist(), copies.values.tolist()
    ([[1, 1]], [[1, 0]])
    """
    need(articles, [by, within, "copy_of"], "articles")
    known = articles[articles[by].fillna("").ne("") & articles[within].fillna("").ne("")]
    if known.empty:
        raise TableError(f"articles: none has both {by!r} and {within!r}: run `mediabias events` first")
    count = pd.crosstab(known[within], known[by])
    copied = known[known["copy_of"].fillna("").ne("")]
    copies = pd.crosstab(copied[within], copied[by]).reindex_like(count).fillna(0).astype(int)
    return count, copies
