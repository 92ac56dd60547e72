"""What a page says of itself in its head: JSON-LD, microdata, OpenGraph, meta elements; the visible page comes later.

Every source is asked in turn for every field, the most explicit first, and the first that answers is taken. Nothing of it
is trusted: values are cut to a sensible length and their mark-up is taken out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from mediabias.dates import utc
from mediabias.outlets import Outlets, shipped
from mediabias.readers.bylines import joined, people
from mediabias.readers.encoding import legible

_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|NewsPublication)$")
_MAX = 500
_MAX_JSON = 2_000_000
_AUTHORS = etree.XPath("//*[@itemprop='author' or @rel='author']")
_NAMES = etree.XPath(
    "//*[@class][re:test(@class, '(^|[ _-])(author|byline|writer|contributor|reporter)(-|_|__)?name([ _-]|$)', 'i')]",
    namespaces={"re": "http://exslt.org/regular-expressions"},
)
_TIMES = etree.XPath("//*[@itemprop='datePublished' or self::time]")
_TITLE_GAP = re.compile(r"\s+[|–—·»-]\s+")


@dataclass(frozen=True)
class Metadata:
    """What a page's head tells; unknown fields are empty. `published` is UTC where the page gives a zone."""

    title: str = ""
    outlet: str = ""
    byline: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    description: str = ""
    #: How many words it says that its text has.
    promised: int = field(default=0, repr=False)


def metadata(root: etree._Element, outlets: Outlets | None = None) -> Metadata:
    """Gather what a parsed page says of itself.

    Parameters
    ----------
    root : lxml element
        A page as `mediabias.readers.dom.parse` returns it.
    outlets : Outlets, optional
        The outlets that are known; the package's by default.

    Returns
    -------
    Metadata

    Examples
    --------
    >>> from mediabias.readers.dom import parse
    >>> page = '''<title>Rain Floods Port - The Ellan Post</title><meta property="og:site_name" content="The Ellan Post">
    ... <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Rain Floods Port",
    ... "datePublished": "2024-03-04T13:05:00+02:00", "author": [{"name": "Ana Dole"}]}</script>'''
    >>> metadata(parse(page))
    Metadata(title='Rain Floods Port', outlet='The Ellan Post', byline='Ana Dole', published='2024-03-04T11:05:00Z', language='', url='', description='')
    """
    linked = next(linked_articles(root), {})
    meta = _meta(root)
    url = _url(root, linked, meta)
    outlets = outlets or shipped()
    outlet = _outlet(linked, meta, url, outlets)
    return Metadata(
        title=_title(root, linked, meta, outlet, outlets),
        outlet=outlet,
        byline=_byline(root, linked, meta),
        published=_published(root, linked, meta),
        language=_language(root, linked, meta),
        url=url,
        description=_clean(linked.get("description"))
        or _first(meta, "og:description", "description", "twitter:description"),
    )


def linked_articles(root: etree._Element) -> Iterator[dict[str, Any]]:
    """Yield the articles of the page's JSON-LD, graphs, arrays and broken ones included."""
    nodes: list[Any] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) < _MAX_JSON:
            nodes += _parsed(script.text)
    while nodes:
        node = nodes.pop(0)
        if isinstance(node, list):
            nodes = node + nodes
        elif isinstance(node, dict):
            types = node.get("@type")
            if any(_ARTICLE_TYPES.search(str(t)) for t in (types if isinstance(types, list) else [types])):
                yield node
            for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
                if isinstance(node.get(key), list | dict):
                    nodes.append(node[key])


def _parsed(text: str) -> list[Any]:
    text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*$", "", text.strip())
    for candidate in (text, re.sub(r",\s*([}\]])", r"\1", re.sub(r"[\x00-\x1f]+", " ", text))):
        try:
            return [json.loads(candidate, strict=False)]
        except (ValueError, RecursionError):
            continue
    # What can't be parsed may still hold its fields in plain sight.
    fields = re.findall(r'"(headline|datePublished|inLanguage)"\s*:\s*"((?:[^"\\\n]|\\.){1,400})"', text)
    broken: dict[str, Any] = {"@type": "Article"} if fields else {}
    for key, value in fields:
        try:
            broken.setdefault(key, json.loads(f'"{value}"'))
        except ValueError:
            broken.setdefault(key, value)
    if body := re.search(r'"articleBody"\s*:\s*"((?:[^"\\]|\\.){100,})"', text):
        try:
            broken |= {"@type": "Article", "articleBody": json.loads(f'"{body[1]}"', strict=False)}
        except ValueError:
            broken |= {"@type": "Article", "articleBody": body[1]}
    publisher = re.search(r'"publisher"\s*:\s*\{[^{}]*?"name"\s*:\s*"([^"\n]{1,100})"', text)
    if publisher:
        broken["publisher"] = {"name": publisher[1]}
    return [broken] if broken else []


