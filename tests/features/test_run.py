"""What `extract` gives, and what it writes down of how it was made."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import mediabias as mb
from mediabias.article import Article, Attribution, Span
from mediabias.errors import FeatureError, TableError
from mediabias.features import FeatureTables
from mediabias.features.attribution_verbs import AttributionVerbs

TEXT = "The mayor claimed that it rained."


def corpus(**changes: str) -> mb.Corpus:
    found = (Attribution(cue=(Span(10, 17),), source=(Span(0, 9),), cue_class="distancing", type="assertion"),)
    article = Article.from_text(TEXT, "a", outlet="Post", path="a.txt", raw_sha256="0" * 8).replace(attributions=found)
    return mb.Corpus([article.replace(**changes)])


def test_a_folder_says_what_each_number_was_made_with(tmp_path: Path) -> None:
    settings = mb.Settings(engine="rules", min_confidence=0.25)
    made = mb.extract(corpus(), AttributionVerbs(zones=("body",), types=("assertion",)), settings)
    made.save(tmp_path, corpus())
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf8"))
    assert manifest["features"] == {"attribution_verbs": {"types": ["assertion"], "zones": ["body"]}}
    assert manifest["settings"]["min_confidence"] == 0.25
    assert manifest["inputs"] == {"a.txt": "0" * 8}
    loaded, articles = FeatureTables.load(tmp_path)
    assert loaded.settings == settings and loaded.made_by == manifest["features"]
    assert articles["article_id"].tolist() == ["a"] and "text" not in articles
    for name in ("evidence", "counts", "features", "dictionary"):
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(made, name), check_dtype=False)


def test_the_same_choices_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        mb.extract(corpus(), "attribution_verbs").save(tmp_path / folder, corpus())
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / f).iterdir()} for f in ("one", "two"))
    assert one == two


def test_a_setting_of_a_feature_acts_on_its_numbers() -> None:
    features = [AttributionVerbs(), AttributionVerbs(name="headlines", zones=("headline",))]
    counts = mb.extract(corpus(), features).counts.set_index("column")["count"]
    assert counts["attribution_verbs__distancing"] == 1 and counts["headlines__distancing"] == 0


def test_a_feature_that_there_is_none_of_is_named_with_the_nearest() -> None:
    with pytest.raises(FeatureError, match="attribution_verbs"):
        mb.extract(corpus(), "attribution_verb")


def test_a_folder_without_features_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="mediabias extract"):
        FeatureTables.load(tmp_path)


def test_of_a_folder_only_what_is_wanted_is_read(tmp_path: Path) -> None:
    mb.extract(corpus(), [AttributionVerbs(), AttributionVerbs(name="headlines", zones=("headline",))]).save(
        tmp_path, corpus()
    )
    column = "attribution_verbs__distancing"
    some, _ = FeatureTables.load(tmp_path, [column])
    assert some.features.columns.tolist() == ["article_id", column] and set(some.counts["column"]) == {column}
    assert set(some.evidence["feature"]) == {"attribution_verbs"}
    assert FeatureTables.load(tmp_path, evidence=False)[0].evidence.empty
    with pytest.raises(TableError, match="odd"):
        FeatureTables.load(tmp_path, ["odd"])
