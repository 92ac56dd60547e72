"""Bytes to text: which encoding a document is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from mediabias.errors import ReadError

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
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ReadError("the file is empty; copy the page again", path=path)
    for magic, what, mend in _MAGIC:
        if raw.lstrip()[:16].startswith(magic):
            raise ReadError(f"this is {what}, not text or HTML, whatever its name says; {mend}", path=path)
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return raw.decode(encoding, "replace")
    if raw[:4096].count(0) > 8:
        return _two_bytes(raw, path)
    try:
        return raw.decode("utf-8").replace("\x00", " ")
    except UnicodeDecodeError:
        pass
    return _single_byte(raw, declared).replace("\x00", " ")


def _two_bytes(raw: bytes, path: str) -> str:
    """Decode UTF-16 without a mark: every other byte of Western text is zero."""
    odd, even = raw[1:4096:2].count(0), raw[0:4096:2].count(0)
    if max(odd, even) > 0.3 * min(len(raw), 4096) / 2:
        return raw.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
    raise ReadError("the file holds binary data, not text; save the page as HTML or text", path=path)


def _single_byte(raw: bytes, declared: str) -> str:
    # A stray bad byte in a long UTF-8 file must not turn every other accent into two letters.
    text = raw.decode("utf-8", "replace")
    if text.count("�") <= max(3, len(text) // 5000) and re.search(r"[^\x00-\x7f�]", text):
        return text
    for name in (declared, "windows-1252" if declared.lower() in {"iso-8859-1", "latin-1", "latin1", "ascii"} else ""):
        if name and (decoded := _try(raw, name)) is not None:
            return decoded
    best = from_bytes(
        raw[:200_000], cp_isolation=["cp1252", "cp1251", "cp1250", "koi8_r", "gb18030", "shift_jis"]
    ).best()
    western = _try(raw, "cp1252")
    if best is not None and best.encoding != "cp1252":
        high = sum(b >= 0x80 for b in raw)
        # Few high bytes are quotation marks and accents of a Western text; a Cyrillic text has little else.
        if high > 0.2 * len(raw) or western is None:
            return raw.decode(best.encoding, "replace")
    return western if western is not None else raw.decode("cp1252", "replace")


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(codecs.lookup(encoding).name)
    except (LookupError, UnicodeDecodeError):
        return None
