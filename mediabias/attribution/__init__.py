"""Who said what: source, cue and content of every attribution of an article.

Two engines share everything behind the spans (quotation kind, classes, speakers): ``"rules"`` is transparent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from mediabias.article import DEFAULT_ZONES, Article, Attribution, Span
from mediabias.attribution import rules, sources, verbs
from mediabias.attribution.quotes import quotations
from mediabias.attribution.rules import Found
from mediabias.attribution.speakers import Speakers

Engine = Callable[[str, Sequence[Span]], list[Found]]
ENGINES: dict[str, Engine] = {"rules": rules.find}


def attribute(article: Article, engine: str = "rules", zones: Iterable[str] = DEFAULT_ZONES) -> Article:
    """Return the article with its attributions.

    Parameters
    ----------
    article : Article
        With its blocks; attributions that it has are replaced.
    engine : {"rules"}
        What finds source, cue and content.
    zones : iterable of str
        The zones that are read.

    Returns
    -------
    Article
        A copy whose `attributions` are sorted by position and numbered ``<article_id>:a001``, ...

    Raises
    ------
    ValueError
        When there is no engine or zone of that name.

    References
    ----------
    Newell, E., Margolin, D. and Ruths, D. (2018). An attribution relations corpus for political news. LREC.

    Examples
    --------
    >>> article = attribute(Article.from_text('“It rains,” Mayor Ana Dole claimed.'))
    >>> [(a.speaker, a.cue_class, a.quotation) for a in article.attributions]
    [('Ana Dole', 'distancing', 'direct')]
    """
    if engine not in ENGINES:
        raise ValueError(f"unknown engine {engine!r}; one of {', '.join(ENGINES)}")
    paragraphs = list(article.spans(zones))
    found = ENGINES[engine](article.text, paragraphs)
    speakers = Speakers(article.text, paragraphs)
    described = [_described(article, f, speakers) for f in found]
    described.sort(key=Attribution.sort_key)
    numbered = (replace(a, attribution_id=f"{article.article_id}:a{n:03d}") for n, a in enumerate(described, 1))
    return article.replace(attributions=tuple(numbered))


def _described(article: Article, found: Found, speakers: Speakers) -> Attribution:
    """Add to the spans what both engines share: class of the cue, speaker, type of the source, kind of quotation."""
    text = article.text
    cue = verbs.classify(found.cue.of(text))
    source = " ".join(s.of(text) for s in found.source)
    speaker = speakers.resolve(found.source[0]) if found.source else ""
    return Attribution(
        cue=(found.cue,),
        source=found.source,
        content=found.content,
        speaker=speaker,
        source_type=_source_type(source, speaker, speakers.descriptions(speaker)),
        cue_lemma=cue.lemma,
        cue_class=cue.cue_class,
        quotation=quotation_kind(text, found.content),
        zone=article.zone_at(found.cue.start),
        confidence=found.confidence,
    )


def _source_type(source: str, speaker: str, descriptions: Sequence[str]) -> str:
    """Type a source by its own words; a pronoun or a bare name by the first telling description of its person."""
    # "Captain Lunde" is whom the article introduced as a master mariner who advises insurers.
    described = [d for d in descriptions if len(d) > len(source)] if speaker not in source else []
    labels = [*described, source, *descriptions, speaker]
    kinds = (sources.source_type(label) for label in labels)
    return next((k for k in kinds if k != "unknown"), "unknown")


def quotation_kind(text: str, content: Sequence[Span]) -> str:
    """Say whether a content is a direct, mixed or indirect quotation.

    Direct: nothing but quotations; mixed: a quotation within reported speech, or a fragment of a few words that is no
    sentence of its own ("what he called the “root causes”"); indirect: no quotation at all.

    Examples
    --------
    >>> text = 'that it was “far too late” to act'
    >>> quotation_kind(text, [Span(0, len(text))])
    'mixed'
    """
    quoted = outside = 0
    for span in content:
        inner = span.of(text)
        marks = quotations(inner, [Span(0, len(inner))]) if inner.strip() else []
        length = sum(q.end - q.start for q in marks)
        quoted += length
        outside += sum(1 for k, c in enumerate(inner) if c.isalnum() and not any(q.start <= k < q.end for q in marks))
    if not quoted:
        return "indirect"
    words = " ".join(span.of(text) for span in content).split()
    fragment = len(words) <= 3 and not re.search(r"[,.?!…—][”\"'’»]*$", words[-1])
    return "mixed" if outside or fragment else "direct"
