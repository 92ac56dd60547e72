"""Who speaks: whom each source stands for, what kind of source it is, and what the cue does in its context.

`read_who` takes an article's text and its attributions in spans, and says of each whose it is. Everything is read over the whole
article: a name, a pronoun and a description of one party give one speaker of one type.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mediabias.article import Span
from mediabias.attribution.cue_entry import entry_in_context
from mediabias.attribution.engines import Found
from mediabias.attribution.sources import source_type
from mediabias.attribution.who import negation
from mediabias.attribution.who.antecedent import Antecedents
from mediabias.attribution.who.features import cue_features, source_features
from mediabias.attribution.who.model import Heads, shipped
from mediabias.attribution.who.parties import PRONOUNS, Parties, Party, Source
from mediabias.attribution.who.phrases import own_label

__all__ = ["Who", "read_who"]


@dataclass(frozen=True)
class Who:
    """Who speaks in one attribution, each field with its probability between 0 and 1.

    `candidates` are the likeliest antecedents with their probabilities, the chosen one first.
    """

    speaker: str
    source_type: str
    cue_class: str
    is_negated: bool = False
    speaker_confidence: float = 1.0
    type_confidence: float = 1.0
    cue_confidence: float = 1.0
    candidates: tuple[tuple[str, float], ...] = ()


def read_who(text: str, paragraphs: Sequence[Span], found: Sequence[Found], heads: Heads | None = None) -> list[Who]:
    """Say who speaks in each attribution of an article.

    Parameters
    ----------
    text : str
        Of the article.
    paragraphs : sequence of Span
        Those that were read.
    found : sequence of Found
        All attributions of the article, in the order of their cues.
    heads : Heads, optional
        The trained heads; those that the package ships by default.

    Returns
    -------
    list of Who
        One for each attribution.

    References
    ----------
    Lee, K., He, L., Lewis, M. and Zettlemoyer, L. (2017). End-to-end neural coreference resolution. EMNLP.
    https://doi.org/10.18653/v1/D17-1018

    Examples
    --------
    >>> text = "Mayor Ana Dole spoke on Monday. “It rains,” she said."
    >>> found = [Found((Span(48, 52),), (Span(44, 47),), (Span(32, 43),), 1.0)]
    >>> [(w.speaker, w.source_type, w.cue_class) for w in read_who(text, [Span(0, len(text))], found)]
    [('Ana Dole', 'named official', 'neutral')]
    """
    if not found:
        return []
    heads = heads or shipped()
    parties = Parties(text, paragraphs, found)
    chosen = resolve(parties, heads)
    types = heads.classify("type", [source_features(parties, n, c.party) for n, c in enumerate(chosen)])
    types = np.array(
        [_with_rules(parties.sources[n], c.party, p, heads) for n, (c, p) in enumerate(zip(chosen, types, strict=True))]
    )
    types = _with_named(types, chosen, parties.sources)
    cues = heads.classify("cue", [cue_features(text, f) for f in found])
    for row, f in zip(cues, found, strict=True):
        if (kind := entry_in_context(text, f).cue_class) in heads.labels["cue"] and kind != "other":
            row *= 1 - LEXICON
            row[heads.labels["cue"].index(kind)] += LEXICON
    out = []
    for n, (one, kind, cue) in enumerate(zip(chosen, types, cues, strict=True)):
        out.append(
            Who(
                one.speaker,
                heads.labels["type"][int(kind.argmax())],
                heads.labels["cue"][int(cue.argmax())],
                negation.is_negated(text, found[n]),
                round(one.probability, 3),
                round(float(kind.max()), 3),
                round(float(cue.max()), 3),
                one.others,
            )
        )
    return out


#: How much the lexicon's class of a cue weighs against the head's probabilities.
LEXICON = 0.25
#: How much the word of the rules weighs against the head's probabilities, where the words of source or party tell a type.
RULES = 0.35
_OWN_LAWYER = re.compile(r"(?:\b(?:his|her|their)|[’']s?) (?:\w+ ){0,2}(?:lawyer|attorney|barrister)s?\b", re.I)
#: Forms of a source that name nobody.
_FORMS_OF_PRONOUNS = frozenset(PRONOUNS.values())


def _with_rules(source: Source, party: Party, p: NDArray[np.float64], heads: Heads) -> NDArray[np.float64]:
    """Return the probabilities of the types, mixed with what the rules say of the source, the name, and what stands beside it."""
    said = (source_type(t) for t in (source.text, party.label, *(f"{party.label}, {a}" for a in party.about)) if t)
    kind = next((k for k in said if k != "unknown"), "")
    # A lawyer of somebody speaks for the client, not for the law.
    if not kind or (kind == "expert" and _OWN_LAWYER.search(source.text)):
        return p
    mixed = (1 - RULES) * p
    mixed[heads.labels["type"].index(kind)] += RULES
    return mixed


def _with_named(
    types: NDArray[np.float64], chosen: Sequence[Resolved], sources: Sequence[Source]
) -> NDArray[np.float64]:
    """Return the probabilities with those of a party's citations by name for those by a pronoun: "she" is what "Dole" is."""
    named: dict[str, list[int]] = {}
    for n, one in enumerate(chosen):
        if one.party.entity is not None and sources[n].form not in _FORMS_OF_PRONOUNS:
            named.setdefault(one.speaker, []).append(n)
    out = types.copy()
    for n, one in enumerate(chosen):
        if sources[n].form in _FORMS_OF_PRONOUNS and one.speaker in named:
            out[n] = types[named[one.speaker]].mean(axis=0)
    return out


