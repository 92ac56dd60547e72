"""The text itself: finding paragraphs and counting words, which every rate divides by."""

from __future__ import annotations

from functools import cache

from mediabias.article import Article

PARAGRAPH = "The council's chair said on Monday that the U.S. vote, 12-3, was well-prepared.\nNobody objected."


@cache
def texts() -> list[str]:
    return ["\n\n".join([PARAGRAPH] * 40)] * 250


@cache
def articles() -> list[Article]:
    return [Article.from_text(t) for t in texts()]


def bench_from_text() -> tuple[int, str]:
    return sum(len(Article.from_text(t).blocks) > 0 for t in texts()), "articles"


def bench_word_count() -> tuple[int, str]:
    return sum(a.word_count() for a in articles()), "words"
