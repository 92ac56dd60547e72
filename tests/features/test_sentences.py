"""From a number back to its sentences, as a table and as a notebook shows it."""

from __future__ import annotations

import pytest

import mediabias as mb
from mediabias.article import Article, Attribution, Span
from mediabias.errors import FeatureError
from mediabias.features.sentences import around, examples

TEXT = "On Monday the mayor <b>claimed</b> that it rained.\nNobody claimed more, and the harbour office claimed less."


def articles() -> list[Article]:
    cues = [Span(i, i + 7) for i in range(len(TEXT)) if TEXT.startswith("claimed", i)]
    found = tuple(Attribution(cue=(c,), cue_lemma="claim", cue_class="distancing", type="assertion") for c in cues)
    plain = Article.from_text(TEXT, "a", outlet="The Post")
    return [plain.replace(attributions=found), plain.replace(article_id="b", outlet="Echo", attributions=found)]


@pytest.fixture(scope="module")
def tables() -> mb.features.run.FeatureTables:
    return mb.extract(articles(), "attribution_verbs")


def test_each_row_is_a_place_and_the_column_counts_them(tables: mb.features.run.FeatureTables) -> None:
    rows = examples(tables, "attribution_verbs__distancing", articles())
    assert rows["text"].tolist() == ["claimed"] * 6
    assert rows["before"].tolist()[:3] == [
        "On Monday the mayor <b>",
        "Nobody ",
        "Nobody claimed more, and the harbour office ",
    ]
    assert rows["after"].tolist()[:3] == [
        "</b> that it rained.",
        " more, and the harbour office claimed less.",
        " less.",
    ]
    counted = tables.counts.set_index(["article_id", "column"])["count"]
    assert counted["a", "attribution_verbs__distancing"] == 3


def test_rows_are_spread_over_what_there_is(tables: mb.features.run.FeatureTables) -> None:
    rows = examples(tables, "attribution_verbs__distancing", articles(), n=2)
    assert rows["outlet"].tolist() == ["The Post", "Echo"]
    assert len(examples(tables, "attribution_verbs__distancing", articles(), outlet="Echo", n=9)) == 3
    assert len(examples(tables, "attribution_verbs__distancing", articles()[:1])) == 3


def test_the_context_is_cut_at_words_and_at_line_ends() -> None:
    (article, _) = articles()
    second = TEXT.index("claimed", TEXT.index("\n"))
    assert around(article, second, second + 7, 90) == ("Nobody ", " more, and the harbour office claimed less.")
    assert around(article, second, second + 7, 14) == ("Nobody ", " more, and")
    first = TEXT.index("claimed")
    assert around(article, first, first + 7, 12) == ("mayor <b>", "</b> that")


@pytest.mark.parametrize(
    ("column", "outlet", "near"),
    [
        ("attribution_verbs__distancng", None, "attribution_verbs__distancing"),
        ("attribution_verbs__distancing", "the post", "'The Post'"),
        ("attribution_verbs__distancing", "Zzz", "'Echo', 'The Post'"),
    ],
)
def test_what_there_is_none_of_is_named_with_what_is_near(
    tables: mb.features.run.FeatureTables, column: str, outlet: str | None, near: str
) -> None:
    with pytest.raises(FeatureError, match=near):
        examples(tables, column, articles(), outlet=outlet)


def test_a_notebook_shows_a_concordance_with_nothing_of_the_page_as_markup(
    tables: mb.features.run.FeatureTables,
) -> None:
    shown = examples(tables, "attribution_verbs__distancing", articles())._repr_html_()
    assert "<b>claimed</b>" in shown and "&lt;b&gt;" in shown
    assert "mayor <b></td>" not in shown
    assert shown.count("<tr>") == 7 and shown.count("text-align: right") == 6
