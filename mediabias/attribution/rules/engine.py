"""The transparent engine: a lexicon of reporting verbs, quotation marks, and where a source stands beside its verb.

No statistics but one prior: how often a word form heads a cue in a hand-annotated corpus (`rates`). Every decision is
one of the named patterns below, and `explain` says which one made an attribution:

=============  =====================================================
pattern        example
=============  =====================================================
forward        The mayor said that the bridge was safe.
postposed      The bridge was safe, the mayor said on Monday.
inverted       "It is safe," said the mayor.
according      According to the mayor, the bridge was safe.
participle     The mayor left early, saying that he was tired.
colon          The mayor: "It is safe."
=============  =====================================================
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from mediabias.article import Span
from mediabias.attribution.engines import Found
from mediabias.attribution.quotes import Quotation, quotations
from mediabias.attribution.rules.contents import (
    after_parenthesis,
    has_clause_before,
    is_tail,
    left_content,
    right_content,
    right_quotes,
    until_end,
)
from mediabias.attribution.rules.cues import cue_at, is_noun, prior
from mediabias.attribution.rules.noun_phrases import phrase_left, phrase_right, source_span, subject
from mediabias.attribution.rules.rates import rate
from mediabias.attribution.rules.sentence import (
    AUXILIARIES,
    BE,
    EXPECTED,
    LEFT_STOPS,
    NAME_JOINERS,
    PREPOSITIONS,
    SAYING,
    SUBORDINATORS,
    Sentence,
)
from mediabias.attribution.rules.standing_alone import continued
from mediabias.attribution.rules.tokens import sentence_ends, tokenize

THRESHOLD = 0.5


def find(text: str, paragraphs: Sequence[Span]) -> list[Found]:
    """Find the attributions in the given paragraphs of `text`.

    Parameters
    ----------
    text : str
        The text of an article.
    paragraphs : sequence of Span
        Where to look; nothing outside is touched.

    Returns
    -------
    list of Found
        In the order of their cues. Offsets count from the beginning of `text`.

    Examples
    --------
    >>> text = '“It rains,” the mayor said.'
    >>> [(f.pattern, f.source[0].of(text)) for f in find(text, [Span(0, len(text))])]
    [('postposed', 'the mayor')]
    """
    marks = quotations(text, list(paragraphs))
    out: list[Found] = []
    pending: Found | None = None
    for paragraph in paragraphs:
        inside = [k for k, q in enumerate(marks) if paragraph.start <= q.start < paragraph.end]
        here, opened = _paragraph(text, paragraph, marks, inside, pending)
        out += continued(text, marks, inside, out, here)
        pending = opened if text[paragraph.end - 1] == ":" else None
    return sorted(out, key=lambda f: (f.cue, f.source, f.content))


def _paragraph(
    text: str, paragraph: Span, marks: list[Quotation], inside: list[int], pending: Found | None
) -> tuple[list[Found], Found | None]:
    """Read one paragraph; quotations are taken as one piece.

    A sentence that names source and cue but no content ("He issued a statement:") is kept open (`pending`) for a
    quotation that begins the next sentence or paragraph.
    """
    tokens = tokenize(text, paragraph.start, paragraph.end)
    quote = [-1] * len(tokens)
    k = 0
    for i, token in enumerate(tokens):
        while k < len(inside) and marks[inside[k]].end <= token.start:
            k += 1
        if k < len(inside) and marks[inside[k]].start <= token.start:
            quote[i] = inside[k]
    strictly = [q >= 0 and tokens[i].end < marks[q].end for i, q in enumerate(quote)]
    out: list[Found] = []
    for first, last in sentence_ends(tokens, strictly):
        s = Sentence(text, tokens[first:last], quote[first:last], marks)
        _read(s)
        if pending and not any(f.source for f in s.found) and s.quote[0] >= 0:
            quoted = sorted({s.quote_span(i) for i in range(len(s.tokens)) if s.quote[i] >= 0})
            s.found.append(replace(pending, content=tuple(quoted)))
        pending = s.open
        out += s.found
    return out, pending


def _read(s: Sentence) -> None:
    taken = -1
    for i in range(len(s.tokens)):
        # What stands in quotation marks is its speaker's wording, not the outlet's: no cue is looked for there.
        if i <= taken or s.quote[i] >= 0:
            continue
        group = cue_at(s, i)
        if group is None:
            continue
        first, head, last = group
        found = _pattern(s, first, head, last)
        if found and found.confidence >= THRESHOLD:
            s.found.append(found)
            taken = last - 1
    if not s.found:
        s.found += _colon(s)


def _pattern(s: Sentence, first: int, head: int, last: int) -> Found | None:
    if s.lower(head) == "according":
        return _according(s, first, last)
    if is_noun(s, first, head):
        return None
    for read in (_inverted, _postposed, _participle, _forward):
        found = read(s, first, head, last)
        if found:
            return found
    return None


def _found(
    s: Sentence, pattern: str, first: int, head: int, last: int, source: Span | None, content: list[Span], bonus: float
) -> Found | None:
    if not content:
        return None
    score = prior(s, head) + bonus + (0.5 if source else -1.5)
    confidence = 1 / (1 + math.exp(-score))
    return Found((s.span(first, last),), (source,) if source else (), tuple(content), round(confidence, 3), pattern)


def _inverted(s: Sentence, first: int, head: int, last: int) -> Found | None:
    """Content, verb, source: "It is safe," said the mayor."""
    if first == 0 or first != head:
        return None
    before = first - 1
    if not (s.quote[before] >= 0 or s.tokens[before].text in {",", "—", "?", "!"}):
        return None
    if s.quote[before] < 0 and s.lower(head) not in SAYING:
        return None
    if s.lower(head).endswith("ing"):
        return None
    end = phrase_right(s, last)
    if end is None:
        return None
    if s.quote[before] < 0 and not (end >= len(s.tokens) or (not s.tokens[end].is_word and s.quote[end] < 0)):
        return None
    content = left_content(s, first)
    if not content:
        return None
    content += right_quotes(s, end)
    return _found(s, "inverted", first, head, last, s.span(last, end), content, 2.5)


def _postposed(s: Sentence, first: int, head: int, last: int) -> Found | None:
    """Content, source, verb: "It is safe," the mayor said on Monday."""
    start = _after_quotation(s, first)
    if start is None:
        start = phrase_left(s, first)
    if start is None or start == 0:
        return None
    before = start - 1
    quoted = s.quote[before] >= 0
    if not quoted and s.tokens[before].text not in {",", "—", "?", "!", "–"}:
        return None
    inner = s.quote_span(before).of(s.text)[-4:] if quoted else ""
    strong = quoted and any(c in ",?!.—" for c in inner)
    if not strong and (
        not is_tail(s, last) or start < 4 or (s.lower(0) in SUBORDINATORS and not has_clause_before(s, start))
    ):
        return None
    content = left_content(s, start)
    if not content:
        return None
    if not quoted:
        content += after_parenthesis(s, last)
    content += right_quotes(s, last)
    return _found(s, "postposed", first, head, last, source_span(s, start, first), content, 2.5 if quoted else 1.0)


def _after_quotation(s: Sentence, first: int) -> int | None:
    """Return where the source begins if nothing but it stands between a quotation with its comma and the verb."""
    i = first - 1
    while i >= 0 and s.quote[i] < 0:
        if s.lower(i) in LEFT_STOPS - {"as"} or not (s.tokens[i].is_word or s.tokens[i].text in ",()-—&"):
            return None
        i -= 1
    if i < 0 or not 1 <= first - 1 - i <= 28 or not any(c in ",?!—" for c in s.quote_span(i).of(s.text)[-4:]):
        return None
    words = [t for t in s.tokens[i + 1 : first] if t.is_word]
    if not words or words[0].lower in PREPOSITIONS or any(rate(t.lower) > 0.5 for t in words if t.text.islower()):
        return None
    return i + 1


def _participle(s: Sentence, first: int, head: int, last: int) -> Found | None:
    """Source and another verb before, then "saying that ..."."""
    if not s.lower(head).endswith("ing") or first != head:
        return None
    content = right_content(s, head, last)
    return _found(s, "participle", first, head, last, subject(s, first), content, 0.3)


def _forward(s: Sentence, first: int, head: int, last: int) -> Found | None:
    """Source, verb, content: The mayor said that the bridge was safe."""
    start = phrase_left(s, first)
    source = source_span(s, start, first) if start is not None else None
    if start is not None and s.lower(start) == "that" and start > 0 and s.tokens[start - 1].is_word:
        noun = phrase_left(s, start)
        if noun is not None and s.lower(start - 1) not in AUXILIARIES:
            first, source = start, source_span(s, noun, start)
    if source is None and s.lower(first - 1) in {"and", "but", "or", "then", "to"}:
        source = subject(s, first)
    content = right_content(s, head, last)
    passive = any(s.lower(k) in BE for k in range(first, head)) and s.lower(head)[-2:] in {
        "ed",
        "en",
        "wn",
        "ld",
        "id",
        "nt",
    }
    if passive and source and s.lower(last) == "by":
        end = phrase_right(s, last + 1)
        if end is not None:
            content = [source] + (until_end(s, end) if s.lower(end) in {"to", "as", "of", "that"} else [])
            return _found(s, "passive", first, head, last + 1, s.span(last + 1, end), content, 0.5)
    if source and content and _is_sourceless(s, first, head):
        return _found(s, "sourceless", first, head, last, None, [source, *content], 1.5)
    if source and not content and prior(s, head) > 0:
        s.open = Found((s.span(first, last),), (source,), (), 0.8, "forward")
    bonus = -1.5 if passive and s.lower(head) not in {"told", "quoted", "worried", "concerned", "convinced"} else 0.0
    bonus += 1.5 if "yet" in {s.lower(k) for k in range(first, head)} and s.lower(head - 1) == "to" else 0.0
    if content:
        opening = s.text[content[0].start : content[0].start + 5].lower()
        bonus += 2.0 if opening.startswith("that ") else 0.0
        bonus += 2.0 if opening[:1] in "“\"«'‘" else 0.0
    if s.lower(first - 1) == "to":
        bonus -= 1.5
    return _found(s, "forward", first, head, last, source, content, bonus)


def _is_sourceless(s: Sentence, first: int, head: int) -> bool:
    """Say whether the subject is what is claimed, not who claims: "he is expected to win", "it seemed over"."""
    if s.lower(head) in {"seems", "seemed", "appears", "appeared"}:
        return True
    return s.lower(head) in EXPECTED and any(s.lower(k) in BE for k in range(first, head))


def _according(s: Sentence, first: int, last: int) -> Found | None:
    end = phrase_right(s, last, loose=True)
    if end is None:
        return None
    source = s.span(last, end)
    if first <= 1 or s.lower(first - 1) in {";"}:
        content = until_end(s, end + 1 if s.lower(end) == "," else end)
    else:
        content = left_content(s, first)
        if s.lower(end) == ",":
            content += until_end(s, end + 1)
    return _found(s, "according", first, first, last, source, content, 1.5)


def _colon(s: Sentence) -> list[Found]:
    """Read "Mayor: It is safe" and 'The mayor: "It is safe"'."""
    for i, token in enumerate(s.tokens[:12]):
        if token.text != ":" or s.quote[i] >= 0 or i == 0 or i + 1 >= len(s.tokens):
            continue
        if s.quote[i + 1] < 0 or not all(t.is_capital or t.lower in NAME_JOINERS for t in s.tokens[:i]):
            return []
        content = until_end(s, i + 1)
        return (
            [Found((Span(token.start, token.end),), (s.span(0, i),), tuple(content), 0.6, "colon")] if content else []
        )
    return []
