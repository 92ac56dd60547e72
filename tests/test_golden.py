"""What the package makes of the sample corpus and of texts of hard cases, as it was when last looked at.

A difference is not a fault by itself: read it, and if it is what you meant, write the tables anew with
``python tests/test_golden.py``. So that a change can be read, a few articles stand here row by row, and of all others how
often each value occurs. Numbers are rounded, so that a last digit does not part machines; attributions are those of the
rules, since the tagger's scores differ between processors.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from random import Random

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import mediabias as mb
from mediabias import display
from mediabias.article import Article, Span, paragraphs
from mediabias.attribution import scoring, sources
from mediabias.attribution.quotes import quotations
from mediabias.attribution.scoring import ROLES
from mediabias.attribution.tagger.decode import candidates, joined, log_softmax, with_quotations
from mediabias.attribution.tagger.words import central, windows
from mediabias.attribution.types import attribution_type
from mediabias.attribution.verbs import classify
from mediabias.comparison import compare
from mediabias.events.likeness import vectors
from mediabias.readers import Document, read_document
from mediabias.readers.html import read_html
from mediabias.readers.text import read_text
from tests.made_up import articles, html_pages, marks, pages

FOLDER = Path(__file__).parent / "golden"
DATA = FOLDER.parent.parent / "data"
#: The comparison that is written down, whole.
PAIRS = [("Ordavian State Broadcasting", "The Daily Whistle"), ("Littoral Press", "The Halvany Gazette")]
#: The event whose articles are written down row by row.
EVENT = "port-strike"
METADATA = ["article_id", "title", "outlet", "byline", "published", "language", "event", "copy_of", "wire", "reader"]
RULES = mb.Settings(engine="rules")
Rows = Iterable[Iterable[object]]


@cache
def corpus() -> mb.Corpus:
    """The sample with events and copies, and attributions by the rules."""
    read = mb.Corpus.read([DATA / "raw"], meta=DATA / "events.csv", outlets=DATA / "outlets.csv")
    return mb.Corpus([mb.attribute(a, engine="rules") for a in read], settings=RULES)


@cache
def sentences() -> Article:
    """The sentences, each a paragraph of a body, with attributions by the rules."""
    text = (FOLDER / "sentences.txt").read_text(encoding="utf8")
    blocks = "\n\n".join(text[s.start : s.end] for s in paragraphs(text))
    return mb.attribute(Article.from_text(blocks, "sentences"), engine="rules")


@cache
def made() -> list[Article]:
    """Articles put together from parts, with attributions by the rules."""
    return [
        mb.attribute(Article.from_text(t, article_id=f"{n}"), engine="rules") for n, t in enumerate(articles(150, 1))
    ]


@cache
def paged() -> list[Article]:
    """Pages of plain text put together from parts."""
    return [read_text(text, f"{n}") for n, text in enumerate(pages(60, 7))]


@cache
def html() -> list[Article]:
    """Pages of HTML put together from parts."""
    return [read_html(page, f"{n}").replace(article_id=f"{n}") for n, page in enumerate(html_pages(90, 8))]


def of_event() -> list[Article]:
    return [a for a in corpus() if a.event == EVENT]


def described(articles: Iterable[Article]) -> Rows:
    """What is known of each article, and its blocks with their places."""
    for article in articles:
        yield article.article_id, *(getattr(article, name) for name in METADATA[1:])
        yield from blocks([article])


def tally(**tables: Iterable[tuple[str, object, int]]) -> Rows:
    """How often each value of each field occurs in tables of (field, value, how often)."""
    for name, rows in tables.items():
        counts: Counter[tuple[str, str]] = Counter()
        for field, value, n in rows:
            counts[field, str(value)] += n
        yield from ((name, field, value, n) for (field, value), n in sorted(counts.items()))


def fields(articles: Iterable[Article]) -> Iterable[tuple[str, object, int]]:
    """Yield the fields of all attributions; of those that are text how many spans and characters they have."""
    names = "cue_lemma cue_class cue_factivity cue_stance type quotation source_type source_form zone".split()
    for x in (x for a in articles for x in a.attributions):
        yield from ((name, getattr(x, name), 1) for name in names)
        yield "confidence", f"{x.confidence:.1f}", 1
        yield "speaker", "characters", len(x.speaker)
        for role in ROLES:
            yield role, f"spans {len(getattr(x, role))}", 1
            yield role, "characters", sum(s.end - s.start for s in getattr(x, role))


def zones(articles: Iterable[Article]) -> Iterable[tuple[str, object, int]]:
    """Yield the zone of each block, how sure it is, what kind of place it comes from, and how long it is."""
    for b in (b for a in articles for b in a.blocks):
        yield "zone", b.zone, 1
        yield "confidence", f"{b.confidence:.1f}", 1
        yield "origin", _kind(b.origin), 1
        yield "characters", b.zone, b.end - b.start


def _kind(origin: str) -> str:
    """Say what kind of place an origin is: its last element, without numbers."""
    return re.sub(r"\d+", "0", origin.rpartition("/")[2])


def formats() -> Rows:
    """The examples of every format: the first article of each with its blocks, the others with the zones of theirs."""
    for path in sorted((FOLDER.parent / "readers" / "examples").iterdir()):
        for n, found in enumerate(read_document(Document(path, path.name))):
            if isinstance(found, Article):
                yield found.article_id, *(getattr(found, name) for name in METADATA[1:])
                yield from blocks([found]) if not n else [(found.article_id, " ".join(b.zone for b in found.blocks))]
            else:
                yield found.path, found.place, found.reason


def quoted() -> Rows:
    for text in marks(120, 2):
        found = quotations(text, list(paragraphs(text)))
        yield (
            text,
            *(f"{q.start}-{q.end}{'' if q.closed else ' open'}{' single' * q.single} {q.continues}" for q in found),
        )


def marked() -> Iterable[tuple[str, object, int]]:
    """Yield what is found of the quotations of many more texts."""
    for text in marks(400, 2):
        for q in quotations(text, list(paragraphs(text))):
            yield from ((name, getattr(q, name), 1) for name in ("closed", "single"))
            yield "continues", q.continues is not None, 1
            yield "characters", "all", q.end - q.start


def decoded() -> Rows:
    """What the tagger's decoder reads out of scores drawn at random, and which words its windows take."""
    rng = np.random.default_rng(3)
    for _ in range(20):
        n = int(rng.integers(2, 14))
        log_p = log_softmax(rng.normal(scale=1.5, size=(2, n, 5)).astype(np.float32))
        for found in candidates([(0, 1), (n - 1, n)], rng.normal(size=2).tolist(), log_p, 3):
            yield found.source, found.content, *places(found.signs().values())
    for text in marks(60, 4):
        ends = sorted(rng.integers(0, len(text) + 1, size=6).tolist())
        spans = [Span(*ends[:2]), Span(*ends[2:4])]
        closed = joined(text, spans, [Span(*ends[4:])])
        marked = with_quotations(text, spans, quotations(text, list(paragraphs(text))))
        yield text, *((s.start, s.end) for s in (*spans, *closed, *marked))
    for _ in range(20):
        first = np.concatenate([[0], rng.integers(1, 7, size=int(rng.integers(1, 400))).cumsum()])
        parts = windows(first, stride=int(rng.integers(20, 318)), shortened=int(rng.integers(0, 200)))
        yield len(first), parts, central(len(first) - 1, parts).tolist()[::25]


