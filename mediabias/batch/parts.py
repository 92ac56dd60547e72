"""Finished parts of a run, each a file named by its key: there whole or not at all, and told when damaged."""

from __future__ import annotations

import errno
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pyarrow as pa
from filelock import FileLock, Timeout

from mediabias import tables
from mediabias.errors import MediabiasError

#: Within the folder of the results.
FOLDER = "parts"


def packed(named: Mapping[str, pd.DataFrame]) -> bytes:
    """Return tables as bytes, each an Arrow stream; the same tables give the same bytes.

    Examples
    --------
    >>> table = pd.DataFrame([("a", "v__x", 1.0, 9.0)], columns=["article_id", "column", "count", "exposure"])
    >>> unpacked(packed({"counts": table}))[0]["count"].tolist()
    [1.0]
    """
    out = io.BytesIO()
    for name, table in named.items():
        made = tables.typed(name, table)
        with pa.ipc.new_stream(out, made.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
            stream.write_table(made)
    return out.getvalue()


def unpacked(payload: bytes) -> list[pd.DataFrame]:
    """Return the tables that `packed` was given."""
    source, out = io.BytesIO(payload), []
    while source.tell() < len(payload):
        with pa.ipc.open_stream(source) as stream:
            out.append(stream.read_all().to_pandas())
    return out


class Parts:
    """The parts of a folder, in a folder for each kind.

    Parameters
    ----------
    folder : path
        That of the results.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder) / FOLDER
        self._used: set[Path] = set()

    def has(self, kind: str, key: str) -> bool:
        """Say whether a part is there and whole; it is kept by the next `sweep`."""
        return self.get(kind, key) is not None

    def get(self, kind: str, key: str) -> bytes | None:
        """Return a part, or None where there is none or it is damaged: then it is made anew."""
        path = self._path(kind, key)
        try:
            found = read_part(path)
        except FileNotFoundError:
            return None
        self._used.add(path)
        return found

    def put(self, kind: str, key: str, payload: bytes) -> None:
        """Write a part; a stop leaves it whole or not there.

        Raises
        ------
        MediabiasError
            When it can't be written, as on a full disk.
        """
        path = self._path(kind, key)
        fresh = path.with_suffix(".new")
        with said_where(self.folder.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(hashlib.sha256(payload).digest() + payload)
            fresh.replace(path)
        self._used.add(path)

    def sweep(self) -> None:
        """Remove the parts that this run has neither made nor used."""
        for path in self.folder.glob("*/*"):
            if path not in self._used:
                path.unlink()

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / kind / key[:40]


def read_part(path: Path) -> bytes | None:
    """Return what a file of a part holds, or None where it is damaged."""
    found = path.read_bytes()
    payload = found[32:]
    return payload if hashlib.sha256(payload).digest() == found[:32] else None


@contextmanager
def said_where(folder: Path) -> Iterator[None]:
    """Turn a failure to write into a folder into an error that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise MediabiasError(
                f"{folder}: no room to write ({error.strerror}); make room and run the same command again: it goes on from here"
            ) from None
        raise


@contextmanager
def one_run(folders: Iterable[str | Path]) -> Iterator[None]:
    """Hold folders for one run at a time; the hold ends with the process, however it ends.

    Raises
    ------
    MediabiasError
        When another run holds one of them.
    """
    held = []
    try:
        for folder in sorted({Path(f).resolve() for f in folders}):
            folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(folder / ".lock")
            try:
                lock.acquire(timeout=0)
            except Timeout:
                raise MediabiasError(
                    f"{folder}: another run is writing here; wait for it, or give another folder"
                ) from None
            held.append(lock)
        yield
    finally:
        for lock in held:
            lock.release()
