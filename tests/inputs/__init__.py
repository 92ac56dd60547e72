"""Small documents of kinds that once came out wrong, each with what is right of it; texts of our own invention."""

from tests.inputs import encodings, exports, pages, speech, tables

CASES = [*encodings.CASES, *exports.CASES, *tables.CASES, *pages.CASES, *speech.CASES]
