"""Transcripts and interviews: whose turn a paragraph is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mediabias.article import Article, Span
from mediabias.attribution.engines import Found
from mediabias.attribution.layout.lines import NAME, Line, trimmed

_TIME = r"[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?[\])]?"
#: "[10:02] Dole:", "ANA DOLE, MAYOR OF ELLAN:", "Dole (10:03):", "Q:".
_TURN = re.compile(
    rf"(?:{_TIME}\s*[-–—]?\s*)?(?P<name>{NAME}|[A-Z]{{1,3}})(?P<title>,[^:\n]{{2,60}}|\s*\((?:[^()\n]{{2,60}})\)|\s+{_TIME})?\s*(?P<colon>:)\s+(?=\S)"
)
#: The same in a line of its own, as lists of definitions have it.
_NAME_ALONE = re.compile(rf"(?P<name>{NAME})(?P<title>,[^:\n]{{2,60}})?(?P<colon>:?)(?=\n|$)")
_FEWEST = 3
_TALK = re.compile(
    r"\b(?:spoke|speaks|talked|talks|interview\w*|asked|answers|answered|sat down|Q ?& ?A|questions|conversation|tells|told)\b",
    re.I,
)
_SUBJECT = re.compile(
    rf"(?P<name>{NAME})(?:, [^.\n]{{2,100}}?,)? (?:spoke|talked|talks|speaks|sat down|told|tells|answered|answers|explains|responds)\b"
)
_OBJECT = re.compile(
    rf"\b(?:interview(?:ed)?(?: with)?|asked|(?:spoke|talked|spoken|talks|speaks) (?:to|with)|sat down with|met|conversation with|questions (?:for|to))\s+"
    rf"(?:(?:the|its|a|an|our) )?(?:[a-z-]+ ){{0,4}}(?P<name>{NAME})"
)


def turns(article: Article, lines: Sequence[Line]) -> list[Found]:
    """Return an attribution for each turn of a transcript, or for each answer of an interview; none where it is neither."""
    body = [line for line in lines if line.zone in ("body", "standfirst")]
    return _of_transcript(article.text, body) or _of_interview(article.text, lines, body)


def surname(name: str) -> str:
    """Return the last word of a name, as names are compared."""
    return name.split()[-1].casefold().rstrip(".")


def full_name(text: str, name: str) -> str:
    """Return a speaker's name as the article has it in full.

    Examples
    --------
    >>> full_name("Ana Dole, the mayor, came. DOLE: No.", "DOLE"), full_name("Ana Dole came. AD: No.", "AD")
    ('Ana Dole', 'Ana Dole')
    """
    known = [m[0].rstrip(".") for m in re.finditer(NAME, text) if " " in m[0]]
    known = [n for n in known if not n.isupper()] + [_capitalized(n) for n in known if n.isupper()]
    initials = [n for n in known if "".join(w[0] for w in n.split()) == name]
    same = [n for n in known if surname(n) == surname(name) and not n.startswith(("The ", "Mr", "Ms", "Mrs"))]
    found = (initials if re.fullmatch(r"[A-Z]{1,3}", name) else []) or same
    if found and (" " not in name or name.isupper()):
        return found[0]
    return _capitalized(name)


def _capitalized(name: str) -> str:
    return " ".join(w.capitalize() if w.isupper() else w for w in name.split())


def _of_transcript(text: str, lines: Sequence[Line]) -> list[Found]:
    return _begun(text, lines, _TURN, 0.4) or _begun(text, lines, _NAME_ALONE, 0.3)


def _begun(text: str, lines: Sequence[Line], form: re.Pattern[str], share: float) -> list[Found]:
    """Return the turns whose first lines are of a form, where these are a share of all lines and names come again."""
    begun = [(n, m) for n, line in enumerate(lines) if (m := form.match(text, line.span.start, line.span.end))]
    often = Counter(surname(m["name"]) for _, m in begun)
    again = [m for _, m in begun if often[surname(m["name"])] > 1]
    if len(begun) < _FEWEST or len(begun) < share * len(lines) or len(again) < 0.6 * len(begun):
        return []
    out = []
    for k, (n, m) in enumerate(begun):
        last = begun[k + 1][0] if k + 1 < len(begun) else len(lines)
        said = [trimmed(text, Span(m.end(), lines[n].span.end)), *(line.span for line in lines[n + 1 : last])]
        if m["name"] == "Q":
            continue  # the outlet's own question
        source = Span(*m.span("name"))
        if m["name"] == "A" and (name := _interviewee(text, lines[: begun[0][0]])):
            source = name
        cue = Span(*m.span("colon")) if m["colon"] else Span(m.end(), m.end() + 1)
        said = [_whole(text, s) for s in said if len(s)]
        out.append(Found((cue,), (source,), tuple(said), 0.9, "turn"))
    return out


def _whole(text: str, span: Span) -> Span:
    """Return a turn with the mark that ends it."""
    end = span.end
    while end < len(text) and text[end] in '.!?…”"’':
        end += 1
    return Span(span.start, end)


def _of_interview(text: str, lines: Sequence[Line], body: Sequence[Line]) -> list[Found]:
    asked = [n for n, line in enumerate(body) if _is_question(line.of(text))]
    if len(asked) < 2 or (body[asked[-1]] is body[-1] and len(asked) < 3):
        return []
    answers = {n: body[n + 1 : next((k for k in asked if k > n), len(body))] for n in asked}
    answered = [n for n in asked if answers[n]]
    if len(answered) < 2 or len(answered) < 0.7 * len(asked) or len(asked) < 0.2 * (len(body) - asked[0]):
        return []
    above = [line for line in lines if line.span.end <= body[asked[0]].span.start]
    name = _interviewee(text, above)
    if name is None or not any(_TALK.search(line.of(text)) for line in above):
        return []
    return [
        Found(
            (Span(body[n].span.end - 1, body[n].span.end),), (name,), tuple(a.span for a in answers[n]), 0.8, "answer"
        )
        for n in answered
    ]


def _is_question(line: str) -> bool:
    return line.rstrip().endswith("?") and len(line.split()) <= 60 and not re.match(r"[“\"«‘]", line.strip())


def _interviewee(text: str, lines: Sequence[Line]) -> Span | None:
    """Return the name of the one who is asked, where it is first said who speaks to whom."""
    for pattern in (_SUBJECT, _OBJECT):
        for line in reversed(lines):
            for m in pattern.finditer(text, line.span.start, line.span.end):
                if " " in m["name"] and not m["name"].startswith(("The ", "A ")):
                    return Span(*m.span("name"))
    return None
