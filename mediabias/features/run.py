"""Run features over articles: evidence, counts, numbers, data dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from mediabias import tables
from mediabias.annotations.corrections import corrected, summary
from mediabias.article import Article
from mediabias.corpus import Corpus
from mediabias.features.base import Feature
from mediabias.features.counts import numbers
from mediabias.features.registry import Wanted, chosen
from mediabias.prepare import prepare_all
from mediabias.settings import Settings

_TABLES = ("evidence", "counts", "features", "dictionary", "articles")


@dataclass(frozen=True)
class FeatureTables:
    """What `extract` gives.

    `evidence` has a row a span, `counts` an article and column, `features` an article, `dictionary` a column; `settings`
    says with which choices they were made, `made_by` what each feature was set to, and `corrections` how many corrections of
    people they rest on.
    """

    evidence: pd.DataFrame
    counts: pd.DataFrame
    features: pd.DataFrame
    dictionary: pd.DataFrame
    settings: Settings = field(default_factory=Settings)
    made_by: dict[str, dict[str, Any]] = field(default_factory=dict)
    corrections: dict[str, Any] = field(default_factory=dict)

    def save(self, folder: str | Path, corpus: Corpus) -> None:
        """Write the tables as Parquet, with the articles' metadata (no text) and a manifest."""
        named = {name: getattr(self, name) for name in _TABLES[:-1]}
        named["articles"] = corpus.articles.drop(columns="text")
        inputs = {a.path: a.raw_sha256 for a in corpus}
        tables.write(folder, named, self.settings, inputs, self.made_by, {"corrections": self.corrections})

    @classmethod
    def columns_of(cls, folder: str | Path) -> list[str]:
        """Return the names of the columns that a folder has, without their numbers."""
        return list(tables.read(folder, ["dictionary"], made_by="mediabias extract")["dictionary"]["column"])

    @classmethod
    def load(
        cls, folder: str | Path, columns: Iterable[str] | None = None, *, evidence: bool = True
    ) -> tuple[FeatureTables, pd.DataFrame]:
        """Load the tables that `save` wrote, and the articles' metadata.

        Parameters
        ----------
        folder : path
        columns : iterable of str, optional
            Only these columns' numbers and counts are read from the disk, and their features' evidence; all by default.
        evidence : bool
            Read the evidence too, which is the largest table, and which a comparison does not need.

        Raises
        ------
        TableError
            When the folder holds none, or not one of the columns.
        """
        made_by = "mediabias extract"
        chosen = None if columns is None else list(dict.fromkeys(columns))
        parts: dict[str, dict[str, Any]] = {}
        if chosen is not None:
            features = sorted({c.partition("__")[0] for c in chosen})
            parts = {
                "features": {"columns": ["article_id", *chosen]},
                "counts": {"filters": [("column", "in", chosen)]},
                "evidence": {"filters": [("feature", "in", features)]},
            }
        names = [n for n in _TABLES if n != "articles" and (evidence or n != "evidence")]
        found: dict[str, Any] = tables.read(folder, names, made_by=made_by, parts=parts)
        found.setdefault("evidence", tables.empty("evidence"))
        articles = pd.read_parquet(Path(folder) / "articles.parquet")
        manifest = tables.manifest(folder, made_by)
        settings = Settings.from_dict(manifest["settings"])
        about: dict[str, Any] = {
            "made_by": manifest.get("features", {}),
            "corrections": manifest.get("corrections", {}),
        }
        return cls(**found, settings=settings, **about), articles


def extract(
    articles: Iterable[Article],
    features: Wanted | Iterable[Wanted] | None = None,
    settings: Settings | None = None,
) -> FeatureTables:
    """Find the evidence of several features in articles and derive the numbers.

    Parameters
    ----------
    articles : iterable of Article
        A list or a Corpus. What the features need, and the articles don't have yet, is made once for all features.
    features : str, class or Feature, or a sequence of them, optional
        All available features by default.
    settings : Settings, optional
        The corpus's own by default.

    Returns
    -------
    FeatureTables

    Raises
    ------
    FeatureError
        When no feature has a name that was given, or two articles one id.

    Examples
    --------
    >>> tables = extract([Article.from_text("“It rains,” the mayor claimed.", "a")], "attribution_verbs")
    >>> tables.evidence[["label", "text"]].iloc[0].tolist()
    ['distancing', 'claimed']
    """
    given, made = list(articles), chosen(features)
    used = settings or (articles.settings if isinstance(articles, Corpus) else Settings())
    if settings is None:  # the articles' attributions count, and the manifest says whose they are
        engines = {a.annotated_by.rpartition("-")[0] for a in given if a.annotated_by}
        used = used.changed(engine=engines.pop()) if len(engines) == 1 else used
    needs = {n for f in made for n in f.needs}
    read = list(prepare_all(given, needs, used, any_engine=settings is None))
    found = extract_part(read, made)
    evidence, counts = [e for e, _ in found], [c for _, c in found]
    every = joined("counts", counts)
    dictionary = joined("dictionary", [f.data_dictionary() for f in made])
    ids = [a.article_id for a in read]
    wide = numbers(every, dictionary, ids) if len(dictionary) else pd.DataFrame({"article_id": ids})
    return FeatureTables(
        joined("evidence", evidence), every, wide, dictionary, used, made_by(made), summary(corrected(given))
    )


def extract_part(articles: Sequence[Article], features: Sequence[Feature]) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
    """Return evidence and counts of each feature over prepared articles, in memory or as a part of a corpus on disk."""
    rows: list[list[tuple[Any, ...]]] = [[] for _ in features]
    for article in articles:  # each is read by all features before the next, so that what they share is looked for once
        for feature, own in zip(features, rows, strict=True):
            own.extend(feature.rows(article))
    evidence = [tables.frame("evidence", own) for own in rows]
    return [(e, f.counts_table(articles, e)) for f, e in zip(features, evidence, strict=True)]


def made_by(features: Iterable[Feature]) -> dict[str, dict[str, Any]]:
    """Return what each feature is set to, and what ran that changes its numbers, for a manifest."""
    return {
        f.name: {k: v for k, v in f.get_params(deep=False).items() if k not in {"name", "settings"}} | f.ran()
        for f in features
    }


def joined(name: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Return tables of one kind as one; empty ones don't bend its types."""
    filled = [p for p in parts if len(p)]
    return pd.concat(filled, ignore_index=True) if filled else tables.empty(name)
