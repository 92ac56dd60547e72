"""What a user knows better about events: a small table, applied on every run."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from mediabias.errors import TableError

#: The file in a corpus's folder that is applied without being asked for.
FILE = "event_changes.csv"
_ACTIONS = ("pin", "split", "merge")


@dataclass(frozen=True)
class Changes:
    """Changes to events, from a CSV with the columns ``action``, ``what`` and ``event``.

    ==========  =====================  ==================================================================
    action      what                   event
    ==========  =====================  ==================================================================
    ``pin``     an article's id        the event that it belongs to; what is like it joins it
    ``split``   an article's id        the event that it alone is moved to
    ``merge``   an event               the event whose name both will have
    ==========  =====================  ==================================================================
    """

    pins: tuple[tuple[str, str], ...] = ()
    splits: tuple[tuple[str, str], ...] = ()
    merges: tuple[tuple[str, str], ...] = ()
    path: str = ""

    @classmethod
    def load(cls, path: str | Path) -> Changes:
        """Read the table.

        Raises
        ------
        TableError
            When it lacks a column, or a row has no such action or an empty field; the line is named.
        """
        rows: dict[str, list[tuple[str, str]]] = {action: [] for action in _ACTIONS}
        try:
            with Path(path).open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file)
                if missing := [c for c in ("action", "what", "event") if c not in (reader.fieldnames or ())]:
                    raise TableError(f"{path}: no column {missing[0]!r}; wanted action, what, event")
                for row in reader:
                    action, what, event = ((row[c] or "").strip() for c in ("action", "what", "event"))
                    if action not in rows or not what or not event:
                        raise TableError(
                            f"{path}, line {reader.line_num}: wanted pin, split or merge, what is changed, and the event"
                        )
                    rows[action].append((what, event))
        except OSError as error:
            raise TableError(f"{path}: {error.strerror}; give the table of changes") from error
        pins, splits, merges = (tuple(rows[action]) for action in _ACTIONS)
        return cls(pins, splits, merges, str(path))

    def pinned(self, table: pd.DataFrame) -> list[str]:
        """Return the event that each article was given, by the corpus or by a pin.

        Raises
        ------
        TableError
            When a pin or split names an article that is not there.
        """
        given = dict(zip(table["article_id"], table["event"], strict=True))
        for article_id, _ in (*self.pins, *self.splits):
            if article_id not in given:
                raise TableError(
                    f"{self.path}: no article {article_id!r} in this corpus; ids stand in its table articles"
                )
        given.update(self.pins)
        return [str(given[i]) for i in table["article_id"]]

    def applied(self, names: Sequence[str], table: pd.DataFrame) -> list[str]:
        """Return the articles' events after splits and merges, in their order.

        Raises
        ------
        TableError
            When a merge names an event that is not there.
        """
        moved = dict(self.splits)
        out = [moved.get(i, name) for i, name in zip(table["article_id"], names, strict=True)]
        for event, into in self.merges:
            if event not in out and into not in out:  # one that was merged in an earlier run is not there any more
                raise TableError(
                    f"{self.path}: no event {event!r} to merge; events stand in the column event of articles"
                )
            out = [into if name == event else name for name in out]
        return out
