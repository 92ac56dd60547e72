"""Passives by a dependency parser, with a spaCy pipeline that the user has installed; nothing is downloaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from mediabias.article import Span
from mediabias.errors import FeatureError

#: Relations of English pipelines (ClearNLP labels) and of Universal Dependencies.
_AUXILIARY = frozenset(("auxpass", "aux:pass"))
_AGENT = frozenset(("agent", "obl:agent"))


@dataclass(frozen=True)
class Passive:
    """A passive: where its auxiliary begins, where its participle stands, and where its agent ends (0 without one)."""

    start: int
    participle: int
    end: int
    agent: int


def passives(text: str, spans: Iterable[Span], pipeline: str) -> Iterator[Passive]:
    """Yield the passives of some parts of a text, in order.

    Parameters
    ----------
    text : str
    spans : iterable of Span
        Each is parsed by itself.
    pipeline : str
        Name or path of a spaCy pipeline with a parser, such as ``en_core_web_sm``.

    Raises
    ------
    FeatureError
        When spaCy or the pipeline is not installed, or it has no parser.
    """
    read = list(spans)
    for span, doc in zip(read, loaded(pipeline).pipe(s.of(text) for s in read), strict=True):
        found = (_passive(token, span.start) for token in doc if any(c.dep_ in _AUXILIARY for c in token.children))
        yield from sorted(found, key=lambda p: p.start)


def _passive(verb: Any, offset: int) -> Passive:
    auxiliary = next(c for c in verb.children if c.dep_ in _AUXILIARY)
    agents = [c for c in verb.children if c.dep_ in _AGENT]
    ends = [max(t.idx + len(t) for t in _head_of(a)) for a in agents]
    end = verb.idx + len(verb)
    return Passive(offset + auxiliary.idx, offset + verb.idx, offset + end, offset + max(ends) if ends else 0)


def _head_of(agent: Any) -> list[Any]:
    """Return the tokens up to the agent's noun: of "by the head of the office", "by the head"."""
    noun = next((c for c in agent.children if c.dep_ == "pobj"), agent)
    return [agent, noun]


@cache
def loaded(pipeline: str) -> Any:
    """Return a spaCy pipeline, loaded once; without the parts that passives don't need."""
    try:
        import spacy
    except ModuleNotFoundError:
        raise FeatureError(
            "spaCy is not installed: pip install 'mediabias[spacy]', and a pipeline with a parser"
        ) from None
    try:
        nlp = spacy.load(pipeline, exclude=["ner", "lemmatizer"])
    except OSError:
        raise FeatureError(
            f"no spaCy pipeline {pipeline!r} is installed; `python -m spacy download {pipeline}` fetches one of its own"
        ) from None
    if not nlp.has_pipe("parser"):
        raise FeatureError(f"the spaCy pipeline {pipeline!r} has no parser; take one that has, as en_core_web_sm")
    return nlp


def version(pipeline: str) -> str:
    """Return name and version of a pipeline, for a manifest: ``core_web_sm 3.8.0``."""
    meta = loaded(pipeline).meta
    return f"{meta['name']} {meta['version']}"
