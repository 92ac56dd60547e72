"""Public corpora into the user's cache: pinned to a version, every file checksummed, resumed where it stopped."""

from __future__ import annotations

import csv
import hashlib
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote

from platformdirs import user_cache_path

from mediabias.errors import FetchError

_MANIFESTS = Path(__file__).parent / "corpora"
_SECONDS = 60
_AT_ONCE = 8


@dataclass(frozen=True)
class Source:
    """Where a corpus lies, whose it is, and what is said of its licence."""

    url: str
    reference: str
    licence: str


SOURCES = {
    "polnear": Source(
        "https://raw.githubusercontent.com/networkdynamics/PolNeAR/c3eee833c035bf7b8c84f55b58c0bf7346cfae76/data/",
        "Newell, E., Margolin, D. and Ruths, D. (2018). An attribution relations corpus for political news. LREC.",
        "distributed without a licence statement; the texts belong to the outlets. Train, dev and the annotators' training "
        "articles are fetched; the test split is left where it is",
    ),
    "basil": Source(
        "https://raw.githubusercontent.com/launchnlp/BASIL/4fdbc4f68d5ddae648990063cb6dd11424d96222/",
        "Fan, L. et al. (2019). In plain sight: media bias through the lens of factual reporting. EMNLP. Second release.",
        "distributed without a licence statement; the texts belong to the outlets. The events of the odd years are fetched; "
        "those of the even years are left where they are, to test on",
    ),
    "babe": Source(
        "https://raw.githubusercontent.com/Media-Bias-Group/Neural-Media-Bias-Detection-Using-Distant-Supervision-With-BABE/"
        "fb79f646dcabf1746f5ebedc06ed8dd61ba78188/data/",
        "Spinde, T. et al. (2021). Neural media bias detection using distant supervision with BABE. Findings of EMNLP.",
        "AGPL-3.0; the sentences belong to the outlets. Subset 1 of the experts' labels is fetched; subset 2 is left where it "
        "is, to test on",
    ),
}


def fetch(
    name: str,
    *,
    into: str | Path | None = None,
    source: str | Path | None = None,
    url: str | None = None,
    progress: bool = False,
) -> Path:
    """Bring a public corpus into the cache.

    Parameters
    ----------
    name : str
        One of `SOURCES`.
    into : path, optional
        The folder to fill; by default ``NAME`` in the user's cache folder for mediabias.
    source : path, optional
        A local copy to take the files from instead of the network.
    url : str, optional
        Another place that serves the same files.
    progress : bool
        Show a progress bar on stderr.

    Returns
    -------
    Path
        The folder, complete: each file has the checksum of the manifest.

    Raises
    ------
    FetchError
        When a file can't be had or isn't the one of the manifest. What was fetched stays; the next call goes on there.
    ValueError
        When no corpus has that name.
    """
    if name not in SOURCES:
        raise ValueError(f"unknown corpus {name!r}; one of {', '.join(sorted(SOURCES))}")
    folder = Path(into) if into else _cache(name)
    missing = [f for f in files(name) if not _is_there(folder / f.path, f.sha256)]

    def bring(file: File) -> None:
        raw = _local(Path(source), file) if source else _remote(url or SOURCES[name].url, file)
        if hashlib.sha256(raw).hexdigest() != file.sha256:
            where = source or url or SOURCES[name].url
            raise FetchError(
                f"{file.path}: not the file that the manifest of {name} names (from {where}); nothing was kept of it"
            )
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        part.write_bytes(raw)
        part.replace(target)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        # The first error stops what has not begun; what has come so far is kept.
        futures = [pool.submit(bring, f) for f in missing]
        try:
            for future in _tracked(futures, f"fetch {name}") if progress else futures:
                future.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return folder


def cached(name: str) -> Path:
    """Return the folder in the cache that a corpus has been fetched into.

    Raises
    ------
    FetchError
        When it has not, or not all of it.
    """
    folder = _cache(name)
    missing = next((f.path for f in files(name) if not (folder / f.path).is_file()), None)
    if missing:
        raise FetchError(f"{folder / missing} is not there; fetch it first: mediabias fetch {name}")
    return folder


def _cache(name: str) -> Path:
    return user_cache_path("mediabias") / name


def _tracked(futures: list[Future[None]], what: str) -> Iterable[Future[None]]:
    from rich.console import Console
    from rich.progress import track

    return track(futures, description=what, console=Console(stderr=True))


@dataclass(frozen=True)
class File:
    """A file of a corpus: path below its folder, size in bytes, SHA-256."""

    path: str
    bytes: int
    sha256: str


def files(name: str) -> Iterator[File]:
    """Yield the files of a corpus, from ``corpora/NAME.csv``.

    Examples
    --------
    >>> len({f.path.split("/")[0] for f in files("polnear")})
    3
    """
    with (_MANIFESTS / f"{name}.csv").open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            yield File(row["path"], int(row["bytes"]), row["sha256"])


def _is_there(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _local(folder: Path, file: File) -> bytes:
    try:
        return (folder / file.path).read_bytes()
    except OSError as error:
        raise FetchError(
            f"{folder / file.path}: {error.strerror or error}; give the folder that holds {file.path}"
        ) from error


def _remote(url: str, file: File) -> bytes:
    address = url.rstrip("/") + "/" + quote(file.path)
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:
            raw: bytes = answer.read(file.bytes + 1)
    except (urllib.error.URLError, HTTPException, TimeoutError, OSError) as error:
        reason = getattr(error, "reason", None) or error
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        raise FetchError(
            f"{address}: {reason}; try again (what was fetched is kept), or give a local copy with --from"
        ) from error
    return raw
