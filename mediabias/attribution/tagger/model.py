"""The trained tagger as it runs: onnxruntime and tokenizers, no torch, no network.

A window is one run of its own, on one thread: the encoder's activations are quantised as it runs, scaled by the largest of
what is run together, so that in a batch a result would depend on its neighbours. Articles are read in parallel instead.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from mediabias.article import Span
from mediabias.attribution.engines import Found, Reading
from mediabias.attribution.model_files import checked_files, open_session
from mediabias.attribution.quotes import Quotation, quotations
from mediabias.attribution.tagger import decode
from mediabias.attribution.tagger.decode import Candidate, Floats, Run
from mediabias.attribution.tagger.words import BEGIN, END, Integers, Words, central, windows, words_of

#: Where the trained model lies.
SHIPPED = Path(__file__).parents[2] / "models" / "attribution"
#: A quotation of fewer characters may well be nobody's words: a title, a term, a scare quote.
SPOKEN = 25
#: Words from a cut from which on a window says all that it can of a word.
NEAR = 60


_NAMING = re.compile(
    r"\bwhat\s+(?:\S+\s+){1,5}?((?:call|refer|describe|term|dub|label|brand|characteri[sz]e)(?:s|ed|d|red|led|bed)?(?:\s+to)?)\s+"
    r"(?:as\s+)?(?:(?:the|an?|its|his|her|their)\s+)?[“\"«„]"
)


@dataclass(frozen=True)
class Seen:
    """What the encoder says of a text.

    Its windows, for each word the window in which it stands most central and log-probabilities of cue labels (the mean over
    the windows that it stands in), and for each window its words as the reader of roles needs them.
    """

    words: Words
    parts: list[Run]
    part_of: Integers
    cues: Floats
    states: list[tuple[Floats, Floats]]


class Tagger:
    """A trained attribution model.

    Parameters
    ----------
    folder : path
        With ``settings.json`` and the files that it names and checksums.
    threads : int, optional
        Articles that are read at a time; by default one for each processor. The result is the same for any number.

    Raises
    ------
    ModelError
        When a file is missing or damaged.

    Examples
    --------
    >>> text = '“It rains,” Mayor Ana Dole claimed.'
    >>> (found,) = Tagger().find([Reading(text, [Span(0, len(text))])])
    >>> [(f.source[0].of(text), f.cue[0].of(text)) for f in found]
    [('Mayor Ana Dole', 'claimed')]
    """

    def __init__(self, folder: str | Path = SHIPPED, *, threads: int | None = None) -> None:
        files = checked_files(Path(folder))
        settings = json.loads(files["settings.json"])
        self.threads = threads
        self.bias: float = settings["bias"]
        self.bias_spoken: float = settings["bias_spoken"]
        self.weights = {k: float(v) for k, v in settings["confidence"].items()}
        self.tokenizer = Tokenizer.from_buffer(files["tokenizer.json"])
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.encoder = open_session(files["encoder.onnx"])
        self.reader = open_session(files["reader.onnx"])

    def find(self, readings: Sequence[Reading]) -> list[list[Found]]:
        """Find the attributions of each text, in the order of their cues."""
        if len(readings) == 1:
            return [self._one(readings[0])]
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(self._one, readings))

    def _one(self, reading: Reading) -> list[Found]:
        return [found for _, found in self.explain(reading)]

    def explain(self, reading: Reading) -> list[tuple[Candidate, Found]]:
        """Find attributions, each with the scores behind it."""
        text, paragraphs = reading
        words = words_of(self.tokenizer, text, paragraphs)
        if not len(words):
            return []
        seen = self._seen(words)
        marks = [q for q in quotations(text, list(paragraphs)) if not q.single]
        found = self._candidates(seen, self._cues(seen, self.bias))
        found = self._spoken(seen, found, marks)
        found = self._naming(seen, found, text)
        explained = [(c, self._found(text, words, c, marks)) for c in sorted(found, key=lambda c: c.cue)]
        return [(c, f) for c, f in explained if f.content or f.source]

    def _seen(self, words: Words) -> Seen:
        parts = windows(words.first)
        part_of = central(len(words), parts)
        chances, weights = np.zeros((len(words), 3)), np.zeros((len(words), 1))
        states = []
        for low, high in parts:
            begin, end = words.first[low], words.first[high]
            inputs = {
                "ids": np.concatenate([[BEGIN], words.ids[begin:end], [END]])[None],
                "kinds": np.concatenate([[0], words.kinds[begin:end], [0]])[None],
                "first": (words.first[low:high] - begin + 1)[None],
            }
            scores, of_word, of_cue = self.encoder.run(None, inputs)
            weight = _weight(low, high, len(words))
            chances[low:high] += weight * np.exp(decode.log_softmax(scores[0]).astype(np.float64))
            weights[low:high] += weight
            states.append((of_word, of_cue[0]))
        return Seen(words, parts, part_of, np.log(chances / weights).astype(np.float32), states)

    def _cues(self, seen: Seen, bias: float) -> list[Run]:
        """Return runs of words that are cues; a `bias` above 0 asks for surer ones."""
        scores = seen.cues.copy()
        scores[:, 0] += bias
        return decode.runs(decode.best_path(scores[None])[0], 1)

    def _candidates(self, seen: Seen, cues: Sequence[Run]) -> list[Candidate]:
        by_window: dict[int, list[Run]] = {}
        for a, b in cues:
            by_window.setdefault(int(seen.part_of[(a + b - 1) // 2]), []).append((a, b))
        found = []
        for number, members in sorted(by_window.items()):
            low, high = seen.parts[number]
            inside = [(max(a, low) - low, min(b, high) - low) for a, b in members]
            of_word, of_cue = seen.states[number]
            begin, end = np.array(inside, np.int64).T
            states = np.stack([of_cue[a:b].mean(axis=0) for a, b in inside])
            (scores,) = self.reader.run(None, {"words": of_word, "cues": states, "begin": begin, "end": end})
            margins = [_margin(seen.cues[a:b]) for a, b in members]
            found += decode.candidates(members, margins, decode.log_softmax(scores), low)
        return found

    def _spoken(self, seen: Seen, found: list[Candidate], marks: Sequence[Quotation]) -> list[Candidate]:
        """Give the longer quotations that nobody is said to have spoken a second, easier chance."""
        longer = [q.span for q in marks if len(q.span) > SPOKEN]
        unsaid = _unsaid(seen.words, found, longer)
        if not unsaid:
            return found
        known = {c.cue for c in found}
        fresh = [
            cue for cue in self._cues(seen, self.bias_spoken) if not any(cue[0] < b and a < cue[1] for a, b in known)
        ]
        for candidate in self._candidates(seen, fresh):
            said = [seen.words.span(r) for r in candidate.content]
            if any(_shared(q, said) > 0.6 for q in unsaid):
                found = [*found, candidate]
        return found

    def _naming(self, seen: Seen, found: list[Candidate], text: str) -> list[Candidate]:
        """Add "what it calls the “truth”": a naming within somebody's words, which the cue head, made for the outer one, misses."""
        cues = []
        for m in _NAMING.finditer(text):
            a, b = seen.words.index(m.start(1), m.end(1))
            if a < b and not any(a < c.cue[1] and c.cue[0] < b for c in found):
                cues.append((a, b))
        named = [replace(c, cue_margin=0.0) for c in self._candidates(seen, cues)]
        return [*found, *(c for c in named if c.source and c.content)]

    def _found(self, text: str, words: Words, c: Candidate, marks: Sequence[Quotation]) -> Found:
        apart = [words.span(c.cue), *(words.span(r) for r in c.source)]
        content = decode.with_quotations(text, decode.joined(text, [words.span(r) for r in c.content], apart), marks)
        confidence = probability(self.weights, c.signs())
        return Found((words.span(c.cue),), tuple(words.span(r) for r in c.source), content, confidence, "tagger")


