"""Word lists and patterns: CSV, each row with its reference; one folding of letters, and one matcher for all lists."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

#: Typographic marks and spaces as the plain ones that patterns are written in; no length changes.
FOLD = str.maketrans("‘’‚‛“”„‟«»\u00a0\u2011", '\'\'\'\'"""""" -')


def fold(text: str) -> str:
    """Return the text with plain quotation marks, spaces and hyphens, of the same length.

    Examples
    --------
    >>> fold("“It’s”")
    '"It\\'s"'
    """
    return text.translate(FOLD)


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the table ``NAME.csv``.

    Examples
    --------
    >>> rows("places")[0]["country"]
    'Afghanistan'
    """
    text = (resources.files("mediabias") / "lexicons" / f"{name}.csv").read_text(encoding="utf8")
    return tuple(csv.DictReader(text.splitlines()))


class Matcher:
    """Finds the terms of many lists in one pass: one pattern, the longest term first.

    Parameters
    ----------
    terms : mapping of str to str
        Terms and their labels. A ``*`` at the end stands for any ending; a term with a capital is matched as written.

    Examples
    --------
    >>> matcher = Matcher({"claim*": "verb", "so called": "distance", "US": "state"})
    >>> [label for _, _, label in matcher.find("The US claimed that the so called truce held us.")]
    ['state', 'verb', 'distance']
    """

    def __init__(self, terms: Mapping[str, str]) -> None:
        self._exact = {fold(t): label for t, label in terms.items() if t != t.lower()}
        self._plain = {fold(t): label for t, label in terms.items() if t == t.lower()}
        self._stems = sorted((t[:-1] for t in (*self._exact, *self._plain) if t.endswith("*")), key=len, reverse=True)
        exact = "|".join(map(_pattern, _longest(self._exact)))
        plain = "|".join(map(_pattern, _longest(self._plain)))
        parts = [p for p in (exact, f"(?i:{plain})" if plain else "") if p]
        self._all = re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])") if parts else None

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, label) of each term, in order and without overlap."""
        if self._all is None:
            return
        end = len(text) if end is None else end
        for m in self._all.finditer(fold(text[:end]), start):
            yield m.start(), m.end(), self._label(" ".join(m[0].split()))

    def _label(self, found: str) -> str:
        for table, key in ((self._exact, found), (self._plain, found.lower())):
            if key in table:
                return table[key]
            if stem := next((s for s in self._stems if key.startswith(s) and f"{s}*" in table), None):
                return table[f"{stem}*"]
        raise AssertionError(f"{found!r} matched no term")


def _longest(terms: Mapping[str, str]) -> list[str]:
    return sorted(terms, key=lambda t: (-len(t), t))


def _pattern(term: str) -> str:
    words = r"\s+".join(map(re.escape, term.removesuffix("*").split()))
    return words + (r"[\w'-]*" if term.endswith("*") else "")
