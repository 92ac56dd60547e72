"""What the effects show, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd


def summary(
    effects: pd.DataFrame, *, alpha: float = 0.05, units: Mapping[str, str] | None = None, most: int = 10
) -> str:
    """Say in sentences what the effects show.

    Parameters
    ----------
    effects : DataFrame
        As from `compare`.
    alpha : float
        Effects with q below it are told.
    units : mapping of str to str, optional
        What to put behind a column's number, such as "per 1,000 words".
    most : int
        Tell no more effects than this, those of smallest q first.

    Examples
    --------
    >>> row = {"feature": "verbs__accusing", "outlet_a": "Post", "outlet_b": "Echo", "estimate": 4.2, "ci_low": 1.0}
    >>> row |= {"ci_high": 7.5, "p": 0.03, "q": 0.03, "n_articles": 24, "n_events": 6}
    >>> print(summary(pd.DataFrame([row]), units={"verbs__accusing": "per 1,000 words"}))
    1 of 1 differences between outlets that could be tested has q below 0.05.
    Post is 4.20 per 1,000 words above Echo on verbs: accusing (95% CI 1.00 to 7.50, q = 0.03; 6 events, 24 articles).
    """
    told = effects[effects["q"] < alpha].sort_values(["q", "p", "feature", "outlet_a", "outlet_b"], kind="stable")
    lines = [
        f"{len(told)} of {effects['q'].notna().sum()} differences between outlets that could be tested "
        f"{'has' if len(told) == 1 else 'have'} q below {alpha:g}."
    ]
    level = effects.attrs.get("confidence", 0.95)
    units = units or {}
    lines += [_sentence(row, units.get(row["feature"], ""), level) for row in told.head(most).to_dict("records")]
    if len(told) > most:
        lines.append(f"{len(told) - most} more are in the table.")
    return "\n".join(lines + effects.attrs.get("notes", []))


def _sentence(row: dict[Any, Any], unit: str, level: float) -> str:
    side = "above" if row["estimate"] >= 0 else "below"
    size = " ".join(part for part in (_number(abs(row["estimate"])), unit) if part)
    feature = row["feature"].replace("__", ": ").replace("_", " ")
    return (
        f"{row['outlet_a']} is {size} {side} {row['outlet_b']} on {feature} ({level:.0%} CI "
        f"{_number(row['ci_low'])} to {_number(row['ci_high'])}, q = {row['q']:.2g}; "
        f"{row['n_events']} events, {row['n_articles']} articles)."
    )


def _number(value: float) -> str:
    return f"{value:.3g}" if abs(value) >= 100 else f"{value:.2f}"
