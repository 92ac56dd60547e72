"""Framing features: find them, run them, and go from a number back to its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import cast

import pandas as pd

from mediabias.article import Article
from mediabias.attribution import attribute_all
from mediabias.corpus import Corpus, write_manifest
from mediabias.errors import TableError
from mediabias.features.attribution_verbs import AttributionVerbs
from mediabias.features.base import DICTIONARY_COLUMNS, EVIDENCE_COLUMNS, Feature, Label
from mediabias.features.self_description import SelfDescription
from mediabias.features.source_labels import SourceLabels

__all__ = ["Feature", "FeatureTables", "Label", "available", "examples", "extract"]

_SHIPPED: tuple[type[Feature], ...] = (SourceLabels, AttributionVerbs, SelfDescription)


@dataclass(frozen=True)
class FeatureTables:
    """What `extract` gives: evidence (a row a span), features (a row an article), dictionary (a row a column)."""

    evidence: pd.DataFrame
    features: pd.DataFrame
    dictionary: pd.DataFrame

    def save(self, folder: str | Path, corpus: Corpus) -> None:
        """Write the tables as Parquet, with the articles' metadata (no text) and a manifest."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.evidence.to_parquet(folder / "evidence.parquet", index=False)
        self.features.to_parquet(folder / "features.parquet", index=False)
        self.dictionary.to_parquet(folder / "dictionary.parquet", index=False)
        corpus.articles.drop(columns="text").to_parquet(folder / "articles.parquet", index=False)
        settings = {"features": sorted(self.dictionary["feature"].unique().tolist())}
        write_manifest(folder, {a.path: a.raw_sha256 for a in corpus}, settings)

    @classmethod
    def load(cls, folder: str | Path) -> tuple[FeatureTables, pd.DataFrame]:
        """Load the tables that `save` wrote, and the articles' metadata.

        Raises
        ------
        TableError
            When the folder holds none.
        """
        folder = Path(folder)
        names = ("evidence", "features", "dictionary", "articles")
        if missing := [n for n in names if not (folder / f"{n}.parquet").exists()]:
            raise TableError(f"{folder}: no {missing[0]}.parquet here; make it with `mediabias extract`")
        evidence, features, dictionary, articles = (pd.read_parquet(folder / f"{n}.parquet") for n in names)
        return cls(evidence, features, dictionary), articles


def available() -> dict[str, type[Feature]]:
    """Return the features by name: those shipped, and those of installed packages.

    A package announces its features in the entry-point group ``mediabias.features``.

    Examples
    --------
    >>> sorted(available())[:3]
    ['attribution_verbs', 'self_description', 'source_labels']
    """
    found = {cls.name: cls for cls in _SHIPPED}
    for point in sorted(entry_points(group="mediabias.features"), key=lambda p: p.name):
        if point.name not in found:
            cls = point.load()
            found[cls.name] = cls
    return found


def extract(
    articles: Iterable[Article], features: Sequence[str | type[Feature] | Feature] | None = None
) -> FeatureTables:
    """Find the evidence of several features in articles and derive the numbers.

    Parameters
    ----------
    articles : iterable of Article
        A list or a Corpus. Articles without attributions get them from the default engine.
    features : sequence of str, class or Feature, optional
        All available features by default.

    Returns
    -------
    FeatureTables

    Raises
    ------
    ValueError
        When no feature has a name that was given.

    Examples
    --------
    >>> tables = extract([Article.from_text("“It rains,” the mayor claimed.", "a")], ["attribution_verbs"])
    >>> tables.evidence[["label", "text"]].iloc[0].tolist()
    ['distancing', 'claimed']
    """
    chosen = [_instance(f) for f in (features if features is not None else available())]
    if duplicated := {f.name for f in chosen if sum(g.name == f.name for g in chosen) > 1}:
        raise ValueError(f"two features are named {min(duplicated)!r}; rename one")
    needed = any(f.needs_attributions for f in chosen)
    read = list(articles)
    if needed:
        new = attribute_all(a for a in read if a.attributions is None)
        read = [a if a.attributions is not None else next(new) for a in read]
    evidence = [f.evidence_table(read) for f in chosen]
    numbers = [f.numbers(read, e) for f, e in zip(chosen, evidence, strict=True)]
    ids = pd.DataFrame(index=pd.Index([a.article_id for a in read], name="article_id", dtype="str"))
    empty = pd.DataFrame(columns=list(EVIDENCE_COLUMNS))
    return FeatureTables(
        evidence=pd.concat([e for e in evidence if len(e)] or [empty], ignore_index=True),
        features=pd.concat([ids, *numbers], axis=1).reset_index(),
        dictionary=pd.concat(
            [f.data_dictionary() for f in chosen] or [pd.DataFrame(columns=list(DICTIONARY_COLUMNS))], ignore_index=True
        ),
    )


def _instance(feature: str | type[Feature] | Feature) -> Feature:
    if not isinstance(feature, str):
        return cast(Feature, feature() if isinstance(feature, type) else feature)
    known = available()
    if feature not in known:
        raise ValueError(f"no feature {feature!r}; one of {', '.join(sorted(known))}")
    return known[feature]()


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
        Characters shown on either side.

    Returns
    -------
    DataFrame
        article_id, outlet, before, text, after.

    Raises
    ------
    ValueError
        When no column has that name.

    Examples
    --------
    >>> article = Article.from_text("“It rains,” the mayor claimed.", "a", outlet="Post")
    >>> tables = extract([article])
    >>> examples(tables, "attribution_verbs__distancing", [article])[["before", "text"]].iloc[0].tolist()
    ['“It rains,” the mayor ', 'claimed']
    """
    if column not in set(tables.dictionary["column"]):
        raise ValueError(f"no column {column!r}; the data dictionary lists {len(tables.dictionary)} of them")
    by_id = {a.article_id: a for a in articles}
    rows = tables.evidence[
        (tables.evidence["feature"] + "__" + tables.evidence["label"] == column)
        & tables.evidence["article_id"].isin(by_id)
    ]
    if outlet is not None:
        rows = rows[[by_id[i].outlet == outlet for i in rows["article_id"]]]
    step = max(1, len(rows) // max(n, 1))
    out = []
    for row in rows.iloc[::step].head(n).to_dict("records"):
        a, start, end = by_id[row["article_id"]], row["start"], row["end"]
        before = a.text[max(0, start - context) : start].split("\n")[-1]
        after = a.text[end : end + context].split("\n")[0]
        out.append((a.article_id, a.outlet, before, row["text"], after))
    return pd.DataFrame(out, columns=["article_id", "outlet", "before", "text", "after"])
