"""What outlets say of themselves: a wording counts once an outlet, and leads to the box that it stands in."""

from __future__ import annotations

import mediabias as mb
from mediabias.article import Article, Block
from mediabias.corpus import Corpus


def test_the_sample_s_outlets_are_portrayed_with_a_place_for_each_wording(sample_corpus: Corpus) -> None:
    portrait = mb.self_portrait(sample_corpus)
    articles = {a.article_id: a for a in sample_corpus}
    assert not portrait.empty and portrait["share"].between(0, 1).all()
    assert not portrait.duplicated(["outlet", "kind", "wording"]).any()
    for row in portrait.itertuples():
        article = articles[row.article_id]
        assert article.outlet == row.outlet
        assert " ".join(article.text[row.start : row.end].split()) == row.wording
        assert row.first <= row.last


def test_another_wording_is_another_row_with_its_own_dates() -> None:
    said = [
        ("We answer to nobody.", "2021-01-01"),
        ("WE ANSWER TO NOBODY", "2021-01-03"),
        ("We report all sides fairly.", "2021-02-01"),
    ]
    pages = [
        Article(str(n), text, (Block(0, len(text), "appeal"),), outlet="Ellan Post", published=f"{day}T00:00:00Z")
        for n, (text, day) in enumerate(said)
    ]
    portrait = mb.self_portrait(pages).set_index("kind")
    first = portrait.loc["independence"]
    assert (first["articles"], first["first"][:10], first["last"][:10]) == (2, "2021-01-01", "2021-01-03")
    assert portrait.loc["impartiality", "articles"] == 1


def test_without_an_outlet_there_is_no_portrait() -> None:
    text = "We answer to nobody."
    assert mb.self_portrait([Article("a", text, (Block(0, len(text), "appeal"),))]).empty
