"""What commands say of the user's own columns and corrections, and how conditions on columns are typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from mediabias.amounts import amount, few
from mediabias.errors import MediabiasError


def say_short(table: Any) -> None:
    """Say in one line how many articles have less text than their pages promise."""
    from mediabias.readers.variables import PROMISED

    short = [str(a) for a in table.loc[table[PROMISED].ne(""), "article_id"]] if PROMISED in table else []
    if short:
        typer.echo(
            f"{amount(len(short), 'document')} gave less text than {'its page promises' if len(short) == 1 else 'their pages promise'}: "
            f"{few(short)} (column {PROMISED}); save them from the browser when loaded",
            err=True,
        )
    else:
        typer.echo("0 documents gave less text than their pages promise", err=True)


def say_variables(table: Any) -> None:
    """Name the user's own columns, and the outlets that are called otherwise here than there."""
    from mediabias.article import ARTICLE_COLUMNS
    from mediabias.readers.variables import AS_WRITTEN, PROMISED

    own = [c for c in table.columns if c not in {*ARTICLE_COLUMNS, AS_WRITTEN, PROMISED}]
    if own:
        ids = [c for c in own if c.lower() == "id"]
        hint = f"; --column id={ids[0]} makes {ids[0]!r} the articles' ids" if ids else ""
        typer.echo(f"your own columns: {', '.join(own)}{hint}", err=True)
    if AS_WRITTEN in table:
        pairs = table.loc[table[AS_WRITTEN].ne(""), [AS_WRITTEN, "outlet"]].drop_duplicates()
        shown = [f"{a!r} is {b!r}" for a, b in pairs.sort_values([AS_WRITTEN, "outlet"]).itertuples(index=False)]
        typer.echo(
            f"{amount(len(shown), 'outlet')} of yours {'is' if len(shown) == 1 else 'are'} called otherwise in the table "
            f"of outlets: {few(shown)} (column {AS_WRITTEN})",
            err=True,
        )


def where_of(given: list[str] | None) -> dict[str, list[str]]:
    """Return which values of which columns were asked for; a column that is given twice may have either value.

    Examples
    --------
    >>> where_of(["leaning=left", "leaning=centre", "outlet=The Vale"])
    {'leaning': ['left', 'centre'], 'outlet': ['The Vale']}
    """
    found: dict[str, list[str]] = {}
    for condition in given or ():
        column, is_there, value = condition.partition("=")
        if not is_there:
            raise MediabiasError(f"--where {condition!r}: write COLUMN=VALUE, as --where leaning=left")
        found.setdefault(column.strip(), []).append(value.strip())
    return found


def say_settings(settings: Any, fields: Mapping[str, Any], where: Mapping[str, Any]) -> None:
    """Say in one line what a run was set to, where that is not the default."""
    said = [
        f"{k}={', '.join(map(str, v)) if isinstance(v, tuple | list) else v}"
        for k, v in {**settings.differences(), **fields}.items()
    ]
    said += [f"only where {k}={' or '.join(v)}" for k, v in where.items()]
    if said:
        typer.echo(f"not as by default: {'; '.join(said)}", err=True)


def corrections_text(summary: Any) -> str:
    """Say how many attributions are corrected, and how."""
    kinds = {"none": "of them none", "missed": "missed by the engine"}
    more = [f"{n} {said}" for kind, said in kinds.items() if (n := summary.get(kind, 0))]
    return f"{amount(summary['attributions'], 'corrected attribution')}" + (f" ({', '.join(more)})" if more else "")


def say_corrections(summary: Any) -> None:
    """Say on how many corrections numbers rest, where there are any."""
    if summary.get("rows"):
        typer.echo(f"with {corrections_text(summary)}", err=True)
