"""Whether two names stand for one party: equal words without titles, or a surname and the whole name."""

from __future__ import annotations

import re
import unicodedata

_TITLES = frozenset(
    "mr mrs ms miss dr sir lord lady dame prof professor president vice former senator sen rep representative gov governor the a an "
    "secretary minister prime chancellor king queen prince justice judge attorney general mayor director chairman chairwoman col gen lt "
    "sgt".split()
)


def _words(name: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", re.sub(r"['’`]s?\b", "", plain))
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return words


def same_party(name: str, other: str) -> bool:
    """Say whether two names stand for one party.

    Examples
    --------
    >>> same_party("Sen. Ana Dole", "Dole"), same_party("Ana Dole", "Ben Dole"), same_party("", "")
    (True, False, True)
    """
    short, long = sorted((_words(name), _words(other)), key=len)
    if not short:
        return not long
    return short == long or (set(short) <= set(long) and (short[-1] == long[-1] or short[0] == long[0]))
