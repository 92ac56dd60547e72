"""Cues: which verb groups report what somebody said or thought."""

from __future__ import annotations

import math

from mediabias.attribution.rules.rates import rate
from mediabias.attribution.rules.sentence import AUXILIARIES, DETERMINERS, MIDWORDS, Sentence


def cue_at(s: Sentence, i: int) -> tuple[int, int, int] | None:
    """Return the verb group whose head is token `i` as (first, head, last excluded), or None."""
    form = s.lower(i)
    if form == "according" and s.lower(i + 1) == "to":
        return i, i, i + 2
    if not rate(form) or form in {"according", "in", "of", "to", "for", "now", "about", "at"}:
        return None
    first = i
    while (
        first > 0
        and s.quote[first - 1] < 0
        and (s.lower(first - 1) in AUXILIARIES or is_adverb(s.lower(first - 1)) or s.lower(first - 1) in MIDWORDS)
    ):
        first -= 1
    while first < i and s.lower(first) not in AUXILIARIES:
        first += 1
    # "sought to clarify", "has yet to confirm": the governing verb belongs to the cue.
    if first >= 2 and s.lower(first - 1) == "to":
        governor = first - 2
        if (
            s.lower(governor) in {"yet", "unable", "reluctant", "quick", "able", "expected", "forced", "continued"}
            or rate(s.lower(governor)) > 0
        ):
            start = governor
            while start > 0 and (s.lower(start - 1) in AUXILIARIES):
                start -= 1
            first = start
    last = i + 1
    if (
        s.lower(last) in {"out", "off", "on", "for", "to", "against", "about", "up", "down", "with", "at"}
        and (form, s.lower(last)) in PHRASAL
    ):
        last += 1
    elif s.lower(last) == "to" and rate(s.lower(last + 1)) > 0 and form in CATENATIVES:
        last += 2
    # "issued statements that suggest": the words are the source's, the verb is the one behind them.
    for k in range(last, min(last + 6, len(s.tokens) - 1)):
        if s.lower(k) == "that" and s.lower(k - 1) in UTTERANCES and rate(s.lower(k + 1)) > 0.1:
            return first, k + 1, k + 2
    return first, i, last


PHRASAL = frozenset(
    (form, particle)
    for forms, particles in (
        ("point points pointed pointing", "out to"),
        ("call calls called calling", "for on"),
        ("refer refers referred referring", "to"),
        ("lash lashes lashed lashing", "out"),
        ("push pushes pushed pushing", "back for"),
        ("weigh weighs weighed", "in"),
        ("object objects objected", "to"),
        ("allude alluded alludes alluding", "to"),
        ("insist insists insisted insisting", "on"),
        ("rule ruled rules", "out"),
        ("argue argued argues arguing", "for against"),
        ("agree agreed agrees", "with to"),
        ("respond responded", "to"),
        ("speak spoke speaks", "about against"),
        ("talk talked talking talks", "about"),
        ("complain complained complains", "about"),
        ("boast boasted", "about of"),
        ("advocate advocated", "for"),
        ("apologize apologized", "for"),
    )
    for form in forms.split()
    for particle in particles.split()
)
UTTERANCES = frozenset(
    "statement statements comment comments remark remarks letter letters message messages memo note report reports tweet "
    "speech article post warning".split()
)
CATENATIVES = frozenset(
    "declined declines refused refuses refusing declining appeared appears seemed seems want wants wanted sought seek "
    "continued continues tried plan plans hopes hoped".split()
)


def is_adverb(word: str) -> bool:
    """Say whether the word looks like an adverb in -ly."""
    return (
        word.endswith("ly") and len(word) > 4 and word not in {"only", "family", "reply", "italy", "assembly", "ally"}
    )


def prior(s: Sentence, head: int) -> float:
    """Return the log-odds that the form of token `head` heads a cue, whatever stands around it."""
    share = min(max(rate(s.lower(head)), 0.01), 0.97)
    return math.log(share / (1 - share))


def is_noun(s: Sentence, first: int, head: int) -> bool:
    """Say whether the word is a noun here ("the report", "a new call"): a determiner or a possessive stands before."""
    if first != head:
        return False
    before = s.lower(first - 1)
    if before in DETERMINERS - {"that"} or before.endswith("'s") or before in {"of", "in", "with", "by", "for"}:
        return not s.lower(head).endswith("ing") or before in DETERMINERS
    two = s.lower(first - 2)
    return (
        (two in DETERMINERS - {"that"} or two.endswith("'s"))
        and s.lower(head) in NOUNS
        and s.lower(first - 1).islower()
    )


NOUNS = frozenset(
    "report reports claim claims call calls show shows support plan plans view views hope hopes charge charges vote "
    "votes request requests comment comments attack attacks promise promises demand demands question questions answer "
    "fear fears note notes hint warning look want post posts tweet tweets statement reply response back use".split()
)
