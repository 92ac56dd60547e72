"""What an HTML page shows: its visible text in blocks, each with its place in the page and what the markup says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from html.parser import HTMLParser

from lxml import etree

from mediabias.readers.base import MAX_DEPTH
from mediabias.readers.encoding import legible
from mediabias.readers.letters import is_apart, is_drop_cap

#: Elements whose text a browser does not show, or only where it can't show something else.
UNSEEN = frozenset(
    "head script style template noscript noembed noframes iframe object video audio canvas svg datalist rp title".split()
)
_BLOCK = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section select summary "
    "table tbody td textarea tfoot th thead tr ul".split()
)
#: Attributes whose words say what an element is for.
_NAMES = ("class", "id", "itemprop", "role", "data-testid", "data-component", "aria-label")
_NO_DISPLAY = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
#: Stands for <br> and for line ends in <pre> until white space is collapsed. No document holds it: it is not allowed in HTML.
_BREAK = "\x1e"
#: libxml2 gives up on a page that is nested deeper than 2,048 elements, and would drop the rest of it without a word.
_DEEP = 200


@dataclass(frozen=True)
class Piece:
    """A block of visible text.

    `path` is the element's path, `marks` the tag and names (class, id, itemprop, role) of the elements around it, innermost
    last, `linked` the share of its characters that are links.
    """

    text: str
    path: str
    marks: tuple[str, ...]
    linked: float


def parse(page: str, max_depth: int = MAX_DEPTH) -> etree._Element | None:
    """Parse a page as a browser would, whatever is wrong with it; None when there is no element in it.

    Of a page that is nested deeper than `max_depth`, the tags that lie too deep are left out, and what is in them stays.

    Examples
    --------
    >>> parse("<p>open <b>ended").tag
    'html'
    """
    root, complete = _parsed(page)
    if complete and (max_depth >= MAX_DEPTH or root is None or not _is_deeper(root, max_depth)):
        return root
    flat = _Flattened(min(_DEEP, max_depth))
    flat.feed(page)
    flat.close()
    return _parsed("".join(flat.out))[0]


def _parsed(page: str) -> tuple[etree._Element | None, bool]:
    # huge_tree: without it a text of 10 MB or a nesting of 256 ends the parse silently. Sizes are bounded by the caller.
    # Not lxml.html's parser: it looks up a class of its own for every element that is touched.
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, True
    cut = any(e.type_name == "ERR_RESOURCE_LIMIT" for e in parser.error_log)
    return root, not cut


def _is_deeper(root: etree._Element, max_depth: int) -> bool:
    return bool(root.xpath(f"boolean(//*[count(ancestor::*) >= {max_depth}])"))


class _Flattened(HTMLParser):
    """Writes a page again without the tags that lie deeper than a page can sensibly be."""

    _VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

    def __init__(self, deepest: int) -> None:
        super().__init__(convert_charrefs=True)
        self.deepest = deepest
        self.out: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        void = tag in self._VOID
        if self.depth < self.deepest or tag in UNSEEN or void:
            given = "".join(f' {k}="{escape(v or "")}"' for k, v in attrs if re.fullmatch(r"[\w:.-]+", k))
            self.out.append(f"<{tag}{given}>")
        elif tag in _BLOCK:
            self.out.append("<p>")  # keeps blocks apart without nesting
        self.depth += not void

    def handle_endtag(self, tag: str) -> None:
        if tag in self._VOID:
            return
        self.depth = max(0, self.depth - 1)
        if self.depth < self.deepest or tag in UNSEEN:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(data if self.lasttag in self.CDATA_CONTENT_ELEMENTS else escape(data, quote=False))


class _Place:
    """An element on the way down to a text. Its path and names are made only when a block of text is its own."""

    __slots__ = ("given", "n", "named", "parent", "tag")

    def __init__(self, parent: _Place | None, tag: str, n: int, given: dict[str, str]) -> None:
        self.parent, self.tag, self.n, self.given = parent, tag, n, given
        self.named: tuple[str, tuple[str, ...]] | None = None

    def path_and_marks(self) -> tuple[str, tuple[str, ...]]:
        above, place = [], self
        while place.named is None and place.parent is not None:
            above.append(place)
            place = place.parent
        path, marks = place.named or ("", ())
        for place in reversed(above):
            path = f"{path}/{place.tag}[{place.n}]" if place.n > 1 else f"{path}/{place.tag}"
            marks = (*marks[-11:], _marks(place.tag, place.given))
            place.named = (path, marks)
        return path, marks


@dataclass
class _Gathering:
    """The block that is being gathered: its text so far, and how much of it is links."""

    out: list[Piece] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    place: _Place = field(default_factory=lambda: _Place(None, "", 1, {}))

    def add(self, text: str, in_link: bool, in_pre: bool) -> None:
        text = text.replace(_BREAK, " ")
        self.parts.append(text.replace("\n", _BREAK) if in_pre else text)
        self.linked += len(text) if in_link else 0

    def begin(self, place: _Place) -> None:
        """End the block, if there is one; what comes next belongs to the element of `place`."""
        if self.parts:
            self._end(legible("".join(self.parts)))
            self.parts, self.linked = [], 0
        self.place = place

    def _end(self, raw: str) -> None:
        if raw.isspace():
            return
        path, marks = self.place.path_and_marks()
        share = round(min(1.0, self.linked / len(raw)), 3)
        lines = "\n".join([" ".join(line.split()) for line in raw.split(_BREAK)])
        for text in re.split(r"\n{2,}", lines) if "\n\n" in lines else (lines,):
            if text := text.strip("\n"):
                self.out.append(Piece(text, path, marks, share))


def pieces(root: etree._Element) -> list[Piece]:
    """Return the visible text of a page in blocks, in the order of the document.

    Every character of a text node that is shown lies in exactly one block, white space collapsed to single spaces, a line
    break for ``<br>``. Two of them part two blocks, as in pages that were made before there was style. The tree is
    walked, never descended into by recursion: a page may be nested as deep as it likes.

    Examples
    --------
    >>> page = parse("<h1>Rain</h1><p>It <b>rained</b>.<br>A lot.</p><script>alert(1)</script>")
    >>> [(p.text, p.path) for p in pieces(page)]
    [('Rain', '/html/body/h1'), ('It rained.\\nA lot.', '/html/body/p')]
    """
    block = _Gathering()
    links = pres = 0
    place = block.place
    counts: list[dict[str, int]] = [{}]
    hidden, ended = None, False
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            n = counts[-1][tag] = counts[-1].get(tag, 0) + 1
            given = dict(element.items())
            if not _is_shown(tag, given):
                walker.skip_subtree()
                hidden = element
                continue
            place = _Place(place, tag, n, given)
            counts.append({})
            if tag in _BLOCK:
                block.begin(place)
            elif tag == "br":
                block.parts.append(_BREAK)
            elif tag in {"option", "img", "input"} or (ended and is_apart(given, block.parts, element.text)):
                block.parts.append(" ")
            links, pres, ended = links + (tag == "a"), pres + (tag == "pre"), False
            if text := element.text:
                block.add(text, links > 0, pres > 0)
            continue
        if element is not hidden:
            place = place.parent or place
            counts.pop()
            if tag in _BLOCK:
                block.begin(place)
            links, pres = links - (tag == "a"), pres - (tag == "pre")
        ended = tag not in _BLOCK and not element.tail
        if tag not in _BLOCK and element.tail and is_drop_cap(element, block.parts):
            element.tail = element.tail.lstrip()
        if element is not root and (text := element.tail):
            block.add(text, links > 0, pres > 0)
    block.begin(place)
    return block.out


def _is_shown(tag: str, given: dict[str, str]) -> bool:
    if tag in UNSEEN or "hidden" in given:
        return False
    style = given.get("style")
    return not (style and _NO_DISPLAY.search(style)) and not (tag == "dialog" and "open" not in given)


def _marks(tag: str, given: dict[str, str]) -> str:
    return _marked(tag, " ".join([given[k] for k in _NAMES if given.get(k)])[:200] if given else "")


@lru_cache(8192)
def _marked(tag: str, joined: str) -> str:
    # "ArticleBody__newsletterSignup" holds the words that a pattern looks for.
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[_\W]+|(?<=[a-z])(?=\d)", " ", joined)
    return f"<{tag}> {words.lower()}".strip()
