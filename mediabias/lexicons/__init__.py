"""Word lists and patterns: CSV, each row with its reference; one folding of letters, and one matcher for all lists."""

from __future__ import annotations

import csv
import re
import weakref
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
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
    >>> rows("actor_labels")[0]["group"]
    'armed_group'
    """
    text = (resources.files("mediabias") / "lexicons" / f"{name}.csv").read_text(encoding="utf8")
    return tuple(csv.DictReader(text.splitlines()))


class Matcher:
    """Finds the terms of a list, the longest where several begin at one place.

    All lists of a process share one pass over a text, which notes at which words a term of which list may begin; what a list
    finds does not depend on which others there are.

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
        self._here = re.compile(rf"(?:{'|'.join(parts)})(?![\w-])") if parts else None
        _BEGINNINGS.add(self, (*self._exact, *self._plain))

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, label) of each term, in order and without overlap."""
        if self._here is None:
            return
        folded, places = _BEGINNINGS.read(text)
        starts = places.get(id(self), [])
        end, last = len(text) if end is None else end, start
        # A word that `end` cuts is another word.
        cut = re.search(r"\w+$", folded[start:end]) if re.match(r"\w", folded[end : end + 1]) else None
        for at in (
            *starts[bisect_left(starts, start) : bisect_left(starts, end)],
            *([start + cut.start()] if cut else []),
        ):
            if at >= last and (m := self._here.match(folded, at, end)):
                last = m.end()
                yield m.start(), m.end(), self._label(" ".join(m[0].split()))

    def _label(self, found: str) -> str:
        for table, key in ((self._exact, found), (self._plain, found.lower())):
            if key in table:
                return table[key]
            if stem := next((s for s in self._stems if key.startswith(s) and f"{s}*" in table), None):
                return table[f"{stem}*"]
        raise AssertionError(f"{found!r} matched no term")


class _Beginnings:
    """At which words of a text a term may begin, of every list that there is: one pass, kept for the texts read last."""

    #: Texts that are kept: all features read an article before they read the next.
    _MOST = 8
    _WORD = re.compile(r"(?<![\w-])(?:\w+|[^\w\s-])")

    def __init__(self) -> None:
        self._whole: dict[str, set[int]] = {}
        self._begun: dict[int, dict[str, set[int]]] = {}
        self._kept: OrderedDict[str, tuple[str, dict[int, list[int]]]] = OrderedDict()

    def add(self, matcher: Matcher, terms: Iterable[str]) -> None:
        """Note the first words of a list's terms."""
        for term in terms:
            first = re.match(r"\w+|\S", term.lower())
            if first is None:
                continue
            if term == f"{term[: first.end()]}*":
                self._begun.setdefault(first.end(), {}).setdefault(first[0], set()).add(id(matcher))
            else:
                self._whole.setdefault(first[0], set()).add(id(matcher))
        self._kept.clear()
        weakref.finalize(matcher, self._forget, id(matcher))

    def _forget(self, number: int) -> None:
        for table in (self._whole, *self._begun.values()):
            for lists in table.values():
                lists.discard(number)
        self._kept.clear()

    def read(self, text: str) -> tuple[str, dict[int, list[int]]]:
        """Return the folded text, and for each list the places where a term of it may begin."""
        if text not in self._kept:
            self._kept[text] = self._read(fold(text))
            while len(self._kept) > self._MOST:
                self._kept.popitem(last=False)
        return self._kept[text]

    def _read(self, folded: str) -> tuple[str, dict[int, list[int]]]:
        starts: dict[int, list[int]] = {}
        lists_of: dict[str, frozenset[int]] = {}
        for m in self._WORD.finditer(folded):
            word = m[0].lower()
            if (lists := lists_of.get(word)) is None:
                begun = [table[word[:n]] for n, table in self._begun.items() if word[:n] in table]
                lists = lists_of[word] = frozenset(self._whole.get(word, set()).union(*begun))
            for number in lists:
                starts.setdefault(number, []).append(m.start())
        return folded, starts


_BEGINNINGS = _Beginnings()


def _longest(terms: Mapping[str, str]) -> list[str]:
    return sorted(terms, key=lambda t: (-len(t), t))


def _pattern(term: str) -> str:
    words = r"\s+".join(map(re.escape, term.removesuffix("*").split()))
    return words + (r"[\w'-]*" if term.endswith("*") else "")
