"""What the effects show, in sentences and as a report."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd

from mediabias.amounts import amount
from mediabias.comparison.design import Design

#: Effects with q below it are named, and no more than so many.
ALPHA, MOST = 0.05, 10
#: With fewer events, no flip of signs can give p < 0.05, as 2/2**5 = 0.0625.
FEW_EVENTS = 6
#: With fewer units in either group, hardly any exchange of units can give p < 0.05, as 2/comb(8, 4) = 0.029.
FEW_UNITS = 4

CONFLICTS = {
    "unit": "the test exchanges articles of these events, the interval is about other events like them",
    "floor": "so few units can't give a smaller p",
    "method": "they lie close to zero on either side",
}


def sentences(effects: pd.DataFrame, alpha: float, units: Mapping[str, str], most: int) -> str:
    """Say in sentences what the effects show, in lines that fit a notebook."""
    # A notebook breaks long lines anywhere, inside words too.
    said = _said(effects, alpha, units, most)
    return "\n".join(fill(line, 100, subsequent_indent="    ", break_long_words=False) for line in said)


def _said(effects: pd.DataFrame, alpha: float, units: Mapping[str, str], most: int) -> list[str]:
    told = effects[effects["q"] < alpha].sort_values(["q", "p", "column", "a", "b"], kind="stable")
    tested = int(effects["q"].notna().sum())
    lines = [
        f"{len(told)} of {amount(tested, 'difference')} that could be tested "
        f"{'has' if len(told) == 1 else 'have'} q below {alpha:g}."
        if tested
        else "No difference could be tested: too few events, articles or units in common."
    ]
    level = float(effects["confidence"].iloc[0]) if "confidence" in effects and len(effects) else 0.95
    lines += [_sentence(row, units.get(row["column"], ""), level) for row in told.head(most).to_dict("records")]
    if len(told) > most:
        lines.append(f"{len(told) - most} more are in the table.")
    return lines + notes(effects)


def notes(effects: pd.DataFrame) -> list[str]:
    """Say what to keep in mind of a table of effects: derived from the table, so that no copy of it loses the notes."""
    made = []
    by_unit = effects["unit"].eq("clusters") if "unit" in effects else pd.Series(False, effects.index)
    few = effects[effects["n_events"].between(1, FEW_EVENTS - 1) & ~by_unit]
    if len(few):
        n = int(few["n_events"].min())
        made.append(
            f"{len(few)} of {len(effects)} effects rest on fewer than {FEW_EVENTS} events (fewest: {n}). Over so few, "
            "intervals depend on how the differences are distributed, and a test of one article an outlet and event "
            f"can't give p below {2 / 2**n:g}."
        )
    if by_unit.any() and (scarce := effects[by_unit & effects["p_floor"].gt(2 / 70)]).shape[0]:
        made.append(
            f"{len(scarce)} of {len(effects)} effects rest on fewer than {FEW_UNITS} units in a group or little more "
            f"(smallest p that is attainable: {scarce['p_floor'].min():.2g}): of so few, hardly anything can be said of "
            "others like them."
        )
    if "conflict" in effects:
        for why, n in effects.loc[effects["conflict"].fillna("").ne(""), "conflict"].value_counts(sort=False).items():
            made.append(
                f"In {n} of {len(effects)} effects the test and the interval say different things of zero (conflict: "
                f"{why}): {CONFLICTS[str(why)]}."
            )
    return made


def report(
    effects: pd.DataFrame, design: Design, units: Mapping[str, str], validated: Mapping[str, str], declared: str = ""
) -> str:
    """Return the report of a comparison, as Markdown."""
    said = "\n\n".join(_said(effects, ALPHA, units, MOST))
    used = "\n".join(f"- {name}: {_shown(value)}" for name, value in design.as_dict().items())
    plan = f"## Plan\n\n{declared}\n\n" if declared else ""
    return f"# Comparison\n\n{said}\n\n{_trust(effects, validated)}{plan}## Design\n\n{used}\n"


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, list):
        return ", ".join(":".join(v) if isinstance(v, list) else str(v) for v in value)
    if isinstance(value, dict):
        return ", ".join(f"{k}={'+'.join(v) if isinstance(v, list) else v}" for k, v in value.items())
    return str(value)


def _trust(effects: pd.DataFrame, validated: Mapping[str, str]) -> str:
    """Say how right each column that is named is on gold data: an error of the measure may look like a difference."""
    told = list(dict.fromkeys(effects.loc[effects["q"] < ALPHA, "column"]))
    lines = [f"- `{c}`: {validated[c]}" for c in told if c in validated]
    return "## How right the columns are on gold data\n\n" + "\n".join(lines) + "\n\n" if lines else ""


def _sentence(row: dict[Any, Any], unit: str, level: float) -> str:
    is_share = unit.startswith("share")
    estimate, low, high = ((100 if is_share else 1) * row[c] for c in ("estimate", "ci_low", "ci_high"))
    size = _number(abs(estimate)) + (" points" if is_share else "")
    feature = row["column"].replace("__", ": ").replace("_", " ") + (f", {unit}" if unit else "")
    interval = "no interval" if pd.isna(low) else f"{level:.0%} CI {_number(low)} to {_number(high)}"
    units = f"; {row['n_units']} units" if row.get("unit") == "clusters" else ""
    mark = f"; but see conflict: {row['conflict']}" if row.get("conflict") else ""
    return (
        f"{row['a']} is {size} {'above' if estimate >= 0 else 'below'} {row['b']} on {feature} "
        f"({interval}, q = {row['q']:.2g}; {row['n_events']} events, {row['n_articles']} articles{units}{mark})."
    )


def _number(value: float) -> str:
    if np.isnan(value):
        return "none"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2f}"
