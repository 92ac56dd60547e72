"""Classes of cues: what the outlet says somebody did in speaking, from ``lexicons/cue_verbs.csv``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from mediabias import lexicons

#: Say little themselves when another verb follows them: "sought to clarify", "tried to explain".
_LIGHT = frozenset(
    "seek try continue want plan begin go need attempt move rush start come manage use work help offer repeat".split()
)
_HEDGES = frozenset(("suggest", "appear", "seem", "hint", "imply", "indicate"))
_NEGATIONS = frozenset("not never no n't without neither nor cannot".split())
_AUXILIARIES = frozenset(
    "be is are was were been being am has have had having do does did will would shall should can could may might "
    "must to get gets got 've 'd 'll 's 're 'm".split()
)
#: Nouns whose content a "that"-clause gives (Schmid 2000): they ascribe something where they stand alone.
_SHELL = frozenset(
    "accusation admission advice agreement affirmation allegation announcement apology argument assertion assessment "
    "assumption assurance belief boast claim comment complaint conclusion concern concession confession confirmation "
    "conjecture contention conviction criticism decision declaration demand denial denunciation doubt estimate "
    "expectation explanation fear finding forecast guess hint hope hypothesis idea impression insinuation insistence "
    "intention judgement judgment notion objection observation opinion perception prediction pretense promise "
    "proposal rebuttal refusal reluctance recommendation remark reminder report request revelation rumor rumour "
    "sentiment speculation statement suggestion suspicion testimony theory thought threat view vow warning "
    "willingness wish worry".split()
)
_PREPOSITIONS = frozenset(
    "in as of for to from by about per on with under against among despite at over after amid behind upon through "
    "without into toward towards that".split()
)
_DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your any no some such one two several many most more it "
    "there nor".split()
)
#: May stand before the word that opens a cue: "also critical of", "deeply opposed to".
_SKIPPED = frozenset("also now still very so too less often long just even once again all both clearly".split())
#: Introduce a content without saying anything of how it was said.
_INTRODUCING = frozenset("in as of for to from by about per".split())
#: Behind these, a word that is both a noun and a verb is a noun: "a sign", "his claim".
_ARTICLES = frozenset("the a an his her its their our my your".split())
_BE = frozenset("is are was were been being am be 's 're 'm".split())
WORD = re.compile(r"'(?:s|re|d|ll|ve|m)\b|[^\W\d_]+(?:'[^\W\d_]+)?(?:-[^\W\d_]+)*")


@dataclass(frozen=True)
class CueClass:
    """What is known of a cue.

    `cue_class` is the toolkit's own class, `speech_act` follows Caldas-Coulthard (1994), `factivity` Hooper (1975) and
    Karttunen (1971), `stance` Merrill (1965) and Geis (1987). `type` is what it ascribes to its source, after a bar
    what it does before an infinitive (see `mediabias.attribution.types`); `reference` says whose judgement the entry
    is, `pos` of which part of speech.
    """

    lemma: str
    cue_class: str = "other"
    speech_act: str = "none"
    factivity: str = "none"
    stance: str = "neutral"
    type: str = ""
    reference: str = "ours"
    negated: bool = False
    pos: str = ""


@cache
def _lexicon() -> dict[tuple[str, str], CueClass]:
    """Return the entries by part of speech and lemma."""
    out = {}
    for row in _rows():
        # Phrases are looked up by lemmas ("be convince") and called as they are said.
        called = row["irregular"] if row["pos"] == "phrase" and row["irregular"] else row["lemma"]
        entry = CueClass(
            called,
            row["cue_class"],
            row["speech_act"],
            row["factivity"],
            row["stance"],
            row["type"],
            row["reference"],
            pos=row["pos"],
        )
        out[row["pos"], row["lemma"]] = entry
    return out


def _rows() -> tuple[dict[str, str], ...]:
    return lexicons.rows("cue_verbs")


@cache
def _lemmas() -> dict[str, str]:
    """Return the verb lemma of every form; a form of two verbs is of the one whose lemma it is, or of the first."""
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
    # A second spelling ("criticise") adds forms; an irregular past or a doubled consonant takes the regular one's
    # place.
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


def is_past_or_gerund(form: str) -> bool:
    """Say whether a form can only be a verb: a past form or a gerund that is no noun of reporting.

    Examples
    --------
    >>> [is_past_or_gerund(w) for w in ("said", "announcing", "claims", "warning", "bridge")]
    [True, True, False, False, False]
    """
    lemma = lemma_of(form)
    plain = {lemma, f"{lemma}s", f"{lemma}es", f"{(lemma or '')[:-1]}ies"}
    return lemma is not None and form.lower() not in plain and entry_of("noun", form.lower()) is None


def is_noun(form: str) -> bool:
    """Say whether a form may be a noun: one of the lexicon's, or no verb of it.

    Examples
    --------
    >>> [is_noun(w) for w in ("claims", "attacks", "says", "bridge")]
    [True, True, False, True]
    """
    return entry_of("noun", form.lower()) is not None or lemma_of(form) is None


def _singulars(word: str) -> tuple[str, ...]:
    return word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"


def entry_of(pos: str, word: str) -> CueClass | None:
    """Return the lexicon's entry of a word in the singular or the plural, or None."""
    return next((e for w in _singulars(word) if (e := _lexicon().get((pos, w)))), None)


