"""What the package makes of the sample corpus and of two texts of hard cases, row by row, as it was when last looked at.

A difference is not a fault by itself: read it, and if it is what you meant, write the tables anew with
``python tests/test_golden.py``. Numbers are rounded, so that a last digit does not part machines; attributions are those
of the rules, since the tagger's scores differ between processors.
"""

from __future__ import annotations

import csv
import difflib
import io
import sys
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


def html() -> Rows:
    """Pages of HTML put together from parts: what is known of each, and its blocks with their places."""
    for n, page in enumerate(html_pages(90, 8)):
        article = read_html(page, f"{n}").replace(article_id=f"{n}")
        yield n, *(getattr(article, name) for name in METADATA[1:])
        yield from blocks([article])


def formats() -> Rows:
    """The examples of every format."""
    for path in sorted((FOLDER.parent / "readers" / "examples").iterdir()):
        for found in read_document(Document(path, path.name)):
            if isinstance(found, Article):
                yield found.article_id, *(getattr(found, name) for name in METADATA[1:])
                yield from blocks([found])
            else:
                yield found.path, found.place, found.reason


def quoted() -> Rows:
    for text in marks(400, 2):
        found = quotations(text, list(paragraphs(text)))
        yield (
            text,
            *(f"{q.start}-{q.end}{'' if q.closed else ' open'}{' single' * q.single} {q.continues}" for q in found),
        )


def decoded() -> Rows:
    """What the tagger's decoder reads out of scores drawn at random, and which words its windows take."""
    rng = np.random.default_rng(3)
    for _ in range(40):
        n = int(rng.integers(2, 14))
        log_p = log_softmax(rng.normal(scale=1.5, size=(2, n, 5)).astype(np.float32))
        for found in candidates([(0, 1), (n - 1, n)], rng.normal(size=2).tolist(), log_p, 3):
            yield found.source, found.content, *places(found.signs().values())
    for text in marks(120, 4):
        ends = sorted(rng.integers(0, len(text) + 1, size=6).tolist())
        spans = [Span(*ends[:2]), Span(*ends[2:4])]
        closed = joined(text, spans, [Span(*ends[4:])])
        marked = with_quotations(text, spans, quotations(text, list(paragraphs(text))))
        yield text, *((s.start, s.end) for s in (*spans, *closed, *marked))
    for _ in range(40):
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
        (a.article_id, *(" … ".join(s.of(a.text) for s in role) for role in (x.source, x.cue, x.content)),
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
    text = Span(start, end).of(article.text)
    return " ".join(text.split()) if len(text) < 60 else " ".join(f"{text[:28]} … {text[-28:]}".split())


def metadata() -> Rows:
    yield from corpus().articles[METADATA].astype(str).itertuples(index=False)


def grouped() -> Rows:
    plain = [a.replace(event="", copy_of="") for a in corpus()]
    yield from mb.group(mb.Corpus(plain)).articles[["article_id", "event", "copy_of"]].itertuples(index=False)


@cache
def extracted() -> mb.features.run.FeatureTables:
    return mb.extract(corpus(), settings=RULES)


def counts() -> Rows:
    table = extracted().counts
    yield from table[table["count"] > 0][["article_id", "column", "count", "exposure"]].itertuples(index=False)


def evidence() -> Rows:
    table = extracted().evidence  # that of attributions stands in their table
    table = table[table["feature"] == "self_description"]
    yield from table[["article_id", "feature", "label", "start", "end", "text"]].itertuples(index=False)


def effects() -> Rows:
    articles = corpus().articles
    table = compare(extracted().features, articles, counts=extracted().counts, pairs=PAIRS, n_resamples=199, seed=1)
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
    """Every text, bar and line of every figure of the sample, with its place."""
    about = corpus().articles
    table = compare(extracted().features, about, counts=extracted().counts, n_resamples=199, seed=1)
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
        yield name, "size", *places(figure.get_size_inches()), *places(ax.get_xlim()), *places(ax.get_ylim())
        for t in (*ax.texts, ax.title, ax.xaxis.label, ax.yaxis.label, *ax.get_yticklabels(), *ax.get_xticklabels()):
            yield (
                name,
                "text",
                t.get_text(),
                t.get_color(),
                t.get_ha(),
                t.get_va(),
                t.get_size(),
                *places(t.get_position()),
            )
        for shown in (*ax.figure.legends, *([ax.get_legend()] if ax.get_legend() else [])):
            box = shown.get_bbox_to_anchor()
            yield (
                name,
                "legend",
                shown._loc,
                shown._ncols,
                *places(box.extents / 100),
                *(t.get_text() for t in shown.get_texts()),
            )
        for p in ax.patches:
            yield (
                name,
                "patch",
                *places(p.get_extents().transformed(ax.transData.inverted()).extents),
                p.get_facecolor(),
            )
        for line in ax.lines:
            yield (
                name,
                "line",
                *places(line.get_xydata().ravel()),
                line.get_marker(),
                line.get_color(),
                line.get_linestyle(),
            )
        plt.close(figure)


def places(numbers: Iterable[float]) -> list[str]:
    return [f"{float(x):.3f}".replace("-0.000", "0.000") for x in numbers]


def page() -> Rows:
    article = next(iter(corpus()))
    table = extracted().evidence
    parts = [display.annotated(article, evidence=table), display.evidence(table.head(20), corpus())]
    yield from ((line,) for line in display.page(parts).replace("><", ">\n<").splitlines() if line.strip())


GOLDEN: dict[str, Callable[[], Rows]] = {
    "metadata": metadata,
    "blocks": lambda: blocks(corpus()),
    "boxes": lambda: blocks(mb.read(FOLDER / "boxes.txt")),
    "attributions": lambda: attributions(corpus()),
    "sentences": lambda: attributions([sentences()]),
    "made": lambda: attributions(made()),
    "pages": lambda: blocks(read_text(text, f"{n}") for n, text in enumerate(pages(60, 7))),
    "html": html,
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


if __name__ == "__main__":
    for key in sys.argv[1:] or GOLDEN:
        (FOLDER / f"{key}.csv").write_text(written(GOLDEN[key]()), encoding="utf8")
