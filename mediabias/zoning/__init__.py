"""Blocks to zones: headline, byline, body, and the boxes around them that no extractor keeps.

A block is judged by cues (``lexicons/zone_cues.csv``, regular expressions with weights that anybody can read and
extend) and by its shape; neighbours are judged together as a hidden Markov chain, since boxes hang together: a letter to
readers stays a letter until something else clearly begins. The most likely sequence is found by the Viterbi algorithm
(1967); a block's confidence is its posterior probability by the forward-backward algorithm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

import numpy as np

from mediabias.article import WORD, ZONES
from mediabias.chains import most_likely
from mediabias.outlets import Outlets, shipped
from mediabias.zone_cues import explain, folded

#: Log-odds for staying in a zone from one block to the next.
_STAY = {"body": 1.0, "self_description": 3.0, "newsletter": 1.0, "appeal": 2.0, "navigation": 0.9, "other": 0.6,
         "byline": 0.3, "caption": -0.5, "credit": 0.0, "correction": 0.5, "headline": -3.0, "dateline": -2.0,
         "standfirst": 0.3}  # fmt: skip
#: What a cue of weight 1 adds, in log-odds.
_WEIGHT = 1.4
#: From this log-odds on a reader is taken to know a block's zone.
_KNOWN = 4.0
#: What a reader knows of a block: log-odds added to zones.
Hint = Mapping[str, float]
#: A cue that a block fires: its zone, its weight and what it is.
Fired = tuple[str, float, str]
_TERMINAL = re.compile(r"[.!?…。！？।؟][\"')\]]*$")
_NEXT_SENTENCE = re.compile(r"[.!?…][\"')]* [\"'(]?[A-Z]")
_SPEECH = re.compile(r"\b(?:said|says|told|added|according to|wrote|announced|claimed|reported|asked)\b", re.I)
#: What parts the entries of a menu that stands in one line.
_GAPS = re.compile(r"\S(?: {3,}|\t| ?[|•·›»] ?)(?=\S)")
#: Zones in which an outlet asks its readers for something, and what shows that it does.
_ASKS = frozenset(("appeal", "newsletter"))
_ADDRESSES = re.compile(
    r"\b(?:we|us|our|you|your|readers?|subscribers?|supporters?|journalism|newsroom|sign up)\b", re.I
)
_CAPITALS = re.compile(r"^[A-Z\d\"'($€£#@]")


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
    fired = [explain(t, outlets) for t in texts]
    scores = np.array(
        [_scores(t, h, i, f, outlets) for i, (t, h, f) in enumerate(zip(texts, hints, fired, strict=True))]
    )
    if any("headline" in h for h in hints):
        scores[["headline" not in h for h in hints], ZONES.index("headline")] -= 10.0
    else:
        scores[:, ZONES.index("standfirst")] += [standing_first(t) for t in texts]
    _join_lines(texts, hints, scores)
    own = "self_description"
    claims = [own in h or any(z == own for z, _, _ in f) for h, f in zip(hints, fired, strict=True)]
    first_body = _first_body(texts, hints, fired)
    path, posterior = _decode(scores, first_body)
    while idle := _letters_without_claim(path, claims):
        scores[idle, ZONES.index("self_description")] -= 8.0
        path, posterior = _decode(scores, first_body)
    return [(ZONES[z], round(float(posterior[i, z]), 3)) for i, z in enumerate(path)]


def _scores(text: str, hint: Hint, position: int, fired: Sequence[Fired], outlets: Outlets) -> list[float]:
    score = dict.fromkeys(ZONES, -2.0)
    score["body"], score["navigation"], score["standfirst"] = 0.0, -0.3, -4.0
    score["other"] = -0.7
    line = folded(text)
    words = len(WORD.findall(line))
    sentence = bool(_TERMINAL.search(line))
    for name, value in _shape(text, line, words, sentence, position).items():
        score[name] += value
    if words <= 12 and outlets.agencies_in(text) and not _SPEECH.search(text):
        # A line that is short and names an agency: what else would it be for?
        score["credit"] += 2.5
    for name, weight, _ in fired:
        # A cue in a long paragraph may be what the news is about; in a short block it is what the block is for.
        damp = 1.0 if words <= 45 or name in {"self_description", "correction"} else 0.45
        if sentence and words > 20 and name in _ASKS and not _ADDRESSES.search(line):
            damp = min(damp, 0.3)  # news of donations asks nobody for one
        score[name] += _WEIGHT * weight * damp
    if _cited(line):
        # "We are censored," a source says; an outlet does not quote itself.
        for name in ("self_description", "appeal", "newsletter", "navigation", "other"):
            score[name] -= 4.0
    for name, value in hint.items():
        score[name] += value
    return [score[z] for z in ZONES]


def standing_first(text: str) -> float:
    """Return what speaks for a standfirst in a block before the running text, in log-odds.

    A line or two without a full stop; less surely a short sentence.

    Examples
    --------
    >>> standing_first("The harbour has been under water since Monday, and the pumps stand still")
    4.0
    >>> standing_first("Pumps stand still.")
    3.8
    """
    line = folded(text)
    words = len(WORD.findall(line))
    if not _CAPITALS.match(line):
        return 0.0
    if _TERMINAL.search(line):
        return 3.8 if 2 <= words <= 16 and not _NEXT_SENTENCE.search(line) else 0.0
    return 4.0 if 8 <= words <= 45 else 0.0


def of_a_box(line: str, outlets: Outlets) -> bool:
    """Say whether a line belongs to a box rather than to a headline: it fires a cue, and is short or speaks to the reader.

    Examples
    --------
    >>> [of_a_box(line, shipped()) for line in ("Support the Post!", "Hacker Who Took the Mayor's E-Mail Address Admits to More.")]
    [True, False]
    """
    line = folded(line)
    asks = len(WORD.findall(line)) <= 8 or _ADDRESSES.search(line) is not None
    return asks and any(z not in {"body", "caption", "byline"} for z, _, _ in explain(line, outlets))


def _letters_without_claim(path: Sequence[int], claims: Sequence[bool]) -> list[int]:
    """Return the blocks of letters in which the outlet says nothing of itself: a long run of lines is none."""
    out: list[int] = []
    for zone_index, run in groupby(range(len(path)), key=lambda i: path[i]):
        blocks = list(run)
        if ZONES[zone_index] == "self_description" and not any(claims[i] for i in blocks):
            out += blocks
    return out


def _join_lines(texts: Sequence[str], hints: Sequence[Hint], scores: np.ndarray) -> None:
    """Judge a block that goes on with the sentence of the one before like that one, where nothing parts them but lines."""
    joined = False
    for i in range(1, len(texts)):
        before, text = texts[i - 1].rstrip(), texts[i].lstrip()
        joined = text[:1].islower() and (before[-1:].isalnum() or before[-1:] == ",") and (joined or " " in before)
        joined = joined and not hints[i] and not hints[i - 1]
        if joined:
            scores[i] = scores[i - 1]


def _cited(line: str) -> bool:
    """Say whether a block is somebody's words: it begins with a quotation mark, or half of it is quoted."""
    if '"' not in line:
        return False
    quoted = sum(len(m[0]) for m in re.finditer(r'"[^"]+(?:"|$)', line))
    return (line.startswith('"') and len(line) > 40) or quoted > 0.5 * len(line)


