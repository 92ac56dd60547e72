"""Text that stands twice on a page: for a desktop and a telephone, as a teaser, for print, as a pull quote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mediabias.readers.structured import key_of
from mediabias.zoning.page import PageBlock

#: Shorter paragraphs may be said twice.
_LEAST = 25
#: What stands on a page more often than on two screens and in print is no copy.
_MOST = 3
_ENDS = re.compile(r"(?:…|\.\.\.|\[…\])\s*$")
#: Elements in which a page repeats a sentence of its own in large type.
_PULLED = re.compile(r"^<(?:blockquote|aside|figure)>|\b(?:pull|quote|callout|highlight)", re.I)
#: A name alone below a pull quote.
_NAME = re.compile(r"[—–-]?\s*(?:[^\W\d_a-z][\w.’'-]*\s?){1,5}")


def _apart(first: PageBlock, second: PageBlock) -> bool:
    """Say whether two paragraphs stand in elements of their own."""
    return first.path.rpartition("/")[0] != second.path.rpartition("/")[0]


def copies(found: Sequence[PageBlock], zones: Sequence[str]) -> set[int]:
    """Return the body paragraphs that the page shows elsewhere, too: of two equal ones the later, teasers, pull quotes.

    Items of lists and signatures may be said twice.

    Examples
    --------
    >>> from mediabias.readers.dom import Piece
    >>> texts = ["It rained in the port all day and all night on Monday.", "“It rained,” she said.", "It rained in the port all day and all ..."]
    >>> copies([Piece(t, "/p", ("<p>",), 0.0) for t in texts], ["body"] * 3)
    {2}
    """
    body = [n for n, z in enumerate(zones) if z == "body"]
    keys = {n: key_of(_ENDS.sub("", found[n].text)) for n in body}
    whole = "\n".join(keys.values())
    out: set[int] = set()
    for n in body:
        key, piece = keys[n], found[n]
        if len(key) < _LEAST or not 2 <= whole.count(key) <= _MOST or piece.text[0] in "—–-" or "/li" in piece.path:
            continue
        others = [k for k in body if k != n and k not in out and key in keys[k]]
        pulled = any(_PULLED.search(m) for m in piece.marks[-3:])
        teaser = _ENDS.search(piece.text) is not None and any(keys[k].startswith(key) for k in others)
        if any(
            (keys[k] == key and k < n and _apart(found[k], piece)) or (len(keys[k]) > len(key) and (pulled or teaser))
            for k in others
        ):
            out.add(n)
    headings = {key_of(p.text) for p, z in zip(found, zones, strict=True) if z == "headline"}
    out |= {n for n in body if keys[n] in headings and re.search(r"/h[1-6](?:\[\d+\])?$", found[n].path)}
    names = {n + 1 for n in out if n + 1 in keys and n + 1 not in out and _NAME.fullmatch(found[n + 1].text.strip())}
    return out | names
