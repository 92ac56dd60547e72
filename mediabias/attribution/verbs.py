"""Classes of cues: what the outlet says somebody did in speaking, from ``lexicons/cue_verbs.csv``."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from mediabias import lexicons

#: Say little themselves when another verb follows them: "sought to clarify", "tried to explain".
_LIGHT = frozenset(
    "seek try continue want plan begin go need attempt move rush start come manage use work help offer".split()
)
_HEDGES = frozenset(("suggest", "appear", "seem", "hint", "imply", "indicate"))
_NEGATIONS = frozenset("not never no n't without neither nor yet cannot".split())
_AUXILIARIES = frozenset(
    "be is are was were been being am has have had having do does did will would shall should can could may might must "
    "to get gets got 've 'd 'll 's 're".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?(?:-[^\W\d_]+)*")


@dataclass(frozen=True)
class CueClass:
    """What is known of a cue.

    `cue_class` is the toolkit's own class, `speech_act` follows Caldas-Coulthard (1994), `factivity` Hooper (1975) and
    Karttunen (1971), `stance` Merrill (1965) and Geis (1987). `type` is what it ascribes to its source, after a bar what it
    does before an infinitive (see `mediabias.attribution.types`); `reference` says whose judgement the entry is.
    """

    lemma: str
    cue_class: str = "other"
    speech_act: str = "none"
    factivity: str = "none"
    stance: str = "neutral"
    type: str = ""
    reference: str = "ours"
    negated: bool = False


@cache
def _lexicon() -> dict[tuple[str, str], CueClass]:
    """Return the entries by part of speech and lemma."""
    out = {}
    for row in _rows():
        entry = CueClass(
            row["lemma"],
            row["cue_class"],
            row["speech_act"],
            row["factivity"],
            row["stance"],
            row["type"],
            row["reference"],
        )
        out[row["pos"], row["lemma"]] = entry
    return out


def _rows() -> tuple[dict[str, str], ...]:
    return lexicons.rows("cue_verbs")


@cache
def _lemmas() -> dict[str, str]:
    """Return the verb lemma of every form; a form of two verbs belongs to the one whose lemma it is, or to the first."""
    out: dict[str, str] = {}
    verbs = [r for r in _rows() if r["pos"] == "verb"]
    for row in verbs:
        for form in sorted(inflect(row["lemma"], row["irregular"])):
            out.setdefault(form, row["lemma"])
    out.update({r["lemma"]: r["lemma"] for r in verbs})
    return out


@cache
def _phrases() -> list[tuple[tuple[str, ...], CueClass]]:
    found = [(tuple(lemma.split()), entry) for (pos, lemma), entry in _lexicon().items() if pos == "phrase"]
    return sorted(found, key=lambda item: (-len(item[0]), item[0]))


def inflect(lemma: str, irregular: str = "") -> frozenset[str]:
    """Return the forms of an English verb.

    Parameters
    ----------
    lemma : str
        The verb's base form.
    irregular : str
        Its other forms, parted by "|". A past form given there replaces the regular one in -ed.

    Examples
    --------
    >>> sorted(inflect("deny"))
    ['denied', 'denies', 'deny', 'denying']
    >>> sorted(inflect("tell", "told"))
    ['tell', 'telling', 'tells', 'told']
    """
    given = {f for f in irregular.split("|") if f}
    forms = {lemma, *given}
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        regular = {lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"}
    elif lemma.endswith("ee"):
        regular = {lemma + "s", lemma + "d", lemma + "ing"}
    elif lemma.endswith("e"):
        stem = lemma[:-2] + "y" if lemma.endswith("ie") else lemma[:-1]
        regular = {lemma + "s", lemma + "d", stem + "ing"}
    else:
        third = lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
        regular = {third, lemma + "ed", lemma + "ing"}
    # A second spelling ("criticise") adds forms; an irregular past or a doubled consonant takes the regular one's place.
    if any(not f.endswith(("ing", "s", "e", "ed")) or (f.endswith("ed") and f.startswith(lemma)) for f in given):
        regular = {f for f in regular if not f.endswith("ed")}
    if any(f.endswith("ing") and f.startswith(lemma) for f in given):
        regular = {f for f in regular if not f.endswith("ing")}
    return frozenset(forms | regular)


def lemma_of(form: str) -> str | None:
    """Return the lemma of any form of a reporting verb, or None.

    Examples
    --------
    >>> lemma_of("claimed"), lemma_of("bridge")
    ('claim', None)
    """
    return _lemmas().get(form.lower().replace("’", "'"))


def _noun_entry(words: list[str]) -> CueClass:
    for word in words:
        for singular in (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"):
            if ("noun", singular) in _lexicon():
                return _lexicon()["noun", singular]
    return CueClass(words[0], "other")


def coverage(compartment: str) -> tuple[float, int]:
    """Return the share of a PolNeAR compartment's cues that the lexicon knows, and how many there are."""
    from mediabias.attribution import polnear

    cues = [
        " ".join(d.text[s:e] for s, e in a["cue"])
        for d in polnear.read(compartment)
        for a in d.annotations[0]
        if a["cue"]
    ]
    return sum(classify(cue).cue_class != "other" for cue in cues) / len(cues), len(cues)


