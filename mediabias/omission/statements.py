"""Which statements the outlets on an event print, and which of them one outlet leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from mediabias.article import Article
from mediabias.errors import TableError
from mediabias.omission.likeness import Sentence, compare_sentences
from mediabias.validation.units import sentences as sentences_of

COLUMNS = ("event", "statement", "text", "outlet", "printed", "others", "of", "only_here", "evidence")
#: A sentence of fewer words is hardly a statement.
_LEAST_WORDS = 6
#: The largest group of linked sentences that is clustered as a whole; larger ones are cut at their weaker links first.
_WHOLE = 1500


def statements(
    articles: Iterable[Article],
    event: str | None = None,
    *,
    threshold: float = 0.5,
    zones: Sequence[str] = ("body",),
    copies: str = "collapse",
) -> pd.DataFrame:
    """Group the sentences of each event by what they state, and say which outlets print each statement.

    Parameters
    ----------
    articles : iterable of Article
        With outlets and events. The articles of one outlet on an event are taken together. An event that a single outlet
        covers has no rows.
    event : str, optional
        Only this event; by default every one.
    threshold : float
        Mean probability, between 0 and 1, that two groups of sentences make the same statement, from which they become one
        (average linkage).
    zones : sequence of str
        Where sentences are read.
    copies : {"collapse", "keep"}
        Whether an outlet that has nothing but copies of others' stories counts among those that print a statement.

    Returns
    -------
    DataFrame
        One row a statement and an outlet: event, statement (its number in the event, the most printed first), text (the
        sentence nearest to all others of the statement), outlet, printed (bool), others (number of other outlets that print
        it), of (number of other outlets), only_here (bool), evidence (list of ``[article_id, start, end]``: where the outlet
        prints it or, where it does not, where the others do).

    Raises
    ------
    TableError
        When there is no article of `event`, or when `copies` is unknown.

    Notes
    -----
    The probability is that of a logistic regression over word, name and number overlap, trained on pairs of sentences of
    real news that two coders judged (`mediabias.omission.train`). What no sentence of the event is like is a statement
    that one outlet alone prints.

    Examples
    --------
    >>> def article(outlet, text):
    ...     return Article.from_text(text, outlet.lower(), outlet=outlet, event="dam")
    >>> found = statements([
    ...     article("Post", "The dam above Vell broke on Monday night. Nobody was hurt in the flood at all."),
    ...     article("Echo", "On Monday night the dam above Vell broke."),
    ... ])
    >>> found[["statement", "outlet", "printed"]].values.tolist()
    [[0, 'Echo', True], [0, 'Post', True], [1, 'Echo', False], [1, 'Post', True]]
    """
    if copies not in ("collapse", "keep"):
        raise TableError(f"copies={copies!r}: one of 'collapse', 'keep'")
    events: dict[str, list[Article]] = {}
    for a in articles:
        if a.event and (event is None or a.event == event):
            events.setdefault(a.event, []).append(a)
    if event is not None and not events:
        raise TableError(f"no article of the event {event!r}; corpus.articles['event'] lists those that there are")
    rows = [row for name in sorted(events) for row in _event_rows(name, events[name], threshold, zones, copies)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _event_rows(
    event: str, articles: Sequence[Article], threshold: float, zones: Sequence[str], copies: str
) -> Iterable[tuple[object, ...]]:
    outlets = sorted({a.outlet for a in articles if a.outlet})
    counting = outlets if copies == "keep" else sorted({a.outlet for a in articles if a.outlet and not a.copy_of})
    if len(outlets) < 2:
        return
    units = event_sentences(articles, zones)
    labels, middle = group_sentences(units, threshold)
    members: dict[int, list[int]] = {}
    for i, label in enumerate(labels.tolist()):
        members.setdefault(label, []).append(i)
    groups = [(sorted({units[i].outlet for i in group}), group) for group in members.values()]
    groups.sort(key=lambda g: (-len(g[0]), units[g[1][0]].article_id, units[g[1][0]].start))
    for number, (having, group) in enumerate(groups):
        text = units[max(group, key=lambda i: (middle[i], -i))].text
        for outlet in outlets:
            printed = outlet in having
            others = [o for o in counting if o != outlet]
            also = [o for o in others if o in having]
            shown = [i for i in group if not printed or units[i].outlet == outlet]
            evidence = [[units[i].article_id, units[i].start, units[i].end] for i in shown]
            yield event, number, text, outlet, printed, len(also), len(others), printed and not also, evidence


def event_sentences(articles: Iterable[Article], zones: Sequence[str] = ("body",)) -> list[Sentence]:
    """Return the sentences of articles that are long enough to state something, in the order of the articles' ids."""
    out = []
    for a in sorted(articles, key=lambda a: a.article_id):
        for span in sentences_of(a, zones):
            text = " ".join(span.of(a.text).split())
            if a.outlet and len(text.split()) >= _LEAST_WORDS:
                out.append(Sentence(a.article_id, a.outlet, span.start, span.end, text))
    return out


