"""Which language a text is in, offline, by its letters' sequences; and which languages the features read."""

from __future__ import annotations

from functools import cache
from typing import Any

#: What the lexicons and the trained engine were made for.
COVERED = ("en",)
#: A shorter text says too little of its language.
LEAST = 60
#: Below this probability nothing is said.
SURE = 0.9
#: As many characters tell it; more would only take longer.
_READ = 500


def detect(text: str) -> str:
    """Return the ISO 639-1 code of the language that a text is in, or an empty string where that can't be told.

    References
    ----------
    Lui, M. and Baldwin, T. (2012). langid.py: an off-the-shelf language identification tool. ACL, System Demonstrations.

    Examples
    --------
    >>> detect("Der Hafen wurde am Montag nach einer Woche Regen überflutet, sagte der Bürgermeister.")
    'de'
    >>> detect("It rains.")
    ''
    """
    if len(text) < LEAST:
        return ""
    code, probability = _identifier().classify(text[:_READ])
    return str(code) if probability >= SURE else ""


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def is_covered(language: str, covered: tuple[str, ...] = COVERED) -> bool:
    """Say whether this language is one of those covered; one that is not known is taken for English.

    Examples
    --------
    >>> is_covered("en-GB"), is_covered(""), is_covered("de")
    (True, True, False)
    """
    return not language or language.split("-")[0].lower() in covered
