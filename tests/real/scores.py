"""How well pages, zones, attributions and self-descriptions are read on real corpora."""

from __future__ import annotations

import collections
import gzip
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import trafilatura

import mediabias as mb
from mediabias import readers
from mediabias.features import extract

ROLES = ("source", "cue", "content")
TOKEN = re.compile(r"\w+|[^\w\s]")
Roles = dict[str, frozenset[int]]


# -- attributions: PolNeAR (Newell, Margolin and Ruths 2018) ----------------------------------------------------------


def polnear(compartment: Path, every: int = 1) -> dict[str, tuple[str, list[dict[str, list[list[int]]]]]]:
    """Return the texts of a compartment and their annotated attributions, by name."""
    out = {}
    for path in sorted((compartment / "text").glob("*.txt"))[::every]:
        annotated = sorted((compartment / "attributions").glob(f"{path.stem}_*.ann"))
        if annotated:
            with path.open(encoding="utf8", newline="") as file:
                out[path.stem] = (file.read(), brat(annotated[0].read_text(encoding="utf8")))
    return out


def brat(text: str) -> list[dict[str, list[list[int]]]]:
    """Read stand-off annotation: text spans, and events whose arguments are the roles of an attribution."""
    spans: dict[str, list[list[int]]] = {}
    events = []
    for line in text.splitlines():
        if m := re.match(r"(T\d+)\t\w+ ([\d ;]+)(?:\t|$)", line):
            spans[m[1]] = [[int(x) for x in part.split()] for part in m[2].split(";")]
        elif m := re.match(r"E\d+\t(.*)", line):
            event: dict[str, list[list[int]]] = {role: [] for role in ROLES}
            for argument in m[1].split():
                name, reference = argument.split(":")
                role = re.sub(r"\d+$", "", name).lower()
                if role in event:
                    event[role] += spans.get(reference, [])
            events.append(event)
    return events


def predicted(texts: dict[str, str], engine: str = "rules") -> dict[str, list[dict[str, Any]]]:
    """Return what an engine finds in plain texts, in the interchange form."""
    articles = {name: readers.text.read_text(text, name) for name, text in texts.items()}
    return {n: [a.as_interchange() for a in mb.attribute(x, engine).attributions or ()] for n, x in articles.items()}


def attribution_scores(gold: dict[str, Any], found: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    """Return F1 of whole attributions and the recall of direct quotations.

    Two attributions match when cues and sources overlap and the contents share at least half of their joint tokens.
    """
    n_gold = n_found = n_matched = n_quotes = n_quotes_found = 0
    for name, (text, annotated) in gold.items():
        tokens = [m.start() for m in TOKEN.finditer(text)]
        wanted, got = ([_roles(a, tokens) for a in many] for many in (annotated, found.get(name, [])))
        n_gold, n_found = n_gold + len(wanted), n_found + len(got)
        n_matched += _matched(wanted, got)
        for roles, attribution in zip(wanted, annotated, strict=True):
            if _is_direct(text, attribution["content"]):
                n_quotes += 1
                best = max((len(roles["content"] & g["content"]) for g in got), default=0)
                n_quotes_found += best >= 0.8 * len(roles["content"])
    precision, recall = n_matched / max(n_found, 1), n_matched / max(n_gold, 1)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / ((precision + recall) or 1.0),
        "direct_quotations": n_quotes_found / max(n_quotes, 1),
    }


def _roles(attribution: dict[str, Any], tokens: list[int]) -> Roles:
    return {
        role: frozenset(i for i, at in enumerate(tokens) if any(s <= at < e for s, e in attribution.get(role) or []))
        for role in ROLES
    }


def _matched(wanted: list[Roles], got: list[Roles]) -> int:
    pairs = []
    for i, w in enumerate(wanted):
        for j, g in enumerate(got):
            joint = w["content"] | g["content"]
            share = len(w["content"] & g["content"]) / len(joint) if joint else 1.0
            sources = bool(w["source"] & g["source"]) or not (w["source"] or g["source"])
            if w["cue"] & g["cue"] and sources and share >= 0.5:
                pairs.append((-share, i, j))
    used_wanted: set[int] = set()
    used_got: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in used_wanted and j not in used_got:
            used_wanted.add(i)
            used_got.add(j)
    return len(used_wanted)


def _is_direct(text: str, content: list[list[int]]) -> bool:
    inner = [text[s:e].strip() for s, e in content]
    return bool(inner) and all(re.match(r"[\"“‘']", t) and re.search(r"[\"”’']\s*[.,]?$", t) for t in inner)


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
        article = readers.READERS["html"](raw, name)[0]
        decoded = readers.decode(raw, name)
        text = article.zone_text("body") if ours else trafilatura.extract(decoded, include_comments=False) or ""
        wanted, got = _shingles(body), _shingles(text)
        both = sum((wanted & got).values())
        total = sum((wanted | got).values()) or 1
        counts.append((both / total, (sum(got.values()) - both) / total, (sum(wanted.values()) - both) / total))
    right, wrong, missed = (sum(c) for c in zip(*counts, strict=True))
    return 2 * right / (2 * right + wrong + missed)


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
