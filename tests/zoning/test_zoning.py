"""Blocks to zones, on pages of our own that nobody looked at when the cues were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediabias.article import ZONES
from mediabias.zone_cues import explain
from mediabias.zoning import zone

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


NEWS_OF_WHAT_BOXES_ARE_ABOUT = {
    "appeal": "The brothers have joined the owner of the crane to help fund a committee that asks members of the port "
    "council to back the new basin, and they will donate $10 million before the vote in the autumn.",
    "credit": "The ferry line leads the barges by three points, 45.4 percent to 42 percent, according to the average "
    "of the counts of the last ten weeks compiled by the harbour office, an agency of the town.",
}


@pytest.mark.parametrize("box", sorted(NEWS_OF_WHAT_BOXES_ARE_ABOUT))
def test_news_of_what_a_box_is_about_is_no_box(box: str) -> None:
    page = ["Crane Falls Into Harbour Basin, Closing Port", STORY[0], NEWS_OF_WHAT_BOXES_ARE_ABOUT[box], STORY[1]]
    assert [z for z, _ in zone(page)][2] == "body"


def test_what_is_registered_in_a_district_is_no_small_print() -> None:
    assert explain("The Ellan Harbour Fund is not registered in the northern district as a charity.") == []


def test_somebody_s_words_are_no_small_print() -> None:
    said = "”We are not registered in England, and we will not be, and whoever reprints this may do so without asking.“"
    assert [z for z, _ in zone(["Crane Falls Into Harbour Basin, Closing Port", said, *STORY])][1] == "body"


def test_a_run_of_lines_without_a_claim_is_no_letter() -> None:
    lines = [
        f"-{who} leads over the others in the eastern ward [{n}]"
        for n, who in enumerate(["Dole", "Quill", "Brandt"] * 4)
    ]
    letter = "We, the journalists of the Post, refuse to be silenced."
    assert "self_description" not in [z for z, _ in zone(["Crane Falls Into Harbour Basin", *STORY, *lines])]
    found = [z for z, _ in zone(["Crane Falls Into Harbour Basin", letter, STORY[0], STORY[1], *lines])]
    assert found[1] == "self_description" and "self_description" not in found[4:]


def test_lines_wrapped_by_hand_go_with_the_one_before() -> None:
    note = ["Editor's note: The crane", "regularly", "carried more than its papers allow,", "as was known to all."]
    assert [z for z, _ in zone(["Crane Falls Into Harbour Basin", *STORY, *note])][-4:] == ["correction"] * 4


def test_the_slashes_of_an_address_are_no_menu() -> None:
    assert explain("The papers are at https://port.example/a/b/c and at http://office.example/d/e.") == []


def test_short_sentences_between_headline_and_text_introduce_it() -> None:
    page = ["Crane Falls Into Harbour Basin", "Port closed for a week.", "Owner is not saying much.", *STORY]
    assert [z for z, _ in zone(page)][:4] == ["headline", "standfirst", "standfirst", "body"]


@pytest.mark.parametrize(
    ("line", "zone_name"),
    [("19 NOV 2019", "dateline"), ("Author of the article:", "byline"), ("17 minute read", "byline"),
     ("The quay from above. (PORT/Ellan Survey/OFFICE)", "caption")],
)  # fmt: skip
def test_lines_that_pages_carry(line: str, zone_name: str) -> None:
    assert max((weight, z) for z, weight, _ in explain(line))[1] == zone_name


def test_a_short_line_with_a_word_in_marks_asks_all_the_same() -> None:
    page = ["Crane Falls Into Harbour Basin, Closing Port", *STORY, '"Post" readers: donate now']
    assert [z for z, _ in zone(page)][-1] == "appeal"
