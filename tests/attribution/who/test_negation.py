import pytest

from mediabias.article import Span
from mediabias.attribution.engines import Found
from mediabias.attribution.who.negation import is_negated


@pytest.mark.parametrize(
    ("source", "cue", "negated"),
    [
        ("The mayor", "never said", True),
        ("The mayor", "declined to say", True),
        ("The mayor", "has yet to confirm", True),
        ("The mayor", "didn’t say", True),
        ("Nobody", "said", True),
        ("The mayor", "not only said", False),
        ("The mayor", "denied", False),
        ("The mayor", "said", False),
    ],
)
def test_a_cue_is_negated_or_declined(source: str, cue: str, negated: bool) -> None:
    text = f"{source} {cue} that it rains."
    end = len(source) + 1 + len(cue)
    found = Found((Span(len(source) + 1, end),), (Span(0, len(source)),), (Span(end + 1, len(text) - 1),), 1.0)
    assert is_negated(text, found) is negated
