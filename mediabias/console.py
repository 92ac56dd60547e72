"""What several commands share: how they take a corpus and pairs, and what they say beside their results."""

from __future__ import annotations

import functools
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import typer

from mediabias import messages
from mediabias.amounts import amount, few
from mediabias.errors import MediabiasError


def reports_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Turn our own errors and missing files into one line on stderr and exit code 2."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("default", UserWarning)
                warnings.showwarning = _said
                command(*args, **kwargs)
        except BrokenPipeError:  # whoever read our output has seen enough: `| head`
            sys.stdout = None
        except (MediabiasError, ValueError, OSError) as error:
            typer.echo(f"mediabias: {as_typed(error)}", err=True)
            raise typer.Exit(2) from None

    return wrapped


def _said(message: Warning | str, *_: Any, **__: Any) -> None:
    """Show a warning as a line, without the place in the code where it arose."""
    typer.echo(f"mediabias: {message}", err=True)


def as_typed(error: Exception) -> str:
    """Say what went wrong, with a parameter named as the option that it is on the command line.

    Examples
    --------
    >>> as_typed(MediabiasError("0: at least 1", parameter="resamples"))
    'resamples: 0: at least 1'
    """
    parameter = getattr(error, "parameter", "")
    context = click.get_current_context(silent=True)
    if not isinstance(error, MediabiasError) or not parameter or context is None:
        return _settings_as_typed(str(error))
    options = {p.name: p.opts[0] for p in context.command.params}
    return f"{options.get(parameter, parameter)}: {error.message}"


def _settings_as_typed(message: str) -> str:
    """Name a setting of reading as it is typed on the command line.

    Examples
    --------
    >>> _settings_as_typed("min_confidence: 3.0 is not between 0 and 1")
    '--min-confidence: 3.0 is not between 0 and 1'
    """
    named = re.sub(
        r"\b(min_confidence|jobs|format|columns?)(=|: )(?=\S)", lambda m: f"--{m[1]}{m[2].replace('=', ' ')}", message
    )
    return named.replace("--min_", "--min-")


MEANING = {"published": "date", "outlet": "outlet", "title": "title", "event": "event"}


def say_gaps(table: Any, columns: tuple[str, ...], meaning: str) -> None:
    """Say in one line how many articles lack what, and what that means."""
    missing = {c: int((table[c].fillna("") == "").sum()) for c in columns}
    said = [
        f"{n:,} of {amount(len(table), 'article')} lack{'s' * (n == 1)} {MEANING[c]}" for c, n in missing.items() if n
    ]
    if said:
        typer.echo(f"{', '.join(said)}: {meaning}", err=True)


def say_read(corpus: Any, out: Path, meta: Path | None) -> None:
    """Say what was read, and what of it lacks what."""
    table = corpus.articles
    outlets = amount(table["outlet"].replace("", None).nunique(), "outlet")
    typer.echo(f"{amount(len(corpus), 'article')} of {outlets} in {out}")
    messages.say_variables(table)
    say_gaps(table, ("outlet", "published", "title"), "fill them in with --template FILE, then --meta FILE")
    say_languages(table)
    if corpus.unmatched:
        typer.echo(
            f"{amount(len(corpus.unmatched), 'row')} of {meta} without a document: {few(corpus.unmatched)}", err=True
        )


def say_languages(table: Any) -> None:
    """Say how many articles are in languages that features do not read."""
    from mediabias.language import is_covered

    foreign = sorted({code for code in table["language"].fillna("") if not is_covered(code)})
    if foreign:
        n = int((~table["language"].fillna("").map(is_covered)).sum())
        typer.echo(
            f"{amount(n, 'article')} in {', '.join(foreign)}: the features read English and leave them out (missing, not 0)",
            err=True,
        )


def on_terminal() -> bool:
    """Say whether somebody watches."""
    return sys.stderr.isatty()


def watched(items: Any, total: int, what: str) -> Any:
    """Show a progress bar on a terminal, none in a pipe."""
    if not on_terminal():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description=what, total=total, console=Console(stderr=True))


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Yield what is told of so many more of so many: a progress bar on a terminal, nothing in a pipe."""
    if not on_terminal():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        bar = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(bar, advance=done, total=total)


def count_rejects(corpus: Any, out: Path | None, strict: bool) -> None:
    """Say what could not be read, and exit with 1 if that is an error."""
    n = len(corpus.rejected)
    if not n:
        return
    if out is None:
        for row in corpus.rejected.itertuples():
            typer.echo(f"rejected: {row.path}: {row.reason}", err=True)
    else:
        typer.echo(f"{n} rejected; the reasons are in {out / 'rejected.csv'}", err=True)
    if strict:
        raise typer.Exit(1)


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


def corpus_of(source: Path, *, plain: bool = False) -> Any:
    """Return the corpus in `source`, or one read from the raw documents in it."""
    from mediabias.corpus import Corpus

    if not source.exists():
        raise FileNotFoundError(f"{source}: there is no such file or folder")
    if (source / "articles.parquet").exists():
        return Corpus.load(source)
    return Corpus.read([source], format="plain" if plain else None, progress=on_terminal())


def annotated(source: Path, corpus: Any, engine: str | None) -> Iterator[Any]:
    """Yield the articles with their attributions, of a corpus on disk from its store, as people corrected them."""
    from mediabias.annotations import apply
    from mediabias.corpus import default_settings
    from mediabias.prepare import annotate_all, annotate_stored
    from mediabias.settings import Settings

    if (source / "articles.parquet").exists():
        settings = default_settings(source).changed(engine=engine)
        return map(apply, annotate_stored(source, corpus, settings))
    return annotate_all(corpus, ["attributions"], Settings().changed(engine=engine))


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
