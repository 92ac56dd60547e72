"""Statements of an event: which sentences are one, who prints them, what is counted."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediabias as mb
from mediabias.errors import TableError

DAM = "The dam above Vell broke on Monday night after three days of rain."
AGAIN = "After three days of rain the dam above Vell broke on Monday night."
TAX = "The council of Ellan voted on Tuesday to raise the harbour tax by 4 percent."
SCHOOL = "Two schools in the north of Ordavia will close before the summer."


def article(outlet: str, *sentences: str, event: str = "dam", **fields: str) -> mb.Article:
    return mb.Article.from_text(" ".join(sentences), f"{outlet}-{event}".lower(), outlet=outlet, event=event, **fields)


def printed(table: pd.DataFrame) -> list[tuple[str, ...]]:
    own = table[table["printed"]]
    return [tuple(sorted(g["outlet"])) for _, g in own.groupby(["event", "statement"])]


def test_two_wordings_are_one_statement_and_others_stay_apart():
    table = mb.statements([article("Post", DAM, TAX), article("Echo", AGAIN, SCHOOL)])
    assert printed(table) == [("Echo", "Post"), ("Echo",), ("Post",)]


def test_evidence_quotes_the_text_of_those_who_print_it():
    articles = {a.article_id: a for a in (article("Post", DAM, TAX), article("Echo", AGAIN))}
    table = mb.statements(articles.values())
    left_out = table[~table["printed"]].iloc[0]
    (article_id, start, end) = left_out["evidence"][0]
    assert (left_out["outlet"], articles[article_id].text[start:end]) == ("Echo", TAX)


def test_the_order_of_articles_changes_nothing():
    articles = [article("Post", DAM, TAX), article("Echo", AGAIN), article("Star", TAX, SCHOOL)]
    pd.testing.assert_frame_equal(mb.statements(articles), mb.statements(articles[::-1]))


def test_an_outlet_with_a_copy_alone_does_not_count_among_the_others():
    articles = [article("Post", DAM), article("Echo", DAM, copy_of="post-dam"), article("Star", SCHOOL)]
    table = mb.statements(articles)
    star = table[(table["outlet"] == "Star") & ~table["printed"]].iloc[0]
    assert (star["others"], star["of"]) == (1, 1)
    assert mb.statements(articles, copies="keep").query("outlet == 'Star' and not printed").iloc[0]["others"] == 2


def test_an_event_of_one_outlet_has_no_rows():
    assert mb.statements([article("Post", DAM, TAX)]).empty


def test_one_event_alone_is_that_event_of_all():
    articles = [article(o, s, event=e) for e in ("dam", "tax") for o, s in (("Post", DAM), ("Echo", AGAIN))]
    whole = mb.statements(articles)
    pd.testing.assert_frame_equal(mb.statements(articles, "tax"), whole[whole["event"] == "tax"].reset_index(drop=True))


def test_an_unknown_event_and_an_unknown_choice_are_named():
    with pytest.raises(TableError, match="'flood'"):
        mb.statements([article("Post", DAM)], "flood")
    with pytest.raises(TableError, match="copies='some'"):
        mb.statements([], copies="some")


def test_planted_omissions_are_counted():
    everything = [DAM, TAX, SCHOOL]
    articles = [article("Post", *everything), article("Echo", *everything), article("Star", DAM)]
    counts = mb.count_statements(mb.statements(articles)).set_index("outlet")
    assert counts.loc["Star", ["shared", "shared_printed", "own", "own_alone"]].tolist() == [3, 1, 1, 0]
    assert counts.loc["Post", "share_printed"] == 1.0


@given(
    st.lists(st.sampled_from([DAM, AGAIN, TAX, SCHOOL, "the " * 8, "4 4 4 4 4 4 4."]), max_size=6), st.integers(1, 3)
)
def test_every_sentence_belongs_to_one_statement(sentences, outlets):
    articles = [article(f"O{n}", *sentences) for n in range(outlets)]
    table = mb.statements(articles)
    places = [tuple(e) for row in table[table["printed"]]["evidence"] for e in row] if len(table) else []
    assert len(places) == len(set(places))


def test_the_grid_shows_who_leaves_out_and_escapes_the_text():
    articles = [
        article("Post", DAM, "<b>A</b> storm of six words came later."),
        article("Echo", AGAIN),
        article("Star", TAX),
    ]
    shown = mb.statement_grid(mb.statements(articles), articles, least=1).markup
    assert "left out" in shown
    assert "<b>A</b>" not in shown


def test_the_grid_wants_one_event():
    articles = [article(o, DAM, event=e) for e in ("dam", "tax") for o in ("Post", "Echo")]
    with pytest.raises(TableError, match="2 events"):
        mb.statement_grid(mb.statements(articles), articles)


@pytest.mark.real
def test_coded_pairs_of_real_news(real, sample_dir):
    from mediabias.omission.train import load_coded, score_methods

    coded = load_coded(real / "events" / "basil", sample_dir / "gold" / "statements.csv")
    scores = score_methods(coded).set_index("method")
    assert scores.loc["all features", "f1"] > 0.74
    assert scores.loc["all features", "precision"] > 0.75
