"""Is a difference between outlets real: effects within events, with intervals, tests and what they came from."""

from __future__ import annotations

from mediabias.compare.choices import specifications
from mediabias.compare.classify import identify, telling_columns
from mediabias.compare.copies import with_and_without_copies
from mediabias.compare.effects import EFFECT_COLUMNS, compare, differences
from mediabias.compare.model import adjusted
from mediabias.compare.omissions import selection
from mediabias.compare.planning import power, smallest_difference
from mediabias.compare.report import summary, write_report
from mediabias.compare.words import log_odds

__all__ = [
    "EFFECT_COLUMNS",
    "adjusted",
    "compare",
    "differences",
    "identify",
    "log_odds",
    "power",
    "selection",
    "smallest_difference",
    "specifications",
    "summary",
    "telling_columns",
    "with_and_without_copies",
    "write_report",
]
