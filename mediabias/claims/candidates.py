"""Candidates: a sentence and a kind of claim that one of its words may make, with what is seen of both."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mediabias import lexicons
from mediabias.article import Article, Span
from mediabias.claims.sentences import Sentence, patterns, sentences

_PIECE = re.compile(r"\w+|[^\w\s]")
#: Longer ones are lists or stories.
_LONGEST = 700
#: Tokens of the words of a sentence; all others say where it stands, and who speaks.
_WORDS = ("w=", "b=", "s=", "f=", "l=")


@dataclass(frozen=True)
class Candidate:
    """A sentence that may claim something of a kind, and the weights of its tokens."""

    span: Span
    kind: str
    tokens: dict[str, float]


@cache
def terms() -> dict[str, re.Pattern[str]]:
    """Return for each kind of claim a pattern of the words that may make one (``lexicons/claim_terms.csv``)."""
    words = defaultdict(list)
    for row in lexicons.rows("claim_terms"):
        words[row["kind"]].append(row["pattern"])
    return {kind: re.compile(rf"\b(?:{'|'.join(w)})\b", re.I) for kind, w in words.items()}


def candidates(article: Article) -> Iterator[Candidate]:
    """Yield the candidates of an article, in the order of its text.

    Examples
    --------
    >>> from mediabias.article import Block
    >>> text = "We check every fact. Read on"
    >>> article = Article("a", text, (Block(0, len(text), "self_description"),))
    >>> [(c.kind, c.span.of(text)) for c in candidates(article)]
    [('accuracy', 'We check every fact.')]
    """
    for sentence in sentences(article):
        if len(sentence.span) > _LONGEST:
            continue
        line = lexicons.fold(sentence.span.of(article.text))
        fired = {kind for kind, _, pattern in patterns() if pattern.search(line)}
        for kind, pattern in terms().items():
            found = list(pattern.finditer(line))
            if found or kind in fired:
                own = _tokens_of_terms(kind, line, found) | ({f"pat={kind}": 1.0, "pat": 1.0} if kind in fired else {})
                yield Candidate(
                    sentence.span, kind, _tokens_of_sentence(sentence) | _tokens_of_kind(kind, sentence) | own
                )


def _tokens_of_sentence(sentence: Sentence) -> dict[str, float]:
    words = [t for t in sentence.tokens if t.startswith(_WORDS)]
    rest = [t for t in sentence.tokens if not t.startswith(_WORDS)]
    return dict.fromkeys(words, 0.5 / max(1, len(words)) ** 0.5) | dict.fromkeys(rest, 0.175)


def _tokens_of_kind(kind: str, sentence: Sentence) -> dict[str, float]:
    return {f"kind={kind}": 1.0, f"kind={kind} {sentence.zone}": 0.5}


def _tokens_of_terms(kind: str, line: str, found: list[re.Match[str]]) -> dict[str, float]:
    """Return the words that may make the claim, and up to three words on each side of them."""
    tokens: dict[str, float] = {}
    for m in found[:3]:
        term = m[0].lower()
        tokens |= {f"term={kind}:{term[:14]}": 1.0, f"stem={kind}:{term[:5]}": 0.7}
        left = _PIECE.findall(line[max(0, m.start() - 60) : m.start()].lower())[-3:]
        right = _PIECE.findall(line[m.end() : m.end() + 60].lower())[:3]
        for side, words in (("L", left[::-1]), ("R", right)):
            for distance, word in enumerate(words):
                tokens |= {f"{side}={word}": 0.5, f"{side}{distance}={word} {term[:6]}": 0.5}
    return tokens
