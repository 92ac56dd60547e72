"""Who said what: source, cue and content of every attribution of an article.

Two engines share everything behind the spans (quotation kind, classes, speakers): ``"tagger"`` is trained on annotated news
and is the default; ``"rules"`` is transparent, and every decision of it has a name.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.metadata import entry_points, version
from itertools import islice
from pathlib import Path

from mediabias.article import ASIDE_ZONES, DEFAULT_ZONES, SENTENCE_ZONES, Article, Attribution, checked_zones
from mediabias.attribution.describe import described, is_cue, mended
from mediabias.attribution.engines import Engine, Found, Reading
from mediabias.attribution.folded import folded, unfolded
from mediabias.attribution.layout import arrange, as_laid_out
from mediabias.attribution.who.explain import explain
from mediabias.attribution.words import in_words

__all__ = [
    "Found",
    "Reading",
    "attribute",
    "attribute_all",
    "explain",
    "in_words",
    "model_card",
    "named",
    "version_of",
]

#: The engines that the package ships; others come by the entry-point group ``mediabias.engines``.
ENGINES = ("tagger", "rules")
#: In the place of an engine: the attributions that somebody gave with the corpus.
GIVEN = "given"
#: Articles that an engine gets at a time: enough to keep its threads busy, few enough for memory to stay flat.
AT_ONCE = 16


def attribute(
    article: Article,
    engine: str | Engine = "tagger",
    zones: Iterable[str] | None = None,
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
    zones : iterable of str, optional
        Attributions whose cue lies elsewhere are left out; those of all zones that hold sentences are kept by default. What is
        found in a zone, and who its speakers are, does not depend on it.
    min_confidence : float
        Attributions below this confidence, between 0 and 1, are left out. The tagger's confidence is the probability that
        all of the attribution is right; the rules' is a rank. A feature leaves out what is below ``Settings.min_confidence``
        by itself.

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
    zones: Iterable[str] | None = None,
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
    finder = named(engine) if isinstance(engine, str) else engine
    made_by = version_of(engine) if isinstance(engine, str) else ""
    wanted = None if zones is None else checked_zones(zones)
    stream = iter(articles)
    while batch := list(islice(stream, AT_ONCE)):
        # What stands beside a story is no context for it: two readings.
        read = [folded(a) for a in batch]
        readings = [Reading(a.text, list(a.spans(of))) for a, _ in read for of in (DEFAULT_ZONES, ASIDE_ZONES)]
        found = iter(finder.find(readings))
        for article, (plain, back) in zip(batch, read, strict=True):
            made = unfolded(article, _with(plain, [*next(found), *next(found)], made_by), back)
            if wanted is None and not min_confidence:
                yield made
                continue
            kept = [
                a
                for a in made.attributions or ()
                if a.confidence >= min_confidence and (wanted is None or a.zone in wanted)
            ]
            yield article.replace(attributions=tuple(kept))


def _with(article: Article, found: Sequence[Found], made_by: str) -> Article:
    paragraphs = list(article.spans(SENTENCE_ZONES))
    found = arrange(article, paragraphs, found)
    ordered = sorted((mended(article.text, f) for f in found if is_cue(article.text, f)), key=lambda f: f.cue)
    made = as_laid_out(article, ordered, described(article, ordered, paragraphs))
    made.sort(key=Attribution.sort_key)
    numbered = (replace(a, attribution_id=f"{article.article_id}:a{n:03d}") for n, a in enumerate(made, 1))
    return article.replace(attributions=tuple(numbered), annotated_by=made_by)


#: What else than its own code changes what an engine finds, or what is said of it.
_RESTS_ON = (
    "attribution",
    "text",
    "lexicons",
    "models/attribution",
    "models/who",
    "article.py",
    "places.py",
    "outlets.csv",
)


@cache
def version_of(name: str) -> str:
    """Return the name of an engine with a digest of its code, its model and its word lists: ``tagger-1f0c24ab``.

    Examples
    --------
    >>> version_of("rules").partition("-")[0]
    'rules'
    """
    if name == GIVEN:
        return GIVEN
    package = Path(__file__).parents[1]
    paths = [p for r in _RESTS_ON for p in sorted((package / r).rglob("*") if "." not in r else [package / r])]
    kinds = {".py", ".csv", ".json", ".onnx", ".bin"}
    read = [(p.relative_to(package).as_posix(), sha256(p.read_bytes()).hexdigest()) for p in paths if p.suffix in kinds]
    ran = [(n, version(n)) for n in ("onnxruntime", "tokenizers")]
    own = "" if name in ENGINES else inspect.getsource(type(named(name)))
    return f"{name}-{sha256(repr((read, ran, own)).encode()).hexdigest()[:8]}"


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
    if name == GIVEN:
        raise ValueError("engine 'given': some of these articles were given no attributions; choose an engine")
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
