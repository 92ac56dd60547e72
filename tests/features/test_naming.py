"""Forms in which people and states are named, and names of contested groups."""

from __future__ import annotations

import pytest

import mediabias as mb
from mediabias.errors import FeatureError
from mediabias.prepare import prepare_all


def test_forms_are_shares_of_the_mentions_of_their_kind() -> None:
    article = mb.Article.from_text(
        "Mayor Ana Dole met Dole's aides. She said Paris had refused. French officials left.", "a"
    )
    numbers = mb.extract([article], "naming").features.iloc[0]
    assert (
        numbers["naming__titled_name"]
        == numbers["naming__surname"]
        == numbers["naming__pronoun"]
        == pytest.approx(1 / 3)
    )
    assert numbers["naming__state_seat"] == numbers["naming__state_nationality"] == 0.5


def test_a_feature_that_did_not_ask_for_actors_does_not_get_none_in_silence() -> None:
    class Careless(mb.Feature):
        name = "careless"
        labels = {"x": mb.Label("A mention.", "Dole")}

        def evidence(self, article):
            for m in article.mentions or ():
                yield mb.Evidence("x", m.start, m.end)

    with pytest.raises(FeatureError, match=r"needs = \('actors',\)"):
        mb.extract([mb.Article.from_text("Mayor Ana Dole left.", "a")], Careless)


def test_contested_names_are_shares_of_their_group() -> None:
    text = "Rebels took the bridge. The rebels, whom “terrorists” the minister called, fled. Separatists and the regime stayed."
    numbers = mb.extract([mb.Article.from_text(text, "a")], "actor_labels").features.iloc[0]
    assert numbers["actor_labels__armed_group_rebel"] == pytest.approx(2 / 3)
    assert numbers["actor_labels__armed_group_terrorist"] == 0
    assert numbers["actor_labels__rulers_regime"] == 1


def test_an_own_table_of_actors_reaches_the_feature(tmp_path) -> None:
    path = tmp_path / "actors.csv"
    path.write_text("actor,term,form\nAna Dole,the old lady,title\n", encoding="utf8")
    settings = mb.Settings(actors=str(path))
    article = mb.Article.from_text("Mayor Ana Dole met the old lady.", "a")
    (prepared,) = prepare_all([article], ["actors"], settings)
    assert [(m.actor, m.form, m.kind) for m in prepared.mentions or ()] == [
        ("Ana Dole", "titled_name", "person"),
        ("Ana Dole", "title", "listed"),
    ]
