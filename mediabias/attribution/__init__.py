"""Who said what: source, cue and content of every attribution of an article.

Two engines share everything behind the spans (quotation kind, classes, speakers): ``"tagger"`` is trained on annotated news
and is the default; ``"rules"`` is transparent, and every decision of it has a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import entry_points
from itertools import islice
from pathlib import Path

from mediabias.article import DEFAULT_ZONES, Article, Attribution
from mediabias.attribution.describe import described, is_cue, mended
from mediabias.attribution.engines import Engine, Found, Reading
from mediabias.attribution.speakers import Speakers
from mediabias.attribution.words import in_words

__all__ = ["Found", "Reading", "attribute", "attribute_all", "in_words", "model_card", "named"]

#: The engines that the package ships; others come by the entry-point group ``mediabias.engines``.
ENGINES = ("tagger", "rules")
#: Articles that an engine gets at a time: enough to keep its threads busy, few enough for memory to stay flat.
AT_ONCE = 16


def attribute(
    article: Article,
    engine: str | Engine = "tagger",
    zones: Iterable[str] = DEFAULT_ZONES,
    *,
    min_confidence: float = 0.0,
) -> Article:
    """Return the article with its attributions.

    Parameters
    ----------
    article : Article
        With its blocks; attributions that it has are replaced.
    engine : {"tagger", "rules"} or Engine
        What finds source, cue and content; see `mediabias.attribution.engines` for one of your own.
    zones : iterable of str
        The zones that are read.
    min_confidence : float
        Attributions below this confidence, between 0 and 1, are left out. The tagger's confidence is the probability that
        all of the attribution is right; the rules' is a rank.

    Returns
    -------
    Article
        A copy whose `attributions` are sorted by position and numbered ``<article_id>:a001``, ...

    Raises
    ------
    TypeError
        When it is not one article.
    ValueError
        When there is no engine or zone of that name.
    ModelError
        When the model's files are missing or damaged.

    References
    ----------
    Newell, E., Margolin, D. and Ruths, D. (2018). An attribution relations corpus for political news. LREC.

    Examples
    --------
    >>> article = attribute(Article.from_text('“It rains,” Mayor Ana Dole claimed.'))
    >>> [(a.speaker, a.cue_class, a.quotation) for a in article.attributions]
    [('Ana Dole', 'distancing', 'direct')]
    """
    if not isinstance(article, Article):
        raise TypeError(
            f"attribute takes one article, and this is a {type(article).__name__}; attribute_all takes many"
        )
    (read,) = attribute_all([article], engine, zones, min_confidence=min_confidence)
    return read


def attribute_all(
    articles: Iterable[Article],
    engine: str | Engine = "tagger",
    zones: Iterable[str] = DEFAULT_ZONES,
    *,
    min_confidence: float = 0.0,
) -> Iterator[Article]:
    """Yield each article with its attributions, in order; a few are read at a time, so that a stream stays a stream.

    Parameters are those of `attribute`.

    Examples
    --------
    >>> texts = ["“Rain fell,” the mayor said.", "“It stopped,” the mayor added."]
    >>> articles = (Article.from_text(t, str(n)) for n, t in enumerate(texts))
    >>> [a.attributions[0].cue_lemma for a in attribute_all(articles)]
    ['say', 'add']
    """
    wanted, finder = tuple(zones), named(engine) if isinstance(engine, str) else engine
    stream = iter(articles)
    while batch := list(islice(stream, AT_ONCE)):
        readings = [Reading(a.text, list(a.spans(wanted))) for a in batch]
        for article, reading, found in zip(batch, readings, finder.find(readings), strict=True):
            yield _with(article, reading, [f for f in found if f.confidence >= min_confidence])


def _with(article: Article, reading: Reading, found: Sequence[Found]) -> Article:
    speakers = Speakers(article.text, reading.paragraphs)
    ordered = sorted((mended(article.text, f) for f in found if is_cue(article.text, f)), key=lambda f: f.cue)
    made = [described(article, f, speakers) for f in ordered]
    made.sort(key=Attribution.sort_key)
    numbered = (replace(a, attribution_id=f"{article.article_id}:a{n:03d}") for n, a in enumerate(made, 1))
    return article.replace(attributions=tuple(numbered))


def model_card() -> str:
    """Return the card of the trained model, in Markdown: data, licences, scores with intervals, what it is bad at.

    Examples
    --------
    >>> print(model_card().splitlines()[0])
    # Model card: attributions in English news
    """
    return (Path(__file__).parents[1] / "models" / "attribution" / "CARD.md").read_text(encoding="utf8")


@cache
def named(name: str) -> Engine:
    """Return the engine of a name, loaded when it is first asked for.

    Raises
    ------
    ValueError
        When there is none of that name.

    Examples
    --------
    >>> from mediabias.article import paragraphs
    >>> text = "“It rains,” the mayor said."
    >>> [[f.cue[0].of(text) for f in found] for found in named("rules").find([Reading(text, list(paragraphs(text)))])]
    [['said']]
    """
    # The runtime and the weights of one engine are not loaded by who uses the other.
    if name == "tagger":
        from mediabias.attribution.tagger.model import Tagger

        return Tagger()
    if name == "rules":
        from mediabias.attribution.rules import Rules

        return Rules()
    for point in entry_points(group="mediabias.engines", name=name):
        made: Engine = point.load()()
        return made
    raise ValueError(f"unknown engine {name!r}; one of {', '.join(ENGINES)}, or one of an installed package")
