"""What several commands share: how they take a corpus and pairs, and what they say beside their results."""

from __future__ import annotations

import functools
import inspect
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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
            typer.echo(f"mediabias: {as_typed(error, command)}", err=True)
            raise typer.Exit(2) from None

    return wrapped


def _said(message: Warning | str, *_: Any, **__: Any) -> None:
    """Show a warning as a line, without the place in the code where it arose."""
    typer.echo(f"mediabias: {message}", err=True)


def as_typed(error: Exception, command: Callable[..., None]) -> str:
    """Say what went wrong, with a parameter named as the option that it is on the command line.

    Examples
    --------
    >>> def compare(*, against_rest: str) -> None: ...
    >>> as_typed(MediabiasError("'A' is no outlet", parameter="against_rest"), compare)
    "--against-rest: 'A' is no outlet"
    >>> as_typed(ValueError("min_confidence: 3.0 is not between 0 and 1"), compare)
    '--min-confidence: 3.0 is not between 0 and 1'
    """
    if isinstance(error, MediabiasError) and error.parameter in inspect.signature(command).parameters:
        return f"--{error.parameter.replace('_', '-')}: {error.message}"
    option = r"\b(min_confidence|jobs|format|columns?)(=|: )(?=\S)"  # settings that are named in their messages
    named = re.sub(option, lambda m: f"--{m[1]}{m[2].replace('=', ' ')}", str(error))
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
