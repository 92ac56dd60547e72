"""Words that judge, and words that name a thing from one side."""

from __future__ import annotations

from typing import ClassVar

from mediabias import lexicons
from mediabias.features.base import COVERED, Label
from mediabias.features.lexicon import LexiconFeature


class LoadedTerms(LexiconFeature):
    """Subjective and one-sided terms in the outlet's own voice (not within quotation marks), per 1,000 words.

    After the two kinds of biased language that Recasens et al. found in edits for a neutral point of view: framing bias, by
    subjective intensifiers and by one-sided terms. The list is ours, made for news in English of the last decades; a word is on
    it for its usual use. Known failures: a term that is the matter itself ("a conspiracy theory", said of one), words of
    indirect speech, and everything that is loaded by what stands around it: the list finds few of the words that people mark.
    """

    name = "loaded_terms"
    labels: ClassVar = {
        "subjective": Label("A word that judges or intensifies.", "the mayor's shameful plan"),
        "one_sided": Label("A word that names a thing as one side does.", "the regime in Ellan"),
    }
    terms: ClassVar = {r["term"]: r["label"] for r in lexicons.rows("loaded_terms")}
    reference = "Recasens, Danescu-Niculescu-Mizil and Jurafsky 2013 (linguistic models for biased language)"
    validated = (
        "sentences of BABE, subset 1 (Spinde et al. 2021): 75% of those with a term are called biased by experts, 48% of all; 39% "
        "of the biased ones have a term"
    )
    languages = COVERED

    quoted: bool = False