def _shape(raw: str, text: str, words: int, sentence: bool, position: int) -> dict[str, float]:
    shape: dict[str, float] = {}
    if sentence and words >= 8:
        shape["body"] = 2.5 + (0.8 if words >= 25 else 0.0)
        shape["self_description"] = 0.3
    elif sentence or (text.endswith(":") and words >= 8):
        shape["body"] = 0.8
    else:
        shape["body"] = -1.0 if words >= 12 else -1.5
        shape["navigation"] = 0.8 if words <= 6 else 0.0
    if words <= 1 and not any(c.isalnum() for c in text):
        shape["navigation"] = 8.0  # "___" between two parts
    if not sentence and words <= 40 and len(_GAPS.findall(raw)) >= 2:
        shape["navigation"] = 3.0
    if sentence and words >= 4 and '"' in text:
        shape["body"] += 0.8
    if (words >= 8 or sentence) and _SPEECH.search(text):
        shape["body"] += 0.8
    if not sentence and 3 <= words <= 26 and _CAPITALS.match(text) and not text.endswith((":", ",")):
        shape["headline"] = 4.2 - 0.2 * min(position, 12) + (0.6 if words >= 5 else -0.8)
    elif text.endswith(("?", "!", '"', "'")) and 4 <= words <= 20 and position <= 6:
        shape["headline"] = 1.5
    return shape


def _first_body(texts: Sequence[str], hints: Sequence[Hint], fired: Sequence[Sequence[Fired]]) -> int:
    """Return the index of the first block that looks like running text: the headline stands before it."""
    words: dict[int, int] = {}
    for i, text in enumerate(texts):
        line = folded(text)
        known = any(value >= _KNOWN and name != "body" for name, value in hints[i].items())
        strong = not _cited(line) and any(w >= 3 and z not in {"body", "caption"} for z, w, _ in fired[i])
        if _TERMINAL.search(line) and not known and not strong:
            words[i] = len(WORD.findall(line))
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
    return most_likely(emit, move)
