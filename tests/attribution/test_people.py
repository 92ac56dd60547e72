"""How an article introduces its people."""

import pytest

from mediabias.article import Span, paragraphs
from mediabias.attribution.people import People


def test_a_possessive_is_not_part_of_a_name() -> None:
    text = "Ana Dole’s deputy spoke. Dole said no."
    assert [p.name for p in People(text, list(paragraphs(text)))] == ["Ana Dole"]


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("They asked the pollster Ana Dole.", "pollster Ana Dole"),
        ("Ana Dole, executive director of Kin, left.", "Ana Dole, executive director of Kin"),
        ("Ana Dole, R-Ohio, left.", "Ana Dole, R-Ohio"),
    ],
)
def test_a_person_is_described_by_the_words_beside_the_name(text: str, described: str) -> None:
    (dole,) = People(text, [Span(0, len(text))])
    assert described in dole.descriptions


@pytest.mark.parametrize(
    "text", ["Spare Ana Dole. We spare nobody.", "VESS ATOLL was seen.", "The Fisheries Committee met."]
)
def test_a_headline_or_a_body_is_no_person(text: str) -> None:
    assert not list(People(text, [Span(0, len(text))]))


def test_a_name_does_not_run_over_the_end_of_a_sentence() -> None:
    text = "They met Ana Dole. Bo Terk left."
    assert [p.name for p in People(text, [Span(0, len(text))])] == ["Ana Dole", "Bo Terk"]
