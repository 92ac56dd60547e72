"""Validation cards: precision and recall of each shipped feature on gold data, from the table ``validation.csv`` beside this file."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import pandas as pd

#: What is said of a label that nobody has scored.
NONE = "not validated"


def cards(feature: str | None = None) -> pd.DataFrame:
    """Return the scores of the shipped features.

    Parameters
    ----------
    feature : str, optional
        Only this one's.

    Returns
    -------
    DataFrame
        A row a label and gold data: feature, label ("all": spans with the right label), on, gold, found (spans), precision, recall
        and f1 with their 95% intervals over articles, articles, note. What has no row has not been validated.

    Examples
    --------
    >>> {"sample corpus", "PolNeAR dev"} == set(cards("attribution_verbs")["on"])
    True
    """
    table = _table()
    return (table if feature is None else table[table["feature"] == feature]).reset_index(drop=True)


@cache
def said(feature: str, label: str) -> str:
    """Say how well a label does, on each gold data; of a label without a score, how its feature does as a whole.

    Examples
    --------
    >>> said("voice", "passive_agentless").partition(" 0.")[0]
    'sample corpus: precision'
    >>> said("actor_labels", "armed_group_rebel")
    'not validated'
    """
    table = _table()
    own = table[table["feature"] == feature]
    rows = own[own["label"] == label]
    if rows.empty:  # what is scored across labels: who is meant, whether it is a copy
        rows = own[own["label"].isin({"person", "copy"})]
    return "; ".join(_sentence(r) for r in rows.to_dict("records")) or NONE


def _sentence(row: dict[Any, Any]) -> str:
    if row["gold"] < 10:
        return f"{row['on']}: {row['gold']} spans only, too few to say"
    parts = [
        f"{name} {row[name]:.2f} [{row[f'{name}_low']:.2f}, {row[f'{name}_high']:.2f}]"
        for name in ("precision", "recall")
    ]
    note = f" ({row['note']})" if row["note"] else ""
    return f"{row['on']}: {', '.join(parts)}, {row['gold']} spans{note}"


@cache
def _table() -> pd.DataFrame:
    with (resources.files("mediabias") / "features" / "validation.csv").open(encoding="utf8") as file:
        return pd.read_csv(file, keep_default_na=True).fillna({"note": ""})
