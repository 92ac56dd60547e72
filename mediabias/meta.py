"""What a researcher knows of the documents: a table that fills and overrides what was read."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from mediabias.article import Article
from mediabias.csvs import read_csv
from mediabias.dates import ambiguous, utc
from mediabias.errors import TableError
from mediabias.tables import COLUMNS

#: Columns that a table may set; ``path`` says which document a row is about.
SETTABLE = tuple(c for c in COLUMNS["articles"] if c not in {"path", "text", "raw_sha256", "reader"})


class Filler:
    """A table that fills and overrides fields of articles as they come.

    Parameters
    ----------
    path : Path
        A CSV with the column ``path``: the end of a document's path is enough, ``export.txt#2`` for the second article of
        a file. Empty cells leave what was read.

    Raises
    ------
    TableError
        When there is no column ``path``, a column that an article doesn't have, a path that stands twice, or a date that
        can't be read; it names the line.
    """

    def __init__(self, path: Path) -> None:
        table = read_csv(path)
        if "path" not in table.columns:
            raise TableError(
                f"{path}: no column 'path'; it says which document a row is about (`mediabias read --template FILE` writes such a table to fill in)"
            )
        if odd := [c for c in table.columns if c not in {"path", *SETTABLE}]:
            raise TableError(f"{path}: unknown column {odd[0]!r}; an article has path, {', '.join(SETTABLE)}")
        if len(twice := table.loc[table["path"].duplicated(), "path"]):
            raise TableError(f"{path}: {twice.iloc[0]!r} stands in more than one row; one row a document")
        self._rows: dict[str, dict[str, str]] = {}
        self._used: set[str] = set()
        for n, row in enumerate(table.to_dict("records"), 2):
            values = {str(c): str(v) for c, v in row.items() if c != "path" and v}
            if "published" in values:
                values["published"] = _date(values["published"], path, n)
            self._rows[str(row["path"]).replace("\\", "/")] = values

    def fill(self, article: Article) -> Article:
        """Return the article with the table's values."""
        parts = article.path.split("/")
        key = next((k for n in range(len(parts)) if (k := "/".join(parts[n:])) in self._rows), None)
        if key is None:
            return article
        self._used.add(key)
        return article.replace(**self._rows[key])

    @property
    def unmatched(self) -> list[str]:
        """The paths of the rows that no article has had."""
        return [k for k in self._rows if k not in self._used]


def _date(value: str, path: Path, line: int) -> str:
    if both := ambiguous(value):
        raise TableError(
            f"{path}, line {line}: published={value!r} can be {both[0]} or {both[1]}; write it as year-month-day"
        )
    if not (found := utc(value)):
        raise TableError(f"{path}, line {line}: published={value!r} is no date; write it as year-month-day")
    return found


def template(articles: pd.DataFrame) -> pd.DataFrame:
    """Return a table to fill in and give back: one row an article, with what is known so far.

    Examples
    --------
    >>> articles = pd.DataFrame([dict.fromkeys(COLUMNS["articles"], "") | {"path": "rain.txt", "title": "Rain"}])
    >>> template(articles).iloc[0].to_dict()
    {'path': 'rain.txt', 'outlet': '', 'published': '', 'title': 'Rain', 'byline': '', 'event': ''}
    """
    return articles[["path", "outlet", "published", "title", "byline", "event"]]
