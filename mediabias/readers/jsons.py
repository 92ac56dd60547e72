"""JSON of collection tools and agencies: news-please, Fundus, schema.org NewsArticle, IPTC ninjs; one object, many, or lines.

The vocabularies are told apart by their names for the same things:

============================  =============================================================================
vocabulary                    published where
============================  =============================================================================
news-please                   https://github.com/fhamborg/news-please (Hamborg et al. 2017)
Fundus                        https://github.com/flairNLP/fundus (Dallabetta et al. 2024)
schema.org ``NewsArticle``    https://schema.org/NewsArticle
ninjs 1.x, 2.x, 3.x           https://iptc.org/standards/ninjs
============================  =============================================================================
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mediabias.article import Article
from mediabias.errors import ReadError
from mediabias.readers.base import Document, Reject
from mediabias.readers.encoding import decode
from mediabias.readers.record import Part, article_of, parts_of
from mediabias.readers.variables import cell_text, check_names

#: For each field the names that the vocabularies have for it, the surest first.
NAMES = {
    "id": ("article_id",),
    "title": ("headline", "title", "headlines"),
    "lead": ("description_text", "description", "abstract", "lead", "dek", "subtitle", "summary", "descriptions"),
    "text": ("maintext", "articleBody", "body_html", "body_xhtml", "body_text", "plain_text", "body", "bodies", "text", "content"),
    "byline": ("byline", "authors", "author", "by"),
    "published": ("date_publish", "datePublished", "publishing_date", "versioncreated", "versionCreated", "firstcreated",
                  "published_at", "published", "publish_date", "pubdate", "date"),
    "outlet": ("publisher", "outlet", "source", "media_name", "source_domain", "copyrightholder", "copyrightHolder"),
    "url": ("url", "mainEntityOfPage", "link", "altids"),
    "language": ("language", "inLanguage", "lang"),
    "note": ("ednote", "edNote"),
}  # fmt: skip
#: Types of items (ninjs) whose words are a caption.
_NO_TEXTS = frozenset(("picture", "photo", "image", "video", "audio", "graphic"))
_Names = dict[str, tuple[str, ...]]
_BODIES = frozenset(NAMES["text"])


class Json:
    """Reads JSON that holds articles: an object, an array, a graph, or an object a line."""

    name = "json"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the first brace and by a name that a vocabulary has for a text."""
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        if start[:1] not in (b"{", b"["):
            return 0.0
        names = any(f'"{name}"'.encode() in head for name in (*NAMES["text"], *NAMES["title"], "@graph"))
        return 0.9 if names else 0.2 if suffix in {".json", ".jsonl", ".ndjson"} else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield the articles in the document's order, and a reject for each object that holds no text."""
        found = False
        # What somebody says a field is called goes before what the vocabularies call it.
        given = {field: (name,) for field, name in document.columns.items()}
        names = {field: (*given.get(field, ()), *known) for field, known in NAMES.items()}
        for place, value in _objects(decode(document.raw, str(document.path)), str(document.path)):
            found = True
            if isinstance(value, Reject):
                yield value
                continue
            if (kind := _said(value.get("type")).lower()) in _NO_TEXTS:
                yield Reject(document.name, place or "/", f"a {kind} of a wire, not a text; nothing to read")
                continue
            if not _text(value, names["title"]) and not any(_parts(value, place, names)):
                reason = f"JSON without a text; wanted one of {', '.join(NAMES['text'][:5])} ..."
                yield Reject(document.name, place or "/", reason)
                continue
            yield _article(value, place, document, names)
        if not found:
            raise ReadError("JSON without an object that could be an article", path=str(document.path))


def _objects(text: str, path: str) -> Iterator[tuple[str, Any]]:
    """Yield what may be articles, each with its place, from an object, an array, a graph or an object a line."""
    try:
        yield from _flat(json.loads(text), "")
        return
    except RecursionError:
        raise ReadError("JSON nested too deep for an article", path=path) from None
    except json.JSONDecodeError as error:
        if _object(text.split("\n", 1)[0]) is None:
            place = f"line {error.lineno}"
            raise ReadError(f"damaged JSON ({error}); write it again", path=path, place=place) from None
    for n, line in enumerate(text.split("\n"), 1):
        if line.strip():
            damaged = Reject(path, f"line {n}", "damaged JSON; write this line again")
            yield f"line {n}", _object(line) or damaged


