"""A corpus: articles in memory and as tables on disk; reading raw documents into one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, fields, replace
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from mediabias import tables
from mediabias.annotations import Store, apply, corrected
from mediabias.annotations import corrections as of_people
from mediabias.annotations.rows import attribution, attributions_table, grouped, mention, mentions_table
from mediabias.article import Article, Block, Passage
from mediabias.attribution import GIVEN
from mediabias.csvs import csv_text, read_csv
from mediabias.errors import TableError
from mediabias.readers import Reject
from mediabias.reading import Reading
from mediabias.resuming import KEPT
from mediabias.settings import Settings
from mediabias.streams import in_parts

ARTICLE_COLUMNS = tuple(tables.COLUMNS["articles"])
_MADE_BY = "mediabias read"
#: Tables that a corpus has once somebody has looked.
_OPTIONAL = ("attributions", "passages", "mentions")


class Corpus:
    """Articles with their blocks and attributions, in the order of their ids.

    Parameters
    ----------
    articles : iterable of Article
        Ids must differ.
    rejected : DataFrame, optional
        What could not be read: path, place, reason.
    settings : Settings, optional
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
        settings: Settings | None = None,
    ) -> None:
        self._articles: dict[str, Article] = {}
        for a in sorted(articles, key=lambda a: a.article_id):
            if a.article_id in self._articles:
                raise TableError(f"two articles have the id {a.article_id!r}; give each its own")
            self._articles[a.article_id] = a
        self.rejected = tables.empty("rejected") if rejected is None else rejected
        self.settings = settings or Settings()
        #: Rows of a table of metadata that matched no document.
        self.unmatched: list[str] = []

    def __len__(self) -> int:
        return len(self._articles)

    def __iter__(self) -> Iterator[Article]:
        return iter(self._articles.values())

    def __getitem__(self, article_id: str) -> Article:
        try:
            return self._articles[article_id]
        except KeyError:
            near = [i for i in self._articles if article_id in i][:3]
            hint = f"; nearest: {', '.join(near)}" if near else ""
            raise KeyError(f"no article {article_id!r} in this corpus of {len(self)}{hint}") from None

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
        """One row an article: our columns, then the user's own variables, empty where an article has none."""
        columns = [*ARTICLE_COLUMNS, *self.variables]
        return pd.DataFrame({c: [a.value(c) for a in self] for c in columns}, columns=columns, dtype="str")

    @property
    def variables(self) -> list[str]:
        """The names of the user's own columns, in the order in which the articles bring them."""
        return list(dict.fromkeys(name for a in self for name in a.variables))

    @property
    def blocks(self) -> pd.DataFrame:
        """One row a block."""
        rows = [(a.article_id, b.start, b.end, b.zone, b.confidence, b.origin) for a in self for b in a.blocks]
        return tables.frame("blocks", rows)

    @property
    def attributions(self) -> pd.DataFrame | None:
        """One row an attribution, or None when no engine has run. Roles are lists of ``[start, end]``.

        All that the engine found, however unsure, as people corrected it.
        """
        if any(a.attributions is None for a in self) or not len(self):
            return None
        return attributions_table(map(apply, self))

    @property
    def corrections(self) -> pd.DataFrame:
        """One row a correction of an attribution (`mediabias.correct`): where it stands, which field, and its value."""
        return corrected(self)

    @property
    def passages(self) -> pd.DataFrame | None:
        """One row a passage that an article shares with its likelier origin, or None when nobody has looked."""
        if any(a.passages is None for a in self) or not len(self):
            return None
        return tables.frame("passages", [(a.article_id, *astuple(p)) for a in self for p in a.passages or ()])

    @property
    def mentions(self) -> pd.DataFrame | None:
        """One row a mention of an actor, or None when nobody has looked."""
        if any(a.mentions is None for a in self) or not len(self):
            return None
        return mentions_table(self)

    def with_articles(self, articles: Iterable[Article], settings: Settings | None = None) -> Corpus:
        """Return a corpus of other articles, with what is known of this one, and other settings where some are given."""
        return Corpus(articles, self.rejected, settings or self.settings)

    def with_columns(self, **columns: Mapping[str, str]) -> Corpus:
        """Return a corpus with columns of some articles changed: ``with_columns(event={"a": "flood"})``.

        A column that is none of ours is a variable of the user's own: ``with_columns(leaning={"a": "left"})``.
        """
        return self.with_articles(
            a.with_values({c: m[a.article_id] for c, m in columns.items() if a.article_id in m}) for a in self
        )

    def where(self, **conditions: str | Iterable[str]) -> Corpus:
        """Return the articles that have some values, as a corpus of their own.

        Parameters
        ----------
        **conditions
            A column of `articles`, the user's own among them, and the value, or the values, that it may have; an article has to
            meet all.

        Raises
        ------
        TableError
            When there is no such column, or no article has such a value.

        Examples
        --------
        >>> made = [Article.from_text("It rains.", str(n), outlet=o) for n, o in enumerate(("Post", "Echo", "Vale"))]
        >>> corpus = Corpus(made).with_columns(leaning={"0": "left", "1": "left", "2": "right"})
        >>> [a.outlet for a in corpus.where(leaning="left")], len(corpus.where(leaning="left", outlet=["Echo", "Vale"]))
        (['Post', 'Echo'], 1)
        """
        kept = set(select_rows(self.articles, conditions)["article_id"])
        return self.with_articles(a for a in self if a.article_id in kept)

    @classmethod
    def read(
        cls,
        sources: str | Path | Iterable[str | Path],
        *,
        meta: str | Path | None = None,
        outlets: str | Path | None = None,
        outlet: str | None = None,
        format: str | None = None,
        columns: Iterable[str] = (),
        limits: Mapping[str, float] | None = None,
        resume: str | Path | None = None,
        progress: bool = False,
    ) -> Corpus:
        """Read raw documents; what can't be read is listed in `rejected` and the rest goes on.

        Parameters
        ----------
        sources : path or iterable of path
            Files and folders; folders are walked, hidden files left out. An article is named after its document's path
            below the folder given, whatever else is read along.
        meta : path, optional
            A CSV with the column ``path`` (the end of a document's path is enough, ``export.txt#2`` for the second
            article of a file) and any of the article columns, which override what was read.
        outlets : path, optional
            A CSV of outlets of your own, with the columns of the package's ``outlets.csv``.
        outlet : str, optional
            The outlet of documents that name none.
        format : str, optional
            The reader to use for all documents.
        columns : iterable of str
            Where a table or JSON calls its fields by names of its own: ``text=Body copy``, the field one of id, title, lead,
            text, byline, published, outlet, url, language. All other columns are kept as `variables`.
        limits : mapping, optional
            What one document may cost, as of `Settings`: max_bytes, max_depth, max_seconds.
        resume : path, optional
            The folder in which the corpus will be saved. What was read is kept there meanwhile, and a second call goes on
            where a first was stopped.
        progress : bool
            Show a progress bar on stderr.

        Raises
        ------
        FileNotFoundError
            When a source does not exist.
        TableError
            When two documents have the same path below the folders given, or `meta` can't be used.
        SettingsError
            When there is no reader of the name `format`.
        """
        reading = Reading(
            [sources] if isinstance(sources, str | Path) else sources, keep=Path(resume) if resume else None, meta=meta,
            outlets=outlets, outlet=outlet, format=format, columns=columns, limits=limits, progress=progress,
        )  # fmt: skip
        articles: list[Article] = []
        rejects: list[tuple[str, str, str]] = []
        for _, found in reading:
            if isinstance(found, Reject):
                rejects.append((found.path, found.place, found.reason))
            else:
                articles.append(found)
        corpus = cls(articles, tables.frame("rejected", rejects), reading.settings)
        corpus.unmatched = reading.unmatched
        return corpus

    def save(self, folder: str | Path) -> None:
        """Write ``articles``, ``blocks`` and what else there is as Parquet, ``rejected.csv``, ``manifest.json``.

        What else there may be are ``passages``, and ``attributions`` and ``mentions`` that somebody gave; what an engine found
        is added to the store in ``annotations``, and what people corrected is ``corrections.csv``. Tables of an earlier run in the
        folder do not survive; the store does.
        """
        is_given = any(a.attributions is not None and not a.annotated_by for a in self)
        there = {name: getattr(self, name) is not None for name in _OPTIONAL} | {"attributions": is_given}
        if is_given and (bare := [a.article_id for a in self if a.attributions is None]):
            raise TableError(
                f"{bare[0]!r} has no attributions, but others were given theirs; give all articles theirs, or none"
            )
        inputs = {a.path: a.raw_sha256 for a in self}
        more = [n for n, has in there.items() if has]
        save(folder, self, more, inputs, self.settings, self.rejected, variables=self.variables)
        of_people.save(folder, self)
        if not is_given:
            _add_to_store(folder, self)
        forget(folder)

    @classmethod
    def load(cls, folder: str | Path, engine: str | None = None) -> Corpus:
        """Load a corpus that `save` wrote, with the attributions that its store has.

        Parameters
        ----------
        folder : path
        engine : str, optional
            Whose attributions; by default those that were given with the corpus, or those of the tagger.

        Raises
        ------
        TableError
            When the folder holds no corpus, or tables that do not belong together.
        """
        articles = stored(folder)
        if engine:
            articles = (a.replace(attributions=None) for a in articles)
        store = Store(folder, engine or settings_of(folder).engine)
        return cls(store.attached(articles), rejected_in(folder), settings_of(folder))


