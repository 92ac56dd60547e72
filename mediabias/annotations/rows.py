"""Attributions and mentions as rows of their tables, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from mediabias import tables
from mediabias.article import Article, Attribution, Mention, Span, Spans

_ROLES = ("source", "cue", "content")


def attribution_row(article: Article, x: Attribution) -> tuple[Any, ...]:
    """Return an attribution as a row of its table."""
    roles = [[[s.start, s.end] for s in getattr(x, role)] for role in _ROLES]
    source_text = " … ".join(s.of(article.text) for s in x.source)
    fields = (getattr(x, name) for name in tables.ATTRIBUTION_FIELDS)
    return (article.article_id, x.attribution_id, *roles, source_text, *fields)


def attribution(row: Mapping[Any, Any]) -> Attribution:
    """Return the attribution of a row."""
    values: dict[str, Any] = {name: _PYTHON[str(kind)](row[name]) for name, kind in tables.ATTRIBUTION_FIELDS.items()}
    values |= {role: spans(row[role]) for role in _ROLES}
    return Attribution(attribution_id=row["attribution_id"], **values)


#: What a cell of each type of column is in an attribution.
_PYTHON: dict[str, Callable[[Any], Any]] = {"double": float, "bool": bool, "string": str}


def spans(pairs: Iterable[Iterable[Any]]) -> Spans:
    """Return pairs of offsets as spans."""
    return tuple(Span(int(s), int(e)) for s, e in pairs)


def mention(row: Mapping[Any, Any]) -> Mention:
    """Return the mention of a row."""
    return Mention(int(row["start"]), int(row["end"]), row["actor"], row["form"], row["kind"])


def attributions_table(articles: Iterable[Article]) -> pd.DataFrame:
    """Return the attributions of some articles, one a row."""
    rows = [attribution_row(a, x) for a in articles for x in a.attributions or ()]
    return tables.frame("attributions", rows)


def mentions_table(articles: Iterable[Article]) -> pd.DataFrame:
    """Return the mentions of some articles, one a row."""
    rows = [(a.article_id, m.actor, m.start, m.end, m.form, m.kind) for a in articles for m in a.mentions or ()]
    return tables.frame("mentions", rows)


def grouped(table: pd.DataFrame, make: Callable[[Mapping[Any, Any]], Any]) -> dict[str, list[Any]]:
    """Return what the rows of each article make, by its id, in the order of the rows."""
    out: dict[str, list[Any]] = {}
    for row in table.to_dict("records"):
        out.setdefault(row["article_id"], []).append(make(row))
    return out
