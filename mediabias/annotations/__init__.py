"""What engines found, kept once for all; what people corrected; and what of both a feature gets to read."""

from mediabias.annotations.corrections import apply, corrected
from mediabias.annotations.store import Store

__all__ = ["Store", "apply", "corrected"]
