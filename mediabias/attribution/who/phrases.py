"""The words of a phrase: its head noun, what kinds of source its nouns name, how it reads as a label."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mediabias import lexicons
from mediabias.attribution.people import WEAK, fold

_DETERMINER = re.compile(r"^(?:the|an?|this|that|these|those)\s+", re.I)
#: Nouns that an article describes a source by.
KINDS = (
    "title_official",
    "official_spoken",
    "institution_state",
    "expert",
    "company",
    "civil_society",
    "citizen",
    "media",
    "document",
    "anonymous",
)
STOP = frozenset(
    "of in on at to for from by with about into over under after before as than that which who whom whose and or but is are was were be "
    "been has have had do does did will would can could may might should must said says say told according because while when if not "
    "it he she they we i you there so also".split()
)


@cache
def nouns() -> re.Pattern[str]:
    """Return a pattern over the common nouns that a source may be described by."""
    words = {
        w
        for row in lexicons.rows("source_words")
        if row["kind"] in KINDS
        for w in row["words"].split("|")
        if w == w.lower() and re.fullmatch(r"[a-z][a-z-]+", w)
    }
    forms = sorted({*words, *(f"{w}s" for w in words if not w.endswith("s"))}, key=lambda w: (-len(w), w))
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, forms)) + r")(?![\w-])", re.I)


@cache
def _kind_table() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for row in lexicons.rows("source_words"):
        if row["kind"] not in KINDS:
            continue
        for w in row["words"].split("|"):
            if re.fullmatch(r"[a-z][a-z.-]+", w):
                for form in {w.rstrip("."), w.rstrip(".") + "s"}:
                    found.setdefault(form, set()).add(row["kind"])
    return {w: tuple(sorted(k)) for w, k in found.items()}


def kinds_of(word: str) -> tuple[str, ...]:
    """Return the kinds of source that a noun names, after ``lexicons/source_words.csv``.

    Examples
    --------
    >>> kinds_of("senator"), kinds_of("pollsters"), kinds_of("rain")
    (('title_official',), ('expert',), ())
    """
    return _kind_table().get(word, ())


def head_noun(text: str) -> str:
    """Return the noun that heads a phrase, in lower case.

    Examples
    --------
    >>> head_noun("the former head of the port"), head_noun("two aides, who left")
    ('head', 'aides')
    """
    cut = re.split(
        r"\s(?:of|for|at|from|in|on|by|with|between|who|that|which|close|familiar|to|involved|including)\b|,|\s[–—-]\s|\(",
        text,
    )[0]
    words = re.findall(r"[\w’'-]+", cut)
    return fold(words[-1]) if words else ""


@lru_cache(maxsize=8192)
def content_words(text: str) -> frozenset[str]:
    """Return the words of a phrase that say something, as names are compared."""
    return frozenset(w for w in (fold(x) for x in re.findall(r"[\w’'-]+", text)) if w not in STOP and w not in WEAK)


def own_label(text: str) -> str:
    """Return a source by its own words: without article, of a long one what stands before its first clause.

    Examples
    --------
    >>> own_label("the head of the port, who left early that day after a long meeting of the whole board")
    'head of the port'
    """
    label = _DETERMINER.sub("", " ".join(text.split()).strip(" ,-–—“”\"'"), count=1)
    if len(label.split()) > 9:
        short = re.split(r",? (?:who|which|whose)\b|, | [–—-]+ | \(", label)[0]
        label = short if len(short) > 2 else label
    return label.strip(" ,")
