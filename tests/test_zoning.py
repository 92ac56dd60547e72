"""Blocks to zones, on pages of our own that nobody looked at when the cues were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediabias.article import ZONES
from mediabias.zoning import explain, zone

STORY = [
    "The harbour of Ellan was closed on Tuesday after a crane fell into the basin, the port authority said.",
    "“We heard it before we saw it,” said Jon Vale, who drives the tug. He had not slept since.",
    "The owner of the crane declined to comment, and the insurers have asked for the inspection reports.",
]
PAGE = [
    ("navigation", "Home | News | Sport | Opinion"),
    ("headline", "Crane Falls Into Harbour Basin, Closing Port of Ellan"),
    ("byline", "By Marta Quill"),
    ("dateline", "June 3, 2024"),
    ("caption", "The basin on Tuesday morning. Photo: Ola Brandt / Reuters"),
    ("body", STORY[0]),
    ("body", STORY[1]),
    ("newsletter", "Sign up for our free daily newsletter, delivered to your inbox every morning."),
    ("body", STORY[2]),
    ("credit", "With reporting by Reuters and Agence France-Presse."),
    ("correction", "Correction: An earlier version of this article misstated the weight of the crane."),
    (
        "self_description",
        "Dear readers, we are an independent newsroom and we refuse to be silenced. Your support matters.",
    ),
    ("appeal", "$5  $10  $25"),
    ("appeal", "Donate now"),
    ("navigation", "Related articles"),
    ("other", "© 2024 The Ellan Post. All rights reserved."),
]


def test_a_page_with_all_its_boxes() -> None:
    assert [z for z, _ in zone([text for _, text in PAGE])] == [z for z, _ in PAGE]


@given(st.lists(st.text(max_size=120), max_size=12))
def test_any_blocks_get_zones_and_probabilities(texts: list[str]) -> None:
    found = zone(texts)
    assert len(found) == len(texts)
    assert all(z in ZONES and 0 <= confidence <= 1 for z, confidence in found)


def test_a_known_headline_leaves_no_room_for_another() -> None:
    texts = ["A Headline That Is Long Enough to Be One", "Another Line That Would Pass as a Headline", *STORY]
    found = zone(texts, [{"headline": 12.0}, {}, {}, {}, {}])
    assert [z for z, _ in found].count("headline") == 1


@pytest.mark.parametrize("sentence", STORY)
def test_news_fires_no_strong_cue(sentence: str) -> None:
    assert all(weight < 5 for _, weight, _ in explain(sentence))


def test_a_long_paragraph_about_newsletters_is_news() -> None:
    news = "The council said that its newsletter would no longer be printed. " + " ".join(STORY)
    assert zone(["Council Stops Newsletter After Ninety Years", *STORY, news])[-1][0] == "body"
