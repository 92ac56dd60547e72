"""What an HTML page shows: its visible text in blocks, each with its place in the page and what the markup says of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from html.parser import HTMLParser

from lxml import etree
from lxml import html as lxml_html

#: Elements whose text a browser does not show, or only where it can't show something else.
UNSEEN = frozenset(
    "head script style template noscript noembed noframes iframe object video audio canvas svg datalist rp title".split()
)
_BLOCK = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section select summary "
    "table tbody td textarea tfoot th thead tr ul".split()
)
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


def parse(page: str) -> etree._Element | None:
    """Parse a page as a browser would, whatever is wrong with it; None when there is no element in it.

    Examples
    --------
    >>> parse("<p>open <b>ended").tag
    'html'
    """
    root, complete = _parsed(page)
    if complete:
        return root
    flat = _Flattened()
    flat.feed(page)
    flat.close()
    return _parsed("".join(flat.out))[0]


def _parsed(page: str) -> tuple[etree._Element | None, bool]:
    # huge_tree: without it a text of 10 MB or a nesting of 256 ends the parse silently. Sizes are bounded by the caller.
    parser = lxml_html.HTMLParser(
        encoding="utf-8", recover=True, huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, True
    cut = any(e.type_name == "ERR_RESOURCE_LIMIT" for e in parser.error_log)
    return root, not cut


class _Flattened(HTMLParser):
    """Writes a page again without the tags that lie deeper than a page can sensibly be."""

    _VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        void = tag in self._VOID
        if self.depth < _DEEP or tag in UNSEEN or void:
            given = "".join(f' {k}="{escape(v or "")}"' for k, v in attrs if re.fullmatch(r"[\w:.-]+", k))
            self.out.append(f"<{tag}{given}>")
        elif tag in _BLOCK:
            self.out.append("<p>")  # keeps blocks apart without nesting
        self.depth += not void

    def handle_endtag(self, tag: str) -> None:
        if tag in self._VOID:
            return
        self.depth = max(0, self.depth - 1)
        if self.depth < _DEEP or tag in UNSEEN:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(data if self.lasttag in self.CDATA_CONTENT_ELEMENTS else escape(data, quote=False))


@dataclass
class _Gathering:
    """The block that is being gathered: its text so far, and how much of it is links."""

    out: list[Piece] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    path: str = ""
    marks: tuple[str, ...] = ()

    def add(self, text: str | None, in_link: bool, in_pre: bool) -> None:
        if text:
            text = text.replace(_BREAK, " ")
            self.parts.append(text.replace("\n", _BREAK) if in_pre else text)
            self.linked += len(text) if in_link else 0

    def end(self, path: str, marks: tuple[str, ...]) -> None:
        """End the block; what comes next belongs to the element of `path`."""
        raw = "".join(self.parts)
        if raw and not raw.isspace():
            lines = (" ".join(line.split()) for line in raw.split(_BREAK))
            for text in re.split(r"\n{2,}", "\n".join(lines)):
                if text.strip("\n"):
                    share = min(1.0, self.linked / len(raw))
                    self.out.append(Piece(text.strip("\n"), self.path, self.marks, round(share, 3)))
        self.parts, self.linked, self.path, self.marks = [], 0, path, marks


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
    open_: list[tuple[str, tuple[str, ...]]] = [("", ())]
    counts: list[Counter[str]] = [Counter()]
    element, down = root, True
    while True:
        tag = element.tag if isinstance(element.tag, str) else ""
        if down:
            counts[-1][tag] += 1
            seen = bool(tag) and _is_shown(element, tag)
            if seen:
                n = counts[-1][tag]
                path = f"{open_[-1][0]}/{tag}" + (f"[{n}]" if n > 1 else "")
                marks = _marks(element, tag)
                open_.append((path, (*open_[-1][1], marks)[-12:]))
                counts.append(Counter())
                if tag in _BLOCK:
                    block.end(*open_[-1])
                elif tag == "br":
                    block.parts.append(_BREAK)
                elif tag in {"option", "img", "input"}:
                    block.parts.append(" ")
                links, pres = links + (tag == "a"), pres + (tag == "pre")
                block.add(element.text, links > 0, pres > 0)
                if len(element):
                    element = element[0]
                    continue
        if not down or seen:
            open_.pop()
            counts.pop()
            if tag in _BLOCK:
                block.end(*open_[-1])
            links, pres = links - (tag == "a"), pres - (tag == "pre")
        if element is root:
            break
        block.add(element.tail, links > 0, pres > 0)
        following = element.getnext()
        element, down = (following, True) if following is not None else (element.getparent(), False)
    block.end("", ())
    return block.out


def _is_shown(element: etree._Element, tag: str) -> bool:
    if tag in UNSEEN or "hidden" in element.attrib:
        return False
    style = element.get("style")
    return not (style and _NO_DISPLAY.search(style)) and not (tag == "dialog" and "open" not in element.attrib)


def _marks(element: etree._Element, tag: str) -> str:
    names = (element.get(k) for k in ("class", "id", "itemprop", "role", "data-testid", "data-component", "aria-label"))
    return _marked(tag, " ".join(n for n in names if n)[:200])


@lru_cache(8192)
def _marked(tag: str, joined: str) -> str:
    # "ArticleBody__newsletterSignup" holds the words that a pattern looks for.
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[_\W]+|(?<=[a-z])(?=\d)", " ", joined)
    return f"<{tag}> {words.lower()}".strip()
