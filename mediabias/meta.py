"""What a researcher knows of the documents: a table that fills and overrides what was read."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from mediabias.article import ARTICLE_COLUMNS, Article
from mediabias.csvs import read_csv
from mediabias.dates import ambiguous, utc
from mediabias.errors import ReadError, TableError
from mediabias.readers.variables import check_names
from mediabias.tables import COLUMNS

#: Columns that a table may set; ``path`` says which document a row is about.
SETTABLE = tuple(c for c in COLUMNS["articles"] if c not in {"path", "text", "raw_sha256", "reader"})


class Filler:
    """A table that fills and overrides fields of articles as they come.

    Parameters
    ----------
    path : Path
        A CSV with the column ``path``: the end of a document's path is enough, ``export.txt#2`` for the second article of
        a file. Without it, ``article_id`` says which article a row is about. Empty cells leave what was read; columns that
        an article doesn't have are the user's own variables.

    Raises
    ------
    TableError
        When there is neither column, one that reading fills itself (``text``), a document that stands twice, or a date
        that can't be read; it names the line.
    """

    def __init__(self, path: Path) -> None:
        table = read_csv(path)
        self._by = next((c for c in ("path", "article_id") if c in table.columns), "")
        if not self._by:
            raise TableError(
                f"{path}: no column 'path', nor 'article_id'; it says which document a row is about (`mediabias read --template FILE` writes such a table to fill in)"
            )
        columns = [c.strip() for c in table.columns]
        table.columns = pd.Index(columns)
        self.variables = [c for c in columns if c and c not in ARTICLE_COLUMNS]
        try:
            check_names((c for c in columns if c and c not in {"path", *SETTABLE}), str(path))
        except ReadError as error:
            raise TableError(str(error)) from None
        if len(twice := table.loc[table[self._by].duplicated(), self._by]):
            raise TableError(f"{path}: {twice.iloc[0]!r} stands in more than one row; one row a document")
        self._rows: dict[str, dict[str, str]] = {}
        self._used: set[str] = set()
        for n, row in enumerate(table.to_dict("records"), 2):
            values = {str(c): str(v) for c, v in row.items() if c and c != self._by and (v or c in self.variables)}
            if "published" in values:
                values["published"] = _date(values["published"], path, n)
            key = str(row[self._by])
            self._rows[key.replace("\\", "/") if self._by == "path" else key] = values

    def fill(self, article: Article) -> Article:
        """Return the article with the table's values."""
        parts = article.path.split("/")
        names = ["/".join(parts[n:]) for n in range(len(parts))] if self._by == "path" else [article.article_id]
        key = next((k for k in names if k in self._rows), None)
        if key is None:
            return article
        self._used.add(key)
        values = self._rows[key]
        # An empty cell of the user's own variables leaves what the document says, and is empty where it says nothing.
        return article.with_values({k: v or article.value(k) for k, v in values.items()})

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

    Where no article of a folder names an outlet, the folder's name is offered as one.

    Examples
    --------
    >>> articles = pd.DataFrame([dict.fromkeys(COLUMNS["articles"], "") | {"path": "rain.txt", "title": "Rain"}])
    >>> template(articles).iloc[0].to_dict()
    {'path': 'rain.txt', 'outlet': '', 'published': '', 'title': 'Rain', 'byline': '', 'event': ''}
    >>> template(articles.assign(path="the-vale/rain.txt"))["outlet"].item()
    'the-vale'
    """
    folders = articles["path"].str.rpartition("/")[0]
    named = set(folders[articles["outlet"].fillna("").ne("")])
    offered = [
        outlet or ("" if folder in named else folder.rpartition("/")[2])
        for outlet, folder in zip(articles["outlet"].fillna(""), folders, strict=True)
    ]
    columns = ["path", "outlet", "published", "title", "byline", "event"]
    return articles.assign(outlet=offered)[columns]
