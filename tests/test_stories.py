"""An event as a grid and two articles side by side: complete, escaped, tied."""

from __future__ import annotations

import re
from dataclasses import replace

import mediabias as mb
from mediabias.article import Article, Attribution, Span

_HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'
_TEXT = (
    "The harbour of Ellan was closed on Monday after a week of rain, and the ferry to Tarrow stood still until noon."
)


def _said(text: str, source: str, cue: str, cue_class: str) -> Attribution:
    s, c = text.index(source), text.index(cue)
    return Attribution(
        (Span(c, c + len(cue)),), (Span(s, s + len(source)),), speaker=source, cue_lemma=cue, cue_class=cue_class
    )  # fmt: skip


def test_each_article_stands_once_in_the_row_of_its_day_and_the_column_of_its_outlet() -> None:
    articles = [
        Article.from_text("It rains.", i, outlet=o, published=day, title=f"Title {i}", copy_of=c)
        for i, o, day, c in (
            ("a", "Post", "2024-03-04T10:00:00Z", ""),
            ("b", "Tribune", "2024-03-05", "a"),
            ("c", "Post", "", ""),
            ("d", "Post", "2024-03-05", ""),
        )
    ]
    shown = mb.event_grid(articles).markup
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', shown)
    assert [day for day, _ in rows] == ["2024-03-04", "2024-03-05", "no date"]
    assert [[re.findall("Title .", cell) for cell in re.findall("<td>(.*?)</td>", row)] for _, row in rows] == [
        [["Title a"], []], [["Title d"], ["Title b"]], [["Title c"], []],
    ]  # fmt: skip
    assert shown.count("story A") == 2
    assert "copy of Post" in shown


def test_shared_passages_quotations_and_differing_verbs_are_marked() -> None:
    first = Article.from_text(f"{_TEXT}\n\nDole claimed that “we were warned for years”.", "a", outlet="Post")
    second = Article.from_text(f"Dole said that “we were warned for years”.\n\n{_TEXT}", "b", outlet="Tribune")
    quote = "“we were warned for years”"
    pair = []
    for article, cue, kind in ((first, "claimed", "distancing"), (second, "said", "neutral")):
        found = _said(article.text, "Dole", cue, kind)
        start = article.text.index(quote)
        pair.append(article.replace(attributions=(replace(found, content=(Span(start, start + len(quote)),)),)))
    shown = mb.side_by_side(*pair).markup
    assert "passages that both have: 1" in shown
    assert "quotations that both print: 1" in shown
    assert "sources whose verbs differ: 1" in shown
    assert re.findall(r'<span class="mb-verb"[^>]*>(\w+)</span>', shown) == ["claimed", "said"]
    assert "<td>Dole</td><td>claimed (distancing)</td><td>said (neutral)</td>" in shown


def test_what_is_shown_is_escaped() -> None:
    hostile = Article.from_text(
        f"{_HOSTILE} {_TEXT}", "a", outlet=_HOSTILE, title=_HOSTILE, wire=_HOSTILE, published=_HOSTILE
    )
    other = hostile.replace(article_id="b", copy_of="a")
    for shown in (mb.event_grid([hostile, other]).markup, mb.side_by_side(hostile, other).markup):
        assert "<script" not in shown
        assert "<img" not in shown
        assert "&lt;script&gt;" in shown


def test_the_samples_articles_are_shown_whole(sample_corpus: mb.Corpus) -> None:
    first, second = list(sample_corpus)[:2]
    shown = re.sub(r"<sup.*?</sup>|<[^>]+>", "", mb.side_by_side(first, second).markup)
    for article in (first, second):
        for span in article.spans(("headline", "body")):
            words = [w for w in re.findall(r"\w+", span.of(article.text)) if w.isalpha()]
            assert all(w in shown for w in words)