def _nominal(words: list[str], lowered: list[str]) -> CueClass | None:
    """Return the entry of a noun or an adjective that is a cue by its construction, or None.

    A word of the lexicon may be part of a name or a headline. It is a cue behind a verb, a copula, a preposition or a
    determiner ("gave a warning", "is eager", "the claim"), before a preposition or a copula ("skeptical of"), and alone
    if it is a noun of saying or believing or an adjective of attitude. It is written in lower case, as in a name it is
    not.
    """
    lowered = [re.sub(r"n't$", "", w) or w for w in lowered]
    first = next((i for i, w in enumerate(lowered) if w not in _SKIPPED and not w.endswith("ly")), 0)
    opener = lowered[first]
    opened = opener in _AUXILIARIES | _PREPOSITIONS | _DETERMINERS or ("verb", _lemmas().get(opener, "")) in _lexicon()
    for pos in ("noun", "adjective"):
        for at, word in enumerate(words):
            entry = entry_of(pos, word) if word.islower() else None
            if entry is None:
                continue
            followed = at + 1 < len(lowered) and lowered[at + 1] in _PREPOSITIONS | _BE
            telling = pos == "adjective" and entry.cue_class in {"mental", "distancing", "hedged"}
            alone = len(words) == first + 1 and (entry.lemma in _SHELL or telling)
            if (opened and at > first) or followed or alone:
                return entry
    return None


def _named(word: str) -> bool:
    """Say whether a cue of one word is more likely a name or part of a headline ("Press", "Attacks") than a verb."""
    lowered = word.lower()
    return not word.islower() and (lowered in {r["lemma"] for r in _rows()} or entry_of("noun", lowered) is not None)


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
    Schmid, H.-J. (2000). English Abstract Nouns as Conceptual Shells.

    Examples
    --------
    >>> classify("has claimed").cue_class
    'distancing'
    >>> classify("declined to comment").cue_class
    'denying'
    >>> classify("Press").cue_class, classify("attacks", noun=True).cue_class, classify("the claim").cue_class
    ('other', 'other', 'distancing')
    >>> found = classify("has yet to confirm"); found.cue_class, found.negated
    ('declarative', True)
    """
    words = WORD.findall(cue.replace("’", "'"))
    if not words:
        return CueClass(cue.strip(), "neutral", "neutral", "none", "neutral")
    lowered = [w.lower() for w in words]
    negated = any(w in _NEGATIONS or w.endswith("n't") for w in lowered) or "yet to" in " ".join(lowered)
    found = None if len(words) == 1 and _named(words[0]) else _found(words, lowered, noun)
    if found is None:
        kind = "neutral" if set(lowered) <= _INTRODUCING else "other"
        content = [w for w in lowered if w not in _AUXILIARIES | _INTRODUCING] or lowered
        found = CueClass(content[0], kind)
    return replace(found, negated=negated)


def _found(words: list[str], lowered: list[str], noun: bool) -> CueClass | None:
    """Return the entry that decides a cue: a phrase, a verb of saying, a noun or an adjective, any other verb."""
    lemmas = [_lemmas().get(w, w) for w in lowered]
    plain = ["be" if w in _BE else w for w in lemmas]
    for phrase, entry in _phrases():
        at = next((i for i in range(len(plain) - len(phrase) + 1) if tuple(plain[i : i + len(phrase)]) == phrase), None)
        if at is not None:
            # "took to social media to accuse": the phrase only says where.
            behind = lowered[at + len(phrase) :]
            told = (
                _found(words[-len(behind) :], behind, noun) if entry.cue_class == "neutral" and "to" in behind else None
            )
            return told or entry
    nominal = _nominal(words, lowered)
    if noun or (lowered[0] in _ARTICLES and nominal and nominal.pos == "noun"):
        return nominal
    lexicon = _lexicon()
    verbs = [
        w
        for n, (w, form) in enumerate(zip(lemmas, lowered, strict=True))
        if ("verb", w) in lexicon and form not in _AUXILIARIES and not _is_other_word(w, lowered[n + 1 :])
    ]
    telling = [v for v in verbs if v not in _LIGHT and lexicon["verb", v].cue_class != "acting"]
    head = next((v for v in verbs if v in _HEDGES), None) if len(verbs) > 1 or len(words) > 4 else None
    if head := head or next(iter(telling), None):
        return lexicon["verb", head]
    # "gave a warning", "made it clear", "is eager": the verb says little, the noun or the adjective says what.
    if nominal:
        return nominal
    return lexicon["verb", next((v for v in verbs if v not in _LIGHT), verbs[0])] if verbs else None


def _is_other_word(lemma: str, rest: list[str]) -> bool:
    """Say whether a form is no cue verb here: "appeared in court to argue", "has long wanted", "own views"."""
    after = rest[0] if rest else ""
    if lemma == "appear":
        return after in {"on", "at", "in", "before", "with", "alongside", "for"}
    if lemma == "long":
        return bool(after) and after not in {"for", "to"}
    return lemma in {"own", "direct"} and bool(after) and after != "up" and after not in _PREPOSITIONS | _DETERMINERS
