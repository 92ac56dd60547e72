"""Tables of articles, a row each: Media Cloud's CSV, GDELT's lists, any CSV, XLSX or Parquet whose columns say what they are.

A list without texts (Media Cloud, GDELT) becomes articles of a headline alone, with their addresses.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TextIO

from mediabias.article import Article
from mediabias.dates import day_first, utc
from mediabias.errors import ReadError
from mediabias.readers.base import Document, Reject
from mediabias.readers.delimited import Row, rows_of
from mediabias.readers.encoding import opened
from mediabias.readers.record import Part, article_of, parts_of
from mediabias.readers.variables import cell_text, check_names

#: For each field the names that columns have for it, in lower case, words apart by a space; the surest first.
COLUMNS = {
    "id": ("article_id",),
    "title": ("title", "headline", "head", "page title", "заголовок", "название", "titel", "titre", "título"),
    "lead": ("lead", "standfirst", "summary", "description", "dek", "subtitle"),
    "text": ("text", "body", "full text", "fulltext", "article text", "article body", "article", "content", "maintext", "story", "текст", "texte", "texto"),
    "byline": ("byline", "author", "authors", "by", "автор", "autor", "auteur"),
    "published": ("published", "publish date", "published at", "date published", "date", "publication date", "pubdate",
                  "date publish", "datetime", "seendate", "дата", "datum", "fecha"),
    "outlet": ("outlet", "media name", "newspaper", "publication", "publisher", "source", "source name", "domain", "media", "источник", "quelle"),
    "url": ("url", "link", "document url", "documentidentifier", "address", "ссылка", "адрес"),
    "language": ("language", "lang"),
}  # fmt: skip
#: No cell of an article is longer.
_LONGEST = 5_000_000


#: R's write.csv quotes every name, and writes NA for what is missing.
_ALL_QUOTED = re.compile(r'"[^"]*"(?:[,;\t]"[^"]*")*')
#: The first line by which Excel is told how columns are separated.
_SEPARATED = re.compile(r"\"?sep=(.|\\t)\"?", re.I)
_SLASHED = re.compile(r"\s*\d{1,2}[/-]\d{1,2}[/-]\d{2,4}")
#: Day 0 of a spreadsheet's calendar.
_EXCEL = datetime(1899, 12, 30)
#: Where a row stands beyond its number, and its cells, or why there are none and no more rows.
_Row = tuple[str, Sequence[object] | csv.Error]


class Table:
    """Reads CSV and TSV with a header."""

    name = "table"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the suffix and by a header that names a title or a text."""
        lines = head.decode("utf-8", "replace").lstrip("\ufeff").splitlines() or [""]
        first = lines[1] if _SEPARATED.fullmatch(lines[0]) and len(lines) > 1 else lines[0]
        if suffix not in {".csv", ".tsv"} and not ("\t" in first or first.count(",") >= 2 or first.count(";") >= 2):
            return 0.0
        if not first.rstrip("\r").isprintable() and "\t" not in first:
            return 0.0
        try:
            known = _known(next(csv.reader([first], delimiter=_delimiter(first)), []))
        except csv.Error:
            return 0.0
        if {"title", "text"} & known.keys() and (suffix in {".csv", ".tsv"} or len(known) >= 3):
            return 0.9
        # Columns with names of their own: a table all the same, which reading asks to be told.
        return 0.5 if suffix in {".csv", ".tsv"} else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield an article for each row, and a reject for each that has neither title nor text."""
        csv.field_size_limit(_LONGEST)
        with opened(document) as file:
            columns, delimiter, _, _ = _header(file)
            known = _known(columns, document.columns)
            quoted, dates = _first_look(rows_of(file, delimiter, len(columns)), known.get("published"))
        with opened(document) as file:
            *_, begin, missing = _header(file)
            rows = rows_of(file, delimiter, len(columns), begin=begin, quoted=quoted)
            filled = ((r.place, _filled(r.cells, missing)) for r in rows)
            yield from _cells(columns, filled, document, self.name, day_first(dates))


def _filled(cells: Sequence[object] | csv.Error, missing: str) -> Sequence[object] | csv.Error:
    """Return a row with empty cells where a value is missing."""
    return cells if isinstance(cells, csv.Error) else ["" if cell == missing else cell for cell in cells]


def _header(file: TextIO) -> tuple[list[str], str, int, str]:
    """Read the header; return the columns, their delimiter, the number of the line below, and what is written for nothing."""
    line, begin = file.readline().lstrip("\ufeff"), 2
    delimiter = ""
    if m := _SEPARATED.fullmatch(line.rstrip("\r\n")):
        delimiter, line, begin = m[1].replace("\\t", "\t"), file.readline(), 3
    delimiter = delimiter or _delimiter(line)
    missing = "NA" if _ALL_QUOTED.fullmatch(line.strip()) else ""
    return next(csv.reader([line], delimiter=delimiter), []), delimiter, begin, missing


def _first_look(rows: Iterable[Row], dated: int | None) -> tuple[bool | None, list[str]]:
    """Say whether a table's cells are quoted (None where rows differ), and return the dates that tell their order."""
    plain = quoted = False
    telling: dict[bool, str] = {}
    for row in rows:
        plain, quoted = plain or row.only == "plain", quoted or row.only == "quoted"
        if dated is not None and not isinstance(row.cells, csv.Error) and dated < len(row.cells):
            value = str(row.cells[dated])[:12]
            if (order := day_first([value])) is not None:
                telling.setdefault(order, value)
    return (quoted if plain != quoted else None), list(telling.values())


