"""HTML pages: what a reader sees, block by block; what is main text, after trafilatura; and zones for the rest."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace

import trafilatura

from mediabias.amounts import amount
from mediabias.article import Article, Block, cover
from mediabias.errors import ReadError
from mediabias.outlets import Outlets, shipped
from mediabias.readers.base import MAX_DEPTH, Document
from mediabias.readers.copies import copies
from mediabias.readers.describe import described
from mediabias.readers.dom import parse, pieces
from mediabias.readers.encoding import declared_charset, decode
from mediabias.readers.hints import hints_of
from mediabias.readers.metadata import Metadata, linked_articles, metadata
from mediabias.readers.structured import promised_words, stands_in, structured_text, with_structured
from mediabias.readers.torn import joined
from mediabias.readers.variables import PROMISED
from mediabias.zoning.learned import zone_page
from mediabias.zoning.page import Page, key_of

#: trafilatura takes minutes on pages far larger than any article; there the shape of the blocks has to do.
_TRAFILATURA_MAX = 3_000_000
#: Where its own rules find fewer characters than a short article has, its fallbacks are asked too.
_LITTLE = 500
#: An article with a smaller share of the words that its page promises is short; a promise of fewer words is none.
_SHORT, _FEW_WORDS = 0.5, 100
#: Zones of which an article may be all: a page about the outlet has no other text.
_TEXTS = frozenset(("body", "standfirst", "self_description", "appeal", "correction"))
_NOTHING = "the page shows no text: a script may fill it; save it from the browser when loaded"
logging.getLogger("trafilatura").setLevel(
    logging.CRITICAL
)  # it warns of every page it finds no text in; we tell it ourselves


_HTML = re.compile(
    rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:div|p|article|meta)[\s>][^<]{0,2000}</?\w", re.I
)


class Html:
    """Reads a saved news page."""

    name = "html"
    single = True

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the tags; the suffix decides where text stands before them."""
        if not _HTML.search(head):
            return 0.0
        opens = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<"
        return 0.9 if opens or suffix in {".html", ".htm", ".xhtml"} else 0.0

    def read(self, document: Document) -> Iterator[Article]:
        """Yield the one article."""
        page = decode(document.raw, str(document.path), declared_charset(document.raw))
        yield with_text(read_html(page, document.name, document.outlets, max_depth=document.max_depth))


def with_text(article: Article) -> Article:
    """Return an article that has a text; a page about its outlet has no other.

    Raises
    ------
    ReadError
        When all of the page is menus, boxes and a heading.
    """
    if not any(b.zone in _TEXTS for b in article.blocks):
        raise ReadError(
            f"no text of an article among its {amount(len(article.blocks), 'block')}: a script may fill it, or it is a menu; "
            "save it from the browser when loaded",
            path=article.path,
        )
    return article


def read_html(source: str, path: str, outlets: Outlets | None = None, *, max_depth: int = MAX_DEPTH) -> Article:
    """Make an article of a page.

    Parameters
    ----------
    source : str
        The decoded page. Nothing in it is run or fetched.
    path : str
        Its name, for errors.
    outlets : Outlets, optional
        The outlets that are known; the package's by default.
    max_depth : int
        Elements that lie deeper are read as if they lay there.

    Returns
    -------
    Article
        Text is the visible blocks in the document's order, white space collapsed, parted by blank lines.

    Raises
    ------
    ReadError
        When the page shows no text.

    References
    ----------
    Barbaresi, A. (2021). Trafilatura: a web scraping library and command-line tool for text discovery and extraction.
    Proceedings of ACL-IJCNLP, System Demonstrations. https://doi.org/10.18653/v1/2021.acl-demo.15

    Examples
    --------
    >>> page = "<html><body><nav><a>Home</a></nav><h1>Rain Floods Port</h1><p>It rained all day.</p></body></html>"
    >>> a = read_html(page, "rain.html")
    >>> a.text
    'Home\\n\\nRain Floods Port\\n\\nIt rained all day.'
    """
    outlets = outlets or shipped()
    page, known = parse_page(source, path, outlets, max_depth=max_depth)
    zones = zone_page(page, outlets)
    for n in copies(page.blocks, [z for z, _ in zones]):  # zoned, not dropped
        zones[n] = ("other", zones[n][1])
    blocks, position = [], 0
    for piece, (z, confidence) in zip(page.blocks, zones, strict=True):
        blocks.append(Block(position, position + len(piece.text), z, confidence, piece.path))
        position += len(piece.text) + 2
    text = "\n\n".join(p.text for p in page.blocks)
    article = Article("", text, cover(blocks, len(text)), path, known.outlet, known.title, known.byline, known.published,
                      known.language, known.url, reader="html")  # fmt: skip
    shown = " ".join(article.zone_text("headline").split())
    # The headline on the page is what was published; the head's title may be cut, or made for search engines.
    article = described(article.replace(title="" if _same(shown, known.title) else known.title or shown), outlets)
    is_short = known.promised >= _FEW_WORDS and article.word_count(("body", "standfirst")) < _SHORT * known.promised
    return article.with_values({PROMISED: str(known.promised)}) if is_short else article


def parse_page(
    source: str, path: str, outlets: Outlets | None = None, *, max_depth: int = MAX_DEPTH
) -> tuple[Page, Metadata]:
    """Return the visible blocks of a page with all that their zones are judged by, and what its head says.

    Raises
    ------
    ReadError
        When the page shows no text.
    """
    root = parse(source, max_depth)
    if root is None:
        raise ReadError(_NOTHING, path=path)
    linked = list(linked_articles(root))
    found, added = with_structured(joined(pieces(root)), structured_text(linked))
    if not found:
        raise ReadError(_NOTHING, path=path)
    known = replace(metadata(root, outlets or shipped()), promised=promised_words(linked))
    main = _main_text(source)
    hints = hints_of(found, main, known)
    for n, piece in enumerate(found):
        if n in added:
            hints[n] = {"body": 20.0}
        elif stands_in(piece.text):
            hints[n] = {"other": 20.0}
    return Page(found, hints, main, known.title, known.description, known.byline, known.outlet, known.url), known


def _same(shown: str, title: str) -> bool:
    a, b = key_of(shown), key_of(title)
    return bool(a) and (not b or a in b or b in a or a[:20] == b[:20])


def _main_text(source: str) -> str:
    """Return the paragraphs that trafilatura takes for main text, as keys, a line each."""
    if len(source) > _TRAFILATURA_MAX:
        return ""
    try:
        # lxml refuses a decoded string that declares an encoding.
        page = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
        # Its own rules first: what it falls back on takes twice the time, and takes more boxes for text.
        text = trafilatura.extract(page, include_comments=False, fast=True)
        if len(text or "") < _LITTLE:
            text = trafilatura.extract(page, include_comments=False)
    except Exception:  # an extractor's own failure on a strange page must not lose the page
        text = None
    return "\n" + "\n".join(k for line in (text or "").split("\n") if (k := key_of(line))) + "\n"
