"""Quotations that outlets cut: what is left out, whether the gap is marked, what is no cut."""

from __future__ import annotations

import pytest

import mediabias as mb
from mediabias.errors import TableError

WHOLE = "“We will repair the old dam above Vell as soon as the money is there and the rain has stopped,” said Ana Dole."


def article(outlet: str, text: str) -> mb.Article:
    return mb.attribute(mb.Article.from_text(text, outlet.lower(), outlet=outlet, event="dam"), engine="rules")


def cut(text: str, whole: str = WHOLE) -> dict:
    rows = mb.cut_quotations([article("Post", whole), article("Echo", text)])
    return rows[rows["outlet"] == "Echo"].iloc[0].to_dict()


@pytest.mark.parametrize(
    ("text", "kind", "left_out"),
    [
        (WHOLE, "whole", []),
        ("“We will repair the old dam above Vell,” said Ana Dole.", "shortened", ["as soon as the money is there and the rain has stopped"]),
        ("“We will repair the old dam above Vell as soon as the rain has stopped,” said Ana Dole.", "gap", ["money is there and the"]),
        ("“We will repair the old dam above Vell … and the rain has stopped,” said Ana Dole.", "marked gap", ["as soon as the money is there"]),
        ("“We will repair the old dam above Vell,” said Ana Dole. “The rain has stopped,” she said.", "marked gap", ["as soon as the money is there and"]),
        ("Ana Dole said “the rain has stopped”.", "fragment", ["We will repair the old dam above Vell as soon as the money is there and"]),
        ("“We will repair the old dam above Vell as soon as the gold and silver arrive,” said Ana Dole.", "altered", ["money is there and the rain has stopped"]),
    ],
)  # fmt: skip
def test_kinds_of_cuts(text, kind, left_out):
    found = cut(text)
    assert (found["cut"], found["left_out"]) == (kind, left_out)


def test_points_of_an_abbreviation_and_words_put_in_are_no_change():
    whole = "“The F.B.I. has asked us twice for the papers,” said Ana Dole."
    assert (
        cut("“The FBI has asked us (the council) twice for the [old] papers,” said Ana Dole.", whole)["cut"] == "whole"
    )


def test_a_quotation_of_one_outlet_has_no_row():
    assert mb.cut_quotations([article("Post", WHOLE), article("Echo", "It rained.")]).empty


def test_the_fuller_version_is_the_one_that_the_text_holds():
    post = article("Post", WHOLE)
    found = cut("“We will repair the old dam above Vell,” said Ana Dole.")
    _, start, end = found["fuller"]
    assert post.text[start:end].startswith("We will repair") and found["left_out"][0] in post.text[start:end]


def test_an_article_without_attributions_is_named():
    with pytest.raises(TableError, match="'post' has no attributions"):
        mb.cut_quotations([mb.Article.from_text(WHOLE, "post", outlet="Post", event="dam")])


def test_the_display_strikes_what_is_left_out_and_escapes():
    rows = mb.cut_quotations(
        [article("Post", WHOLE.replace("old dam", "<i>old</i> dam")), article("Echo", "“We will repair the dam above Vell as soon as the money is there,” said Ana Dole.")]
    )  # fmt: skip
    shown = mb.cut_grid(rows).markup
    assert "<s>" in shown
    assert "<i>" not in shown