def _object(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _flat(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _flat(inner, f"{place}/{n}")
    elif isinstance(value, dict):
        inner = next(
            (k for k in ("@graph", "articles", "items", "results", "docs") if isinstance(value.get(k), list)), None
        )
        if inner and not _BODIES & value.keys():
            yield from _flat(value[inner], f"{place}/{inner}")
        elif "@type" not in value or "Article" in str(value["@type"]) or "articleBody" in value:
            yield place, value


def _article(value: dict[str, Any], place: str, document: Document, names: _Names) -> Article:
    title, byline = _text(value, names["title"]), _text(value, names["byline"])
    head = [Part(title, f"{place}/headline", "headline"), Part(byline, f"{place}/byline", "byline")]
    return article_of(
        [*head, *_parts(value, place, names)],
        "json",
        document.outlets,
        _own(value, place, document, names),
        title=title,
        byline=byline,
        outlet=_text(value, names["outlet"]),
        published=_text(value, names["published"]),
        language=_text(value, names["language"]),
        url=_text(value, names["url"]),
    )


def _own(value: dict[str, Any], place: str, document: Document, names: _Names) -> dict[str, str]:
    """Return what the record says beyond an article's fields: texts, numbers, and lists of them; what is nested stays behind."""
    fields = {name for known in names.values() for name in known}
    kept = {k.strip(): v for k, v in value.items() if k not in fields and k.strip() and not k.startswith(("@", "_"))}
    own = {k: said for k, v in kept.items() if (said := _flat_text(v)) is not None}
    check_names(own, str(document.path), place)
    if article_id := next((s for name in names["id"] if (s := _flat_text(value.get(name)))), ""):
        own["article_id"] = article_id
    return own


def _flat_text(value: Any) -> str | None:
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict | list) for v in value)):
        return None
    return "; ".join(map(cell_text, value)) if isinstance(value, list) else cell_text(value)


def _parts(value: dict[str, Any], place: str, names: _Names) -> list[Part]:
    """Return lead, body and the editor's note as parts; a lead that the body begins with is not said twice."""
    name = next((n for n in names["text"] if _said(value.get(n))), "")
    body = parts_of(_said(value.get(name)), f"{place}/{name}") if name else []
    lead = _text(value, names["lead"])
    begins = " ".join(p.text for p in body)[: len(lead) + 200]
    told = lead and (" ".join(lead.split())[:60] in " ".join(begins.split()) or lead == _text(value, names["title"]))
    zone = "standfirst" if body else ""
    out = [] if told else parts_of(lead, f"{place}/lead", zone)
    note = parts_of(_text(value, names["note"]), f"{place}/ednote", "other")
    return [*out, *body, *note]


def _text(value: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((said for name in names if (said := _said(value.get(name)))), "")


def _said(value: Any) -> str:
    """Return the words of a value in any of the shapes that the vocabularies have: text, object, or a list of either."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        if "summary" in value and "sections" in value:  # Fundus: a summary, then sections of headline and paragraphs
            return "\n\n".join(filter(None, (_lines(value["summary"]), *map(_said, value["sections"]))))
        if "headline" in value and "paragraphs" in value:
            return "\n\n".join(filter(None, (_lines(value["headline"]), _lines(value["paragraphs"]))))
        return next((s for k in ("value", "name", "@id", "url", "text", "uri") if (s := _said(value.get(k)))), "")
    if isinstance(value, list):
        chosen = _chosen(value)
        if chosen is not None:
            return _said(chosen)
        return ", ".join(filter(None, map(_said, value)))
    return ""


def _chosen(values: list[Any]) -> Any:
    """Return the main one of ninjs' lists of the same thing in several roles or content types, or None."""
    roles = [v for v in values if isinstance(v, dict) and "value" in v]
    if len(roles) != len(values) or not roles:
        return None
    order = ("main", "html", "headline", "text/html", "text")
    return min(
        roles, key=lambda v: next((n for n, o in enumerate(order) if o in (v.get("role"), v.get("contenttype"))), 9)
    )


def _lines(value: Any) -> str:
    return "\n\n".join(map(str, value)) if isinstance(value, list) else str(value or "")
