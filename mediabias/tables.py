"""The tables' columns, types and order, and how they lie in a folder: Parquet with a manifest, which pandas reads without us."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from mediabias.article import Attribution
from mediabias.errors import TableError
from mediabias.settings import Settings

_SPANS = pa.list_(pa.list_(pa.int64()))
_INT, _FLOAT, _TEXT, _BOOL = pa.int64(), pa.float64(), pa.string(), pa.bool_()
_TYPES = {"Spans": _SPANS, "float": _FLOAT, "bool": _BOOL, "str": _TEXT}
_ROLES = dict.fromkeys(("source", "cue", "content"), _SPANS)
#: What an attribution says beyond its spans and its id: a new field of `Attribution` is a column.
ATTRIBUTION_FIELDS = {
    f.name: _TYPES[str(f.type)] for f in fields(Attribution) if f.name not in {*_ROLES, "attribution_id"}
}


def _columns(names: str, **types: pa.DataType) -> dict[str, pa.DataType]:
    return {name: types.get(name, _TEXT) for name in names.split()}


#: Columns of each table, in order, with their types.
COLUMNS: dict[str, dict[str, pa.DataType]] = {
    "articles": _columns(
        "article_id path outlet title byline published language url event copy_of wire reader raw_sha256 text"
    ),
    "blocks": _columns("article_id start end zone confidence origin", start=_INT, end=_INT, confidence=_FLOAT),
    "attributions": _columns("article_id attribution_id") | _ROLES | _columns("source_text") | ATTRIBUTION_FIELDS,
    "passages": _columns(
        "article_id start end source_id source_start source_end words wire",
        **dict.fromkeys(("start", "end", "source_start", "source_end", "words"), _INT),
    ),
    "mentions": _columns("article_id actor start end form kind", start=_INT, end=_INT),
    "evidence": _columns("article_id feature label start end text attribution_id attributes", start=_INT, end=_INT),
    "counts": _columns("article_id column count exposure", count=_FLOAT, exposure=_FLOAT),
    "dictionary": _columns("column feature label title definition example unit group zones reference validated"),
    "effects": _columns(
        "column a b estimate ci_low ci_high confidence p q mean_a mean_b ratio ratio_low ratio_high d p_equivalent "
        "count_a count_b n_articles n_events n_units interval unit test is_exact p_floor conflict",
        **dict.fromkeys("estimate ci_low ci_high confidence p q mean_a mean_b ratio ratio_low".split(), _FLOAT),
        **dict.fromkeys("ratio_high d p_equivalent count_a count_b p_floor".split(), _FLOAT),
        **dict.fromkeys("n_articles n_events n_units".split(), _INT) | {"is_exact": _BOOL},
    ),
    "rejected": _columns("path place reason"),
}
#: What `mediabias events` says of its grouping, beside the tables of the corpus.
ASSIGNMENTS = "event_assignments.csv"
_VERSIONED = ("mediabias", "pandas", "pyarrow", "trafilatura", "onnxruntime")


def empty(name: str) -> pd.DataFrame:
    """Return a table without rows."""
    return frame(name, [])


def frame(name: str, rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Make a table of rows in the order of its columns.

    Examples
    --------
    >>> frame("counts", [("a", "hedges__modal", 2.0, 310.0)]).columns.tolist()
    ['article_id', 'column', 'count', 'exposure']
    """
    return pd.DataFrame(rows, columns=list(COLUMNS[name]))


