"""What was read of a reading that may be stopped: kept a line each, and taken from there the next time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from mediabias import tables
from mediabias.article import Article, Block
from mediabias.errors import ReadError
from mediabias.outlets import Outlets
from mediabias.readers import Document, Reject
from mediabias.settings import Settings

#: In the folder of a corpus, while it is being read.
KEPT = "reading.jsonl"
#: Settings that bound what a document may cost.
LIMITS = ("max_bytes", "max_depth", "max_seconds")


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

    def through(
        self, document: Document, read: Callable[[Document], Iterable[Article | Reject]]
    ) -> Iterator[tuple[int, Article | Reject]]:
        """Yield what is in a document, each with its place: as it was read before, or read now and kept."""
        name = document.name, _hash(document)
        if name[1] and name in self._places:
            yield from ((place, self.at(place)) for place in self._places[name])
            return
        for found in read(document):
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
    blocks = [[b.start, b.end, b.zone, b.confidence, b.origin] for b in found.blocks]
    return [fields, blocks, dict(found.variables)]


def _restored(values: list[Any]) -> Article | Reject:
    if isinstance(values[0], str):
        return Reject(*values)
    fields: Mapping[str, str] = values[0]
    return Article(**fields, blocks=tuple(Block(*b) for b in values[1]), variables=values[2])  # type: ignore[arg-type]
