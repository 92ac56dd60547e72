"""Copies and agency stories: which articles are one story, and which passages come from where.

Near duplicates are looked for among all articles by MinHash signatures (Broder 1997), copies and shared passages within each
event too, by the words themselves. Words in quotation marks are no evidence: several outlets quote one press release.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

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
_LEAST, _OWN = 12, 8
#: MinHash: signatures of so many permutations, candidates from this similarity (Jaccard) on.
_PERMUTATIONS, _NEAR, _SEED = 64, 0.4, 1
_QUOTED = re.compile(r"“[^”\n]{1,800}[”\n]|(?<!\w)\"[^\"\n]{1,800}(?:\"|\n)|«[^»\n]{1,800}»")


@dataclass(frozen=True)
class Story:
    """The words of an article's body, with their places, and which of them are somebody's quoted."""

    article: Article

    @cached_property
    def words(self) -> list[tuple[str, int, int, bool]]:
        """Word, start, end, whether it is quoted."""
        text = self.article.text
        out = []
        for span in self.article.spans(("body",)):
            quoted = [m.span() for m in _QUOTED.finditer(text, span.start, span.end)]
            for m in WORD.finditer(text, span.start, span.end):
                inside = any(s <= m.start() < e for s, e in quoted)
                out.append((m[0].casefold().replace("’", "'"), m.start(), m.end(), inside))
        return out

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Runs of five words, none of them quoted."""
        words = self.words
        runs = (words[i : i + SHINGLE] for i in range(len(words) - SHINGLE + 1))
        return frozenset(tuple(w[0] for w in run) for run in runs if not any(w[3] for w in run))


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
    stories = {a.article_id: Story(a) for a in corpus}
    agencies = {o.name for o in outlets.rows if o.agency}
    rank = {article_id: n for n, article_id in enumerate(_ordered(table, agencies))}
    copy_of = dict(zip(table["article_id"], table["copy_of"], strict=True))
    passages: dict[str, list[Passage]] = {}
    for first, second in _compared(table, stories, rank):
        origin, story = stories[first], stories[second]
        shared = len(story.shingles & origin.shingles)
        if shared >= share * len(story.shingles) and len(story.shingles) >= _FEW and not copy_of[second]:
            copy_of[second] = copy_of[first] or first
        if shared >= _OWN:
            passages.setdefault(second, []).extend(_shared(origin, story, agencies))
    return copy_of, {article_id: _apart(passages.get(article_id, [])) for article_id in stories}


def _ordered(table: pd.DataFrame, agencies: set[str]) -> list[str]:
    """Return the ids, the likely origins first."""
    order = table.assign(
        own=~table["outlet"].isin(agencies), credited=table["wire"] != "", undated=table["published"] == ""
    )
    return order.sort_values(["own", "credited", "undated", "published", "article_id"])["article_id"].tolist()


def _compared(table: pd.DataFrame, stories: dict[str, Story], rank: dict[str, int]) -> list[tuple[str, str]]:
    """Return the pairs that may share text, the likelier origin first."""
    pairs = {frozenset(p) for p in _near_duplicates(stories)}
    for _, ids in table.groupby("event", sort=True)["article_id"]:
        if len(ids) <= 200:  # larger ones are left to the signatures
            pairs.update(frozenset(p) for p in combinations(ids, 2))
    ordered = [tuple(sorted(p, key=rank.__getitem__)) for p in pairs]
    return sorted(((a, b) for a, b in ordered), key=lambda p: (rank[p[1]], rank[p[0]]))


def _near_duplicates(stories: dict[str, Story]) -> Iterator[tuple[str, str]]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=_NEAR, num_perm=_PERMUTATIONS)
    for article_id, story in stories.items():
        if len(story.shingles) < _FEW:
            continue
        signature = MinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        signature.update_batch([" ".join(s).encode("utf8", "surrogatepass") for s in story.shingles])
        yield from ((other, article_id) for other in index.query(signature))
        index.insert(article_id, signature, check_duplication=False)


def _shared(origin: Story, story: Story, agencies: set[str]) -> Iterator[Passage]:
    """Yield the passages of an article that stand in its origin too, and are more than a quotation."""
    wire = origin.article.outlet if origin.article.outlet in agencies else ""
    wire = wire or (origin.article.wire or story.article.wire).split(";")[0].strip()
    for mine, theirs, n in tiles([w[0] for w in story.words], [w[0] for w in origin.words], _LEAST):
        run, source = story.words[mine : mine + n], origin.words[theirs : theirs + n]
        if sum(not quoted for *_, quoted in run) >= _OWN:
            yield Passage(
                run[0][1], run[-1][2], origin.article.article_id, source[0][1], source[-1][2], n, wire
            )  # fmt: skip


def _apart(found: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return the passages without those that lie within an earlier origin's; the first found is the likelier origin's."""
    out: list[Passage] = []
    for passage in found:
        if not any(p.start < passage.end and passage.start < p.end for p in out):
            out.append(passage)
    return tuple(sorted(out, key=lambda p: p.start))
