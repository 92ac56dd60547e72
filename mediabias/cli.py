"""The command line, thin: it parses, calls and reports.

Exit codes: 0 done (rejected documents are counted on stderr and listed in ``rejected.csv``; with ``--strict`` they make
it 1), 2 unusable arguments or input.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from mediabias import coding, console, contrasting, messages
from mediabias.amounts import amount
from mediabias.article import DEFAULT_ZONES, SENTENCE_ZONES, checked_zones
from mediabias.errors import MediabiasError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="From the raw pages of several outlets to a paper's figures, with every number traceable to its words.",
)

Sources = Annotated[list[Path], typer.Argument(metavar="SRC...", help="Files or folders of raw documents.")]
Engine = Annotated[str | None, typer.Option(help="What finds the attributions: tagger (the default) or rules.")]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", help="COLUMN=VALUE of the articles to take, your own columns too; repeatable."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 when a document was rejected.")]


@app.command(epilog="Example: `mediabias read data/raw --meta data/events.csv --out build/corpus`")
@console.reports_errors
def read(
    sources: Sources,
    out: Annotated[Path, typer.Option("--out", help="Folder of the corpus to write.")],
    meta: Annotated[Path | None, typer.Option("--meta", help="CSV of columns that fill or override.")] = None,
    outlets: Annotated[Path | None, typer.Option("--outlets", help="CSV with outlets of your own.")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Outlet of all documents that name none.")] = None,
    format: Annotated[str | None, typer.Option("--format", help="Reader to use; found by looking by default.")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column", help="FIELD=NAME of a table or JSON, as 'text=Body copy' or id=ID; repeatable. Others are kept."
        ),
    ] = None,
    max_bytes: Annotated[int | None, typer.Option(help="A page or text with more is rejected; 50,000,000.")] = None,
    max_depth: Annotated[
        int | None, typer.Option(help="Elements of a page that lie deeper are flattened; 2,048.")
    ] = None,
    max_seconds: Annotated[
        float | None, typer.Option(help="An article that takes longer to read is rejected; 60. 0 for no limit.")
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", help="Write a CSV of the articles to fill in and give back as --meta.")
    ] = None,
    strict: Strict = False,
) -> None:
    """Read raw documents into a corpus. What can't be read goes to OUT/rejected.csv with the reason.

    Documents are HTML pages, texts copied from a browser, exports of press databases, files of collection tools, tables and
    archives of any of these. Stopped, the same command goes on where it was. The features read English; the language of each
    article is detected.
    """
    from mediabias.csvs import csv_text
    from mediabias.intake import read_to
    from mediabias.meta import template as filled_in
    from mediabias.tables import ASSIGNMENTS, write_whole

    if any(source.resolve() == out.resolve() for source in sources):
        raise MediabiasError(f"{out}: that is where the documents are; give --out a folder of its own")
    grouped = (out / ASSIGNMENTS).exists()
    given = {"max_bytes": max_bytes, "max_depth": max_depth, "max_seconds": max_seconds}
    limits = {name: value for name, value in given.items() if value is not None}
    try:
        corpus = read_to(
            out, sources, meta=meta, outlets=outlets, outlet=outlet, format=format, columns=column or (),
            limits=limits, progress=console.on_terminal(),
        )  # fmt: skip
    except KeyboardInterrupt:
        typer.echo("stopped; the same command goes on from here", err=True)
        raise typer.Exit(130) from None
    if not len(corpus) and not len(corpus.rejected):
        raise MediabiasError(f"{', '.join(map(str, sources))}: no document in here; give the folder that holds them")
    console.say_read(corpus, out, meta)
    if grouped:
        typer.echo(f"the events that were found here before are gone; run `mediabias events {out}` again", err=True)
    if template:
        template.parent.mkdir(parents=True, exist_ok=True)
        write_whole(template, csv_text(filled_in(corpus.articles)))
        typer.echo(f"{template} has a row for each article")
    messages.say_short(corpus.articles)
    console.count_rejects(corpus, out, strict)


@app.command(epilog="Example: `mediabias events build/corpus`")
@console.reports_errors
def events(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="Folder of a corpus; it is changed in place.")],
    threshold: Annotated[float | None, typer.Option(help="Similarity from which two articles share an event.")] = None,
    changes: Annotated[
        Path | None,
        typer.Option(
            help="CSV of what you know better: action (pin, split, merge), what, event; event_changes.csv in CORPUS."
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Group anew: forget the events that the articles have, but for pins.")
    ] = False,
) -> None:
    """Group the articles that cover the same event; mark copies and agency stories.

    Events that articles have, from --meta or an earlier run, are kept and take in what is like them.
    """
    from mediabias import events as grouping
    from mediabias.corpus import Corpus
    from mediabias.tables import ASSIGNMENTS

    read_in = Corpus.load(corpus)
    if again:
        read_in = read_in.with_articles(a.replace(event="", copy_of="") for a in read_in)
    if changes is None and (corpus / grouping.CHANGES).exists():
        changes = corpus / grouping.CHANGES
    grouped = grouping.grouped(read_in, threshold=threshold, changes=changes)
    grouped.save(corpus)
    table, sure = grouped.corpus.articles, grouped.assignments
    copies, alone = int((table["copy_of"] != "").sum()), int((sure["articles"] == 1).sum())
    typer.echo(
        f"{amount(table['event'].nunique(), 'event')}, {copies} {'copy' if copies == 1 else 'copies'} among "
        f"{amount(len(table), 'article')}; {alone} {'stands' if alone == 1 else 'stand'} alone"
    )
    if doubtful := int(((sure["confidence"] < 0.8) & ~sure["given"]).sum()):
        typer.echo(
            f"{doubtful} assignments are doubtful: see {corpus / ASSIGNMENTS}, mend in {grouping.CHANGES}", err=True
        )
    if single := int((table.groupby("event")["outlet"].nunique() < 2).sum()):
        typer.echo(f"{amount(single, 'event')} with one outlet only: nothing to compare within them", err=True)
    console.say_gaps(table, ("published",), "without a date an article can join any event, however far in time")


@app.command(epilog="Example: `mediabias attributions data/raw --jsonl build/attributions.jsonl`")
@console.reports_errors
def attributions(
    source: Annotated[Path, typer.Argument(metavar="SRC", help="A corpus, a folder of documents, or one document.")],
    jsonl: Annotated[
        Path | None,
        typer.Option("--jsonl", help="File to write, the interchange form: one line an article, offsets only."),
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="File to write, to read: one row an attribution, with its words.")
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Read plain text; offsets are into the file's own text as it stands.")
    ] = False,
    engine: Engine = None,
    min_confidence: Annotated[float, typer.Option(help="Leave out what is less sure, 0 to 1.")] = 0.0,
    zones: Annotated[
        str, typer.Option(help="Zones of the cue, joined by commas; all: every zone that holds sentences.")
    ] = ",".join(DEFAULT_ZONES),
    corrected: Annotated[
        Path | None,
        typer.Option("--corrected", help="The file of --csv, edited, or a table of corrections: kept with the corpus."),
    ] = None,
    who: Annotated[str, typer.Option(help="Of --corrected: who corrected; kept with each correction.")] = "",
    where: Where = None,
    strict: Strict = False,
) -> None:
    """Find who said what: as a table with the words, or as offsets for other programs.

    The table can be edited in a spreadsheet (CSV or XLSX) and given back as --corrected: changed cells are corrections, anything in
    is_wrong says that a row is no attribution, and a row without an attribution_id is one that was missed.
    """
    import pandas as pd

    from mediabias.annotations.corrections import FILE as CORRECTIONS
    from mediabias.annotations.corrections import summary
    from mediabias.attribution import in_words
    from mediabias.correcting import IS_WRONG, correct
    from mediabias.csvs import csv_text
    from mediabias.settings import Settings
    from mediabias.tables import write_whole

    if corrected is not None:
        if not (source / "articles.parquet").exists():
            raise MediabiasError(f"{source}: --corrected needs the folder of a corpus; make one with `mediabias read`")
        list(console.annotated(source, console.corpus_of(source), engine))
        made = correct(source, corrected, engine=engine, who=who)
        typer.echo(f"{messages.corrections_text(summary(made.corrections))}, in {source / CORRECTIONS}")
        if jsonl is None and csv is None:
            return
    if jsonl is None and csv is None:
        raise MediabiasError(
            "where to? give --csv FILE for a table to read, --jsonl FILE for the interchange form, or both"
        )
    corpus = console.corpus_of(source, plain=plain).where(**messages.where_of(where))
    wanted = SENTENCE_ZONES if zones == "all" else checked_zones(z.strip() for z in zones.split(","))
    attributed = console.annotated(source, corpus, engine)
    tables, lines = [in_words([])], []
    for article in console.watched(attributed, len(corpus), "attributions"):
        name = Path(article.path).stem if plain else article.article_id
        kept = [a for a in article.attributions or () if a.confidence >= min_confidence and a.zone in wanted]
        article, own = article.replace(attributions=tuple(kept)), [a.as_interchange() for a in kept]
        lines.append(json.dumps({"id": name, "attributions": own}, ensure_ascii=False) + "\n")
        tables.append(in_words([article]))
    table = pd.concat([t for t in tables if len(t)] or tables[:1], ignore_index=True).assign(**{IS_WRONG: ""})
    for path, text in ((jsonl, "".join(lines)), (csv, csv_text(table, float_format="%.3f"))):
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text)
    least = Settings().min_confidence
    unsure = int((table["confidence"] < least).sum())
    rather = (
        f"; {unsure:,} of them rather wrong than right (confidence below {least}): features leave them out"
        if unsure
        else ""
    )
    files = " and ".join(str(p) for p in (csv, jsonl) if p is not None)
    typer.echo(f"{amount(len(table), 'attribution')} in {amount(len(corpus), 'article')}, in {files}{rather}")
    console.count_rejects(corpus, None, strict)


@app.command(epilog="Example: `mediabias extract build/corpus --out build/features`")
@console.reports_errors
def extract(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="Folder of a corpus.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for evidence, features and the data dictionary.")],
    features: Annotated[str | None, typer.Option(help="Names, joined by commas; all by default.")] = None,
    engine: Engine = None,
    min_confidence: Annotated[
        float | None, typer.Option(help="Leave out what is less sure, 0 to 1; 0.5 by default.")
    ] = None,
    actors: Annotated[Path | None, typer.Option(help="CSV with actors of your own: actor, term.")] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option("--set", help="NAME.field=value of a feature, as voice.syntax=en_core_web_sm; repeatable."),
    ] = None,
    where: Where = None,
    jobs: Annotated[int, typer.Option(help="Processes of this machine.")] = 1,
    cluster: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler whose workers do it: tcp://host:8786.")
    ] = None,
) -> None:
    """Extract evidence and numbers. What the engine finds is kept in the corpus, so that it is looked for once.

    Stopped, the same command goes on where it was: what has been computed is kept in OUT/parts. A changed feature is computed
    alone, and so are new articles.
    """
    from mediabias.batch import extract_to
    from mediabias.corpus import default_settings
    from mediabias.features.registry import changed_fields, chosen, set_fields

    table = None if actors is None else str(actors)
    settings = default_settings(corpus).changed(engine=engine, min_confidence=min_confidence, actors=table)
    names = [n.strip() for n in features.split(",")] if features else None
    wanted, conditions = set_fields(chosen(names), setting or ()), messages.where_of(where)
    asked = {"features": names or "all", "set": setting or [], "where": conditions}
    try:
        with console.progress("extract") as watch:
            found = extract_to(
                corpus, out, wanted, settings, where=conditions, asked=asked, jobs=jobs, cluster=cluster, watch=watch
            )
    except KeyboardInterrupt:
        typer.echo("stopped; the same command goes on from here", err=True)
        raise typer.Exit(130) from None
    typer.echo(
        f"{amount(found.attributions, 'attribution')}; {amount(found.spans, 'span')} with {amount(found.labels, 'label')} in "
        f"{amount(found.columns, 'column')}, {amount(len(found), 'article')} in {out}"
    )
    messages.say_settings(settings, changed_fields(wanted), conditions)
    messages.say_corrections(found.corrections)
    console.say_languages(found.articles)


@app.command(epilog="Example: `mediabias verify build/features`")
@console.reports_errors
def verify(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Folders of corpora or of features.")],
) -> None:
    """Compare files with the checksums that were written with them; exit with 1 where one is damaged, and say what to do."""
    from mediabias.batch import verify as verified

    is_whole = True
    for folder in folders:
        table = verified(folder)
        bad = table[table["state"] != "whole"]
        for row in bad.itertuples():
            typer.echo(f"{folder / str(row.file)}: {row.state}; {row.mend}", err=True)
        typer.echo(f"{folder}: {len(table) - len(bad)} of {len(table)} files are whole")
        is_whole &= bad.empty
    if not is_whole:
        raise typer.Exit(1)


@app.command(epilog="Example: `mediabias compare build/features --by outlet --within event --out build/comparison`")
@console.reports_errors
def compare(
    features: Annotated[Path, typer.Argument(metavar="FEATURES", help="Folder that `mediabias extract` wrote.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for effects.csv, figures and a report.")],
    by: Annotated[str, typer.Option(help="Column that is compared: outlet, or one of your own.")] = "outlet",
    within: Annotated[str, typer.Option(help="Column that is held equal; '' for none.")] = "event",
    columns: Annotated[str | None, typer.Option(help="Feature columns, joined by commas; all by default.")] = None,
    pairs: Annotated[
        list[str] | None,
        typer.Option(
            help="Two outlets as A:B; again for more. each (the default), rest: each against all others, or both."
        ),
    ] = None,
    against_rest: Annotated[str | None, typer.Option(help="One outlet, paired with each of the others.")] = None,
    clusters: Annotated[
        str | None, typer.Option(help="Column of the units within groups, as outlet for --by leaning.")
    ] = None,
    copies: Annotated[
        str, typer.Option(help="collapse: one story counts once; keep: every copy; drop: none.")
    ] = "collapse",
    weights: Annotated[
        str, typer.Option(help="What counts the same within an outlet and event: articles, or evidence.")
    ] = "articles",
    interval: Annotated[str, typer.Option(help="wide (t and bootstrap-t), bootstrap-t, bootstrap (BCa), t.")] = "wide",
    permute: Annotated[
        str, typer.Option(help="events: would differ in others like them; articles: differ in these events.")
    ] = "events",
    family: Annotated[
        list[str] | None,
        typer.Option(help="Tests corrected together: all (the default), feature, or NAME=COLUMN,COLUMN; repeatable."),
    ] = None,
    correction: Annotated[
        str, typer.Option(help="bh: few of the differences named are false; holm: none in the family is.")
    ] = "bh",
    corpus: Annotated[
        Path | None, typer.Option(help="Folder of the corpus: comparison.html then opens to the sentences of both.")
    ] = None,
    where: Where = None,
    margin: Annotated[
        list[str] | None,
        typer.Option(help="Largest difference that would not matter, NUMBER or COLUMN=NUMBER; fills p_equivalent."),
    ] = None,
    confidence: Annotated[float, typer.Option(help="Level of the intervals.")] = 0.95,
    resamples: Annotated[int, typer.Option(help="Resamples of the bootstrap and of the permutation test.")] = 9999,
    seed: Annotated[int, typer.Option(help="Seed of the resampling.")] = 0,
    declare: Annotated[
        Path | None, typer.Option(help="Write these choices into a file, before looking, and compare nothing.")
    ] = None,
    plan: Annotated[
        Path | None, typer.Option(help="A file that --declare wrote: it is carried out; what departs is said.")
    ] = None,
) -> None:
    """Compare outlets or groups within events: effects with intervals, figures, and a report in sentences."""
    from mediabias import figures
    from mediabias.comparison import Design
    from mediabias.comparison import compare as run
    from mediabias.comparison.design import declared
    from mediabias.corpus import select_rows
    from mediabias.features import FeatureTables

    chosen = [c.strip() for c in columns.split(",")] if columns else None
    known = set(FeatureTables.columns_of(features))
    tables, articles = FeatureTables.load(features, chosen if chosen and known >= set(chosen) else None, evidence=False)
    articles = select_rows(articles, messages.where_of(where))
    messages.say_settings(tables.settings, {}, messages.where_of(where))
    messages.say_corrections(tables.corrections)
    console.say_gaps(
        articles, tuple(c for c in (by, within) if c in console.MEANING), "they are left out of the comparison"
    )
    outlets = sorted(set(articles[by].fillna("")) - {""}) if by in articles else []
    design = Design(
        by=by,
        within=within,
        columns=chosen,
        pairs=contrasting.pairs_of(pairs, against_rest, outlets) or "each",
        copies=copies,
        weights=weights,
        interval=interval,
        permute=permute,
        family=contrasting.family_of(family),
        correction=correction,
        margin=contrasting.margin_of(margin),
        confidence=confidence,
        resamples=resamples,
        seed=seed,
        clusters=clusters,
    )
    if declare:
        design.declare(declare)
        typer.echo(f"declared in {declare}; carry it out with --plan {declare}")
        return
    if plan:
        design = declared(plan)[0].but(**design.changed())
    found = run(tables, articles, design, plan=plan)
    found.save(out)
    figures.write_all(found, tables, articles, out)
    contrasting.write_comparison(found, features, corpus, out)
    contrasting.say_comparison(found.table, out)


@app.command(epilog="Example: `mediabias show build/corpus --out build/show.html`")
@console.reports_errors
def show(
    source: Annotated[Path, typer.Argument(metavar="SRC", help="A corpus, a folder of documents, or one document.")],
    out: Annotated[Path, typer.Option("--out", help="HTML file to write; it needs no network.")],
    engine: Engine = None,
    where: Where = None,
    strict: Strict = False,
) -> None:
    """Show articles with their zones, attributions and self-descriptions marked."""
    from mediabias import display
    from mediabias.features import extract as run

    corpus = console.corpus_of(source).where(**messages.where_of(where))
    articles = list(console.annotated(source, corpus, engine))
    evidence = run(articles, ["self_description"]).evidence
    parts = [display.annotated(a, evidence=evidence[evidence["article_id"] == a.article_id]) for a in articles]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(display.page(parts, title=str(source.name)), encoding="utf8")
    typer.echo(f"{amount(len(articles), 'article')} in {out}")
    console.count_rejects(corpus, None, strict)


@app.command(
    epilog="Example: `mediabias fetch polnear`, or with a copy at hand `mediabias fetch polnear --from PolNeAR/data`"
)
@console.reports_errors
def fetch(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The corpus: polnear, basil or babe.")],
    source: Annotated[Path | None, typer.Option("--from", help="A local copy to take the files from.")] = None,
    into: Annotated[Path | None, typer.Option("--into", help="Folder to fill; the user's cache by default.")] = None,
) -> None:
    """Bring a public corpus into the cache: every file checked, resumed where it stopped."""
    from mediabias import fetch as fetching

    if about := fetching.SOURCES.get(name):
        typer.echo(f"{about.reference}\nLicence: {about.licence}.", err=True)
    folder = fetching.fetch(name, into=into, source=source, progress=console.on_terminal())
    typer.echo(folder)


@app.command(
    epilog="Example: `mediabias train-attribution PolNeAR/data --out build/model --limit 60` for a trial of some minutes"
)
@console.reports_errors
def train_attribution(
    data: Annotated[
        Path, typer.Argument(metavar="DATA", help="PolNeAR: a folder with train, annotator-training, dev.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder of the model; a run that was stopped goes on there.")],
    limit: Annotated[int | None, typer.Option(help="So many articles of each part only, for a trial.")] = None,
    epochs: Annotated[int | None, typer.Option(help="Times that the articles are read.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of all that is drawn.")] = 1,
) -> None:
    """Train the attribution model: from PolNeAR to the files that the package ships, with their model card."""
    try:
        from mediabias.attribution.tagger import train as training
    except ModuleNotFoundError as error:
        raise MediabiasError(f"{error.name} is not installed: pip install 'mediabias[train]'") from None
    recipe = training.Recipe(seed=seed) if epochs is None else training.Recipe(seed=seed, epochs=epochs)
    training.make(data, out, recipe, limit=limit, report=lambda line: typer.echo(line, err=True))
    typer.echo(f"the model and its card are in {out}")


@app.command(
    epilog="Example: `mediabias train-zones pages --labels data/zones/labels.csv --boxes data/zones/boxes.jsonl --gold data --out build/zones`"
)
@console.reports_errors
def train_zones(
    pages: Annotated[Path, typer.Argument(metavar="PAGES", help="Folder of coded pages, .html or .html.gz.")],
    labels: Annotated[Path, typer.Option("--labels", help="CSV with page, block (hashes) and zone.")],
    out: Annotated[Path, typer.Option("--out", help="Folder of the model.")],
    boxes: Annotated[Path | None, typer.Option("--boxes", help="Invented boxes to train on, too: JSONL.")] = None,
    gold: Annotated[Path | None, typer.Option("--gold", help="An invented corpus to train on, too: raw, gold.")] = None,
) -> None:
    """Train the zone model on coded pages, and print its scores, cross-validated by outlet."""
    from mediabias.csvs import csv_text
    from mediabias.readers.boxes import coded_boxes
    from mediabias.readers.coded import read_coded, read_gold
    from mediabias.tables import write_whole
    from mediabias.zoning.train import fit

    invented = [*(coded_boxes(boxes) if boxes else ()), *(read_gold(gold) if gold else ())]
    model, scores = fit(read_coded(pages, labels), invented)
    out.mkdir(parents=True, exist_ok=True)
    model.save(out / "weights.npz")
    write_whole(out / "scores.csv", csv_text(scores))
    typer.echo(scores.to_string(index=False))


@app.command(epilog="Example: `mediabias train-claims pages --labels data/claims/labels.csv --out build/claims`")
@console.reports_errors
def train_claims(
    pages: Annotated[Path, typer.Argument(metavar="PAGES", help="Folder of coded pages, .html or .html.gz.")],
    labels: Annotated[Path, typer.Option("--labels", help="CSV with page, block (hashes), start, end and kind.")],
    out: Annotated[Path, typer.Option("--out", help="Folder of the model.")],
    boxes: Annotated[Path | None, typer.Option("--boxes", help="Invented boxes to train on, too: JSONL.")] = None,
) -> None:
    """Train the model of what outlets say of themselves, and print its scores, cross-validated by outlet."""
    from mediabias.claims.train import box_examples, fit, page_examples
    from mediabias.csvs import csv_text
    from mediabias.tables import write_whole

    model, scores = fit([*page_examples(pages, labels), *(box_examples(boxes) if boxes else ())])
    out.mkdir(parents=True, exist_ok=True)
    model.save(out / "weights.npz")
    write_whole(out / "scores.csv", csv_text(scores))
    typer.echo(scores.to_string(index=False))


@app.command(epilog="Example: `mediabias features quotation`, or `mediabias features --csv build/dictionary.csv`")
@console.reports_errors
def features(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME...]", help="The features; all by default.")
    ] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the data dictionary, a row a column.")] = None,
) -> None:
    """Print the data dictionary: what each feature counts, in which unit and zones, after whom, and how well it does."""
    import pandas as pd

    from mediabias.csvs import csv_text
    from mediabias.features.registry import chosen
    from mediabias.tables import write_whole

    made = chosen(names or None)
    if csv:
        csv.parent.mkdir(parents=True, exist_ok=True)
        write_whole(csv, csv_text(pd.concat([f.data_dictionary() for f in made], ignore_index=True)))
    for feature in made:
        typer.echo(f"{feature.name}: {(type(feature).__doc__ or '').strip().splitlines()[0]}")
        typer.echo(f"  zones: {', '.join(feature.zones)}\n  after: {feature.reference}")
        for row in feature.data_dictionary().itertuples():
            typer.echo(
                f"  {row.column}  ({row.unit})\n    {row.definition} Example: {row.example}\n    {row.validated}"
            )


@app.command(epilog="Example: `mediabias new-feature weather_words --into my_features`, then `pytest my_features`")
@console.reports_errors
def new_feature(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Lower case, with underscores.")],
    into: Annotated[Path, typer.Option("--into", help="Folder of the three files.")] = Path(),
) -> None:
    """Write a new feature, its word list and its test, to be changed into your own."""
    from mediabias.features.scaffold import new_feature as write

    files = write(name, into)
    typer.echo("\n".join(map(str, files)))
    typer.echo(
        f"`pytest {files[-1]}` passes. To see it: tables = mb.extract(corpus, TheClass); "
        f'mb.figures.profile(tables, corpus.articles, "{files[0].stem}__")',
        err=True,
    )


app.add_typer(coding.app, name="code")


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
