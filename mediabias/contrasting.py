"""What `mediabias compare` takes and says: pairs, families and margins as they are typed, and its results in lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from mediabias.amounts import amount
from mediabias.errors import MediabiasError

#: More outlets than this have more pairs than anybody reads.
_MOST_OUTLETS = 12


def pairs_of(given: list[str] | None, rest: str | None, outlets: list[str]) -> list[tuple[str, str]] | str | None:
    """Return the pairs asked for; with many outlets somebody has to choose."""
    if rest:
        return [(rest, other) for other in outlets if other != rest]
    if given and len(given) == 1 and given[0] in ("each", "rest", "both"):
        return given[0]
    if given:
        if wrong := [p for p in given if p.count(":") != 1]:
            raise MediabiasError(f"--pairs {wrong[0]!r}: write two outlets as A:B")
        return [(a.strip(), b.strip()) for a, b in (p.split(":") for p in given)]
    if len(outlets) > _MOST_OUTLETS:
        n = len(outlets)
        raise MediabiasError(
            f"{n} outlets make {n * (n - 1) // 2} pairs; choose with --pairs 'A:B', --pairs rest or --against-rest A"
        )
    return None


def family_of(given: list[str] | None) -> str | dict[str, list[str]]:
    """Return which tests are corrected together: a word, or the columns of each declared family.

    Examples
    --------
    >>> family_of(["verbs=attribution_verbs__saying,attribution_verbs__denial"])
    {'verbs': ['attribution_verbs__saying', 'attribution_verbs__denial']}
    """
    if not given:
        return "all"
    if len(given) == 1 and "=" not in given[0]:
        return given[0]
    if wrong := [f for f in given if "=" not in f]:
        raise MediabiasError(f"--family {wrong[0]!r}: write NAME=COLUMN,COLUMN, or all or feature alone")
    named = (f.split("=", 1) for f in given)
    return {name.strip(): [c.strip() for c in columns.split(",")] for name, columns in named}


def margin_of(given: list[str] | None) -> float | dict[str, float] | None:
    """Return the margin of equivalence: one for all columns, or by column.

    Examples
    --------
    >>> margin_of(["0.5"]), margin_of(["voice__passive=0.5", "quotation__direct=0.1"])
    (0.5, {'voice__passive': 0.5, 'quotation__direct': 0.1})
    """
    if not given:
        return None
    try:
        if len(given) == 1 and "=" not in given[0]:
            return float(given[0])
        return {c.strip(): float(x) for c, x in (m.split("=", 1) for m in given)}
    except ValueError:
        raise MediabiasError(f"--margin {' '.join(given)}: write NUMBER, or COLUMN=NUMBER for each column") from None


#: From so many tests on, with few events, the correction leaves nothing whatever is there.
MANY_TESTS = 50


#: Differences that a page shows, those of smallest q: more are in effects.csv.
_ON_A_PAGE = 100


def say_comparison(effects: Any, out: Path) -> None:
    """Say how many differences there are, and how many could not be tested."""
    tested = effects["q"].notna()
    real = int((effects["q"] < 0.05).sum())
    typer.echo(
        f"{amount(int(tested.sum()), 'difference')} tested, {real} with q < 0.05; {int((~tested).sum()):,} could not be tested: the "
        f"two have too few events or articles in common, or the column is the same in every article; in {out}"
    )
    if n := int(effects["conflict"].ne("").sum()):
        typer.echo(f"in {n:,} the test and the interval say different things of zero; report.md says why", err=True)
    if not real and tested.sum() > MANY_TESTS:
        typer.echo(
            f"that many tests share one correction, and p can't be below {effects['p'].min():.2g} here: declare before "
            "looking what you compare, with --columns and --pairs or --against-rest",
            err=True,
        )


def write_comparison(found: Any, features: Path, corpus: Path | None, out: Path) -> None:
    """Write comparison.html: the differences of smallest q, and where there is a corpus the sentences of both outlets."""
    from mediabias.corpus import Corpus
    from mediabias.display import page
    from mediabias.display.contrasts import comparison
    from mediabias.features import FeatureTables
    from mediabias.tables import write_whole

    effects = found.table
    tables, _ = FeatureTables.load(features, list(dict.fromkeys(effects["column"])), evidence=corpus is not None)
    shown = comparison(found, tables, () if corpus is None else Corpus.load(corpus), rows=_ON_A_PAGE)
    title = (
        "Comparison"
        if len(effects) <= _ON_A_PAGE
        else f"Comparison; all {len(effects):,} differences are in effects.csv"
    )
    write_whole(out / "comparison.html", page([shown], title=title))