def select_rows(table: pd.DataFrame, conditions: Mapping[str, str | Iterable[str]]) -> pd.DataFrame:
    """Return the rows that have some values in some columns.

    Raises
    ------
    TableError
        When there is no such column, or no row has such a value.

    Examples
    --------
    >>> table = pd.DataFrame({"outlet": ["Post", "Echo"], "leaning": ["left", "right"]})
    >>> select_rows(table, {"leaning": "left"})["outlet"].tolist()
    ['Post']
    >>> select_rows(table, {"leaning": "centre"})
    Traceback (most recent call last):
    ...
    mediabias.errors.TableError: leaning='centre': no article has this value; there are 'left', 'right'
    """
    kept = table
    for column, wanted in conditions.items():
        if column not in table.columns:
            names = ", ".join(c for c in table.columns if c != "text")
            raise TableError(f"where: no column {column!r}; the articles have {names}")
        many = not isinstance(wanted, str) and isinstance(wanted, Iterable)
        allowed = [str(w) for w in wanted] if many else [str(wanted)]
        there = sorted(set(table[column].fillna("").astype(str)))
        if missing := [w for w in allowed if w not in there]:
            shown = ", ".join(map(repr, there[:8])) + (f" and {len(there) - 8} more" if len(there) > 8 else "")
            raise TableError(f"{column}={missing[0]!r}: no article has this value; there are {shown}")
        kept = kept[kept[column].fillna("").astype(str).isin(allowed)]
    if conditions and kept.empty:
        asked = ", ".join(f"{c}={w!r}" for c, w in conditions.items())
        raise TableError(f"where: no article has all of {asked}")
    return kept


