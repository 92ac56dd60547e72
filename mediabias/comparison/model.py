"""Outlets compared with what else differs between their articles held equal: regression on counts, errors by cluster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from mediabias.article import WORD
from mediabias.comparison.correction import corrected
from mediabias.comparison.pairing import counts_once, need
from mediabias.comparison.resampling import Floats
from mediabias.errors import DesignError, TableError
from mediabias.features.run import FeatureTables

_COLUMNS = (
    "column", "outlet", "baseline", "ratio", "ci_low", "ci_high", "p", "q", "df", "separated", "overdispersion", "n_articles",
    "n_events",
)  # fmt: skip


def adjusted(
    counts: FeatureTables | pd.DataFrame,
    articles: pd.DataFrame,
    baseline: str,
    *,
    columns: Sequence[str] | None = None,
    covariates: Sequence[str] = (),
    by: str = "outlet",
    within: str = "event",
    clusters: str | None = None,
    copies: str = "collapse",
    correction: str = "bh",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return how many times a baseline outlet's rate each other outlet has, events and covariates held equal.

    Parameters
    ----------
    counts : FeatureTables or DataFrame
        As `extract` gives them; or article_id, column, count, exposure.
    articles : DataFrame
        article_id, the columns named by `by` and `within`, the covariates, and copy_of.
    baseline : str
        The outlet that the others are compared with.
    columns : sequence of str, optional
        Columns of the counts; all by default.
    covariates : sequence of str
        Columns of `articles`, such as the section: numbers as they are, everything else as categories. "length", where
        that is no column, is the logarithm of the words of the articles' text.
    clusters : str, optional
        Column of the units within which errors may depend on each other in any way; `within` by default.
    copies : {"collapse", "drop", "keep"}
        Whether copies of a story count; they do not by default.
    correction : {"bh", "holm"}
        Of q, over all rows.
    confidence : float

    Returns
    -------
    DataFrame
        A row a column and outlet: column, outlet, baseline, ratio, ci_low, ci_high, p, q, measure ("rates" or "odds"),
        df (degrees of freedom), separated (one of the two has nothing, or nothing else, of the column: the ratio is 0
        or endless, and has no interval or p), overdispersion (Pearson chi-square over degrees of freedom), family,
        n_articles, n_events.

    Raises
    ------
    TableError
        When a column is missing, or no article is of the baseline outlet.

    Notes
    -----
    A log-linear (Poisson) model with the exposure as offset and one effect an event, for shares as well [3]_: a logit
    with an effect an event is off by what is estimated for the events (it gave 4.1 for odds of 3 with nine cues an
    article), the log-linear one is not. Overdispersion is no matter of the family here, since the standard
    errors are robust to any dependence within clusters, with the bias-reduced correction CR2 and Satterthwaite's degrees
    of freedom [1]_ [2]_, at the model's working weights: event effects that are nested in clusters take no degrees of
    freedom, and few clusters get a wider t.

    References
    ----------
    .. [1] Bell, R. and McCaffrey, D. (2002). Bias reduction in standard errors for linear regression with multi-stage
       samples. Survey Methodology 28(2).
    .. [2] Pustejovsky, J. and Tipton, E. (2018). Small-sample methods for cluster-robust variance estimation and
       hypothesis testing in fixed effects models. Journal of Business & Economic Statistics 36(4).
       doi:10.1080/07350015.2016.1247004
    .. [3] Zou, G. (2004). A modified Poisson regression approach to prospective studies with binary data. American
       Journal of Epidemiology 159(7). doi:10.1093/aje/kwh090

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> articles = pd.DataFrame([(f"{o}{e}", o, str(e), "") for o in "AB" for e in range(30)],
    ...                         columns=["article_id", "outlet", "event", "copy_of"])
    >>> counts = pd.DataFrame({"article_id": articles["article_id"], "column": "v__a", "exposure": 400.0})
    >>> counts["count"] = rng.poisson(np.where(articles["outlet"] == "A", 8, 4))
    >>> row = adjusted(counts, articles, "B").iloc[0]
    >>> bool(row.ci_low < 2 < row.ci_high), int(row.n_events)
    (True, 30)
    """
    counts = counts.counts if isinstance(counts, FeatureTables) else counts
    need(counts, ["article_id", "column", "count", "exposure"], "counts")
    known = [c for c in covariates if not (c == "length" and c not in articles)]
    need(articles, ["article_id", by, within, *known, *([clusters] if clusters else [])], "articles")
    if baseline not in set(articles[by]):
        raise TableError(f"no article of {baseline!r}; there are {', '.join(sorted(set(articles[by].dropna())))}")
    there = list(dict.fromkeys(counts["column"]))
    chosen = list(columns) if columns is not None else there
    if odd := [c for c in chosen if c not in there]:
        raise DesignError(f"counts has no column {odd[0]!r}; there are {', '.join(there[:12])}", parameter="columns")
    about = counts_once(articles, copies, by=by)
    about = about[about[by].fillna("").ne("") & about[within].fillna("").ne("")]
    if "length" in covariates and "length" not in about:
        need(about, ["text"], "articles")
        about = about.assign(length=np.log(about["text"].map(lambda t: max(len(WORD.findall(t)), 1))))
    rows = []
    for column in chosen:
        table = counts[(counts["column"] == column) & (counts["exposure"] > 0)].merge(about, on="article_id")
        rows += _rows(table, column, baseline, list(covariates), by, within, clusters or within, confidence)
    made = pd.DataFrame(rows, columns=[c for c in _COLUMNS if c != "q"])
    made["q"] = corrected(made["p"], made["column"], correction=correction)
    return made[list(_COLUMNS)]


