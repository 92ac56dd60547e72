"""The numbers of the two studies, from the texts: ``data/studies/*.csv``. Nobody needs the texts to draw the figures.

    mediabias fetch basil && mediabias fetch polnear        # once; or name folders that hold them
    python paper/studies.py --basil FOLDER --polnear FOLDER

Only numbers are written: rates and shares of articles, counts, effects.
"""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

import pandas as pd

import mediabias as mb
from mediabias.article import WORD, Article, Span
from mediabias.attribution import Found, polnear
from mediabias.attribution.describe import described
from mediabias.attribution.speakers import Speakers
from mediabias.features import FeatureTables
from mediabias.fetch import cached
from mediabias.readers.text import read_text
from mediabias.validation import outlet_shares, sample, sentence_shares
from mediabias.validation.units import unit_table

OUT = Path(__file__).resolve().parent.parent / "data" / "studies"
#: Of BASIL: the features that were declared before looking, each a family of tests.
FEATURES = (
    "source_labels",
    "attribution_verbs",
    "quotation",
    "share_of_voice",
    "naming",
    "hedges_and_boosters",
    "loaded_terms",
    "voice",
)
#: Columns that few articles have say nothing of three outlets over fifty events.
DEFINED, OCCURS = 0.5, 0.1
#: What the specification curves vary, for these columns of BASIL and these two outlets.
VARIED = {"engine": ["tagger", "rules"], "min_confidence": [0.0, 0.5, 0.8], "interval": ["bootstrap-t", "t"]}
CURVES = (("attribution_verbs", "attribution_verbs__distancing"), ("quotation", "quotation__fragment"))
PAIR = ("Fox News", "The New York Times")
#: Of PolNeAR: the two candidates, by the surname of whoever speaks or their campaign.
CANDIDATES = {"Clinton": re.compile(r"\bClinton\b"), "Trump": re.compile(r"\bTrump\b")}
BIAS = {
    "lexical": ("bias", "lexical"),
    "informational": ("bias", "informational"),
    "negative": ("polarity", "neg"),
    "positive": ("polarity", "pos"),
}


def basil_numbers(folder: Path) -> pd.DataFrame:
    """Return the features of BASIL's articles, and its annotated bias per 1,000 words, an article a row."""
    corpus = mb.load("basil", folder)
    features = mb.extract(corpus, FEATURES).features
    gold = mb.gold("basil", folder)
    words = pd.Series({a.article_id: len(WORD.findall(a.text)) for a in corpus})
    for name, (column, value) in BIAS.items():
        n = gold[gold[column] == value].groupby("article_id").size().reindex(words.index).fillna(0)
        features[f"annotated_bias__{name}"] = features["article_id"].map(1000 * n / words)
    about = corpus.articles[["article_id", "outlet", "event", "published"]]
    about = about.assign(published=about["published"].str[:10])
    values = features.drop(columns="article_id")
    kept = values.columns[(values.notna().mean() > DEFINED) & (values.fillna(0).ne(0).mean() > OCCURS)]
    return about.merge(features[["article_id", *kept]], on="article_id").sort_values("article_id", ignore_index=True)


def basil_specifications(folder: Path) -> pd.DataFrame:
    """Return the effects of two columns for one pair of outlets under every combination of choices."""
    corpus = mb.load("basil", folder)
    parts = [
        mb.specifications(corpus, f, c, PAIR, VARIED, n_resamples=1999, permute="events").assign(column=c)
        for f, c in CURVES
    ]
    return pd.concat(parts, ignore_index=True)


def polnear_candidates(root: Path) -> pd.DataFrame:
    """Return how often each article cites each candidate with which class of verb, from the gold attributions."""
    about = mb.load("polnear", root).articles
    dates = {
        Path(i).name: (o, p[:10]) for i, o, p in about[["article_id", "outlet", "published"]].itertuples(index=False)
    }
    rows = []
    for part in ("train", "dev"):
        for document in polnear.read(root / part):
            article = _from_gold(read_text(document.text, document.name), document)
            outlet, day = dates.get(document.name, (document.outlet, ""))
            for a in article.attributions or ():
                who = [name for name, pattern in CANDIDATES.items() if pattern.search(a.speaker)]
                if len(who) == 1:
                    rows.append((document.name, outlet, day, who[0], a.cue_class, a.quotation))
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "published", "candidate", "cue_class", "quotation"])
    return table.value_counts().rename("n").reset_index().sort_values(list(table.columns), ignore_index=True)


