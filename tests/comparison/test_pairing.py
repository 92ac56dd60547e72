from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mediabias.comparison import compare, differences
from mediabias.errors import TableError


@pytest.fixture
def wire(tables):
    """Make one event: A wrote a story that B and C copied; each has an article of its own as well."""
    features, articles = tables(
        [(o, "x", v) for o, v in (("A", 8.0), ("A", 2.0), ("B", 8.0), ("B", 4.0), ("C", 8.0), ("C", 6.0))]
    )
    articles.loc[articles.article_id.isin(["B-x-0", "C-x-0"]), "copy_of"] = "A-x-0"
    return features, articles


def cell(table: pd.DataFrame, a: str, b: str) -> tuple[float, float, int, int]:
    row = table[(table.a == a) & (table.b == b)].iloc[0]
    return row.mean_a, row.mean_b, row.n_a, row.n_b


def test_a_story_counts_once_in_each_comparison(wire):
    table = differences(*wire)
    assert cell(table, "A", "B") == (5.0, 4.0, 2, 1)  # with its origin there, the copy goes
    assert cell(table, "B", "C") == (4.0, 6.0, 1, 1)  # two copies of a third outlet's story tell no difference


def test_a_copy_stays_where_it_is_the_one_trace_of_its_story(wire, tables):
    features, articles = wire
    other_features, other_articles = tables([("D", "x", 1.0)])
    table = differences(pd.concat([features, other_features]), pd.concat([articles, other_articles]))
    assert cell(table, "B", "D") == (6.0, 1.0, 2, 1)


def test_copies_may_be_dropped_or_kept(wire):
    assert cell(differences(*wire, copies="drop"), "A", "C") == (5.0, 6.0, 2, 1)
    assert cell(differences(*wire, copies="keep"), "B", "C") == (6.0, 7.0, 2, 2)


def test_an_event_in_which_an_outlet_has_only_copies_does_not_count(tables):
    features, articles = tables([("A", "x", 8.0), ("B", "x", 8.0), ("A", "y", 3.0), ("B", "y", 1.0)])
    articles.loc[articles.article_id == "B-x-0", "copy_of"] = "A-x-0"
    assert compare(features, articles).table.n_events.tolist() == [1]
    articles.loc[articles.article_id == "B-y-0", "copy_of"] = "A-y-0"
    assert compare(features, articles).table.test.tolist() == ["none"]


def test_copies_of_a_story_that_is_not_in_the_table_count_once(tables):
    features, articles = tables([("A", "x", 8.0), ("A", "x", 8.0), ("A", "x", 2.0), ("B", "x", 4.0)])
    articles.loc[articles.article_id.isin(["A-x-0", "A-x-1"]), "copy_of"] = "agency-1"
    assert cell(differences(features, articles), "A", "B") == (5.0, 4.0, 2, 1)


def test_two_outlets_that_only_copied_have_nothing_to_compare(tables):
    features, articles = tables([("A", "x", 8.0), ("B", "x", 8.0), ("C", "x", 8.0)])
    articles["copy_of"] = ["", "A-x-0", "A-x-0"]
    assert compare(features, articles, pairs=[("B", "C")]).table.test.tolist() == ["none"]
    assert differences(features, articles, pairs=[("B", "C")]).empty


def test_missing_values_of_nullable_columns_are_undefined(wire):
    features, articles = wire
    nullable = features.assign(
        verbs__accusing=features.verbs__accusing.where(features.article_id != "C-x-1").astype("Float64")
    )
    table = differences(nullable, articles, copies="keep")
    assert cell(table, "A", "C") == (5.0, 8.0, 2, 1)


def test_a_copy_of_a_copy_is_a_copy_of_the_origin(wire):
    features, articles = wire
    articles.loc[articles.article_id == "C-x-0", "copy_of"] = "B-x-0"
    assert cell(differences(features, articles), "A", "C") == (5.0, 6.0, 2, 1)


