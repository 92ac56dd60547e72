"""What a source is and how it is named, from ``lexicons/source_words.csv`` and ``lexicons/places.csv``."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

PRONOUNS = frozenset(
    "he she they it we i you who which that him her them us me his hers their its one himself herself themselves these "
    "those this whoever".split()
)
_NAME = re.compile(r"\b[A-Z][\w’'.-]*(?:\s+(?:(?:de|van|von|der|al|bin|da|di|la|el)\s+)?[A-Z][\w’'.-]*)+")
_HONORIFIC = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Sir|Lord|Lady|Dame)\b\.?")
_WORD = re.compile(r"[\w’'.-]+")
_PLURAL_VAGUE = frozenset("some many others several most few both all".split())
#: In this order a type is looked for; the first that fits is taken.
_ORDER = (
    ("anonymous", "unnamed official"),
    ("media", "media"),
    ("document", "document"),
    ("expert", "expert"),
    ("company", "company"),
    ("civil_society", "civil society"),
    ("citizen", "citizen"),
)


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    """Return for each kind one pattern over its words, longest first."""
    source = resources.files("mediabias") / "lexicons" / "source_words.csv"
    with source.open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    out = {}
    for row in rows:
        words = sorted(row["words"].split("|"), key=lambda w: (-len(w), w))
        out[row["kind"]] = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, words)) + r")(?![\w])", re.I)
    return out


@cache
def _places() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the names that stand for a state (countries and capitals), and a pattern over nationalities."""
    source = resources.files("mediabias") / "lexicons" / "places.csv"
    with source.open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    states = frozenset(r[k].lower() for r in rows for k in ("country", "capital"))
    nations = sorted({r[k] for r in rows for k in ("country", "demonym")}, key=lambda w: (-len(w), w))
    pattern = r"(?<![\w-])(?:" + "|".join(map(re.escape, nations)) + r")s?(?![\w])"
    return states, re.compile(pattern)


def label_parts(source: str) -> tuple[str, ...]:
    """Return the forms that a source's label is made of.

    Parameters
    ----------
    source : str
        The source as it stands in the text.

    Returns
    -------
    tuple of str
        Of name, title, institution, nationality, pronoun, anonymous, description, in this order.

    Examples
    --------
    >>> label_parts("Russian Foreign Minister Ana Dole")
    ('name', 'title', 'nationality')
    >>> label_parts("he"), label_parts("a resident of the valley")
    (('pronoun',), ('description',))
    """
    words = [w.lower() for w in _WORD.findall(source)]
    if not words:
        return ()
    if len(words) == 1 and words[0] in PRONOUNS:
        return ("pronoun",)
    kinds = _kinds()
    has = {
        "name": _has_name(source),
        "title": bool(kinds["title_official"].search(source) or kinds["official_spoken"].search(source)),
        "institution": bool(kinds["institution_state"].search(source) or _bare_state(source)),
        "nationality": bool(_places()[1].search(source)) and not _bare_state(source),
        "anonymous": bool(kinds["anonymous"].search(source)),
    }
    parts = tuple(k for k, present in has.items() if present)
    return parts or ("description",)


def source_type(source: str, *, speaker: str = "") -> str:
    """Return what kind of source this is.

    Parameters
    ----------
    source : str
        As it stands in the text.
    speaker : str
        Whom it stands for in the article, with the title words seen beside the name; it decides where the source is a
        pronoun or a bare surname.

    Returns
    -------
    str
        "named official", "unnamed official", "state or institution", "expert", "company", "civil society", "citizen",
        "media", "document" or "unknown".

    Examples
    --------
    >>> source_type("U.S. officials"), source_type("Moscow"), source_type("Foreign Minister Ana Dole")
    ('unnamed official', 'state or institution', 'named official')
    >>> source_type("she", speaker="minister Ana Dole")
    'named official'
    """
    own = _typed(source)
    if own != "unknown" or not speaker or speaker == source:
        return own
    return _typed(speaker)


