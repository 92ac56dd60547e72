"""The chain is checked against the sum over every path that there is."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mediabias.chains import most_likely


@given(st.integers(1, 5), st.integers(2, 3), st.integers(0, 2**32 - 1))
def test_it_is_what_trying_every_path_gives(steps: int, states: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    emit, move = rng.normal(size=(steps, states)), rng.normal(size=(states, states))
    weights = {
        path: sum(emit[i, s] for i, s in enumerate(path)) + sum(move[a, b] for a, b in pairwise(path))
        for path in product(range(states), repeat=steps)
    }
    total = sum(np.exp(w) for w in weights.values())
    path, posterior = most_likely(emit, move)
    assert tuple(path) == max(weights, key=weights.__getitem__)
    for step, state in product(range(steps), range(states)):
        expected = sum(np.exp(w) for p, w in weights.items() if p[step] == state) / total
        assert np.isclose(posterior[step, state], expected)
