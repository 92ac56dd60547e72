"""One function a figure: each takes tables, draws on the Axes it is given or on new ones, and returns them.

Axes of your own should belong to a figure with ``layout="constrained"``, which finds room for labels and legend.

Colours are those of Okabe and Ito, which people with any colour vision can tell apart, and nothing is said by colour
alone. These are the only modules that import matplotlib.
"""

from __future__ import annotations

from mediabias.figures.every import write_all
from mediabias.figures.forest import effects
from mediabias.figures.kept import alt_text, to_table
from mediabias.figures.measured import measured
from mediabias.figures.omission import event_coverage, statement_shares
from mediabias.figures.profiles import (
    CLAIMS,
    CUE_CLASSES,
    SOURCE_TYPES,
    corpus_overview,
    profile,
    self_description_profile,
    source_profile,
    verb_profile,
)
from mediabias.figures.ranks import ranks
from mediabias.figures.studies import agreement, power, specification_curve, timeline
from mediabias.figures.style import SHADES, STYLE, WIDTH, save
from mediabias.figures.words import actor_labels, log_odds
from mediabias.kinds import check_public

__all__ = [
    "CLAIMS",
    "CUE_CLASSES",
    "SHADES",
    "SOURCE_TYPES",
    "STYLE",
    "WIDTH",
    "actor_labels",
    "agreement",
    "alt_text",
    "corpus_overview",
    "effects",
    "event_coverage",
    "log_odds",
    "measured",
    "power",
    "profile",
    "ranks",
    "save",
    "self_description_profile",
    "source_profile",
    "specification_curve",
    "statement_shares",
    "timeline",
    "to_table",
    "verb_profile",
    "write_all",
]

check_public(globals(), __all__)
