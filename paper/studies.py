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
#: Of PolNeAR: the two candidates themselves, by who the speaker is; neither their families nor their campaigns, aides and voters.
CANDIDATES = {
    "Clinton": re.compile(r"(?:(?!Bill|Chelsea|Mr\b|President)[A-Z][\w.'’-]* )*Clinton(?:['’]s)?"),
    "Trump": re.compile(r"(?:(?!Eric|Ivana|Melania|Never|Tiffany)[A-Z][\w.'’-]* )*Trump(?:['’]s)?"),
}
#: What an article calls a person whom it cites.
FORMS = ("full_name", "titled_name", "surname", "given_name", "title", "pronoun")
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
    parts = [mb.specifications(corpus, f, c, PAIR, VARIED, resamples=1999).assign(column=c) for f, c in CURVES]
    return pd.concat(parts, ignore_index=True)


def basil_omissions(folder: Path) -> pd.DataFrame:
    """Return, for each article, how many sources and quotations both of the others have on its event, and how many of them it has not."""
    corpus = mb.load("basil", folder)
    found = mb.selection(
        mb.attribute_all(corpus, min_confidence=mb.Settings().min_confidence), least=1.0, copies="keep"
    )
    counted = found.groupby(["event", "outlet", "kind"])["cited"].agg(
        available="size", left_out=lambda c: int((~c).sum())
    )
    about = corpus.articles[["article_id", "outlet", "event"]].merge(
        pd.DataFrame({"kind": ["quotation", "source"]}), how="cross"
    )
    table = about.merge(counted.reset_index(), how="left").fillna({"available": 0, "left_out": 0})
    return table.astype({"available": int, "left_out": int}).sort_values(["article_id", "kind"], ignore_index=True)


def polnear_candidates(root: Path) -> pd.DataFrame:
    """Return how often each article cites each candidate, by which name, with which class of verb, from the gold attributions."""
    about = mb.load("polnear", root).articles
    dates = {
        Path(i).name: (o, p[:10]) for i, o, p in about[["article_id", "outlet", "published"]].itertuples(index=False)
    }
    rows = []
    for part in ("train", "dev"):
        for document in polnear.read(root / part):
            article = mb.with_mentions(from_gold(read_text(document.text, document.name), document))
            outlet, day = dates.get(document.name, (document.outlet, ""))
            for a in article.attributions or ():
                for name in (n for n, pattern in CANDIDATES.items() if pattern.fullmatch(a.speaker)):
                    rows.append((document.name, outlet, day, name, a.cue_class, a.quotation, _called(article, a)))
    names = ["article_id", "outlet", "published", "candidate", "cue_class", "quotation", "form"]
    table = pd.DataFrame(rows, columns=names)
    return table.value_counts().rename("n").reset_index().sort_values(list(table.columns), ignore_index=True)


def _called(article: Article, a: mb.Attribution) -> str:
    """Return what form the name of the source has, such as a surname or a pronoun."""
    forms = [m.form for m in article.mentions or () if any(s.start < m.end and m.start < s.end for s in a.source)]
    return next((f for f in forms if f in FORMS), "other")


def polnear_measured(root: Path, coded: int = 600, seed: int = 0) -> pd.DataFrame:
    """Return shares of source types and verb classes by outlet: from gold, as extracted, and corrected by a coded sample.

    The unit is the sentence: the share of an outlet's sentences that hold a source of the type, or a cue of the class. "Coded" is the
    gold itself, of the sentences that are drawn.
    """
    documents = polnear.read(root / "dev")
    outlet = {Path(a.article_id).name: a.outlet for a in mb.load("polnear", root)}
    plain = [read_text(d.text, d.name).replace(article_id=d.name, outlet=outlet[d.name]) for d in documents]
    found = list(mb.attribute_all(plain, min_confidence=mb.Settings().min_confidence))
    gold = [from_gold(a, d) for a, d in zip(plain, documents, strict=True)]
    about, parts = mb.Corpus(plain).articles[["article_id", "outlet"]], []
    for feature in ("source_labels", "attribution_verbs"):
        ours, theirs = (mb.extract(some, feature) for some in (found, gold))
        drawn = sample(ours, found, feature, n=coded, seed=seed)
        mended = sentence_shares(ours, found, feature, drawn.key, _codes(drawn.key, theirs, gold, feature))
        raw, truth = sentence_shares(ours, found, feature), sentence_shares(theirs, gold, feature)
        parts.append(outlet_shares({"gold": truth, "extracted": raw, "corrected": mended}, about))
    long = pd.concat(parts, ignore_index=True)
    return long[long["column"].str.contains("source_labels__type_|attribution_verbs__[a-z]+$")].reset_index(drop=True)


def from_gold(article: Article, document: polnear.Document) -> Article:
    """Return the article with the attributions of its first annotator, described as ours are."""
    found = []
    for x in sorted(document.annotations[0], key=lambda x: x["cue"] or x["content"]):
        if x["cue"]:
            spans = [tuple(Span(s, e) for s, e in sorted(x[role])) for role in ("cue", "source", "content")]
            found.append(Found(*spans, 1.0))
    return article.replace(attributions=tuple(described(article, found)))


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


def folders(about: str | None) -> tuple[Path, Path, Path]:
    """Return where BASIL and PolNeAR lie, from the command line, MEDIABIAS_REAL, or where `mediabias fetch` puts them; and --out."""
    parser = argparse.ArgumentParser(description=(about or "").split("\n")[0])
    parser.add_argument("--basil", type=Path)
    parser.add_argument("--polnear", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    root = os.environ.get("MEDIABIAS_REAL")
    basil = args.basil or (Path(root) / "events" / "basil" if root else cached("basil"))
    near = args.polnear or (Path(root) / "polnear" if root else cached("polnear"))
    return basil, near, args.out


def main() -> None:
    """Compute all tables."""
    basil, near, out = folders(__doc__)
    write(basil_numbers(basil), "basil_numbers", out)
    write(basil_omissions(basil), "basil_omissions", out)
    write(polnear_candidates(near), "polnear_candidates", out)
    write(polnear_measured(near), "polnear_measured", out)
    write(basil_specifications(basil), "basil_specifications", out)


if __name__ == "__main__":
    main()
