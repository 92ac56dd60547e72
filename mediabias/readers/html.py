"""HTML pages: what a reader sees, block by block; what is main text, after trafilatura; and zones for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import trafilatura
from lxml import etree, html

from mediabias.article import WORD, Article, Block, cover
from mediabias.errors import ReadError
from mediabias.readers.describe import described
from mediabias.readers.metadata import metadata
from mediabias.zoning import zone

#: Elements whose text nobody sees.
_UNSEEN = frozenset("script style template noscript head title meta link iframe object svg canvas audio video math source track map area select option datalist textarea".split())
_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li main menu nav ol p pre section summary table tbody td tfoot "
    "th thead tr ul".split()
)
#: trafilatura takes minutes on pages far larger than any article; there the shape of the blocks has to do.
_TRAFILATURA_MAX = 4_000_000
_HINTS = (
    ("newsletter", re.compile(r"newsletter|signup|sign-up|subscribe-?box|mailing", re.I)),
    ("appeal", re.compile(r"donat|appeal|contribut\w*-(?:ask|box|epic)|membership|support-?(?:us|box)|fundrais|epic", re.I)),
    ("caption", re.compile(r"caption|photo-?credit|image-?credit|media-?credit|wp-caption", re.I)),
    ("byline", re.compile(r"(?:^|[\s_-])(?:byline|author(?:s|-name|-info)?|contributors?)(?:$|[\s_-])", re.I)),
    ("dateline", re.compile(r"(?:^|[\s_-])(?:dateline|timestamp|pub-?date|published|publish-?date|date-?time|article-?date|entry-?date|post-?date)(?:$|[\s_-])", re.I)),
    ("correction", re.compile(r"correction|clarification|editors?-?note", re.I)),
    ("other", re.compile(r"cookie|consent|gdpr|advert|(?:^|[\s_-])ads?(?:$|[\s_-])|sponsor|legal|copyright|disclaimer|paywall", re.I)),
    ("navigation", re.compile(r"(?:^|[\s_-])(?:nav|menu|breadcrumbs?|related|recommend\w*|most-?(?:read|popular)|trending|share|social|tags?|topics|comments?|pagination|sidebar|read-?more|more-?(?:on|from)|promo|teaser|outbrain|taboola|toolbar|skip|search|header|footer|masthead)", re.I)),
)  # fmt: skip
_TAG_HINTS = {"nav": "navigation", "footer": "navigation", "figcaption": "caption", "button": "navigation", "aside": "navigation",
              "form": "navigation", "time": "dateline", "address": "byline"}  # fmt: skip


@dataclass(frozen=True)
class VisibleBlock:
    """A run of text between two block-level edges: its words, the path of its element, and what its markup hints."""

    text: str
    origin: str
    tag: str
    hint: str | None
    link_share: float


def read_html(source: str, path: str) -> Article:
    """Make an article of a page.

    Parameters
    ----------
    source : str
        The decoded page. Nothing in it is run or fetched.
    path : str
        Its name, for errors.

    Returns
    -------
    Article
        Text is the visible blocks in the document's order, white space collapsed, parted by blank lines.

    Raises
    ------
    ReadError
        When the page shows no text.

    Examples
    --------
    >>> page = "<html><body><nav><a>Home</a></nav><h1>Rain Floods Port</h1><p>It rained all day.</p></body></html>"
    >>> a = read_html(page, "rain.html")
    >>> a.text
    'Home\\n\\nRain Floods Port\\n\\nIt rained all day.'
    """
    tree = parse(source, path)
    found = list(visible_blocks(tree))
    if not found:
        raise ReadError("the page shows no text: it may be filled by a script; save it from the browser", path=path)
    known = metadata(tree)
    main = _main_text(source)
    zones = zone([b.text for b in found], [_hinted(b, main, known.title) for b in found])
    blocks, position = [], 0
    for b, (z, c) in zip(found, zones, strict=True):
        blocks.append(Block(position, position + len(b.text), z, c, b.origin))
        position += len(b.text) + 2
    text = "\n\n".join(b.text for b in found)
    article = Article("", text, cover(blocks, len(text)), path=path, reader="html", title=known.title, outlet=known.outlet,
                      byline=known.byline, published=known.published, language=known.language, url=known.url)  # fmt: skip
    return described(article)


def parse(source: str, path: str = "") -> html.HtmlElement:
    """Parse a page, however broken; comments and processing instructions are dropped."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    cleaned = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    try:
        tree = html.document_fromstring(cleaned or " ", parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise ReadError(f"no HTML could be made out ({error}); save the page again", path=path) from error
    return tree


def visible_blocks(tree: html.HtmlElement) -> Iterator[VisibleBlock]:
    """Yield the visible text of a page in blocks; every visible character is in exactly one.

    The walk keeps its own stack, since pages may be nested deeper than Python's.
    """
    pieces: list[tuple[str, html.HtmlElement, bool]] = []
    stack: list[tuple[str, html.HtmlElement]] = [("in", tree)]
    while stack:
        step, element = stack.pop()
        if step == "out":
            if element.tag in _BLOCKS:
                yield from _block(pieces)
            if element.tail:
                pieces.append((element.tail, element.getparent(), False))
            continue
        if not isinstance(element.tag, str) or element.tag in _UNSEEN or _is_hidden(element):
            if element.tail:
                pieces.append((element.tail, element.getparent(), False))
            continue
        if element.tag in _BLOCKS:
            yield from _block(pieces)
        if element.tag == "br":
            pieces.append(("\n", element, True))
        if element.text:
            pieces.append((element.text, element, False))
        stack.append(("out", element))
        stack.extend(("in", child) for child in reversed(element))
    yield from _block(pieces)


def _block(pieces: list[tuple[str, html.HtmlElement, bool]]) -> Iterator[VisibleBlock]:
    """Close the block that `pieces` hold and empty them."""
    lines = [" ".join(line.split()) for line in "".join(t if br else t.replace("\n", " ") for t, _, br in pieces).split("\n")]
    text = "\n".join(line for line in lines if line).replace("\x00", "")
    if text:
        owner = next(e for t, e, _ in pieces if t.strip())
        linked = sum(len(t) for t, e, _ in pieces if _in_link(e))
        total = sum(len(t) for t, _, _ in pieces)
        home = _home(owner)
        yield VisibleBlock(text, home.getroottree().getpath(home), home.tag, _markup_hint(home), linked / max(1, total))
    pieces.clear()


def _home(element: html.HtmlElement) -> html.HtmlElement:
    """Return the block-level element that holds an inline one."""
    while element.tag not in _BLOCKS and element.getparent() is not None:
        element = element.getparent()
    return element


def _in_link(element: html.HtmlElement) -> bool:
    while element is not None and element.tag not in _BLOCKS:
        if element.tag == "a":
            return True
        element = element.getparent()
    return False


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.get("hidden") is not None:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _markup_hint(element: html.HtmlElement) -> str | None:
    """Return the zone that tags, classes and ids of an element and its ancestors speak for, the nearest first."""
    current, depth = element, 0
    while current is not None and current.tag not in ("body", "html") and depth < 8:
        names = f"{current.get('class') or ''} {current.get('id') or ''} {current.get('itemprop') or ''}"
        if current.tag == "h1" and depth <= 1:
            return "headline"
        if current.tag not in ("article", "main"):
            for zone_name, pattern in _HINTS:
                if pattern.search(names):
                    return zone_name
        if current.tag in _TAG_HINTS:
            return _TAG_HINTS[current.tag]
        if current.tag in ("article", "main"):
            return None
        current, depth = current.getparent(), depth + 1
    return None


def _main_text(source: str) -> frozenset[str]:
    """Return the lines that trafilatura takes for main text, normalised."""
    if len(source) > _TRAFILATURA_MAX:
        return frozenset()
    try:
        # Without the XML declaration lxml accepts a decoded string.
        text = trafilatura.extract(re.sub(r"^\s*<\?xml[^>]*\?>", "", source), include_comments=False, include_tables=True, favor_recall=False)
    except Exception:  # an extractor's own failure on a strange page must not lose the page
        text = None
    return frozenset(_key(line) for line in (text or "").split("\n") if _key(line))


def _key(text: str) -> str:
    return "".join(WORD.findall(text.lower()))[:80]


def _hinted(block: VisibleBlock, main: frozenset[str], title: str) -> str | None:
    if block.tag == "h1" and title and _key(block.text)[:25] == _key(title)[:25]:
        return "headline"
    is_main = any(_key(line) in main for line in block.text.split("\n"))
    if is_main and block.hint in (None, "navigation", "other", "byline", "dateline"):
        return "main"
    if block.hint:
        return block.hint
    if block.link_share > 0.8:
        return "navigation"
    return "navigation" if main else None
