"""Corpora of any size, made from the sample: its events again and again, each with other names, numbers and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np

import mediabias as mb
from mediabias.article import Article

DATA = Path(__file__).parents[2] / "data"
_WORD = re.compile(r"[^\W\d_]{4,}|\d+")
#: Of the words of four letters and more, how many an event has of its own; of an article's words, how many it leaves out.
_OWN, _DROPPED = 0.5, 0.1
_A_DAY = 100


def made(n: int, seed: int = 1) -> Iterator[Article]:
    """Yield n articles with the event that each was made for, a hundred a day."""
    sample = mb.Corpus.read([DATA / "raw"], outlets=DATA / "outlets.csv", meta=DATA / "events.csv")
    events = [[a for a in sample if a.event == e] for e in sorted({a.event for a in sample})]
    done = number = 0
    while done < n:
        rng = np.random.default_rng((seed, number))
        day = date(2000, 1, 1) + timedelta(days=done // _A_DAY)
        words: dict[str, str] = {}
        for article in events[number % len(events)][: int(rng.integers(1, 6))]:
            if done < n:
                published = str(day + timedelta(days=int(rng.integers(0, 3))))
                yield _like(article, f"{done:06}", f"event-{number}", published, words, rng)
                done += 1
        number += 1


def _like(
    article: Article, article_id: str, event: str, published: str, words: dict[str, str], rng: np.random.Generator
) -> Article:
    def other(m: re.Match[str]) -> str:
        if m[0] not in words:
            words[m[0]] = _spelled(m[0], rng) if m[0][0].isupper() or rng.random() < _OWN else m[0]
        return words[m[0]] if rng.random() > _DROPPED else ""

    body = [_WORD.sub(other, s.of(article.text)) for s in article.spans(("body",))]
    title = _WORD.sub(other, article.title)
    text = "\n\n".join((title, *body))
    return Article.from_text(
        text, article_id, outlet=article.outlet, title=title, published=published, event=event, language="en"
    )


def _spelled(word: str, rng: np.random.Generator) -> str:
    if word.isdigit():
        return str(rng.integers(1, 10_000))
    letters = "".join(rng.choice(list("bdfgklmnprstv")) + rng.choice(list("aeiou")) for _ in range(3))
    return letters.capitalize() if word[0].isupper() else letters