def classify(cue: str, *, noun: bool = False) -> CueClass:
    """Return the class of a cue as it stands in a text: with auxiliaries, adverbs, negation, particles.

    Parameters
    ----------
    cue : str
        Such as "has yet to confirm" or "according to".
    noun : bool
        The cue is a noun where it stands ("the attacks"): it is never taken for the verb of that form.

    Returns
    -------
    CueClass
        Of class "other" when the lexicon knows none of its words.

    References
    ----------
    Caldas-Coulthard, C. (1994). On reporting reporting. In: Coulthard, M. (ed.), Advances in Written Text Analysis.

    Examples
    --------
    >>> classify("has claimed").cue_class
    'distancing'
    >>> classify("declined to comment").cue_class
    'denying'
    >>> found = classify("has yet to confirm"); found.cue_class, found.negated
    ('declarative', True)
    """
    words = _WORD.findall(cue.lower().replace("’", "'"))
    if not words:
        return CueClass(cue.strip(), "neutral", "neutral", "none", "neutral")
    negated = any(w in _NEGATIONS or w.endswith("n't") for w in words)
    lemmas = [_lemmas().get(w, w) for w in words]
    for phrase, entry in _phrases():
        if any(tuple(lemmas[i : i + len(phrase)]) == phrase for i in range(len(lemmas) - len(phrase) + 1)):
            return replace(entry, negated=negated)
    if noun:
        return replace(_noun_entry(words), negated=negated)
    verbs = [w for w, form in zip(lemmas, words, strict=True) if ("verb", w) in _lexicon() and form not in _AUXILIARIES]
    telling = [v for v in verbs if v not in _LIGHT and _lexicon()["verb", v].cue_class != "acting"]
    head = next((v for v in verbs if v in _HEDGES), None) if len(verbs) > 1 or len(words) > 4 else None
    if head := head or next(iter(telling), None):
        return replace(_lexicon()["verb", head], negated=negated)
    # "gave a warning", "made it clear", "is eager": the verb says little, the noun or the adjective says what.
    for pos, word in product(("noun", "adjective"), words):
        for singular in (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"):
            if (pos, singular) in _lexicon():
                return replace(_lexicon()[pos, singular], negated=negated)
    if verbs:
        head = next((v for v in verbs if v not in _LIGHT), verbs[0])
        return replace(_lexicon()["verb", head], negated=negated)
    known = {"in", "as", "of", "for", "to", "from", "by", "about", "per"}
    kind = "neutral" if set(words) <= known else "other"
    content = [w for w in words if w not in _AUXILIARIES | known] or words
    return CueClass(content[0], kind, negated=negated)


if __name__ == "__main__":
    print("{:.4f} of {} cues are in the lexicon".format(*coverage(sys.argv[1])))
