"""The commands `mediabias code`: a sample of sentences for people to code, their agreement, and the feature's scores."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mediabias import console

app = typer.Typer(
    no_args_is_help=True, help="Validate a feature by hand: sample sentences, code them, see agreement and scores."
)
Key = Annotated[Path, typer.Option("--key", help="key.csv of the sample.")]


@app.command(epilog="Example: `mediabias code sample build/features build/corpus --feature voice --out build/coding`")
@console.reports_errors
def sample(
    features: Annotated[Path, typer.Argument(metavar="FEATURES", help="Folder that `mediabias extract` wrote.")],
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="Folder of the corpus.")],
    feature: Annotated[str, typer.Option("--feature", help="The feature to validate.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the sheet, the key and the codebook.")],
    n: Annotated[int, typer.Option("--n", help="Sentences.")] = 200,
    seed: Annotated[int, typer.Option(help="Seed of the draw.")] = 0,
) -> None:
    """Draw sentences, blind to outlet and to what was found: sheet.csv, for Label Studio and brat, key.csv and a codebook."""
    from mediabias.corpus import Corpus
    from mediabias.features import FeatureTables
    from mediabias.validation import sample as draw

    tables, _ = FeatureTables.load(features)
    drawn = draw(tables, Corpus.load(corpus), feature, n=n, seed=seed)
    drawn.save(out)
    strata = ", ".join(f"{k} {v}" for k, v in drawn.key["stratum"].value_counts().items())
    typer.echo(
        f"{len(drawn.sheet)} sentences in {out / 'sheet.csv'} ({strata}); give coders the sheet and codebook.md, not key.csv"
    )


@app.command(epilog="Example: `mediabias code agree --key build/coding/key.csv ana.csv ben.csv`")
@console.reports_errors
def agree(
    sheets: Annotated[list[Path], typer.Argument(metavar="SHEET...", help="The filled sheet of each coder.")],
    key: Key,
    out: Annotated[Path | None, typer.Option("--out", help="CSV with what coders differ on, to decide.")] = None,
) -> None:
    """Print percent agreement and Krippendorff's alpha of each label, with its interval."""
    import pandas as pd

    from mediabias.csvs import bare, csv_text, read_csv
    from mediabias.tables import write_whole
    from mediabias.validation import adjudication, read_codes
    from mediabias.validation import agree as measured

    known = bare(pd.read_csv(key))
    coders = {p.stem: read_codes(p, known) for p in sheets}
    typer.echo(measured(coders).round(3).to_string(index=False))
    if out is not None:
        text = read_csv(sheets[0])
        table = adjudication(coders, text)
        write_whole(out, csv_text(table))
        typer.echo(f"{len(table)} decisions to take in {out}")


@app.command(epilog="Example: `mediabias code score --key build/coding/key.csv decided.csv`")
@console.reports_errors
def score(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help="The filled sheet.")],
    key: Key,
) -> None:
    """Print precision and recall of each label against the codes, with intervals."""
    import pandas as pd

    from mediabias.csvs import bare
    from mediabias.validation import read_codes, score_codes

    known = bare(pd.read_csv(key))
    typer.echo(score_codes(known, read_codes(sheet, known)).round(3).to_string(index=False))
