"""From raw documents straight to a corpus on disk, in memory that does not grow with the number of articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from mediabias import tables
from mediabias.article import ARTICLE_COLUMNS
from mediabias.corpus import forget, save
from mediabias.errors import TableError
from mediabias.readers import Reject
from mediabias.reading import Reading

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
    reading = Reading(
        sources, keep=Path(folder), meta=meta, outlets=outlets, outlet=outlet, format=format, columns=columns,
        limits=limits, progress=progress,
    )  # fmt: skip
    places: dict[str, int] = {}
    about: list[dict[str, str]] = []
    rejects: list[tuple[str, str, str]] = []
    inputs: dict[str, str] = {}
    for place, found in reading:
        if isinstance(found, Reject):
            rejects.append((found.path, found.place, found.reason))
            continue
        if found.article_id in places:
            raise TableError(f"two articles have the id {found.article_id!r}; give each its own")
        places[found.article_id] = place
        inputs[found.path] = found.raw_sha256
        about.append({c: found.value(c) for c in (*_SHOWN, *found.variables)})
    rejected = tables.frame("rejected", rejects)
    if not about and not rejects:
        return Intake(tables.empty("articles")[list(_SHOWN)], rejected, [])
    about.sort(key=lambda row: row["article_id"])
    variables = [c for c in dict.fromkeys(c for row in about for c in row) if c not in _SHOWN]
    again = (reading.again(places[row["article_id"]]) for row in about)
    save(folder, again, (), inputs, reading.settings, rejected, variables=variables)
    forget(folder)
    shown = pd.DataFrame(about, columns=[*_SHOWN, *variables], dtype="str").fillna("")
    return Intake(shown, rejected, reading.unmatched)
