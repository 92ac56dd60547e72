"""Where outlets print the same quotation, and one of them cuts it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import pandas as pd

from mediabias.actors.shared import QUOTED
from mediabias.article import Article
from mediabias.errors import TableError

COLUMNS = (
    "event", "quotation", "outlet", "article_id", "start", "end", "text", "speaker", "longest", "kept", "cut", "left_out",
    "added", "fuller",
)  # fmt: skip
#: How an article's version differs from the longest that any outlet prints, the weightiest first.
KINDS = ("whole", "shortened", "fragment", "gap", "marked gap", "altered")
#: A quotation of fewer words says too little to be told from another.
_LEAST = 4
#: From this share of a quotation's runs of three words on, it is the same quotation.
_SAME = 0.5
#: A part of less than this share of the longest version is a fragment.
_FRAGMENT = 1 / 3
_WORD = re.compile(r"\[[^\]]*\]|\([^)]{1,40}\)|…|\.\.\.|(?:\. ){2}\.|\w+(?:[.’'\-]\w+)*")
_ELLIPSIS = re.compile(r"…|\.\.\.|(?:\. ){2}\.")


@dataclass(frozen=True)
class _Quote:
    """A stretch between quotation marks: where it stands, who says it, its words folded, with an ellipsis as a word."""

    article: Article
    start: int
    end: int
    speaker: str
    words: tuple[str, ...]

    @property
    def runs(self) -> frozenset[tuple[str, ...]]:
        bare = [w for w in self.words if w[0].isalnum()]
        return frozenset(tuple(bare[i : i + 3]) for i in range(len(bare) - 2))


def cut_quotations(articles: Iterable[Article]) -> pd.DataFrame:
    """Align the quotations that several outlets print, and say what each leaves out of the longest version.

    Parameters
    ----------
    articles : iterable of Article
        With outlets, events and attributions.

    Returns
    -------
    DataFrame
        One row a quotation and an article that prints it, the longest version first: event, quotation (number in the
        event), outlet, article_id, start, end (first to last quoted character), text, speaker, longest (bool), kept (share
        of the longest version's words, 0 to 1), cut (one of `KINDS`), left_out and added (lists of runs of words), fuller
        (``[article_id, start, end]`` of the longest version).

    Raises
    ------
    TableError
        When an article has no attributions: an engine has to run first.

    Notes
    -----
    The measure is the longest version that an outlet prints, not what was said. A gap is a run of words left out between
    two that are kept; it is marked where an ellipsis stands in its place or the quotation is interrupted there. Words in
    brackets, which outlets put in, count as neither kept nor added.

    Examples
    --------
    >>> def article(outlet, text):
    ...     return mb.attribute(mb.Article.from_text(text, outlet.lower(), outlet=outlet, event="dam"), engine="rules")
    >>> import mediabias as mb
    >>> found = cut_quotations([
    ...     article("Post", "“We will repair the old dam as soon as the money is there,” said Ana Dole."),
    ...     article("Echo", "“We will repair the old dam,” said Ana Dole."),
    ... ])
    >>> found[["outlet", "cut", "left_out"]].values.tolist()
    [['Post', 'whole', []], ['Echo', 'shortened', ['as soon as the money is there']]]
    """
    events: dict[str, list[Article]] = {}
    for a in sorted(articles, key=lambda a: a.article_id):
        if a.attributions is None:
            raise TableError(f"{a.article_id!r} has no attributions; run mb.attribute_all on the corpus first")
        if a.event and a.outlet:
            events.setdefault(a.event, []).append(a)
    rows = [row for event in sorted(events) for row in _event_rows(event, events[event])]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _event_rows(event: str, articles: Sequence[Article]) -> Iterator[tuple[object, ...]]:
    number = 0
    for longest, others in _same(sorted((q for a in articles for q in _quotes(a)), key=_longest_first)):
        if len({longest.article.outlet, *(q.article.outlet for q in others)}) < 2:
            continue
        fuller = [longest.article.article_id, longest.start, longest.end]
        yield _row(event, number, longest, [longest], fuller)
        by_article: dict[str, list[_Quote]] = {}
        for q in others:
            by_article.setdefault(q.article.article_id, []).append(q)
        for article_id in sorted(by_article):
            if article_id != longest.article.article_id:
                yield _row(event, number, longest, sorted(by_article[article_id], key=lambda q: q.start), fuller)
        number += 1


def _longest_first(quote: _Quote) -> tuple[int, str, int]:
    return -len(quote.words), quote.article.article_id, quote.start


def _quotes(article: Article) -> Iterator[_Quote]:
    seen: set[int] = set()
    for x in article.attributions or ():
        for content in x.content:
            for m in QUOTED.finditer(article.text, content.start, content.end):
                words = _words(m[1])
                if m.start(1) not in seen and sum(w[0].isalnum() for w in words) >= _LEAST:
                    seen.add(m.start(1))
                    yield _Quote(article, m.start(1), m.end(1), x.speaker, words)


def _words(text: str) -> tuple[str, ...]:
    """Return the words folded: "F.B.I." and "FBI", "we’re" and "we're" are one."""
    folded = (
        "…" if _ELLIPSIS.fullmatch(w) else w.casefold().replace("’", "'").replace(".", "") for w in _WORD.findall(text)
    )
    return tuple(w for w in folded if w)


def _same(quotes: Sequence[_Quote]) -> list[tuple[_Quote, list[_Quote]]]:
    """Assign each quotation to the longest one that holds most of it; `quotes` come with the longest first."""
    groups: list[tuple[_Quote, list[_Quote]]] = []
    holding: dict[tuple[str, ...], list[int]] = {}
    for q in quotes:
        shared: dict[int, int] = {}
        for run in q.runs:
            for g in holding.get(run, ()):
                shared[g] = shared.get(g, 0) + 1
        best = max(shared, key=lambda g: (shared[g], -g), default=None)
        if best is not None and shared[best] >= _SAME * len(q.runs):
            groups[best][1].append(q)
            continue
        for run in q.runs:
            holding.setdefault(run, []).append(len(groups))
        groups.append((q, []))
    return groups


def _row(event: str, number: int, longest: _Quote, parts: Sequence[_Quote], fuller: list[object]) -> tuple[object, ...]:
    article, start, end = parts[0].article, parts[0].start, parts[-1].end
    covered, marked, added = _align(longest, parts)
    wanted = [i for i, w in enumerate(longest.words) if w[0].isalnum()]
    missing = [i for i in wanted if i not in covered]
    kept = 1 - len(missing) / max(1, len(wanted))
    is_longest = parts[0] is longest
    left = _runs(longest, missing)
    cut = "whole" if is_longest else _kind(wanted, covered, missing, marked, added, kept)
    return (
        event, number, article.outlet, article.article_id, start, end, article.text[start:end], parts[0].speaker,
        is_longest, round(kept, 4), cut, left, added, fuller,
    )  # fmt: skip


def _align(longest: _Quote, parts: Sequence[_Quote]) -> tuple[set[int], set[int], list[str]]:
    """Return the words of the longest version that the parts keep, those behind which a gap is marked, and what they add."""
    covered: set[int] = set()
    marked: set[int] = set()
    added: list[str] = []
    for part in parts:
        last = 0
        for block in SequenceMatcher(None, longest.words, part.words, autojunk=False).get_matching_blocks():
            if block.size == 1:  # one word in common, "the" or "and", is chance
                continue
            between = part.words[last : block.b]
            own = [w for w in between if w[0].isalnum()]
            if own:
                added.append(" ".join(own))
            if "…" in between and covered:
                marked.add(max(covered))
            covered.update(range(block.a, block.a + block.size))
            last = block.b + block.size
        if covered:  # the reporter's words interrupt the quotation here
            marked.add(max(covered))
    return covered, marked, added


def _runs(longest: _Quote, missing: Sequence[int]) -> list[str]:
    """Return the runs of words that are left out, as the longest version writes them."""
    spans = [m.span() for m in _WORD.finditer(longest.article.text, longest.start, longest.end)]
    runs: list[list[int]] = []
    for i in missing:
        if runs and i == runs[-1][1] + 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    return [" ".join(longest.article.text[spans[a][0] : spans[b][1]].split()) for a, b in runs]


def _kind(
    wanted: Sequence[int],
    covered: set[int],
    missing: Sequence[int],
    marked: set[int],
    added: Sequence[str],
    kept: float,
) -> str:
    if not covered or (added and sum(len(a.split()) for a in added) > 1):
        return "altered"
    if not missing:
        return "altered" if added else "whole"
    first, last = min(covered), max(covered)
    inner = [i for i in missing if first < i < last]
    if inner:
        before = {max(c for c in covered if c < i) for i in inner}
        return "marked gap" if before <= marked else "gap"
    return "fragment" if kept < _FRAGMENT and len(wanted) > 2 * _LEAST else "shortened"
