"""What a source is and how it is named."""

from __future__ import annotations

import pytest

from mediabias.attribution.sources import label_parts, source_type


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Foreign Minister Ana Dole", "named official"),
        ("Opposition leader Jonna Velt", "named official"),
        ("senior U.S. officials", "unnamed official"),
        ("a U.N. spokesman", "unnamed official"),
        ("A spokesperson for President Ana Dole", "unnamed official"),
        ("Justice Department officials", "unnamed official"),
        ("the White House", "state or institution"),
        ("Moscow", "state or institution"),
        ("the prosecutor’s office", "state or institution"),
        ("Mike Smith, a professor at Harvard", "expert"),
        ("a spokesman for the power company", "company"),
        ("Tenants’ leader Vera Simm", "civil society"),
        ("Naima Corso, a lawyer with the Legal Aid Circle,", "civil society"),
        ("a resident of the valley", "citizen"),
        ("Samo Terk, a fitter", "citizen"),
        ("Tove Askel, 22", "citizen"),
        ("the New York Times", "media"),
        ("a memorandum of the Justice Ministry", "document"),
        ("people familiar with the matter", "unknown"),
        ("Dole", "unknown"),
    ],
)
def test_each_type(label: str, expected: str) -> None:
    assert source_type(label) == expected


def test_a_pronoun_takes_the_type_of_its_person() -> None:
    assert source_type("he") == "unknown"
    assert source_type("he", speaker="Ana Dole, a hydrologist at the university") == "expert"


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("Mayor Ana Dole", ("name", "title")),
        ("the ministry", ("institution",)),
        ("they", ("pronoun",)),
        ("a source", ("anonymous",)),
        ("a fisherman", ("description",)),
    ],
)
def test_each_form(label: str, parts: tuple[str, ...]) -> None:
    assert label_parts(label) == parts
