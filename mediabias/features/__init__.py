"""Framing features: find them, run them, and go from a number back to its sentences."""

from __future__ import annotations

from mediabias.features.base import Feature, Label
from mediabias.features.counts import numbers
from mediabias.features.lexicon import LexiconFeature
from mediabias.features.registry import available
from mediabias.features.run import FeatureTables, extract
from mediabias.features.sentences import examples
from mediabias.kinds import check_public

__all__ = ["Feature", "FeatureTables", "Label", "LexiconFeature", "available", "examples", "extract", "numbers"]

check_public(globals(), __all__)
