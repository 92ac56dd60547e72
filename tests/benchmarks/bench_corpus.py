"""The way of an article: from its page to its attributions and features, each against what people would use instead."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import trafilatura
from sklearn.feature_extraction.text import CountVectorizer

import mediabias as mb
from mediabias.article import Article
from mediabias.attribution import attribute
from mediabias.readers.html import read_html

RAW = Path(__file__).parents[2] / "data" / "raw"


@cache
def pages() -> list[str]:
    return [p.read_text(encoding="utf8") for p in sorted(RAW.rglob("*.html"))]


@cache
def articles() -> list[Article]:
    return list(mb.Corpus.read([RAW]))


@cache
def corpus() -> mb.Corpus:
    return mb.Corpus.read([RAW])


def words() -> int:
    return sum(a.word_count() for a in articles())


def bench_read_html() -> tuple[int, str]:
    return len([read_html(p, "page.html") for p in pages()]), "pages"


def against_read_html__trafilatura() -> None:
    for page in pages():
        trafilatura.extract(page)


def bench_attribute() -> tuple[int, str]:
    for article in articles():
        attribute(article)
    return words(), "words"


def bench_extract() -> tuple[int, str]:
    mb.extract(corpus())
    return words(), "words"


def against_extract__count_vectorizer() -> None:
    CountVectorizer(ngram_range=(1, 3)).fit_transform([a.text for a in articles()])
