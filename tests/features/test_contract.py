"""What every feature must keep, those shipped and those of others."""

from __future__ import annotations

import pytest
from sklearn.base import clone
from sklearn.impute import SimpleImputer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import StandardScaler

import mediabias as mb
from mediabias.article import ZONES, Attribution, Block, Span
from mediabias.corpus import Corpus
from mediabias.errors import FeatureError
from mediabias.features import Label, LexiconFeature
from mediabias.prepare import prepare_all

FEATURES = sorted(mb.available().items())
every = pytest.mark.parametrize("feature", [cls for _, cls in FEATURES], ids=[name for name, _ in FEATURES])


@pytest.fixture(scope="module")
def articles(sample_corpus: Corpus) -> list[mb.Article]:
    return list(prepare_all(list(mb.group(sample_corpus))[:12], ["attributions", "actors"]))


@every
def test_evidence_lies_in_its_zones_and_says_what_stands_there(feature: type[mb.Feature], articles: list) -> None:
    table = feature().evidence_table(articles)
    by_id = {a.article_id: a for a in articles}
    assert len(table)
    for row in table.itertuples():
        article = by_id[row.article_id]
        assert article.text[row.start : row.end] == row.text
        assert article.zone_at(row.start) in feature().zones


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
    # Shares are missing where their group is empty, in a small sample for all articles.
    filled = SimpleImputer(strategy="constant", fill_value=0.0, keep_empty_features=True)
    pipeline = Pipeline([("find", FeatureUnion([("a", feature())])), ("fill", filled), ("scale", StandardScaler())])
    assert pipeline.fit_transform(articles).shape == (len(articles), len(feature.labels))


@every
def test_an_empty_article_has_no_evidence(feature: type[mb.Feature]) -> None:
    (empty,) = prepare_all([mb.Article.from_text("", "empty")], ["attributions", "actors"])
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
    with pytest.raises(FeatureError, match="unit 'per word'; one of"):
        type("Bad", (mb.Feature,), {"name": "bad", "labels": {"a": Label("A.", "a", unit="per word")}})
    with pytest.raises(FeatureError, match="needs 'attribution'; one of"):
        type("Bad", (mb.Feature,), {"name": "bad", "needs": ("attribution",)})
    with pytest.raises(ValueError, match="no zone 'bodies'"):
        type("Bad", (mb.Feature,), {"name": "bad", "zones": ("bodies",)})
    assert "body" in ZONES


def test_a_label_that_was_not_declared_is_refused_by_name() -> None:
    class Odd(mb.Feature):
        name = "odd"
        labels = {"known": Label("A known thing.", "This one.")}

        def evidence(self, article):
            yield mb.Evidence("unknown", 0, 2)

    with pytest.raises(ValueError, match="label 'unknown' is not among known"):
        Odd().evidence_table([mb.Article.from_text("It rains.", "a")])


def test_two_features_of_one_name_are_refused() -> None:
    feature = mb.available()["source_labels"]
    with pytest.raises(ValueError, match="two features are named 'source_labels'"):
        mb.extract([], [feature, feature])


def counting(label: str = "x", zones: tuple[str, ...] = ("body",), **body):
    """A feature that marks the first letter of each article."""
    made = {"name": "first", "labels": {label: Label("The first letter.", "R")}, "zones": zones, **body}
    made.setdefault("evidence", lambda self, article: [mb.Evidence(label, 0, 1)])
    return type("First", (mb.Feature,), made)


def test_three_texts_have_three_names_and_right_rates() -> None:
    texts = ["x " * 5, "a " * 5, "x x " + "a " * 2]
    marks = lambda self, article: [mb.Evidence("x", i, i + 1) for i, c in enumerate(article.text) if c == "x"]  # noqa: E731
    rates = counting(evidence=marks)().transform([mb.Article.from_text(t) for t in texts])
    assert rates["first__x"].tolist() == [1000, 0, 500]
    with pytest.raises(FeatureError, match="two articles have the id 'a'"):
        counting()().transform([mb.Article.from_text(t, "a") for t in texts])


def test_evidence_outside_the_declared_zones_is_refused() -> None:
    with pytest.raises(FeatureError, match=r"'R' lies in the zone 'body'; the feature reads appeal"):
        counting(zones=("appeal",))().transform([mb.Article.from_text("Rain.")])


def test_a_features_zones_reach_the_engine() -> None:
    text = "Rain fell.\n\n“It rains,” said Mayor Ana Dole.\n\n“We need you,” said Vale."
    blocks = (mb.Block(0, 12), mb.Block(12, 47, "caption"), mb.Block(47, len(text), "appeal"))
    article = mb.Article("a", text, blocks)
    cues = lambda self, article: [mb.Evidence("x", a.cue[0].start, a.cue[0].end) for a in article.attributions]  # noqa: E731
    feature = counting(zones=("caption", "appeal"), needs=("attributions",), evidence=cues)
    assert feature().transform([article])["first__x"].notna().all()
    assert len(mb.extract([article], feature).evidence) == 2