class _Fit(NamedTuple):
    """A model with its working regression: events already taken away from `design` and `error`, weights applied."""

    names: list[str]
    params: Floats
    design: Floats
    error: Floats
    cluster: np.ndarray
    hat: Floats
    spread: float


def _rows(
    table: pd.DataFrame, column: str, baseline: str, covariates: list[str], by: str, within: str, clusters: str,
    confidence: float,
) -> list[tuple[Any, ...]]:  # fmt: skip
    size = (len(table), table[within].nunique())
    rows = []
    # Events where nothing was found say nothing of a ratio.
    told = table[table.groupby(within)["count"].transform("sum").gt(0)]
    found = told.groupby(by)["count"].sum()
    usable = told[told[by].map(found).gt(0)]
    fit = None
    if found.get(baseline, 0) and usable[by].nunique() > 1:
        try:
            fit = _fitted(usable, baseline, covariates, by, within, clusters)
        except (ValueError, ArithmeticError, np.linalg.LinAlgError):  # the model does not settle
            fit = None
    for outlet in sorted(set(table[by]) - {baseline}):
        ratio, low, high, p, df = (np.nan,) * 5
        separated = outlet in found and baseline in found and (found[outlet] > 0) != (found[baseline] > 0)
        if separated:
            ratio = np.inf if found[outlet] else 0.0
        elif fit is not None and outlet in fit.names:
            ratio, low, high, p, df = _estimate(fit, fit.names.index(outlet), confidence)
        spread = fit.spread if fit is not None else np.nan
        rows.append((column, outlet, baseline, ratio, low, high, p, df, bool(separated), spread, *size))
    return rows


def _fitted(table: pd.DataFrame, baseline: str, covariates: list[str], by: str, within: str, clusters: str) -> _Fit:
    import statsmodels.api as sm  # takes a second to import

    outlets = pd.get_dummies(table[by]).drop(columns=baseline)
    parts = [outlets]
    for c in covariates:
        is_number = pd.api.types.is_numeric_dtype(table[c])
        parts.append(table[[c]] - table[c].mean() if is_number else pd.get_dummies(table[c], prefix=c, drop_first=True))
    own = pd.concat(parts, axis=1).astype(float)
    own = own.loc[:, (own != own.iloc[0]).any()]
    events = pd.get_dummies(table[within], prefix="_event").astype(float)
    count, exposure = table["count"].to_numpy(float), table["exposure"].to_numpy(float)
    whole = pd.concat([own, events], axis=1).to_numpy()
    model = sm.GLM(count, whole, family=sm.families.Poisson(), offset=np.log(exposure))
    found = model.fit(maxiter=100)
    if not found.converged:
        raise ArithmeticError("the model does not settle")
    mean = found.fittedvalues
    # Of the working regression: the weight of each article, and how far it is off on the scale of the link.
    weight = mean
    off = (count - mean) / np.sqrt(weight)
    root = np.sqrt(weight)[:, None]
    of_event = np.linalg.qr(root * events.to_numpy())[0]
    away = lambda x: x - of_event @ (of_event.T @ x)  # noqa: E731
    design = away(root * own.to_numpy())
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ArithmeticError("what is held equal leaves nothing of the outlets")
    basis = np.linalg.qr(design)[0]
    return _Fit(
        names=list(map(str, own.columns)),
        params=np.asarray(found.params)[: own.shape[1]],
        design=design,
        error=off,
        cluster=pd.Categorical(table[clusters]).codes,
        hat=of_event @ of_event.T + basis @ basis.T,
        spread=float(found.pearson_chi2 / max(found.df_resid, 1)),
    )


def _estimate(fit: _Fit, at: int, confidence: float) -> tuple[float, float, float, float, float]:
    """Return ratio, low, high, p and degrees of freedom of one coefficient, by CR2 and Satterthwaite."""
    weights = (
        fit.design @ np.linalg.inv(fit.design.T @ fit.design)[:, at]
    )  # the coefficient is their product with the data
    n = len(weights)
    variance, parts = 0.0, []
    for cluster in np.unique(fit.cluster):
        rows = np.flatnonzero(fit.cluster == cluster)
        left = np.eye(len(rows)) - fit.hat[np.ix_(rows, rows)]
        values, vectors = np.linalg.eigh((left + left.T) / 2)
        # A cluster's own event effects leave nothing open in their direction: the root of the rest is inverted.
        inverse = np.where(values > 1e-8, 1 / np.sqrt(np.maximum(values, 1e-8)), 0.0)
        turned = (vectors * inverse) @ (vectors.T @ weights[rows])
        variance += float(turned @ fit.error[rows]) ** 2
        part = -fit.hat[:, rows] @ turned
        part[rows] += turned
        parts.append(part)
    products = np.array(parts) @ np.array(parts).T if n else np.zeros((0, 0))
    freedom = float(np.trace(products) ** 2 / (products**2).sum())
    error = np.sqrt(variance)
    estimate = float(fit.params[at])
    reach = stats.t.ppf((1 + confidence) / 2, freedom) * error
    p = float(2 * stats.t.sf(abs(estimate) / error, freedom)) if error > 0 else np.nan
    return float(np.exp(estimate)), float(np.exp(estimate - reach)), float(np.exp(estimate + reach)), p, freedom
