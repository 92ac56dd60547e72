"""Scores on real corpora that the project may not ship; `MEDIABIAS_REAL=FOLDER python -m tests.real` prints them."""
