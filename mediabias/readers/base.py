"""What a reader is: it looks at the beginning of a raw document, and reads the document's articles one after the other.

A reader is an object with a `name`, ``looks(head, suffix)`` and ``read(document)``. The readers of the package stand in
`mediabias.readers.READERS`, in the order in which they are asked; others come by the entry-point group
``mediabias.readers``.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from mediabias.article import Article
from mediabias.errors import ReadError
from mediabias.outlets import Outlets, shipped

#: A larger page or text is refused: no news page comes near, and reading it would take minutes.
MAX_BYTES = 50_000_000
#: No article takes as long on any machine.
MAX_SECONDS = 60.0
#: libxml2 gives up on a page that is nested deeper.
MAX_DEPTH = 2048
#: Of a document, what a reader sees to decide whether it is one of its own.
HEAD = 8192


@dataclass(frozen=True)
class Reject:
    """What could not be read: a document, or the place in it, and why, with the mend."""

    path: str
    place: str
    reason: str


@dataclass(frozen=True)
class Document:
    """A raw document: a file, as it lies or packed with gzip.

    Parameters
    ----------
    path : Path
        Where it lies.
    name : str
        Its path below the folder that was given: what its articles are named after.
    outlets : Outlets
        The outlets that are known.
    max_bytes : int
        A document of one article, or an article of a document of many, that is larger is refused, unpacked size included.
    max_depth : int
        Elements of a page that lie deeper are read as if they lay there.
    max_seconds : float
        An article that takes longer to read is refused; 0 for no limit.
    columns : mapping
        For the fields of a table or of JSON that are called by names of their own: field to name.
    """

    path: Path
    name: str
    outlets: Outlets = field(default_factory=shipped)
    max_bytes: int = MAX_BYTES
    columns: Mapping[str, str] = field(default_factory=dict)
    max_depth: int = MAX_DEPTH
    max_seconds: float = MAX_SECONDS

    @property
    def suffix(self) -> str:
        """The suffix that says what is inside, ``.html`` for ``page.html.gz``, in lower case."""
        path = self.path.with_suffix("") if self.path.suffix.lower() == ".gz" else self.path
        return path.suffix.lower()

    def open(self) -> BufferedReader | gzip.GzipFile:
        """Open the document's bytes, unpacked, to be read piece by piece: it may be larger than memory.

        Raises
        ------
        ReadError
            When it can't be opened.
        """
        try:
            file = self.path.open("rb")
            if file.peek(2).startswith(b"\x1f\x8b"):
                file.close()
                return gzip.open(self.path)
        except OSError as error:
            mend = "check that the file exists and may be read"
            raise ReadError(f"{error.strerror}; {mend}", path=str(self.path)) from error
        return file

    @cached_property
    def head(self) -> bytes:
        """The beginning of the document's bytes, unpacked."""
        return self._read(HEAD)

    @cached_property
    def raw(self) -> bytes:
        """The document's bytes, unpacked.

        Raises
        ------
        ReadError
            When it is too large, can't be opened or can't be unpacked.
        """
        raw = self._read(self.max_bytes + 1)
        if len(raw) > self.max_bytes:
            raise ReadError(
                f"more than the limit of {self.max_bytes:,} bytes; split the file, or raise --max-bytes",
                path=str(self.path),
            )
        return raw

    def _read(self, n: int) -> bytes:
        with self.open() as file, self.unpacking():
            return file.read(n)

    @contextmanager
    def unpacking(self) -> Iterator[None]:
        """Say of a document that breaks off while it is read what is wrong with it."""
        try:
            yield
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            damage = f"gzip data that can't be unpacked ({error}); fetch it again"
            raise ReadError(damage, path=str(self.path)) from None
        except OSError as error:
            broken = f"{error.strerror or error}, while it was read; copy it again, or check the disk"
            raise ReadError(broken, path=str(self.path)) from None

    @cached_property
    def sha256(self) -> str:
        """The hash of the unpacked bytes."""
        if "raw" in self.__dict__:
            return hashlib.sha256(self.raw).hexdigest()
        with self.open() as file, self.unpacking():
            return hashlib.file_digest(file, "sha256").hexdigest()


class Reader(Protocol):
    """Reads one kind of raw document.

    `name` is what ``--format`` takes; `single` says that a document holds one article, whose id is then the document's
    name alone, without a number.
    """

    name: str
    single: bool

    def looks(self, head: bytes, suffix: str) -> float:
        """Say how sure it is, from 0 to 1, that a document with this beginning and suffix is one of its own."""

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the document's articles, in order, and what of it could not be read.

        A document of one article may be taken as a whole (``document.raw``, which refuses what is too large); one of many
        is read through ``document.open()``, an article at a time.
        """
