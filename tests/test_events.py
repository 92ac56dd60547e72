"""Which articles cover the same event, and which are copies."""

from __future__ import annotations

import pandas as pd
import pytest

from mediabias.article import Article
from mediabias.corpus import Corpus
from mediabias.events import group


def test_the_samples_events_and_copies_are_found_without_being_told(sample_corpus: Corpus) -> None:
    blank = sample_corpus.with_columns(
        event={a.article_id: "" for a in sample_corpus}, copy_of={a.article_id: "" for a in sample_corpus}
    )
    found = group(blank).articles.set_index("article_id")
    told = sample_corpus.articles.set_index("article_id")
    pairs = [(a, b) for a in told.index for b in told.index if a < b]
    same = [told.event[a] == told.event[b] for a, b in pairs]
    got = [found.event[a] == found.event[b] for a, b in pairs]
    both = sum(s and g for s, g in zip(same, got, strict=True))
    assert both >= 0.9 * sum(same)
    assert both >= 0.9 * sum(got)
    copies = told.index[told["copy_of"] != ""]
    assert sum(found.copy_of[c] != "" for c in copies) >= 0.9 * len(copies)
    assert sum(found["copy_of"] != "") <= 1.1 * len(copies)


def test_what_is_given_is_kept(sample_corpus: Corpus) -> None:
    grouped = group(sample_corpus).articles
    assert grouped["event"].equals(sample_corpus.articles["event"])


def test_an_article_without_a_date_is_no_obstacle(sample_corpus: Corpus) -> None:
    some = list(sample_corpus)[:8]
    blank = [a.replace(event="", published="" if n % 3 == 0 else a.published) for n, a in enumerate(some)]
    grouped = group(Corpus(blank)).articles
    assert (grouped["event"] != "").all()


def test_articles_too_far_apart_in_time_are_never_one_event() -> None:
    text = "The port of Ellan was flooded on Monday after a week of rain, and the ferry to Tarrow stopped."
    days = ("2024-03-04", "2024-03-05", "2024-04-30", "")
    corpus = Corpus(Article.from_text(text, f"a{n}", published=day) for n, day in enumerate(days))
    event = group(corpus).articles.set_index("article_id")["event"]
    assert event["a0"] == event["a1"] != event["a2"]


def test_events_that_a_user_gave_take_in_what_is_like_them(sample_corpus: Corpus) -> None:
    told = sample_corpus.articles.set_index("article_id")["event"]
    first = sample_corpus.articles.drop_duplicates("event")["article_id"]
    labelled = {i: f"mine-{told[i]}" for i in first}
    some = sample_corpus.with_columns(event={a.article_id: labelled.get(a.article_id, "") for a in sample_corpus})
    grouped = group(some).articles.set_index("article_id")["event"]
    assert (grouped == "mine-" + told).mean() >= 0.9
    assert all(grouped[i] == name for i, name in labelled.items())


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_the_articles_changes_nothing(sample_corpus: Corpus, order: int) -> None:
    blank = [a.replace(event="") for a in sample_corpus]
    pd.testing.assert_frame_equal(group(Corpus(blank[::order])).articles, group(Corpus(blank)).articles)
