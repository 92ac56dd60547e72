import pytest

from mediabias.article import Article, Span, paragraphs
from mediabias.attribution import attribute
from mediabias.attribution.speakers import Speakers

TEXT = (
    "Interior Minister Ana Dole said that the port would stay shut. Orrin Vale, a dockers’ leader, said it should open.\n\n"
    "The minister said she had no choice. “She has,” said Vale. “We told her.”\n\n"
    "Officials in Port Ellan said they were waiting. Mr. Vale said he was tired."
)


def test_surname_title_and_pronoun_lead_back_to_the_name() -> None:
    attributed = attribute(Article.from_text(TEXT))
    spoken = [(TEXT[a.source[0].start : a.source[0].end], a.speaker) for a in attributed.attributions or () if a.source]
    assert ("Interior Minister Ana Dole", "Ana Dole") in spoken
    assert ("The minister", "Ana Dole") in spoken
    assert ("Vale", "Orrin Vale") in spoken
    assert ("Mr. Vale", "Orrin Vale") in spoken
    assert ("Officials in Port Ellan", "Officials in Port Ellan") in spoken


def test_a_possessive_is_not_part_of_a_name() -> None:
    text = "Ana Dole’s deputy spoke. Dole said no."
    speakers = Speakers(text, list(paragraphs(text)))
    assert [p.name for p in speakers.people] == ["Ana Dole"]


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("They asked the pollster Ana Dole.", "pollster Ana Dole"),
        ("Ana Dole, executive director of Kin, left.", "Ana Dole, executive director of Kin"),
        ("Ana Dole, R-Ohio, left.", "Ana Dole, R-Ohio"),
    ],
)
def test_a_person_is_described_by_the_words_beside_the_name(text: str, described: str) -> None:
    assert described in Speakers(text, [Span(0, len(text))]).descriptions("Ana Dole")


@pytest.mark.parametrize(
    "text", ["Spare Ana Dole. We spare nobody.", "VESS ATOLL was seen.", "The Fisheries Committee met."]
)
def test_a_headline_or_a_body_is_no_person(text: str) -> None:
    assert not Speakers(text, [Span(0, len(text))]).people


def test_a_name_does_not_run_over_the_end_of_a_sentence() -> None:
    text = "They met Ana Dole. Bo Terk left."
    assert [p.name for p in Speakers(text, [Span(0, len(text))]).people] == ["Ana Dole", "Bo Terk"]