def settings_of(folder: str | Path) -> Settings:
    """Return the choices that a corpus on disk was made with."""
    return Settings.from_dict(tables.manifest(folder, _MADE_BY)["settings"])


def default_settings(folder: str | Path) -> Settings:
    """Return the choices that a corpus on disk is extracted with where none are made: attributions that were given count."""
    manifest = tables.manifest(folder, _MADE_BY)
    settings = Settings.from_dict(manifest["settings"])
    return settings.changed(engine=GIVEN if "attributions.parquet" in manifest["tables"] else None)


def columns_of(folder: str | Path) -> list[str]:
    """Return the columns of the table ``articles`` of a corpus on disk, the user's own among them."""
    path = tables.present(Path(folder), ("articles",), (), _MADE_BY)["articles"]
    return list(pq.read_schema(path).names)


def metadata(folder: str | Path) -> pd.DataFrame:
    """Return the table ``articles`` of a corpus on disk without the texts."""
    return pd.read_parquet(Path(folder) / "articles.parquet", columns=[c for c in columns_of(folder) if c != "text"])


def rejected_in(folder: str | Path) -> pd.DataFrame | None:
    """Return what could not be read, where a corpus on disk says so."""
    path = Path(folder) / "rejected.csv"
    return read_csv(path) if path.exists() else None


