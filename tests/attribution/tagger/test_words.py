"""A text in words and windows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mediabias.article import paragraphs
from mediabias.attribution import named
from mediabias.attribution.tagger.words import QUOTED, TITLE, TOKEN, WINDOW, central, windows, words_of


def read(text: str):
    return words_of(named("tagger").tokenizer, text, list(paragraphs(text)))


@given(st.text(alphabet=st.sampled_from(list('aBé7_ .,\n"“”’🌧日-')), max_size=120))
def test_each_word_has_its_offsets_and_at_least_one_subtoken(text: str) -> None:
    words = read(text)
    assert [text[s:e] for s, e in zip(words.starts, words.ends, strict=True)] == [m[0] for m in TOKEN.finditer(text)]
    assert (np.diff(words.first) >= 1).all()
    assert len(words.ids) == len(words.kinds) == words.first[-1]


def test_capitals_and_quotation_marks_are_kinds_of_their_own() -> None:
    words = read("Dole said “It rains”.")
    kinds = words.kinds[words.first[:-1]].tolist()
    assert kinds[0] == TITLE
    assert [k >= QUOTED for k in kinds] == [False, False, True, True, True, True, False]


@given(st.lists(st.integers(1, 6), min_size=1, max_size=900), st.integers(0, 200))
def test_windows_cover_every_word_and_fit(lengths: list[int], shortened: int) -> None:
    first = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    parts = windows(first, shortened=shortened)
    assert parts[0][0] == 0 and parts[-1][1] == len(lengths)
    assert all(first[b] - first[a] <= WINDOW - 2 for a, b in parts)
    assert all(a < c <= b for (a, b), (c, _) in pairwise(parts))
    best = central(len(lengths), parts)
    assert all(parts[w][0] <= i < parts[w][1] for i, w in enumerate(best))
