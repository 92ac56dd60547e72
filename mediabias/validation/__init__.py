"""How right the numbers are: scores against what people coded, agreement between people, coding sheets."""

from mediabias.validation.scores import score

__all__ = ["score"]
