"""What an outlet says of itself: independent, impartial, funded by its readers, persecuted, defiant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mediabias import lexicons
from mediabias.article import Article, Evidence, Span, trim
from mediabias.claims.model import find_claims
from mediabias.claims.sentences import patterns
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
_CLAUSE_END = re.compile(r"[.!?;]+[\"')\]]*\s|\n|\s[—–-]\s|:\s")


class SelfDescription(Feature):
    """Claims that an outlet makes about itself around its stories.

    Never read is the body: there "independent journalism" is news. In an outlet's own boxes a phrase that a pattern of the
    lexicon finds is a claim, the most specific one (`strength`), so that "accurate, unbiased reporting" counts once; two
    claims in two clauses count twice. What the patterns miss, and what stands in menus and footers, the claim model finds
    sentence by sentence (`mediabias.claims`). The unit is the number of claims: boxes have no length to speak of.

    Parameters
    ----------
    threshold : float
        The least confidence of a claim that the model finds, between 0 and 1; 1 leaves the patterns alone.
    """

    name = "self_description"
    labels = {k: Label(d, e, "count") for k, (d, e) in _LABELS.items()}
    zones = ("self_description", "appeal", "newsletter", "other", "navigation", "credit")
    threshold: float = 0.5
    reference = (
        "Deuze 2005 (journalists' ideology); Karlsson and Clerwall 2018 (self-presentation); Holt, Figenschou and "
        "Frischlich 2019 (contrast to the mainstream)"
    )

    def evidence(self, article: Article) -> Iterator[Evidence]:
        """Yield the claims in the text's order; a box that a page shows twice counts once."""
        found, learned = list(self._by_patterns(article)), []
        for claim in find_claims(article, self.threshold):
            # A sentence in which a pattern finds a claim is read by the patterns alone: they know which words claim what.
            by_pattern = any(e.start < claim.span.end and claim.span.start < e.end for e in found)
            if article.zone_at(claim.span.start) in self.zones and not by_pattern:
                learned.append(Evidence(claim.kind, claim.span.start, claim.span.end))
        yield from sorted([*found, *learned], key=lambda e: (e.start, e.end, e.label))

    def _by_patterns(self, article: Article) -> Iterator[Evidence]:
        seen: set[str] = set()
        for block in article.blocks:
            span = trim(article.text, block.start, block.end)
            own = block.zone in _OWN_ZONES or _names_itself(span.of(article.text), article.outlet)
            if block.zone not in self.zones or not own or span.of(article.text) in seen:
                continue
            seen.add(span.of(article.text))
            folded = lexicons.fold(span.of(article.text))
            for claim, start, end in _claims(folded):
                if not _is_name(folded[start:end]):
                    yield Evidence(claim, span.start + start, span.start + end)


def _names_itself(text: str, outlet: str) -> bool:
    """Say whether a block of links or of small print speaks of the outlet by its name."""
    name = outlet.removeprefix("The ")
    return len(name) > 3 and name in text and len(text.split()) > 5


def _is_name(claim: str) -> bool:
    """Say whether the matched words are a name ("The London Free Press"): a name that holds a word of value claims nothing."""
    words = [w for w in re.findall(r"[^\W\d_]+", claim) if len(w) > 3]
    return len(words) > 1 and all(w[0].isupper() for w in words) and not claim.isupper()


def _claims(text: str) -> list[tuple[str, int, int]]:
    """Return the claims of a block as (claim, start, end), without overlap, the strongest first where two compete."""
    found = [
        (strength, m.end() - m.start(), claim, _trimmed(text, m.start(), m.end()))
        for claim, strength, pattern in patterns()
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
