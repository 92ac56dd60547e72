"""How sure an outlet makes things sound: words that hold a statement back, and words that push it."""

from __future__ import annotations

from typing import ClassVar

from mediabias import lexicons
from mediabias.features.base import COVERED, Label
from mediabias.features.lexicon import LexiconFeature


class HedgesAndBoosters(LexiconFeature):
    """Hedges and boosters in the outlet's own voice (not within quotation marks), per 1,000 words.

    The lists are Hyland's, less what means something else in news: verbs of reporting (they are attribution verbs), "about" and
    "around" (prepositions), "would" and "should", "certain" and "sure". Known failures: "may" and "could" of permission and
    ability, "likely" of a candidate.
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
