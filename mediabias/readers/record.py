"""An article from the fields of a record: what the readers of data formats share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape

from mediabias.article import Article, Block, cover
from mediabias.dates import utc
from mediabias.outlets import Outlet, Outlets
from mediabias.readers.describe import described
from mediabias.readers.dom import parse, pieces
from mediabias.readers.encoding import legible
from mediabias.readers.variables import AS_WRITTEN
from mediabias.zoning import zone

_TAG = re.compile(r"<(?:p|div|br|h\d|section|ul|ol|table|span|a|b|i|em|strong|blockquote|img|figure)\b[^<>]*>", re.I)


@dataclass(frozen=True)
class Part:
    """A paragraph of a record; `origin` says where it stands in the document, `zone` is empty where the text has to tell."""

    text: str
    origin: str
    zone: str = ""


def parts_of(value: str, origin: str, zone: str = "") -> list[Part]:
    """Part a field into its paragraphs, whether it is plain text or holds HTML; nothing of it is ever run.

    Examples
    --------
    >>> [p.text for p in parts_of("<p>It <b>rains</b>.</p><script>x()</script><p>It pours.</p>", "/body")]
    ['It rains.', 'It pours.']
    >>> [(p.text, p.origin) for p in parts_of("It rains.\\n\\nIt pours.", "/body")]
    [('It rains.', '/body#1'), ('It pours.', '/body#2')]
    """
    if _TAG.search(value):
        root = parse(f"<html><body>{value}</body></html>")
        found = pieces(root) if root is not None else []
        return [Part(p.text, f"{origin}{p.path.removeprefix('/html/body')}", zone) for p in found]
    lines = [line for line in re.split(r"\n\s*\n" if re.search(r"\n\s*\n", value) else r"\n", value) if line.strip()]
    return [Part(line, f"{origin}#{n}", zone) for n, line in enumerate(lines, 1)]


def article_of(
    parts: Iterable[Part],
    reader: str,
    outlets: Outlets,
    own: Mapping[str, str] | None = None,
    /,
    *,
    title: str = "",
    outlet: str = "",
    byline: str = "",
    published: str = "",
    language: str = "",
    url: str = "",
) -> Article:
    """Make an article of its paragraphs, in their order, and of what the record says of it.

    Parameters
    ----------
    parts : iterable of Part
        What the record shows of the article. Zones that it does not tell are judged as those of a text are.
    reader : str
        The reader's name.
    outlets : Outlets
        The outlets that are known; an alias is resolved.
    own : mapping of str to str, optional
        Columns of the user's own. The outlet, too, is the user's then: a short name that several outlets could have stays
        as it is written, and what is renamed is kept as ``outlet_as_written``.
    title, outlet, byline, published, language, url : str
        As the record has them; the date in any form.

    Returns
    -------
    Article
        Its text is the paragraphs, parted by blank lines, all in blocks.
    """
    shown = [Part(t, p.origin, p.zone) for p in parts if (t := _clean(p.text))]
    zones = zone([p.text for p in shown], [{p.zone: 20.0} if p.zone else {"body": 6.0} for p in shown], outlets)
    blocks, position = [], 0
    for part, (name, confidence) in zip(shown, zones, strict=True):
        blocks.append(Block(position, position + len(part.text), name, confidence, part.origin))
        position += len(part.text) + 2
    text = "\n\n".join(p.text for p in shown)
    title, byline, outlet = (_clean(value) for value in (title, byline, outlet))
    named = known_outlet(outlet, outlets) if outlet else outlets.find(url) if url else None
    values = dict(own or {})
    if own is not None and outlet:
        if outlets.is_ambiguous(outlet):
            named = outlets.find(url) if url and _has_name(outlets, url, outlet) else None
        if named and named.name != " ".join(outlet.split()):
            values[AS_WRITTEN] = outlet
    made = Article(
        "",
        text,
        cover(blocks, len(text)),
        title=" ".join(title.split()),
        outlet=named.name if named else " ".join(outlet.split()),
        byline=re.sub(r"^(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or):?\s+", "", " ".join(byline.split())),
        published=utc(published.strip(), fuzzy=True),
        language=language.replace("_", "-").split("-")[0].lower() if len(language) <= 8 else "",
        url=url.strip(),
        reader=reader,
    )
    return described(made.with_values(values), outlets)


def _has_name(outlets: Outlets, url: str, name: str) -> bool:
    """Say whether the outlet at an address may be called so: of "Herald", miamiherald.com is one."""
    known = outlets.find(url)
    return known is not None and any(known == o for o in outlets.called(name))


def known_outlet(name: str, outlets: Outlets) -> Outlet | None:
    """Return the outlet that a record names, or None where nobody knows it, or its name says no more than "Herald".

    Examples
    --------
    >>> from mediabias.outlets import shipped
    >>> [found.name if (found := known_outlet(n, shipped())) else None for n in ("The Times (London)", "guardian", "Herald")]
    ['The Times', 'The Guardian', None]
    """
    plain = re.sub(r"\s*(?:\([^()]*\)|--\s+\w+|Online|\.)$", "", name, flags=re.I)
    for given in (name, plain):
        found = outlets.find(given)
        word = re.sub(r"^the\s+", "", given.strip(), flags=re.I)
        # A lone word is a family of papers, unless it is all of the name, an abbreviation or an address.
        is_sure = " " in word or "." in word or (word.isupper() and len(word) > 2)
        if found and (is_sure or re.sub(r"^the\s+", "", found.name, flags=re.I).casefold() == word.casefold()):
            return found
    return None


#: Entities of HTML in what is no HTML; one without its semicolon is none.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _clean(text: str) -> str:
    """Return a field without control characters, its entities read, also those of entities."""
    for _ in range(2):
        text = _ENTITY.sub(lambda m: unescape(m[0]), text) if "&" in text else text
    text = legible(text)
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
