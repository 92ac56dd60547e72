"""What people know better of attributions: a table of changes, applied last, kept through every run."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pandas as pd

from mediabias import lexicons
from mediabias.article import ATTRIBUTION_TYPES, Article, Attribution, Correction, Span, Spans, words_of
from mediabias.attribution.describe import described
from mediabias.attribution.engines import Found
from mediabias.csvs import csv_text, read_csv
from mediabias.errors import TableError
from mediabias.tables import ATTRIBUTION_FIELDS, write_whole

#: In the folder of a corpus.
FILE = "corrections.csv"
COLUMNS = ("article_id", "source", "cue", "content", "field", "value", "words", "who", "when")
#: No attribution; one that no engine has found.
NONE, MISSED = "none", "missed"
#: Fields that a person may change; what an engine says of itself is not among them.
CHANGEABLE = (*(name for name in ATTRIBUTION_FIELDS if name not in {"zone", "confidence"}), "source", "cue", "content")
_SOURCE_TYPES = frozenset(
    "unknown,named official,unnamed official,state or institution,expert,company,civil society,citizen,media,document".split(
        ","
    )
)


def allowed(field: str) -> frozenset[str] | None:
    """Return the values that a field may have, or None for any text."""
    known = {
        "type": frozenset(ATTRIBUTION_TYPES),
        "quotation": frozenset(("direct", "indirect", "mixed")),
        "source_type": _SOURCE_TYPES,
    }
    of_verbs = {"cue_class": "cue_class", "cue_factivity": "factivity", "cue_stance": "stance"}
    if field in of_verbs:
        return frozenset(row[of_verbs[field]] for row in lexicons.rows("cue_verbs")) | {"other", "none", ""}
    return known.get(field)


def check(field: str, value: str, where: str) -> None:
    """Raise TableError where a change can't be made."""
    if field in (NONE, MISSED):
        return
    if field not in CHANGEABLE:
        raise TableError(f"{where}: no field {field!r}; one of {', '.join((*CHANGEABLE, NONE, MISSED))}")
    if (values := allowed(field)) is not None and value not in values:
        raise TableError(f"{where}: {field}={value!r} is none of {', '.join(sorted(v for v in values if v))}")


def apply(article: Article) -> Article:
    """Return the article with its attributions as people corrected them.

    A change of an attribution that its engine has not found changes nothing; one that was missed is added, once.
    """
    if not article.corrections or article.attributions is None:
        return article
    by_spans: dict[tuple[Spans, Spans, Spans], list[Correction]] = {}
    for c in article.corrections:
        if c.fits(article.text):
            by_spans.setdefault(c.spans, []).append(c)
    made: list[Attribution] = []
    for a in article.attributions:
        changes = by_spans.pop((a.source, a.cue, a.content), [])
        kept = _changed(a, changes)
        made += [kept] if kept else []
    for changes in by_spans.values():
        if any(c.field == MISSED for c in changes):
            kept = _changed(_added(article, changes[0], len(made)), changes)
            made += [kept] if kept else []
    return article.replace(attributions=tuple(sorted(made, key=Attribution.sort_key)))


def _changed(attribution: Attribution, changes: Sequence[Correction]) -> Attribution | None:
    """Return an attribution with its changes, the last of each field; None where it is said to be none."""
    values = {c.field: c.value for c in changes}
    if NONE in values:
        return None
    kinds = {f.name: str(f.type) for f in fields(Attribution)}
    made: dict[str, Any] = {k: _MADE[kinds[k]](v) for k, v in values.items() if k != MISSED}
    # Somebody has looked at it: no threshold leaves it out.
    return replace(attribution, **made, confidence=1.0) if values else attribution


def _added(article: Article, c: Correction, number: int) -> Attribution:
    # Who speaks is read over all attributions of the article.
    missed = Found(c.cue, c.source, c.content, 1.0, "person")
    others = [Found(a.cue, a.source, a.content, a.confidence) for a in article.attributions or ()]
    ordered = sorted([*others, missed], key=lambda f: f.cue)
    found = next(d for f, d in zip(ordered, described(article, ordered), strict=True) if f is missed)
    first = min(s.start for role in c.spans for s in role)
    return replace(found, attribution_id=f"{article.article_id}:c{first}")


#: How a cell becomes a field, by the field's type.
_MADE: dict[str, Callable[[str], Any]] = {
    "str": str,
    "bool": lambda v: str(v).strip().lower() in {"true", "yes", "1"},
    "float": float,
    "Spans": lambda v: parse_spans(v),  # defined below
}


