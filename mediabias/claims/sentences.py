"""Sentences around a story, and what is seen of each: its words, its box, and the patterns of claims that it holds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from mediabias import lexicons
from mediabias.article import Article, Span, trim

#: Zones in which an outlet may speak of itself: all but the story's own.
ZONES_OF_CLAIMS = ("self_description", "appeal", "newsletter", "other", "navigation", "credit", "standfirst", "caption", "byline", "headline")  # fmt: skip
_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9ÄÖÜÉ])|\n+|\s+[|•·]\s+")
_WORD = re.compile(r"\w+(?:['’]\w+)?|[%$€£!?:#&|]")
_WE = re.compile(r"\b(?:we|us|our|ours|ourselves|wir|uns|unsere?\w?|nous|notre|nos|nuestr\w+)\b", re.I)
_YOU = re.compile(r"\b(?:you|your|yours)\b", re.I)
#: Words that are read of a sentence; what is longer is a list or a story.
_LONGEST = 70


@dataclass(frozen=True)
class Sentence:
    """A sentence around a story: its place in the text, its zone, and what is seen of it."""

    span: Span
    zone: str
    tokens: tuple[str, ...]


@cache
def patterns() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """Return the patterns of ``lexicons/self_description.csv``: kind of claim, strength, pattern."""
    rows = lexicons.rows("self_description")
    return tuple((r["claim"], int(r["strength"]), re.compile(r["pattern"], re.I)) for r in rows)


def sentences(article: Article) -> Iterator[Sentence]:
    """Yield the sentences of the boxes around a story; words of a menu without any other are none.

    Examples
    --------
    >>> from mediabias.article import Block
    >>> text = "We answer to nobody. Read on"
    >>> article = Article("a", text, (Block(0, len(text), "appeal"),))
    >>> [s.span.of(text) for s in sentences(article)]
    ['We answer to nobody.', 'Read on']
    """
    names = outlet_names(article.outlet)
    blocks = [b for b in article.blocks if b.zone in ZONES_OF_CLAIMS]
    for block in blocks:
        span = trim(article.text, block.start, block.end)
        for start, end in split(span.of(article.text)):
            piece = Span(span.start + start, span.start + end)
            text = piece.of(article.text)
            if len(text) > 3 and any(map(str.isalpha, text)):
                yield Sentence(
                    piece, block.zone, (*_tokens(text, names), *_where(block.zone, span.of(article.text), start))
                )


def outlet_names(outlet: str) -> tuple[str, ...]:
    """Return the names that an outlet may be called by, in lower case, the longest first."""
    outlet = outlet.casefold()
    short = outlet.removeprefix("the ")
    return tuple(
        n for n in dict.fromkeys((outlet, short, re.sub(r"\.(?:com|org|net|co\.uk)$", "", short))) if len(n) > 2
    )


def split(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a block as (start, end)."""
    out, at = [], 0
    for m in _END.finditer(text):
        end = m.start() + len(m[0].rstrip()) if m[0][0] in ".!?…" else m.start()
        out.append((at, end))
        at = m.end()
    out.append((at, len(text)))
    return [(a, b) for a, b in out if text[a:b].strip()]


@lru_cache(8192)
def _tokens(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    line = lexicons.fold(text)
    lower = line.casefold()
    for name in names:
        if name in lower:
            lower = re.sub(rf"(?:\bthe )?{re.escape(name)}", " outletname ", lower)
    words = ["0" if w.isdigit() else w for w in _WORD.findall(lower)][:_LONGEST]
    tokens = {f"w={w}" for w in words} | {f"b={a}_{b}" for a, b in itertools.pairwise(words)}
    tokens |= {f"s={w[:5]}" for w in words if len(w) > 5}
    if words:
        tokens |= {f"f={words[0]}", f"l={words[-1]}"}
    for kind, strength, pattern in patterns():
        if pattern.search(line):
            tokens |= {f"k={kind}", f"k={kind}{strength}", "k=any"}
    n = len(words)
    tokens.add(f"n={1 if n < 3 else 2 if n < 5 else 3 if n < 9 else 4 if n < 16 else 5 if n < 30 else 6}")
    if _WE.search(lower):
        tokens.add("voice=we")
    if "outletname" in words:
        tokens.add("voice=outlet")
    if _YOU.search(lower):
        tokens.add("voice=you")
    capitals = sum(w[0].isupper() for w in re.findall(r"[^\W\d_]+", line)) / max(1, n)
    tokens.add("capitals" if capitals > 0.6 and n > 1 else "small")
    return tuple(sorted(tokens))


def _where(zone: str, block: str, start: int) -> tuple[str, ...]:
    first = "first" if start == 0 else "later"
    alone = "alone" if len(block) < 80 else "box" if len(block) < 600 else "long"
    own = "own" if zone in {"self_description", "appeal", "newsletter"} else "around"
    box = ["box=we"] if _WE.search(block) else []
    return (f"z={zone}", f"z={zone}_{alone}", f"at={first}", f"z={own}", *box)