def probability(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """Return the probability that an attribution is right: a logistic regression on the signs; a weight may be missing."""
    score = weights["intercept"] + sum(weights.get(name, 0.0) * value for name, value in signs.items())
    return round(float(1.0 / (1.0 + np.exp(-np.float64(score)))), 3)


def _weight(low: int, high: int, n: int) -> Floats:
    """Return how much a window says of each of its words: less, the nearer the word stands to a cut."""
    at = np.arange(low, high)
    left = at - low + 1 if low else np.full(len(at), NEAR)
    right = high - at if high < n else np.full(len(at), NEAR)
    return np.minimum(np.minimum(left, right), NEAR)[:, None].astype(np.float64)


def _margin(log_p: Floats) -> float:
    none = log_p[:, 0].mean()
    some = np.logaddexp(log_p[:, 1], log_p[:, 2]).mean()
    return float(some - none)


def _unsaid(words: Words, found: Sequence[Candidate], quoted: Sequence[Span]) -> list[Span]:
    said = [words.span(r) for c in found for r in c.content]
    return [q for q in quoted if _shared(q, said) < 0.5]


def _shared(span: Span, others: Sequence[Span]) -> float:
    """Return which share of `span` the others cover."""
    return sum(max(0, min(span.end, o.end) - max(span.start, o.start)) for o in others) / len(span)
