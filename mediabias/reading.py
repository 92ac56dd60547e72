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
from mediabias.settings import Settings

#: In the folder of a corpus, while it is being read.
KEPT = "reading.jsonl"
_Found = list[Article | Reject]


def named(sources: Iterable[str | Path]) -> list[tuple[str, Path]]:
    """Return the documents in files and folders with their paths below the folder given, sorted.

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
            inside = (p for p in source.rglob("*") if not any(x.startswith(".") for x in p.relative_to(source).parts))
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
    columns = mapped(settings.columns)
    kept = Kept.begin(resume, settings, outlets) if resume and documents else None
    for name, path in _tracked(documents, progress):
        document = Document(path, name, outlets, columns=columns)
        if kept is None:
            yield from _read(document, settings.format or None)
            continue
        before = kept.of(document)
        found = list(_read(document, settings.format or None)) if before is None else before
        if before is None:
            kept.keep(document, found)
        yield from found


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
    """What was read of each document, a line each, in a file that a stop can only cut short.

    Parameters
    ----------
    path : Path
        The file; what it holds of another key is not used.
    key : str
        What reading depends on besides the document.
    """

    def __init__(self, path: Path, key: str) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = path.read_text(encoding="utf8").split("\n") if path.exists() else []
        self._lines: dict[tuple[str, str], str] = {}
        if lines and lines[0] == key:
            for line in lines[1:-1]:  # behind the last line feed stands what a stop has cut short
                begin = json.loads(line.split("\t", 1)[0])
                self._lines[begin[0], begin[1]] = line
        with path.open("w", encoding="utf8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in (key, *self._lines.values()))

    @classmethod
    def begin(cls, folder: Path, settings: Settings, outlets: Outlets) -> Self:
        """Open what is kept in the folder of a corpus."""
        known = hashlib.sha256(repr(outlets.rows).encode()).hexdigest()
        chosen = {"columns": list(settings.columns), "format": settings.format}
        return cls(
            folder / KEPT,
            json.dumps({"mediabias": tables.installed("mediabias"), "outlets": known, **chosen}, sort_keys=True),
        )

    def of(self, document: Document) -> _Found | None:
        """Return what was read of a document that is still the same, or None."""
        try:
            line = self._lines.pop((document.name, document.sha256), None)
        except ReadError:
            return None
        return None if line is None else [_restored(x) for x in json.loads(line.split("\t", 1)[1])]

    def keep(self, document: Document, found: _Found) -> None:
        """Write down what was read of a document."""
        try:
            begin = json.dumps([document.name, document.sha256])
        except ReadError:
            return
        with self._path.open("a", encoding="utf8", newline="\n") as file:
            file.write(f"{begin}\t{json.dumps([_written(x) for x in found], ensure_ascii=True)}\n")


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
