"""How sure an outlet makes things sound: words that hold a statement back, and words that push it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from mediabias import lexicons
from mediabias.article import Article, Evidence
from mediabias.attribution.quotes import quotations
from mediabias.features.base import COVERED, Label
from mediabias.features.lexicon import LexiconFeature

#: "about 1,400", not "about the harbour": an approximator stands before a number.
_ABOUT = re.compile(
    r"(?<![\w-])(?:about|around|some|nearly|close to|well over|just over|just under)(?=\s(?:[$£€]?\d|an? (?:dozen|hundred|thousand|"
    r"million|quarter|third|half)\b|half\b|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety)\b))",
    re.I,
)


class HedgesAndBoosters(LexiconFeature):
    """Hedges and boosters in the outlet's own voice (not within quotation marks), per 1,000 words.

    The lists are Hyland's, less what means something else in news: verbs of reporting (they are attribution verbs), "would" and
    "should", "certain" and "sure"; "about" and its like count before a number only. Known failures: "may" and "could" of
    permission and ability, "likely" of a candidate, boosters that only their place makes emphatic ("never", "always").
    """

    name = "hedges_and_boosters"
    labels: ClassVar = {
        "hedge": Label("A word that holds a statement back from certainty.", "The ferry may have been late."),
        "booster": Label("A word that insists on a statement.", "The ferry was clearly late."),
    }
    terms: ClassVar = {r["term"]: r["label"] for r in lexicons.rows("hedges_and_boosters")}
    reference = "Hyland 2005 (metadiscourse)"
    languages = COVERED

    quoted: bool = False

    def evidence(self, article: Article) -> Iterator[Evidence]:
        """Yield each term of the lists, and each approximator before a number."""
        yield from super().evidence(article)
        spans = list(article.spans(self.zones))
        inside = [] if self.quoted else [q.span for q in quotations(article.text, spans)]
        for span in spans:
            for m in _ABOUT.finditer(article.text, span.start, span.end):
                if not any(q.start <= m.start() < q.end for q in inside):
                    yield Evidence("hedge", m.start(), m.end())