def write(
    folder: str | Path,
    tables: Mapping[str, pd.DataFrame],
    settings: Settings,
    inputs: Mapping[str, str],
    features: Mapping[str, Mapping[str, Any]] | None = None,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Write tables as Parquet with a manifest; tables of an earlier run that are not among them are removed.

    Parameters
    ----------
    folder : path
        Made where it is missing.
    tables : mapping of str to DataFrame
        By name. A column that `COLUMNS` doesn't know keeps the type that it has.
    settings, inputs, features, more
        Every choice that led here; the hash of each document, by its name; what each feature was set to; what else there is to say.
    """
    writer = Writer(folder, tables)
    writer.add(tables)
    writer.close(settings, inputs, features, more)


class Writer:
    """Writes tables part by part: what has been added is on disk, and takes its place in the folder when all is there.

    Parameters
    ----------
    folder : path
        Made where it is missing. Tables of an earlier run that are not among `names` are removed.
    names : iterable of str
        The tables that will be added.
    """

    def __init__(self, folder: str | Path, names: Iterable[str]) -> None:
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        settle(self.folder)
        self._names = sorted(names)
        self._open: dict[str, pq.ParquetWriter] = {}

    def add(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Add the next rows of some tables, which become a row group of each one's file."""
        for name in sorted(tables):
            made = typed(name, tables[name])
            if name not in self._open:
                self._open[name] = pq.ParquetWriter(self.folder / f"{name}.part", made.schema)
            self._open[name].write_table(made)

    def close(
        self,
        settings: Settings,
        inputs: Mapping[str, str],
        features: Mapping[str, Mapping[str, Any]] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        """Put the tables into their places and write the manifest: all of it, or after a stop nothing (see `settle`)."""
        for writer in self._open.values():
            writer.close()
        manifest = {
            "features": features or {},
            "inputs": dict(sorted(inputs.items())),
            "settings": settings.as_dict(),
            "tables": {f"{n}.parquet": sha256(self.folder / f"{n}.part") for n in self._names},
            "versions": {name: installed(name) for name in _VERSIONED},
            **(more or {}),
        }
        text = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True, default=str)
        write_whole(self.folder / _DECIDED, text + "\n")
        settle(self.folder)


def write_whole(path: Path, text: str) -> None:
    """Write a file that is there whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, encoding="utf8", newline="\n")
    fresh.replace(path)


#: A manifest whose tables are complete, and may not all be in their places yet.
_DECIDED = "manifest.part"


def settle(folder: str | Path) -> None:
    """Bring a folder that a stop may have left half way to the state before or behind it; only for who writes into it.

    From the moment that the new manifest lies there, the new tables are finished; before, they are thrown away.
    """
    folder = Path(folder)
    decided = folder / _DECIDED
    if decided.exists():
        listed = json.loads(decided.read_text(encoding="utf8"))["tables"]
        for name in sorted(listed):
            fresh = folder / f"{Path(name).stem}.part"
            if fresh.exists():
                fresh.replace(folder / name)
        for stale in folder.glob("*.parquet"):
            if stale.name not in listed:
                stale.unlink()
        decided.replace(folder / "manifest.json")
    for name in (*COLUMNS, "features"):
        (folder / f"{name}.part").unlink(missing_ok=True)


def typed(name: str, table: pd.DataFrame) -> pa.Table:
    """Return a table with fixed types, so that an empty one has them too."""
    types = COLUMNS.get(name, {})
    known = {pa.large_string(): _TEXT} | {str(c): types[str(c)] for c in table.columns if str(c) in types}
    given = pa.Table.from_pandas(table, preserve_index=False)
    schema = pa.schema([pa.field(f.name, known.get(f.name, known.get(f.type, f.type))) for f in given.schema])
    return pa.Table.from_pandas(table, schema, preserve_index=False).replace_schema_metadata()


def read(
    folder: str | Path,
    names: Sequence[str],
    *,
    optional: Sequence[str] = (),
    made_by: str,
    parts: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, pd.DataFrame]:
    """Read tables from a folder.

    Parameters
    ----------
    folder : path
        Written by `write`.
    names, optional : sequence of str
        Tables that must be there, and tables that may.
    made_by : str
        The command that makes the folder, for the error.
    parts : mapping, optional
        For tables of which only a part is wanted: options of `pandas.read_parquet`, columns and filters.

    Raises
    ------
    TableError
        When a table is missing, lacks a column, or lies there without being in the manifest: then it is an older run's.
    """
    out = {}
    for name, path in present(Path(folder), names, optional, made_by).items():
        try:
            out[name] = pd.read_parquet(path, **(parts or {}).get(name, {}))
        except (pa.ArrowException, OSError) as error:
            raise damaged(path, error, made_by) from None
    return out


def present(folder: Path, names: Iterable[str], optional: Iterable[str], made_by: str) -> dict[str, Path]:
    """Return the file of each table that is there, after a look at the columns that it has."""
    listed = manifest(folder, made_by)["tables"]
    optional, out = list(optional), {}
    for name in (*names, *optional):
        path = folder / f"{name}.parquet"
        if not path.exists():
            if name in optional and path.name not in listed:
                continue
            raise TableError(f"{folder}: no {path.name} here; {_meant(folder, made_by)}")
        if path.name not in listed:
            raise TableError(f"{path}: not in manifest.json, so an older run's; delete it, or run `{made_by}` again")
        try:
            there = pq.read_schema(path).names
        except (pa.ArrowException, OSError) as error:
            raise damaged(path, error, made_by) from None
        if missing := [c for c in COLUMNS.get(name, {}) if c not in there]:
            raise TableError(f"{path}: no column {missing[0]!r}; {_meant(folder, made_by, again=True)}")
        out[name] = path
    return out


def _meant(folder: Path, made_by: str, again: bool = False) -> str:
    """Return what to do about a table that is not as it should be: perhaps the folder is another one than was meant."""
    if made_by != "mediabias extract" and (folder / "features.parquet").exists():
        return "this is a folder of features; give that of the corpus"
    if made_by == "mediabias extract" and (folder / "blocks.parquet").exists():
        return f"this is a corpus; give the folder that `mediabias extract {folder}` writes"
    return f"{'run' if again else 'make it with'} `{made_by}`{' again' * again}"


def damaged(path: Path, error: Exception, made_by: str) -> TableError:
    """Return what is said of a table that can't be read."""
    return TableError(f"{path}: damaged ({str(error)[:80]}); run `{made_by}` again")


def rows(folder: str | Path, name: str, *, made_by: str) -> int:
    """Return how many rows a table on disk has."""
    path = present(Path(folder), (name,), (), made_by)[name]
    return int(pq.read_metadata(path).num_rows)


def manifest(folder: str | Path, made_by: str) -> dict[str, Any]:
    """Return what a folder's manifest says: inputs, settings, tables, versions."""
    path = Path(folder) / "manifest.json"
    if not path.parent.exists():
        raise TableError(f"{folder}: there is no such folder; make it with `{made_by}`")
    if (path.parent / _DECIDED).exists():
        raise TableError(f"{folder}: a run was stopped while it put its tables in place; run `{made_by}` again")
    if not path.exists():
        raise TableError(f"{folder}: no manifest.json here; make the folder with `{made_by}`")
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf8"))
        found["tables"], found["settings"]
    except (ValueError, KeyError) as error:
        raise TableError(f"{path}: damaged ({error}); run `{made_by}` again") from None
    return found


def sha256(path: Path) -> str:
    """Return the checksum of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def installed(name: str) -> str:
    """Return the installed version of a package, for a manifest."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
