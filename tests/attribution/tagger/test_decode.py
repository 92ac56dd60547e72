"""Scores become legal attributions."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediabias.article import Span
from mediabias.attribution.quotes import quotations
from mediabias.attribution.tagger.decode import best_path, candidates, log_softmax, runs, with_quotations


def is_legal(path: tuple[int, ...]) -> bool:
    return all(p in (0, 1, 3) or (i and path[i - 1] in (p - 1, p)) for i, p in enumerate(path))


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_the_best_path_is_the_best_of_all_legal_ones(seed: int, width: int) -> None:
    scores = log_softmax(np.random.default_rng(seed).normal(size=(2, width, 5)).astype(np.float32))
    for row, found in zip(scores, best_path(scores).tolist(), strict=True):
        legal = [p for p in product(range(5), repeat=width) if is_legal(p)]
        best = max(legal, key=lambda p: sum(row[i, k] for i, k in enumerate(p)))
        assert sum(row[i, k] for i, k in enumerate(found)) == pytest.approx(
            sum(row[i, k] for i, k in enumerate(best)), abs=1e-4
        )


def test_an_attribution_has_one_source_and_as_many_pieces_of_content_as_there_are() -> None:
    labels = [1, 0, 3, 4, 0, 3, 1]
    scores = np.full((1, 7, 5), -5.0, np.float32)
    scores[0, range(7), labels] = [0, 0, 0, 0, 0, 0, -0.5]
    scores[0, 6, 0] = -4
    (found,) = candidates([(11, 12)], [1.5], scores, offset=10)
    assert found.source == ((10, 11),)
    assert found.content == ((12, 14), (15, 16))
    assert found.signs()["pieces"] == 1 and found.signs()["cue"] == 1.5
    assert runs(np.array(labels), 3) == [(2, 4), (5, 6)]


@pytest.mark.parametrize(
    ("given_content", "wanted"),
    [("It rains all day", "“It rains all day,”"), (", and so on", "and so on"), ("rains", "rains"), (",", None)],
)
def test_content_that_covers_most_of_a_quotation_covers_it(given_content: str, wanted: str | None) -> None:
    text = "“It rains all day,” said Dole, and so on."
    at = text.index(given_content)
    found = with_quotations(text, [Span(at, at + len(given_content))], quotations(text, [Span(0, len(text))]))
    assert [s.of(text) for s in found] == ([wanted] if wanted else [])


def test_the_last_of_several_spans_takes_what_touches_it() -> None:
    text = "one two three four five"
    found = with_quotations(text, [Span(0, 3), Span(8, 13), Span(14, 18), Span(19, 23)], [])
    assert [s.of(text) for s in found] == ["one", "three four five"]
