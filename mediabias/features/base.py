"""The feature contract: a feature yields evidence; everything else follows from it.

A feature is a class with a `name`, the zones it reads, its labels with their definitions, and one method
``evidence(article)``. The base gives it the behaviour of a scikit-learn transformer over articles, the numbers, the data
dictionary and the evidence table. A subclass may not count, and may not look at other articles.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin

from mediabias.article import DEFAULT_ZONES, ZONES, Article, Evidence
from mediabias.attribution import attribute

_UNITS = {"rate": "per 1,000 words", "share": "share of {}", "count": "number in the article"}
EVIDENCE_COLUMNS = ("article_id", "feature", "label", "start", "end", "text", "attribution_id", "attributes")
DICTIONARY_COLUMNS = ("column", "feature", "label", "definition", "example", "unit", "zones", "reference", "validated")


@dataclass(frozen=True)
class Label:
    """A label's definition and an example of our own; `group` names the shares that sum to one."""

    definition: str
    example: str
    group: str = ""


class Feature(TransformerMixin, BaseEstimator):
    """Base of all features.

    Class attributes
    ----------------
    name : str
        Prefix of the feature's columns.
    labels : mapping of str to Label
        What the evidence may be labelled.
    zones : tuple of str
        The zones that are read.
    unit : {"rate", "share", "count"}
        "rate": evidence per 1,000 words of the zones read; "share": evidence of a label over all evidence of its
        group, missing where there is none; "count": evidence in the article.
    reference, validated : str
        Where the concept comes from; how well the feature does on gold data, or "not validated".

    Examples
    --------
    >>> class Shouting(Feature):
    ...     name = "shouting"
    ...     labels = {"mark": Label("An exclamation mark.", "It rains!")}
    ...     def evidence(self, article):
    ...         for span in article.spans(self.zones):
    ...             for i in range(span.start, span.end):
    ...                 if article.text[i] == "!":
    ...                     yield Evidence(self.name, "mark", i, i + 1)
    >>> Shouting().fit_transform([Article.from_text("It rains! It pours!", "a")]).to_dict()
    {'shouting__mark': {'a': 500.0}}
    """

    name: ClassVar[str] = ""
    labels: ClassVar[Mapping[str, Label]] = {}
    zones: ClassVar[tuple[str, ...]] = DEFAULT_ZONES
    unit: ClassVar[str] = "rate"
    reference: ClassVar[str] = ""
    validated: ClassVar[str] = "not validated"
    needs_attributions: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.unit not in _UNITS:
            raise ValueError(f"feature {cls.__name__}: unit {cls.unit!r}; one of {', '.join(_UNITS)}")
        if odd := set(cls.zones) - set(ZONES):
            raise ValueError(f"feature {cls.__name__}: no zone {min(odd)!r}; one of {', '.join(ZONES)}")
        if "__" in cls.name:
            raise ValueError(f"feature {cls.__name__}: name {cls.name!r} holds '__', which parts name and label")

    def evidence(self, article: Article) -> Iterable[Evidence]:
        """Yield what the feature finds in one article."""
        raise NotImplementedError(f"{type(self).__name__} lacks the method evidence(article)")

    # -- scikit-learn ------------------------------------------------------------------------------------------------

    def fit(self, X: Iterable[Article], y: Any = None) -> Self:
        """Do nothing: a feature learns nothing from a corpus, so that its numbers do not depend on the company."""
        return self

    def transform(self, X: Iterable[Article]) -> pd.DataFrame:
        """Return one row an article, one column a label.

        Parameters
        ----------
        X : iterable of Article
            A list or a Corpus.

        Returns
        -------
        DataFrame of shape (n_articles, n_labels)
            Indexed by article_id.
        """
        articles = list(X)
        return self.numbers(articles, self.evidence_table(articles))

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Return the names of the columns."""
        return np.array([f"{self.name}__{label}" for label in self.labels], dtype=object)

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        tags.no_validation = True
        tags.input_tags.two_d_array = False
        tags.input_tags.string = True
        return tags

    # -- evidence and numbers ----------------------------------------------------------------------------------------

    def evidence_table(self, articles: Iterable[Article]) -> pd.DataFrame:
        """Return the evidence in all articles, one row a span, sorted by article and position.

        Raises
        ------
        ValueError
            When the feature yields a label it does not declare, or a span outside the text.
        """
        rows = [row for a in articles for row in self._rows(a)]
        return pd.DataFrame(rows, columns=list(EVIDENCE_COLUMNS))

    def _rows(self, article: Article) -> Iterator[tuple[Any, ...]]:
        if self.needs_attributions and article.attributions is None:
            article = attribute(article)
        found = sorted(self.evidence(article), key=lambda e: (e.start, e.end, e.label))
        for e in found:
            if e.label not in self.labels:
                raise ValueError(f"feature {self.name!r}: label {e.label!r} is not among {', '.join(self.labels)}")
            if not 0 <= e.start < e.end <= len(article.text):
                raise ValueError(
                    f"feature {self.name!r}: the span [{e.start}, {e.end}) lies outside article "
                    f"{article.article_id!r} of {len(article.text)} characters, or is empty"
                )
            attributes = json.dumps(e.attributes, ensure_ascii=False, sort_keys=True)
            yield (article.article_id, self.name, e.label, e.start, e.end, article.text[e.start : e.end],
                   e.attribution_id, attributes)  # fmt: skip

    def numbers(self, articles: Sequence[Article], evidence: pd.DataFrame) -> pd.DataFrame:
        """Derive the numbers of `articles` from their evidence; the only place where evidence is counted."""
        ids = pd.Index([a.article_id for a in articles], name="article_id", dtype="str")
        labels = list(self.labels)
        counts = pd.crosstab(evidence["article_id"], evidence["label"]).reindex(index=ids, columns=labels, fill_value=0)
        counts = counts.fillna(0).astype(float)
        if self.unit == "rate":
            words = np.array([a.word_count(self.zones) for a in articles], dtype=float)
            counts = counts.mul(1000).div(np.where(words > 0, words, np.nan), axis=0)
        elif self.unit == "share":
            groups = pd.Series({k: v.group for k, v in self.labels.items()})
            totals = counts.T.groupby(groups).transform("sum").T
            counts = counts / totals.where(totals > 0)
        counts.columns = pd.Index(self.get_feature_names_out(), dtype="str")
        return counts

    def data_dictionary(self) -> pd.DataFrame:
        """Return one row a column: what it means, in which unit, from which zones, after whom."""
        unit = _UNITS[self.unit]
        rows = [
            (f"{self.name}__{k}", self.name, k, v.definition, v.example, unit.format(v.group or "all evidence"),
             ", ".join(self.zones), self.reference, self.validated)
            for k, v in self.labels.items()
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(DICTIONARY_COLUMNS))
