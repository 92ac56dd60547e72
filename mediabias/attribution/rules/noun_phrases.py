"""Noun phrases: where the words that name a source begin and end, without a parser."""

from __future__ import annotations

from mediabias.article import Span
from mediabias.attribution.rules.cues import is_adverb
from mediabias.attribution.rules.rates import rate
from mediabias.attribution.rules.sentence import (
    AUXILIARIES,
    DETERMINERS,
    IRREGULAR_PASTS,
    LEFT_STOPS,
    NAME_JOINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    ROLE_NOUNS,
    SUBORDINATORS,
    TIMES,
    Sentence,
)


def source_span(s: Sentence, start: int, end: int) -> Span:
    """Return tokens `start` to `end` as a source, without adverbs at its end ("Lee previously said")."""
    while end - 1 > start and (
        is_adverb(s.lower(end - 1)) or s.lower(end - 1) in {"also", "then", "later", "again", "once"}
    ):
        end -= 1
    return s.span(start, end)


def phrase_left(s: Sentence, end: int) -> int | None:
    """Return where the noun phrase that ends before token `end` begins, or None where there is none."""
    i = end - 1
    while (
        i >= 0
        and s.quote[i] < 0
        and (is_adverb(s.lower(i)) or s.lower(i) in {"also", "then", "later", "himself", "herself", "themselves"})
    ):
        i -= 1
    if i < 0 or s.quote[i] >= 0:
        return None
    if s.lower(i) in PRONOUNS or s.lower(i) in RELATIVES:
        return i
    if s.tokens[i].text in {",", "—", "–", ")"}:
        return _apposition_left(s, i)
    if not s.tokens[i].is_word or s.lower(i) in LEFT_STOPS | PREPOSITIONS:
        return None
    return _trim(s, _walk_left(s, i), i)


def _walk_left(s: Sentence, i: int) -> int:
    start = i
    while start > 0:
        j = start - 1
        word = s.lower(j)
        if not s.tokens[j].is_word and s.tokens[j].text != "&":
            break
        if s.quote[j] >= 0:
            break
        if word == "and" and j > 0 and s.tokens[start].is_capital and s.tokens[j - 1].is_capital and j - 1 > 0:
            start = j
            continue
        if word in LEFT_STOPS or word in PRONOUNS:
            break
        if word in PREPOSITIONS and (word not in NAME_JOINERS or j == 0):
            break
        if rate(word) > 0.3 and not s.tokens[j].is_capital:
            break
        start = j
    return start


def _trim(s: Sentence, start: int, end: int) -> int | None:
    """Drop words at the left edge that can't begin a source: prepositions, adverbs, days."""
    while start <= end and (
        s.lower(start)
        in PREPOSITIONS
        | {"meanwhile", "still", "however", "perhaps", "and", "yet", "again"}
        | TIMES - {"first", "last", "this", "early", "late"}
        or is_adverb(s.lower(start))
    ):
        start += 1
    # A lone participle has no one in it: "without presenting documents".
    is_gerund = start == end and s.tokens[end].text.islower() and s.lower(end).endswith("ing")
    return start if start <= end and not is_gerund else None


def _apposition_left(s: Sentence, comma: int) -> int | None:
    """Return the beginning of "Name, a role," for the comma that closes the apposition."""
    opening = {")": "("}.get(s.tokens[comma].text, s.tokens[comma].text)
    for j in range(comma - 1, max(-1, comma - 30), -1):
        if s.quote[j] >= 0:
            return None
        if s.tokens[j].text == opening and j > 0:
            if not s.tokens[j - 1].is_word or s.lower(j - 1) in LEFT_STOPS | PREPOSITIONS:
                return None
            # "Smith, R-Ohio, chairman of the panel,": an apposition may follow another.
            start = _trim(s, _walk_left(s, j - 1), j - 1)
            if start is None:
                return None
            if s.tokens[start].text.isdigit() and start > 1 and s.tokens[start - 1].text == ",":
                # "Dole, 58, who keeps a shop,": behind the age stands the name.
                return _trim(s, _walk_left(s, start - 2), start - 2)
            return start
    return None


