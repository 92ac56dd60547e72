"""Plain text: an article copied from a browser, with whatever boxes came along."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mediabias.article import WORD, Article, Block, Span, cover, paragraphs
from mediabias.outlets import Outlets, shipped
from mediabias.readers.base import Document
from mediabias.readers.describe import described
from mediabias.readers.encoding import decode
from mediabias.zoning import Hint, of_a_box, standing_first, zone

#: How a headline ends that has a stop; databases part a second line from it by a semicolon.
_STOPPED = re.compile(r"[.!?…;][\"'”’»)\]]*\s*$")
_END = re.compile(r"[.!?…:;][\"'”’»)]*\s*$")


#: Somebody's words with a name below a dash, and the line that announces such words.
_SAID = re.compile(
    r"[“\"«„][^\n]{10,}[”\"»]\s*(?:[—–-]{1,2}\s?[A-Z][\w.’'-]+(?: [\w.,’'-]+){0,7})?$|(?:And |Then )?[Ff]rom (?:the desk of )?(?:[\w-]+ ){0,3}[A-Z][\w’'-]+[^\n]{0,80}[:.]$"
)
_WORDS: Hint = {"body": 12.0, "standfirst": -7.0}


class Text:
    """Reads a text copied from a browser; it takes whatever no other reader knows."""

    name = "text"
    single = True

    def looks(self, head: bytes, suffix: str) -> float:
        """Take what nobody else does."""
        return 0.1

    def read(self, document: Document) -> Iterator[Article]:
        """Yield the one article."""
        yield read_text(decode(document.raw, str(document.path)), document.name, outlets=document.outlets)


def read_text(text: str, path: str, offset: int = 0, outlets: Outlets | None = None) -> Article:
    """Make an article of a text as it stands: ``article.text`` is `text`, to the character.

    Parameters
    ----------
    text : str
        The decoded document.
    path : str
        Where it came from; the article is named after it by the caller.
    offset : int
        Where `text` begins in the raw document; block origins count from there.
    outlets : Outlets, optional
        The outlets that are known; the package's by default.

    Examples
    --------
    >>> a = read_text("Rain Floods Port\\n\\nThe port was flooded on Monday after a week of rain.\\n", "rain.txt")
    >>> [(b.zone, b.origin) for b in a.blocks]
    [('headline', '0-16'), ('body', '18-70')]
    """
    outlets = outlets or shipped()
    spans = blocks_of(text)
    hints = _opening(text, spans, outlets)
    said = [n for n, s in enumerate(spans) if _SAID.match(s.of(text))]
    if said:
        given: list[Hint] = hints or [{} for _ in spans]
        hints = [_WORDS if n in said else h for n, h in enumerate(given)]
    zones = zone([s.of(text) for s in spans], hints, outlets)
    blocks = [
        Block(s.start, s.end, z, c, f"{s.start + offset}-{s.end + offset}")
        for s, (z, c) in zip(spans, zones, strict=True)
    ]
    return described(Article("", text, blocks=cover(blocks, len(text)), path=path, reader="text"), outlets)


def _opening(text: str, spans: list[Span], outlets: Outlets) -> list[Hint] | None:
    """Take a short first line that a stop ends for the headline, as databases and some outlets write it.

    What stands between it and the first block that is longer introduces the text.
    """
    if len(spans) < 2:
        return None
    first, following = spans[0].of(text), [s.of(text) for s in spans[1:9]]
    is_line = 3 <= len(WORD.findall(first)) <= 26 and _STOPPED.search(first) and len(first.splitlines()) == 1
    if not is_line or of_a_box(first, outlets):
        return None
    longer = [i for i, t in enumerate(following) if len(t) > 1.2 * len(first)]
    lead = next((i for i in longer if not standing_first(following[i])), longer[0] if longer else None)
    if lead is None:
        return None
    return [
        {"headline": 7.0},
        *({"standfirst": standing_first(t)} for t in following[:lead]),
        *({} for _ in spans[1 + lead :]),
    ]


def blocks_of(text: str) -> list[Span]:
    """Part a text into blocks: paragraphs, and the lines of a paragraph that is a list of its own.

    Where a file has no blank lines each line is a block, unless its lines are wrapped at a fixed width.
    """
    found = list(paragraphs(text))
    return [s for p in found for s in _lines(text, p)]


def _lines(text: str, paragraph: Span) -> list[Span]:
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^\s](?:[^\n]*[^\s])?", paragraph.of(text))]
    spans = [Span(paragraph.start + s.start, paragraph.start + s.end) for s in spans]
    if len(spans) < 2 or _is_wrapped([s.of(text) for s in spans]):
        return [paragraph]
    return spans


def _is_wrapped(lines: list[str]) -> bool:
    """Say whether the lines are one paragraph wrapped at a width: long lines that mostly end mid-sentence."""
    inner = lines[:-1]
    width = max(len(line) for line in lines)
    if not 45 <= width <= 110:
        return False
    full = sum(len(line) >= 0.7 * width for line in inner)
    open_ended = sum(not _END.search(line) for line in inner)
    return full >= 0.8 * len(inner) and open_ended >= 0.6 * len(inner)
