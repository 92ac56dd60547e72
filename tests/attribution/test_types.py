"""What an attribution ascribes to its source."""

from __future__ import annotations

import pytest

from mediabias.attribution.types import attribution_type


@pytest.mark.parametrize(
    ("expected", "cue", "content"),
    [
        ("assertion", "said", "it rains"), ("assertion", "demanded that", "it end"),
        ("assertion", "declined to comment", "on it"), ("assertion", "promised", "to leave"),
        ("assertion", "refused to", "say where"), ("assertion", "is said to have", "left"),
        ("assertion", "as put it", "“no”"), ("assertion", "the claim", "that it rains"),
        ("assertion", "threatened to", "leave"), ("assertion", "also known as", "the wall"),
        ("belief", "believes", "it rains"), ("belief", "fears", "rain"), ("belief", "opposes", "the plan"),
        ("belief", "supports", "the plan"), ("belief", "expects that", "it rains"), ("belief", "is confident", "that"),
        ("belief", "are skeptical of", "the plan"), ("belief", "disagrees with", "the plan"),
        ("fact", "knows", "it"), ("fact", "learned", "that it rains"), ("fact", "found that", "it rains"),
        ("fact", "saw", "the rain"), ("fact", "the data show", "rain"), ("fact", "is aware", "of it"),
        ("eventuality", "voted for", "the plan"), ("eventuality", "is committed to", "the plan"),
        ("eventuality", "were banned from", "the hall"), ("eventuality", "a decision to", "leave"),
        ("eventuality", "wants", "to leave"), ("eventuality", "plans to", "leave"), ("eventuality", "tried to", "leave"),
        ("eventuality", "agreed to", "leave"), ("eventuality", "approved", "the plan"),
        ("eventuality", "will be introduced", "the plan"), ("eventuality", "obliges", "them to pay"),
        ("eventuality", "backed out", "of it"), ("eventuality", "refused to", "leave"),
        ("eventuality", "hopes to", "win"), ("eventuality", "are scheduled to", "meet"),
    ],
)  # fmt: skip
def test_each_type(expected: str, cue: str, content: str) -> None:
    assert attribution_type(cue, content) == expected


def test_a_quoted_content_or_a_that_clause_is_no_eventuality() -> None:
    assert attribution_type("agreed", "that the plan was good") == "assertion"
    assert attribution_type("fired back", "“no”") == "assertion"


def test_a_cue_nobody_knows_is_judged_by_its_content() -> None:
    assert attribution_type("xyzzied", "“no”") == "assertion"
    assert attribution_type("xyzzied", "the plan") == "belief"
