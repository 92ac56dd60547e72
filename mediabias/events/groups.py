"""Articles into events: who could belong together, by the rarest that they share, then average-linkage clustering."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from mediabias.events.likeness import faded

#: Of an article, the weightiest terms; only articles that share some of them are compared.
_KEYS, _SHARED = 40, 2
#: A term that more articles of a window have tells nothing of the event.
_COMMON = 500
#: Articles looked up at a time: bounds the memory.
_CHUNK = 500
#: The largest group that is clustered as a whole; a larger one is first parted at its weaker links.
_WHOLE = 2000
#: A distance that no mean over a group makes up for: two articles so far apart are never one event.
_NEVER = 1e6

Pairs = tuple[np.ndarray, np.ndarray, np.ndarray]


def similar_pairs(vectors: sparse.csr_matrix, days: np.ndarray, window: float, least: float) -> Pairs:
    """Return the pairs of articles that are at least so similar: first, second, similarity.

    An article is compared with those of its time window that share at least two of the forty weightiest terms of each, so
    that the work grows with the articles of a window, not with the square of all. Articles without a date come last, and
    are compared with all.
    """
    n = vectors.shape[0]
    order = np.lexsort((np.arange(n), np.where(np.isnan(days), np.inf, days)))
    placed = np.where(np.isnan(days), np.inf, days)[order]
    keys = _weightiest(vectors)[order]
    firsts, seconds, similarities = [], [], []
    for start in range(0, n, _CHUNK):
        stop = min(start + _CHUNK, n)
        since = 0 if np.isinf(placed[stop - 1]) else int(np.searchsorted(placed, placed[start] - window))
        for a, b in _sharing(keys[since:stop], start - since):
            i, j = order[a + since], order[b + since]
            alike = np.asarray(vectors[i].multiply(vectors[j]).sum(axis=1)).ravel()
            alike = faded(alike, days[i], days[j], window)
            kept = alike >= least
            firsts.append(np.minimum(i, j)[kept])
            seconds.append(np.maximum(i, j)[kept])
            similarities.append(alike[kept])
    if not firsts:
        none = np.empty(0, dtype=int)
        return none, none, np.empty(0)
    return np.concatenate(firsts), np.concatenate(seconds), np.concatenate(similarities)


def _weightiest(vectors: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return a mark for each of an article's weightiest terms; of two that weigh the same, the first in the alphabet."""
    columns, lengths = [], []
    for start, end in zip(vectors.indptr[:-1], vectors.indptr[1:], strict=True):
        terms, weights = vectors.indices[start:end], vectors.data[start:end]
        best = np.lexsort((terms, -weights))[:_KEYS]
        columns.append(np.sort(terms[best]))
        lengths.append(len(best))
    indices = np.concatenate(columns) if columns else np.empty(0, dtype=int)
    marks = np.ones(len(indices), dtype=np.int32)
    return sparse.csr_matrix((marks, indices, np.concatenate([[0], np.cumsum(lengths)])), shape=vectors.shape)


def _sharing(keys: sparse.csr_matrix, since: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield, some at a time, the pairs of rows that share terms, the first from `since` on, the second before the first."""
    having = np.bincount(keys.indices, minlength=keys.shape[1])
    telling = keys[:, np.flatnonzero((having >= 2) & (having <= _COMMON))]
    shared = (telling[since:] @ telling.T).tocoo()
    first, second = shared.row + since, shared.col
    kept = (shared.data >= _SHARED) & (second < first)
    first, second = first[kept], second[kept]
    for start in range(0, len(first), 20_000):
        yield first[start : start + 20_000], second[start : start + 20_000]


def clusters(
    vectors: sparse.csr_matrix, days: np.ndarray, given: Sequence[str], pairs: Pairs, threshold: float, window: float
) -> np.ndarray:
    """Return the number of each article's group.

    Two groups become one as long as their articles' mean similarity is at least the threshold. Articles that were given the
    same event are one from the start, those that were given different ones never are.
    """
    n = vectors.shape[0]
    told = np.array(given)
    labels, used = np.arange(n), n
    for members in _connected(n, pairs, told, threshold / 2):
        alike = similarities(vectors[members], days[members], window)
        distance = 1.0 - alike
        distance[alike == 0] = _NEVER
        mine = told[members]
        both = (mine != "")[:, None] & (mine != "")[None, :]
        distance[both] = np.where(mine[:, None] == mine[None, :], 0.0, _NEVER)[both]
        np.fill_diagonal(distance, 0.0)
        tree = linkage(squareform(distance, checks=False), "average")
        labels[members] = used + fcluster(tree, 1.0 - threshold, "distance")
        used += len(members)
    return labels


def similarities(vectors: sparse.csr_matrix, days: np.ndarray, window: float) -> np.ndarray:
    """Return the similarity of each article to each, an array of shape (n, n); just above 0 at least within the window."""
    alike = np.clip((vectors @ vectors.T).toarray().astype(float), 1e-9, 1.0)
    near = faded(alike, days[:, None], days[None, :], window)
    return (near + near.T) / 2


def _connected(n: int, pairs: Pairs, told: np.ndarray, floor: float) -> Iterator[np.ndarray]:
    """Yield the articles that pairs connect, in groups of two and more; a huge group is parted at its weaker links."""
    first, second, alike = pairs
    links = [(first, second)]
    for event in sorted(set(told.tolist()) - {""}):
        same = np.flatnonzero(told == event)
        links.append((same[:-1], same[1:]))
        alike = np.concatenate([alike, np.full(len(same) - 1, np.inf)])
    first, second = (np.concatenate(ends) for ends in zip(*links, strict=True))
    strong = alike >= floor
    first, second, alike = first[strong], second[strong], alike[strong]
    graph = sparse.coo_matrix((np.ones(len(first)), (first, second)), shape=(n, n))
    labels = connected_components(graph, directed=False)[1]
    members = np.argsort(labels, kind="stable")
    sizes = np.bincount(labels)
    for group in np.split(members, np.cumsum(sizes)[:-1]):
        if len(group) > _WHOLE and floor < 1:
            number = np.full(n, -1)
            number[group] = np.arange(len(group))
            inside = np.isfinite(alike) & (number[first] >= 0)
            inner = (number[first[inside]], number[second[inside]], alike[inside])
            yield from (group[g] for g in _connected(len(group), inner, told[group], floor + 0.03))
        elif len(group) > 1:
            yield group
