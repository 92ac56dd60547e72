"""What features may ask for, made once an article however many ask: attributions, actors, and passages that grouping found."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from mediabias.actors import with_mentions
from mediabias.actors.table import loaded
from mediabias.article import Article, Attribution, checked_zones
from mediabias.attribution import AT_ONCE, attribute_all
from mediabias.errors import FeatureError
from mediabias.language import is_covered
from mediabias.settings import Settings

#: What a feature may put into its `needs`. Passages are not made here: they need the articles of the whole corpus.
NEEDS = ("attributions", "actors", "passages")

#: What of it is made here.
MADE_HERE = frozenset(("attributions", "actors"))

_Key = tuple[object, ...]
#: The attributions of the articles read last, so that several features over the same articles, each on its own (as in a
#: FeatureUnion), do not run the engine again. What is found does not depend on it.
_LAST: OrderedDict[_Key, tuple[Attribution, ...]] = OrderedDict()
_KEPT = 512


def prepare(
    article: Article, needs: Iterable[str], settings: Settings | None = None, zones: Iterable[str] = ()
) -> Article:
    """Return the article with what is needed; see `prepare_all`.

    Examples
    --------
    >>> article = Article.from_text("“It rains,” the mayor said.")
    >>> len(prepare(article, ["attributions"]).attributions)
    1
    """
    return next(prepare_all([article], needs, settings, zones))


def prepare_all(
    articles: Iterable[Article], needs: Iterable[str], settings: Settings | None = None, zones: Iterable[str] = ()
) -> Iterator[Article]:
    """Yield each article with what is needed, in order; a stream stays a stream.

    Parameters
    ----------
    needs : iterable of str
        Some of `NEEDS`.
    settings : Settings, optional
        The engine, its zones, the least confidence, the table of actors.
    zones : iterable of str
        Where attributions are looked for besides ``settings.zones``: the zones of the features that need them.

    Raises
    ------
    FeatureError
        When something is needed that there is not.
    """
    wanted, settings = frozenset(needs), settings or Settings()
    if odd := sorted(wanted - set(NEEDS)):
        raise FeatureError(f"needs {odd[0]!r}: one of {', '.join(NEEDS)}")
    if "actors" in wanted:
        table = loaded(settings.actors)
        # The groups that an article cites are actors, so that its mentions rest on its attributions.
        attributed = prepare_all(articles, wanted - {"actors"} | {"attributions"}, settings, zones)
        read = _ordered({*settings.zones, *zones})
        for article in attributed:
            if article.mentions is None and not is_covered(article.language):
                article = article.replace(mentions=())
            yield article if article.mentions is not None else with_mentions(article, table, read)
        return
    if "attributions" not in wanted:
        yield from articles
        return
    read = _ordered({*settings.zones, *zones})
    stream = iter(articles)
    while batch := list(islice(stream, AT_ONCE)):
        missing = [
            a for a in batch if is_covered(a.language) and not _has(a, read) and _key(a, settings, read) not in _LAST
        ]
        made = attribute_all(missing, settings.engine, read, min_confidence=settings.min_confidence)
        fresh = {_key(a, settings, read): m.attributions or () for a, m in zip(missing, made, strict=True)}
        for article in batch:
            if not is_covered(article.language):
                yield article.replace(attributions=(), attributed_in=read)
                continue
            if _has(article, read):
                yield article
                continue
            key = _key(article, settings, read)
            found = fresh.get(key, _LAST.get(key, ()))
            _remember(key, found)
            yield article.replace(attributions=found, attributed_in=read)


def is_ready(article: Article, needs: Iterable[str], zones: Sequence[str]) -> bool:
    """Say whether an article has what `prepare_all` would make.

    Examples
    --------
    >>> is_ready(Article.from_text("It rains."), ["attributions"], ["body"]), is_ready(Article.from_text("It rains."), [], [])
    (False, True)
    """
    wanted = MADE_HERE & set(needs)
    if "actors" in wanted and article.mentions is None:
        return False
    return not wanted or _has(article, zones)


def _has(article: Article, zones: Sequence[str]) -> bool:
    """Say whether the article's attributions were looked for in all of the zones that it has blocks in."""
    if article.attributions is None:
        return False
    there = {b.zone for b in article.blocks}
    return not there & set(zones) - set(article.attributed_in) or not article.attributed_in


def _ordered(zones: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(checked_zones(zones)))


def _key(article: Article, settings: Settings, zones: Sequence[str]) -> _Key:
    return article.article_id, article.text, article.blocks, settings.engine, settings.min_confidence, tuple(zones)


def _remember(key: _Key, found: tuple[Attribution, ...]) -> None:
    _LAST[key] = found
    _LAST.move_to_end(key)
    while len(_LAST) > _KEPT:
        _LAST.popitem(last=False)