def _typed(text: str) -> str:
    stripped = re.sub(
        r"^(?:the|a|an|his|her|their|our|one|two|three|several|many|some)\s+", "", text.strip(" ,"), flags=re.I
    )
    if not stripped or stripped.lower() in PRONOUNS:
        return "unknown"
    if _bare_state(stripped):
        return "state or institution"
    kinds = _kinds()
    head = _head(stripped)
    named = _has_name(text)
    official = kinds["title_official"].search(stripped)
    if kinds["anonymous"].search(text):
        return _anonymous(text)
    # The words before "of", "for" or a comma say what the source is; those behind say whose it is.
    for kind, name in _ORDER[1:]:
        if _covers_head(kinds[kind], head):
            return name
    if _covers_head(kinds["official_spoken"], head):
        return _spoken_for(text, stripped, named)
    if official and (named or not kinds["plural_official"].search(head)):
        return "named official" if named or _definite(text) else "unnamed official"
    if _covers_head(kinds["institution_state"], head):
        return "state or institution"
    for kind, name in _ORDER[1:]:
        if kinds[kind].search(stripped):
            return name
    if kinds["official_spoken"].search(stripped):
        return _spoken_for(text, stripped, named)
    if kinds["institution_state"].search(stripped):
        return "state or institution"
    return "unknown"


def _head(text: str) -> str:
    """Return the part of a label that holds its head noun, or what stands beside a name."""
    if _has_name(text) and (m := re.search(r",\s*(.+)", text)):
        described = m[1]
        return re.split(r"\s(?:of|for|at|in|from|with|who|to|on|near)\s", described)[0]
    return re.split(r"\s(?:of|for|at|in|from|with|who|to|on|near|familiar|close|briefed)\s|,", text)[0]


def _covers_head(pattern: re.Pattern[str], head: str) -> bool:
    """Say whether the last words of the head are in the pattern; a name may follow its title."""
    bare = _NAME.sub(lambda m: m[0] if pattern.search(m[0]) else "", head).strip()
    return any(m.end() >= len(bare.rstrip(" ,.")) - 1 for m in pattern.finditer(bare)) or (
        bool(_NAME.search(head)) and pattern.search(head) is not None
    )


def _spoken_for(text: str, stripped: str, named: bool) -> str:
    """Type a spokesman, an aide, officials: of a firm, of an association, of the state."""
    kinds = _kinds()
    behind = re.split(r"\s(?:of|for|at|from)\s", stripped, maxsplit=1)[-1] if " " in stripped else ""
    for kind, name in (("company", "company"), ("civil_society", "civil society")):
        if kinds[kind].search(behind):
            return name
    if kinds["company"].search(stripped.split(",")[0]) and not kinds["institution_state"].search(stripped):
        return "company"
    return "named official" if named else "unnamed official"


def _anonymous(text: str) -> str:
    kinds = _kinds()
    if kinds["citizen"].search(text) and not kinds["official_spoken"].search(text) and "people" not in text.lower():
        return "citizen"
    return "unnamed official"


def _definite(text: str) -> bool:
    """Say whether "the minister" stands for one known person; "a minister" does not."""
    return re.match(r"(?:the|his|her|their|our)\s|[A-Z]", text.strip()) is not None


def _bare_state(text: str) -> bool:
    return re.sub(r"^the\s+|[’']s?$", "", text.strip(" ,.").lower().removesuffix(".")) in {
        s.rstrip(".") for s in _places()[0]
    }


def _has_name(text: str) -> bool:
    """Say whether a person's name stands in the label: two capitals that are no title and no institution."""
    kinds = _kinds()
    if _HONORIFIC.search(text):
        return True
    cleaned = _places()[1].sub(" ", text)
    for kind in ("title_official", "official_spoken", "institution_state", "document", "media", "expert"):
        cleaned = kinds[kind].sub(" ; ", cleaned)
    cleaned = re.sub(r"^(?:The|A|An|His|Her|Some|Many|One)\b", " ", cleaned.strip())
    tokens = [w for w in cleaned.split() if w[0].isupper() and w.strip(".,") not in {"I"}]
    if _NAME.search(cleaned):
        return not kinds["company"].search(text) or "," in text
    # A bare surname, or a surname behind its title.
    alone = len(_WORD.findall(text)) == 1 or bool(kinds["title_official"].search(text))
    return bool(tokens) and alone and not _bare_state(tokens[0])
