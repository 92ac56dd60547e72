"""A table of articles, on disk (Parquet) and in memory (pandas)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from mediabias import outlets as known_outlets
from mediabias.article import ARTICLE_COLUMNS, Article, Attribution, Block, Span
from mediabias.errors import ReadError, TableError
from mediabias.readers import read

BLOCK_COLUMNS = ("article_id", "start", "end", "zone", "confidence", "origin")
ATTRIBUTION_COLUMNS = (
    "article_id", "attribution_id", "source", "cue", "content", "source_text", "speaker", "source_type", "cue_lemma",
    "cue_class", "quotation", "zone", "confidence",
)  # fmt: skip
REJECT_COLUMNS = ("path", "place", "reason")
_SPANS = pa.list_(pa.list_(pa.int64()))
_NUMBERS = {
    "start": pa.int64(),
    "end": pa.int64(),
    "confidence": pa.float64(),
    "source": _SPANS,
    "cue": _SPANS,
    "content": _SPANS,
}


class Corpus:
    """Articles with their blocks and attributions, in the order of their ids.

    Parameters
    ----------
    articles : iterable of Article
        Ids must differ.
    rejected : DataFrame, optional
        What could not be read: path, place, reason.
    settings : mapping, optional
        How the corpus came about; goes into the manifest.

    Raises
    ------
    TableError
        When two articles have the same id.

    Examples
    --------
    >>> corpus = Corpus([Article.from_text("It rains.", "b"), Article.from_text("It pours.", "a")])
    >>> [a.article_id for a in corpus], len(corpus)
    (['a', 'b'], 2)
    >>> corpus.articles.shape
    (2, 14)
    """

    def __init__(
        self,
        articles: Iterable[Article],
        rejected: pd.DataFrame | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self._articles: dict[str, Article] = {}
        for a in sorted(articles, key=lambda a: a.article_id):
            if a.article_id in self._articles:
                raise TableError(f"two articles have the id {a.article_id!r}; give each its own")
            self._articles[a.article_id] = a
        self.rejected = pd.DataFrame(columns=list(REJECT_COLUMNS)) if rejected is None else rejected
        self.settings = dict(settings or {})

    from_articles = classmethod(lambda cls, articles, **more: cls(articles, **more))

    def __len__(self) -> int:
        return len(self._articles)

    def __iter__(self) -> Iterator[Article]:
        return iter(self._articles.values())

    def __getitem__(self, article_id: str) -> Article:
        try:
            return self._articles[article_id]
        except KeyError:
            raise KeyError(f"no article {article_id!r} in this corpus of {len(self)}") from None

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._articles

    def __repr__(self) -> str:
        named = {a.outlet for a in self if a.outlet}
        events = {a.event for a in self if a.event}
        return (
            f"Corpus({len(self)} articles, {len(named)} outlets, {len(events)} events, {len(self.rejected)} rejected)"
        )

    @property
    def articles(self) -> pd.DataFrame:
        """One row an article."""
        rows = {c: [getattr(a, c) for a in self] for c in ARTICLE_COLUMNS}
        return pd.DataFrame(rows, columns=list(ARTICLE_COLUMNS), dtype="str")

    @property
    def blocks(self) -> pd.DataFrame:
        """One row a block."""
        rows = [(a.article_id, b.start, b.end, b.zone, b.confidence, b.origin) for a in self for b in a.blocks]
        return pd.DataFrame(rows, columns=list(BLOCK_COLUMNS))

    @property
    def attributions(self) -> pd.DataFrame | None:
        """One row an attribution, or None when no engine has run. Roles are lists of ``[start, end]``."""
        if any(a.attributions is None for a in self) or not len(self):
            return None
        rows = [_attribution_row(a, x) for a in self for x in a.attributions or ()]
        return pd.DataFrame(rows, columns=list(ATTRIBUTION_COLUMNS))

    def with_columns(self, **columns: Mapping[str, str]) -> Corpus:
        """Return a corpus with fields of some articles changed: ``with_columns(event={"a": "flood"})``."""
        changed = [a.replace(**{c: m[a.article_id] for c, m in columns.items() if a.article_id in m}) for a in self]
        return Corpus(changed, self.rejected, self.settings)

    @classmethod
    def read(
        cls,
        sources: Iterable[str | Path],
        *,
        meta: str | Path | None = None,
        outlets: str | Path | None = None,
        outlet: str | None = None,
        format: str | None = None,
        progress: bool = False,
    ) -> Corpus:
        """Read raw documents; what can't be read is listed in `rejected` and the rest goes on.

        Parameters
        ----------
        sources : iterable of path
            Files and folders; folders are walked, hidden files left out.
        meta : path, optional
            A CSV with the column ``path`` (the end of a document's path is enough, ``export.txt#2`` for the second
            article of a file) and any of the article columns, which override what was read.
        outlets : path, optional
            A CSV of outlets of your own, with the columns of the package's ``outlets.csv``.
        outlet : str, optional
            The outlet of documents that name none.
        format : str, optional
            The reader to use for all documents.
        progress : bool
            Show a progress bar on stderr.

        Raises
        ------
        FileNotFoundError
            When a source does not exist.
        """
        paths = _files(sources)
        with known_outlets.using(outlets):
            read_in, rejects = _read_all(paths, format, progress)
        if outlet:
            read_in = [a if a.outlet else a.replace(outlet=outlet) for a in read_in]
        named = _named_apart(read_in)
        if meta is not None:
            named = _with_meta(named, Path(meta))
        settings = {"format": format or "", "outlet": outlet or "", "meta": meta is not None}
        return cls(named, pd.DataFrame(rejects, columns=list(REJECT_COLUMNS)), settings)

    def save(self, folder: str | Path) -> None:
        """Write ``articles.parquet``, ``blocks.parquet``, ``attributions.parquet``, ``rejected.csv``, ``manifest.json``."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        tables = {"articles": self.articles, "blocks": self.blocks, "attributions": self.attributions}
        for name, table in tables.items():
            if table is not None:
                write_table(table, folder / f"{name}.parquet")
        self.rejected.to_csv(folder / "rejected.csv", index=False, lineterminator="\n")
        inputs = {a.path: a.raw_sha256 for a in self}
        write_manifest(folder, inputs, self.settings)

    @classmethod
    def load(cls, folder: str | Path) -> Corpus:
        """Load a corpus that `save` wrote.

        Raises
        ------
        FileNotFoundError
            When the folder holds no corpus.
        """
        folder = Path(folder)
        if not (folder / "articles.parquet").exists():
            raise FileNotFoundError(f"{folder}: no articles.parquet here; make a corpus with `mediabias read`")
        articles = pd.read_parquet(folder / "articles.parquet")
        blocks = _grouped(pd.read_parquet(folder / "blocks.parquet"), _block)
        path = folder / "attributions.parquet"
        attributions = _grouped(pd.read_parquet(path), _attribution) if path.exists() else None
        rejected = pd.read_csv(folder / "rejected.csv", dtype="str", keep_default_na=False)
        settings = json.loads((folder / "manifest.json").read_text(encoding="utf8")).get("settings", {})
        made = [
            Article(
                **{str(name): value for name, value in row.items()},
                blocks=tuple(blocks.get(row["article_id"], ())),
                attributions=None if attributions is None else tuple(attributions.get(row["article_id"], ())),
            )
            for row in articles[list(ARTICLE_COLUMNS)].to_dict("records")
        ]
        return cls(made, rejected, settings)


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as Parquet with fixed column types, so that an empty table has them too."""
    fields = [pa.field(str(c), _NUMBERS.get(str(c), pa.string())) for c in table.columns]
    pq.write_table(pa.Table.from_pandas(table, pa.schema(fields), preserve_index=False).replace_schema_metadata(), path)


def write_manifest(folder: Path, inputs: Mapping[str, str], settings: Mapping[str, Any]) -> None:
    """Write what went in and how, without times, so that equal runs give equal bytes."""
    manifest = {
        "inputs": dict(sorted(inputs.items())),
        "settings": dict(sorted(settings.items())),
        "tables": {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.glob("*.parquet"))},
        "versions": {name: _version(name) for name in ("mediabias", "pandas", "pyarrow", "trafilatura")},
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf8")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _files(sources: Iterable[str | Path]) -> list[Path]:
    found: set[Path] = set()
    for source in map(Path, sources):
        if source.is_dir():
            inside = (p for p in source.rglob("*") if not any(x.startswith(".") for x in p.relative_to(source).parts))
            # A link that leads nowhere is no file either; reading it says so.
            found |= {p for p in inside if p.is_file() or p.is_symlink()}
        elif source.exists() or source.is_symlink():
            found.add(source)
        else:
            raise FileNotFoundError(f"{source}: there is no such file or folder")
    return sorted(found, key=str)


def _read_all(
    paths: Sequence[Path], format: str | None, progress: bool
) -> tuple[list[Article], list[tuple[str, str, str]]]:
    """Read what can be read; return it and the rejects as (path, place, reason)."""
    read_in: list[Article] = []
    rejects: list[tuple[str, str, str]] = []
    for path in _tracked(paths, progress):
        try:
            read_in += read(path, format)
        except ReadError as error:
            rejects.append((error.path or str(path), error.place, str(error.args[0])))
        except Exception as error:  # one broken document must not end the batch; its name and error are kept
            rejects.append((str(path), "", f"{type(error).__name__}: {error}; please report this kind of document"))
    return read_in, rejects


def _tracked(paths: Sequence[Path], progress: bool) -> Iterable[Path]:
    if not progress:
        return paths
    from rich.console import Console
    from rich.progress import track

    return track(paths, description="read", console=Console(stderr=True))


def _named_apart(articles: list[Article]) -> list[Article]:
    """Give articles of the same id a part of their folder's name, else a number, in the order of their paths."""
    by_id: dict[str, list[Article]] = {}
    for a in sorted(articles, key=lambda a: (a.path, a.article_id)):
        by_id.setdefault(a.article_id, []).append(a)
    out: list[Article] = []
    taken = {i for i, group in by_id.items() if len(group) == 1}
    for name, group in sorted(by_id.items()):
        for n, a in enumerate(group, 1):
            new = name if len(group) == 1 else f"{Path(a.path).parent.name}-{name}".strip("-")
            while len(group) > 1 and new in taken:
                new = f"{name}-{n}"
                n += 1
            taken.add(new)
            out.append(a.replace(article_id=new))
    return out