def group_sentences(units: Sequence[Sentence], threshold: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of each sentence's statement, and how near each is to the others of its statement."""
    n = len(units)
    pairs = compare_sentences(units)
    likely = pairs.probabilities() if len(pairs.first) else np.empty(0)
    labels, middle = np.arange(n), np.zeros(n)
    used = n
    for group, inner in _linked(n, pairs.first, pairs.second, likely, threshold / 2):
        if len(group) < 2:
            continue
        tree = linkage(squareform(1.0 - inner, checks=False), "average")
        labels[group] = used + fcluster(tree, 1.0 - threshold, "distance")
        same = labels[group][:, None] == labels[group][None, :]
        middle[group] = (inner * same).sum(axis=1)
        used += len(group) + 1
    return labels, middle


def _linked(
    n: int, first: np.ndarray, second: np.ndarray, likely: np.ndarray, floor: float
) -> Iterable[tuple[np.ndarray, np.ndarray]]:
    """Yield the sentences that links of at least `floor` connect, with the matrix of their probabilities."""
    strong = likely >= floor
    graph = sparse.coo_matrix((np.ones(int(strong.sum())), (first[strong], second[strong])), shape=(n, n))
    label = connected_components(graph, directed=False)[1]
    whole = sparse.csr_matrix((likely, (first, second)), shape=(n, n))
    order = np.argsort(label, kind="stable")
    for group in np.split(order, np.cumsum(np.bincount(label))[:-1]):
        if len(group) > _WHOLE and floor < 0.95:
            inner = whole[group][:, group].tocoo()
            for part, matrix in _linked(len(group), inner.row, inner.col, inner.data, floor + 0.05):
                yield group[part], matrix
            continue
        matrix = whole[group][:, group].toarray()
        matrix = matrix + matrix.T
        np.fill_diagonal(matrix, 1.0)
        yield group, matrix


def count_statements(table: pd.DataFrame) -> pd.DataFrame:
    """Count statements by event and outlet, for `mediabias.compare` and for figures.

    Parameters
    ----------
    table : DataFrame
        As from `statements`.

    Returns
    -------
    DataFrame
        One row an event and outlet: event, outlet, shared (statements that at least half of the other outlets print),
        shared_printed (of these, printed by the outlet), share_printed, own (statements that it prints), own_alone (of
        these, printed by nobody else), share_alone. Shares are missing where nothing is counted.

    Examples
    --------
    >>> table = pd.DataFrame({"event": ["e"] * 2, "statement": [0, 0], "outlet": ["Echo", "Post"], "printed": [True, False],
    ...                       "others": [0, 1], "of": [1, 1], "only_here": [True, False]})
    >>> count_statements(table)[["outlet", "shared", "share_printed", "share_alone"]].values.tolist()
    [['Echo', 0, nan, 1.0], ['Post', 1, 0.0, nan]]
    """
    shared = (table["of"] > 0) & (table["others"] >= (table["of"] / 2).clip(lower=1))
    counted = pd.DataFrame(
        {
            "event": table["event"],
            "outlet": table["outlet"],
            "shared": shared,
            "shared_printed": shared & table["printed"].astype(bool),
            "own": table["printed"].astype(bool),
            "own_alone": table["only_here"].astype(bool),
        }
    )
    out = counted.groupby(["event", "outlet"], as_index=False).sum()
    out["share_printed"] = out["shared_printed"] / out["shared"].where(out["shared"] > 0)
    out["share_alone"] = out["own_alone"] / out["own"].where(out["own"] > 0)
    return out
