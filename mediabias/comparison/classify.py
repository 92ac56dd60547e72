"""Do the features tell which outlet an article is from? Classifiers, tested on events that they have not seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from mediabias.article import DEFAULT_ZONES, Article
from mediabias.comparison.pairing import counts_once, need
from mediabias.errors import TableError

#: A feature of what the outlet says of itself names it, whatever the article says.
MASKED = ("self_description", "wire_reliance")


def identify(
    features: pd.DataFrame,
    articles: Iterable[Article],
    *,
    columns: Sequence[str] | None = None,
    by: str = "outlet",
    within: str = "event",
    copies: str = "collapse",
    folds: int = 5,
    shuffles: int = 200,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Return how well each of several models tells the outlet of an article of an event that it has not seen.

    Parameters
    ----------
    features : DataFrame
        article_id and columns, as `extract` gives them.
    articles : iterable of Article
        Their texts are for the baseline of words.
    columns : sequence of str, optional
        All but those of `MASKED` by default.
    copies : {"collapse", "drop", "keep"}
        Copies of a story are left out by default.
    folds : int
        Parts that the events are divided into; each is predicted from the others.
    shuffles : int
        Times that the outlets are shuffled within events, to see what chance gives.
    confidence, seed

    Returns
    -------
    DataFrame
        A row a model (features linear, features forest, bag of words): model, accuracy (mean of the shares of each outlet's articles
        that are told right), low, high (over resampled events), chance (mean over shuffles), p (share of shuffles as good; the
        linear models only), articles, events, outlets.

    Raises
    ------
    TableError
        When fewer than two outlets or fewer events than folds remain.

    Notes
    -----
    In the text the outlets' names are masked, and only headline, standfirst and body are read, so that no model learns a name or a
    box. A bag of words that does much better than the features knows the house style; features near chance tell that a reader
    could not name the outlet by its framing.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> made = [Article.from_text("It rained.", f"{o}{e}", outlet=o, event=str(e)) for o in "AB" for e in range(10)]
    >>> features = pd.DataFrame({"article_id": [a.article_id for a in made], "v__a": [float(a.outlet == "A") for a in made]})
    >>> table = identify(features, made, shuffles=19).set_index("model")
    >>> float(table.loc["features, linear", "accuracy"]), float(table.loc["features, linear", "p"])
    (1.0, 0.05)
    """
    data = _Data(features, list(articles), columns, by, within, copies, folds)
    rng, rows = np.random.default_rng(seed), []
    for name, model, x in data.models(seed):
        right = data.predicted(model, x, data.y)
        accuracy = balanced_accuracy_score(data.y, right)
        low, high = data.interval(right, confidence, rng)
        chance, p = np.nan, np.nan
        if "forest" not in name and shuffles:
            drawn = [balanced_accuracy_score(y, data.predicted(model, x, y)) for y in data.shuffled(shuffles, rng)]
            chance, p = float(np.mean(drawn)), (1 + sum(d >= accuracy for d in drawn)) / (1 + shuffles)
        rows.append((name, accuracy, low, high, chance, p, len(data.y), len(set(data.groups)), len(set(data.y))))
    names = ["model", "accuracy", "low", "high", "chance", "p", "articles", "events", "outlets"]
    return pd.DataFrame(rows, columns=names)


def telling_columns(
    features: pd.DataFrame, articles: Iterable[Article], *, columns: Sequence[str] | None = None, by: str = "outlet",
    within: str = "event", copies: str = "collapse", folds: int = 5, repeats: int = 20, seed: int = 0,
) -> pd.DataFrame:  # fmt: skip
    """Return how much worse the linear model does on unseen events when a column is shuffled, the most telling first.

    Returns
    -------
    DataFrame
        column, drop (of the accuracy, mean over folds and repeats), error (standard deviation over folds).

    References
    ----------
    Breiman, L. (2001). Random forests. Machine Learning 45 (permutation importance).
    """
    data = _Data(features, list(articles), columns, by, within, copies, folds)
    drops = []
    for train, test in GroupKFold(folds).split(data.x, data.y, data.groups):
        fit = clone(_linear(seed)).fit(data.x.iloc[train], data.y[train])
        found = permutation_importance(
            fit, data.x.iloc[test], data.y[test], scoring="balanced_accuracy", n_repeats=repeats, random_state=seed
        )
        drops.append(found.importances_mean)
    table = pd.DataFrame(
        {"column": list(data.x.columns), "drop": np.mean(drops, axis=0), "error": np.std(drops, axis=0)}
    )
    return table.sort_values(["drop", "column"], ascending=[False, True], ignore_index=True)


