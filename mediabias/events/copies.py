"""Copies and agency stories: which articles are one story, and which passages come from where.

Near duplicates are looked for among all articles by MinHash signatures (Broder 1997), copies and shared passages within each
event too, by the words themselves. Words in quotation marks are no evidence: several outlets quote one press release.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mediabias.article import WORD, Article, Passage
from mediabias.events.tiling import tiles
from mediabias.outlets import Outlets

if TYPE_CHECKING:
    from mediabias.corpus import Corpus

SHINGLE = 5
#: An article with fewer shingles of its own words is never called a copy.
_FEW = 20
#: A shared passage has at least so many words, and so many of them outside of quotation marks.
SHARED, _OWN = 12, 8
#: MinHash: signatures of so many permutations, candidates from this similarity (Jaccard) on.
_PERMUTATIONS, _NEAR, _SEED = 64, 0.4, 1
#: Articles whose words are kept at hand while pairs are compared.
_KEPT = 500
_PRIME = np.uint64(1_000_003)
_QUOTED = re.compile(r"“[^”\n]{1,800}[”\n]|(?<!\w)\"[^\"\n]{1,800}(?:\"|\n)|«[^»\n]{1,800}»")


#: A word of an article's body: as it is compared, where it begins and ends, whether it is quoted.
Word = tuple[str, int, int, bool]


#: The words of a body, and how many of them there are up to the end of each paragraph.
Story = tuple[list[Word], list[int]]


def body_words(article: Article) -> Story:
    """Return the words of an article's body, and how many there are up to the end of each of its blocks.

    Examples
    --------
    >>> body_words(Article.from_text("It’s “raining”."))
    ([("it's", 0, 4, False), ('raining', 6, 13, True)], [2])
    """
    text = article.text
    out: list[Word] = []
    ends = []
    for span in article.spans(("body",)):
        quoted = [m.span() for m in _QUOTED.finditer(text, span.start, span.end)]
        for m in WORD.finditer(text, span.start, span.end):
            inside = any(s <= m.start() < e for s, e in quoted)
            out.append((m[0].casefold().replace("’", "'"), m.start(), m.end(), inside))
        ends.append(len(out))
    return out, ends


def shingles(words: list[Word]) -> np.ndarray:
    """Return a number for each run of five words of which none is quoted, sorted, each once; equal runs have equal numbers."""
    hashed = pd.util.hash_array(np.array([w[0] for w in words], dtype=object))
    if len(hashed) < SHINGLE:
        return np.empty(0, dtype=np.uint32)
    quoted = np.convolve([w[3] for w in words], np.ones(SHINGLE), "valid") > 0
    runs = np.zeros(len(hashed) - SHINGLE + 1, dtype=np.uint64)
    for k in range(SHINGLE):
        runs = runs * _PRIME + hashed[k : k + len(runs)]
    return np.unique((runs[~quoted] >> np.uint64(32)).astype(np.uint32))


def copies_of(
    corpus: Corpus, table: pd.DataFrame, share: float, outlets: Outlets
) -> tuple[dict[str, str], dict[str, tuple[Passage, ...]]]:
    """Return for each article the one it copies, and the passages that it shares with articles before it.

    Parameters
    ----------
    corpus : Corpus
        The articles.
    table : DataFrame
        The table ``articles``, with the events.
    share : float
        Share of an article's shingles that another holds, from which it is a copy.
    outlets : Outlets
        The outlets that are known, agencies among them.

    Returns
    -------
    copy_of : dict of str to str
        By article_id; empty for originals. A copy that was given is kept.
    passages : dict of str to tuple of Passage
        By article_id, in the order of the text. The origin is the agency's own article, else the one without an agency's
        credit, else the one published first, else the first by id.

    References
    ----------
    Broder, A. (1997). On the resemblance and containment of documents. https://doi.org/10.1109/SEQUEN.1997.666900
    """
    stories = {a.article_id: shingles(body_words(a)[0]) for a in corpus}
    words = lru_cache(_KEPT)(lambda article_id: body_words(corpus[article_id]))
    agencies = {o.name for o in outlets.rows if o.agency}
    rank = {article_id: n for n, article_id in enumerate(_ordered(table, agencies))}
    copy_of = dict(zip(table["article_id"], table["copy_of"], strict=True))
    passages: dict[str, list[Passage]] = {}
    for first, second in _compared(table, stories, rank):
        own = stories[second]
        shared = len(np.intersect1d(own, stories[first], assume_unique=True))
        if shared >= share * len(own) and len(own) >= _FEW and not copy_of[second]:
            copy_of[second] = copy_of[first] or first
        if shared >= _OWN:
            wire = _agency(corpus[first], agencies) or _agency(corpus[second], set())
            passages.setdefault(second, []).extend(
                Passage(run[0][1], run[-1][2], first, there[0][1], there[-1][2], len(run), wire)
                for run, there in shared_runs(words(second), words(first))
            )
    return copy_of, {article_id: _apart(passages.get(article_id, [])) for article_id in stories}


def _ordered(table: pd.DataFrame, agencies: set[str]) -> list[str]:
    """Return the ids, the likely origins first."""
    order = table.assign(
        own=~table["outlet"].isin(agencies), credited=table["wire"] != "", undated=table["published"] == ""
    )
    return order.sort_values(["own", "credited", "undated", "published", "article_id"])["article_id"].tolist()


def _compared(table: pd.DataFrame, stories: dict[str, np.ndarray], rank: dict[str, int]) -> list[tuple[str, str]]:
    """Return the pairs that may share text, the likelier origin first."""
    pairs = {frozenset(p) for p in _near_duplicates(stories)}
    for _, ids in table.groupby("event", sort=True)["article_id"]:
        if len(ids) <= 200:  # larger ones are left to the signatures
            pairs.update(frozenset(p) for p in combinations(ids, 2))
    ordered = [tuple(sorted(p, key=rank.__getitem__)) for p in pairs]
    return sorted(((a, b) for a, b in ordered), key=lambda p: (rank[p[1]], rank[p[0]]))


def _near_duplicates(stories: dict[str, np.ndarray]) -> Iterator[tuple[str, str]]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=_NEAR, num_perm=_PERMUTATIONS)
    for article_id, story in stories.items():
        if len(story) < _FEW:
            continue
        signature = MinHash(num_perm=_PERMUTATIONS, seed=_SEED, hashfunc=int)
        signature.update_batch(story)
        yield from ((other, article_id) for other in index.query(signature))
        index.insert(article_id, signature, check_duplication=False)


def _agency(article: Article, agencies: set[str]) -> str:
    """Return the agency whose text an article is: its outlet, or the first that it credits."""
    return article.outlet if article.outlet in agencies else article.wire.split(";")[0].strip()


def shared_runs(story: Story, origin: Story) -> Iterator[tuple[list[Word], list[Word]]]:
    """Yield the runs of words that two bodies share and that are more than a quotation, a paragraph of either at a time."""
    (mine, ends), (theirs, ends_there) = story, origin
    for i, j, n in tiles([w[0] for w in mine], [w[0] for w in theirs], SHARED):
        if sum(not quoted for *_, quoted in mine[i : i + n]) < _OWN:
            continue
        # A newsletter box between two paragraphs is no part of what they share.
        cuts = sorted({0, n, *(e - i for e in ends if i < e < i + n), *(e - j for e in ends_there if j < e < j + n)})
        for a, b in pairwise(cuts):
            if any(word.strip("_") for word, *_ in mine[i + a : i + b]):  # a rule is no text
                yield mine[i + a : i + b], theirs[j + a : j + b]


def _apart(found: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return the passages without those that lie within an earlier origin's; the first found is the likelier origin's."""
    out: list[Passage] = []
    for passage in found:
        if not any(p.start < passage.end and passage.start < p.end for p in out):
            out.append(passage)
    return tuple(sorted(out, key=lambda p: p.start))