def test_attributions_that_were_not_asked_for_are_no_silent_zero() -> None:
    cues = lambda self, article: [mb.Evidence("x", 0, 1) for _ in article.attributions or ()]  # noqa: E731
    with pytest.raises(FeatureError, match=r"declare needs = \('attributions',\)"):
        counting(evidence=cues)().transform([mb.Article.from_text("Rain.")])


def test_what_was_not_prepared_is_no_silent_zero() -> None:
    article = mb.Article.from_text("“It rains,” the mayor said.", "a")
    with pytest.raises(FeatureError, match="attributions were not prepared"):
        mb.available()["attribution_verbs"]().evidence_table([article])
    with pytest.raises(FeatureError, match="actors were not prepared"):
        mb.available()["naming"]().evidence_table([mb.attribute(article)])


def test_an_annotation_is_made_once_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    from mediabias import prepare

    calls: list[str] = []
    engine = prepare.attribute_all
    monkeypatch.setattr(
        prepare,
        "attribute_all",
        lambda articles, *a, **k: engine([calls.append(x.article_id) or x for x in articles], *a, **k),
    )
    articles = [mb.Article.from_text(f"“It rains {n},” said Dole.", f"once-{n}") for n in range(3)]
    features = [(name, cls()) for name, cls in FEATURES if "attributions" in cls.needs]
    FeatureUnion(features).fit_transform(articles)
    assert sorted(calls) == ["once-0", "once-1", "once-2"]


def test_two_settings_of_one_feature_stand_side_by_side(articles: list) -> None:
    verbs = mb.available()["attribution_verbs"]
    tables = mb.extract(articles, [verbs(), verbs(name="headline_verbs", zones=("headline",))])
    assert {"attribution_verbs__neutral", "headline_verbs__neutral"} <= set(tables.features.columns)
    assert clone(verbs(zones=("headline",))).set_params(zones=("body",)).zones == ("body",)


def test_a_corrected_row_changes_the_numbers(articles: list) -> None:
    from dataclasses import replace

    one = next(a for a in articles if any(x.cue_class == "neutral" for x in a.attributions))
    corrected = one.replace(attributions=tuple(replace(x, cue_class="denying") for x in one.attributions))
    assert mb.extract([corrected], "attribution_verbs").features["attribution_verbs__denying"].tolist() == [1.0]


def test_rates_follow_from_the_counts(articles: list) -> None:
    tables = mb.extract(articles)
    row = tables.counts[tables.counts["count"] > 0].iloc[0]
    unit = tables.dictionary.set_index("column")["unit"][row["column"]]
    per = 1000 if unit == "per 1,000 words" else 1
    value = tables.features.set_index("article_id").loc[row.article_id, row["column"]]
    assert value == pytest.approx(per * row["count"] / row.exposure)


def test_a_word_list_is_a_feature(tmp_path, articles: list) -> None:
    import pickle

    (tmp_path / "weather.csv").write_text("term,label,reference\nrain*,wet,ours\nThe dam,place,ours\n")
    weather = LexiconFeature.from_csv(tmp_path / "weather.csv", zones=("body",))
    found = mb.extract([mb.Article.from_text("Rainy days. The dam, the dam, raining.", "a")], weather)
    assert found.evidence[["label", "text"]].values.tolist() == [
        ["wet", "Rainy"],
        ["place", "The dam"],
        ["wet", "raining"],
    ]
    assert clone(weather).zones == ("body",) and pickle.loads(pickle.dumps(weather)).terms == weather.terms


class _Point:
    def __init__(self, name: str, cls: object) -> None:
        self.name, self.value, self.cls = name, f"theirs:{name}", cls

    def load(self) -> object:
        if isinstance(self.cls, Exception):
            raise self.cls
        return self.cls


def test_plug_ins_that_fail_or_clash_are_named_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from mediabias.features import registry

    points = [_Point("broken", ImportError("no such thing")), _Point("clash", counting()), _Point("fine", counting())]
    points[1].cls = type("Mine", (mb.Feature,), {"name": "source_labels"})
    monkeypatch.setattr(registry, "entry_points", lambda group: points)
    with pytest.warns(UserWarning) as told:
        found = mb.available()
    assert set(found) == {name for name, _ in FEATURES} | {"first"}
    assert [("broken" in str(w.message), "source_labels" in str(w.message)) for w in told] == [
        (True, False),
        (False, True),
    ]


def test_a_source_in_pieces_is_shown_from_its_first_to_its_last() -> None:
    text = "The mayor, it rained, of Ellan said so."
    source = (Span(0, 9), Span(22, 30))
    said = Attribution((Span(31, 35),), source, source_type="named official", source_form="title")
    article = mb.Article("a", text, (Block(0, len(text)),), attributions=(said,))
    evidence = mb.extract([article], ["source_labels"]).evidence
    assert set(zip(evidence["start"], evidence["end"], strict=True)) == {(0, 30)}
