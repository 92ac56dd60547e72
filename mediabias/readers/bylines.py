"""Bylines: who wrote an article, without roles, places, dates and handles."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ROLE = (
    r"(?:reporters?|correspondents?|editors?|sub-?editors?|writers?|columnists?|journalists?|producers?|contributors?|"
    r"commentators?|analysts?|photographers?|bureau chiefs?|chiefs?|interns?|trainees?|presenters?|critics?|director)"
)
#: What stands before a role: "senior reporter", "Data and Investigations Editor".
_TITLE_WORDS = re.compile(
    r"(?:our|the|a|senior|junior|chief|lead|deputy|assistant|associate|executive|managing|staff|special|foreign|political|politics|business|economics?|"
    r"crime|legal|health|science|technology|tech|education|environment|climate|energy|transport|sports?|arts?|culture|data|"
    r"investigations?|investigative|diplomatic|defen[cs]e|security|home|affairs|news|national|local|regional|world|international|"
    r"global|europe|european|asia|africa|america|americas|us|uk|white|house|city|royal|media|financial|finance|markets?|features?|"
    r"video|digital|online|web|night|weekend|contributing|guest|freelance|former|bureau|north|south|east|west|northern|southern|"
    r"eastern|western|social|community|court|parliamentary|senior|and|&|-|of)",
    re.I,
)
_ENDS_WITH_ROLE = re.compile(rf"\b{_ROLE}(?:-in-chief)?$", re.I)
#: Where the person stops: a handle, a date, a time of reading, a place behind a preposition.
_STOP = re.compile(
    r"(?<=\w)\s*(?:[|•·@]|\s[–—-]\s|,?\s\d|,?\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|"
    r",?\s(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|"
    r"Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)\s\d|,?\s(?:Published|Updated|Posted|Last updated)\b|"
    r",?\s(?:in|at|reporting from|for)\s+(?:the\s+)?[^\W\d_a-z]).*$"
)
_BY = re.compile(r"^(?:written\s+by|words\s+by|reporting\s+by|story\s+by|by|von|par|por|door|di)\b:?\s*", re.I)
#: An address, a handle ("@dole"), a file's name ("ana-dole"), a credit for a picture.
_NO_NAME = re.compile(
    r"https?://|www\.|@|(?-i:[a-z0-9]+(?:[-_][a-z0-9]+)+$)|.*\b(?:photos?|images?|getty|illustration)\b", re.I
)
#: "Dole, Ana": the family name first.
_LAST_FIRST = re.compile(
    r"[^\W\d_a-z][\w’'.-]+(?: [^\W\d_a-z][\w’'.-]+)?, [^\W\d_a-z][\w’'-]*\.?(?: [^\W\d_a-z][\w’'.-]*)?$"
)


def person(text: str) -> str:
    """Return the name in a byline's part, or an empty string where it is a role alone.

    Examples
    --------
    >>> [person(p) for p in ("Ana Dole in Ellan", "Ana Dole, political correspondent", "Senior Reporter", "By Bo Vale 5 March 2025")]
    ['Ana Dole', 'Ana Dole', '', 'Bo Vale']
    """
    line = _BY.sub("", " ".join(text.split()))
    if re.search(r"\band an? ", line):
        return line  # "Ana Dole and a reporter in Ellan": whoever is not named wrote it, too
    name = _STOP.sub("", line).strip(" ,;|–—-")
    if _ENDS_WITH_ROLE.search(name):
        words = re.split(r"\s+", re.sub(r"[,(|/]", " ", _ENDS_WITH_ROLE.sub("", name)).strip())
        while words and (not words[-1] or _TITLE_WORDS.fullmatch(words[-1]) or words[-1][0].islower()):
            words.pop()
        # One word is left of "Herald Reporter", which is who it is by; nothing of "Senior Reporter".
        return " ".join(words) if len(words) != 1 else name
    return name


def people(names: Iterable[str]) -> list[str]:
    """Return the names of people among what a document gives as authors, each once.

    Examples
    --------
    >>> people(["By Ana Dole and Bo Vale", "ana-dole", "@dole", "Photo: Getty Images"])
    ['Ana Dole', 'Bo Vale']
    >>> people(["Ana Dole @dole Ana Dole covers the port, and has done so since May. Write to her.", "Bo Vale 2 min read"])
    ['Ana Dole', 'Bo Vale']
    >>> people(["Dole, Ana; Vale, Bo"]), people(["Ana Dole, Ellan"])
    (['Dole, Ana', 'Vale, Bo'], ['Ana Dole'])
    """
    kept: dict[str, str] = {}
    for given in names:
        for part in re.split(r"\s*[;|]\s*", _STOP.sub("", _BY.sub("", given)) if "@" in given else _BY.sub("", given)):
            for name in map(person, _apart(part)):
                if name and len(name) <= 60 and not _NO_NAME.match(name):
                    kept.setdefault("".join(re.findall(r"\w", name.casefold())), name)
    return list(kept.values())[:8]


def _apart(part: str) -> list[str]:
    """Part "Ana Dole, Bo Vale and Cy Orr", but not "Dole, Ana"; a lone word behind a whole name is a place."""
    if _LAST_FIRST.fullmatch(part) and " " not in part.split(", ")[0]:
        return [part]
    names = re.split(r",\s+(?=[^\W\d_])|\s+(?:and|&|und|et|y)\s+", part)
    is_placed = len(names) > 1 and " " in names[0] and "," in part
    return [n for k, n in enumerate(names) if not (k and is_placed and " " not in n)]


def joined(names: Iterable[str]) -> str:
    """Return a byline of names; family names that come first are kept apart by semicolons.

    Examples
    --------
    >>> joined(["Ana Dole", "Bo Vale"]), joined(["Dole, Ana", "Vale, Bo"])
    ('Ana Dole, Bo Vale', 'Dole, Ana; Vale, Bo')
    """
    names = list(names)
    return ("; " if any("," in n for n in names) else ", ").join(names)
