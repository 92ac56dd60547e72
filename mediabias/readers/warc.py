"""Web archives: WARC (ISO 28500), plain or packed with gzip; every page in it is an article."""

from __future__ import annotations

from collections.abc import Iterator

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from mediabias.article import Article
from mediabias.dates import utc
from mediabias.errors import ReadError
from mediabias.readers.base import Document, Reject
from mediabias.readers.encoding import declared_charset, decode
from mediabias.readers.html import read_html, with_text


class Warc:
    """Reads the pages of a web archive, a record at a time."""

    name = "warc"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the first line of a record."""
        return 0.99 if head.lstrip(b"\r\n").startswith(b"WARC/") else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield an article for each page that was fetched; pictures, scripts and redirections are passed over."""
        with document.open() as file, document.unpacking():
            try:
                for n, record in enumerate(ArchiveIterator(file), 1):
                    if record.rec_type not in ("response", "resource"):
                        continue
                    kind = record.http_headers or record.rec_headers
                    status = record.http_headers.get_statuscode() if record.http_headers else "200"
                    if "html" not in (kind.get_header("Content-Type") or "") or not status.startswith("2"):
                        continue
                    url = record.rec_headers.get_header("WARC-Target-URI") or ""
                    raw = record.content_stream().read(document.max_bytes + 1)
                    yield _page(raw, url, record.rec_headers.get_header("WARC-Date") or "", f"record {n}", document)
            except (ArchiveLoadFailed, UnicodeDecodeError, ValueError) as error:
                raise ReadError(f"a damaged web archive ({error}); fetch it again", path=str(document.path)) from None


def _page(raw: bytes, url: str, fetched: str, place: str, document: Document) -> Article | Reject:
    if len(raw) > document.max_bytes:
        return Reject(document.name, place, f"{url}: more than the limit of {document.max_bytes:,} bytes")
    try:
        article = with_text(read_html(decode(raw, url, declared_charset(raw)), url, document.outlets))
    except ReadError as error:
        return Reject(document.name, place, f"{url}: {error.args[0]}")
    known = document.outlets.find(url) if not article.outlet else None
    return article.replace(
        url=article.url or url,
        outlet=known.name if known else article.outlet,
        published=article.published or utc(fetched)[:10],
        reader=Warc.name,
    )
