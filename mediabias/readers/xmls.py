"""XML of agencies and feeds: IPTC NewsML 1 and G2, RSS 2.0 and 1.0, Atom (RFC 4287), each entry an article.

Standards: https://iptc.org/standards/newsml-g2, https://www.rssboard.org/rss-specification,
https://www.rfc-editor.org/rfc/rfc4287. Entities are not resolved and nothing is loaded: a file can neither fill the memory
nor reach out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from mediabias.article import Article
from mediabias.errors import ReadError
from mediabias.readers.base import Document, Reject
from mediabias.readers.encoding import declared_charset, decode
from mediabias.readers.record import Part, article_of, parts_of


def _tree(document: Document) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                             remove_comments=True, remove_pis=True)  # fmt: skip
    # Decoded here, as every other document is: what calls itself ISO-8859-1 holds windows-1252.
    text = decode(document.raw, str(document.path), declared_charset(document.head))
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    try:
        root: etree._Element = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        place = f"line {error.lineno}" if isinstance(error, etree.XMLSyntaxError) else ""
        raise ReadError(f"damaged XML ({error}); fetch it again", path=str(document.path), place=place) from None
    return root


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _all(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (e for e in element.iter() if _name(e) in names)


def _first(element: etree._Element, *names: str) -> str:
    """Return the words of the first element of the first of these names that has any."""
    return next((said for n in names for e in _all(element, n) if (said := _words(e))), "")


def _child(element: etree._Element, *names: str) -> str:
    return next((said for n in names for e in element if _name(e) == n and (said := _words(e))), "")


def _words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _markup(element: etree._Element) -> str:
    """Return what an element holds as HTML: its children, or its text, which may be HTML in disguise."""
    if len(element) == 0:
        return (element.text or "").strip()
    for e in element.iter():
        if isinstance(e.tag, str):
            e.tag = etree.QName(e).localname  # "xhtml:p" is a "p"
    return "".join(etree.tostring(child, encoding="unicode") for child in element)


class NewsML:
    """Reads IPTC NewsML, the first and G2: an item, or a message of several; what holds no text (a picture) is a reject."""

    name = "newsml"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the elements that only NewsML has."""
        return 0.95 if re.search(rb"<(?:\w+:)?(?:newsItem|newsMessage|NewsML)\b", head) else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield an article for each item that holds text."""
        for n, item in enumerate(_all(_tree(document), "newsItem", "NewsItem"), 1):
            text = _content(item)
            if not text:
                yield Reject(document.name, f"item {n}", "no text in it (a picture, or a list); nothing to read")
                continue
            place = item.getroottree().getpath(item)
            title, byline = _first(item, "headline", "HeadLine"), _first(item, "by", "byline", "ByLine")
            dateline = _first(item, "DateLine")
            head = (("headline", title), ("byline", byline), ("dateline", dateline))
            yield article_of(
                [*(Part(said, f"{place}//{zone}", zone) for zone, said in head if said), *text],
                self.name,
                document.outlets,
                title=title,
                outlet=_provider(item),
                byline=byline,
                published=_first(item, "versionCreated", "contentCreated", "ThisRevisionCreated", "FirstCreated"),
                language=_language(item),
            )


def _provider(item: etree._Element) -> str:
    for e in (
        *_all(item, "provider", "infoSource", "copyrightHolder"),
        *_all(item.getroottree().getroot(), "NewsService"),
    ):
        said = _first(e, "name") or e.get("literal") or e.get("qcode", "").rpartition(":")[2] or e.get("FormalName")
        if said:
            return said
    return ""


def _language(item: etree._Element) -> str:
    told = (e.get("tag") or e.get("FormalName") for e in _all(item, "language", "Language"))
    return next(filter(None, told), "") or item.get("{http://www.w3.org/XML/1998/namespace}lang", "")


def _content(item: etree._Element) -> list[Part]:
    """Return the text of an item: the rendition that says most."""
    best: list[Part] = []
    for rendition in _all(item, "inlineXML", "inlineData", "DataContent"):
        inside = next((b for n in ("body.content", "body") for b in _all(rendition, n)), rendition)
        found = parts_of(_markup(inside), rendition.getroottree().getpath(rendition))
        if not re.match(r"\s*[.#@]?[\w-]+\s*\{", " ".join(p.text for p in found)):  # a style sheet is no text
            best = max(best, found, key=lambda parts: sum(len(p.text) for p in parts))
    return best


class FactivaXml:
    """Reads Factiva's XML: an article with a headline, a lead and further paragraphs, many in one file."""

    name = "factiva-xml"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the elements that only Factiva has."""
        return 0.95 if re.search(rb"<(?:ppsArticle|leadParagraph|tailParagraphs|accessionNo)\b", head, re.I) else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the articles in the file's order."""
        found = [
            e for e in _all(_tree(document), "article") if next(_all(e, "headline", "leadParagraph"), None) is not None
        ]
        if not found:
            raise ReadError("XML of Factiva without an article; export it with the full text", path=str(document.path))
        for n, article in enumerate(found, 1):
            at = article.getroottree().getpath(article)
            title, byline = _first(article, "headline"), _first(article, "byline")
            body = [
                Part(said, e.getroottree().getpath(e))
                for holder in _all(article, "leadParagraph", "tailParagraphs")
                for e in ([*_all(holder, "paragraph")] or [holder])
                if (said := _words(e))
            ]
            if not body:
                yield Reject(document.name, f"article {n}", "no paragraph of text; export it with the full text")
                continue
            date = next((e for e in _all(article, "publicationDate")), None)
            yield article_of(
                [Part(title, f"{at}/headline", "headline"), Part(byline, f"{at}/byline", "byline"), *body],
                self.name,
                document.outlets,
                title=title,
                outlet=_first(article, "sourceName"),
                byline=byline,
                published=(_first(date, "date") or _words(date)) if date is not None else "",
                language=_first(article, "baseLanguage"),
            )


