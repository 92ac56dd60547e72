"""Whether a cue is negated or declined: "never said", "declined to say", "nobody said", "has yet to confirm"."""

from __future__ import annotations

import re

from mediabias.attribution.engines import Found

_NOT = re.compile(
    r"\b(?:not|never|no longer|without|cannot|neither|nor|hardly|yet to)\b|n['’]t\b|"
    r"\b(?:declin|refus|fail|neglect|forgot)\w*\s+to\b|\b(?:declin|refus)\w*\s+(?:comment|request|interview)|"
    r"\b(?:stopped short of|avoid(?:ed|s|ing)?|unwilling to|reluctant to|wouldn|won)\b",
    re.I,
)
_NOBODY = re.compile(r"\s*(?:nobody|no one|no-one|none|neither|no)\b", re.I)
#: "not only said", "did not just say": what was said all the same.
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely|simply)\b", re.I)


def is_negated(text: str, found: Found) -> bool:
    """Say whether the attribution says that something was not said, or that somebody declined to say it.

    Examples
    --------
    >>> text = "The mayor has spoken. Nobody said so. Dole not only said it."
    >>> spans = [((10, 20), (0, 9)), ((29, 33), (22, 28)), ((43, 56), (38, 42))]
    >>> from mediabias.article import Span
    >>> found = [Found((Span(*c),), (Span(*s),), (), 1.0) for c, s in spans]
    >>> [is_negated(text, f) for f in found]
    [False, True, False]
    """
    cue = " ".join(s.of(text) for s in found.cue)
    before = text[max(0, found.cue[0].start - 12) : found.cue[0].start]
    source = found.source[0].of(text) if found.source else ""
    if _NOT_ONLY.search(cue):
        return False
    close = re.search(r"\b(?:not|never)\s+$|n['’]t\s+$", before, re.I) is not None
    return bool(_NOT.search(cue) or close or _NOBODY.match(source))
