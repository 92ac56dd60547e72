"""Who is named in an article, and which mentions are of one party."""

import pytest

from mediabias.article import paragraphs
from mediabias.attribution.who.entities import Entities
from mediabias.attribution.who.names import find_names


def names(text: str) -> list[str]:
    return [m.name for m in find_names(text, list(paragraphs(text)))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sen. Ana Dole left.", ["Ana Dole"]),
        ("Former Ellan Harbour Commissioner Ana Dole left.", ["Ana Dole"]),
        ("The Ministry of Rain and Snow met.", ["Ministry of Rain and Snow"]),
        ("Ellan Bank’s Ben Orr left.", ["Ellan Bank", "Ben Orr"]),
        ("Ana de la Dole and Ben O’Orr left.", ["Ana de la Dole", "Ben O’Orr"]),
        ("Ana B. Dole Jr. left.", ["Ana B. Dole Jr."]),
        ("It rains, I said.", []),
    ],
)
def test_a_name_is_a_run_of_capitals_without_titles_and_owners(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_headline_has_the_names_of_the_text_below() -> None:
    text = "Mayor Dole Blames Rain For Long Delay\n\nMayor Ana Dole said that the rain was to blame. Dole left."
    assert names(text) == ["Dole", "Ana Dole", "Dole"]


def test_the_first_word_of_a_sentence_is_no_part_of_a_name() -> None:
    assert names("Ana Dole came. Regarding Dole, nothing. Dole left.")[1:] == ["Dole", "Dole"]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Ana Dole came. Mrs. Dole left.", [("Ana Dole", 2)]),
        ("Ana B. Dole came. Ana Dole left.", [("Ana B. Dole", 2)]),
        ("Ana Orr came. Mr. Orr left.", [("Ana Orr", 1), ("Orr", 1)]),
        ("Ben Orr came. Ana Orr left. Mr. Orr spoke.", [("Ben Orr", 2), ("Ana Orr", 1)]),
        ("The Ferry Riders Union (FRU) met. FRU left.", [("Ferry Riders Union", 3)]),
    ],
)
def test_mentions_of_one_party_are_one_entity(text: str, parties: list[tuple[str, int]]) -> None:
    assert [(e.name, len(e.mentions)) for e in Entities(text, list(paragraphs(text)))] == parties
