"""The annotation store of a corpus on disk: what engines found, made once, added to, never rewritten.

In the folder of a corpus::

    annotations/tagger-1f0c24ab/attributions/4be0....parquet    rows of some articles
    annotations/tagger-1f0c24ab/index/attributions/4be0....json which articles, with the digest of what was read of each

Each engine has a folder of its own, by its name and version, so that several stand side by side. The folder of a table is
opened as one by ``pandas.read_parquet`` and by arrow in R. An article is known by what an engine reads of it (its text, its
zones, its language): one that has changed is annotated again, and what was found of the old text stays where it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from mediabias import tables
from mediabias.annotations import rows
from mediabias.article import Article
from mediabias.attribution import version_of
from mediabias.language import is_covered

#: Within the folder of a corpus.
FOLDER = "annotations"


def content_of(article: Article) -> str:
    """Return the digest of what an engine reads of an article.

    Examples
    --------
    >>> a = Article.from_text("It rains.", "a")
    >>> content_of(a) == content_of(a.replace(outlet="Post")), content_of(a) == content_of(a.replace(text="It pours."))
    (True, False)
    """
    zones = [(b.start, b.end, b.zone) for b in article.blocks]
    return _digest(article.article_id, article.text, zones, is_covered(article.language))


def actors_digest(path: str) -> str:
    """Return the digest of a table of actors, with which the mentions of its layer were made; empty for none."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:8] if path else ""


class Store:
    """The annotations of one engine of a corpus on disk.

    Parameters
    ----------
    corpus : path
        Folder of the corpus.
    engine : str
        Name of the engine; its version comes with it.
    actors : str
        A table of actors of the user's own, for mentions.

    Examples
    --------
    >>> import tempfile
    >>> from mediabias.attribution import attribute
    >>> store = Store(tempfile.mkdtemp(), "rules")
    >>> article = attribute(Article.from_text("“It rains,” the mayor said.", "a"), "rules")
    >>> store.add("attributions", [article])
    >>> [len(a.attributions or ()) for a in store.attached([article.replace(attributions=None)])]
    [1]
    """

    def __init__(self, corpus: str | Path, engine: str = "tagger", actors: str = "") -> None:
        self.made_by = version_of(engine)
        self.folder = Path(corpus) / FOLDER / self.made_by
        #: The folder of each table, by the field of an article that it fills.
        self._names = {
            "attributions": "attributions",
            "mentions": "-".join(filter(None, ("mentions", actors_digest(actors)))),
        }
        self._keys = {field: self._index(name) for field, name in self._names.items()}

    def _index(self, name: str) -> dict[str, str]:
        """Return the part that holds each article, by the digest of its content."""
        found: dict[str, str] = {}
        for path in sorted((self.folder / "index" / name).glob("*.json")):
            if (about := read_index(path)) is not None:
                found |= dict.fromkeys(about["articles"].values(), path.stem)
        return found

    def has(self, field: str, article: Article) -> bool:
        """Say whether the attributions, or the mentions, of an article are there."""
        return content_of(article) in self._keys[field]

    def attached(self, articles: Iterable[Article], fields: Iterable[str] = ("attributions",)) -> list[Article]:
        """Return the articles with what is there of them; of one that has attributions already, nothing is changed."""
        out = []
        for article in articles:
            content, more = content_of(article), dict[str, Any]()
            for field in fields:
                if getattr(article, field) is None and (key := self._keys[field].get(content)):
                    more[field] = tuple(self._part(field, key).get(article.article_id, ()))
            if "attributions" in more:
                more["annotated_by"] = self.made_by
            out.append(article.replace(**more) if more else article)
        return out

    def _part(self, field: str, key: str) -> dict[str, list[Any]]:
        return _read_part(self.folder / self._names[field] / f"{key}.parquet", _MAKERS[field])

    def add(self, field: str, articles: Sequence[Article]) -> None:
        """Add the attributions, or the mentions, of articles that are not there yet; a stop leaves them whole or not there."""
        fresh = {content_of(a): a for a in articles if not self.has(field, a)}
        if not fresh:
            return
        ids = {a.article_id: content for content, a in fresh.items()}
        key = _key(ids)
        path = self.folder / self._names[field] / f"{key}.parquet"
        index = self.folder / "index" / self._names[field] / f"{key}.json"
        for folder in (path.parent, index.parent):
            folder.mkdir(parents=True, exist_ok=True)
        made = tables.typed(field, _TABLES[field](list(fresh.values())))
        pq.write_table(made, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)
        about = {"articles": dict(sorted(ids.items())), "sha256": tables.sha256(path)}
        tables.write_whole(index, json.dumps(about, indent=1, ensure_ascii=False) + "\n")
        self._keys[field] |= dict.fromkeys(fresh, key)


_TABLES: dict[str, Callable[[Iterable[Article]], pd.DataFrame]] = {
    "attributions": rows.attributions_table,
    "mentions": rows.mentions_table,
}
_MAKERS: dict[str, Callable[..., Any]] = {"attributions": rows.attribution, "mentions": rows.mention}


@lru_cache(maxsize=8)  # neighbours in a corpus lie in the same part
def _read_part(path: Path, make: Callable[..., Any]) -> dict[str, list[Any]]:
    return rows.grouped(pd.read_parquet(path), make)


def read_index(path: Path) -> dict[str, Any] | None:
    """Return what an index says of its part, or None where index or part is damaged: then the articles are annotated anew."""
    part = path.parents[2] / path.parent.name / f"{path.stem}.parquet"
    try:
        about: dict[str, Any] = json.loads(path.read_text(encoding="utf8"))
        is_whole = _key(about["articles"]) == path.stem and tables.sha256(part) == about["sha256"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pa.ArrowException):
        return None
    return about if is_whole else None


def parts(corpus: Path) -> Iterator[tuple[Path, bool]]:
    """Yield the parts of all engines' annotations of a corpus, and whether each is whole."""
    for path in sorted((corpus / FOLDER).glob("*/index/*/*.json")):
        part = path.parents[2] / path.parent.name / f"{path.stem}.parquet"
        yield part.relative_to(corpus), read_index(path) is not None


def _key(articles: dict[str, str]) -> str:
    return _digest(sorted(articles.items()))[:40]


def _digest(*values: object) -> str:
    return hashlib.sha256(repr(values).encode("utf8", "surrogatepass")).hexdigest()
