"""Rows of delimited text, whether its cells are quoted or not; a row that is broken takes no other with it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

#: A quoted cell runs over no more lines.
_MOST_LINES = 2_000


@dataclass(frozen=True)
class Row:
    """A row: its cells or why there are none, and where it stands.

    `only` says that the row can be read in one way only: "quoted" (a cell holds a delimiter or a line end) or "plain" (a
    quotation mark begins a cell and does not end it); empty where both readings fit.
    """

    cells: Sequence[object] | csv.Error
    place: str
    only: str = ""


def rows_of(
    lines: Iterable[str], delimiter: str, columns: int, *, begin: int = 2, quoted: bool | None = None
) -> Iterator[Row]:
    """Yield the rows of delimited text.

    Parameters
    ----------
    lines : iterable of str
        The lines below the header, with their ends.
    delimiter : str
        What separates two cells.
    columns : int
        How many cells a row has.
    begin : int
        The number of the first line in its file.
    quoted : bool, optional
        Whether cells are quoted as RFC 4180 says; by default each row tells.

    References
    ----------
    Shafranovich, Y. (2005). Common format and MIME type for CSV files. RFC 4180. https://doi.org/10.17487/RFC4180

    Examples
    --------
    >>> rows = rows_of(['1,"a, b"\\n', '2,"a" b\\n'], ",", 2)
    >>> [(r.cells, r.only) for r in rows]
    [(['1', 'a, b'], 'quoted'), (['2', '"a" b'], 'plain')]
    """
    source = _Lines(lines, begin)
    while (line := source.take()) is not None:
        place = f" (line {source.number - 1})"
        if quoted is False:
            if line.strip():
                yield Row(_split(line, delimiter), place)
            continue
        block, marks = [line], line.count('"')
        while marks % 2 and len(block) < _MOST_LINES and (more := source.take()) is not None:
            block.append(more)
            marks += more.count('"')
        cells, only, used = _read(block, delimiter, columns)
        source.give_back(block[used:])
        yield Row(cells, place, only)


class _Lines:
    """Lines that can be given back; `number` is that of the next one."""

    def __init__(self, lines: Iterable[str], number: int) -> None:
        self._lines, self._waiting, self.number = iter(lines), list[str](), number

    def take(self) -> str | None:
        self.number += 1
        return self._waiting.pop() if self._waiting else next(self._lines, None)

    def give_back(self, lines: Sequence[str]) -> None:
        self.number -= len(lines)
        self._waiting += reversed(lines)


def _split(line: str, delimiter: str) -> list[str]:
    return line.rstrip("\r\n").split(delimiter)


def _read(block: Sequence[str], delimiter: str, columns: int) -> tuple[Sequence[str] | csv.Error, str, int]:
    """Read the first row of a block of lines: its cells, in which way alone it can be read, how many lines it takes."""
    plain = _split(block[0], delimiter)
    try:
        rows = list(csv.reader(block, delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "limit" in str(error):  # a cell longer than any article's
            return error, "", len(block)
        rows = []
    whole = len(rows) == 1 and len(rows[0]) == columns
    if len(plain) == columns and len(block) > 1 and all(len(_split(line, delimiter)) == columns for line in block):
        return plain, "plain", 1
    if whole:
        return rows[0], "" if len(plain) == columns and len(block) == 1 else "quoted", len(block)
    if len(plain) == columns:
        return plain, "plain", 1
    if len(rows) == 1:
        return rows[0], "", len(block)
    return next(csv.reader(block[:1], delimiter=delimiter), []), "", 1
