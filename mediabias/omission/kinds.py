"""What the events of a corpus are about: topics, actors, size."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer

from mediabias.article import Article
from mediabias.corpus import Corpus
from mediabias.errors import TableError

#: Two capitalised words and more, none at the head of a sentence: a person or a body.
FULL_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-zA-ZÀ-ÿ’'-]+(?: [A-Z][a-zA-ZÀ-ÿ’'-]+)+")


def event_kinds(
    corpus: Corpus, *, topics: int = 8, actors: int = 10, least: float = 0.05, seed: int = 0
) -> pd.DataFrame:
    """Describe the events of a corpus by topic, by the actors that they are about, and by size.

    Parameters
    ----------
    corpus : Corpus
        With events.
    topics : int
        Number of topics (non-negative matrix factorisation of the events' TF-IDF); an event belongs to its weightiest. Fewer
        where there are fewer events.
    actors : int
        The names that most events mention; an event belongs to each that half of its articles mention.
    least : float
        A topic or a name of a smaller share of the events is left out.
    seed : int
        Of the factorisation.

    Returns
    -------
    DataFrame
        One row an event and kind: event, kind (``topic: dam, flood, valley``, ``actor: Ana Dole``, ``size: large``). An event
        is large when more outlets than the median cover it.

    Raises
    ------
    TableError
        When no article has an event.

    References
    ----------
    Lee, D. and Seung, H. (1999). Learning the parts of objects by non-negative matrix factorization.
    https://doi.org/10.1038/44565
    """
    by_event: dict[str, list[Article]] = {}
    for a in corpus:
        if a.event:
            by_event.setdefault(a.event, []).append(a)
    if not by_event:
        raise TableError("no article has an event; run mb.group first")
    events = sorted(by_event)
    rows = [*_topics(by_event, events, topics, least, seed), *_actors(by_event, events, actors, least)]
    outlets = {e: len({a.outlet for a in by_event[e]}) for e in events}
    middle = float(np.median(list(outlets.values())))
    rows += [(e, "size: large" if outlets[e] > middle else "size: small") for e in events]
    return pd.DataFrame(sorted(set(rows)), columns=["event", "kind"])


def _topics(
    by_event: Mapping[str, Sequence[Article]], events: Sequence[str], topics: int, least: float, seed: int
) -> list[tuple[str, str]]:
    texts = [" ".join(a.zone_text() for a in by_event[e]) for e in events]
    # A word of a single event or of most of them makes no topic.
    counted = TfidfVectorizer(
        stop_words="english", sublinear_tf=True, min_df=min(2, len(texts)), max_df=0.5 if len(texts) > 3 else 1.0,
        token_pattern=r"\b[^\W\d_]{4,}\b",
    )  # fmt: skip
    try:
        matrix = counted.fit_transform(texts)
    except ValueError:  # too few words in common
        return []
    k = min(topics, max(1, len(events) // 3), min(matrix.shape))
    model = NMF(k, init="nndsvd", random_state=seed, max_iter=400)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        weights = model.fit_transform(matrix)
    words = counted.get_feature_names_out()
    names = ["topic: " + ", ".join(words[np.argsort(-row, kind="stable")[:3]]) for row in model.components_]
    best = weights.argmax(axis=1)
    sizes = np.bincount(best, minlength=k)
    return [(e, names[b]) for e, b in zip(events, best.tolist(), strict=True) if sizes[b] >= least * len(events)]


def _actors(
    by_event: Mapping[str, Sequence[Article]], events: Sequence[str], actors: int, least: float
) -> list[tuple[str, str]]:
    """Return the names that at least half of an event's articles mention, of those that most events mention."""
    spelled: dict[str, Counter[str]] = {}
    having: dict[str, set[str]] = {}
    for event in events:
        counts: Counter[str] = Counter()
        for article in by_event[event]:
            here = {m[0] for m in FULL_NAME.finditer(article.zone_text("standfirst", "body"))}
            for name in here:
                spelled.setdefault(name.casefold(), Counter())[name] += 1
            counts.update({name.casefold() for name in here})
        for key, n in counts.items():
            if n * 2 >= len(by_event[event]):
                having.setdefault(key, set()).add(event)
    chosen = sorted(having, key=lambda k: (-len(having[k]), k))[:actors]
    return [
        (event, f"actor: {max(sorted(spelled[key].items()), key=lambda s: s[1])[0]}")
        for key in chosen
        if len(having[key]) >= max(2, least * len(events))
        for event in having[key]
    ]