def _meta(root: etree._Element) -> dict[str, list[str]]:
    """Return the contents of the meta elements by lower-cased property, name or itemprop."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        value = _clean(element.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if value and (key := element.get(attribute)):
                found.setdefault(key.strip().lower(), []).append(value)
    return found


def _clean(value: object) -> str:
    if not isinstance(value, str):
        return ""
    text = legible(unescape(unescape(value)))
    return " ".join(re.sub(r"<[^<>]{0,200}>|[\x00-\x08\x0b-\x1f]", " ", text).split())[:_MAX]


def _first(meta: dict[str, list[str]], *keys: str) -> str:
    return next((meta[k][0] for k in keys if k in meta), "")


def _title(
    root: etree._Element, linked: dict[str, Any], meta: dict[str, list[str]], outlet: str, outlets: Outlets
) -> str:
    title = _clean(linked.get("headline")) or _first(meta, "og:title", "twitter:title", "dc.title", "headline")
    if not title:
        element = next(root.iter("title"), None)
        title = _clean("".join(element.itertext())) if element is not None else ""
    return _without_outlet(title, outlet, outlets)


def _without_outlet(title: str, outlet: str, outlets: Outlets) -> str:
    """Take the outlet's name off the end of a title: "Rain Floods Port | The Ellan Post"."""
    parts = _TITLE_GAP.split(title)
    if len(parts) < 2:
        return title
    last = parts[-1].strip()
    named = outlets.find(last)
    same = outlet and last.casefold().removeprefix("the ") in outlet.casefold()
    if same or (named is not None and (not outlet or named.name == outlet)):
        return title[: title.rindex(parts[-1])].rstrip(" |–—·»-")
    return title


def _outlet(linked: dict[str, Any], meta: dict[str, list[str]], url: str, outlets: Outlets) -> str:
    publisher = linked.get("publisher") or linked.get("sourceOrganization")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    name = _clean(publisher.get("name")) if isinstance(publisher, dict) else _clean(publisher)
    given = [
        _first(meta, "og:site_name"),
        name,
        _first(meta, "application-name", "publisher", "dc.publisher", "dcterms.publisher", "cre"),
        _first(meta, "twitter:site", "copyright").lstrip("@"),
    ]
    # A name that we know is the best; then the domain; then what the page calls itself.
    for candidate in (*given, urlsplit(url).hostname or ""):
        if candidate and (known := outlets.find(candidate)):
            return known.name
    named = [g for g in given if g]
    return named[0] if named else ""


def _byline(root: etree._Element, linked: dict[str, Any], meta: dict[str, list[str]]) -> str:
    names = list(_names(linked.get("author")))
    if not names:
        names = [
            v for k in ("author", "article:author", "byl", "dc.creator", "parsely-author") for v in meta.get(k, [])
        ]
    # A role that stands in for the author names nobody; then the page may.
    found = people(names) or people(_clean("".join(e.itertext())) for e in _AUTHORS(root)) or people(_named(root))
    return joined(found)[:_MAX]


def _named(root: etree._Element) -> Iterator[str]:
    """Yield the names in elements that are called after an author's name, those of the first such place in the page."""
    found = _NAMES(root)
    for element in found:
        if element.getparent() is found[0].getparent():
            yield _clean("".join(element.itertext()))


def _names(author: object) -> Iterator[str]:
    if isinstance(author, list):
        for one in author:
            yield from _names(one)
    elif isinstance(author, dict):
        yield from _names(author.get("name"))
    elif name := _clean(author):
        yield name


def _published(root: etree._Element, linked: dict[str, Any], meta: dict[str, list[str]]) -> str:
    keys = ("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "pubdate",
            "publishdate", "publish-date", "publication_date", "dc.date.issued", "dcterms.created", "sailthru.date",
            "dc.date", "date", "article:published", "cxenseparse:recs:publishtime")  # fmt: skip
    candidates = [_clean(linked.get("datePublished")), *(v for k in keys for v in meta.get(k, []))]
    for element in _TIMES(root)[:30]:
        candidates += [_clean(element.get("datetime")), _clean(element.get("content"))]
    return next((d for c in candidates if (d := utc(c))), "")


def _language(root: etree._Element, linked: dict[str, Any], meta: dict[str, list[str]]) -> str:
    given = (root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), linked.get("inLanguage"),
             _first(meta, "content-language", "language", "dc.language", "og:locale"))  # fmt: skip
    codes = (re.match(r"[a-z]{2,3}(?=$|[-_])", value.strip().lower()) for value in given if isinstance(value, str))
    return next((m[0] for m in codes if m), "")


def _url(root: etree._Element, linked: dict[str, Any], meta: dict[str, list[str]]) -> str:
    canonical = [e.get("href") or "" for e in root.iter("link") if (e.get("rel") or "").strip().lower() == "canonical"]
    base = _first(meta, "og:url")
    page = linked.get("mainEntityOfPage")
    identified = page.get("@id") if isinstance(page, dict) else page
    for candidate in (*(urljoin(base, c) for c in canonical), base, linked.get("url"), identified):
        if isinstance(candidate, str) and re.match(r"https?://[^\s/]+", candidate.strip()):
            return candidate.strip()[:2000]
    return ""
