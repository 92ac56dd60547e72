"""What readers of newspapers know of well-known people and bodies, from ``lexicons/known_sources.csv`` and the public figures."""

from __future__ import annotations

import re
from functools import cache

from mediabias import lexicons
from mediabias.attribution import sources


@cache
def _table() -> dict[str, str]:
    return {r["name"].removeprefix("The "): r["type"] for r in lexicons.rows("known_sources")}


@cache
def _surnames() -> dict[str, str]:
    """Return the type of surnames that one type of person of the table has."""
    found: dict[str, set[str]] = {}
    for name, kind in _table().items():
        given, _, surname = name.partition(" ")
        if surname and " " not in surname and given.lower() in sources.given_names():
            found.setdefault(surname, set()).add(kind)
    return {s: kinds.pop() for s, kinds in found.items() if len(kinds) == 1}


def known_type(name: str) -> str:
    """Return the type of source that a person or body of this name is known to be, or an empty string.

    Examples
    --------
    >>> known_type("The Red Cross"), known_type("Barack H. Obama"), known_type("Ana Dole")
    ('civil society', 'named official', '')
    """
    words = re.sub(r"^[Tt]he ", "", " ".join(name.split())).split()
    middle = [w for n, w in enumerate(words) if 0 < n < len(words) - 1 and re.fullmatch(r"[A-Z]\.", w)]
    bare = " ".join(w for w in words if w not in middle)
    found = _table().get(" ".join(words)) or _table().get(bare)
    return found or ("named official" if len(words) > 1 and sources.is_public_figure(bare) else "")


def known_surname(word: str) -> str:
    """Return the type that all people of the table with a surname have, or an empty string."""
    return _surnames().get(word, "")
