"""What a notebook shows: everything, marked, and nothing that could run."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediabias as mb
from mediabias import display
from mediabias.display.contrasts import comparison

EVIL = '<img src=x onerror="alert(1)">'


def test_a_headline_that_is_markup_is_shown_as_text() -> None:
    article = mb.attribute(mb.Article.from_text(f"“{EVIL}” said Dole.", "a", outlet=EVIL, byline=EVIL, title=EVIL))
    evidence = mb.extract([article]).evidence
    for shown in (mb.annotated(article, evidence=evidence), mb.event([article]), display.evidence(evidence, [article])):
        assert "<img" not in shown.markup
        assert "&lt;img" in shown.markup


@given(st.text(alphabet="ab <&>\"'“”.\n", min_size=1, max_size=80))
def test_no_word_is_lost_between_marks(text: str) -> None:
    article = mb.attribute(mb.Article.from_text(text, "a"))
    shown = mb.annotated(article, header=False).markup
    seen = unescape(re.sub(r"<sup.*?</sup>|<span class=\"mb-(?:zone|tag)\">.*?</span>|<[^>]*>", " ", shown))
    assert "".join(seen.split()) == "".join(text.split())


def test_a_page_needs_no_network() -> None:
    whole = display.page([mb.annotated(mb.Article.from_text("It rains.", "a"))])
    assert whole.startswith("<!DOCTYPE html>")
    assert not re.search(r"(?:src|href)=|@import|url\(http", whole)


def test_navigation_is_folded_and_nothing_of_it_is_lost() -> None:
    text = "Home\n\nNews\n\nSport\n\nIt rains in the port."
    blocks = (*tuple(mb.Block(i, i + n, "navigation") for i, n in ((0, 6), (6, 6), (12, 7))), mb.Block(19, len(text)))
    shown = mb.annotated(mb.Article("a", text, blocks)).markup
    assert shown.count("<details") == 1 and "3 blocks of navigation" in shown
    assert "Sport" in shown and shown.index("</details>") < shown.index("It rains")


def test_a_notebook_shows_articles_and_corpora_by_themselves() -> None:
    code = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
import mediabias as mb
article = mb.Article.from_text("It <b>rains</b>.", "a")
format = shell.display_formatter.format
assert "&lt;b&gt;" in format(article)[0]["text/html"]
assert "<b>1</b> article," in format(mb.Corpus([article]))[0]["text/html"]
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_corpus_says_how_many_articles_it_does_not_show() -> None:
    corpus = mb.Corpus([mb.Article.from_text(f"It rains {n}.", f"a{n}") for n in range(3)])
    assert "<p>1 more</p>" in display.corpus(corpus, most=2)._repr_html_()
    assert "more" not in display.corpus(corpus, most=3)._repr_html_()


def test_the_viewer_finds_what_nobody_has_looked_for() -> None:
    article = mb.Article.from_text("“It rains,” said the mayor, Ana Dole.", "a", outlet="Post", language="en")
    tables = mb.extract([article], "attribution_verbs")
    assert "1 source ·" in mb.viewer([article], tables).markup


@pytest.fixture(scope="module")
def compared() -> tuple[pd.DataFrame, mb.features.FeatureTables, mb.Corpus]:
    """Two outlets on three events, of which one outlet keeps its sources at a distance."""
    verbs = {"Post": ("said", "said"), "Tribune": ("claimed", "said")}
    made = [
        mb.Article.from_text(
            f"“Rain fell on day {n},” the mayor {first}. “It stopped,” she {second}.",
            f"{outlet}-{n}",
            outlet=outlet,
            event=f"day {n}",
            language="en",
        )
        for outlet, (first, second) in verbs.items()
        for n in range(6)
    ]
    corpus = mb.Corpus(made)
    tables = mb.extract(corpus, ["attribution_verbs"])
    columns = ["attribution_verbs__distancing", "attribution_verbs__neutral", "attribution_verbs__denying"]
    return mb.compare(tables.features, corpus.articles, columns=columns, permute="events").table, tables, corpus


def test_a_comparison_opens_to_the_sentences_of_both(compared: tuple) -> None:
    effects, tables, corpus = compared
    shown = comparison(effects, tables, corpus).markup
    first, _, _ = shown.partition("</details>")
    assert "attribution verbs: distancing" in first and "Post: 0" in first and "Tribune: 6" in first
    assert first.count("<mark>claimed</mark>") == 6
    assert shown.count(">stands<") == int((effects["q"] < 0.05).sum()) == 2
    assert "<details" not in comparison(effects).markup


def test_a_comparison_shows_a_page_of_its_effects(compared: tuple) -> None:
    effects, _, _ = compared
    shown = comparison(effects, rows=1, page=2).markup
    assert shown.count("<tr>") == 2 and "rows 2 to 2 of 3; in a notebook, page=3 shows the next" in shown


def test_intervals_of_one_unit_share_a_scale(compared: tuple) -> None:
    effects, tables, _ = compared
    half = effects.assign(estimate=[0.5, 0.25, 0.0], ci_low=[0.5, 0.25, 0.0], ci_high=[0.5, 0.25, 0.0])
    points = re.findall(r"mb-point mb-w-(\d+)", comparison(half, tables).markup)
    assert sorted(map(int, points)) == [50, 74, 100] or sorted(map(int, points)) == [50, 76, 100]


def test_a_difference_from_all_others_shows_what_all_others_wrote(compared: tuple) -> None:
    _, tables, corpus = compared
    rest = mb.compare(tables.features, corpus.articles, columns=["attribution_verbs__distancing"], pairs="rest").table
    shown = comparison(rest, tables, corpus).markup
    assert "all others: 6" in shown and "all others: 0" in shown


def test_bars_pool_an_outlet_and_open_to_its_sentences(compared: tuple) -> None:
    _, tables, corpus = compared
    shown = mb.bars(corpus, tables, columns=["attribution_verbs__distancing"], sentences=4).markup
    assert "0% · 0 of 12" in shown and "50% · 6 of 12" in shown
    assert shown.count("<mark>") == 4 and "2 more: mb.examples lists them" in shown
    with pytest.raises(mb.FeatureError, match="nearest: 'attribution_verbs__distancing'"):
        mb.bars(corpus, tables, columns=["attribution_verbs__distance"])


def test_bars_that_nobody_chose_are_those_in_which_outlets_differ(compared: tuple) -> None:
    _, tables, corpus = compared
    named = re.findall(r"<h3>([^<]*) <small>", mb.bars(corpus, tables).markup)
    assert "attribution verbs: distancing" in named and len(named) == len(set(named)) <= 3


def test_where_nothing_could_be_tested_what_has_evidence_comes_first(compared: tuple) -> None:
    effects, _, _ = compared
    bare = effects.assign(
        p=float("nan"), q=float("nan"), ci_low=float("nan"), ci_high=float("nan"), count_a=[0, 3, 9], count_b=0
    )
    bare.loc[2, "estimate"] = float("nan")
    shown = comparison(bare).markup
    first, second, third = (
        shown.index(c.replace("__", ": ").replace("_", " ")) for c in bare["column"].iloc[[1, 0, 2]]
    )
    assert first < second < third and "No difference could be tested" in shown and "mb-range" not in shown


def test_nothing_to_show_is_told(compared: tuple) -> None:
    _, tables, corpus = compared
    for show in (mb.viewer, mb.bars):
        with pytest.raises(mb.FeatureError, match="is the event, or the outlet, called so"):
            show([a for a in corpus if a.event == "day 99"], tables)