def polnear_measured(root: Path, coded: int = 600, seed: int = 0) -> pd.DataFrame:
    """Return shares of source types and verb classes by outlet: from gold, as extracted, and corrected by a coded sample.

    The unit is the sentence: the share of an outlet's sentences that hold a source of the type, or a cue of the class. "Coded" is the
    gold itself, of the sentences that are drawn.
    """
    documents = polnear.read(root / "dev")
    outlet = {Path(a.article_id).name: a.outlet for a in mb.load("polnear", root)}
    plain = [read_text(d.text, d.name).replace(article_id=d.name, outlet=outlet[d.name]) for d in documents]
    found = list(mb.attribute_all(plain, min_confidence=mb.Settings().min_confidence))
    gold = [_from_gold(a, d) for a, d in zip(plain, documents, strict=True)]
    about, parts = mb.Corpus(plain).articles[["article_id", "outlet"]], []
    for feature in ("source_labels", "attribution_verbs"):
        ours, theirs = (mb.extract(some, feature) for some in (found, gold))
        drawn = sample(ours, found, feature, n=coded, seed=seed)
        mended = sentence_shares(ours, found, feature, drawn.key, _codes(drawn.key, theirs, gold, feature))
        raw, truth = sentence_shares(ours, found, feature), sentence_shares(theirs, gold, feature)
        parts.append(outlet_shares({"gold": truth, "extracted": raw, "corrected": mended}, about))
    long = pd.concat(parts, ignore_index=True)
    return long[long["column"].str.contains("source_labels__type_|attribution_verbs__[a-z]+$")].reset_index(drop=True)


def _from_gold(article: Article, document: polnear.Document) -> Article:
    """Return the article with the attributions of its first annotator, described as ours are."""
    speakers, made = Speakers(article.text, list(article.spans())), []
    for x in sorted(document.annotations[0], key=lambda x: x["cue"] or x["content"]):
        if x["cue"]:
            spans = [tuple(Span(s, e) for s, e in sorted(x[role])) for role in ("cue", "source", "content")]
            made.append(described(article, Found(*spans, 1.0), speakers))
    return article.replace(attributions=tuple(made), attributed_in=())


def _codes(key: pd.DataFrame, tables: FeatureTables, articles: list[Article], feature: str) -> pd.DataFrame:
    labels = [c.removeprefix("found_") for c in key if c.startswith("found_")]
    truth = unit_table(tables, articles, feature).drop(columns="unit_id")
    coded = key[["unit_id", "article_id", "start"]].merge(truth, on=["article_id", "start"])
    return coded[["unit_id", *labels]].astype(dict.fromkeys(labels, float))


def write(table: pd.DataFrame, name: str, out: Path = OUT) -> None:
    """Write a table with as many digits as are the same on every machine."""
    out.mkdir(parents=True, exist_ok=True)
    table.to_csv(out / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")
    print(f"{name}: {len(table):,} rows, {len(table.columns)} columns")


def main() -> None:
    """Compute all tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--basil", type=Path)
    parser.add_argument("--polnear", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    root = os.environ.get("MEDIABIAS_REAL")
    basil = args.basil or (Path(root) / "events" / "basil" if root else cached("basil"))
    near = args.polnear or (Path(root) / "polnear" if root else cached("polnear"))
    write(basil_numbers(basil), "basil_numbers", args.out)
    write(polnear_candidates(near), "polnear_candidates", args.out)
    write(polnear_measured(near), "polnear_measured", args.out)
    write(basil_specifications(basil), "basil_specifications", args.out)


if __name__ == "__main__":
    main()
