"""Letters that a style sets apart: a large first letter, a name and a role side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree


def is_apart(given: dict[str, str], parts: Sequence[str], text: str | None) -> bool:
    """Say whether an element right behind another is a thing of its own: a name, then a role, which a style sets apart."""
    names = f"{given.get('class', '')} {given.get('itemprop', '')}".lower()
    if not text or not parts or not any(w in names for w in ("author", "byline", "role", "title", "name", "job")):
        return False
    return parts[-1][-1:].islower() and text[:1].isupper()


def is_drop_cap(element: etree._Element, parts: Sequence[str]) -> bool:
    """Say whether an element is the large first letter of a block whose word goes on behind a space."""
    letter, tail = (element.text or "").strip(), element.tail or ""
    if len(letter) != 1 or not letter.isupper() or len(element) or "".join(parts).strip() != letter:
        return False
    follows = re.match(r"\s+([^\W\d_]{2,})", tail)
    if not follows or not (follows[1].islower() or follows[1].isupper()):
        return False
    named = re.search(r"drop|initial|first-?letter", element.get("class") or "", re.I)
    # "A council", "I saw": a letter that is a word is one, unless no word of English goes on so.
    return letter not in "AIO" or (
        named is not None and follows[1].islower() and len(follows[1]) <= 3 and letter != "I"
    )
