"""What outlets leave out: sources and quotations that most of the others have."""

from __future__ import annotations

import pytest

from mediabias.article import Article, Attribution, Span
from mediabias.comparison.omissions import selection
from mediabias.errors import TableError


def _article(outlet: str, *said: tuple[str, str], event: str = "rain", copy_of: str = "") -> Article:
    text, attributions = "", []
    for source, content in said:
        start = len(text)
        text += f"{source} said {content}. "
        s, c = Span(start, start + len(source)), start + len(source) + 1
        attributions.append(
            Attribution((Span(c, c + 4),), (s,), (Span(c + 5, c + 5 + len(content)),), speaker=source)
        )  # fmt: skip
    return Article.from_text(text, outlet.lower(), outlet=outlet, event=event, copy_of=copy_of).replace(
        attributions=tuple(attributions)
    )


_QUOTE = "“the pumps are as old as the harbour itself”"


def _four() -> list[Article]:
    return [
        _article("A", ("Ana Dole", _QUOTE), ("The council", "it rained")),
        _article("B", ("Dole", "“the pumps are as old as the harbour”"), ("the Council", "it poured")),
        _article("C", ("the council, which met at night,", "it rained"), ("Bo Vale", "“nobody asked us”")),
        _article("D", ("Ana Dole", "it rains")),
    ]


def test_what_most_others_have_is_listed_with_its_place() -> None:
    found = selection(_four())
    left = found[~found["cited"]]
    assert sorted(zip(left["outlet"], left["kind"], left["item"], strict=True)) == [
        ("C", "quotation", "the pumps are as old as the harbour itself"),
        ("C", "source", "Ana Dole"),
        ("D", "quotation", "the pumps are as old as the harbour itself"),
        ("D", "source", "council"),
    ]
    row = left[(left["outlet"] == "C") & (left["kind"] == "source")].iloc[0]
    assert (row["others"], row["of"]) == (3, 3)
    articles = {a.article_id: a.text for a in _four()}
    assert [articles[i][s:e] for i, s, e in row["evidence"]] == ["Ana Dole", "Dole", "Ana Dole"]
    assert "Bo Vale" not in set(found["item"])


def test_a_surname_of_two_people_is_neither() -> None:
    articles = [_article(o, ("Ana Dole", "yes"), ("Bo Dole", "no")) for o in "ABC"] + [_article("D", ("Dole", "yes"))]
    left = selection(articles).query("not cited")
    assert set(left["item"]) == {"Ana Dole", "Bo Dole"}
    assert set(left["outlet"]) == {"D"}


def test_copies_are_no_further_witnesses() -> None:
    articles = [_article("A", ("Ana Dole", "yes")), *(_article(o, ("Ana Dole", "yes"), copy_of="a") for o in "BC")]
    articles += [_article(o, ("Bo Vale", "no")) for o in "DEF"]
    assert "Ana Dole" not in set(selection(articles)["item"])
    assert "Ana Dole" in set(selection(articles, copies="keep")["item"])


def test_fewer_than_three_outlets_say_nothing_and_attributions_are_asked_for() -> None:
    assert selection(_four()[:2]).empty
    assert selection([]).columns.tolist()[:3] == ["event", "outlet", "kind"]
    with pytest.raises(TableError, match="attribute_all"):
        selection([Article.from_text("It rains.", "a", event="rain")])


def test_the_order_of_the_articles_does_not_matter() -> None:
    once, again = selection(_four()), selection(_four()[::-1])
    columns = ["event", "outlet", "kind", "cited", "others", "of"]
    assert sorted(map(tuple, once[columns].to_numpy())) == sorted(map(tuple, again[columns].to_numpy()))
