"""Alpha for unitising: the values of another implementation, and what must hold of any."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediabias.errors import TableError
from mediabias.validation import alpha_u


@pytest.mark.parametrize(
    ("length", "coders", "nominal", "binary"),
    [
        (60, [[(3, 14, "k"), (22, 52, "k")], [(3, 9, "k"), (22, 52, "k")], [(22, 52, "k")]], 0.769434842600, 0.769434842600),
        (100, [[(0, 20, "a"), (20, 35, "b"), (60, 80, "a")], [(5, 20, "a"), (20, 40, "c"), (60, 90, "b")]],
         0.269857904085, 0.610729166667),
    ],
)  # fmt: skip
def test_it_is_that_of_another_implementation(length: int, coders: list, nominal: float, binary: float) -> None:
    # Computed with a public implementation of Krippendorff et al. (2016), on spans as half-open intervals.
    assert alpha_u(length, coders) == pytest.approx(nominal, abs=1e-9)
    assert alpha_u(length, coders, binary=True) == pytest.approx(binary, abs=1e-9)


@st.composite
def marked(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    ends = sorted(draw(st.sets(st.integers(0, 60), min_size=2, max_size=8)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return [(a, b, draw(st.sampled_from("xy"))) for a, b in pairs]


@given(marked(), marked())
def test_equal_spans_agree_and_the_order_of_coders_does_not_matter(one: list, two: list) -> None:
    same = alpha_u(60, [one, one])
    assert math.isnan(same) or same == pytest.approx(1.0)
    forth, back = alpha_u(60, [one, two]), alpha_u(60, [two, one])
    assert forth == pytest.approx(back, nan_ok=True) and not forth > 1 + 1e-9


def test_many_short_spans_are_other_than_one_long_one() -> None:
    long = alpha_u(40, [[(0, 30, "x")], [(0, 20, "x")]])
    short = alpha_u(40, [[(0, 10, "x"), (10, 20, "x"), (20, 30, "x")], [(0, 10, "x"), (10, 20, "x")]])
    assert short != pytest.approx(long)


@pytest.mark.parametrize(
    ("coders", "said"),
    [
        ([[(0, 5, "x")]], "two coders"),
        ([[(0, 5, "x"), (4, 9, "x")], []], "overlaps"),
        ([[(0, 5, "x")], [(9, 99, "x")]], "does not lie"),
        ([[(5, 5, "x")], []], "does not lie"),
    ],
)
def test_spans_that_cannot_be_are_named(coders: list, said: str) -> None:
    with pytest.raises(TableError, match=said):
        alpha_u(20, coders)
