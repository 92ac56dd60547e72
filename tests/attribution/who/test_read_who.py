"""Who speaks, of which type, with which cue: read over the whole article by the shipped heads."""

import pytest

from mediabias.article import Article, Span, paragraphs
from mediabias.attribution import attribute
from mediabias.attribution.engines import Found
from mediabias.attribution.who import Who, read_who

TEXT = (
    "Interior Minister Ana Dole said that the port would stay shut. Orrin Vale, a dockers’ union leader, said it should open.\n\n"
    "The minister said she had no choice. “She has,” said Vale. “We told her.”\n\n"
    "Officials in Port Ellan said they were waiting. Mr. Vale said he was tired."
)


def read(text: str, *pairs: tuple[str, str]) -> list[Who]:
    """Read attributions given by the words of source and cue, which stand in this order, each behind the last."""
    found, at = [], 0
    for source, cue in pairs:
        start = text.index(f"{source} {cue}", at)
        begin = start + len(source) + 1
        at = begin + len(cue)
        end = text.find(".", at)
        found.append(Found((Span(begin, at),), (Span(start, begin - 1),), (Span(at + 1, end),), 1.0))
    return read_who(text, list(paragraphs(text)), found)


def test_surname_title_and_pronoun_lead_back_to_the_name() -> None:
    attributed = attribute(Article.from_text(TEXT))
    spoken = [(TEXT[a.source[0].start : a.source[0].end], a.speaker) for a in attributed.attributions or () if a.source]
    assert ("Interior Minister Ana Dole", "Ana Dole") in spoken
    assert ("Vale", "Orrin Vale") in spoken
    assert ("Mr. Vale", "Orrin Vale") in spoken
    assert ("Officials in Port Ellan", "Officials in Port Ellan") in spoken


def test_one_person_has_one_type() -> None:
    attributed = attribute(Article.from_text(TEXT))
    types = {a.source_type for a in attributed.attributions or () if a.speaker == "Ana Dole"}
    assert types == {"named official"}


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("Mayor Ana Dole spoke on Monday. She said that it rained.", "She", "Ana Dole"),
        ("Ben Orr, a fisherman from Ellan, was wary. He said that the sea was high.", "He", "Ben Orr"),
        (
            "Ana Orr and Ben Vale came. Ana Orr and Ben Vale said that it rained.",
            "Ana Orr and Ben Vale",
            "Ana Orr and Ben Vale",
        ),
        ("Ana Dole came. Ms. Dole said that it rained.", "Ms. Dole", "Ana Dole"),
        ("The town was quiet. Many residents said that it rained.", "Many residents", "Many residents"),
    ],
)
def test_a_source_stands_for_a_party_of_the_article(text: str, source: str, speaker: str) -> None:
    (who,) = read(text, (source, "said"))
    assert who.speaker == speaker
    assert 0 < who.speaker_confidence <= 1
    assert who.candidates[0][0] == speaker


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Foreign Minister Ana Dole", "named official"),
        ("Two senior officials", "unnamed official"),
        ("Economists at the university", "expert"),
        ("A spokesman for the power company", "company"),
        ("The Ellan Gazette newspaper", "media"),
        ("The report", "document"),
        ("Many residents", "citizen"),
    ],
)
def test_the_words_of_a_source_tell_its_type(source: str, kind: str) -> None:
    (who,) = read(f"It rained for days. {source} said that the dam would hold.", (source, "said"))
    assert who.source_type == kind


@pytest.mark.parametrize(
    ("cue", "kind"),
    [
        ("said", "neutral"),
        ("claimed", "distancing"),
        ("declined to say", "denying"),
        ("warned", "warning"),
        ("fears", "mental"),
    ],
)
def test_the_cue_tells_its_class(cue: str, kind: str) -> None:
    (who,) = read(f"The mayor {cue} that the dam would break.", ("The mayor", cue))
    assert who.cue_class == kind


def test_nothing_found_is_nobody() -> None:
    assert read_who("It rains.", [Span(0, 9)], []) == []
