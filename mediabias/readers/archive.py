"""Archives: zip and tar, plain or packed. What is inside is read from memory; nothing is ever written out."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from mediabias.errors import ReadError
from mediabias.readers.base import Document, Reject

#: An archive holds no more documents than this.
MOST = 200_000
#: A member that grows by more as it is unpacked is a bomb.
_RATIO = 500
_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError)


@dataclass(frozen=True)
class Member(Document):
    """A document inside an archive, in memory."""

    data: bytes = b""

    def open(self) -> io.BufferedReader | gzip.GzipFile:
        """Open the member's bytes, unpacked."""
        file = io.BufferedReader(io.BytesIO(self.data))
        return gzip.GzipFile(fileobj=file) if self.data.startswith(b"\x1f\x8b") else file  # type: ignore[return-value]


def is_archive(document: Document) -> bool:
    """Say whether a document is an archive of documents: a zip that is no office document, or a tar."""
    head = document.head
    if document.suffix in {".docx", ".xlsx", ".pptx", ".odt", ".epub"}:
        return False
    if head.startswith(b"PK\x03\x04"):
        return not (b"[Content_Types].xml" in head or b"mimetypeapplication/" in head[:100] or b"word/" in head)
    return head[257:262] == b"ustar"


def members(document: Document) -> Iterator[Document | Reject]:
    """Yield the documents of an archive in its order, and what of it is refused; a damaged one leaves its neighbours.

    Raises
    ------
    ReadError
        When the archive itself is damaged.
    """
    if isinstance(document, Member):
        # One that holds itself would never end.
        raise ReadError("an archive within an archive; unpack the outer one", path=str(document.path))
    try:
        yield from _zipped(document) if document.head.startswith(b"PK") else _tarred(document)
    except _DAMAGE as error:
        raise ReadError(f"a damaged archive ({error}); pack it again", path=str(document.path)) from None


def _zipped(document: Document) -> Iterator[Document | Reject]:
    with document.open() as file, zipfile.ZipFile(file) as archive:
        for n, info in enumerate(archive.infolist()):
            if info.is_dir() or _is_hidden(info.filename):
                continue
            if refused := _refused(document, n, info.file_size, info.compress_size):
                yield Reject(document.name, info.filename, refused)
                continue
            try:
                with archive.open(info) as member:
                    data = member.read(document.max_bytes + 1)
            except (*_DAMAGE, RuntimeError) as error:  # zipfile's word for a password is a RuntimeError
                yield Reject(
                    document.name, info.filename, f"can't be unpacked ({error}); unpack it and give the folder"
                )
            else:
                yield _member(document, info.filename, data)


def _tarred(document: Document) -> Iterator[Document | Reject]:
    with document.open() as file, tarfile.open(fileobj=file, mode="r|") as archive:
        for n, info in enumerate(archive):
            if not info.isfile() or _is_hidden(info.name):
                continue
            if refused := _refused(document, n, info.size, info.size):
                yield Reject(document.name, info.name, refused)
            elif (member := archive.extractfile(info)) is not None:
                yield _member(document, info.name, member.read(document.max_bytes + 1))


def _refused(document: Document, n: int, size: int, packed: int) -> str:
    if n >= MOST:
        return f"more than {MOST:,} documents in one archive; split it"
    if size > document.max_bytes:
        return f"more than the limit of {document.max_bytes:,} bytes; split the file"
    if size > 1_000_000 and size > _RATIO * max(packed, 1):
        return f"grows {size // max(packed, 1)} times as it is unpacked, as no text does; unpack it yourself if you trust it"
    return ""


def _is_hidden(name: str) -> bool:
    return any(
        part.startswith((".", "__MACOSX")) for part in name.replace("\\", "/").split("/") if part not in (".", "..")
    )


def _member(document: Document, name: str, data: bytes) -> Member:
    # A name is only ever part of an article's name; ".." leads nowhere.
    inner = "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
    return Member(
        document.path / inner,
        f"{document.name}/{inner}",
        document.outlets,
        document.max_bytes,
        document.columns,
        document.max_depth,
        document.max_seconds,
        data,
    )
