"""Shares of sentences that are corrected by a coded sample, so that a feature's mistakes are no difference of outlets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from mediabias.article import Article
from mediabias.comparison.pairing import need
from mediabias.errors import TableError
from mediabias.features.run import FeatureTables
from mediabias.validation.units import unit_table


def answered(table: pd.DataFrame, label: str) -> pd.Series:
    """Return the probability that a sentence is drawn and coded: that of the draw, times the share coded of its stratum."""
    return table["probability"] * table[label].notna().groupby(table["stratum"]).transform("mean")


def sentence_shares(
    tables: FeatureTables,
    articles: Iterable[Article],
    feature: str,
    key: pd.DataFrame | None = None,
    codes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return for each article and label the share of its sentences that hold it: as found, or corrected by a coded sample.

    Parameters
    ----------
    tables, articles, feature
        As `mediabias.validation.sheets.sample` was given them.
    key, codes : DataFrame, optional
        The key and the codes of the sample. Without them the shares are those that the feature found.

    Returns
    -------
    DataFrame
        article_id and columns ``feature__label``, to be given to `compare` in place of the features. A corrected share of one
        article may lie below 0 or above 1: it is right on average, for means over articles and events.

    Notes
    -----
    With y the code and f what was found (0 or 1), R whether a sentence was drawn and p its probability, the share of an article is
    the mean over its sentences of ``k f + R (y - k f) / p``. That is unbiased whatever the feature gets wrong, since p is known by
    design: design-based supervised learning [1]_; k, which makes the variance small, is the weighted regression of y on f, as in
    prediction-powered inference [2]_. An interval that resamples events carries the uncertainty of the codes too. Codes are taken
    for the truth; a sentence that was left open counts as not drawn, by the share of its stratum that was coded.

    References
    ----------
    .. [1] Egami, N., Hinck, M., Stewart, B. and Wei, H. (2023). Using imperfect surrogates for downstream inference. NeurIPS.
    .. [2] Angelopoulos, A., Bates, S., Fannjiang, C., Jordan, M. and Zrnic, T. (2023). Prediction-powered inference. Science 382;
       the factor k after Angelopoulos, Duchi and Zrnic (2023), PPI++.

    Examples
    --------
    >>> from mediabias.features import extract
    >>> article = Article.from_text("The road was closed. It rained.", "a")
    >>> shares = sentence_shares(extract([article], "voice"), [article], "voice")
    >>> float(shares["voice__passive_agentless"].iloc[0])
    0.5
    """
    units = unit_table(tables, articles, feature)
    labels = [c for c in units.columns if c not in {"unit_id", "article_id", "start", "end"}]
    out = pd.DataFrame({"article_id": units["article_id"]})
    if key is None or codes is None:
        for label in labels:
            out[f"{feature}__{label}"] = units[label].astype(float)
        return out.groupby("article_id", as_index=False).mean()
    place = ["article_id", "start"]
    coded = key.merge(codes, on="unit_id")
    known = units[place].merge(coded[[*place, "stratum", "probability", *labels]], on=place, how="left")
    if known["probability"].notna().sum() < len(coded):
        raise TableError(
            "some coded sentences are none of these articles; give the articles and tables that the sample is from"
        )
    for label in labels:
        found, code = units[label].to_numpy(dtype=float), known[label].to_numpy(dtype=float)
        drawn = ~np.isnan(code)
        weight = np.where(drawn, 1 / answered(known, label).to_numpy(dtype=float), 0.0)
        factor = _factor(code[drawn], found[drawn], weight[drawn])
        out[f"{feature}__{label}"] = factor * found + weight * (np.where(drawn, code, 0.0) - factor * found)
    return out.groupby("article_id", as_index=False).mean()


def _factor(code: np.ndarray, found: np.ndarray, weight: np.ndarray) -> float:
    """Return the weighted regression coefficient of the code on what was found, between 0 and 1; 1 where nothing varies."""
    centred = found - np.average(found, weights=weight)
    spread = float((weight * centred**2).sum())
    return float(np.clip((weight * centred * code).sum() / spread, 0.0, 1.0)) if spread > 0 else 1.0


def outlet_shares(
    shares: Mapping[str, pd.DataFrame],
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    columns: Sequence[str] | None = None,
    confidence: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Return each outlet's mean of what was measured in several ways, side by side, with intervals that resample articles.

    Parameters
    ----------
    shares : mapping of str to DataFrame
        article_id and numeric columns by how they were measured: ``{"extracted": ..., "corrected": ...}``.
    articles : DataFrame
        article_id and the column that `by` names.
    columns : sequence of str, optional
        Columns of the shares; those that all tables have by default.
    confidence : float
    resamples, seed : int

    Returns
    -------
    DataFrame
        outlet (as `by` names it), column, kind, mean, ci_low, ci_high (percentiles), articles; drawn by `figures.measured`.

    Examples
    --------
    >>> shares = pd.DataFrame({"article_id": ["a", "b"], "voice__passive": [0.2, 0.4]})
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": "Post"})
    >>> outlet_shares({"extracted": shares}, articles)[["outlet", "kind", "mean"]].round(2).values.tolist()
    [['Post', 'extracted', 0.3]]
    """
    need(articles, ["article_id", by], "articles")
    tails, rows = [(1 - confidence) / 2, (1 + confidence) / 2], []
    common = [c for c in next(iter(shares.values())) if c != "article_id" and all(c in t for t in shares.values())]
    chosen = list(columns) if columns is not None else common
    for kind, table in shares.items():
        need(table, ["article_id", *chosen], f"shares of {kind!r}")
        rng = np.random.default_rng(seed)  # the same resamples for each kind
        joined = table.merge(articles[["article_id", by]], on="article_id").sort_values("article_id")
        for outlet, part in joined[joined[by].fillna("") != ""].groupby(by):
            values = part[chosen].to_numpy(dtype=float)
            weights = rng.multinomial(len(part), np.full(len(part), 1 / len(part)), resamples) / len(part)
            low, high = np.quantile(weights @ values, tails, axis=0)
            each = zip(chosen, values.mean(axis=0), low, high, strict=True)
            rows += [(outlet, column, kind, m, lo, hi, len(part)) for column, m, lo, hi in each]
    return pd.DataFrame(rows, columns=[by, "column", "kind", "mean", "ci_low", "ci_high", "articles"])
