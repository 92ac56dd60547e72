"""Many raw documents into articles, one document at a time: what fails is named, what is read is kept in case of a stop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mediabias.article import Article
from mediabias.errors import ReadError, SettingsError, TableError
from mediabias.meta import Filler
from mediabias.outlets import Outlets
from mediabias.outlets import load as load_outlets
from mediabias.readers import COLUMNS, Document, Reject, read_document
from mediabias.readers import named as reader_named
from mediabias.resuming import KEPT, LIMITS, Kept
from mediabias.settings import Settings


def chosen(
    *,
    meta: str | Path | None,
    outlets: str | Path | None,
    outlet: str | None,
    format: str | None,
    columns: Iterable[str],
    limits: Mapping[str, Any] | None = None,
) -> Settings:
    """Return the settings of a reading; a reader or a field that there is not is said at once, not of every document.

    Raises
    ------
    SettingsError
        When there is none of that name.
    """
    settings = Settings(
        outlets=str(outlets or ""),
        outlet=outlet or "",
        format=format or "",
        meta=str(meta or ""),
        columns=tuple(columns),
        **(limits or {}),
    )
    if format:
        reader_named(format)
    mapped(settings.columns)
    return settings


def named(sources: Iterable[str | Path]) -> list[tuple[str, Path]]:
    """Return the documents in files and folders with their paths below the folder given, sorted; our own folders among them are passed by.

    Raises
    ------
    FileNotFoundError
        When a source does not exist.
    TableError
        When two documents have the same path below the folders given.
    """
    found: dict[str, Path] = {}
    for source in map(Path, sources):
        if source.is_dir():
            every = [p for p in source.rglob("*") if not any(x.startswith(".") for x in p.relative_to(source).parts)]
            ours = {
                p.parent
                for p in every
                if p.name == KEPT or (p.name == "manifest.json" and any(p.parent.glob("*.parquet")))
            }
            inside = (p for p in every if ours.isdisjoint(p.parents))
            # A link that leads nowhere is no file either; reading it says so.
            those = [(p.relative_to(source).as_posix(), p) for p in inside if p.is_file() or p.is_symlink()]
        elif source.exists() or source.is_symlink():
            those = [(source.name, source)]
        else:
            raise FileNotFoundError(f"{source}: there is no such file or folder")
        for name, path in those:
            if found.setdefault(name, path).resolve() != path.resolve():
                raise TableError(
                    f"{found[name]} and {path} would both be called {name!r}; give the folder that holds both"
                )
    return sorted(found.items())


class Reading:
    """Raw documents on their way to articles: one after the other, each with what the user knows of it.

    Iterating yields pairs of a place and an article or a reject, in the order of the documents; none of them ends the batch.

    Parameters
    ----------
    sources : iterable of path
        Files and folders.
    keep : path, optional
        A folder in which what was read is kept, and taken from where the document, the settings and the outlets are the same.
        Without it, a place says nothing.
    meta, outlets, outlet, format, columns, limits, progress
        As of `mediabias.Corpus.read`.

    Raises
    ------
    FileNotFoundError, TableError, SettingsError
        Before anything is read: when a source, a table or a reader is not there.
    """

    def __init__(
        self,
        sources: Iterable[str | Path],
        *,
        keep: Path | None = None,
        meta: str | Path | None = None,
        outlets: str | Path | None = None,
        outlet: str | None = None,
        format: str | None = None,
        columns: Iterable[str] = (),
        limits: Mapping[str, float] | None = None,
        progress: bool = False,
    ) -> None:
        self.settings = chosen(meta=meta, outlets=outlets, outlet=outlet, format=format, columns=columns, limits=limits)
        self._outlets = load_outlets(outlets)
        self._filler = Filler(Path(meta)) if meta is not None else None
        self._documents, self._progress = named(sources), progress
        self._kept = Kept.begin(keep, self.settings, self._outlets) if keep and self._documents else None

    def __iter__(self) -> Iterator[tuple[int, Article | Reject]]:
        owners: dict[str, str] = {}
        format = self.settings.format or None
        for document in opened(self._documents, self.settings, self._outlets, self._progress):
            if self._kept is None:
                read: Iterable[tuple[int, Article | Reject]] = ((0, found) for found in _read(document, format))
            else:
                read = self._kept.through(document, lambda d: _read(d, format))
            for place, found in read:
                if isinstance(found, Reject):
                    yield place, found
                    continue
                # An id of the user's own that stands in two rows loses none of them: the second is listed.
                owner = owners.setdefault(found.article_id, found.path)
                if owner != found.path:
                    reason = f"the id {found.article_id!r} is that of {owner} already; give each article its own"
                    yield place, Reject(document.name, found.path.removeprefix(document.name).lstrip("#/"), reason)
                else:
                    yield place, self._complete(found)

    def again(self, place: int) -> Article:
        """Return the article that was kept at a place."""
        assert self._kept is not None
        found = self._kept.at(place)
        assert isinstance(found, Article)
        return self._complete(found)

    def _complete(self, article: Article) -> Article:
        if self.settings.outlet and not article.outlet:
            article = article.replace(outlet=self.settings.outlet)
        return self._filler.fill(article) if self._filler else article

    @property
    def unmatched(self) -> list[str]:
        """Rows of the table of metadata that matched no document."""
        return self._filler.unmatched if self._filler else []


def opened(
    documents: list[tuple[str, Path]], settings: Settings, outlets: Outlets, progress: bool
) -> Iterator[Document]:
    """Yield the documents one by one, each to be read with these settings."""
    columns = mapped(settings.columns)
    limits: dict[str, Any] = {name: getattr(settings, name) for name in LIMITS}
    return (Document(path, name, outlets, columns=columns, **limits) for name, path in _tracked(documents, progress))


def _read(document: Document, format: str | None) -> Iterator[Article | Reject]:
    try:
        yield from read_document(document, format)
    except ReadError as error:
        yield Reject(document.name, error.place, str(error.args[0]))
    except Exception as error:  # one broken document must not end the batch; its name and error are kept
        yield Reject(document.name, "", f"{type(error).__name__}: {error}; please report this kind of document")


def _tracked(documents: list[tuple[str, Path]], progress: bool) -> Iterable[tuple[str, Path]]:
    if not progress:
        return documents
    from rich.console import Console
    from rich.progress import track

    return track(documents, description="read", console=Console(stderr=True))


def mapped(pairs: Iterable[str]) -> dict[str, str]:
    """Return the column of each field that was named, from ``field=column``.

    Raises
    ------
    SettingsError
        When one is not of that form, or there is no such field.

    Examples
    --------
    >>> mapped(["text=Body copy", "outlet=Paper"])
    {'text': 'Body copy', 'outlet': 'Paper'}
    """
    out = {}
    for pair in pairs:
        field, _, column = pair.partition("=")
        if field not in COLUMNS or not column:
            raise SettingsError(f"column={pair!r}: write FIELD=NAME, the field one of {', '.join(COLUMNS)}")
        out[field] = column
    return out