def stored(folder: str | Path) -> Iterator[Article]:
    """Yield the articles of a corpus on disk, in the order of their ids, a few of them in memory at a time.

    Raises
    ------
    TableError
        When the folder holds no corpus, or tables that do not belong together.
    """
    folder = Path(folder)
    parts = in_parts(folder, "articles", ("blocks", *_OPTIONAL), made_by=_MADE_BY)
    known, seen, unfit = of_people.load(folder), set[str](), list[str]()
    for found in parts:
        rows = {n: grouped(found[n], make) for n, make in _MAKERS.items() if n in found}
        own = [str(c) for c in found["articles"].columns if c not in ARTICLE_COLUMNS]
        for every in found["articles"].to_dict("records"):
            row = {c: every[c] for c in ARTICLE_COLUMNS}
            more: dict[str, Any] = {n: tuple(of.get(row["article_id"], ())) for n, of in rows.items()}
            article = Article(**row, **more, variables={c: every[c] for c in own})
            if changes := known.get(article.article_id):
                seen.add(article.article_id)
                unfit += of_people.stale({article.article_id: article}, {article.article_id: changes})
                article = replace(article, corrections=changes)
            yield article
    of_people.warn_of_stale([*unfit, *of_people.stale({}, {i: c for i, c in known.items() if i not in seen})])


#: Articles that are made into tables at a time: bounds the memory, whatever the size of the corpus.
_AT_ONCE = 200


def save(
    folder: str | Path,
    articles: Iterable[Article],
    more: Iterable[str],
    inputs: Mapping[str, str],
    settings: Settings,
    rejected: pd.DataFrame,
    *,
    variables: Iterable[str] = (),
) -> None:
    """Write articles, which come in the order of their ids, as a corpus.

    `more` names its tables besides the first two, `variables` the columns of the user's own that any of the articles has.
    """
    names, own = ("articles", "blocks", *more), list(variables)
    writer, stream = tables.Writer(folder, names), iter(articles)
    part = list(islice(stream, _AT_ONCE))
    while True:
        made = Corpus(part)
        found = {name: getattr(made, name) for name in names}
        found["articles"] = found["articles"].reindex(columns=[*ARTICLE_COLUMNS, *own], fill_value="")
        writer.add(found)
        part = list(islice(stream, _AT_ONCE))
        if not part:
            break
    tables.write_whole(Path(folder) / "rejected.csv", csv_text(rejected))
    writer.close(settings, inputs)


def forget(folder: str | Path) -> None:
    """Remove what was kept of a reading that is complete now, and what was said of another grouping."""
    for stale in (KEPT, tables.ASSIGNMENTS):
        (Path(folder) / stale).unlink(missing_ok=True)


def _add_to_store(folder: str | Path, articles: Iterable[Article]) -> None:
    """Add what engines found in the articles to the store of a corpus."""
    by_engine: dict[str, list[Article]] = {}
    for a in articles:
        if a.attributions is not None:
            by_engine.setdefault(a.annotated_by, []).append(a)
    for made_by, many in by_engine.items():
        store = Store(folder, made_by.rpartition("-")[0])
        if store.made_by == made_by:  # of another version there is nothing to be read again
            store.add("attributions", many)


def _block(row: Mapping[Any, Any]) -> Block:
    return Block(int(row["start"]), int(row["end"]), row["zone"], float(row["confidence"]), row["origin"])


def _passage(row: Mapping[Any, Any]) -> Passage:
    return Passage(**{f.name: row[f.name] for f in fields(Passage)})


#: How a row of each table becomes what an article holds.
_MAKERS = {"blocks": _block, "attributions": attribution, "passages": _passage, "mentions": mention}
