"""What a comparison found, with the design that it was made by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from mediabias import tables
from mediabias.article import Article
from mediabias.comparison.design import Design
from mediabias.comparison.report import ALPHA, MOST, report, sentences
from mediabias.csvs import csv_text, read_csv
from mediabias.errors import TableError

_DESIGN = "design.json"


@dataclass(frozen=True, repr=False)
class Comparison:
    """The effects of a comparison, what they are means of, and how they were made; `compare` returns it.

    Parameters
    ----------
    table : DataFrame
        One row a column and pair.
    differences : DataFrame
        One row a column, pair and event; with clusters, a column, pair and unit.
    design : Design
    counts, dictionary : DataFrame, optional
        The evidence behind the numbers, and what each column counts, where they were given.
    plan : str
        Whether what ran is what was declared before, where there is a plan.

    Examples
    --------
    >>> from mediabias.comparison import compare
    >>> ids = [f"{o}{e}" for o in "AB" for e in range(8)]
    >>> articles = pd.DataFrame({"article_id": ids, "outlet": [i[0] for i in ids], "event": [i[1] for i in ids]})
    >>> features = pd.DataFrame({"article_id": ids, "verbs__accusing": [9.0, 7, 8, 9, 9, 7, 8, 9, *[2.0] * 8]})
    >>> found = compare(features, articles, copies="keep")
    >>> print(found.summary())
    1 of 1 difference that could be tested has q below 0.05.
    A is 6.25 above B on verbs: accusing (95% CI 5.29 to 6.99, q = 0.0078; 8 events, 16 articles).
    >>> found
    Comparison of 1 column for 1 pair by outlet within event: 1 of 1 difference has q below 0.05
    """

    table: pd.DataFrame
    differences: pd.DataFrame
    design: Design
    counts: pd.DataFrame | None = None
    dictionary: pd.DataFrame | None = None
    plan: str = ""

    def __repr__(self) -> str:
        from mediabias.amounts import amount

        pairs = len(self.table[["a", "b"]].drop_duplicates())
        real, tested = int(self.table["q"].lt(ALPHA).sum()), int(self.table["q"].notna().sum())
        within = f" within {self.design.within}" if self.design.within else ""
        return (
            f"Comparison of {amount(self.table['column'].nunique(), 'column')} for {amount(pairs, 'pair')} by "
            f"{self.design.by}{within}: {real} of {amount(tested, 'difference')} "
            f"{'has' if real == 1 else 'have'} q below {ALPHA:g}"
        )

    @property
    def units(self) -> dict[str, str]:
        """The unit of each column, where the data dictionary is known."""
        return self._said("unit")

    def _said(self, what: str) -> dict[str, str]:
        return (
            {} if self.dictionary is None else dict(zip(self.dictionary["column"], self.dictionary[what], strict=True))
        )

    def summary(self, *, alpha: float = ALPHA, units: Mapping[str, str] | None = None, most: int = MOST) -> str:
        """Say in sentences what the effects show, in lines that fit a notebook.

        Parameters
        ----------
        alpha : float
            Effects with q below it are named.
        units : mapping of str to str, optional
            The unit of each column: "per 1,000 words"; a "share of ..." is told in points of percent. Those of the data
            dictionary by default.
        most : int
            Name no more effects than this, those of smallest q first.
        """
        said = sentences(self.table, alpha, units or self.units, most)
        return f"{self.plan}\n{said}" if self.plan else said

    def draw(self, ax: Any = None, **choices: Any) -> Any:
        """Draw the effects as a forest plot, and return the Axes; the choices are those of `mediabias.figures.effects`."""
        return import_module("mediabias.figures").effects(self, ax, **choices)  # a layer above this one

    def show(self, tables: Any = None, articles: Iterable[Article] = (), **choices: Any) -> Any:
        """Show the effects as HTML; with the tables and articles they open to the sentences of both sides."""
        return import_module("mediabias.display.contrasts").comparison(self, tables, articles, **choices)

    def save(self, folder: str | Path) -> None:
        """Write effects.csv, differences.csv, design.json and report.md into a folder."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        # Ten digits are more than anybody reads, and fewer than differ between machines.
        for name, table in (("effects", self.table), ("differences", self.differences)):
            tables.write_whole(folder / f"{name}.csv", csv_text(table, float_format="%.10g"))
        tables.write_whole(folder / _DESIGN, json.dumps(self.design.as_dict(), indent=1) + "\n")
        text = report(self.table, self.design, self.units, self._said("validated"), self.plan)
        tables.write_whole(folder / "report.md", text)

    @classmethod
    def load(cls, folder: str | Path) -> Comparison:
        """Return what `save` wrote; the counts and the data dictionary stay with the features.

        Raises
        ------
        TableError
            When the folder holds no comparison.
        """
        folder = Path(folder)
        if not (folder / _DESIGN).exists():
            raise TableError(f"{folder}: no comparison in here; `mediabias compare` or Comparison.save writes one")
        effects, differences = (_numbers(read_csv(folder / f"{name}.csv")) for name in ("effects", "differences"))
        effects["is_exact"] = effects["is_exact"].eq("True")
        design = Design.from_dict(json.loads((folder / _DESIGN).read_text(encoding="utf8")))
        return cls(effects, differences, design)


def _numbers(texts: pd.DataFrame) -> pd.DataFrame:
    """Return a table of texts with its numbers as numbers."""
    words = {"column", "a", "b", "event", "unit", "group", "interval", "test", "is_exact", "conflict"}
    made = texts.copy()
    for column in set(texts) - words:
        made[column] = pd.to_numeric(texts[column])
    return made


def table_of(effects: Comparison | pd.DataFrame) -> pd.DataFrame:
    """Return the table of a comparison, or the table itself."""
    return effects.table if isinstance(effects, Comparison) else effects