def test_missing_copy_of_means_no_copy(wire):
    features, articles = wire
    articles["copy_of"] = articles.copy_of.replace("", np.nan)
    assert cell(differences(features, articles), "A", "B") == (5.0, 4.0, 2, 1)


def test_articles_without_event_or_outlet_are_left_out(tables):
    features, articles = tables([("A", "x", 1.0), ("B", "x", 2.0), ("A", "", 50.0), ("", "x", 50.0)])
    articles.loc[len(articles)] = ["no-features", "B", "x", ""]
    table = differences(features, articles)
    assert cell(table, "A", "B") == (1.0, 2.0, 1, 1)
    assert len(table) == 1


def test_a_filter_on_either_table_is_a_filter(tables):
    features, articles = tables([(o, e, v) for v, o in enumerate("ABC") for e in "xyz"])
    some = articles["outlet"].ne("C") & articles["event"].ne("z")
    both = compare(features[some.to_numpy()], articles[some]).table
    pd.testing.assert_frame_equal(compare(features, articles[some]).table, both)
    pd.testing.assert_frame_equal(compare(features[some.to_numpy()], articles).table, both)
    assert set(both["a"]) | set(both["b"]) == {"A", "B"} and (both["n_events"] == 2).all()


def test_other_columns_can_be_compared_and_held_equal(wire):
    features, articles = wire
    articles = articles.rename(columns={"outlet": "country", "event": "month"})
    assert len(compare(features, articles, by="country", within="month").table) == 3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f, a: (f, a.drop(columns="outlet"), {}), "articles lacks the column 'outlet'"),
        (lambda f, a: (f, a.drop(columns="copy_of"), {}), "articles lacks the column 'copy_of'"),
        (lambda f, a: (f.drop(columns="article_id"), a, {}), "features lacks the column 'article_id'"),
        (lambda f, a: (f[["article_id"]], a, {}), "extract some features"),
        (lambda f, a: (f, a, {"columns": ["verbs__acusing"]}), "nearest: verbs__accusing"),
        (lambda f, a: (f, a, {"by": "outlets"}), "nearest: outlet"),
        (lambda f, a: (f.assign(title="words"), a, {}), "'title' holds"),
        (lambda f, a: (f.assign(verbs__x=np.inf), a, {}), "'verbs__x' holds an infinite value"),
        (lambda f, a: (pd.concat([f, f.iloc[[0]]]), a, {}), "features: article_id 'A-x-0' stands in more than one row"),
        (lambda f, a: (f, pd.concat([a, a.iloc[[1]]]), {}), "articles: article_id 'A-y-0' stands in more than one row"),
        (lambda f, a: (f, a.assign(article_id=list("wxyz")), {}), "share no article_id (first: 'A-x-0' and 'w')"),
        (lambda f, a: (f, a.assign(event=""), {}), "run `mediabias events` first"),
        (lambda f, a: (f, a.assign(event=None), {}), "run `mediabias events` first"),
        (lambda f, a: (f, a.assign(outlet=""), {}), "column 'outlet' is empty"),
        (lambda f, a: (f, a.assign(outlet="A"), {}), "needs two values of 'outlet'"),
        (lambda f, a: (f, a, {"pairs": [("A", "C")]}), "outlet 'C' has no article here"),
        (lambda f, a: (f, a, {"pairs": [("A", "A")]}), "paired with itself"),
        (lambda f, a: (f, a, {"pairs": []}), "pairs: empty"),
        (lambda f, a: (pd.concat([f, f["verbs__accusing"]], axis=1), a, {}), "the column 'verbs__accusing' twice"),
        (lambda f, a: (f, a.assign(copy_of=["A-y-0", "A-x-0", "", ""]), {}), "circle: A-x-0 -> A-y-0 -> A-x-0"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_compared_is_refused_with_the_mend(tables, change, message):
    features, articles, kwargs = change(*tables([(o, e, 1.0) for o in "AB" for e in "xy"]))
    with pytest.raises(TableError) as error:
        compare(features, articles, **kwargs)
    assert message in str(error.value)
