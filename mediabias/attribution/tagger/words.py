"""A text as the tagger sees it: words, their subtokens, what the vocabulary loses of them, and windows that overlap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from mediabias.article import Span
from mediabias.attribution.quotes import quotations

#: A word of the tagger: a run of letters and digits, or one mark. Spans end where words end.
TOKEN = re.compile(r"\w+|[^\w\s]")
#: Subtokens of a window, its marks of beginning and end included.
WINDOW = 320
#: Subtokens from the beginning of one window to that of the next; the rest overlaps, so that each cue has company.
STRIDE = 150
#: A longer word is cut: nobody's name has more subtokens, and a link of 5,000 characters must not fill a window.
MOST_SUBTOKENS = 6
#: The vocabulary's numbers of the marks around a window, of a paragraph's end, of an unknown and of a hidden subtoken.
BEGIN, END, PARAGRAPH, UNKNOWN, HIDDEN = 101, 102, 2, 100, 103
#: What the uncased vocabulary loses, as kinds of subtokens: LOWER, TITLE, UPPER, and the same three inside a quotation.
LOWER, TITLE, UPPER, QUOTED = 0, 1, 2, 3
KINDS = 8

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Words:
    """A text in n words and m subtokens.

    Attributes
    ----------
    starts, ends : int64 arrays of n
        Offsets into the text, in code points.
    ids, kinds : int64 arrays of m
        The vocabulary's numbers, and the kind of each subtoken.
    first : int64 array of n + 1
        Index of each word's first subtoken; the last entry is m.
    """

    starts: Integers
    ends: Integers
    ids: Integers
    kinds: Integers
    first: Integers

    def __len__(self) -> int:
        return len(self.starts)

    def index(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of the words that begin in ``[start, end)``."""
        low, high = np.searchsorted(self.starts, [start, end])
        return int(low), int(high)

    def span(self, run: tuple[int, int]) -> Span:
        """Return the characters of a run of words."""
        return Span(int(self.starts[run[0]]), int(self.ends[run[1] - 1]))


def words_of(tokenizer: Tokenizer, text: str, paragraphs: Sequence[Span]) -> Words:
    """Cut the given paragraphs of `text` into words and subtokens; what lies between them is not seen."""
    found = [[(m.start(), m.end()) for m in TOKEN.finditer(text, p.start, p.end)] for p in paragraphs]
    quoted = [(q.start, q.end) for q in quotations(text, list(paragraphs))]
    encoded = tokenizer.encode_batch(
        [[text[s:e] for s, e in part] for part in found], is_pretokenized=True, add_special_tokens=False
    )
    ids: list[int] = []
    kinds: list[int] = []
    first: list[int] = []
    at = 0
    for part, encoding in zip(found, encoded, strict=True):
        pieces: list[list[int]] = [[] for _ in part]
        for word, number in zip(encoding.word_ids, encoding.ids, strict=True):
            if word is not None:
                pieces[word].append(number)
        if first and part:
            ids.append(PARAGRAPH)
            kinds.append(LOWER)
        for (start, end), piece in zip(part, pieces, strict=True):
            while at < len(quoted) and quoted[at][1] <= start:
                at += 1
            inside = at < len(quoted) and quoted[at][0] <= start
            first.append(len(ids))
            piece = piece[:MOST_SUBTOKENS] or [UNKNOWN]
            ids += piece
            kinds += [_shape(text[start:end]) + QUOTED * inside] * len(piece)
    flat = np.array([w for part in found for w in part], np.int64).reshape(-1, 2)
    return Words(
        flat[:, 0],
        flat[:, 1],
        np.array(ids, np.int64),
        np.array(kinds, np.int64),
        np.array([*first, len(ids)], np.int64),
    )


def _shape(word: str) -> int:
    if word.islower() or not word.isalpha():
        return LOWER
    return TITLE if word[0].isupper() and not word[1:].isupper() else UPPER


def windows(first: Integers, *, stride: int = STRIDE, shortened: int = 0) -> list[tuple[int, int]]:
    """Part a text into half-open ranges of words whose subtokens fit a window.

    Parameters
    ----------
    first : int64 array of n + 1
        As of `Words`.
    stride : int
        Subtokens from one window's beginning to the next's; as many as a window holds for none that overlap.
    shortened : int
        The first window holds so many subtokens less, so that training cuts elsewhere each time.

    Examples
    --------
    >>> windows(np.arange(601))
    [(0, 318), (150, 468), (300, 600)]
    """
    n, size = len(first) - 1, WINDOW - 2
    out: list[tuple[int, int]] = []
    low = 0
    while low < n:
        room = size if out else size - shortened
        high = max(low + 1, int(np.searchsorted(first, first[low] + room, "right")) - 1)
        out.append((low, min(n, high)))
        if high >= n:
            break
        step = min(stride, room)
        low = min(high, max(low + 1, int(np.searchsorted(first, first[low] + step))))
    return out


def central(n: int, parts: Sequence[tuple[int, int]]) -> Integers:
    """Return for each of n words the number of the window in which it stands furthest from a cut.

    Examples
    --------
    >>> central(6, [(0, 4), (2, 6)]).tolist()
    [0, 0, 0, 1, 1, 1]
    """
    best, depth = np.zeros(n, np.int64), np.full(n, -1)
    for number, (start, end) in enumerate(parts):
        at = np.arange(start, end)
        left = at - start if start else np.full(len(at), n)
        right = end - 1 - at if end < n else np.full(len(at), n)
        here = np.minimum(left, right)
        better = here > depth[start:end]
        best[start:end][better] = number
        depth[start:end][better] = here[better]
    return best
