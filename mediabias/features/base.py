"""The feature contract: a feature yields evidence; everything else follows from it.

A feature is a class with a `name`, its labels with their definitions, what it `needs`, and one method
``evidence(article)``; its fields are its settings. The base gives it the behaviour of a scikit-learn transformer over
articles, the counts, the numbers, the data dictionary and the evidence table. A subclass may not count, and may not look
at other articles.
"""

from __future__ import annotations

import inspect
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin

from mediabias import tables
from mediabias.article import DEFAULT_ZONES, SENTENCE_ZONES, WORD, ZONES, Article, Evidence
from mediabias.errors import FeatureError
from mediabias.features import cards
from mediabias.features.counts import UNITS, numbers, unit_text
from mediabias.language import COVERED, is_covered
from mediabias.prepare import MADE_HERE, NEEDS, prepare_all
from mediabias.settings import Settings


@dataclass(frozen=True)
class Label:
    """What a label means, with an example of our own.

    `unit` is "rate" (evidence per 1,000 words of the zones read), "share" (evidence of the label over all evidence of its
    `group`, missing where there is none), "coverage" (words within the evidence over the words read), "word_share" (words within it over those within all evidence of its `group`) or "count" (evidence in
    the article). `zones` are those whose words it is measured against, where these are fewer than the feature reads. `title`
    and `color` are for figures; labels are drawn in the order in which they are declared.
    """

    definition: str
    example: str
    unit: str = "rate"
    group: str = ""
    title: str = ""
    color: str = ""
    zones: tuple[str, ...] = ()