def phrase_right(s: Sentence, start: int, *, loose: bool = False) -> int | None:
    """Return where the noun phrase that begins at token `start` ends (excluded), or None."""
    n = len(s.tokens)
    if start >= n or s.quote[start] >= 0:
        return None
    first = s.tokens[start]
    if first.lower in {"he", "she", "they", "i", "we", "it", "him", "her", "them"} and not (
        first.lower == "her" and s.tokens[min(start + 1, n - 1)].text.islower()
    ):
        return start + 1
    if not (
        first.is_capital
        or first.lower in DETERMINERS | PRONOUNS
        or loose
        or first.lower in {"one", "two", "three", "former", "senior", "sources"}
        or first.text.islower()
    ):
        return None
    if first.lower in PREPOSITIONS | LEFT_STOPS | TIMES:
        return None
    i = start
    while i < n and s.quote[i] < 0:
        token = s.tokens[i]
        if token.text == "," and not _apposition_right(s, i):
            break
        if not token.is_word and token.text not in {",", "&", "’", "/", ".", "(", ")"}:
            break
        if token.text == "." and i + 1 == n:
            break
        if i > start and token.lower in {
            "when",
            "while",
            "during",
            "after",
            "before",
            "as",
            "because",
            "if",
            "but",
            "that",
        }:
            break
        if (
            i > start
            and token.lower in {"on", "in", "at", "last", "this", "to", "late", "early"}
            and _time_or_place(s, i)
        ):
            break
        if (
            i > start
            and token.lower in TIMES
            and token.lower
            not in {"first", "this", "last", "late", "early", "there", "here", "once", "then", "later", "earlier"}
        ):
            break
        if i > start and token.lower in {"is", "was", "were", "are", "has", "had", "have", "will", "would"}:
            break
        i += 1
    while i > start and not s.tokens[i - 1].is_word and s.tokens[i - 1].text not in ".)":
        i -= 1
    return i if i > start else None


def _time_or_place(s: Sentence, i: int) -> bool:
    following = s.lower(i + 1)
    if s.lower(i) == "in" and not following.isdigit():
        return (
            following in {"a", "an", "the"}
            and s.lower(i + 2)
            in {
                "statement",
                "interview",
                "speech",
                "email",
                "phone",
                "telephone",
                "news",
                "tweet",
                "letter",
                "video",
                "post",
                "memo",
            }
        ) or following in {"an", "a"}
    if s.lower(i) == "at":
        return following in {"a", "the", "an"}
    if s.lower(i) == "to":
        return following in {"reporters", "the", "a", "applause"} and s.lower(i - 1) not in ROLE_NOUNS
    return (
        following in TIMES or following.isdigit() or following in {"week", "month", "year", "night", "fall", "spring"}
    )


def _apposition_right(s: Sentence, comma: int) -> bool:
    """Say whether what follows the comma still describes the source ("said Ann Lee, a nurse")."""
    following = s.tokens[comma + 1] if comma + 1 < len(s.tokens) else None
    if following is None or s.quote[comma + 1] >= 0:
        return False
    return (
        following.lower
        in {
            "a",
            "an",
            "the",
            "director",
            "president",
            "chairman",
            "professor",
            "head",
            "of",
            "one",
            "another",
            "then",
            "jr",
            "author",
            "former",
            "executive",
            "chief",
            "senior",
            "spokesman",
            "spokeswoman",
            "founder",
            "co-founder",
        }
        or following.text.isdigit()
        or following.text.startswith(("R-", "D-", "I-"))
    )


def subject(s: Sentence, before: int) -> Span | None:
    """Return the source of the last attribution in the sentence, else the subject of its first clause."""
    for found in reversed(s.found):
        if found.source and found.source[0].start < s.tokens[before].start:
            return found.source[0]
    i = 0
    if s.lower(0) in SUBORDINATORS:
        commas = [j for j in range(1, min(before, 30)) if s.tokens[j].text == "," and s.quote[j] < 0]
        i = commas[0] + 1 if commas else 0
    if i < before and s.lower(i) in {"and", "but", "so", "meanwhile", "then", "still"}:
        i += 1
    j = i
    while j < before and s.quote[j] < 0:
        word = s.lower(j)
        if not s.tokens[j].is_word and s.tokens[j].text != ",":
            break
        if s.tokens[j].text == ",":
            break
        if j > i and (
            word in AUXILIARIES
            or (
                s.tokens[j].text.islower()
                and (rate(word) > 0.15 or (word.endswith("ed") and len(word) > 4) or word in IRREGULAR_PASTS)
            )
        ):
            break
        j += 1
        if word in PRONOUNS:
            break
    while j > i and (is_adverb(s.lower(j - 1)) or not s.tokens[j - 1].is_word):
        j -= 1
    return s.span(i, j) if i < j <= i + 14 else None
