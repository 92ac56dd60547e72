"""A hidden Markov chain over few states: the most likely path, and how sure each of its steps is."""

from __future__ import annotations

import numpy as np


def most_likely(emit: np.ndarray, move: np.ndarray) -> tuple[list[int], np.ndarray]:
    """Return the most likely states of a chain (Viterbi 1967) and the probability of every state at every step.

    Parameters
    ----------
    emit : array, shape (steps, states)
        Log-odds of each state at each step, from what is seen there.
    move : array, shape (states, states)
        Log-odds of going from one state (row) to the next (column).

    Returns
    -------
    path : list of int
        The state of each step in the likeliest path.
    posterior : array, shape (steps, states)
        Probabilities by the forward-backward algorithm; each row sums to 1.

    References
    ----------
    Rabiner, L. (1989). A tutorial on hidden Markov models. Proceedings of the IEEE 77. https://doi.org/10.1109/5.18626

    Examples
    --------
    >>> path, posterior = most_likely(np.array([[2.0, 0.0], [0.0, 0.5], [2.0, 0.0]]), np.array([[1.0, 0.0], [0.0, 1.0]]))
    >>> path, posterior[1].round(2).tolist()
    ([0, 0, 0], [0.73, 0.27])
    """
    n, k = emit.shape
    # Each step's probabilities are scaled, as only their relation counts: what is seen by its largest, what is summed to 1.
    seen, go = np.exp(emit - emit.max(axis=1, keepdims=True)), np.exp(move)
    best, forward, backward = np.empty((n, k)), np.empty((n, k)), np.ones((n, k))
    best[0], forward[0] = emit[0], seen[0]
    for i in range(1, n):
        best[i] = (best[i - 1][:, None] + move).max(axis=0) + emit[i]
        following = (forward[i - 1] @ go) * seen[i]
        forward[i] = following / following.sum()
    path = [int(best[-1].argmax())]
    for i in range(n - 1, 0, -1):
        path.append(int((best[i - 1] + move[:, path[-1]]).argmax()))
        before = go @ (seen[i] * backward[i])
        backward[i - 1] = before / before.sum()
    joint = forward * backward
    return path[::-1], joint / joint.sum(axis=1, keepdims=True)
