"""The validation cards of the features: scores on the sample's gold and on PolNeAR, written into the package by this script.

``python -m tests.real.cards`` writes them; MEDIABIAS_REAL names the folder of the real corpora.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

import mediabias as mb
from mediabias import readers
from mediabias.article import DEFAULT_ZONES, Article, Attribution, Span
from mediabias.attribution import polnear
from mediabias.attribution.describe import described
from mediabias.attribution.engines import Found
from mediabias.attribution.quotes import quotations
from mediabias.prepare import prepare_all
from mediabias.validation import score

DATA = Path(__file__).parents[2] / "data"
TABLE = Path(mb.__file__).parent / "features" / "validation.csv"
#: What the sample's gold says of an attribution; forms, factivity and stance it does not.
FROM_ATTRIBUTIONS = {
    "source_labels": lambda label: label.startswith("type_"),
    "attribution_verbs": lambda label: "_" not in label,
    "share_of_voice": lambda label: label.startswith("words_"),
    "quotation": lambda label: label in {"direct", "mixed", "indirect"},
}
#: Features whose rules or lists were changed after a look at this gold, so that their score on it is a best case.
_MENDED = ("headline_body", "hedges_and_boosters", "loaded_terms", "voice")
_SCORED = [
    "precision",
    "precision_low",
    "precision_high",
    "recall",
    "recall_low",
    "recall_high",
    "f1",
    "f1_low",
    "f1_high",
]


def sample_articles() -> list[Article]:
    """Return the articles of the sample that are no copies, grouped and prepared."""
    corpus = mb.Corpus.read([DATA / "raw"], outlets=DATA / "outlets.csv", meta=DATA / "events.csv")
    return list(prepare_all(mb.group(corpus), ["attributions", "actors"]))


def sample_gold() -> dict[str, dict]:
    """Return the annotation of the sample by article."""
    lines = (DATA / "gold" / "gold.jsonl").read_text(encoding="utf8").splitlines()
    return {g["id"]: g for g in map(json.loads, lines)}


def _as_annotated(article: Article, gold: dict) -> Article:
    """Return the article with the attributions of its gold."""
    made = []
    for n, x in enumerate(gold["attributions"]):
        spans = {role: tuple(Span(s, e) for s, e in x[role]) for role in ("source", "cue", "content")}
        told = {k: x[k] for k in ("speaker", "source_type", "cue_class", "quotation")}
        made.append(Attribution(**spans, **told, attribution_id=f"g{n}", zone=article.zone_at(x["cue"][0][0])))
    return article.replace(attributions=tuple(made))


def _evidence(articles: Iterable[Article], features: Iterable[str]) -> pd.DataFrame:
    return mb.extract(list(articles), list(features)).evidence


def sample_scores() -> pd.DataFrame:
    """Return the scores of all features that the sample has gold for."""
    gold = sample_gold()
    every = [a for a in sample_articles() if a.article_id in gold]
    own = [a for a in every if not a.copy_of]
    parts = []
    annotated = [_as_annotated(a, gold[a.article_id]) for a in own]
    for name, wanted in FROM_ATTRIBUTIONS.items():
        tables = [_evidence(some, [name]) for some in (own, annotated)]
        found, right = (t[t["label"].map(wanted)] for t in tables)
        parts.append(score(found, right, [a.article_id for a in own]))
    ids = [a.article_id for a in own]
    framing = _in_own_voice(pd.read_csv(DATA / "gold" / "framing.csv"), own)
    parts.append(score(_evidence(own, sorted(set(framing["feature"]))), framing, ids))
    claims = [
        (i, "self_description", c["claim"], c["start"], c["end"]) for i in ids for c in gold[i]["self_description"]
    ]
    parts.append(score(_evidence(own, ["self_description"]), _spans(claims), ids))
    found = _evidence(own, ["quotation"])
    in_body = [
        a.zone_at(s) == "body"
        for a, s in ((_by_id(own)[i], s) for i, s in zip(found["article_id"], found["start"], strict=True))
    ]
    scare = [(i, "quotation", "scare", s["start"], s["end"]) for i in ids for s in gold[i]["scare_quotes"]]
    parts.append(score(found[in_body], _spans(scare), ids))
    parts += [_naming(own, gold), _wire(every)]
    return pd.concat(parts, ignore_index=True).assign(on="sample corpus")


def voice_by_parser(pipeline: str) -> pd.DataFrame:
    """Return the scores of the passives that a spaCy pipeline tells, on the sample."""
    own = [a for a in sample_articles() if not a.copy_of and a.article_id in sample_gold()]
    framing = pd.read_csv(DATA / "gold" / "framing.csv")
    found = mb.available()["voice"](syntax=pipeline).evidence_table(own)
    gold = framing[framing["feature"] == "voice"]
    return score(found, gold, [a.article_id for a in own]).assign(on=f"sample corpus, {pipeline}")


def _in_own_voice(framing: pd.DataFrame, articles: list[Article]) -> pd.DataFrame:
    """Leave out hedges and boosters within quotation marks, which were annotated and which the feature does not count."""
    quoted = {a.article_id: quotations(a.text, list(a.spans())) for a in articles}
    inside = [
        any(q.start <= start < q.end for q in quoted[i])
        for i, start in zip(framing["article_id"], framing["start"], strict=True)
    ]
    return framing[~((framing["feature"] == "hedges_and_boosters") & pd.Series(inside, index=framing.index))]


def _by_id(articles: Iterable[Article]) -> dict[str, Article]:
    return {a.article_id: a for a in articles}


def _spans(rows: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["article_id", "feature", "label", "start", "end"])


def _naming(articles: list[Article], gold: dict[str, dict]) -> pd.DataFrame:
    """Score the people who are cited: is the mention at a source of the person whom the gold names?"""
    found, wanted = [], []
    for a in articles:
        people = {m.actor for m in a.mentions or () if m.kind == "person"}
        for x in gold[a.article_id]["attributions"]:
            if not x["source"] or x["speaker"] not in people:
                continue
            start, end = x["source"][0]
            wanted.append((a.article_id, "naming", x["speaker"], start, end))
            at = [m for m in a.mentions or () if m.kind == "person" and start <= m.start < end]
            found += [(a.article_id, "naming", m.actor, m.start, m.end) for m in at[:1]]
    return _as_one(score(_spans(found), _spans(wanted), [a.article_id for a in articles]), "person")


def _as_one(scores: pd.DataFrame, label: str) -> pd.DataFrame:
    return scores[scores["label"] == "all"].assign(label=label)


def _wire(articles: list[Article]) -> pd.DataFrame:
    """Score whole articles: does more than half of the body stand elsewhere where the gold says that it is a copy?"""
    tables = mb.extract(articles, ["wire_reliance"])
    shared = tables.features.set_index("article_id")[["wire_reliance__agency_text", "wire_reliance__shared_text"]].sum(
        axis=1
    )
    found = [(i, "wire_reliance", "copy", 0, 1) for i in shared[shared > 0.5].index]
    wanted = [(a.article_id, "wire_reliance", "copy", 0, 1) for a in articles if a.copy_of]
    return score(_spans(found), _spans(wanted), [a.article_id for a in articles])


def polnear_scores(compartment: Path) -> pd.DataFrame:
    """Return the scores on PolNeAR, whose gold is attributions: found ones against annotated ones, described by the same rules."""
    documents = polnear.read(compartment)
    plain = [readers.text.read_text(d.text, d.name).replace(article_id=d.name) for d in documents]
    found = list(mb.attribute_all(plain, zones=DEFAULT_ZONES, min_confidence=mb.Settings().min_confidence))
    annotated = [_described(a, d.annotations[0]) for a, d in zip(plain, documents, strict=True)]
    parts = []
    for name in FROM_ATTRIBUTIONS:
        feature = (
            mb.available()[name](types=("assertion", "belief", "fact", "eventuality"))
            if name in {"source_labels", "attribution_verbs"}
            else mb.available()[name]()
        )
        tables = [feature.evidence_table(some) for some in (found, annotated)]
        keep = [t[t["label"].map(FROM_ATTRIBUTIONS[name])] for t in tables]
        parts.append(score(*keep, [a.article_id for a in plain]))
    return pd.concat(parts, ignore_index=True).assign(on="PolNeAR dev")


def _described(article: Article, annotated: list[polnear.Annotated]) -> Article:
    found = []
    for x in sorted(annotated, key=lambda x: x["cue"] or x["content"]):
        if x["cue"]:
            spans = [tuple(Span(s, e) for s, e in sorted(x[role])) for role in ("cue", "source", "content")]
            found.append(Found(*spans, 1.0))
    return article.replace(attributions=tuple(described(article, found)))


def as_shipped(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the scores with the columns, the digits and the notes of the table that the package ships."""
    mended = scores["feature"].isin(_MENDED) & (scores["on"] == "sample corpus")
    table = scores.assign(note=mended.map({True: "mended on these articles", False: ""}))
    table[_SCORED] = table[_SCORED].round(3)
    return table[["feature", "label", "on", "gold", "found", *_SCORED, "articles", "note"]]


def main() -> None:
    """Write the table that the package ships, and print it."""
    parts = [sample_scores()]
    if folder := os.environ.get("MEDIABIAS_REAL"):
        parts.append(polnear_scores(Path(folder) / "polnear" / "dev"))
    table = as_shipped(pd.concat(parts, ignore_index=True))
    table.to_csv(TABLE, index=False, lineterminator="\n")
    print(table.to_string())


if __name__ == "__main__":
    main()
