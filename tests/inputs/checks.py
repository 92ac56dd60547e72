"""Say of a small input what of it came out otherwise than its entry in a JSON file says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mediabias as mb
from mediabias.article import Article, Attribution
from mediabias.errors import ReadError
from mediabias.readers import Document, Reject, read_document


@dataclass(frozen=True)
class Case:
    """A document of a few lines, and what is right of it, in the words of `faults`."""

    name: str
    file: str
    text: str
    expected: dict[str, Any]
    encoding: str = "utf-8"

    def faults(self, folder: Path) -> list[str]:
        """Write the document into a folder, read it, and return a line for each thing that is not as expected."""
        path = folder / self.file
        path.write_bytes(self.text.encode(self.encoding))
        return faults(path, self.expected)


ZONES = ("headline", "standfirst", "body")


def read(path: Path) -> tuple[list[Article], list[Reject]]:
    """Return what is in a document, attributions included, and what of it could not be read."""
    try:
        found = list(read_document(Document(path, path.name)))
    except ReadError as error:
        return [], [Reject(path.name, error.place, str(error.args[0]))]
    articles = [a for a in found if isinstance(a, Article)]
    return list(mb.attribute_all(articles, zones=ZONES)), [r for r in found if isinstance(r, Reject)]


def faults(path: Path, expected: dict[str, Any]) -> list[str]:
    """Return a line for each thing that is not as expected."""
    articles, rejects = read(path)
    out = _many(articles, rejects, expected)
    many = expected.get("articles", [])
    if isinstance(many, list) and many:
        if len(articles) != len(many) and "n_articles" not in expected:
            return [*out, f"{len(articles)} articles, not {len(many)}; {[r.reason for r in rejects]}"]
        return out + [
            f"article {n}: {f}" for n, (a, e) in enumerate(zip(articles, many, strict=False)) for f in one(a, e)
        ]
    if "rejected" in expected:
        return out if rejects and re.search(expected["rejected"], rejects[0].reason) else [*out, f"rejects {rejects}"]
    if not articles:
        return [*out, f"no article: {[r.reason for r in rejects]}"]
    return out + one(articles[0], expected)


def _many(articles: list[Article], rejects: list[Reject], expected: dict[str, Any]) -> list[str]:
    out = []
    if (n := expected.get("n_articles")) is not None and len(articles) != n:
        out.append(f"{len(articles)} articles, not {n}; {[r.reason for r in rejects]}")
    for key in ("published", "outlet"):
        if f"{key}s" not in expected:
            continue
        wanted = [w if isinstance(w, list) else [w] for w in expected[f"{key}s"]]
        got = [getattr(a, key) for a in articles]
        if len(got) != len(wanted) or any(g not in w for g, w in zip(got, wanted, strict=True)):
            out.append(f"{key}s {got}, not {expected[f'{key}s']}")
    return out


def one(article: Article, expected: dict[str, Any]) -> list[str]:
    """Return a line for each thing of an article that is not as expected."""
    return [*_fields(article, expected), *_zones(article, expected), *_attributions(article, expected)]


def _fields(article: Article, expected: dict[str, Any]) -> list[str]:
    out = [
        f"{name}={getattr(article, name)!r}, not {expected[name]!r}"
        for name in ("title", "outlet", "byline", "published", "language", "reader")
        if name in expected and getattr(article, name) != expected[name]
    ]
    if (part := expected.get("title_contains")) and part not in article.title:
        out.append(f"title={article.title!r} without {part!r}")
    out += [f"the text lacks {c!r}" for c in expected.get("contains", []) if c not in article.text]
    out += [f"the text holds {c!r}" for c in expected.get("lacks", []) if c in article.text]
    if expected.get("no_c1") and re.search("[\x80-\x9f]", article.text + article.title):
        out.append("control characters in the text")
    return out


def _zones(article: Article, expected: dict[str, Any]) -> list[str]:
    out = []
    bodies = [b for b in article.blocks if b.zone == "body"]
    body = article.zone_text("body")
    if (n := expected.get("n_body")) is not None and len(bodies) != n:
        out.append(f"{len(bodies)} paragraphs of body, not {n}: {[article.text[b.start : b.end][:30] for b in bodies]}")
    out += [f"the body lacks {c!r}" for c in expected.get("body_contains", []) if c not in body]
    out += [f"the body holds {c!r}" for c in expected.get("not_body", []) if c in body]
    for key in ("zones", "not_zones"):
        for begin, zone in expected.get(key, {}).items():
            block = next((b for b in article.blocks if article.text[b.start : b.end].strip().startswith(begin)), None)
            if block is None:
                out.append(f"no block begins with {begin!r}")
            elif (block.zone == zone) != (key == "zones"):
                out.append(f"{begin!r} is {block.zone}")
    return out


def words(article: Article, attribution: Attribution, role: str) -> str:
    """Return the words of a role, without marks that nobody sees, white space collapsed."""
    joined = " ".join(s.of(article.text) for s in getattr(attribution, role))
    return " ".join(re.sub("[\u00ad\u200b\u2060\ufeff]", "", joined).split()).strip(" ,")


def _attributions(article: Article, expected: dict[str, Any]) -> list[str]:
    found = article.attributions or ()
    shown = [
        (
            words(article, a, "source"),
            words(article, a, "cue"),
            words(article, a, "content"),
            a.quotation,
            a.speaker,
            a.zone,
        )
        for a in found
    ]
    out = []
    wanted = expected.get("attributions", [])
    for w in wanted:
        if not any(_fits(article, a, w) for a in found):
            out.append(f"no attribution {w}")
    if (n := expected.get("n")) is not None and len(found) != n:
        out.append(f"{len(found)} attributions, not {n}")
    if (n := expected.get("n_headline")) is not None and sum(a.zone == "headline" for a in found) != n:
        out.append("attributions in the headline")
    if (n := expected.get("n_body_attributions")) is not None and sum(a.zone == "body" for a in found) != n:
        out.append(f"{sum(a.zone == 'body' for a in found)} attributions in the body, not {n}")
    if "quotations" in expected and [a.quotation for a in found] != expected["quotations"]:
        out.append(f"quotations {[a.quotation for a in found]}")
    if "sources" in expected and [s[0] for s in shown] != expected["sources"]:
        out.append(f"sources {[s[0] for s in shown]}")
    for name in expected.get("not_sources", []):
        if any(name.lower() in s[0].lower() for s in shown):
            out.append(f"{name!r} is a source")
    of = Counter(a.speaker for a in found)
    out += [f"{of[k]} attributions of {k}, not {n}" for k, n in expected.get("n_of", {}).items() if of[k] != n]
    for name, n in expected.get("n_turns", {}).items():
        turns = sum(s[0].endswith(name) for s in shown)
        if turns != n:
            out.append(f"{turns} turns of {name}, not {n}")
    if expected.get("alone"):
        for w in wanted:
            for part in w["content"] if isinstance(w["content"], list) else [w["content"]]:
                those = [
                    s
                    for s, a in zip(shown, found, strict=True)
                    if part in s[2] and not _fits(article, a, {k: v for k, v in w.items() if k != "content"})
                ]
                if those:
                    out.append(f"{part!r} is {those[0][4] or those[0][0]!r}'s, too")
    return out + ([f"found: {s}" for s in shown] if out else [])


def _fits(article: Article, a: Attribution, wanted: dict[str, Any]) -> bool:
    content = words(article, a, "content")
    parts = wanted.get("content", [])
    parts = parts if isinstance(parts, list) else [parts]
    same = all(words(article, a, role) == wanted[role] for role in ("source", "cue") if role in wanted) and all(
        getattr(a, name) == wanted[name] for name in ("speaker", "quotation", "zone", "source_type") if name in wanted
    )
    return (
        same and all(p in content for p in parts) and not ("not_content" in wanted and wanted["not_content"] in content)
    )