@dataclass(eq=False)
class Feature(TransformerMixin, BaseEstimator):
    """Base of all features.

    Class attributes
    ----------------
    labels : mapping of str to Label
        What the evidence may be labelled, in the order of tables and figures.
    needs : tuple of str
        What is prepared before `evidence` is called: "attributions"; "actors", the mentions; "passages", which `mediabias.events.grouped` finds.
    languages : tuple of str
        ISO 639-1 codes of the languages that it reads, empty for all; an article in another one has no numbers (missing,
        not 0).
    reference, validated : str
        Where the concept comes from; how well the feature does on gold data, where it is no feature of the package, whose scores
        are in a table (`mediabias.features.cards`).

    Parameters
    ----------
    name : str
        Prefix of the feature's columns. Two settings of one feature stand side by side under two names.
    zones : tuple of str
        The zones that are read.
    settings : Settings, optional
        What `needs` are prepared with when the feature is used by itself.

    Examples
    --------
    >>> class Shouting(Feature):
    ...     name = "shouting"
    ...     labels = {"mark": Label("An exclamation mark.", "It rains!")}
    ...     def evidence(self, article):
    ...         for span in article.spans(self.zones):
    ...             for i in range(span.start, span.end):
    ...                 if article.text[i] == "!":
    ...                     yield Evidence("mark", i, i + 1)
    >>> Shouting().fit_transform([Article.from_text("It rains! It pours!", "a")]).to_dict()
    {'shouting__mark': {'a': 500.0}}
    >>> Shouting(name="loud_headlines", zones=("headline",)).get_feature_names_out().tolist()
    ['loud_headlines__mark']
    """

    labels: ClassVar[Mapping[str, Label]] = {}
    needs: ClassVar[tuple[str, ...]] = ()
    languages: ClassVar[tuple[str, ...]] = COVERED
    reference: ClassVar[str] = ""
    validated: ClassVar[str] = cards.NONE

    name: str = ""
    zones: tuple[str, ...] = DEFAULT_ZONES
    settings: Settings | None = field(default=None, kw_only=True)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # `name = "hedges"` in a subclass is a new default of the field, with or without an annotation.
        own = inspect.get_annotations(cls)
        cls.__annotations__ = {k: t for k, t in _SETTINGS.items() if k in cls.__dict__ and k not in own} | dict(own)
        dataclass(eq=False)(cls)
        _check_class(cls)

    def evidence(self, article: Article) -> Iterable[Evidence]:
        """Yield what the feature finds in one article."""
        raise NotImplementedError(f"{type(self).__name__} lacks the method evidence(article)")

    def check_settings(self) -> None:
        """Raise FeatureError where a setting can't be used; called before articles are read, since `set_params` may change any."""
        if odd := sorted(set(self.zones) - set(ZONES)):
            raise FeatureError(f"feature {self.name!r}: no zone {odd[0]!r}; one of {', '.join(ZONES)}")
        if "__" in self.name:
            raise FeatureError(f"feature {self.name!r}: the name holds '__', which parts name and label")
        blind = sorted(set(self.zones) - set(SENTENCE_ZONES)) if MADE_HERE.keys() & set(self.needs) else []
        if blind:
            raise FeatureError(
                f"feature {self.name!r}: attributions are not looked for in the zone {blind[0]!r}; one of {', '.join(SENTENCE_ZONES)}"
            )

    def ran(self) -> dict[str, str]:
        """Return what else ran that changes a number, such as a parser's version; it goes into the manifest."""
        return {}

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

        Raises
        ------
        FeatureError
            When two articles have one id, or the feature yields what it may not.
        """
        self.check_settings()
        articles = list(prepare_all(X, self.needs, self.settings))
        counts = self.counts_table(articles, self.evidence_table(articles))
        made = numbers(counts, self.data_dictionary(), [a.article_id for a in articles])
        return made.set_index("article_id")

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
        """Return the evidence in prepared articles, one row a span, sorted by article and position.

        Raises
        ------
        FeatureError
            When the feature yields a label it does not declare, a span outside the text or outside its zones, reads what it
            did not say that it needs, or needs what the articles do not have.
        """
        self.check_settings()
        return tables.frame("evidence", [row for a in articles for row in self.rows(a)])

    def reads(self, article: Article) -> bool:
        """Say whether the feature can read the article: its language is covered or not known, and what it needs is there."""
        if "passages" in self.needs and article.passages is None:
            return False
        return not self.languages or is_covered(article.language, self.languages)

    def rows(self, article: Article) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of `evidence_table` of one prepared article."""
        if not self.reads(article):
            return
        for need in self.needs:
            if need in MADE_HERE and getattr(article, MADE_HERE[need]) is None:
                raise FeatureError(
                    f"feature {self.name!r}, article {article.article_id!r}: {need} were not prepared; give the articles to "
                    "`transform` or `extract`, or to `mediabias.prepare.prepare_all` first"
                )
        unasked = {name: _Unasked((self.name, need)) for need, name in MADE_HERE.items() if need not in self.needs}
        article = article.replace(**unasked)
        for e in sorted(self.evidence(article), key=lambda e: (e.start, e.end, e.label)):
            self._check(e, article)
            attributes = json.dumps(e.attributes, ensure_ascii=False, sort_keys=True)
            yield (article.article_id, self.name, e.label, e.start, e.end, article.text[e.start : e.end],
                   e.attribution_id, attributes)  # fmt: skip

    def _check(self, e: Evidence, article: Article) -> None:
        where = f"feature {self.name!r}, article {article.article_id!r}"
        if e.label not in self.labels:
            raise FeatureError(f"{where}: label {e.label!r} is not among {', '.join(self.labels)}")
        if not 0 <= e.start < e.end <= len(article.text):
            raise FeatureError(
                f"{where}: the span [{e.start}, {e.end}) lies outside the text of {len(article.text)} characters, "
                "or is empty"
            )
        if (zone := article.zone_at(e.start)) not in self.zones:
            raise FeatureError(
                f"{where}: evidence {article.text[e.start : e.end]!r} lies in the zone {zone!r}; the feature reads "
                f"{', '.join(self.zones)}"
            )

    def counts_table(self, articles: Iterable[Article], evidence: pd.DataFrame) -> pd.DataFrame:
        """Return for each article and column the count and what it is measured against.

        The exposure is the words read (of a rate or a coverage), the evidence of the group (of a share), or one article (of
        a count). The count of a coverage is the words within its evidence.

        Raises
        ------
        FeatureError
            When two articles have one id.
        """
        found = Counter(zip(evidence["article_id"], evidence["label"], strict=True))
        covered: Counter[tuple[str, str]] = Counter()
        for article_id, label, text in zip(evidence["article_id"], evidence["label"], evidence["text"], strict=True):
            covered[article_id, label] += len(WORD.findall(text))
        rows: list[tuple[str, str, float, float]] = []
        seen: set[str] = set()
        for a in articles:
            if a.article_id in seen:
                raise FeatureError(f"two articles have the id {a.article_id!r}; give each its own")
            seen.add(a.article_id)
            is_read = self.reads(a)
            groups: Counter[str] = Counter()
            words_of: Counter[str] = Counter()
            for label, of in self.labels.items():
                groups[of.group] += found[a.article_id, label]
                words_of[of.group] += covered[a.article_id, label]
            for label, of in self.labels.items():
                words = a.word_count(of.zones or self.zones) if of.unit in {"rate", "coverage"} else 0
                of_group = {"share": groups[of.group], "word_share": words_of[of.group], "count": 1}
                exposure = of_group.get(of.unit, words) * is_read
                count = (covered if of.unit in {"coverage", "word_share"} else found)[a.article_id, label]
                rows.append((a.article_id, f"{self.name}__{label}", float(count), float(exposure)))
        return tables.frame("counts", rows)

    def data_dictionary(self) -> pd.DataFrame:
        """Return one row a column: what it means, in which unit, from which zones, after whom."""
        rows = [
            (f"{self.name}__{k}", self.name, k, v.title or k.replace("_", " "), v.definition, v.example,
             unit_text(v.unit, v.group), v.group, ", ".join(v.zones or self.zones), self.reference, self.how_validated(k))
            for k, v in self.labels.items()
        ]  # fmt: skip
        return tables.frame("dictionary", rows)

    def how_validated(self, label: str) -> str:
        """Say how right a label is on gold data; a feature with other settings than its own has not been validated."""
        changed = [
            f.name for f in fields(self) if f.name not in {"name", "settings"} and getattr(self, f.name) != f.default
        ]
        if changed:
            return f"{cards.NONE} with these settings"
        told = [cards.said(type(self).name, label), self.validated]
        return "; ".join(t for t in told if t != cards.NONE) or cards.NONE


_SETTINGS = {"name": "str", "zones": "tuple[str, ...]"}


def _check_class(cls: type[Feature]) -> None:
    for label, of in cls.labels.items():
        if of.unit not in UNITS:
            raise FeatureError(
                f"feature {cls.__name__}: label {label!r} has unit {of.unit!r}; one of {', '.join(UNITS)}"
            )
    if odd := sorted(set(cls.needs) - set(NEEDS)):
        raise FeatureError(f"feature {cls.__name__}: needs {odd[0]!r}; one of {', '.join(NEEDS)}")
    if isinstance(zones := cls.__dict__.get("zones"), tuple) and (odd := sorted(set(zones) - set(ZONES))):
        raise FeatureError(f"feature {cls.__name__}: no zone {odd[0]!r}; one of {', '.join(ZONES)}")


class _Unasked(tuple[Any, ...]):
    """Stands for what a feature did not ask for: to read none of it in silence would be a wrong zero."""

    def _refuse(self, *_: object) -> Any:
        feature, need = tuple.__iter__(self)
        raise FeatureError(f"feature {feature!r} reads {need} without asking for them; declare needs = ({need!r},)")

    __iter__ = __bool__ = __len__ = __getitem__ = _refuse
