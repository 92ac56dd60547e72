"""From the network's scores to legal attributions: whole words, one source, and quotations that keep their marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mediabias.article import Span
from mediabias.attribution.quotes import Quotation

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
#: A run of words, half-open.
Run = tuple[int, int]
#: Labels of the reader of roles: none, begin and inside of a source, begin and inside of a content.
NONE, SOURCE, CONTENT = 0, 1, 3
_NEVER = np.float32(-1e9)


@dataclass(frozen=True)
class Candidate:
    """An attribution in runs of words, with what its confidence is made of.

    `cue_margin` is the log-odds of the cue's words being one; `certainty` the mean log-probability of the labels of the
    source's and of the content's words; `rest` that of all other words being neither.
    """

    cue: Run
    source: tuple[Run, ...]
    content: tuple[Run, ...]
    cue_margin: float
    certainty: tuple[float, float]
    rest: float

    def signs(self) -> dict[str, float]:
        """Return what speaks for or against the attribution, by name."""
        length = sum(b - a for a, b in self.content)
        return {
            "cue": self.cue_margin,
            "source": self.certainty[0],
            "content": self.certainty[1],
            "rest": self.rest,
            "no_source": float(not self.source),
            "no_content": float(not self.content),
            "length": float(np.log1p(length)),
            "pieces": float(max(0, len(self.content) - 1)),
        }


def log_softmax(scores: Floats) -> Floats:
    """Return log-probabilities over the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    out: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return out


def best_path(log_p: Floats) -> Integers:
    """Return the likeliest legal labels: an inside only after the begin or inside of its own role (Viterbi 1967).

    Parameters
    ----------
    log_p : float32 array, sequences x words x labels
        Labels are none, then begin and inside of each role.

    Returns
    -------
    int64 array, sequences x words

    Examples
    --------
    >>> scores = np.log(np.array([[[0.6, 0.3, 0.1], [0.1, 0.2, 0.7]]], np.float32))
    >>> best_path(scores).tolist()  # "inside" follows its "begin", though "none" is likelier by itself
    [[1, 2]]
    """
    n, width, k = log_p.shape
    step = np.zeros((k, k), np.float32)
    score = log_p[:, 0].copy()
    for inside in range(2, k, 2):
        step[[j for j in range(k) if j not in (inside - 1, inside)], inside] = _NEVER
        score[:, inside] = _NEVER
    back = np.zeros((width, n, k), np.int8)
    for i in range(1, width):
        options = score[:, :, None] + step
        back[i] = options.argmax(axis=1)
        score = options.max(axis=1) + log_p[:, i]
    path = np.zeros((n, width), np.int64)
    now = score.argmax(axis=1)
    rows = np.arange(n)
    for i in range(width - 1, -1, -1):
        path[:, i] = now
        now = back[i, rows, now]
    return path


def runs(labels: Integers, begin: int) -> list[Run]:
    """List the runs of words whose labels are `begin` or, after it, ``begin + 1``.

    Examples
    --------
    >>> runs(np.array([0, 1, 2, 1, 0]), 1)
    [(1, 3), (3, 4)]
    """
    out: list[Run] = []
    for i in np.flatnonzero((labels == begin) | (labels == begin + 1)).tolist():
        if out and out[-1][1] == i and labels[i] == begin + 1:
            out[-1] = out[-1][0], i + 1
        else:
            out.append((i, i + 1))
    return out


def candidates(cues: Sequence[Run], margins: Sequence[float], log_p: Floats, offset: int) -> list[Candidate]:
    """Read the source and the content of each cue of a window out of the scores of its words.

    Parameters
    ----------
    cues : sequence of (int, int)
        In words of the text; `margins` are their log-odds.
    log_p : float32 array, cues x words x 5
        Of the window that begins at word `offset`.
    """
    found = []
    for cue, margin, labels, p in zip(cues, margins, best_path(log_p), log_p, strict=True):
        sources, contents = runs(labels, SOURCE), runs(labels, CONTENT)
        if len(sources) > 1:
            either = np.logaddexp(p[:, SOURCE], p[:, SOURCE + 1])
            sources = [max(sources, key=lambda r: (float(either[slice(*r)].mean()), -r[0]))]
        chosen = p[np.arange(len(labels)), labels]
        found.append(
            Candidate(
                cue,
                tuple((a + offset, b + offset) for a, b in sources),
                tuple((a + offset, b + offset) for a, b in contents),
                margin,
                (_mean(chosen, sources), _mean(chosen, contents)),
                float(chosen[labels == NONE].sum()) if (labels == NONE).any() else 0.0,
            )
        )
    return found


def _mean(chosen: Floats, parts: Sequence[Run]) -> float:
    return float(np.concatenate([chosen[a:b] for a, b in parts]).mean()) if parts else 0.0


#: Characters that no content begins or ends with, where they part it from its cue.
_BETWEEN = " \t\r\n\u00a0,;:–—-"


def joined(text: str, spans: Sequence[Span], apart: Sequence[Span]) -> list[Span]:
    """Close small holes in a content: a few words of one sentence in which neither cue nor source stands.

    Examples
    --------
    >>> joined("It rains all day", [Span(0, 2), Span(9, 16)], [])
    [Span(start=0, end=16)]
    """
    out: list[Span] = []
    for span in sorted(spans):
        if out:
            gap = Span(out[-1].end, max(out[-1].end, span.start))
            between = gap.of(text)
            hole = len(gap) < 60 and not re.search(r"[.!?:;\n\"“”«»]", between)
            if hole and not any(gap.overlaps(a) for a in apart):
                out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
                continue
        out.append(span)
    return out


def with_quotations(text: str, spans: Sequence[Span], quotations: Sequence[Quotation]) -> tuple[Span, ...]:
    """Let a content that covers most of a quotation cover it with its marks; what has no letter and no digit is none.

    Examples
    --------
    >>> text = 'He said “it rains”.'
    >>> with_quotations(text, [Span(9, 17)], [Quotation(8, 18)])[0].of(text)
    '“it rains”'
    """
    out: list[Span] = []
    for span in sorted(spans):
        start, end = span.start, span.end
        while start < end and text[start] in _BETWEEN:
            start += 1
        if not any(c.isalnum() for c in text[start:end]):
            continue
        for q in quotations:
            shared = min(end, q.end) - max(start, q.start)
            if shared > 0.6 * (q.end - q.start):
                start, end = min(start, q.start), max(end, q.end)
        if (out and out[-1].end >= start) or (out and not text[out[-1].end : start].strip()):
            out[-1] = Span(min(start, out[-1].start), max(end, out[-1].end))
        else:
            out.append(Span(start, end))
    return tuple(out)