def scored() -> Rows:
    """Scores and intervals of what the rules find, against the same with some roles lost or moved."""
    rng = Random(5)
    articles = []
    for a in made()[:40]:
        gold = [{r: [[s.start, s.end] for s in getattr(x, r)] for r in ROLES} for x in a.attributions]
        found = [
            {**x, rng.choice(ROLES): rng.choice(gold)[rng.choice(ROLES)]} if rng.random() < 0.3 else x for x in gold
        ]
        articles.append((a.article_id, a.text, gold, [x for x in found if rng.random() < 0.9]))
    yield from ((name, *places([x])) for name, x in scoring.scores(scoring.table(articles)).items())
    around = scoring.intervals(scoring.table(articles), resamples=200, seed=6)
    yield from ((name, *places(row)) for name, row in around.iterrows())


def attributions(articles: Iterable[Article]) -> Rows:
    yield from (
        (a.article_id, *(" | ".join(shown(a, s.start, s.end) for s in role) for role in (x.source, x.cue, x.content)),
         x.cue_lemma, x.cue_class, x.cue_factivity, x.cue_stance, x.type, x.quotation, x.speaker, x.source_type,
         x.source_form, x.zone, f"{x.confidence:.2f}")
        for a in articles for x in a.attributions
    )  # fmt: skip