def _linear(seed: int) -> Any:
    fill = SimpleImputer(strategy="median", keep_empty_features=True)
    return make_pipeline(
        fill, StandardScaler(), LogisticRegression(C=0.3, class_weight="balanced", max_iter=2000, random_state=seed)
    )


def _names_of(outlet: str) -> set[str]:
    """Return an outlet's name, without its article, and its initials where they are three or more.

    Examples
    --------
    >>> sorted(_names_of("The New York Times"))
    ['NYT', 'New York Times', 'TNYT', 'The New York Times']
    """
    bare = re.sub(r"^The ", "", outlet)
    initials = {"".join(w[0] for w in name.split()) for name in (outlet, bare) if len(name.split()) > 2}
    return {outlet, bare, *initials}


class _Data:
    """The articles that count, their features and texts, and the folds."""

    def __init__(
        self,
        features: pd.DataFrame,
        articles: list[Article],
        columns: Sequence[str] | None,
        by: str,
        within: str,
        copies: str,
        folds: int,
    ) -> None:
        need(features, ["article_id", *(columns or [])], "features")
        about = pd.DataFrame([(a.article_id, getattr(a, by), getattr(a, within), a.copy_of) for a in articles],
                             columns=["article_id", by, within, "copy_of"])  # fmt: skip
        about = counts_once(about, copies, by=by)
        about = (
            about[about[by].ne("") & about[within].ne("")].merge(features, on="article_id").sort_values("article_id")
        )
        chosen = (
            list(columns)
            if columns
            else [c for c in features if c != "article_id" and str(c).split("__")[0] not in MASKED]
        )
        self.x = about[chosen].reset_index(drop=True)
        self.y, self.groups = about[by].to_numpy(dtype=object), about[within].to_numpy(dtype=object)
        self.folds = folds
        if len(set(self.y)) < 2 or len(set(self.groups)) < folds:
            raise TableError(
                f"{len(set(self.y))} outlets on {len(set(self.groups))} events: two outlets and {folds} events are needed"
            )
        texts = {a.article_id: a for a in articles}
        names = sorted({n for o in set(self.y) for n in _names_of(o)}, key=len, reverse=True)
        mask = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.I)
        self.texts = np.array(
            [mask.sub("OUTLET", texts[i].zone_text(*DEFAULT_ZONES)) for i in about["article_id"]], dtype=object
        )

    def models(self, seed: int) -> list[tuple[str, Any, Any]]:
        fill = SimpleImputer(strategy="median", keep_empty_features=True)
        forest = make_pipeline(fill, RandomForestClassifier(300, class_weight="balanced", random_state=seed))
        logistic = LogisticRegression(C=10.0, class_weight="balanced", max_iter=2000, random_state=seed)
        words = make_pipeline(TfidfVectorizer(sublinear_tf=True), logistic)
        return [
            ("features, linear", _linear(seed), self.x),
            ("features, forest", forest, self.x),
            ("bag of words", words, self.texts),
        ]

    def predicted(self, model: Any, x: Any, y: np.ndarray) -> np.ndarray:
        out = np.empty(len(y), dtype=object)
        for train, test in GroupKFold(self.folds).split(x, y, self.groups):
            part = (x.iloc[train], x.iloc[test]) if isinstance(x, pd.DataFrame) else (x[train], x[test])
            out[test] = clone(model).fit(part[0], y[train]).predict(part[1])
        return out

    def shuffled(self, times: int, rng: np.random.Generator) -> Iterable[np.ndarray]:
        places = [np.flatnonzero(self.groups == g) for g in sorted(set(self.groups))]
        for _ in range(times):
            y = self.y.copy()
            for at in places:
                y[at] = y[rng.permutation(at)]
            yield y

    def interval(self, right: np.ndarray, confidence: float, rng: np.random.Generator) -> tuple[float, float]:
        events = sorted(set(self.groups))
        hit, size = (
            np.array(
                [[(((self.groups == e) & (self.y == o)) & ok).sum() for o in sorted(set(self.y))] for e in events],
                dtype=float,
            )
            for ok in (right == self.y, np.ones(len(self.y), dtype=bool))
        )
        weights = rng.multinomial(len(events), np.full(len(events), 1 / len(events)), 2000)
        with np.errstate(invalid="ignore", divide="ignore"):
            drawn = np.nanmean((weights @ hit) / (weights @ size), axis=1)
        low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
        return float(low), float(high)
