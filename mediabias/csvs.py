"""Tables as CSV, for people and their spreadsheets: what would run there as a formula is marked as a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

#: What a spreadsheet takes for a formula, behind any number of marks that say that it is none.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def csv_text(table: pd.DataFrame, **options: Any) -> str:
    """Return a table as CSV that is safe to open in a spreadsheet: a text that it would run as a formula has a ' in front.

    `options` are those of ``DataFrame.to_csv``. `read_csv` takes the mark away again.

    References
    ----------
    OWASP, CSV Injection.

    Examples
    --------
    >>> csv_text(pd.DataFrame({"title": ["=1+1", "Rain"], "n": [-1, 2]}))
    "title,n\\n'=1+1,-1\\nRain,2\\n"
    """
    return str(_each_text(table, _guarded).to_csv(index=False, lineterminator="\n", **options))


def read_csv(path: str | Path) -> pd.DataFrame:
    """Read a CSV of texts, without the marks of `csv_text`; an empty cell is an empty text. Semicolons part columns as well as commas."""
    with Path(path).open(encoding="utf-8-sig", errors="replace") as file:
        heads = file.readline()
    # What a spreadsheet writes where a comma is the decimal sign.
    parted = ";" if ";" in heads and "," not in heads else ","
    return bare(pd.read_csv(path, sep=parted, dtype="str", keep_default_na=False, encoding="utf-8-sig"))


def bare(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table that was read from a CSV without the marks of `csv_text`."""
    return _each_text(table, _bare)


def _each_text(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    texts = [c for c in table.columns if not pd.api.types.is_numeric_dtype(table[c])]
    changed = {c: [change(x) if isinstance(x, str) else x for x in table[c]] for c in texts}
    return table.assign(**{str(c): pd.Series(v, table.index, dtype=table[c].dtype) for c, v in changed.items()})


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
