"""Many raw documents into articles, one document at a time: what fails is named, what is read is kept in case of a stop."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from mediabias import tables
from mediabias.article import Article, Block
from mediabias.errors import ReadError, SettingsError, TableError
from mediabias.outlets import Outlets
from mediabias.readers import COLUMNS, Document, Reject, read_document
from mediabias.readers import named as reader_named
from mediabias.settings import Settings

#: In the folder of a corpus, while it is being read.
KEPT = "reading.jsonl"
#: Settings that bound what a document may cost.
LIMITS = ("max_bytes", "max_depth", "max_seconds")


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


def read_all(
    documents: list[tuple[str, Path]], settings: Settings, outlets: Outlets, resume: Path | None, progress: bool
) -> Iterator[Article | Reject]:
    """Yield what is in the documents, in their order; none of them ends the batch.

    With `resume`, a folder, what was read of each document is kept there, and taken from there where the document, the
    settings and the outlets are the same.
    """
    kept = Kept.begin(resume, settings, outlets) if resume and documents else None
    for document in opened(documents, settings, outlets, progress):
        if kept is None:
            yield from _read(document, settings.format or None)
        else:
            yield from (found for _, found in kept.through(document, settings.format or None))


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


class Kept:
    """What was read, a line each, in a file that a stop can only cut short; in memory are only the lines' places.

    A line says which document it is from, by name and hash, and what was read; one that says nothing more ends the document.

    Parameters
    ----------
    path : Path
        The file; what it holds of another key is not used.
    key : str
        What reading depends on besides the document.
    """

    def __init__(self, path: Path, key: str) -> None:
        self._path, self._places = path, dict[tuple[str, str], list[int]]()
        path.parent.mkdir(parents=True, exist_ok=True)
        end = self._scan(key.encode()) if path.exists() else 0
        with path.open("r+b" if end else "wb") as file:
            file.truncate(end)  # behind the last whole document stands what a stop has cut short
            if not end:
                file.write(key.encode() + b"\n")
        self._end = path.stat().st_size

    def _scan(self, key: bytes) -> int:
        """Find the places of whole documents; return where the last of them ends, or 0 where the key is another."""
        with self._path.open("rb") as file:
            if file.readline() != key + b"\n":
                return 0
            end = place = file.tell()
            open_: dict[tuple[str, str], list[int]] = {}
            for line in file:
                begin, _, said = line.partition(b"\t")
                if not line.endswith(b"\n"):
                    break
                document: tuple[str, str] = tuple(json.loads(begin))
                if said == b"\n":
                    self._places[document] = open_.pop(document, [])
                    end = place + len(line)
                else:
                    open_.setdefault(document, []).append(place)
                place += len(line)
        return end

    @classmethod
    def begin(cls, folder: Path, settings: Settings, outlets: Outlets) -> Self:
        """Open what is kept in the folder of a corpus."""
        known = hashlib.sha256(repr(outlets.rows).encode()).hexdigest()
        chosen = {"columns": list(settings.columns), "format": settings.format}
        chosen |= {name: getattr(settings, name) for name in LIMITS}
        return cls(
            folder / KEPT,
            json.dumps({"mediabias": tables.installed("mediabias"), "outlets": known, **chosen}, sort_keys=True),
        )

    def through(self, document: Document, format: str | None) -> Iterator[tuple[int, Article | Reject]]:
        """Yield what is in a document, each with its place: as it was read before, or read now and kept."""
        name = document.name, _hash(document)
        if name[1] and name in self._places:
            yield from ((place, self.at(place)) for place in self._places[name])
            return
        for found in _read(document, format):
            yield self._write(name, json.dumps(_written(found))), found
        if name[1]:  # one that can't be hashed is tried again
            self._write(name, "")

    def _write(self, document: tuple[str, str], said: str) -> int:
        line = f"{json.dumps(document)}\t{said}\n".encode()
        with self._path.open("ab") as file:
            file.write(line)
        place, self._end = self._end, self._end + len(line)
        return place

    def at(self, place: int) -> Article | Reject:
        """Return what was kept at a place."""
        with self._path.open("rb") as file:
            file.seek(place)
            return _restored(json.loads(file.readline().partition(b"\t")[2]))


def _hash(document: Document) -> str:
    try:
        return document.sha256
    except ReadError:
        return ""


def _written(found: Article | Reject) -> list[Any]:
    if isinstance(found, Reject):
        return [found.path, found.place, found.reason]
    fields = {c: getattr(found, c) for c in tables.COLUMNS["articles"]}
    return [fields, [[b.start, b.end, b.zone, b.confidence, b.origin] for b in found.blocks]]


def _restored(values: list[Any]) -> Article | Reject:
    if isinstance(values[0], str):
        return Reject(*values)
    fields: Mapping[str, str] = values[0]
    return Article(**fields, blocks=tuple(Block(*b) for b in values[1]))  # type: ignore[arg-type]
