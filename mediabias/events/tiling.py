"""The runs of words that two texts share, wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush


def tiles(a: Sequence[str], b: Sequence[str], least: int) -> list[tuple[int, int, int]]:
    """Return the longest runs of words that two texts share, each word in one run at most.

    Greedy string tiling: the longest common run is taken, then the longest of what is left, down to `least` words. Unlike an
    alignment it finds paragraphs that were put into another order.

    Parameters
    ----------
    a, b : sequence of str
        The words.
    least : int
        Shorter runs are left out.

    Returns
    -------
    list of (int, int, int)
        Where the run begins in `a`, where in `b`, and its length; in the order of `a`.

    References
    ----------
    Wise, M. (1993). String similarity via greedy string tiling and running Karp-Rabin matching. University of Sydney.

    Examples
    --------
    >>> tiles("the port is closed and it rains".split(), "it rains and the port is closed".split(), 2)
    [(0, 3, 4), (5, 0, 2)]
    """
    runs = [(-n, i, j) for i, j, n in _runs(a, b, least)]
    heapify(runs)
    used_a, used_b = bytearray(len(a)), bytearray(len(b))
    out = []
    while runs:
        length, i, j = heappop(runs)
        since, free = _free(used_a, used_b, i, j, -length)
        if free == -length:
            used_a[i : i + free] = used_b[j : j + free] = b"\1" * free
            out.append((i, j, free))
        elif free >= least:
            heappush(runs, (-free, i + since, j + since))
    return sorted(out)


def _runs(a: Sequence[str], b: Sequence[str], least: int) -> list[tuple[int, int, int]]:
    """Return all common runs that can't be made longer on either side."""
    places: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(b) - least + 1):
        places.setdefault(tuple(b[j : j + least]), []).append(j)
    out = []
    for i in range(len(a) - least + 1):
        for j in places.get(tuple(a[i : i + least]), ()):
            if i and j and a[i - 1] == b[j - 1]:
                continue
            n = least
            while i + n < len(a) and j + n < len(b) and a[i + n] == b[j + n]:
                n += 1
            out.append((i, j, n))
    return out


def _free(used_a: bytearray, used_b: bytearray, i: int, j: int, length: int) -> tuple[int, int]:
    """Return where the longest part of a run begins that is not used yet, and its length."""
    best, since = (0, 0), 0
    for k in range(length + 1):
        if k == length or used_a[i + k] or used_b[j + k]:
            if k - since > best[1]:
                best = (since, k - since)
            since = k + 1
    return best
