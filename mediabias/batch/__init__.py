"""Features of a corpus of any size: in parts, by several processes or a cluster, and on from where a run was stopped."""

from mediabias.batch.assembly import Extracted
from mediabias.batch.integrity import verify
from mediabias.batch.parts import one_run
from mediabias.batch.run import extract_to

__all__ = ["Extracted", "extract_to", "one_run", "verify"]
