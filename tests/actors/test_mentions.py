"""Where an article speaks of whom."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mediabias as mb
from mediabias.actors.table import ActorTable
from mediabias.article import ACTOR_KINDS, FORMS, Mention
from mediabias.errors import TableError
from mediabias.prepare import prepare_all


def found(text: str, table: ActorTable | None = None, attributed: bool = False) -> list[tuple[str, str, str]]:
    """Return text, actor and form of each mention."""
    article = mb.Article.from_text(text, "a")
    article = mb.with_mentions(mb.attribute(article) if attributed else article, table)
    return [(article.text[m.start : m.end], m.actor, m.form) for m in article.mentions or ()]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Interior Minister Ana Dole left. Dole was late. Mr. Orr, a pilot, met Ben Orr. The minister smiled.",
            [
                ("Interior Minister Ana Dole", "Ana Dole", "titled_name"),
                ("Dole", "Ana Dole", "surname"),
                ("Mr. Orr", "Ben Orr", "titled_name"),
                ("Ben Orr", "Ben Orr", "full_name"),
                ("The minister", "Ana Dole", "title"),
            ],
        ),
        (
            "Mayor Ana Dole spoke. She left, and her staff too.",
            [
                ("Mayor Ana Dole", "Ana Dole", "titled_name"),
                ("She", "Ana Dole", "pronoun"),
                ("her", "Ana Dole", "pronoun"),
            ],
        ),
        (
            "The Energy Ministry was closed. The ministry moved.",
            [
                ("Energy Ministry", "Energy Ministry", "name"),
                ("The ministry", "Energy Ministry", "description"),
            ],
        ),
        (
            "The Alliance of Ferrymen (AOF) met. AOF boats stayed.",
            [
                ("Alliance of Ferrymen", "Alliance of Ferrymen", "name"),
                ("AOF", "Alliance of Ferrymen", "name"),
                ("AOF", "Alliance of Ferrymen", "name"),
            ],
        ),
        (
            "The minister of the coast, Corvin Hasek, spoke. The minister left.",
            [
                ("Corvin Hasek", "Corvin Hasek", "full_name"),
                ("The minister", "Corvin Hasek", "title"),
            ],
        ),
    ],
)
def test_people_and_bodies_are_found_under_their_names(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("France refused.", [("France", "France", "name")]),
        ("Paris said no.", [("Paris", "France", "seat")]),
        ("It rained in Paris.", []),
        ("They met in France.", []),
        ("French officials refused, and French wine ran out.", [("French officials", "France", "nationality")]),
        ("The White House was silent.", [("White House", "United States", "seat")]),
        ("European leaders met.", []),
        ("Radio France played on.", []),
    ],
)
def test_a_state_is_told_from_a_place(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert found(text) == wanted


def test_a_street_is_nobody() -> None:
    assert found("The march went down Tanner Street. He saw it.") == []


def test_groups_are_mentioned_where_they_are_cited() -> None:
    mentions = found(
        "Relatives of the missing said that nobody had called. A pilot said he had seen it.", attributed=True
    )
    assert ("Relatives of the missing", "Relatives of the missing", "description") in mentions
    assert ("he", "pilot", "pronoun") in mentions


def test_an_own_table_goes_before_everything_else(tmp_path) -> None:
    path = tmp_path / "actors.csv"
    path.write_text("actor,term,form\nEllan Front,separatist*,\nEllan Front,Ana Dole,full_name\n", encoding="utf8")
    mentions = found("Separatists met Ana Dole in Ellan.", ActorTable(path))
    assert mentions == [("Separatists", "Ellan Front", "term"), ("Ana Dole", "Ellan Front", "full_name")]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("name,term\na,b\n", "columns 'actor' and 'term'"),
        ("actor,term\na,\n", "line 2: no actor or no term"),
        ("actor,term,form\na,b,nickname\n", "'nickname' is no form"),
        ("actor,term\na,rebels\nb,rebels\n", "line 3: 'rebels' is 'a' already"),
    ],
)
def test_a_table_that_is_wrong_is_refused_by_its_line(tmp_path, rows: str, said: str) -> None:
    path = tmp_path / "actors.csv"
    path.write_text(rows, encoding="utf8")
    with pytest.raises(TableError, match=said):
        ActorTable(path)


def test_a_table_that_is_not_there_is_named(tmp_path) -> None:
    with pytest.raises(TableError, match="no such table"):
        ActorTable(tmp_path / "none.csv")


def test_a_mention_of_another_article_is_refused() -> None:
    with pytest.raises(ValueError, match="mention"):
        mb.Article.from_text("Rain.", "a").replace(mentions=(Mention(0, 50, "Ana Dole"),))


_WORDS = st.sampled_from(
    "Ana Dole Orr Minister the minister he her France Paris in said that (AOF) “ ” ’s , . \n\n Ministry of French officials".split(
        " "
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_mentions_lie_in_the_text_in_order(text: str) -> None:
    article = mb.with_mentions(mb.Article.from_text(text, "a"))
    mentions = article.mentions or ()
    assert list(mentions) == sorted(mentions)
    for m in mentions:
        words = article.text[m.start : m.end]
        assert words == words.strip() != "" and m.form in FORMS and m.kind in ACTOR_KINDS and m.actor
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))


def test_they_survive_a_corpus_on_disk(tmp_path) -> None:
    corpus = mb.Corpus([mb.with_mentions(mb.Article.from_text("Mayor Ana Dole left. She fell.", "a"))])
    corpus.save(tmp_path)
    again = mb.Corpus.load(tmp_path)
    assert again["a"].mentions == corpus["a"].mentions != ()
    assert list(again.mentions.columns)[:5] == ["article_id", "actor", "start", "end", "form"]


def test_an_article_in_another_language_has_no_mentions() -> None:
    article = mb.Article.from_text("Der Minister Hans Roth sagte, Paris habe abgelehnt.", "a", language="de")
    (prepared,) = prepare_all([article], ["actors"])
    assert prepared.mentions == ()
