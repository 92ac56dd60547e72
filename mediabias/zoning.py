"""Blocks to zones: headline, byline, body, and the boxes around them that no extractor keeps.

A block is judged by cues (``lexicons/zone_cues.csv``, regular expressions with weights that anybody can read and
extend) and by its shape; neighbours are judged together as a hidden Markov chain, since boxes hang together: a letter to
readers stays a letter until something else clearly begins. The most likely sequence is found by the Viterbi algorithm
(1967); a block's confidence is its posterior probability by the forward-backward algorithm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from mediabias import lexicons
from mediabias.article import WORD, ZONES
from mediabias.outlets import Outlets, shipped

#: Log-odds for staying in a zone from one block to the next.
_STAY = {"body": 1.0, "self_description": 3.0, "newsletter": 1.0, "appeal": 2.0, "navigation": 0.9, "other": 0.6,
         "byline": 0.3, "caption": -0.5, "credit": 0.0, "correction": 0.5, "headline": -3.0, "dateline": -2.0,
         "standfirst": -1.0}  # fmt: skip
#: What a cue of weight 1 adds, in log-odds.
_WEIGHT = 1.4
#: From this log-odds on a reader is taken to know a block's zone.
_KNOWN = 4.0
#: What a reader knows of a block: log-odds added to zones.
Hint = Mapping[str, float]
_TERMINAL = re.compile(r"[.!?…。！？।؟][\"')\]]*$")
_QUOTE = re.compile(r"\"")
_SPEECH = re.compile(r"\b(?:said|says|told|added|according to|wrote|announced|claimed|reported|asked)\b", re.I)
#: What parts the entries of a menu that stands in one line.
_GAPS = re.compile(r"\S(?: {3,}|\t| ?[|•·›»] ?)(?=\S)")
#: Zones in which an outlet asks its readers for something, and what shows that it does.
_ASKS = frozenset(("appeal", "newsletter"))
_ADDRESSES = re.compile(
    r"\b(?:we|us|our|you|your|readers?|subscribers?|supporters?|journalism|newsroom|donate|sign up)\b", re.I
)
_CAPITALS = re.compile(r"^[A-Z\d\"'($€£#@]")


@dataclass(frozen=True)
class Cue:
    """A pattern that speaks for a zone with a weight."""

    zone: str
    weight: float
    pattern: re.Pattern[str]
    note: str


@cache
def cues() -> tuple[Cue, ...]:
    """Return the cues of ``lexicons/zone_cues.csv``.

    Examples
    --------
    >>> {c.zone for c in cues()} <= set(ZONES)
    True
    """
    return tuple(
        Cue(
            r["zone"],
            float(r["weight"]),
            re.compile(_loosened(r["pattern"]), 0 if "[A-Z]" in r["pattern"] else re.I),
            r["note"],
        )
        for r in lexicons.rows("zone_cues")
    )


def _loosened(pattern: str) -> str:
    """Let a pattern that needs capitals take its own words in either case."""
    if "[A-Z]" not in pattern:
        return pattern
    return re.sub(r"(?<![\\\w\[-])([a-z])(?=[a-z]+\b)", lambda m: f"[{m[1]}{m[1].upper()}]", pattern)


def explain(text: str, outlets: Outlets | None = None) -> list[tuple[str, float, str]]:
    """List the cues that a block fires, as (zone, weight, note).

    Examples
    --------
    >>> explain("AFP contributed reporting.")
    [('credit', 8.0, 'agency or reporter credit')]
    """
    folded = _folded(text)[:1500]
    if len(folded) <= 200:
        # The patterns know the great agencies; one that only the table knows (or the user's own) is as good as they are.
        for agency in (outlets or shipped()).agencies_in(folded):
            folded = folded.replace(agency, "Reuters")
    return [(c.zone, c.weight, c.note) for c in cues() if c.pattern.search(folded)]


def zone(
    texts: Sequence[str], hints: Sequence[Hint] | None = None, outlets: Outlets | None = None
) -> list[tuple[str, float]]:
    """Assign a zone to each block of a document.

    Parameters
    ----------
    texts : sequence of str
        The blocks in the document's order.
    hints : sequence of mapping, optional
        For each block what the reader itself knows (by a tag, a class name, an extractor): log-odds added to zones. A
        headline that is known leaves no room for another.
    outlets : Outlets, optional
        The outlets that are known; the package's by default.

    Returns
    -------
    list of (str, float)
        Zone and confidence between 0 and 1, one for each block.

    References
    ----------
    Rabiner, L. (1989). A tutorial on hidden Markov models. Proceedings of the IEEE 77. https://doi.org/10.1109/5.18626

    Examples
    --------
    >>> page = ["Rain Floods Port", "By Ana Dole", "The port was flooded on Monday, the harbour office said in a note."]
    >>> [z for z, _ in zone([*page, "Sign up for our newsletter"])]
    ['headline', 'byline', 'body', 'newsletter']
    """
    if not texts:
        return []
    hints, outlets = hints or [{}] * len(texts), outlets or shipped()
    scores = np.array([_scores(t, h, i, outlets) for i, (t, h) in enumerate(zip(texts, hints, strict=True))])
    if any("headline" in h for h in hints):
        scores[["headline" not in h for h in hints], ZONES.index("headline")] -= 10.0
    else:
        scores[[_may_stand_first(t) for t in texts], ZONES.index("standfirst")] += 4.0
    path, posterior = _decode(scores, _first_body(texts, hints))
    return [(ZONES[z], round(float(posterior[i, z]), 3)) for i, z in enumerate(path)]


def _scores(text: str, hint: Hint, position: int, outlets: Outlets) -> np.ndarray:
    score = dict.fromkeys(ZONES, -2.0)
    score["body"], score["navigation"], score["standfirst"] = 0.0, -0.3, -4.0
    score["other"] = -0.7
    folded = _folded(text)
    words = len(WORD.findall(folded))
    sentence = bool(_TERMINAL.search(folded))
    for name, value in _shape(text, folded, words, sentence, position).items():
        score[name] += value
    if words <= 12 and outlets.agencies_in(text) and not _SPEECH.search(text):
        # A line that is short and names an agency: what else would it be for?
        score["credit"] += 2.5
    for name, weight, _ in explain(text, outlets):
        # A cue in a long paragraph may be what the news is about; in a short block it is what the block is for.
        damp = 1.0 if words <= 45 or name in {"self_description", "correction", "credit"} else 0.45
        if sentence and words > 20 and name in _ASKS and not _ADDRESSES.search(folded):
            damp = min(damp, 0.3)  # news of donations asks nobody for one
        score[name] += _WEIGHT * weight * damp
    if _cited(folded):
        # "We are censored," a source says; an outlet does not quote itself.
        for name in ("self_description", "appeal", "newsletter", "navigation"):
            score[name] -= 4.0
    for name, value in hint.items():
        score[name] += value
    return np.array([score[z] for z in ZONES])


def _folded(text: str) -> str:
    """Return a block in one line, with plain marks."""
    return " ".join(lexicons.fold(text).split())


def _may_stand_first(text: str) -> bool:
    """Say whether a block reads like a standfirst: a line or two, with no full stop."""
    folded = _folded(text)
    return 8 <= len(WORD.findall(folded)) <= 45 and bool(_CAPITALS.match(folded)) and not _TERMINAL.search(folded)


def _cited(folded: str) -> bool:
    """Say whether a block is somebody's words: it begins with a quotation mark, or half of it is quoted."""
    quoted = sum(len(m[0]) for m in re.finditer(r'"[^"]+(?:"|$)', folded))
    return (folded.startswith('"') and len(folded) > 40) or quoted > 0.5 * len(folded)


