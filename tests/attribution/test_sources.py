"""What a source is and how it is named."""

from __future__ import annotations

import pytest

from mediabias.attribution.sources import is_public_figure, label_parts, names_body, source_type


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
        ("the insider", "unknown"),
        ("Mr. King", "unknown"),
        ("Bill Korr", "unknown"),
        ("Mark Cook", "unknown"),
        ("Mark Cook of the Bakers Union", "civil society"),
        ("Christian News Service", "media"),
        ("the company’s design team", "company"),
        ("lawmakers of the panel, led by chairman Ben Orr, R-Ellan", "unnamed official"),
        ("the King", "named official"),
        ("the mayor and his aides", "named official"),
        ("certain sectors of the Ukrainian government", "state or institution"),
        ("a user of Twitter @harbour", "citizen"),
        ("The Insider", "media"),
        ("Nature", "media"),
        ("a professor of science", "expert"),
        ("the age", "unknown"),
        ("a Ministry of Justice spokesman", "unnamed official"),
        ("a research group led by Ana Dole's colleague Ben Orr", "expert"),
        ("the research team", "expert"),
        ("Our initial testing", "document"),
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
        ("Ana Dole, R-Ohio", "named official"),
        ("Ana Dole (D-Calif.)", "named official"),
        ("campaign manager Ana Dole", "named official"),
        ("Baker, a former adviser to the governor", "named official"),
        ("Ana Dole, who clerks for the Fisheries Committee", "named official"),
        ("White House press secretary Ana Dole", "named official"),
        ("the CIA director", "named official"),
        ("At least one senator", "unnamed official"),
        ("Swedish presidents", "unnamed official"),
        ("an Ohio magistrate", "unnamed official"),
        ("the I.R.S.", "state or institution"),
        ("the Consumer Bridge Bureau", "state or institution"),
        ("Norway, a neighbour", "state or institution"),
        ("Norway and Sweden", "state or institution"),
        ("a handful of bridge experts", "expert"),
        ("some historians", "expert"),
        ("Ana Dole, vice president of Acme", "company"),
        ("a vice-president of Acme Corp.", "company"),
        ("Ana Dole, a kiosk owner", "company"),
        ("Citizens for Fair Rent", "civil society"),
        ("Ana Dole, executive director of Kin", "civil society"),
        ("a worker at the ministry", "citizen"),
        ("voters", "citizen"),
        ("supporters", "citizen"),
        ("women", "citizen"),
        ("nearly six of 10 voters", "citizen"),
        ("Ana Dole, of Dayton", "citizen"),
        ("the New York Post", "media"),
        ("CNN’s Ana Dole", "media"),
        ("a Boston Globe poll", "document"),
        ("a Justice Department report", "document"),
        ("the tribunal's rulings", "document"),
        ("four in 10", "citizen"),
        ("George W. Bush, who wept", "named official"),
        ("Authorities", "unnamed official"),
        ("County freeman Ana Dole", "named official"),
        ("the Brock Research Center", "expert"),
        ("the film director", "citizen"),
        ("religious leaders", "civil society"),
        ("none of the envoys", "unnamed official"),
        ("the officers running the ferry", "unnamed official"),
        ("Pollster Ana Dole -- author of a cookbook", "expert"),
        ("the Business Council of the West", "company"),
    ],
)
def test_each_type(label: str, expected: str) -> None:
    assert source_type(label) == expected


def test_an_abbreviation_is_told_from_a_word_by_its_capitals() -> None:
    assert source_type("the WHO") == "state or institution"
    assert source_type("those who know him") != "state or institution"


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
        ("Protesters", ("description",)),
        ("Middle East observers", ("description",)),
        ("Dole", ("name",)),
    ],
)
def test_each_form(label: str, parts: tuple[str, ...]) -> None:
    assert label_parts(label) == parts


@pytest.mark.parametrize(
    ("name", "known"),
    [("Barack H. Obama", True), ("Barack Hu Obama", False), ("H. Obama", False), ("Mr. Obama", True), ("Obama", True)],
)
def test_a_public_figure_is_known_with_an_initial(name: str, known: bool) -> None:
    assert is_public_figure(name) == known


@pytest.mark.parametrize(
    ("name", "body"),
    [("Ellan Ferry Union", True), ("Ana Union", False), ("Ellan Ferries Inc", True), ("Ferries Committee", True)],
)
def test_a_body_is_known_by_the_word_it_ends_in(name: str, body: bool) -> None:
    assert names_body(name) == body