def blocks(articles: Iterable[Article]) -> Rows:
    for a in articles:
        yield from (
            (a.article_id or a.path, b.zone, f"{b.confidence:.2f}", b.origin, shown(a, b.start, b.end))
            for b in a.blocks
        )


def shown(article: Article, start: int, end: int) -> str:
    """Return a text, or where it is long its beginning, how much is between, and its end."""
    text = " ".join(Span(start, end).of(article.text).split())
    return text if len(text) < 50 else f"{text[:20]} …{len(text) - 40}… {text[-20:]}"


def metadata() -> Rows:
    yield from corpus().articles[METADATA].astype(str).itertuples(index=False)


def grouped() -> Rows:
    plain = [a.replace(event="", copy_of="") for a in corpus()]
    yield from mb.group(mb.Corpus(plain)).articles[["article_id", "event", "copy_of"]].itertuples(index=False)


@cache
def extracted() -> mb.features.run.FeatureTables:
    return mb.extract(corpus(), settings=RULES)


def counts() -> Rows:
    """What all articles together have of each column, and what those of one event have of a few."""
    table = extracted().counts
    summed = table.groupby("column", sort=False).agg(
        count=("count", "sum"), exposure=("exposure", "sum"), articles=("count", lambda n: int((n > 0).sum()))
    )
    yield from summed.itertuples()
    few = table[table["column"].str.match("attribution_verbs__|source_labels__type_|voice__") & (table["count"] > 0)]
    few = few[few["article_id"].isin({a.article_id for a in of_event()})]
    yield from few[["article_id", "column", "count", "exposure"]].itertuples(index=False)


def evidence() -> Rows:
    table = extracted().evidence  # that of attributions stands in their table
    table = table[table["feature"] == "self_description"]
    yield from table[["article_id", "feature", "label", "start", "end", "text"]].itertuples(index=False)


def effects() -> Rows:
    """Two pairs of outlets by some columns of each kind: shares, rates, and counts of what is seldom found."""
    articles, kinds = (
        corpus().articles,
        ("attribution_verbs__", "source_labels__form_", "self_description__", "voice__"),
    )
    columns = [c for c in extracted().features if c.startswith(kinds)]
    table = compare(extracted(), articles, columns=columns, pairs=PAIRS, resamples=199, seed=1).table
    table = table[table["count_a"] + table["count_b"] > 0]
    made = ["interval", "unit", "test", "is_exact", "p_floor", "conflict", "confidence", "n_units"]
    yield from ((*how, n) for how, n in sorted(Counter(table[made].itertuples(index=False, name=None)).items()))
    table = table.drop(columns=made)
    rounded = table.select_dtypes("number").round(4)
    yield from pd.concat([table.select_dtypes(exclude="number"), rounded], axis=1).astype(str).itertuples(index=False)


def labels() -> Rows:
    for label in (FOLDER / "labels.txt").read_text(encoding="utf8").splitlines():
        yield label, sources.source_type(label), "|".join(sources.label_parts(label)), sources.body(label)


def cues() -> Rows:
    for cue in (FOLDER / "cues.txt").read_text(encoding="utf8").splitlines():
        c = classify(cue)
        yield cue, c.lemma, c.cue_class, c.factivity, c.stance, attribution_type(cue, "to leave", c), c.negated, c.pos


def hard() -> Rows:
    (article,) = mb.read(FOLDER / "hard.html")
    yield from ((name, getattr(article, name)) for name in METADATA[1:])
    yield from blocks([article])


def similarities() -> Rows:
    made = vectors(list(corpus())[:12])
    yield from ([f"{x:.4f}" for x in row] for row in (made @ made.T).toarray())


