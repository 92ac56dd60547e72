"""One file for each kind of raw document; `read` picks by looking at the content, not by the suffix alone."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

from mediabias.article import Article
from mediabias.errors import ReadError
from mediabias.readers.encoding import decode
from mediabias.readers.export import is_export, read_export
from mediabias.readers.html import read_html
from mediabias.readers.text import read_text

#: A larger document is refused: no news page comes near, and reading it would take minutes.
MAX_BYTES = 50_000_000
_HTML = re.compile(
    rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:div|p|article|meta)[\s>][^<]{0,2000}</?\w", re.I
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)


def _html(raw: bytes, path: str) -> list[Article]:
    m = _CHARSET.search(raw[:4096])
    return [read_html(decode(raw, path, m[1].decode("ascii") if m else ""), path)]


def _text(raw: bytes, path: str) -> list[Article]:
    return [read_text(decode(raw, path), path)]


def _export(raw: bytes, path: str) -> list[Article]:
    return read_export(decode(raw, path), path)


#: Readers by the name that ``--format`` takes. "plain" is "text": a file's own words as they stand.
READERS: dict[str, Callable[[bytes, str], list[Article]]] = {
    "html": _html,
    "export": _export,
    "text": _text,
    "plain": _text,
}


def read(path: str | Path, format: str | None = None, *, max_bytes: int = MAX_BYTES) -> list[Article]:
    """Read the article, or the articles, of one raw document.

    Parameters
    ----------
    path : str or Path
        An HTML page, a text copied from a browser, or a text export of a press database.
    format : {"html", "text", "plain", "export"}, optional
        The reader to use; found by looking at the content by default.
    max_bytes : int
        A larger document is refused.

    Returns
    -------
    list of Article
        With blocks and zones; more than one from an export. Ids are made of the file's name.

    Raises
    ------
    ReadError
        When the document can't be read; it names the file, the place and the mend.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> page = pathlib.Path(tempfile.mkdtemp(), "rain.txt")
    >>> _ = page.write_text("Rain Floods Port\\n\\nThe port was flooded on Monday after a week of rain.")
    >>> [(a.article_id, a.title) for a in read(page)]
    [('rain', 'Rain Floods Port')]
    """
    path = Path(path)
    if format is not None and format not in READERS:
        raise ReadError(f"unknown format {format!r}; one of {', '.join(READERS)}", path=str(path))
    raw = _bytes(path, max_bytes)
    articles = READERS[format or _kind(raw, path)](raw, str(path))
    if not any(a.text.strip() for a in articles):
        raise ReadError("the document shows no text; save the page again when it has loaded", path=str(path))
    digest = hashlib.sha256(raw).hexdigest()
    stem = re.sub(r"[^\w.-]+|_", "-", path.stem).strip("-") or "article"
    return [
        a.replace(
            article_id=stem if n == 1 else f"{stem}-{n}",
            path=str(path) if n == 1 else f"{path}#{n}",
            raw_sha256=digest,
        )
        for n, a in enumerate(articles, 1)
    ]


def _bytes(path: Path, max_bytes: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise ReadError(
                f"{size:,} bytes are more than the limit of {max_bytes:,}; split the file, or raise max_bytes",
                path=str(path),
            )
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"{error.strerror}; check that the file exists and may be read", path=str(path)) from error


def _is_json(raw: bytes) -> bool:
    if raw.lstrip()[:1] not in (b"{", b"["):
        return False
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return True


def _kind(raw: bytes, path: Path) -> str:
    # A byte order mark or two-byte text hides the tags; the reader decodes properly, this is only a look.
    head = raw[:8192].replace(b"\x00", b"")
    if _HTML.search(head) and (
        head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<" or path.suffix.lower() in {".html", ".htm"}
    ):
        return "html"
    if _is_json(raw):
        raise ReadError("this is JSON data, not a page or a text; give the articles' pages or texts", path=str(path))
    return "export" if is_export(head.decode("utf-8", "replace")) else "text"