def parse_spans(text: str) -> Spans:
    """Read spans as a cell has them.

    Examples
    --------
    >>> parse_spans("10-14 20-25")
    (Span(start=10, end=14), Span(start=20, end=25))
    """
    return tuple(Span(*map(int, part.split("-"))) for part in text.split())


def format_spans(spans: Iterable[Span]) -> str:
    """Write spans as a cell has them: ``10-14 20-25``."""
    return " ".join(f"{s.start}-{s.end}" for s in spans)


def corrected(articles: Iterable[Article]) -> pd.DataFrame:
    """Return the corrections of some articles as a table, with `COLUMNS`."""
    rows = [
        (a.article_id, *map(format_spans, c.spans), c.field, c.value, c.words, c.who, c.when)
        for a in articles
        for c in a.corrections
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def summary(table: pd.DataFrame) -> dict[str, Any]:
    """Return what a manifest says of corrections: how many, of how many attributions, and a digest of them."""
    places = table[["article_id", "source", "cue", "content"]].drop_duplicates()
    kinds = table["field"].value_counts()
    return {
        "rows": len(table),
        "attributions": len(places),
        "none": int(kinds.get(NONE, 0)),
        "missed": int(kinds.get(MISSED, 0)),
        "sha256": hashlib.sha256(csv_text(table).encode()).hexdigest(),
    }


def load(folder: str | Path) -> dict[str, tuple[Correction, ...]]:
    """Return the corrections of a corpus on disk, by article.

    Raises
    ------
    TableError
        When the table lacks a column or a row can't be read; it names the line.
    """
    path = Path(folder) / FILE
    return from_table(read_csv(path), str(path)) if path.exists() else {}


def from_table(table: pd.DataFrame, where: str) -> dict[str, tuple[Correction, ...]]:
    """Return the corrections of a table with `COLUMNS`, by article."""
    if missing := [c for c in COLUMNS[:6] if c not in table.columns]:
        raise TableError(f"{where}: no column {missing[0]!r}; a table of corrections has {', '.join(COLUMNS)}")
    found: dict[str, list[Correction]] = {}
    for n, row in enumerate(table.to_dict("records"), 2):
        line = f"{where}, line {n}"
        check(str(row["field"]), str(row["value"]), line)
        try:
            values: dict[str, Any] = {r: parse_spans(str(row[r])) for r in ("source", "cue", "content")}
        except (ValueError, TypeError):
            raise TableError(f"{line}: spans are written as 10-14, several as 10-14 20-25") from None
        if not any(values.values()):
            raise TableError(f"{line}: no spans; a correction says where its source, cue and content stand")
        values |= {k: str(row.get(k, "") or "") for k in COLUMNS[4:]}
        found.setdefault(str(row["article_id"]), []).append(Correction(**values))
    return {article_id: tuple(many) for article_id, many in found.items()}


def save(folder: str | Path, articles: Iterable[Article]) -> None:
    """Write the corrections of a corpus beside its tables, or remove the file where there are none."""
    table, path = corrected(articles), Path(folder) / FILE
    if len(table):
        write_whole(path, csv_text(table))
    else:
        path.unlink(missing_ok=True)


def stale(articles: Mapping[str, Article], corrections: Mapping[str, tuple[Correction, ...]]) -> list[str]:
    """Name the corrections that do not fit their article any more, each with its article and its words."""
    return [
        f"{article_id!r}: {c.words!r}"
        for article_id, many in corrections.items()
        for c in many
        if article_id not in articles or not c.fits(articles[article_id].text)
    ]


def warn_of_stale(names: list[str]) -> None:
    """Warn of corrections that are not applied, by name."""
    if names:
        shown = "; ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
        warnings.warn(
            f"{len(names)} of the corrections do not fit their articles any more and are not applied: {shown}; "
            f"correct these again, or delete their rows in {FILE}",
            stacklevel=3,
        )


def fitting(article: Article, roles: Mapping[str, Spans]) -> str:
    """Return the words of the spans of a correction; raise TableError where they lie outside the text."""
    if any(s.end > len(article.text) or not len(s) for role in roles.values() for s in role):
        raise TableError(
            f"article {article.article_id!r}: a span is empty or lies outside its text of {len(article.text)} characters"
        )
    return words_of(article.text, roles["source"], roles["cue"], roles["content"])
