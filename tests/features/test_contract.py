"""What every feature must keep, those shipped and those of others."""

from __future__ import annotations

import pytest
from sklearn.base import clone
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import StandardScaler

import mediabias as mb
from mediabias.article import ZONES
from mediabias.corpus import Corpus
from mediabias.features import Label

FEATURES = sorted(mb.available().items())
every = pytest.mark.parametrize("feature", [cls for _, cls in FEATURES], ids=[name for name, _ in FEATURES])


@pytest.fixture(scope="module")
def articles(sample_corpus: Corpus) -> list[mb.Article]:
    return [mb.attribute(a) for a in list(sample_corpus)[:8]]


@every
def test_evidence_lies_in_its_zones_and_says_what_stands_there(feature: type[mb.Feature], articles: list) -> None:
    table = feature().evidence_table(articles)
    by_id = {a.article_id: a for a in articles}
    assert len(table)
    for row in table.itertuples():
        article = by_id[row.article_id]
        assert article.text[row.start : row.end] == row.text
        assert article.zone_at(row.start) in feature.zones


@every
def test_the_same_articles_give_the_same_numbers_in_any_company(feature: type[mb.Feature], articles: list) -> None:
    whole, alone = feature().transform(articles), feature().transform(articles[3:4])
    assert whole.iloc[3:4].equals(alone)
    assert feature().transform(articles).equals(whole)


@every
def test_each_label_has_a_column_and_an_entry_in_the_dictionary(feature: type[mb.Feature], articles: list) -> None:
    dictionary = feature().data_dictionary()
    assert list(feature().transform(articles).columns) == list(feature().get_feature_names_out())
    assert list(dictionary["column"]) == list(feature().get_feature_names_out())
    assert (dictionary["definition"].str.len() > 5).all() and (dictionary["example"].str.len() > 3).all()


@every
def test_it_behaves_as_a_transformer(feature: type[mb.Feature], articles: list) -> None:
    assert type(clone(feature())) is feature
    pipeline = Pipeline([("find", FeatureUnion([("a", feature())])), ("scale", StandardScaler())])
    assert pipeline.fit_transform(articles).shape == (len(articles), len(feature.labels))


@every
def test_an_empty_article_has_no_evidence(feature: type[mb.Feature]) -> None:
    empty = mb.attribute(mb.Article.from_text("", "empty"))
    assert feature().evidence_table([empty]).empty


def test_shares_of_a_group_sum_to_one(articles: list) -> None:
    tables = mb.extract(articles, ["attribution_verbs"])
    classes = [c for c in mb.figures.CUE_CLASSES if f"attribution_verbs__{c}" in tables.features]
    sums = tables.features[[f"attribution_verbs__{c}" for c in classes]].sum(axis=1)
    assert sums.round(9).eq(1).all()


def test_a_number_leads_to_its_sentences(articles: list) -> None:
    tables = mb.extract(articles)
    shown = mb.examples(tables, "attribution_verbs__neutral", articles, n=3)
    assert len(shown) == 3
    with pytest.raises(ValueError, match="no column 'nothing__here'"):
        mb.examples(tables, "nothing__here", articles)


def test_a_wrong_declaration_is_refused_when_the_class_is_made() -> None:
    with pytest.raises(ValueError, match="unit 'per word'; one of"):
        type("Bad", (mb.Feature,), {"name": "bad", "unit": "per word"})
    with pytest.raises(ValueError, match="no zone 'bodies'"):
        type("Bad", (mb.Feature,), {"name": "bad", "zones": ("bodies",)})
    assert "body" in ZONES


def test_a_label_that_was_not_declared_is_refused_by_name() -> None:
    class Odd(mb.Feature):
        name = "odd"
        labels = {"known": Label("A known thing.", "This one.")}

        def evidence(self, article):
            yield mb.Evidence(self.name, "unknown", 0, 2)

    with pytest.raises(ValueError, match="label 'unknown' is not among known"):
        Odd().evidence_table([mb.Article.from_text("It rains.", "a")])


def test_two_features_of_one_name_are_refused() -> None:
    feature = mb.available()["source_labels"]
    with pytest.raises(ValueError, match="two features are named 'source_labels'"):
        mb.extract([], [feature, feature])
