"""What a notebook shows: everything, marked, and nothing that could run."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

import mediabias as mb
from mediabias import display

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
assert "<b>1</b> articles" in format(mb.Corpus([article]))[0]["text/html"]
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_corpus_says_how_many_articles_it_does_not_show() -> None:
    corpus = mb.Corpus([mb.Article.from_text(f"It rains {n}.", f"a{n}") for n in range(3)])
    assert "<p>1 more</p>" in display.corpus(corpus, most=2)._repr_html_()
    assert "more" not in display.corpus(corpus, most=3)._repr_html_()


def test_the_viewer_finds_what_nobody_has_looked_for() -> None:
    article = mb.Article.from_text("“It rains,” said the mayor, Ana Dole.", "a", outlet="Post", language="en")
    tables = mb.extract([article], "attribution_verbs")
    assert "1 sources" in mb.viewer([article], tables).markup
