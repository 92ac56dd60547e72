"""How many of what, as one says it."""

from __future__ import annotations


def amount(n: int, noun: str) -> str:
    """Return a number with its noun, in the singular or the plural.

    Examples
    --------
    >>> amount(1, "event"), amount(1200, "article")
    ('1 event', '1,200 articles')
    """
    return f"{n:,} {noun if n == 1 else noun + 's'}"
