"""Contents: what is said, from the quotation marks or from where the clause ends."""

from __future__ import annotations

from mediabias.article import Span
from mediabias.attribution.rules.rates import rate
from mediabias.attribution.rules.sentence import (
    AUXILIARIES,
    CLAUSE_BREAKS,
    DETERMINERS,
    NAME_JOINERS,
    PREPOSITIONS,
    PRONOUNS,
    REPORTERS,
    SAYING,
    TIMES,
    Sentence,
)


def left_content(s: Sentence, end: int) -> list[Span]:
    """Return what stands before the source or the verb as content: the quotations, or the clause."""
    i = end - 1
    while i >= 0 and s.quote[i] < 0 and not s.tokens[i].is_word:
        i -= 1
    if i < 0:
        return []
    start = 0
    for found in s.found:
        # What an earlier cue already has is not ours; we begin behind it.
        edge = max([found.cue[-1].end, *(c.end for c in found.content), *(c.end for c in found.source)])
        while start <= i and s.tokens[start].start < edge:
            start += 1
    while start <= i and not s.tokens[start].is_word and s.quote[start] < 0:
        start += 1
    if start <= i and s.lower(start) in {"but", "and", "so"} and s.quote[start] < 0:
        start += 1
    if start > i:
        return []
    if s.quote[i] >= 0 and all(q >= 0 or not s.tokens[k].is_word for k, q in enumerate(s.quote[start : i + 1], start)):
        return _merge(s, [s.quote_span(k) for k in range(start, i + 1) if s.quote[k] >= 0])
    return [
        Span(
            s.quote_span(start).start if s.quote[start] >= 0 else s.tokens[start].start,
            s.quote_span(i).end if s.quote[i] >= 0 else s.tokens[i].end,
        )
    ]


def _merge(s: Sentence, spans: list[Span]) -> list[Span]:
    return sorted(set(spans))


def right_quotes(s: Sentence, start: int) -> list[Span]:
    """Return the quotation that goes on behind "he said": directly after a comma or colon, or as the next sentence."""
    for i in range(start, len(s.tokens)):
        if s.quote[i] >= 0:
            if s.tokens[i - 1].text in {",", ":", ".", "—"} or i == start:
                q = s.quote_span(i)
                return [q]
            return []
    return []


def after_parenthesis(s: Sentence, last: int) -> list[Span]:
    """Return what follows in "The bridge, he said, is safe"."""
    i = last
    if s.tokens[min(i, len(s.tokens) - 1)].text != "," or i + 1 >= len(s.tokens):
        return []
    if s.quote[i + 1] >= 0 or s.lower(i + 1).endswith("ing") or s.lower(i + 1) in CLAUSE_BREAKS:
        return []
    return until_end(s, i + 1)


def until_end(s: Sentence, start: int) -> list[Span]:
    """Return the tokens from `start` to where the clause ends, without the closing full stop."""
    n = len(s.tokens)
    if start >= n:
        return []
    end = n
    for i in range(start + 3, n - 1):
        if s.quote[i] >= 0 or s.tokens[i].text not in {",", ";", "—"}:
            continue
        following = s.lower(i + 1)
        if following == "but" and not _begins_clause(s, i + 2):
            continue
        if (
            s.tokens[i].text == ";"
            or (following in CLAUSE_BREAKS and s.lower(i + 2) != "which")
            or following == "according"
            or (s.quote[i + 1] < 0 and following.endswith("ing") and rate(following) > 0.3)
        ):
            end = i
            break
        if _tagged_on(s, i + 1):
            end = i
            break
    while (
        end > start
        and s.quote[end - 1] < 0
        and not s.tokens[end - 1].is_word
        and s.tokens[end - 1].text not in {")", "%", "]"}
    ):
        end -= 1
    if end <= start:
        return []
    stop = s.quote_span(end - 1).end if s.quote[end - 1] >= 0 else s.tokens[end - 1].end
    begin = s.quote_span(start).start if s.quote[start] >= 0 else s.tokens[start].start
    return [Span(begin, stop)] if begin < stop else []


