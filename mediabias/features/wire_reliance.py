"""How much of an article is an agency's text, or another outlet's, and whether it says so."""

from __future__ import annotations

from collections.abc import Iterator

from mediabias.article import Article, Evidence
from mediabias.features.base import Feature, Label
from mediabias.outlets import shipped


class WireReliance(Feature):
    """Passages that stand in another article too, by whose text they are, and credits to agencies.

    Passages come from `mediabias.events.grouped`, which compares articles of one corpus: agency text whose source is not in
    the corpus is not found, so the shares are a lower bound; a credit says that there is some. Words in quotation marks alone
    make no passage. Without grouping the numbers are missing, not 0.
    """

    name = "wire_reliance"
    labels = {
        "agency_text": Label(
            "Words that stand in an agency's article, or in one that credits an agency.",
            "The ferry stood still until noon. (as the agency has it)",
            "coverage",
            zones=("body",),
        ),
        "shared_text": Label(
            "Words that stand in another article that names no agency.",
            "The ferry stood still until noon. (as another paper has it)",
            "coverage",
            zones=("body",),
        ),
        "agency_credit": Label(
            "An agency that a credit, byline or dateline names.", "With material from Reuters.", "count"
        ),
    }
    needs = ("passages",)
    languages = ()
    zones = ("body", "credit", "byline", "dateline")
    reference = "Lewis, Williams and Franklin 2008 (reliance on agency copy); Broder 1997 (resemblance of texts)"

    def evidence(self, article: Article) -> Iterator[Evidence]:
        """Yield each passage with the article that it comes from, and each credit."""
        for p in article.passages or ():
            told = {"from": p.source_id, "start": p.source_start, "end": p.source_end, "agency": p.wire}
            yield Evidence("agency_text" if p.wire else "shared_text", p.start, p.end, attributes=told)
        credited = article.wire.split("; ") if article.wire else []
        for span in article.spans(("credit", "byline", "dateline")):
            line = span.of(article.text)
            # An agency that only the user's own table of outlets knows stands in the article's field.
            if named := shipped().agencies_in(line) or [a for a in credited if a in line]:
                yield Evidence("agency_credit", span.start, span.end, attributes={"agency": named[0]})
