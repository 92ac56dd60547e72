"""Outlets compared with what else differs between their articles held equal: regression on counts, errors clustered by event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from mediabias.comparison.pairing import counts_once, need
from mediabias.errors import TableError

_COLUMNS = (
    "column",
    "outlet",
    "baseline",
    "ratio",
    "ci_low",
    "ci_high",
    "p",
    "overdispersion",
    "family",
    "n_articles",
    "n_events",
)


def adjusted(
    counts: pd.DataFrame,
    articles: pd.DataFrame,
    baseline: str,
    *,
    columns: Sequence[str] | None = None,
    covariates: Sequence[str] = (),
    by: str = "outlet",
    within: str = "event",
    copies: str = "collapse",
    family: str = "auto",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return how many times a baseline outlet's rate each other outlet has, events and covariates held equal.

    Parameters
    ----------
    counts : DataFrame
        article_id, column, count, exposure, as `extract` gives them.
    articles : DataFrame
        article_id, the columns named by `by` and `within`, the covariates, and copy_of.
    baseline : str
        The outlet that the others are compared with.
    columns : sequence of str, optional
        Columns of the counts; all by default.
    covariates : sequence of str
        Columns of `articles`, such as the section: numbers as they are, everything else as categories. "length" is the logarithm of
        the words read, where that is no column.
    copies : {"collapse", "drop", "keep"}
        Whether copies of a story count; they do not by default.
    family : {"auto", "poisson", "negative binomial"}
        Of the counts; "auto" takes the negative binomial where the Poisson's Pearson chi-square is more than 1.5 times its degrees of
        freedom.
    confidence : float

    Returns
    -------
    DataFrame
        A row a column and outlet: column, outlet, baseline, ratio (of rates), ci_low, ci_high, p, overdispersion (Pearson chi-square
        over degrees of freedom of the Poisson model), family, n_articles, n_events.

    Raises
    ------
    TableError
        When a column is missing, or no article is of the baseline outlet.

    Notes
    -----
    A log-linear model with the exposure as offset, one effect an event, and standard errors that are robust to any dependence within
    events (clustered; Cameron and Miller 2015 [1]_). With fewer than about 30 events these are too small: `compare` is the
    safer one there. A column whose model does not settle has missing numbers.

    References
    ----------
    .. [1] Cameron, A. and Miller, D. (2015). A practitioner's guide to cluster-robust inference. Journal of Human Resources 50(2).

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> articles = pd.DataFrame([(f"{o}{e}", o, str(e), "") for o in "AB" for e in range(30)],
    ...                         columns=["article_id", "outlet", "event", "copy_of"])
    >>> counts = pd.DataFrame({"article_id": articles["article_id"], "column": "v__a", "exposure": 400.0})
    >>> counts["count"] = rng.poisson(np.where(articles["outlet"] == "A", 8, 4))
    >>> row = adjusted(counts, articles, "B").iloc[0]
    >>> bool(row.ci_low < 2 < row.ci_high), row.family
    (True, 'poisson')
    """
    need(counts, ["article_id", "column", "count", "exposure"], "counts")
    known = [c for c in covariates if not (c == "length" and c not in articles)]
    need(articles, ["article_id", by, within, *known], "articles")
    if baseline not in set(articles[by]):
        raise TableError(f"no article of {baseline!r}; there are {', '.join(sorted(set(articles[by].dropna())))}")
    if family not in ("auto", "poisson", "negative binomial"):
        raise TableError(f"family={family!r}: one of auto, poisson, negative binomial")
    about = counts_once(articles, copies, by=by)
    about = about[about[by].fillna("").ne("") & about[within].fillna("").ne("")]
    if "length" in covariates and "length" not in about:
        about = about.assign(length=np.log(about["article_id"].map(counts.groupby("article_id")["exposure"].max())))
    rows = []
    for column in columns if columns is not None else list(dict.fromkeys(counts["column"])):
        table = counts[(counts["column"] == column) & (counts["exposure"] > 0)].merge(about, on="article_id")
        rows += _rows(table, column, baseline, list(covariates), by, within, family, confidence)
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _rows(
    table: pd.DataFrame,
    column: str,
    baseline: str,
    covariates: list[str],
    by: str,
    within: str,
    family: str,
    confidence: float,
) -> list[tuple[Any, ...]]:
    others = sorted(set(table[by]) - {baseline})
    size = (len(table), table[within].nunique())
    try:
        if not table["count"].any():
            raise ValueError("nothing was found")
        fit, used, spread = _fitted(table, baseline, covariates, by, within, family)
    except (ValueError, ArithmeticError, np.linalg.LinAlgError):  # nothing varies, or the model does not settle
        return [(column, o, baseline, *[np.nan] * 5, "none", *size) for o in others]
    ends = np.exp(fit.conf_int(1 - confidence))
    return [
        (
            column,
            o,
            baseline,
            np.exp(fit.params[name]),
            ends.loc[name, 0],
            ends.loc[name, 1],
            fit.pvalues[name],
            spread,
            used,
            *size,
        )
        for o in others
        for name in (f"{by}: {o}",)
    ]


def _fitted(
    table: pd.DataFrame, baseline: str, covariates: list[str], by: str, within: str, family: str
) -> tuple[Any, str, float]:
    import statsmodels.api as sm  # takes a second to import

    parts = [pd.get_dummies(table[by], prefix=by, prefix_sep=": ").drop(columns=f"{by}: {baseline}")]
    parts.append(pd.get_dummies(table[within], prefix="_within"))
    for c in covariates:
        is_number = pd.api.types.is_numeric_dtype(table[c])
        parts.append(table[[c]] - table[c].mean() if is_number else pd.get_dummies(table[c], prefix=c, drop_first=True))
    design = pd.concat(parts, axis=1).astype(float)
    design = design.loc[:, (design != 0).any()]
    choices: dict[str, Any] = {"offset": np.log(table["exposure"].to_numpy(float))}
    codes = pd.Categorical(table[within]).codes
    poisson = sm.GLM(table["count"], design, family=sm.families.Poisson(), **choices)
    fit = poisson.fit(cov_type="cluster", cov_kwds={"groups": codes})
    spread = float(fit.pearson_chi2 / max(fit.df_resid, 1))
    if family == "poisson" or (family == "auto" and spread <= 1.5):
        return fit, "poisson", spread
    # The dispersion by moments, as of a quasi-likelihood: Var = m + a m^2.
    mean = fit.fittedvalues
    moments = float((((table["count"] - mean) ** 2 - mean) / mean**2).sum() / max(fit.df_resid, 1))
    wide = sm.GLM(table["count"], design, family=sm.families.NegativeBinomial(alpha=max(moments, 1e-4)), **choices)
    return wide.fit(cov_type="cluster", cov_kwds={"groups": codes}), "negative binomial", spread