def _with_meta(articles: list[Article], path: Path) -> list[Article]:
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    if "path" not in table.columns:
        raise TableError(f"{path}: no column 'path'; it says which document a row is about")
    usable = [c for c in table.columns if c in ARTICLE_COLUMNS and c not in {"path", "text", "raw_sha256", "reader"}]
    rows = {str(r["path"]): {c: r[c] for c in usable if r[c]} for r in table.to_dict("records")}
    out = []
    for a in articles:
        parts = Path(a.path).as_posix().split("/")
        keys = ["/".join(parts[n:]) for n in range(len(parts))]
        out.append(a.replace(**next((rows[k] for k in keys if k in rows), {})))
    return out


def _attribution_row(article: Article, x: Attribution) -> tuple[Any, ...]:
    roles = [[[s.start, s.end] for s in role] for role in (x.source, x.cue, x.content)]
    source_text = " … ".join(s.of(article.text) for s in x.source)
    return (article.article_id, x.attribution_id, *roles, source_text, x.speaker, x.source_type, x.cue_lemma,
            x.cue_class, x.quotation, x.zone, x.confidence)  # fmt: skip


def _grouped(table: pd.DataFrame, make: Any) -> dict[str, list[Any]]:
    out: dict[str, list[Any]] = {}
    for row in table.to_dict("records"):
        out.setdefault(row["article_id"], []).append(make(row))
    return out


def _block(row: Mapping[Any, Any]) -> Block:
    return Block(int(row["start"]), int(row["end"]), row["zone"], float(row["confidence"]), row["origin"])


def _attribution(row: Mapping[Any, Any]) -> Attribution:
    kept = ("attribution_id", "speaker", "source_type", "cue_lemma", "cue_class", "quotation", "zone")
    values: dict[str, Any] = {k: row[k] for k in kept}
    values |= {r: tuple(Span(int(s), int(e)) for s, e in row[r]) for r in ("source", "cue", "content")}
    return Attribution(**values, confidence=float(row["confidence"]))
