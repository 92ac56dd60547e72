"""Is a difference between outlets real: effects within events, with intervals, tests and what they came from."""

from __future__ import annotations

from mediabias.comparison.choices import specifications
from mediabias.comparison.classify import identify, telling_columns
from mediabias.comparison.copies import with_and_without_copies
from mediabias.comparison.design import Design
from mediabias.comparison.effects import EFFECT_COLUMNS, compare, differences
from mediabias.comparison.model import adjusted
from mediabias.comparison.omissions import selection
from mediabias.comparison.planning import power, smallest_ratio
from mediabias.comparison.ranking import rank
from mediabias.comparison.result import Comparison
from mediabias.comparison.words import log_odds

__all__ = [
    "EFFECT_COLUMNS",
    "Comparison",
    "Design",
    "adjusted",
    "compare",
    "differences",
    "identify",
    "log_odds",
    "power",
    "rank",
    "selection",
    "smallest_ratio",
    "specifications",
    "telling_columns",
    "with_and_without_copies",
]
