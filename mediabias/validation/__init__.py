"""How right the numbers are: scores against what people coded, agreement between people, coding sheets, corrected numbers."""

from mediabias.validation.agreement import adjudication, agree, alpha, alpha_of_spans
from mediabias.validation.corrected import score_codes, sentence_shares
from mediabias.validation.scores import score
from mediabias.validation.sheets import Sample, read_codes, sample

__all__ = [
    "Sample", "adjudication", "agree", "alpha", "alpha_of_spans", "read_codes", "sample", "score", "score_codes", "sentence_shares",
]  # fmt: skip
