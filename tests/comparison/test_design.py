"""A design is checked when it is made, says which field is wrong, and lasts on disk."""

from __future__ import annotations

import json

import pytest

from mediabias.comparison import Design
from mediabias.errors import DesignError


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pairs", "others"),
        ("pairs", []),
        ("pairs", [("A", "A")]),
        ("copies", "some"),
        ("weights", "words"),
        ("interval", "bca"),
        ("permute", "outlets"),
        ("family", "none"),
        ("correction", "bonferroni"),
        ("margin", -1.0),
        ("margin", {"v__a": 0.0}),
        ("confidence", 95),
        ("resamples", 0),
        ("clusters", "outlet"),
        ("columm", ["v__a"]),
    ],
)
def test_an_error_names_the_field_that_it_is_about(field: str, value: object) -> None:
    with pytest.raises(DesignError) as raised:
        Design().but(**{field: value})
    assert raised.value.parameter == field
    assert str(raised.value).startswith(f"{field}: ")


def test_a_design_is_the_same_when_it_comes_back_from_json() -> None:
    design = Design(
        by="leaning", clusters="outlet", pairs=[("left", "right")], columns=["v__a", "v__b"], family={"mine": ["v__a"]},
        margin={"v__a": 0.5}, within=None,
    )  # fmt: skip
    assert Design.from_dict(json.loads(json.dumps(design.as_dict()))) == design


def test_a_design_cannot_be_changed_in_place() -> None:
    with pytest.raises(AttributeError):
        Design().seed = 3  # type: ignore[misc]
    assert Design(seed=1).but(seed=3).changed() == {"seed": 3}


def test_articles_cannot_be_exchanged_where_groups_are_made_of_outlets() -> None:
    with pytest.raises(DesignError, match="permute: 'articles' can't be exchanged"):
        Design(by="leaning", clusters="outlet", permute="articles")
