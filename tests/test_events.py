"""Which articles cover the same event, and which are copies."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from mediabias.article import Article
from mediabias.corpus import Corpus
from mediabias.errors import TableError
from mediabias.events import group, grouped, groups


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


def _blank(corpus: Corpus) -> Corpus:
    return Corpus(a.replace(event="", copy_of="") for a in corpus)


def test_every_event_and_every_copy_of_the_sample_is_right(sample_corpus: Corpus) -> None:
    found = grouped(_blank(sample_corpus)).corpus.articles.set_index("article_id")
    told = sample_corpus.articles.set_index("article_id")
    assert pd.crosstab(found["event"], told["event"]).gt(0).sum(axis=1).eq(1).all()
    assert found["event"].nunique() == told["event"].nunique()
    assert found["copy_of"].ne("").equals(told["copy_of"].ne(""))


def test_each_assignment_says_how_sure_it_is(sample_corpus: Corpus) -> None:
    stranger = Article.from_text("Bread prices rose in Tollen, bakers said. " * 3, "z", published="2024-01-01")
    sure = grouped(Corpus([*_blank(sample_corpus), stranger])).assignments.set_index("article_id")
    assert sure["confidence"].between(0, 1).all()
    assert sure.loc["z", "articles"] == 1
    assert sure.loc["z", "confidence"] > 0.9
    assert not sure["given"].any()
    assert (sure.loc[sure["articles"] > 1, "similarity"] > 0).all()


def test_a_stream_is_grouped_as_it_comes(sample_corpus: Corpus) -> None:
    articles = list(_blank(sample_corpus))
    first = grouped(Corpus(articles[::2])).corpus
    both = grouped(Corpus([*first, *articles[1::2]])).corpus
    for article in first:
        assert both[article.article_id].event == article.event
    at_once = grouped(Corpus(articles)).corpus
    pairs = [(a.article_id, b.article_id) for a in articles for b in articles]
    assert all(
        (both[a].event == both[b].event) == (at_once[a].event == at_once[b].event) for a, b in pairs
    )  # fmt: skip


def test_a_user_pins_splits_and_merges(sample_corpus: Corpus, tmp_path: Path) -> None:
    corpus = _blank(sample_corpus)
    before = grouped(corpus).corpus
    ids = sorted(a.article_id for a in corpus)
    a, b = ids[0], next(i for i in ids if before[i].event != before[ids[0]].event)
    rows = f"action,what,event\nsplit,{a},alone\nmerge,{before[b].event},storm\npin,{ids[-1]},mine\n"
    (tmp_path / "changes.csv").write_text(rows, encoding="utf8")
    for _ in range(2):  # on every run, whatever was there before
        after = grouped(corpus, changes=tmp_path / "changes.csv").corpus
        assert [x.article_id for x in after if x.event == "alone"] == [a]
        assert {x.article_id for x in after if x.event == "storm"} >= {b}
        assert after[ids[-1]].event == "mine"
        assert after.settings.event_changes.endswith("changes.csv")
    for rows, message in (
        ("action,what\n", "no column 'event'"),
        ("action,what,event\nmove,x,y\n", "line 2: wanted pin, split or merge"),
        ("action,what,event\npin,nowhere,y\n", "no article 'nowhere'"),
        ("action,what,event\nmerge,nothing,nowhere\n", "no event 'nothing'"),
    ):
        (tmp_path / "changes.csv").write_text(rows, encoding="utf8")
        with pytest.raises(TableError, match=message):
            grouped(corpus, changes=tmp_path / "changes.csv")


def test_a_huge_group_of_like_articles_is_parted_and_ends(
    monkeypatch: pytest.MonkeyPatch, sample_corpus: Corpus
) -> None:
    monkeypatch.setattr(groups, "_WHOLE", 8)
    monkeypatch.setattr(groups, "_CHUNK", 7)
    parted = grouped(_blank(sample_corpus)).corpus
    whole = sample_corpus.articles.set_index("article_id")["event"]
    found = parted.articles.set_index("article_id")["event"]
    assert pd.crosstab(found, whole).gt(0).sum(axis=1).eq(1).all()


@pytest.mark.parametrize("texts", [[], ["It rains."], ["", ""], ["1 2 3", "!!!"]])
def test_corpora_with_little_in_them(texts: list[str]) -> None:
    corpus = Corpus(Article.from_text(t, f"a{n}") for n, t in enumerate(texts))
    found = grouped(corpus)
    assert len(found.assignments) == len(texts)
    assert all(a.event for a in found.corpus)


def test_changes_hold_on_a_corpus_that_was_saved_with_them(sample_corpus: Corpus, tmp_path: Path) -> None:
    first = grouped(_blank(sample_corpus)).corpus
    one, other = sorted({a.event for a in first})[:2]
    some = next(a.article_id for a in first if a.event == other)
    (tmp_path / "c.csv").write_text(f"action,what,event\nmerge,{one},{other}\nsplit,{some},alone\n", encoding="utf8")
    once = grouped(_blank(sample_corpus), changes=tmp_path / "c.csv").corpus
    assert grouped(once, changes=tmp_path / "c.csv").corpus.articles.equals(once.articles)
