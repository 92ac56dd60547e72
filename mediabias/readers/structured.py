"""The text that a page carries for machines (schema.org ``articleBody``, ``liveBlogUpdate``), held against what it shows.

Where the page shows much less than that, a script would have filled it, and the text is taken from there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

from mediabias.article import WORD
from mediabias.readers.dom import Piece
from mediabias.readers.record import parts_of

#: From so much on of the structured text, the page shows it: another spacing, a paragraph less.
_SHOWN = 0.6
#: Fewer characters are a description.
_LEAST = 150
#: Visible text that stands in for a page which a script has not filled.
_INSTEAD = re.compile(
    r"\b(?:enable|activate|turn on|switch on|allow|requires?|needs?)\b.{0,40}\b(?:javascript|cookies)\b|\bjavascript\b.{0,40}\b(?:disabled|required|"
    r"enabled|blocked)\b|\bunsupported browser\b|\byour browser (?:is|does)\b|\bupgrade your browser\b",
    re.I,
)
PLACE = "/html/head/script"


def stands_in(text: str) -> bool:
    """Say whether a block asks for a script or another browser, instead of the text.

    Examples
    --------
    >>> stands_in("Please enable JavaScript to read this page."), stands_in("The council voted.")
    (True, False)
    """
    return len(text) < 300 and _INSTEAD.search(text) is not None


def key_of(text: str) -> str:
    """Return the letters and digits of a text, to compare texts by."""
    return "".join(re.findall(r"\w+", text.casefold()))


def structured_text(articles: Sequence[dict[str, Any]]) -> list[str]:
    """Return the paragraphs of the longest text among a page's structured articles."""
    return max((_paragraphs(a) for a in articles), key=lambda many: sum(map(len, many)), default=[])


def promised_words(articles: Sequence[dict[str, Any]]) -> int:
    """Return how many words a page says that its text has: its ``wordCount``, or those of its structured text.

    Examples
    --------
    >>> promised_words([{"wordCount": "1,204"}]), promised_words([{"articleBody": "It rains."}]), promised_words([])
    (1204, 2, 0)
    """
    counted = (re.sub(r"\D", "", str(a.get("wordCount", ""))) for a in articles)
    written = sum(len(WORD.findall(p)) for p in structured_text(articles))
    return max([written, *(int(n) for n in counted if n and len(n) < 7)])


def _paragraphs(article: dict[str, Any]) -> list[str]:
    body = article.get("articleBody") or article.get("text")
    texts = body if isinstance(body, list) else [body]
    out = [p for text in texts if isinstance(text, str) for p in _parted(text)]
    updates = article.get("liveBlogUpdate")
    for update in updates if isinstance(updates, list) else [updates]:
        if isinstance(update, dict):
            heading = update.get("headline")
            out += [heading.strip()] if isinstance(heading, str) and heading.strip() else []
            out += _paragraphs({**update, "liveBlogUpdate": None})
    return out


def _parted(text: str) -> list[str]:
    for _ in range(2):
        text = unescape(text) if re.search(r"&(?:#\w+|\w+);", text) else text
    return [" ".join(part.text.split()) for part in parts_of(text, "") if part.text.strip()]


def with_structured(found: Sequence[Piece], paragraphs: Sequence[str]) -> tuple[list[Piece], set[int]]:
    """Return the blocks of a page with those paragraphs of its structured text that it does not show, and their indices.

    Nothing is added where the page shows most of the text.

    Examples
    --------
    >>> shown = [Piece("Dam to open", "/html/body/h1", ("<h1>",), 0.0)]
    >>> [p.text[:11] for p in with_structured(shown, ["The council voted on Monday. " * 9])[0]]
    ['Dam to open', 'The council']
    """
    whole = "".join(map(key_of, paragraphs))
    if sum(map(len, paragraphs)) < _LEAST:
        return list(found), set()
    keys = [key_of(p.text) for p in found]
    if sum(len(k) for k in dict.fromkeys(keys) if len(k) >= 25 and k in whole) >= _SHOWN * len(whole):
        return list(found), set()
    places = [_place(key_of(p), keys) for p in paragraphs]
    at = _first_place(found)
    behind: dict[int, list[Piece]] = {}
    for n, (text, place) in enumerate(zip(paragraphs, places, strict=True), 1):
        if place is None:
            behind.setdefault(at, []).append(Piece(text, f"{PLACE}/articleBody#{n}", ("<script>",), 0.0))
        else:
            at = place
    out, added = list(behind.get(-1, ())), set(range(len(behind.get(-1, ()))))
    for n, piece in enumerate(found):
        out.append(piece)
        added |= set(range(len(out), len(out) + len(behind.get(n, ()))))
        out += behind.get(n, ())
    return out, added


def _place(key: str, keys: Sequence[str]) -> int | None:
    """Return the block that shows a paragraph."""
    return next((n for n, k in enumerate(keys) if k == key or (len(key) >= 25 and key in k)), None)


def _first_place(found: Sequence[Piece]) -> int:
    """Return the block behind which a text begins of which the page shows nothing: the heading, or what stands above the footer."""
    heading = next((n for n, p in enumerate(found) if any(m.startswith("<h1>") for m in p.marks)), None)
    if heading is not None:
        return heading
    below = (
        n
        for n, p in enumerate(found)
        if stands_in(p.text) or any(m.startswith(("<footer>", "<p>", "<main>")) for m in p.marks)
    )
    return next(below, len(found)) - 1
