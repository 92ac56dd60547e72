"""What the classifiers of source and cue see: named features of one attribution, each with its weight."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mediabias.attribution import sources, verbs
from mediabias.attribution.cue_entry import entry_in_context
from mediabias.attribution.engines import Found
from mediabias.attribution.who.known import known_surname, known_type
from mediabias.attribution.who.names import ends_body, is_place
from mediabias.attribution.who.parties import Parties, Party
from mediabias.attribution.who.phrases import head_noun, kinds_of

#: Features are told apart by a checksum of their names, so that a model needs no list of words.
BUCKETS = 1 << 15
_WORD = re.compile(r"[A-Za-z][\w’'-]*|\d+")
_TOKEN = re.compile(r"[A-Za-z][\w’'-]*|\d+|[^\w\s]")
Features = dict[str, float]


def hashed(features: Mapping[str, float]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the buckets of the features and their weights.

    Examples
    --------
    >>> buckets, weights = hashed({"form=he": 1.0})
    >>> weights.tolist(), bool(0 <= buckets[0] < BUCKETS)
    ([1.0], True)
    """
    kept = [(_bucket(name), value) for name, value in sorted(features.items()) if value]
    return np.array([b for b, _ in kept], np.int64), np.array([v for _, v in kept], np.float64)


@lru_cache(maxsize=1 << 16)
def _bucket(name: str) -> int:
    return zlib.crc32(name.encode("utf8")) % BUCKETS


@lru_cache(maxsize=1 << 14)
def _rule(text: str) -> str:
    return sources.source_type(text) if text else "unknown"


def _words(text: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(text)]


def _set(features: Features, prefix: str, names: Iterable[str], value: float = 1.0) -> None:
    for name in names:
        features[f"{prefix}={name}"] = value


def source_features(parties: Parties, number: int, party: Party) -> Features:
    """Return the features that tell the type of source `number`, which stands for `party`.

    The words of the source, of the party's name and of what the article says beside it, the kinds of source that these words
    name, what today's rules and the tables of known people and bodies say, the cue, and the sentence.
    """
    source, found, label, entity = parties.sources[number], parties.found[number], party.label, party.entity
    d: Features = {f"form={source.form}": 1.0, f"role={party.role}": 1.0, f"h={source.head}": 1.0}
    _set(d, "s", _words(source.text)[:15])
    _set(d, "l", _words(label)[:12])
    _set(d, "sk", (k for w in _words(source.text) for k in kinds_of(w)))
    _set(d, "hk", kinds_of(source.head))
    _set(d, "k", party.kinds)
    if label:
        head = head_noun(label)
        d[f"lh={head}"] = 1.0
        _set(d, "lk", kinds_of(head))
    for about in party.about:
        _set(d, "a", _words(about))
        key = f"ra={_rule(about)}"
        d[key] = d.get(key, 0.0) + 1 / len(party.about)
    d[f"rs={_rule(source.text)}"] = d[f"rl={_rule(label)}"] = 1.0
    names = sorted({label, *(entity.aliases if entity else ())})
    _set(d, "known", filter(None, map(known_type, names)))
    d[f"sknown={known_type(source.text)}"] = 1.0
    if label and " " not in label and known_surname(label):
        d[f"surname={known_surname(label)}"] = 1.0
    d[f"det={source.text.split()[0].lower() if source.text else ''}"] = 1.0
    flags = {
        "person": entity is not None and entity.is_person,
        "entity": entity is not None,
        "place": bool(label) and is_place(label),
        "body": bool(label) and ends_body(label),
        "outlet": bool(label) and sources.is_outlet(label),
        "figure": bool(label) and sources.is_public_figure(label),
        "many": party.is_many or source.is_many,
        "names": bool(source.names),
    }
    d.update({name: 1.0 for name, is_so in flags.items() if is_so})
    if entity is not None:
        d["mentions"] = math.log1p(len(entity.mentions)) / 3
        _set(d, "t", entity.titles)
    d.update({f"topic={k}": share for k, share in parties.topic.items()})
    if entity is not None:
        around = _words(parties.around(party))
        _set(d, "m", around, 0.15)
        kinds = [k for w in around for k in kinds_of(w)]
        d.update({f"mk={k}": kinds.count(k) / len(kinds) for k in set(kinds)})
    cue = entry_in_context(parties.text, found)
    d[f"cl={cue.lemma}"] = d[f"cc={cue.cue_class}"] = 1.0
    begin = max(parties.text.rfind(mark, 0, found.cue[0].start) for mark in (".", "\n")) + 1
    _set(d, "w", _words(parties.text[begin : found.cue[0].end + 80]), 0.3)
    return d


def cue_features(text: str, found: Found) -> Features:
    """Return the features that tell the class of a cue in its context.

    The words and lemmas of the cue, its entry in the lexicon and those of its parts, how the content begins, what stands around.
    """
    cue = " ".join(s.of(text) for s in found.cue)
    entry = entry_in_context(text, found)
    words = [w.lower() for w in _TOKEN.findall(cue.replace("’", "'"))]
    lemmas = [verbs.lemma_of(w) or w for w in words]
    content = " ".join(s.of(text) for s in found.content)
    after = [w.lower() for w in _TOKEN.findall(content[:80])]
    is_quoted = content[:1] in set("“\"'‘«„")
    d: Features = {
        f"lex={entry.cue_class}": 1.5,
        f"lem={entry.lemma}": 1.5,
        f"ref={entry.reference}": 0.5,
        f"pos={entry.pos}": 1.0,
        f"fact={entry.factivity}": 0.5,
        f"st={entry.stance}": 0.5,
        f"sa={entry.speech_act}": 0.5,
        f"ty={entry.type}": 0.5,
        f"lexneg={entry.cue_class}": float(entry.negated),
        "neg": float(entry.negated),
        "quoted": float(is_quoted),
        f"lexq={entry.cue_class}{is_quoted}": 1.0,
        f"lemx={entry.lemma}_{after[0] if after else ''}": 1.0,
        f"x0={after[0] if after else ''}": 1.0,
        f"last={lemmas[-1] if lemmas else ''}": 1.0,
        f"first={lemmas[0] if lemmas else ''}": 1.0,
        "long": float(len(words) > 3),
        "n": min(len(words), 8) / 8,
    }
    _set(d, "c", lemmas)
    _set(d, "b", (f"{a}_{b}" for a, b in zip(["^", *lemmas], [*lemmas, "$"], strict=True)))
    for word in lemmas:
        for pos in ("verb", "noun", "adjective"):
            if part := verbs.entry_of(pos, word):
                d[f"any{pos}={part.cue_class}"] = 1.0
    _set(d, "x", after[:12], 0.5)
    behind = [w.lower() for w in _TOKEN.findall(text[found.cue[-1].end : found.cue[-1].end + 40])]
    d[f"r0={behind[0] if behind else ''}"] = 1.0
    _set(d, "r", behind[:3], 0.5)
    _set(
        d,
        "p",
        (w.lower() for w in _TOKEN.findall(text[max(0, found.cue[0].start - 40) : found.cue[0].start])[-3:]),
        0.3,
    )
    if found.source:
        d[f"src={_rule(found.source[0].of(text))}"] = 0.5
    return d
