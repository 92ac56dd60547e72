"""Tables on disk in parts, several of them side by side: the rows about the same articles, and no more in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mediabias.errors import TableError
from mediabias.tables import damaged, present


def in_parts(
    folder: str | Path, first: str, optional: Sequence[str], *, made_by: str, at_once: int = 200
) -> Iterator[dict[str, pd.DataFrame]]:
    """Yield tables in parts: so many rows of the first, which has one an article, and the rows of the others about the same.

    A table that is not in the order of article_id, as one that was changed by hand may be, is sorted in memory.

    Raises
    ------
    TableError
        As `read`; and when a table has rows about no article of the first.
    """
    paths = present(Path(folder), (first,), optional, made_by)
    made = paths.pop(first)
    others = {name: _Following(path, made_by) for name, path in paths.items()}
    for part in _batches(made, at_once, made_by):
        ids = set(part["article_id"])
        yield {first: part} | {name: following.about(ids) for name, following in others.items()}
    for following in others.values():
        following.end()


class _Following:
    """Reads a table along with another one that comes in the same order of articles."""

    def __init__(self, path: Path, made_by: str) -> None:
        self._path, self._batches = path, _batches(path, 10_000, made_by)
        self._left = next(self._batches)

    def about(self, ids: set[str]) -> pd.DataFrame:
        """Return the next rows, as long as they are about these articles."""
        taken = []
        while True:
            inside = self._left["article_id"].isin(ids).to_numpy()
            n = len(inside) if inside.all() else int(inside.argmin())
            taken.append(self._left.iloc[:n])
            self._left = self._left.iloc[n:]
            if len(self._left) or (fresh := next(self._batches, None)) is None:
                return pd.concat(taken, ignore_index=True) if len(taken) > 1 else taken[0]
            self._left = fresh

    def end(self) -> None:
        """Raise TableError where rows are left that no article has taken."""
        if len(self._left):
            name = self._left["article_id"].iloc[0]
            raise TableError(f"{self._path}: rows of {name!r}, which is no article of this corpus")


def _batches(path: Path, rows: int, made_by: str) -> Iterator[pd.DataFrame]:
    """Yield a table, in the order of article_id, in parts of so many rows, at least one part."""
    try:
        ids = pq.read_table(path, columns=["article_id"])["article_id"]
        if not pc.all(pc.less_equal(ids[:-1], ids[1:])).as_py() and len(ids) > 1:
            whole = pd.read_parquet(path).sort_values("article_id", kind="stable", ignore_index=True)
            yield from (whole.iloc[n : n + rows] for n in range(0, len(whole), rows))
            return
        with pq.ParquetFile(path) as file:
            if not file.metadata.num_rows:
                yield file.read().to_pandas()
            for batch in file.iter_batches(rows):
                yield batch.to_pandas()
    except (pa.ArrowException, OSError) as error:
        raise damaged(path, error, made_by) from None
