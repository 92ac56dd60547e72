"""Which articles cover the same event, and which of them are copies of one story.

Grouping is average-linkage clustering of TF-IDF vectors under a cosine distance, within a time window; copies are
found by the containment of word shingles (Broder 1997). Both are deterministic whatever the order of the articles.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

if TYPE_CHECKING:
    from mediabias.corpus import Corpus

SHINGLE = 5
#: A distance that no mean over a group makes up for: two articles so far apart are never one event.
_NEVER = 1e6


def group(
    corpus: Corpus,
    *,
    threshold: float | None = None,
    window_days: float | None = None,
    copy_share: float | None = None,
) -> Corpus:
    """Return the corpus with the columns ``event`` and ``copy_of`` filled where they were empty.

    Parameters
    ----------
    corpus : Corpus
        Articles; an event that a user gave is kept and takes in what is like it, and so is `copy_of` kept.
    threshold : float, optional
        Mean cosine similarity, between 0 and 1, from which two groups of articles are one event. On 50 news events of
        three outlets each (BASIL, odd years) the default, 0.12, has nearly the best B-cubed F1 that there is.
    window_days : float, optional
        Articles published further apart than this are never one event; 7 by default. Unknown dates are no obstacle.
    copy_share : float, optional
        Share of an article's five-word shingles that another article of the event holds, from which it is a copy; a half
        by default.

    Returns
    -------
    Corpus
        A new corpus, with the choices in its settings. Events are named after the headline of their first article.

    References
    ----------
    Broder, A. (1997). On the resemblance and containment of documents. https://doi.org/10.1109/SEQUEN.1997.666900
    """
    settings = corpus.settings.changed(threshold=threshold, window_days=window_days, copy_share=copy_share)
    table = corpus.articles.sort_values("article_id")
    texts = [corpus[i].zone_text() for i in table["article_id"]]
    names = _events(table, texts, settings.threshold, timedelta(days=settings.window_days))
    copies = _copies(table.assign(event=names), texts, settings.copy_share)
    filled = corpus.with_columns(event=dict(zip(table["article_id"], names, strict=True)), copy_of=copies)
    return filled.with_articles(filled, settings)


def similarity(texts: list[str]) -> np.ndarray:
    """Return the cosine similarity of the texts' TF-IDF vectors, an array of shape (n, n).

    Examples
    --------
    >>> similarity(["a storm hit the port", "the port was hit by a storm", "taxes rise"]).round(1)[0].tolist()
    [1.0, 1.0, 0.0]
    """
    if not any(re.search(r"\w\w", t) for t in texts):
        return np.eye(len(texts))
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english", token_pattern=r"\b\w\w+\b").fit_transform(texts)
    return (vectors @ vectors.T).toarray()


def _events(table: pd.DataFrame, texts: list[str], threshold: float, window: timedelta) -> list[str]:
    n = len(texts)
    given = [str(e) for e in table["event"]]
    labels = np.arange(n)
    like = np.eye(n)
    if n > 1:
        like = similarity(texts)
        distance = 1 - like
        distance[_apart(table["published"], window)] = _NEVER
        told = np.array([bool(e) for e in given])
        same = np.array(given)[:, None] == np.array(given)[None, :]
        both = told[:, None] & told[None, :]
        # What a user says is certain: one event is one point, two events are as far apart as can be.
        distance[both] = np.where(same, 0.0, _NEVER)[both]
        np.fill_diagonal(distance, 0.0)
        distance = np.clip((distance + distance.T) / 2, 0.0, _NEVER)
        labels = fcluster(linkage(squareform(distance, checks=False), "average"), 1 - threshold, "distance")
    names = _names(table, labels, set(given))
    return [given[i] or _told(i, labels, given, like) or names[int(labels[i])] for i in range(n)]


def _apart(published: pd.Series, window: timedelta) -> np.ndarray:
    """Mark the pairs that were published too far apart; an unknown date is apart from none."""
    dates = pd.to_datetime(published, utc=True, errors="coerce", format="ISO8601").dt.tz_localize(None)
    hours = dates.to_numpy("datetime64[s]")
    known = ~np.isnat(hours)
    far = np.abs(hours[:, None] - hours[None, :]) > np.timedelta64(window)
    out: np.ndarray = far & known[:, None] & known[None, :]
    return out


def _told(i: int, labels: np.ndarray, given: list[str], like: np.ndarray) -> str:
    """Return the event that a user gave to articles of the same group, the most similar where there are several."""
    events: dict[str, list[float]] = {}
    for k in np.flatnonzero(labels == labels[i]).tolist():
        if given[k]:
            events.setdefault(given[k], []).append(float(like[i, k]))
    return max(events, key=lambda e: (np.mean(events[e]), e), default="")


def _names(table: pd.DataFrame, labels: np.ndarray, taken: set[str]) -> dict[int, str]:
    """Name each group after the headline of its first article, apart from all names that are taken."""
    names: dict[int, str] = {}
    for title, article_id, label in zip(table["title"], table["article_id"], labels, strict=True):
        if int(label) in names:
            continue
        name = base = _slug(str(title)) or f"event-{article_id}"
        number = 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken = {*taken, name}
        names[int(label)] = name
    return names


def _slug(title: str) -> str:
    return "-".join(re.findall(r"\w+", title.lower())[:6])


def _copies(table: pd.DataFrame, texts: list[str], share: float) -> dict[str, str]:
    """Return for each article the one it copies: the agency's own, else the one published first."""
    shingles = CountVectorizer(ngram_range=(SHINGLE, SHINGLE), binary=True, token_pattern=r"\b\w+\b")
    out = dict(zip(table["article_id"], table["copy_of"], strict=True))
    rows = table.reset_index(drop=True)
    if not any(len(t.split()) >= SHINGLE for t in texts):
        return out
    matrix = shingles.fit_transform(texts).astype(np.int32)
    sizes = np.asarray(matrix.sum(axis=1)).ravel()
    for _, members in rows.groupby("event", sort=True):
        order = members.assign(credited=members["wire"] != "").sort_values(["credited", "published", "article_id"])
        shared = (matrix[order.index] @ matrix[order.index].T).toarray()
        for b in range(1, len(order)):
            smaller = np.minimum(sizes[order.index[b]], sizes[order.index[:b]])
            found = np.flatnonzero((smaller >= 20) & (shared[b, :b] >= share * np.maximum(smaller, 1)))
            article = order["article_id"].iloc[b]
            if found.size and not out[article]:
                origin = order["article_id"].iloc[int(found[0])]
                out[article] = out[origin] or origin
    return out
