"""Voice: passives with and without an agent, and who does harm."""

from __future__ import annotations

import pytest

from mediabias.article import Article
from mediabias.features.voice import Voice


def _found(text: str) -> list[str]:
    return Voice().evidence_table([Article.from_text(text, "a")])["label"].tolist()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The road was closed by the council.", ["passive_agent"]),
        ("The road was closed.", ["passive_agentless"]),
        ("The road was closed by Monday.", ["passive_agentless"]),
        ("The road has not yet been quietly closed.", ["passive_agentless"]),
        ("Prices were raised by 5 percent.", ["passive_agentless"]),
        ("The plan was made public, by which time it rained.", ["passive_agentless"]),
        ("The bridge was built in three months by soldiers.", ["passive_agent"]),
        ("The mayor closed the road.", []),
        ("She is concerned, and he was tired.", []),
        ("“The road was closed,” she said.", []),
        ("Police wounded two men.", ["harm_active"]),
        ("Two men were wounded by police.", ["harm_agent", "passive_agent"]),
        ("Two men were killed.", ["harm_agentless", "passive_agentless"]),
        ("The men killed in the raid came from Tarrow.", ["harm_agentless"]),
        ("The men killed by soldiers came from Tarrow.", ["harm_agent"]),
        ("It was her best shot at the office.", []),
    ],
)
def test_who_is_said_to_have_done_it(text: str, wanted: list[str]) -> None:
    assert sorted(_found(text)) == wanted


def test_the_evidence_holds_verb_and_agent() -> None:
    rows = Voice().evidence_table([Article.from_text("The road was soon closed by the council of Ellan.", "a")])
    assert rows["text"].tolist() == ["was soon closed by the council"]
