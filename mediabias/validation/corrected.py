"""What hand coding says of a feature: its scores, and numbers that its mistakes no longer bend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from mediabias.article import Article
from mediabias.comparison.pairing import need
from mediabias.errors import TableError
from mediabias.features.run import FeatureTables
from mediabias.validation.sheets import FOUND
from mediabias.validation.units import unit_table


def score_codes(
    key: pd.DataFrame, codes: pd.DataFrame, *, confidence: float = 0.95, resamples: int = 2000, seed: int = 0
) -> pd.DataFrame:
    """Return precision and recall of a feature against the codes of a sample, label by label.

    Parameters
    ----------
    key, codes : DataFrame
        The key of the sample, and the codes (`read_codes`), after adjudication where there are several coders.
    confidence : float
        Of the intervals, which resample sentences within strata.
    resamples, seed : int

    Returns
    -------
    DataFrame
        label, coded (sentences), positive (coded 1), precision, recall and f1 with low and high. Each sentence counts as many times
        as it stands for others, one over its probability.

    Raises
    ------
    TableError
        When no sentence has been coded.

    Examples
    --------
    >>> key = pd.DataFrame({"unit_id": list("uvwx"), "stratum": ["p", "p", "none", "none"], "probability": [1, 1, 0.5, 0.5],
    ...                     "found_p": [1, 1, 0, 0]})
    >>> codes = pd.DataFrame({"unit_id": list("uvwx"), "p": [1.0, 0, 1, 0]})
    >>> score_codes(key, codes)[["precision", "recall"]].round(3).values.tolist()
    [[0.5, 0.333]]
    """
    labels = [c.removeprefix(FOUND) for c in key.columns if c.startswith(FOUND)]
    table = key.merge(codes, on="unit_id")
    rng, rows = np.random.default_rng(seed), []
    for label in labels:
        known = table[table[label].notna()]
        if known.empty:
            raise TableError(f"no sentence is coded for {label!r}; fill the sheet in with 1 and 0")
        strata = [np.flatnonzero(known["stratum"] == s) for s in sorted(set(known["stratum"]))]
        coded, found = (known[c].to_numpy(dtype=float) for c in (label, FOUND + label))
        weight = _answered(table, label)[table[label].notna()].to_numpy(dtype=float)
        parts = np.stack([found, coded, found * coded]) / weight
        drawn = np.stack([_resample(parts, strata, rng) for _ in range(resamples)])
        point = _ratios(parts.sum(axis=1)[None])[0]
        low, high = _ends(_ratios(drawn), confidence)
        rows.append((label, len(known), int(coded.sum()), *np.stack([point, low, high], axis=1).ravel()))
    names = [f"{k}{end}" for k in ("precision", "recall", "f1") for end in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=["label", "coded", "positive", *names])


def _answered(table: pd.DataFrame, label: str) -> pd.Series:
    """Return the probability that a sentence is drawn and coded: that of the draw, times the share coded of its stratum."""
    return table["probability"] * table[label].notna().groupby(table["stratum"]).transform("mean")


def _ends(drawn: np.ndarray, confidence: float) -> np.ndarray:
    """Return both ends of each column's interval; missing where no resample has the ratio."""
    tails, ends = [(1 - confidence) / 2, (1 + confidence) / 2], np.full((2, drawn.shape[1]), np.nan)
    for column, many in enumerate(drawn.T):
        if len(kept := many[~np.isnan(many)]):
            ends[:, column] = np.quantile(kept, tails)
    return ends


def _resample(parts: np.ndarray, strata: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    chosen = np.concatenate([s[rng.integers(0, len(s), len(s))] for s in strata])
    return parts[:, chosen].sum(axis=1)


def _ratios(sums: np.ndarray) -> np.ndarray:
    found, coded, both = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.stack([both / found, both / coded, 2 * both / (found + coded)], axis=1)


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
        weight = np.where(drawn, 1 / _answered(known, label).to_numpy(dtype=float), 0.0)
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
