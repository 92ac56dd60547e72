"""From raw documents straight to a corpus on disk, in memory that does not grow with the number of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from mediabias import outlets as known_outlets
from mediabias import tables
from mediabias.article import ARTICLE_COLUMNS, Article
from mediabias.corpus import forget, save
from mediabias.errors import TableError
from mediabias.meta import Filler
from mediabias.readers import Reject
from mediabias.reading import Kept, chosen, named, opened

_SHOWN = tuple(c for c in ARTICLE_COLUMNS if c != "text")


@dataclass(frozen=True)
class Intake:
    """What was read: the table ``articles`` without the texts, what could not be read, rows of `meta` that match nothing."""

    articles: pd.DataFrame
    rejected: pd.DataFrame
    unmatched: list[str]

    def __len__(self) -> int:
        return len(self.articles)


def read_to(
    folder: str | Path,
    sources: Iterable[str | Path],
    *,
    meta: str | Path | None = None,
    outlets: str | Path | None = None,
    outlet: str | None = None,
    format: str | None = None,
    columns: Iterable[str] = (),
    limits: Mapping[str, float] | None = None,
    progress: bool = False,
) -> Intake:
    """Read raw documents and write the corpus: the same as ``Corpus.read(...).save(folder)``, to the byte, without holding it.

    What is read is kept in the folder, one article after the other, and made into tables at the end, in the order of the ids.
    Stopped, a second call goes on where the first was.

    Parameters
    ----------
    folder : path
        Where the corpus is written.
    sources : iterable of path
        Files and folders.
    meta, outlets, outlet, format, columns, limits, progress
        As of `Corpus.read`.

    Raises
    ------
    FileNotFoundError, TableError, SettingsError
        As `Corpus.read`; a table of metadata is read before anything else.
    """
    settings = chosen(meta=meta, outlets=outlets, outlet=outlet, format=format, columns=columns, limits=limits)
    known = known_outlets.load(outlets)
    filler = Filler(Path(meta)) if meta is not None else None
    documents = named(sources)
    if not documents:
        return Intake(tables.empty("articles")[list(_SHOWN)], tables.empty("rejected"), [])
    kept = Kept.begin(Path(folder), settings, known)
    places: dict[str, int] = {}
    about: list[tuple[str, ...]] = []
    rejects: list[tuple[str, str, str]] = []
    inputs: dict[str, str] = {}
    for document in opened(documents, settings, known, progress):
        for place, found in kept.through(document, format or None):
            if isinstance(found, Reject):
                rejects.append((found.path, found.place, found.reason))
                continue
            article = _completed(found, outlet, filler)
            if article.article_id in places:
                raise TableError(f"two articles have the id {article.article_id!r}; give each its own")
            places[article.article_id] = place
            inputs[article.path] = article.raw_sha256
            about.append(tuple(getattr(article, c) for c in _SHOWN))
    rejected = tables.frame("rejected", rejects)
    save(folder, _again(kept, places, outlet, filler), (), inputs, settings, rejected)
    forget(folder)
    shown = pd.DataFrame(about, columns=list(_SHOWN), dtype="str").sort_values("article_id", ignore_index=True)
    return Intake(shown, rejected, filler.unmatched if filler else [])


def _completed(article: Article, outlet: str | None, filler: Filler | None) -> Article:
    if outlet and not article.outlet:
        article = article.replace(outlet=outlet)
    return filler.fill(article) if filler else article


def _again(kept: Kept, places: dict[str, int], outlet: str | None, filler: Filler | None) -> Iterator[Article]:
    """Yield the articles in the order of their ids."""
    for article_id in sorted(places):
        found = kept.at(places[article_id])
        if isinstance(found, Article):
            yield _completed(found, outlet, filler)
