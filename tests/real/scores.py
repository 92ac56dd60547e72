"""How well pages, zones, attributions and self-descriptions are read on real corpora."""

from __future__ import annotations

import collections
import gzip
import json
import re
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import trafilatura

import mediabias as mb
from mediabias import lexicons, readers
from mediabias.article import DEFAULT_ZONES, Article
from mediabias.attribution import polnear, scoring
from mediabias.attribution.scoring import ROLES
from mediabias.features import extract
from mediabias.features.loaded_terms import LoadedTerms
from mediabias.public import babe
from mediabias.readers.encoding import decode
from mediabias.readers.html import read_html

DATA = Path(__file__).parents[2] / "data"

# -- attributions: PolNeAR (Newell, Margolin and Ruths 2018) ----------------------------------------------------------


def attribution_scores(compartment: Path, engine: str, every: int = 1) -> pd.DataFrame:
    """Return score, low and high of each score of `mediabias.attribution.scoring`, on each so manieth article."""
    documents = polnear.read(compartment)[::every]
    articles = [readers.text.read_text(d.text, d.name) for d in documents]
    found = [mb.attribute(a, engine, DEFAULT_ZONES).attributions or () for a in articles]
    rows = [
        (d.name, d.text, d.annotations[0], [a.as_interchange() for a in many])
        for d, many in zip(documents, found, strict=True)
    ]
    return scoring.intervals(scoring.table(rows))


# -- loaded terms: BABE (Spinde et al. 2021) ----------------------------------------------------------------------------


def loaded_terms(path: Path) -> dict[str, float]:
    """Return how far sentences with a loaded term are those that experts call biased, with the share of biased ones at all."""
    table = babe(path)
    table = table[table["label"].isin(["Biased", "Non-biased"])]
    matcher = lexicons.Matcher(LoadedTerms.terms)
    has = table["text"].map(lambda text: any(label for *_, label in matcher.find(text)))
    biased = table["label"] == "Biased"
    return {
        "sentences": len(table),
        "biased": float(biased.mean()),
        "precision": float(biased[has].mean()),
        "recall": float(has[biased].mean()),
    }


# -- pages: scrapinghub's article-extraction benchmark ----------------------------------------------------------------


