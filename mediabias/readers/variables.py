"""Columns of the user's own: every column of a table or record that no reader takes for a field of an article."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from mediabias.article import ARTICLE_COLUMNS
from mediabias.errors import ReadError

#: Fields that a column of the same name fills, beside those that readers look for under several names.
FILLED = ("article_id", "event", "copy_of", "wire")
#: In the user's variables, how the user's own column called an outlet that is named otherwise in the table of outlets.
AS_WRITTEN = "outlet_as_written"
#: In the variables of an article that has fewer words than its page says of it: how many these are.
PROMISED = "promised_words"
#: Names that mediabias gives to columns of its own.
RESERVED = frozenset(ARTICLE_COLUMNS) - set(FILLED)


def check_names(names: Iterable[str], path: str, place: str = "") -> None:
    """Raise ReadError where a column of the user's has a name that can't be kept.

    Examples
    --------
    >>> check_names(["leaning", "wave"], "table.csv")
    >>> check_names(["path"], "table.csv", "the header")
    Traceback (most recent call last):
    ...
    mediabias.errors.ReadError: table.csv, the header: mediabias has a column 'path' of its own; rename yours
    """
    for name, n in Counter(list(names)).items():
        if name in RESERVED:
            raise ReadError(f"mediabias has a column {name!r} of its own; rename yours", path=path, place=place)
        if "__" in name:
            raise ReadError(
                f"the column {name!r} has '__' in its name, as columns of features do; rename it",
                path=path,
                place=place,
            )
        if n > 1:
            raise ReadError(f"{n} columns are called {name!r}; rename all but one", path=path, place=place)


def cell_text(value: object) -> str:
    """Return a cell as text: whole numbers without a decimal point, days without a time.

    Examples
    --------
    >>> [cell_text(v) for v in (None, 17.0, float("nan"), dt.datetime(2026, 3, 1), " left ", True)]
    ['', '17', '', '2026-03-01', 'left', 'true']
    """
    if value is None or value != value:  # not a number is not itself
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value).strip()