class Parquet:
    """Reads a Parquet file, a batch of rows at a time."""

    name = "parquet"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the mark that begins a Parquet file."""
        return 0.99 if head.startswith(b"PAR1") else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield an article for each row."""
        import pyarrow as pa
        from pyarrow import parquet

        try:
            file = parquet.ParquetFile(io.BytesIO(document.raw))
            columns = [str(c) for c in file.schema_arrow.names]
            rows = (
                ("", list(row.values())) for batch in file.iter_batches(batch_size=256) for row in batch.to_pylist()
            )
            dated = _known(columns, document.columns).get("published")
            dates = file.read([columns[dated]]).column(0).to_pylist() if dated is not None else []
            order = day_first(str(value or "")[:12] for value in dates)
            yield from _cells(columns, rows, document, self.name, order)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise ReadError(f"a damaged Parquet file ({error}); write it again", path=str(document.path)) from None


class Sheet:
    """Reads the first sheet of an XLSX file, as Integrum and others export it."""

    name = "xlsx"
    single = False

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the kind of file."""
        return 0.95 if head.startswith(b"PK\x03\x04") and suffix == ".xlsx" else 0.0

    def read(self, document: Document) -> Iterator[Article | Reject]:
        """Yield an article for each row below the header."""
        from openpyxl import load_workbook

        try:
            sheet = load_workbook(io.BytesIO(document.raw), read_only=True, data_only=True).worksheets[0]
            rows = sheet.iter_rows(values_only=True)
            columns = [str(c or "") for c in next(rows, ())]
            dated = _known(columns, document.columns).get("published")
            held = [row for row in rows]
            order = day_first(str(row[dated] or "")[:12] for row in held if dated is not None and dated < len(row))
            yield from _cells(columns, (("", row) for row in held), document, self.name, order)
        except ReadError:
            raise
        except Exception as error:  # openpyxl says of damage whatever it stumbles over: a dozen kinds have been seen
            raise ReadError(f"a damaged XLSX file ({error}); save it again", path=str(document.path)) from None


def _cells(
    columns: list[str], rows: Iterable[_Row], document: Document, reader: str, day_first: bool | None
) -> Iterator[Article | Reject]:
    """Yield an article for each row, and a reject for each that is damaged or has neither title nor text."""
    known = _known(columns, document.columns)
    if lost := [name for name in document.columns.values() if _plain(name) not in map(_plain, columns)]:
        reason = f"no column is called {lost[0]!r}; there are {', '.join(columns[:12])}"
        raise ReadError(reason, path=str(document.path), place="the header")
    if not {"title", "text"} & known.keys():
        reason = f"no column is called {' or '.join(COLUMNS['text'][:3])}, nor title; say which with --column text=NAME"
        raise ReadError(reason, path=str(document.path), place="the header")
    # A column without a name is the row's number, as R and pandas write it.
    own = {name.strip(): i for i, name in enumerate(columns) if name.strip() and i not in known.values()}
    check_names(
        (c.strip() for i, c in enumerate(columns) if c.strip() and i not in known.values()),
        str(document.path),
        "the header",
    )
    if day_first is not None:
        order = "day/month/year" if day_first else "month/day/year"
        warnings.warn(
            f"{document.name}: dates are read as {order}, since other days of the column allow no other", stacklevel=2
        )
    n = 0
    for where, row in rows:
        values = [] if isinstance(row, csv.Error) else list(map(cell_text, row))
        if isinstance(row, csv.Error):
            reason = f"damaged row ({row}); quote its cells and write it again"
        elif not any(values):
            continue
        elif len(values) != len(columns):
            reason = f"{len(values)} cells where the header has {len(columns)}; quote its cells and write it again"
        else:
            cell = {name: values[i] for name, i in known.items()}
            reason = "" if cell.get("title") or cell.get("text") else "neither title nor text; fill one in"
        n += 1
        if reason:
            yield Reject(document.name, f"row {n}{where}", reason)
        else:
            yield _article(cell, {name: values[i] for name, i in own.items()}, f"row {n}", document, reader, day_first)


def _delimiter(line: str) -> str:
    return max(",\t;|", key=line.count)


def _plain(column: str) -> str:
    return re.sub(r"[\s_-]+", " ", column).strip().lower()


def _known(columns: list[str], given: Mapping[str, str] = MappingProxyType({})) -> dict[str, int]:
    """Return for each field the column that holds it: the one that was given, or the one of the surest name."""
    plain = [_plain(c) for c in columns]
    wanted = {field: ((_plain(given[field]),) if field in given else names) for field, names in COLUMNS.items()}
    first = {field: next((n for n in names if n in plain), None) for field, names in wanted.items()}
    return {field: plain.index(name) for field, name in first.items() if name is not None}


def _article(
    cell: dict[str, str], own: dict[str, str], place: str, document: Document, reader: str, day_first: bool | None
) -> Article:
    title, byline = cell.get("title", ""), cell.get("byline", "")
    parts = [Part(title, f"{place}, title", "headline"), Part(byline, f"{place}, byline", "byline")]
    parts += parts_of(cell.get("lead", ""), f"{place}, lead", "standfirst") if cell.get("text") else []
    parts += parts_of(cell.get("text") or cell.get("lead", ""), f"{place}, text")
    fields = {k: cell.get(k, "") for k in ("outlet", "language", "url")}
    fields["published"] = _date(cell.get("published", ""), day_first)
    if cell.get("id"):
        own["article_id"] = cell["id"]
    return article_of(parts, reader, document.outlets, own, title=title, byline=byline, **fields)


def _date(value: str, day_first: bool | None) -> str:
    """Return a cell's date; a bare number of five digits is a day as spreadsheets count them."""
    if re.fullmatch(r"[2-7]\d{4}(?:\.\d+)?", value):
        return (_EXCEL + timedelta(days=float(value))).strftime("%Y-%m-%d")
    return utc(value, day_first=day_first) if day_first is not None and _SLASHED.match(value) else value
