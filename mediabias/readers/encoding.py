"""Bytes to text: which encoding a document is in, and whether it is text at all.

What a document declares is read as browsers read it, after the WHATWG's encoding standard: ISO-8859-1 and ASCII mean
windows-1252, since that is what pages that declare them hold. https://encoding.spec.whatwg.org/#names-and-labels
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from charset_normalizer import from_bytes

from mediabias.errors import ReadError
from mediabias.readers.base import Document

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_MAGIC = (
    (b"%PDF", "a PDF", "save the page as HTML, or export the PDF's text to a .txt file"),
    (b"PK\x03\x04", "a zip archive or an office document", "unpack it, or save the document as text or HTML"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as text or HTML"),
    (b"{\\rtf", "an RTF document", "save it as text or HTML"),
    (b"\x89PNG", "a picture", "give the page or its text"),
    (b"\xff\xd8\xff", "a picture", "give the page or its text"),
    (b"GIF8", "a picture", "give the page or its text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"PAR1", "a Parquet file", "load it with Corpus.load or pandas"),
    (b"SQLite format 3", "a database", "export its articles as text"),
)


#: From so many bytes of a long document its encoding is told.
_SAMPLE = 1_000_000
#: The encoding that a declared one means, where the two differ, by Python's names.
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
#: Control characters that stand where windows-1252 has quotation marks and dashes; no text means them.
_CONTROLS = {n: bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(0x80, 0xA0)}
_CONTROL = re.compile("[\x80-\x9f]")
_DECLARED = (
    re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,30})", re.I),
    re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:.-]{2,30})", re.I),
)


def declared_charset(raw: bytes) -> str:
    """Return the encoding that a page or an XML document says of itself, or an empty string.

    Examples
    --------
    >>> declared_charset(b"<html><head><meta charset='koi8-r'></head>")
    'koi8-r'
    >>> declared_charset(b'<?xml version="1.0" encoding="ISO-8859-1"?><rss/>')
    'ISO-8859-1'
    """
    found = (pattern.search(raw[:4096]) for pattern in _DECLARED)
    return next((m[1].decode("ascii") for m in found if m), "")


def legible(text: str) -> str:
    """Return a text with control characters from the place of windows-1252's marks read as these marks.

    A numeric reference ("&#147;") and a page that was decoded as ISO-8859-1 on its way hold them. The length stays.

    Examples
    --------
    >>> legible("\x93Ja\x94")
    '“Ja”'
    """
    return text.translate(_CONTROLS) if not text.isascii() and _CONTROL.search(text) else text


def decode(raw: bytes, path: str = "", declared: str = "") -> str:
    """Decode `raw`, a byte order mark dropped and line ends left as they are.

    UTF-8 is tried first whatever is declared: a text that decodes as UTF-8 and holds more than ASCII is UTF-8.

    Parameters
    ----------
    raw : bytes
        The document.
    path : str
        Its name, for the error.
    declared : str
        The encoding that the document says of itself.

    Raises
    ------
    ReadError
        When the bytes are no text: a PDF, an archive, a picture, an empty file.

    Examples
    --------
    >>> decode("“Ja”".encode("cp1252"))
    '“Ja”'
    """
    return legible(raw.decode(encoding_of(raw, path, declared), "replace").replace("\x00", " "))


@contextmanager
def opened(document: Document) -> Iterator[TextIO]:
    """Open a document as text, to be read piece by piece; line ends are left as they are.

    Raises
    ------
    ReadError
        When it can't be opened or unpacked, or is no text.
    """
    with document.open() as file, document.unpacking():
        encoding = encoding_of(file.read(_SAMPLE), str(document.path))
    with document.open() as file, document.unpacking():
        yield io.TextIOWrapper(file, encoding, "replace", newline="")


def encoding_of(raw: bytes, path: str = "", declared: str = "") -> str:
    """Return the encoding of a document from its bytes or its first ones; see `decode`."""
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ReadError("the file is empty; copy the page again", path=path)
    for magic, what, mend in _MAGIC:
        if raw.lstrip()[:16].startswith(magic):
            raise ReadError(f"this is {what}, not text or HTML, whatever its name says; {mend}", path=path)
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return encoding
    if raw[:4096].count(0) > 8:
        return _two_bytes(raw, path)
    return "utf-8" if _reads(raw, "utf-8") else _single_byte(raw, declared)


def _two_bytes(raw: bytes, path: str) -> str:
    """Return which UTF-16 it is without a mark: every other byte of Western text is zero."""
    odd, even = raw[1:4096:2].count(0), raw[0:4096:2].count(0)
    if max(odd, even) > 0.3 * min(len(raw), 4096) / 2:
        return "utf-16-le" if odd > even else "utf-16-be"
    raise ReadError("the file holds binary data, not text; save the page as HTML or text", path=path)


def _single_byte(raw: bytes, declared: str) -> str:
    # A stray bad byte in a long UTF-8 file must not turn every other accent into two letters.
    text = raw.decode("utf-8", "replace")
    if text.count("�") <= max(3, len(text) // 5000) and re.search(r"[^\x00-\x7f�]", text):
        return "utf-8"
    name = _meant(declared)
    if name == "cp1252" or (name and _reads(raw, name)):
        # A byte that ISO-8859-15 and its likes have no character for is windows-1252's, as is the page then.
        return "cp1252" if name == "iso8859-15" and re.search(rb"[\x80-\x9f]", raw) else name
    best = from_bytes(
        raw[:200_000], cp_isolation=["cp1252", "cp1251", "cp1250", "koi8_r", "gb18030", "shift_jis"]
    ).best()
    if best is not None and best.encoding != "cp1252":
        high = sum(b >= 0x80 for b in raw)
        # Few high bytes are quotation marks and accents of a Western text; a Cyrillic text has little else.
        if high > 0.2 * len(raw) or not _reads(raw, "cp1252"):
            return best.encoding
    return "cp1252"


def _meant(declared: str) -> str:
    """Return Python's name of the encoding that is meant by a label, or an empty string where nobody knows it."""
    try:
        name = codecs.lookup(declared.strip()).name if declared.strip() else ""
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(name, name)


def _reads(raw: bytes, encoding: str) -> bool:
    try:
        # What is cut in the middle of a character at the end is fine.
        codecs.getincrementaldecoder(encoding)().decode(raw)
    except (LookupError, UnicodeDecodeError):
        return False
    return True