class Feed:
    """Reads RSS and Atom feeds: an article for each entry, with the full text where the feed has it."""

    name = "feed"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the element that begins a feed."""
        start = head[:2000]
        return 0.95 if any(mark in start for mark in (b"<rss", b"<rdf:RDF", b"<feed")) else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the entries in the feed's order."""
        root = _tree(document)
        channel = next(_all(root, "channel"), root)
        outlet, language = _child(channel, "title"), _child(channel, "language")
        language = language or root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
        for n, entry in enumerate(_all(root, "item", "entry"), 1):
            if _name(entry.getparent()) not in {"channel", "RDF", "feed"}:
                continue
            title = _child(entry, "title")
            byline = _child(entry, "creator", "author") or _first(entry, "name")
            body = list(_entry(entry))
            if not title and not body:
                yield Reject(document.name, f"entry {n}", "neither title nor text")
                continue
            at = entry.getroottree().getpath(entry)
            yield article_of(
                [Part(title, f"{at}/title", "headline"), Part(byline, f"{at}/author", "byline"), *body],
                self.name,
                document.outlets,
                title=title,
                outlet=_child(entry, "source") or outlet,
                byline=byline,
                published=_child(entry, "pubDate", "published", "date", "updated"),
                language=language,
                url=_link(entry),
            )


def _entry(entry: etree._Element) -> Iterator[Part]:
    """Yield the text of an entry: its content, else its summary."""
    for name in ("encoded", "content", "description", "summary"):
        for e in entry:
            # Media RSS has a "content" of its own: a picture.
            if _name(e) == name and (markup := _markup(e)):
                yield from parts_of(markup, e.getroottree().getpath(e))
                return


def _link(entry: etree._Element) -> str:
    links = [e for e in entry if _name(e) == "link"]
    kept = next((e for e in links if e.get("rel", "alternate") == "alternate"), None)
    if kept is None:
        guid = _child(entry, "guid", "id")
        return guid if guid.startswith("http") else ""
    return kept.get("href") or _words(kept)
