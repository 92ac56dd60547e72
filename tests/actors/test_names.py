"""One actor in several articles, and what each outlet calls it."""

from __future__ import annotations

import pytest

import mediabias as mb
from mediabias.errors import TableError


def articles(**texts: str) -> list[mb.Article]:
    """Return an article an outlet, of one event, with attributions and mentions."""
    made = [mb.Article.from_text(t, o, outlet=o, event="e") for o, t in texts.items()]
    return [mb.with_mentions(a) for a in mb.attribute_all(made)]


def called(actor: str, **texts: str) -> dict[str, list[str]]:
    """Return the names of an actor by outlet."""
    names = mb.actor_names(articles(**texts))
    own = names[names["actor"] == actor]
    return {o: sorted(rows["name"]) for o, rows in own.groupby("outlet")}


def test_a_surname_alone_is_the_person_whom_another_outlet_names_in_full() -> None:
    assert called("Ana Dole", post="Mayor Ana Dole left.", star="Mr. Orr met Mayor Dole.") == {
        "post": ["Mayor Ana Dole"],
        "star": ["Mayor Dole"],
    }


def test_a_surname_that_two_people_bear_is_neither_of_them() -> None:
    names = mb.actor_names(articles(post="Mayor Ana Dole met Senator Ben Dole.", star="Captain Dole left."))
    assert names.groupby("actor")["outlet"].nunique().max() == 1


def test_spellings_of_one_surname_are_one_person() -> None:
    assert set(
        called("Ana Zelenska", post="Mayor Ana Zelenska left. Zelenska fell.", star="Mayor Ana Zelenskaya left.")
    ) == {
        "post",
        "star",
    }


def test_a_body_with_its_nation_is_the_body() -> None:
    names = called("Energy Ministry", post="The Energy Ministry moved.", star="The French Energy Ministry stayed.")
    assert set(names) == {"post", "star"}


def test_contested_names_of_one_group_stand_side_by_side() -> None:
    names = called(
        "armed group",
        post="Separatists said that they had taken the bridge.",
        star="Rebels said that they had taken the bridge.",
        mail="Militants claimed that they had taken the bridge.",
    )
    assert names == {"post": ["separatists"], "star": ["rebels"], "mail": ["militants"]}
    grid = mb.actor_grid(mb.actor_names(articles(post="Rebels said they won.", star="Terrorists said they won.")))
    assert grid.loc[("e", "armed group")].to_dict() == {"post": "rebels 1", "star": "terrorists 1"}


def test_the_same_quotation_makes_two_groups_one() -> None:
    words = "“We shall not leave the harbour before the spring,”"
    one = mb.actor_names(articles(post=f"{words} the dockers said.", star=f"{words} the strikers said."))
    other = mb.actor_names(articles(post=f"{words} the dockers said.", star="“No,” the strikers said."))
    assert one["actor"].nunique() == 1 and other["actor"].nunique() == 2


def test_every_name_leads_to_its_places() -> None:
    read = articles(post="Mayor Ana Dole left. Dole fell.", star="Ana Dole, the mayor, left.")
    text = {a.article_id: a.text for a in read}
    for row in mb.actor_names(read, pronouns=True).itertuples():
        assert row.n == len(row.evidence) > 0
        assert all(row.name.split()[-1].lower() in text[i][s:e].lower() for i, s, e in row.evidence)


def test_events_are_kept_apart() -> None:
    read = [a.replace(event=a.outlet) for a in articles(post="Mayor Ana Dole left.", star="Mayor Dole left.")]
    assert sorted(mb.actor_names(read)["actor"]) == ["Ana Dole", "Dole"]


def test_articles_without_mentions_are_refused() -> None:
    with pytest.raises(TableError, match="no mentions"):
        mb.actor_names([mb.Article.from_text("Rain.", "a")])