def _shape(raw: str, text: str, words: int, sentence: bool, position: int) -> dict[str, float]:
    shape: dict[str, float] = {}
    if sentence and words >= 8:
        shape["body"] = 2.5 + (0.8 if words >= 25 else 0.0)
        shape["self_description"] = 0.3
    elif sentence:
        shape["body"] = 0.8
    else:
        shape["body"] = -1.0 if words >= 12 else -1.5
        shape["navigation"] = 0.8 if words <= 6 else 0.0
    if not any(c.isalnum() for c in text):
        shape["navigation"] = 8.0  # "___" between two parts
    if len(_GAPS.findall(raw)) >= 2 and not sentence and words <= 40:
        shape["navigation"] = 3.0
    if _QUOTE.search(text) and words >= 4 and sentence:
        shape["body"] += 0.8
    if _SPEECH.search(text) and (words >= 8 or sentence):
        shape["body"] += 0.8
    if not sentence and 3 <= words <= 26 and _CAPITALS.match(text) and not text.endswith((":", ",")):
        shape["headline"] = 4.2 - 0.2 * min(position, 12) + (0.6 if words >= 5 else -0.8)
    elif text.endswith(("?", "!", '"', "'")) and 4 <= words <= 20 and position <= 6:
        shape["headline"] = 1.5
    return shape


def _first_body(texts: Sequence[str], hints: Sequence[Hint]) -> int:
    """Return the index of the first block that looks like running text: the headline stands before it."""
    words: dict[int, int] = {}
    for i, text in enumerate(texts):
        folded = _folded(text)
        known = any(value >= _KNOWN and name != "body" for name, value in hints[i].items())
        strong = any(w >= 3 and z not in {"body", "caption"} for z, w, _ in explain(text))
        if _TERMINAL.search(folded) and not known and not strong:
            words[i] = len(WORD.findall(folded))
    # A page's own boxes have short sentences too; only where there is nothing else are these the text.
    return next((i for least in (14, 5) for i, n in words.items() if n >= least), 0)


def _decode(scores: np.ndarray, first_body: int) -> tuple[list[int], np.ndarray]:
    n, k = scores.shape
    index = {z: i for i, z in enumerate(ZONES)}
    move = np.full((k, k), -1.2)
    for z, value in _STAY.items():
        move[index[z], index[z]] = value
    move[index["headline"], [index[z] for z in ("standfirst", "byline", "dateline", "caption", "body")]] = 0.3
    move[index["standfirst"], [index[z] for z in ("byline", "dateline", "caption", "body")]] = 0.0
    move[index["byline"], [index[z] for z in ("byline", "dateline", "caption", "body")]] = 0.0
    move[index["self_description"], index["body"]] = -3.0
    move[index["self_description"], index["appeal"]] = -0.6
    emit = scores.copy()
    late = np.arange(n) >= first_body
    emit[late, index["headline"]] -= 6.0
    emit[np.arange(n) > first_body, index["standfirst"]] -= 6.0
    emit[np.arange(n) < first_body, index["body"]] -= 4.0
    best, back = emit[0].copy(), np.zeros((n, k), dtype=int)
    forward = [emit[0]]
    for i in range(1, n):
        options = best[:, None] + move
        back[i] = options.argmax(axis=0)
        best = options.max(axis=0) + emit[i]
        forward.append(np.logaddexp.reduce(forward[-1][:, None] + move, axis=0) + emit[i])
    path = [int(best.argmax())]
    for i in range(n - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    backward = np.zeros((n, k))
    for i in range(n - 2, -1, -1):
        backward[i] = np.logaddexp.reduce(move + emit[i + 1] + backward[i + 1], axis=1)
    joint = np.array(forward) + backward
    posterior = np.exp(joint - np.logaddexp.reduce(joint, axis=1, keepdims=True))
    return path[::-1], posterior
