"""How many of what, as one says it."""

from __future__ import annotations

from collections.abc import Iterable


def amount(n: int, noun: str) -> str:
    """Return a number with its noun, in the singular or the plural.

    Examples
    --------
    >>> amount(1, "event"), amount(1200, "article")
    ('1 event', '1,200 articles')
    """
    return f"{n:,} {noun if n == 1 else noun + 's'}"


def few(names: Iterable[str]) -> str:
    """Name the first three.

    Examples
    --------
    >>> few(["a", "b", "c", "d"])
    'a, b, c ...'
    """
    every = list(names)
    return ", ".join(every[:3]) + (" ..." if len(every) > 3 else "")
