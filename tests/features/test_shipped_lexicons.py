"""Features that are lists of words: hedges and boosters, loaded terms; in the outlet's own voice."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from sklearn.base import clone

import mediabias as mb
from mediabias import lexicons
from mediabias.article import Article
from mediabias.errors import TableError
from mediabias.features import LexiconFeature
from mediabias.features.hedges_and_boosters import HedgesAndBoosters
from mediabias.features.loaded_terms import LoadedTerms
from tests.real import scores


def _found(feature: mb.Feature, text: str) -> list[tuple[str, str]]:
    rows = feature.evidence_table([Article.from_text(text, "a")])
    return list(zip(rows["label"], rows["text"], strict=True))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The ferry may have been late, apparently.", [("hedge", "may"), ("hedge", "apparently")]),
        ("The ferry was clearly late, of course.", [("booster", "clearly"), ("booster", "of course")]),
        ("It is not clear who called.", [("hedge", "not clear")]),
        ("The road was made clear, rather than closed.", []),
        ("“It is clearly late,” she said.", []),
        ("May Day is a holiday.", []),
    ],
)
def test_hedges_and_boosters_are_those_of_the_outlet(text: str, wanted: list[tuple[str, str]]) -> None:
    assert _found(HedgesAndBoosters(), text) == wanted


def test_quoted_words_count_when_asked_for() -> None:
    assert _found(HedgesAndBoosters(quoted=True), "“It is clearly late,” she said.") == [("booster", "clearly")]


def test_loaded_terms_are_of_two_kinds() -> None:
    found = _found(LoadedTerms(), "The regime has a shameful plan; the sanctions regime has none.")
    assert found == [("one_sided", "regime"), ("subjective", "shameful")]


@pytest.mark.parametrize("name", ["hedges_and_boosters", "loaded_terms"])
def test_each_term_has_a_label_that_is_declared(name: str) -> None:
    rows = lexicons.rows(name)
    assert {r["label"] for r in rows} - {""} == set(mb.available()[name].labels)
    assert len({r["term"] for r in rows}) == len(rows)


def test_a_list_of_ones_own_can_leave_quotations_out_and_be_copied(tmp_path: Path) -> None:
    path = tmp_path / "storms.csv"
    path.write_text("term\nstorm\n", encoding="utf8")
    feature = LexiconFeature.from_csv(path, quoted=False, zones=("body",))
    text = "A storm came. “A storm,” she said."
    for copy in (feature, clone(feature), pickle.loads(pickle.dumps(feature))):
        assert _found(copy, text) == [("storms", "storm")]
        assert copy.zones == ("body",)
    assert len(_found(LexiconFeature.from_csv(path), text)) == 2


def test_sentences_with_loaded_terms_are_biased_more_often_than_others(real: Path) -> None:
    found = scores.loaded_terms(real / "loaded" / "babe_sg1.csv")
    assert found["precision"] > found["biased"] + 0.15
    assert found["recall"] > 0.35


def test_actors_of_a_users_table_are_compared_by_their_names(tmp_path: Path) -> None:
    path = tmp_path / "actor_labels.csv"
    rows = "group,term,label\nfront,separatist*,separatists\nfront,freedom fighter*,fighters\nmayor,the mayor,\nmayor,Dole,\n"
    path.write_text(rows, encoding="utf8")
    feature = LexiconFeature.from_csv(path)
    articles = [
        Article.from_text("Separatists met the mayor. The separatists left Dole.", "a", outlet="Post", event="e"),
        Article.from_text("Freedom fighters met Dole, and dole was paid.", "b", outlet="Tribune", event="e"),
    ]
    tables = mb.extract(articles, [feature])
    made = tables.features.set_index("article_id")
    assert made.loc["a"].to_dict() == {
        "actor_labels__front_separatists": 1, "actor_labels__front_fighters": 0,
        "actor_labels__mayor_the_mayor": 0.5, "actor_labels__mayor_Dole": 0.5,
    }  # fmt: skip
    assert made.loc["b", "actor_labels__front_fighters"] == 1
    assert tables.dictionary["unit"].unique().tolist() == ["share of names of front", "share of names of mayor"]
    effects = mb.compare(tables.features, mb.Corpus(articles).articles).table
    assert set(effects["column"]) == set(made.columns)


def test_a_term_of_two_meanings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("term,label\nstorm,one\nstorm,two\n", encoding="utf8")
    with pytest.raises(TableError, match="line 3: 'storm' is 'one' already"):
        LexiconFeature.from_csv(path)