def drawn() -> Rows:
    """The words of every figure of the sample, with their sizes and colours; where they stand is in test_figures.py."""
    about = corpus().articles
    table = compare(extracted().features, about, counts=extracted().counts, resamples=199, seed=1).table
    table = table[table["column"].str.startswith("attribution_verbs__") & table["p"].notna()]
    figures = {
        "effects": mb.figures.effects(table, columns=sorted(set(table["column"]))[:4]),
        "sources": mb.figures.source_profile(extracted(), about),
        "verbs": mb.figures.verb_profile(extracted(), about),
        "means": mb.figures.verb_profile(extracted().features, about),
        "self": mb.figures.self_description_profile(extracted(), about),
        "corpus": mb.figures.corpus_overview(about),
    }
    for name, ax in figures.items():
        figure = ax.get_figure(root=True)
        yield name, "size", *places(figure.get_size_inches())
        for text in (ax.title, ax.xaxis.label, ax.yaxis.label):
            yield name, "label", text.get_text(), text.get_color(), text.get_size()
        for key, labels in (("rows", ax.get_yticklabels()), ("columns", ax.get_xticklabels())):
            yield name, key, *(t.get_text() for t in labels), *{(t.get_color(), t.get_size()) for t in labels}
        for shown in (*ax.figure.legends, *([ax.get_legend()] if ax.get_legend() else [])):
            yield name, "legend", shown._ncols, *(t.get_text() for t in shown.get_texts())
        looks = Counter((t.get_color(), t.get_ha(), t.get_va(), t.get_size()) for t in ax.texts)
        yield name, "texts", " | ".join(t.get_text() for t in ax.texts)
        yield from ((name, "look", *look, n) for look, n in sorted(looks.items(), key=str))
        kinds = Counter((x.get_marker(), x.get_color(), x.get_linestyle()) for x in ax.lines)
        yield from ((name, "line", *kind, n) for kind, n in sorted(kinds.items(), key=str))
        plt.close(figure)


def places(numbers: Iterable[float]) -> list[str]:
    return [f"{float(x):.3f}".replace("-0.000", "0.000") for x in numbers]


def page() -> Rows:
    """One article and its evidence as they are displayed; how that looks is not written down here."""
    article = mb.attribute(next(iter(mb.read(FOLDER / "boxes.txt"))), engine="rules")
    table = mb.extract([article], settings=RULES).evidence
    parts = [display.annotated(article, evidence=table), display.evidence(table.head(5), [article])]
    made = re.sub("(?s)<style>.*?</style>", "<style></style>", display.page(parts))
    yield from ((line,) for line in made.replace("><", ">\n<").splitlines() if line.strip())


GOLDEN: dict[str, Callable[[], Rows]] = {
    "metadata": metadata,
    "blocks": lambda: blocks(of_event()),
    "boxes": lambda: blocks(mb.read(FOLDER / "boxes.txt")),
    "attributions": lambda: attributions(of_event()[:4]),
    "sentences": lambda: attributions([sentences()]),
    "made": lambda: attributions(made()[:9]),
    "pages": lambda: blocks(paged()[:10]),
    "html": lambda: described(html()[:10]),
    "tally": lambda: tally(
        attributions=fields(corpus()),
        made=fields(made()),
        zones=zones(corpus()),
        pages=zones(paged()),
        html=zones(html()),
        metadata=((name, getattr(a, name), 1) for a in html() for name in METADATA[2:]),
        quotations=marked(),
    ),
    "formats": formats,
    "quoted": quoted,
    "decoded": decoded,
    "scored": scored,
    "events": grouped,
    "counts": counts,
    "evidence": evidence,
    "effects": effects,
    "page": page,
    "labels": labels,
    "cues": cues,
    "hard": hard,
    "similarities": similarities,
    "figures": drawn,
}


def written(rows: Rows) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("name", GOLDEN)
def test_it_is_what_it_was_when_last_looked_at(name: str) -> None:
    before = (FOLDER / f"{name}.csv").read_text(encoding="utf8").splitlines()
    now = written(GOLDEN[name]()).splitlines()
    changed = [
        line for line in difflib.unified_diff(before, now, lineterm="", n=0) if line[:2] not in {"--", "++", "@@"}
    ]
    assert not changed, "\n".join([f"{len(changed)} lines differ:", *changed[:20]])


def test_a_change_of_them_can_be_read() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.csv")) < 250_000


if __name__ == "__main__":
    for key in sys.argv[1:] or GOLDEN:
        (FOLDER / f"{key}.csv").write_text(written(GOLDEN[key]()), encoding="utf8")
