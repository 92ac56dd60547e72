"""The validation cards that the package ships are what a run finds."""

from __future__ import annotations

import pandas as pd

import mediabias as mb
from mediabias.features import cards
from tests.real import cards as made


def assert_alike(found: pd.DataFrame, on: str) -> None:
    """Compare scores with those of the cards, to the digit where no model has a part in them.

    Processors round the model's 8-bit sums in two ways: a few attributions in a hundred articles are found by one kind alone.
    """
    found, kept = made.as_shipped(found).reset_index(drop=True), cards.cards()
    kept = kept[kept["on"] == on].reset_index(drop=True)
    named = ["feature", "label", "on", "gold", "articles"]
    pd.testing.assert_frame_equal(found[named], kept[named], check_dtype=False)
    by_model = kept["feature"].isin(made.FROM_ATTRIBUTIONS)
    pd.testing.assert_frame_equal(found[~by_model], kept[~by_model], atol=0.0015, check_dtype=False)
    found, kept = found[by_model], kept[by_model]
    assert ((found["found"] - kept["found"]).abs() <= 4 + 0.02 * kept["found"]).all()
    scores = ["precision", "recall", "f1"]
    pd.testing.assert_frame_equal(found[scores], kept[scores], atol=0.08)
    bounds, often = [f"{s}_{end}" for s in scores for end in ("low", "high")], kept["gold"] > 100
    pd.testing.assert_frame_equal(found.loc[often, scores + bounds], kept.loc[often, scores + bounds], atol=0.05)


def test_the_scores_on_the_sample_are_those_of_a_run() -> None:
    assert_alike(made.sample_scores(), "sample corpus")


def test_every_column_says_how_it_is_validated_or_that_it_is_not() -> None:
    dictionary = mb.extract([mb.Article.from_text("It rains.", "a")]).dictionary.set_index("column")["validated"]
    assert "PolNeAR dev: precision" in dictionary["attribution_verbs__neutral"]
    assert dictionary["actor_labels__armed_group_rebel"] == "not validated"
    assert dictionary["naming__surname"].startswith("sample corpus")
    assert "too few to say" in dictionary["voice__harm_active"]
    assert "BABE" in dictionary["loaded_terms__subjective"]


def test_other_settings_are_not_validated_by_the_scores_of_the_shipped_ones() -> None:
    quoted = mb.available()["loaded_terms"](quoted=True)
    assert quoted.data_dictionary()["validated"].unique().tolist() == ["not validated with these settings"]


def test_an_own_feature_says_what_its_author_says() -> None:
    class Rain(mb.Feature):
        name = "rain"
        labels = {"word": mb.Label("The word.", "rain")}
        validated = "by hand on 40 articles"

    assert Rain().data_dictionary()["validated"].tolist() == ["by hand on 40 articles"]
