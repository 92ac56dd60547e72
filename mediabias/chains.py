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
    best, back = emit[0].copy(), np.zeros((n, k), dtype=int)
    forward = [emit[0]]
    for i in range(1, n):
        options = best[:, None] + move
        back[i] = options.argmax(axis=0)
        best = options.max(axis=0) + emit[i]
        forward.append(np.logaddexp.reduce(forward[-1][:, None] + move, axis=0) + emit[i])
    path = [int(best.argmax())]
    for i in range(n - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    backward = np.zeros((n, k))
    for i in range(n - 2, -1, -1):
        backward[i] = np.logaddexp.reduce(move + emit[i + 1] + backward[i + 1], axis=1)
    joint = np.array(forward) + backward
    posterior = np.exp(joint - np.logaddexp.reduce(joint, axis=1, keepdims=True))
    return path[::-1], posterior