@cache
def pages(folder: Path) -> tuple[tuple[str, bytes, str], ...]:
    """Return the benchmark's pages: name, raw page, body."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf8"))
    return tuple(
        (k, gzip.decompress((folder / "html" / f"{k}.html.gz").read_bytes()), v["articleBody"])
        for k, v in sorted(truth.items())
    )


def body_f1(folder: Path, ours: bool = True) -> float:
    """Return the benchmark's F1 over shingles of four tokens, of our bodies or of trafilatura's."""
    counts = []
    for name, raw, body in pages(folder):
        article = read_html(decode(raw, name), name)
        decoded = decode(raw, name)
        text = article.zone_text("body") if ours else trafilatura.extract(decoded, include_comments=False) or ""
        wanted, got = _shingles(body), _shingles(text)
        both = sum((wanted & got).values())
        total = sum((wanted | got).values()) or 1
        counts.append((both / total, (sum(got.values()) - both) / total, (sum(wanted.values()) - both) / total))
    right, wrong, missed = (sum(c) for c in zip(*counts, strict=True))
    return 2 * right / (2 * right + wrong + missed)


def reading_time(folder: Path) -> tuple[float, float]:
    """Return pages a second, from bytes to zoned article, and the time as a multiple of trafilatura's.

    Each page is read once. What has been read before in the same process is quicker, as menus come back; so this goes first.
    """
    many = pages(folder)
    for page in sorted((DATA / "raw").rglob("*.html")):  # imports and tables, which both load only once
        read_html(page.read_text(encoding="utf8"), page.name)
        trafilatura.extract(page.read_text(encoding="utf8"))
    start = time.perf_counter()
    for name, raw, _body in many:
        read_html(decode(raw, name), name)
    ours = time.perf_counter() - start
    start = time.perf_counter()
    for name, raw, _body in many:
        trafilatura.extract(decode(raw, name), include_comments=False)
    return len(many) / ours, ours / (time.perf_counter() - start)


#: An article and the zones that a person gave its text.
Labelled = tuple[Article, list[dict[str, Any]]]


def zone_f1(documents: Iterable[Labelled]) -> pd.DataFrame:
    """Return precision, recall and F1 of each zone, over characters that are no white space; a row a zone, and one for all.

    A zone that a person gave: ``{"start", "end", "zone"}``.
    """
    right, found, wanted = (collections.Counter[str]() for _ in range(3))
    for article, gold in documents:
        for span in gold:
            for i in range(span["start"], span["end"]):
                if not article.text[i].isspace():
                    zone = article.zone_at(i)
                    found[zone] += 1
                    wanted[span["zone"]] += 1
                    right[zone] += zone == span["zone"]
    rows = {z: (right[z], found[z], wanted[z]) for z in sorted(wanted)}
    rows["all"] = (right.total(), found.total(), wanted.total())
    return pd.DataFrame(
        [(r / (f or 1), r / (w or 1), 2 * r / (f + w), w) for r, f, w in rows.values()],
        index=list(rows), columns=["precision", "recall", "f1", "characters"],
    )  # fmt: skip


def labelled(folder: Path) -> list[Labelled]:
    """Return the labelled documents below a folder: a page or text, and its ``gold.json`` or ``NAME.gold.json`` beside it."""
    out = []
    for path in sorted(folder.rglob("*gold.json")):
        gold = json.loads(path.read_text(encoding="utf8"))
        stem = path.name.removesuffix("gold.json").rstrip(".")
        named = [p for p in sorted(path.parent.glob(f"{stem}.*" if stem else "*.*")) if not p.name.endswith(".json")]
        out += [(mb.read(p)[0], gold["zones"]) for p in named[:1] if "zones" in gold]
    return out


def sample() -> list[Labelled]:
    """Return the documents of the sample corpus that lie in files of their own, with their gold."""
    gold = [json.loads(line) for line in (DATA / "gold" / "gold.jsonl").read_text(encoding="utf8").splitlines()]
    return [(mb.read(DATA / "raw" / g["path"])[0], g["zones"]) for g in gold if "#" not in g["path"]]


def _shingles(text: str, n: int = 4) -> collections.Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return collections.Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1)) if words)


# -- the page that started the project --------------------------------------------------------------------------------


def annotated_page(folder: Path) -> dict[str, float]:
    """Return the share of characters in the right zone, and how many attributions and self-descriptions are found."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf8"))
    article = mb.attribute(mb.read(folder / "article.txt")[0])
    claims = extract([article], ["self_description"]).evidence
    zones = [(i, z["zone"]) for z in gold["zones"] for i in range(z["start"], z["end"])]
    return {
        "zones": sum(article.zone_at(i) == zone for i, zone in zones) / len(zones),
        "attributions": sum(any(_overlap(g, a) for a in article.attributions or ()) for g in gold["attributions"]),
        "self_descriptions": sum(
            any(
                _meets((c["start"], c["end"]), [[r.start, r.end]]) and r.label == c["claim"]
                for r in claims.itertuples()
            )
            for c in gold["self_description"]
        ),
    }


def _overlap(gold: dict[str, Any], found: mb.Attribution) -> bool:
    wanted = {role: [gold[role]] if gold[role] and isinstance(gold[role][0], int) else gold[role] for role in ROLES}
    return all(
        any(_meets((s.start, s.end), spans) for s in getattr(found, role)) or not spans
        for role, spans in wanted.items()
    )


def _meets(span: tuple[int, int], spans: Iterable[Iterable[int]]) -> bool:
    return any(span[0] < e and s < span[1] for s, e in spans)
