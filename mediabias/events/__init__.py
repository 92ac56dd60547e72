"""Which articles cover the same event, and which of them are copies of one story.

`group` fills ``event`` and ``copy_of``; `grouped` says besides how sure each event is. What is alike stands in
`likeness`, how articles become groups in `groups`, what a user changes by hand in `changes`, copies in `copies`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mediabias.article import Passage
from mediabias.csvs import csv_text
from mediabias.events.changes import FILE as CHANGES
from mediabias.events.changes import Changes
from mediabias.events.copies import copies_of
from mediabias.events.groups import Pairs, clusters, similar_pairs
from mediabias.events.likeness import days_of, vectors
from mediabias.outlets import Outlets, load
from mediabias.tables import ASSIGNMENTS, write_whole

__all__ = ["CHANGES", "Grouped", "group", "grouped"]

if TYPE_CHECKING:
    from mediabias.corpus import Corpus

#: Log-odds that an article is of one event with others: slope, and the mean similarity at which it is as likely as not.
#: Fitted to BASIL's odd years: each article with its own event and with each other one of the same days.
_SLOPE, _EVEN = 70.0, 0.162


@dataclass(frozen=True)
class Grouped:
    """A corpus with its events, and how sure they are.

    `assignments` has a row an article: article_id, event, articles (how many the event has), similarity (mean, to the others
    of the event), nearest (of the other events, the one with the most similar article), nearest_similarity, confidence (that
    the article is of one event with the others; for one that is alone, that it is) and given (by a user).
    """

    corpus: Corpus
    assignments: pd.DataFrame

    def save(self, folder: str | Path) -> None:
        """Write the corpus, and the assignments as a CSV beside it."""
        self.corpus.save(folder)
        write_whole(Path(folder) / ASSIGNMENTS, csv_text(self.assignments))


def group(
    corpus: Corpus,
    *,
    threshold: float | None = None,
    window_days: float | None = None,
    copy_share: float | None = None,
    changes: str | Path | None = None,
) -> Corpus:
    """Return the corpus with the columns ``event`` and ``copy_of`` filled where they were empty; `grouped` says more."""
    return grouped(
        corpus, threshold=threshold, window_days=window_days, copy_share=copy_share, changes=changes
    ).corpus  # fmt: skip


def grouped(
    corpus: Corpus,
    *,
    threshold: float | None = None,
    window_days: float | None = None,
    copy_share: float | None = None,
    changes: str | Path | None = None,
) -> Grouped:
    """Group the articles that cover the same event, and mark copies.

    Similarity is that of TF-IDF vectors of words, names, numbers and openings, less by 5% for each day between. Two groups of
    articles become one event as long as the mean over their pairs is at least the threshold (average linkage). The order of
    the articles changes nothing.

    Parameters
    ----------
    corpus : Corpus
        Articles; an event that they have is kept and takes in what is like it, and so are `copy_of` and `wire` kept; a copy of
        an agency's story that credits nobody gets the agency as its `wire`. So a stream is
        grouped: the corpus of yesterday with its events, and the new articles without.
    threshold : float, optional
        Mean similarity, between 0 and 1, from which two groups of articles are one event; 0.16 by default, chosen on BASIL's
        odd years (50 events of three outlets).
    window_days : float, optional
        Articles published further apart than this are never one event; 7 by default. An unknown date counts as four days
        off.
    copy_share : float, optional
        Share of an article's five-word shingles that another article of the event holds, from which it is a copy; a half
        by default.
    changes : path, optional
        A CSV of what you know better, applied after grouping: see `Changes`.

    Returns
    -------
    Grouped
        A new corpus, with the choices in its settings, and how sure each assignment is. Events are named after the headline
        of their first article.

    Raises
    ------
    TableError
        When `changes` can't be used.

    References
    ----------
    Allan, J., Carbonell, J., Doddington, G., Yamron, J. and Yang, Y. (1998). Topic detection and tracking pilot study.
    Proceedings of the DARPA Broadcast News Transcription and Understanding Workshop.
    """
    settings = corpus.settings.changed(
        threshold=threshold,
        window_days=window_days,
        copy_share=copy_share,
        event_changes=str(changes) if changes else None,
    )
    table = corpus.articles.sort_values("article_id", ignore_index=True)
    edits = Changes.load(settings.event_changes) if settings.event_changes else Changes()
    given = edits.pinned(table)
    made, days = vectors([corpus[i] for i in table["article_id"]]), days_of(table["published"])
    pairs = similar_pairs(made, days, settings.window_days, settings.threshold / 2)
    labels = clusters(made, days, given, pairs, settings.threshold, settings.window_days)
    names = edits.applied(_named(table, labels, given, pairs), table)
    ids = table["article_id"]
    event_of = dict(zip(ids, names, strict=True))
    copy_of, passages = copies_of(corpus, table.assign(event=names), settings.copy_share, _known(settings.outlets))
    filled = [
        a.replace(
            event=event_of[i],
            copy_of=copy_of[i],
            passages=passages[i],
            wire=a.wire or _uncredited(passages[i], copy_of[i]),
        )
        for a in corpus
        for i in (a.article_id,)
    ]
    sure = _assignments(ids, names, given, pairs)
    return Grouped(corpus.with_articles(filled, settings), sure)


def _uncredited(passages: Iterable[Passage], copy_of: str) -> str:
    """Return the agency whose story an article is a copy of without saying so."""
    agencies = [p.wire for p in passages if p.wire] if copy_of else []
    return max(sorted(set(agencies)), key=agencies.count, default="")


def _known(path: str) -> Outlets:
    """Return the outlets that the corpus was read with; the package's own where the user's table is gone."""
    return load(path if path and Path(path).is_file() else None)


def _named(table: pd.DataFrame, labels: np.ndarray, given: Sequence[str], pairs: Pairs) -> list[str]:
    """Return the event of each article: what a user gave, what a user gave to articles of the same group, or a new name."""
    names = _names(table, labels, set(given))
    told: dict[int, set[str]] = {}
    for label, event in zip(labels.tolist(), given, strict=True):
        told.setdefault(label, set()).update({event} - {""})
    return [g or min(told[k], default="") or names[k] for k, g in zip(labels.tolist(), given, strict=True)]


def _names(table: pd.DataFrame, labels: np.ndarray, taken: set[str]) -> dict[int, str]:
    """Name each group after the headline of its first article, apart from all names that are taken."""
    names: dict[int, str] = {}
    taken, numbers = set(taken), dict[str, int]()
    for title, article_id, label in zip(table["title"], table["article_id"], labels.tolist(), strict=True):
        if label in names:
            continue
        name = base = _slug(str(title)) or f"event-{article_id}"
        while name in taken:
            numbers[base] = numbers.get(base, 1) + 1
            name = f"{base}-{numbers[base]}"
        taken.add(name)
        names[label] = name
    return names


def _slug(title: str) -> str:
    return "-".join(re.findall(r"\w+", title.lower())[:6])


def _assignments(ids: pd.Series, names: list[str], given: Sequence[str], pairs: Pairs) -> pd.DataFrame:
    """Return how sure each article's event is, from the similar pairs; a pair that is not among them counts as 0."""
    events = np.array(names)
    number = pd.factorize(events)[0]
    sizes = np.bincount(number)[number]
    first, second = np.concatenate([pairs[0], pairs[1]]), np.concatenate([pairs[1], pairs[0]])
    alike = np.concatenate([pairs[2], pairs[2]])
    inside = number[first] == number[second]
    within = np.bincount(first[inside], alike[inside], len(ids)) / np.maximum(sizes - 1, 1)
    outside = pd.DataFrame({"article": first[~inside], "nearest": events[second[~inside]], "alike": alike[~inside]})
    outside = (
        outside.sort_values(["article", "alike", "nearest"], ascending=[True, False, True]).groupby("article").first()
    )
    outside = outside.reindex(range(len(ids)))
    near = outside["alike"].fillna(0.0).to_numpy()
    likely = _likely(np.where(sizes > 1, within, near))
    return pd.DataFrame(
        {
            "article_id": ids, "event": names, "articles": sizes, "similarity": within.round(4),
            "nearest": outside["nearest"].fillna("").to_numpy(), "nearest_similarity": near.round(4),
            "confidence": np.where(sizes > 1, likely, 1 - likely).round(3), "given": [bool(g) for g in given],
        }
    )  # fmt: skip


def _likely(similarity: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-_SLOPE * (similarity - _EVEN)))
