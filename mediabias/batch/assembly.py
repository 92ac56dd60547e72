"""The parts put together: a folder of features."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from mediabias import tables
from mediabias.annotations.corrections import summary
from mediabias.batch.computing import Part, Run
from mediabias.batch.parts import unpacked
from mediabias.errors import MediabiasError
from mediabias.features import Feature
from mediabias.features.counts import numbers
from mediabias.features.run import joined, made_by

#: Rows that are written at a time.
_ROWS = 200_000


@dataclass(frozen=True)
class Extracted:
    """What a run found: the table ``articles`` without texts, and how much of what there is.

    `computed` says how many parts of each kind had to be computed; all others were there from an earlier run. `corrections` says
    on how many corrections of people the numbers rest.
    """

    articles: pd.DataFrame
    attributions: int
    spans: int
    labels: int
    columns: int
    computed: dict[str, int] = field(default_factory=dict)
    corrections: dict[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.articles)


def assemble(run: Run) -> Extracted:
    """Put the parts together: the folder of the features."""
    dictionary = joined("dictionary", [f.data_dictionary() for f in run.features])
    writer = tables.Writer(run.out, ("evidence", "counts", "features", "dictionary", "articles"))
    writer.add({"articles": run.articles, "dictionary": dictionary})
    spans = _add_numbers(run, writer, run.articles, dictionary)
    labels = _add_rows(run, writer)
    inputs = dict(zip(run.articles["path"], run.articles["raw_sha256"], strict=True))
    corrections = summary(run.corrections)
    writer.close(
        run.settings,
        inputs,
        made_by(run.features),
        {"corrections": corrections} | ({"asked": run.asked} if run.asked else {}),
    )
    run.parts.sweep()
    found = sum(part.attributions for part in run.plan)
    return Extracted(run.articles, found, spans, labels, len(dictionary), run.computed, corrections)


def _add_numbers(run: Run, writer: tables.Writer, articles: pd.DataFrame, dictionary: pd.DataFrame) -> int:
    """Write the numbers, an article a row; return how many spans have a label, each counted once."""
    spans, at, rows = 0, 0, _Gathered(writer, "features")
    for part in run.plan:
        ids = articles["article_id"].iloc[at : at + part.size].tolist()
        at += part.size
        own = [_rows(run, f, part) for f in run.features]
        counts = joined("counts", [c for _, c in own])
        rows.add(numbers(counts, dictionary, ids) if len(dictionary) else pd.DataFrame({"article_id": ids}))
        evidence = joined("evidence", [e for e, _ in own])
        spans += len(evidence[["article_id", "start", "end"]].drop_duplicates())
    if not run.plan:
        rows.add(numbers(tables.empty("counts"), dictionary, []))
    rows.end()
    return spans


def _add_rows(run: Run, writer: tables.Writer) -> int:
    """Write evidence and counts, a feature after the other; return how many rows of evidence there are."""
    labels, evidence, counts = 0, _Gathered(writer, "evidence"), _Gathered(writer, "counts")
    for feature in run.features:
        for part in run.plan:
            found, counted = _rows(run, feature, part)
            labels += len(found)
            evidence.add(found)
            counts.add(counted)
    evidence.end()
    counts.end()
    return labels


def _rows(run: Run, feature: Feature, part: Part) -> tuple[pd.DataFrame, pd.DataFrame]:
    payload = run.parts.get(feature.name, part.rows[feature.name])
    if payload is None:
        raise MediabiasError(f"{run.out}: a part went missing during the run; run the same command again")
    evidence, counts = unpacked(payload)
    return evidence, counts


class _Gathered:
    """Gathers rows of a table until they are worth a row group."""

    def __init__(self, writer: tables.Writer, name: str) -> None:
        self._writer, self._name = writer, name
        self._held: list[pd.DataFrame] = []
        self._is_begun = False

    def add(self, rows: pd.DataFrame) -> None:
        """Take some rows."""
        self._held.append(rows)
        if sum(map(len, self._held)) >= _ROWS:
            self._write()

    def end(self) -> None:
        """Write the rest."""
        if self._held or not self._is_begun:
            self._write()

    def _write(self) -> None:
        filled = [rows for rows in self._held if len(rows)]  # an empty one would bend the types
        made = (
            pd.concat(filled, ignore_index=True)
            if filled
            else self._held[0]
            if self._held
            else tables.empty(self._name)
        )
        self._writer.add({self._name: made})
        self._held, self._is_begun = [], True