@dataclass(frozen=True)
class Resolved:
    """The party that a source stands for, under which name, how probably, and the other candidates."""

    party: Party
    speaker: str
    probability: float
    others: tuple[tuple[str, float], ...]


def resolve(parties: Parties, heads: Heads) -> list[Resolved]:
    """Return whom each source stands for, in the order of the cues."""
    antecedents = Antecedents(parties)
    out: list[Resolved] = []
    for n in range(len(parties.sources)):
        one = _chosen(n, antecedents, heads)
        antecedents.note(n, one.speaker)
        out.append(one)
    return out


def _chosen(number: int, antecedents: Antecedents, heads: Heads) -> Resolved:
    source = antecedents.parties.sources[number]
    choice = antecedents.candidates(number)
    if not choice.candidates:
        return Resolved(Party(source.text, role="none"), source.text, 0.5, ())
    p = heads.rank(choice.rows)
    order = np.argsort(-p, kind="stable")
    best = choice.candidates[int(order[0])]
    others = tuple((choice.candidates[int(k)].label, round(float(p[k]), 3)) for k in order[:4])
    # Candidates of one label are one answer.
    same = [k for k, c in enumerate(choice.candidates) if c.label == best.label]
    speaker = _with_owner(number, best, antecedents, heads) if best.role == "own" else _in_full(best, source)
    return Resolved(best, speaker, float(p[same].sum()), others)


def _in_full(party: Party, source: Source) -> str:
    """Return a body's or a group's name with the words beside it: for "Officials" "Officials in Port Ellan"."""
    own = own_label(source.text)
    is_person = party.role == "joint" or (party.entity is not None and party.entity.is_person)
    if is_person or not party.label or len(own.split()) > 7 or any(c in own for c in ",("):
        return party.label
    is_part = own.startswith(f"{party.label} ") or own.endswith(f" {party.label}")
    return own if is_part else party.label


def _with_owner(number: int, party: Party, antecedents: Antecedents, heads: Heads) -> str:
    """Return a source by its own words with its owner by name: for "his aides" "Ben Orr’s aides"."""
    source = antecedents.parties.sources[number]
    owned = re.match(r"(his|her|their|its)\s+(?=\w)", party.label, re.I)
    if owned is None:
        return party.label
    end = source.start + len(owned[1])
    owner = Source(source.start, end, owned[1], PRONOUNS[owned[1].lower()], "", (), False)
    choice = antecedents.candidates(number, owner)
    p = heads.rank(choice.rows) if choice.candidates else np.zeros(0)
    best = choice.candidates[int(p.argmax())] if len(p) else None
    if best is None or best.entity is None or p.max() < 0.5:
        return party.label
    return f"{best.label}’s {party.label[owned.end() :]}"
