"""What the effects show: sentences, and a folder of tables and a report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import fill
from typing import Any

import pandas as pd

from mediabias.amounts import amount
from mediabias.comparison.effects import compare, differences, notes
from mediabias.csvs import csv_text
from mediabias.tables import write_whole

#: Effects with q below it are told, and no more than so many.
ALPHA, MOST = 0.05, 10


def summary(
    effects: pd.DataFrame, *, alpha: float = ALPHA, units: Mapping[str, str] | None = None, most: int = MOST
) -> str:
    """Say in sentences what the effects show, in lines that fit a notebook.

    Parameters
    ----------
    effects : DataFrame
        As from `compare`.
    alpha : float
        Effects with q below it are told.
    units : mapping of str to str, optional
        The unit of each column, as in the data dictionary: "per 1,000 words"; a "share of ..." is told in points of
        percent.
    most : int
        Tell no more effects than this, those of smallest q first.

    Examples
    --------
    >>> row = {"column": "verbs__accusing", "outlet_a": "Post", "outlet_b": "Echo", "estimate": 4.2, "ci_low": 1.0}
    >>> row |= {"ci_high": 7.5, "p": 0.03, "q": 0.03, "n_articles": 24, "n_events": 6}
    >>> print(summary(pd.DataFrame([row]), units={"verbs__accusing": "per 1,000 words"}))
    1 of 1 difference between outlets that could be tested has q below 0.05.
    Post is 4.20 above Echo on verbs: accusing, per 1,000 words (95% CI 1.00 to 7.50, q = 0.03; 6
        events, 24 articles).
    """
    # A notebook breaks long lines anywhere, inside words too.
    said = _said(effects, alpha, units or {}, most)
    return "\n".join(fill(line, 100, subsequent_indent="    ", break_long_words=False) for line in said)


def _said(effects: pd.DataFrame, alpha: float, units: Mapping[str, str], most: int) -> list[str]:
    told = effects[effects["q"] < alpha].sort_values(["q", "p", "column", "outlet_a", "outlet_b"], kind="stable")
    tested = int(effects["q"].notna().sum())
    lines = [
        f"{len(told)} of {amount(tested, 'difference')} between outlets that could be tested "
        f"{'has' if len(told) == 1 else 'have'} q below {alpha:g}."
        if tested
        else "No difference could be tested: the outlets have too few events or articles in common."
    ]
    level = float(effects["confidence"].iloc[0]) if "confidence" in effects and len(effects) else 0.95
    lines += [_sentence(row, units.get(row["column"], ""), level) for row in told.head(most).to_dict("records")]
    if len(told) > most:
        lines.append(f"{len(told) - most} more are in the table.")
    return lines + notes(effects)


def write_report(
    features: pd.DataFrame,
    articles: pd.DataFrame,
    out: str | Path,
    *,
    units: Mapping[str, str] | None = None,
    validated: Mapping[str, str] | None = None,
    **settings: Any,
) -> pd.DataFrame:
    """Compare, and write effects.csv, differences.csv and report.md into the folder `out`; return the effects.

    `units` and `validated` are by column, as in the data dictionary; `settings` are those of `compare`. differences.csv holds the
    events that each effect is the mean of.

    Examples
    --------
    >>> import tempfile
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "event": "x", "copy_of": ""})
    >>> features = pd.DataFrame({"article_id": ["a", "b"], "verbs__accusing": [9.0, 4.0]})
    >>> out = Path(tempfile.mkdtemp())
    >>> effects = write_report(features, articles, out)
    >>> sorted(p.name for p in out.iterdir())
    ['differences.csv', 'effects.csv', 'report.md']
    """
    effects = compare(features, articles, **settings)
    shared = {k: v for k, v in settings.items() if k in ("by", "within", "pairs", "columns", "copies")}
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    # Ten digits are more than anybody reads, and fewer than differ between machines.
    each = differences(features, articles, **shared)
    for name, table in (("effects", effects), ("differences", each)):
        write_whole(out / f"{name}.csv", csv_text(table, float_format="%.10g"))
    used = "\n".join(f"- {name}: {value}" for name, value in sorted(settings.items()) if not hasattr(value, "columns"))
    said = "\n\n".join(_said(effects, ALPHA, units or {}, MOST))
    trust = _trust(effects, validated or {})
    (out / "report.md").write_text(f"# Comparison\n\n{said}\n\n{trust}## Settings\n\n{used}\n", encoding="utf-8")
    return effects


def _trust(effects: pd.DataFrame, validated: Mapping[str, str]) -> str:
    """Say how right each column that is told is on gold data: an error of the measure may look like a difference."""
    told = list(dict.fromkeys(effects.loc[effects["q"] < ALPHA, "column"]))
    lines = [f"- `{c}`: {validated[c]}" for c in told if c in validated]
    return "## How right the columns are on gold data\n\n" + "\n".join(lines) + "\n\n" if lines else ""


def _sentence(row: dict[Any, Any], unit: str, level: float) -> str:
    is_share = unit.startswith("share")
    estimate, low, high = ((100 if is_share else 1) * row[c] for c in ("estimate", "ci_low", "ci_high"))
    size = _number(abs(estimate)) + (" points" if is_share else "")
    feature = row["column"].replace("__", ": ").replace("_", " ") + (f", {unit}" if unit else "")
    interval = "no interval" if pd.isna(low) else f"{level:.0%} CI {_number(low)} to {_number(high)}"
    return (
        f"{row['outlet_a']} is {size} {'above' if estimate >= 0 else 'below'} {row['outlet_b']} on {feature} "
        f"({interval}, q = {row['q']:.2g}; {row['n_events']} events, {row['n_articles']} articles)."
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2f}"
