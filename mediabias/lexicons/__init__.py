"""The tables of words and patterns: CSV, each with its reference in a row or in the module that reads it."""

from __future__ import annotations

import csv
from importlib import resources


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of the table ``NAME.csv``.

    Examples
    --------
    >>> rows("places")[0]["country"]
    'Afghanistan'
    """
    text = (resources.files("mediabias") / "lexicons" / f"{name}.csv").read_text(encoding="utf8")
    return list(csv.DictReader(text.splitlines()))
