"""How right the numbers are: scores against what people coded, agreement between people, coding sheets, corrected numbers."""

from mediabias.kinds import check_public
from mediabias.validation.agreement import adjudication, agree, alpha, alpha_of_spans, alpha_u
from mediabias.validation.coded import score_codes
from mediabias.validation.corrected import outlet_shares, sentence_shares
from mediabias.validation.scores import score
from mediabias.validation.sheets import Sample, read_codes, sample

__all__ = [
    "Sample", "adjudication", "agree", "alpha", "alpha_of_spans", "alpha_u", "outlet_shares", "read_codes", "sample", "score",
    "score_codes", "sentence_shares",
]  # fmt: skip

check_public(globals(), __all__)