def _begins_clause(s: Sentence, i: int) -> bool:
    """Say whether a new statement follows "but": a subject or a reporting verb, not "but only in May"."""
    word = s.lower(i)
    return word in PRONOUNS | DETERMINERS or rate(word) > 0.15 or (i < len(s.tokens) and s.tokens[i].is_capital)


def _tagged_on(s: Sentence, i: int) -> bool:
    """Say whether ", he added" begins at token `i`."""
    return s.lower(i) in PRONOUNS and s.lower(i + 1) in SAYING and i + 2 >= len(s.tokens) - 2


def right_content(s: Sentence, head: int, last: int) -> list[Span]:
    """Return what stands behind the verb as content, past the one who is told, times and places."""
    n = len(s.tokens)
    i = last
    if i >= n:
        return []
    for j in range(i, min(n, i + 18)):
        if s.quote[j] >= 0:
            if s.tokens[j - 1].text in {",", ":", "."} or j == i or s.lower(j - 1) in {"that"}:
                if s.lower(j - 1) == "that" and j - 1 >= i:
                    return until_end(s, j - 1)
                return until_end(s, j)
            break
        if (
            s.lower(j) == "that"
            and (s.lower(j - 1) not in {"of", "in", "for"})
            and (j == i or s.lower(head) in REPORTERS or _skippable(s, i, j))
        ):
            return until_end(s, j)
        if rate(s.lower(j)) > 0.5 and s.tokens[j].text.islower():
            break
    if s.lower(head) in REPORTERS:
        i = _past_object(s, i)
    i = _past_times(s, i)
    if i < n and s.tokens[i].text in {":", ","}:
        i += 1
    if i < n and s.quote[i] < 0 and not s.tokens[i].is_word and s.tokens[i].text not in {"(", "[", "$"}:
        return []
    return until_end(s, i)


def _skippable(s: Sentence, i: int, j: int) -> bool:
    return s.lower(i) in PREPOSITIONS | TIMES or s.tokens[i].text == ","


def _past_object(s: Sentence, i: int) -> int:
    n = len(s.tokens)
    if i < n and s.lower(i) in {
        "him",
        "her",
        "them",
        "us",
        "me",
        "you",
        "reporters",
        "supporters",
        "voters",
        "lawmakers",
        "viewers",
    }:
        return i + 1
    j = i
    while (
        j < n
        and s.quote[j] < 0
        and (
            s.tokens[j].is_capital
            or s.lower(j) in DETERMINERS | NAME_JOINERS
            or (j > i and s.lower(j - 1) in DETERMINERS)
        )
    ):
        j += 1
    if i < j < n and s.tokens[j - 1].is_capital and (s.lower(j) in PRONOUNS | DETERMINERS | AUXILIARIES):
        return j
    return i if j == i or j >= n else j


def _past_times(s: Sentence, i: int) -> int:
    n = len(s.tokens)
    j = i
    while j < n and s.quote[j] < 0:
        word = s.lower(j)
        if word in TIMES or (word in {"week", "month", "morning", "afternoon", "evening", "night", "year"} and j > i):
            j += 1
        elif word in {"on", "in"} and s.lower(j + 1) in TIMES:
            j += 2
        elif (
            word == "in"
            and s.lower(j + 1) in {"a", "an"}
            and s.lower(j + 2) in {"statement", "interview", "tweet", "speech", "email"}
        ):
            j += 3
        else:
            break
    return j


def is_tail(s: Sentence, i: int) -> bool:
    """Say whether nothing but a time, a place or an audience follows from token `i` on."""
    n = len(s.tokens)
    if i >= n or (not s.tokens[i].is_word and s.quote[i] < 0):
        return True
    if s.quote[i] >= 0:
        return False
    word = s.lower(i)
    if word not in PREPOSITIONS | TIMES | {"reporters", "him", "her", "them"} or word in {"of", "as", "about"}:
        return False
    return n - i <= 18 and not any(s.lower(j) == "that" for j in range(i, n))


def has_clause_before(s: Sentence, end: int) -> bool:
    """Say whether more than an introductory phrase ("In May,") stands before token `end`."""
    commas = sum(1 for t in s.tokens[: end - 1] if t.text == ",")
    return commas >= 1
