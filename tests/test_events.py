"""Which articles cover the same event, and which are copies."""

from __future__ import annotations

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
