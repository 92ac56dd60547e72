"""What an outlet says of itself: independent, impartial, funded by its readers, persecuted, defiant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mediabias import lexicons
from mediabias.article import Article, Evidence, Span, trim
from mediabias.features.base import Feature, Label

_LABELS = {
    "independence": ("Independent, free from owners, parties or the state.", "We answer to nobody but our readers."),
    "impartiality": ("Fair, balanced, unbiased.", "We report all sides of the story."),
    "accuracy": ("Accurate, checked, trusted.", "Every fact that we print is checked."),
    "public_service": ("Serves the public, holds power to account.", "We hold the powerful to account."),
    "reader_funding": ("Paid for by its readers.", "Our paper is funded by its readers."),
    "persecution": ("Banned, blocked, labelled, threatened.", "Our site was blocked last spring."),
    "defiance": ("Refuses to give in.", "We will not be silenced."),
    "contrast": ("Sets itself apart from other media.", "Unlike the other papers, we print both letters."),
    "state_relation": ("Belongs to, or speaks for, the state.", "The nation's broadcaster since 1931."),
}
#: Zones that an outlet writes about itself; in the others stand teasers and names, too.
_OWN_ZONES = frozenset(("self_description", "appeal", "newsletter"))
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|ours)\b", re.I)
_CLAUSE_END = re.compile(r"[.!?;]+[\"')\]]*\s|\n|\s[—–-]\s|:\s")


@cache
def _patterns() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    rows = lexicons.rows("self_description")
    return tuple((r["claim"], int(r["strength"]), re.compile(r["pattern"], re.I)) for r in rows)


class SelfDescription(Feature):
    """Claims that an outlet makes about itself in its own boxes.

    Read are the zones in which an outlet speaks of itself, never the body: there "independent journalism" is news. A
    phrase has one claim, the most specific (`strength` in the lexicon), so that "accurate, unbiased reporting" counts
    once; two claims in two clauses count twice. The unit is the number of claims: boxes have no length to speak of.
    """

    name = "self_description"
    labels = {k: Label(d, e, "count") for k, (d, e) in _LABELS.items()}
    zones = ("self_description", "appeal", "newsletter", "other", "navigation", "credit")
    reference = (
        "Deuze 2005 (journalists' ideology); Karlsson and Clerwall 2018 (self-presentation); Holt, Figenschou and "
        "Frischlich 2019 (contrast to the mainstream)"
    )

    def evidence(self, article: Article) -> Iterator[Evidence]:
        """Yield the claims in the outlet's own boxes; a box that a page shows twice counts once."""
        seen: set[str] = set()
        for block in article.blocks:
            span = trim(article.text, block.start, block.end)
            if block.zone not in self.zones or span.of(article.text) in seen:
                continue
            seen.add(span.of(article.text))
            folded = lexicons.fold(span.of(article.text))
            own = block.zone in _OWN_ZONES or _speaks_of_itself(folded, article.outlet)
            for claim, start, end in _claims(folded):
                if (own or claim == "reader_funding") and not _is_name(folded[start:end]):
                    yield Evidence(claim, span.start + start, span.start + end)


def _speaks_of_itself(text: str, outlet: str) -> bool:
    """Say whether a block of links or of small print is about the outlet: by its name, or in the first person."""
    name = outlet.removeprefix("The ")
    return bool(_FIRST_PERSON.search(text)) or (len(name) > 3 and name in text and len(text.split()) > 5)


def _is_name(claim: str) -> bool:
    """Say whether the matched words are a name ("The London Free Press"): a name that holds a word of value claims nothing."""
    words = [w for w in re.findall(r"[^\W\d_]+", claim) if len(w) > 3]
    return len(words) > 1 and all(w[0].isupper() for w in words) and not claim.isupper()


def _claims(text: str) -> list[tuple[str, int, int]]:
    """Return the claims of a block as (claim, start, end), without overlap, the strongest first where two compete."""
    found = [
        (strength, m.end() - m.start(), claim, _trimmed(text, m.start(), m.end()))
        for claim, strength, pattern in _patterns()
        for m in pattern.finditer(text)
    ]
    kept: list[tuple[str, Span]] = []
    for _, _, claim, span in sorted(found, key=lambda f: (-f[0], -f[1], f[3])):
        if len(span) and not any(span.overlaps(k) for _, k in kept):
            kept.append((claim, span))
    return sorted((c, s.start, _whole_word(text, s.start, s.end)) for c, s in kept)


def _whole_word(text: str, start: int, end: int) -> int:
    """Return where the last whole word of a match ends, which its pattern may have cut."""
    if end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        return max(text.rfind(" ", start, end), start + 1)
    return end


def _trimmed(text: str, start: int, end: int) -> Span:
    """Cut a match at the end of its clause and at white space."""
    if m := _CLAUSE_END.search(text, start, end):
        end = m.start()
    while start < end and text[start] in " ,;\n":
        start += 1
    while end > start and text[end - 1] in " ,;.\n":
        end -= 1
    return Span(start, end)
