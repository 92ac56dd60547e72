"""What features may ask for, made once an article however many ask: attributions, actors, and passages that grouping found."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from mediabias.actors import with_mentions
from mediabias.actors.table import loaded
from mediabias.annotations import Store, apply
from mediabias.article import Article, Attribution
from mediabias.attribution import AT_ONCE, GIVEN, attribute_all, version_of
from mediabias.errors import FeatureError
from mediabias.language import is_covered
from mediabias.settings import Settings

#: What a feature may put into its `needs`. Passages are not made here: they need the articles of the whole corpus.
NEEDS = ("attributions", "actors", "passages")
#: The field of an article that holds what is made here.
MADE_HERE = {"attributions": "attributions", "actors": "mentions"}

_Key = tuple[object, ...]
#: The attributions of the articles read last, so that several features over the same articles, each on its own (as in a
#: FeatureUnion), do not run the engine again. What is found does not depend on it.
_LAST: OrderedDict[_Key, tuple[Attribution, ...]] = OrderedDict()
_KEPT = 512


def prepare(article: Article, needs: Iterable[str], settings: Settings | None = None) -> Article:
    """Return the article with what is needed; see `prepare_all`.

    Examples
    --------
    >>> article = Article.from_text("“It rains,” the mayor said.")
    >>> len(prepare(article, ["attributions"]).attributions)
    1
    """
    return next(prepare_all([article], needs, settings))


def prepare_all(
    articles: Iterable[Article],
    needs: Iterable[str],
    settings: Settings | None = None,
    *,
    any_engine: bool | None = None,
) -> Iterator[Article]:
    """Yield each article as features read it, in order: annotated, corrected, and without what is too unsure.

    Parameters
    ----------
    needs : iterable of str
        Some of `NEEDS`.
    settings : Settings, optional
        The engine, the least confidence, the table of actors.
    any_engine : bool, optional
        Take the attributions that articles have whichever engine they are of; otherwise those of another one than the settings'
        are made anew. By default, where no settings are given. Attributions that somebody gave are taken always.

    Raises
    ------
    FeatureError
        When something is needed that there is not.
    """
    wanted = frozenset(needs)
    if odd := sorted(wanted - set(NEEDS)):
        raise FeatureError(f"needs {odd[0]!r}: one of {', '.join(NEEDS)}")
    if not wanted & MADE_HERE.keys():
        yield from articles
        return
    least = (settings or Settings()).min_confidence
    for article in annotate_all(articles, wanted, settings, any_engine=any_engine):
        yield view(article, least)


def view(article: Article, min_confidence: float) -> Article:
    """Return an annotated article as features read it: corrected, and without attributions that are too unsure.

    Examples
    --------
    >>> article = next(annotate_all([Article.from_text("“It rains,” the mayor said.")], ["attributions"]))
    >>> [len(view(article, least).attributions) for least in (0.5, 1.0)]
    [1, 0]
    """
    shown = apply(article)
    kept = tuple(a for a in shown.attributions or () if a.confidence >= min_confidence)
    return (
        shown
        if shown.attributions is None or len(kept) == len(shown.attributions)
        else shown.replace(attributions=kept)
    )


def annotate_all(
    articles: Iterable[Article],
    needs: Iterable[str],
    settings: Settings | None = None,
    *,
    any_engine: bool | None = None,
) -> Iterator[Article]:
    """Yield each article with all that is found of what is needed, in order; a stream stays a stream.

    What is found does not depend on the features that read it, nor on the least confidence.
    """
    chosen, wanted = settings or Settings(), frozenset(needs)
    engine = version_of(chosen.engine)
    takes = None if (settings is None if any_engine is None else any_engine) else ("", engine)
    table = loaded(chosen.actors) if "actors" in wanted else None
    stream = iter(articles)
    while batch := list(islice(stream, AT_ONCE)):
        missing = [a for a in batch if is_covered(a.language) and _lacks(a, takes) and _key(a, engine) not in _LAST]
        fresh = {
            _key(a, engine): m.attributions or ()
            for a, m in zip(missing, attribute_all(missing, chosen.engine), strict=True)
        }
        for article in batch:
            if not is_covered(article.language):
                if article.attributions is None:
                    article = article.replace(attributions=(), annotated_by=engine)
                yield article if article.mentions is not None or table is None else article.replace(mentions=())
                continue
            if _lacks(article, takes):
                key = _key(article, engine)
                found = fresh[key] if key in fresh else _LAST[key]
                _remember(key, found)
                article = article.replace(attributions=found, annotated_by=engine)
            yield with_mentions(article, table) if table and article.mentions is None else article


def annotate_stored(
    folder: str | Path, articles: Iterable[Article], settings: Settings, needs: Iterable[str] = ("attributions",)
) -> Iterator[Article]:
    """Yield the articles of a corpus on disk as `annotate_all` would, from its store, to which what is new is added."""
    wanted = frozenset(needs)
    names = [field for need, field in MADE_HERE.items() if need in wanted or field == "attributions"]
    store = Store(folder, settings.engine, settings.actors)
    stream = iter(articles)
    while batch := list(islice(stream, 4 * AT_ONCE)):
        bare = batch if settings.engine == GIVEN else [a.replace(attributions=None) for a in batch]
        found = list(annotate_all(store.attached(bare, names), wanted, settings))
        for name in names:
            store.add(name, [a for a in found if a.annotated_by == store.made_by])
        yield from found


def _lacks(article: Article, takes: tuple[str, str] | None) -> bool:
    """Say whether an article's attributions are to be found: it has none, or those of an engine that is not taken."""
    return article.attributions is None or (takes is not None and article.annotated_by not in takes)


def _key(article: Article, engine: str) -> _Key:
    return article.article_id, article.text, article.blocks, engine


def _remember(key: _Key, found: tuple[Attribution, ...]) -> None:
    _LAST[key] = found
    _LAST.move_to_end(key)
    while len(_LAST) > _KEPT:
        _LAST.popitem(last=False)
