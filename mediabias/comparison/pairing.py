"""Who is compared with whom, and on which articles: tables in, one `Pairing` for each two outlets out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mediabias.comparison.design import REST, Design
from mediabias.errors import DesignError, TableError

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Pairing:
    """The articles of two outlets or groups in the events that both cover.

    `a` sorts before `b`, so that a result doesn't depend on the order in which the two were named.
    `values` is articles x columns; `event` (an index into `events`), `is_a`, `member` and `ids` go with its rows. A member
    is what counts the same within its side and event: an outlet of the rest or of a group; elsewhere the side itself.
    `weight` is articles x columns, or None where each article counts the same.
    """

    a: str
    b: str
    events: NDArray[np.object_]
    event: NDArray[np.intp]
    is_a: NDArray[np.bool_]
    ids: NDArray[np.object_]
    member: NDArray[np.intp]
    values: NDArray[np.float64]
    weight: NDArray[np.float64] | None = None
    unit_names: NDArray[np.object_] = field(default_factory=lambda: np.zeros(0, dtype=object))

    def counts(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return how many articles each side has in each event."""
        n = len(self.events)
        return np.bincount(self.event[self.is_a], minlength=n), np.bincount(self.event[~self.is_a], minlength=n)

    @property
    def is_plain(self) -> bool:
        """Whether each article of a side counts the same within an event."""
        return self.weight is None and not np.any(self.member != self.is_a)

    def means(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return each side's mean in each event: two arrays, events x columns."""
        cells, event, member = self.cells()
        is_a = self._side(member)
        sums = np.zeros((2, len(self.events), self.values.shape[1]))
        np.add.at(sums, (is_a.astype(int), event), cells)
        n = np.zeros((2, len(self.events)))
        np.add.at(n, (is_a.astype(int), event), 1.0)
        return sums[1] / n[1][:, None], sums[0] / n[0][:, None]

    def cells(self) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.intp]]:
        """Return each member's mean in each event, cells x columns, and the event and the member of each."""
        key, cell = np.unique(np.stack([self.event, self.member], axis=1), axis=0, return_inverse=True)
        cell = cell.ravel()
        weight = np.ones_like(self.values) if self.weight is None else self.weight
        sums, total = np.zeros((2, len(key), self.values.shape[1]))
        np.add.at(sums, cell, weight * self.values)
        np.add.at(total, cell, weight)
        return sums / total, key[:, 0], key[:, 1]

    def _side(self, member: NDArray[np.intp]) -> NDArray[np.bool_]:
        of_a = np.zeros(self.member.max(initial=0) + 1, dtype=bool)
        of_a[self.member[self.is_a]] = True
        return of_a[member]

    def members(self) -> NDArray[np.bool_]:
        """Return of each member that there is, in order, whether it is of side a."""
        return self._side(np.unique(self.member))

    def complete(self) -> Iterator[tuple[NDArray[np.intp], Pairing]]:
        """Yield the columns that are defined on the same articles, and the pairing that has only those articles.

        An event in which one of the two sides has no value left doesn't count for these columns.
        """
        patterns, group = np.unique(~np.isnan(self.values), axis=1, return_inverse=True)
        for g, defined in enumerate(patterns.T):
            columns = np.flatnonzero(group.ravel() == g)
            weight = None if self.weight is None else self.weight[:, columns]
            yield columns, replace(self, values=self.values[:, columns], weight=weight)._rows(defined)

    def _rows(self, rows: NDArray[np.bool_]) -> Pairing:
        n = len(self.events)
        n_a = np.bincount(self.event[rows & self.is_a], minlength=n)
        n_b = np.bincount(self.event[rows & ~self.is_a], minlength=n)
        both = (n_a > 0) & (n_b > 0)
        rows = rows & both[self.event]
        new_index = np.cumsum(both) - 1
        return replace(
            self,
            events=self.events[both],
            event=new_index[self.event[rows]],
            is_a=self.is_a[rows],
            ids=self.ids[rows],
            member=self.member[rows],
            values=self.values[rows],
            weight=None if self.weight is None else self.weight[rows],
        )


def pairings(
    table: pd.DataFrame, columns: Sequence[str], pairs: Pairs, design: Design, exposure: pd.DataFrame | None = None
) -> Iterator[Pairing]:
    """Yield one `Pairing` for each pair; `table` and `columns` come from `join`, `pairs` from `outlet_pairs`.

    `exposure` is articles x columns, where articles count by their evidence.
    """
    for one, two in pairs:
        a, b = sorted((one, two))
        of_pair = (
            table[table["_by"].isin((a, b))] if REST not in (a, b) else _against_rest(table, a if b == REST else b)
        )
        if design.copies == "collapse":
            of_pair = of_pair[_counts_once(of_pair)]
        names = sorted(of_pair["_within"].unique())
        ids = of_pair["article_id"].to_numpy(dtype=object)
        member, unit_names = _members(of_pair, a, design, len(names))
        yield Pairing(
            a=a,
            b=b,
            events=np.array(names, dtype=object),
            event=pd.Categorical(of_pair["_within"], categories=names).codes.astype(np.intp),
            is_a=of_pair["_by"].eq(a).to_numpy(dtype=bool),
            ids=ids,
            member=member,
            unit_names=unit_names,
            values=of_pair[list(columns)].to_numpy(dtype=float, na_value=np.nan),
            weight=None if exposure is None else exposure.reindex(index=ids, columns=list(columns)).to_numpy(float),
        )


def _members(
    of_pair: pd.DataFrame, a: str, design: Design, events: int
) -> tuple[NDArray[np.intp], NDArray[np.object_]]:
    """Return a number for what counts the same within a side and event: clusters, the outlets of the rest, or the side itself.

    With a single event, or none held equal, an outlet of the rest counts by its articles: there is no other unit left.
    """
    if design.clusters or (events > 1 and REST in set(of_pair["_by"])):
        key = list(zip(of_pair["_by"], of_pair["_member"], strict=True))
        there = sorted(set(key))
        place = {k: n for n, k in enumerate(there)}
        return np.array([place[k] for k in key], dtype=np.intp), np.array([unit for _, unit in there], dtype=object)
    return of_pair["_by"].eq(a).to_numpy(dtype=bool).astype(np.intp), np.array(["", ""], dtype=object)


def _against_rest(table: pd.DataFrame, outlet: str) -> pd.DataFrame:
    """Return the table with all outlets but one under one name."""
    return table.assign(_by=table["_by"].where(table["_by"].eq(outlet), REST))


def join(features: pd.DataFrame, articles: pd.DataFrame, design: Design) -> tuple[pd.DataFrame, list[str]]:
    """Check the two tables and join them: `_by`, `_within`, `_member`, `_story` and the columns, sorted by article_id.

    Articles without an outlet or an event are left out, as nothing can be said of them within an event; so is what only one
    of the tables holds, as after a filter.
    """
    by, within, copies = design.by, design.within, design.copies
    for name in ("by", "within", "clusters"):
        if getattr(design, name):
            need(articles, [getattr(design, name)], "articles", parameter=name)
    need(articles, ["article_id"] + ([] if copies == "keep" else ["copy_of"]), "articles")
    need(features, ["article_id"], "features")
    _unique(features, "features")
    _unique(articles, "articles")
    chosen = _numeric(features, design.columns)
    if len(features) and not features["article_id"].isin(articles["article_id"]).any():
        raise TableError(
            f"features and articles share no article_id (first: {min(features['article_id'])!r} and "
            f"{min(articles['article_id'], default='none')!r}): give the articles table of the same corpus"
        )
    about = pd.DataFrame({"article_id": articles["article_id"], "_by": _words(articles[by]), "_within": "all"})
    if within:
        about["_within"] = _words(articles[within])
    about["_member"] = _words(articles[design.clusters]) if design.clusters else about["_by"]
    about["_story"] = about["article_id"] if copies == "keep" else _stories(articles)
    if copies == "drop":
        about = about[about["_story"] == about["article_id"]]
    needed: list[tuple[str | None, str]] = [(by, "_by"), (within, "_within"), (design.clusters, "_member")]
    for given, column in needed:
        if not about[column].ne("").any():
            hint = "; run `mediabias events` first, or compare across events with within=''" if given == within else ""
            raise TableError(f"articles: column {given!r} is empty{hint}")
    about = about[(about[["_by", "_within", "_member"]] != "").all(axis=1)]
    return about.merge(features[["article_id", *chosen]], on="article_id").sort_values("article_id"), chosen


def outlet_pairs(table: pd.DataFrame, design: Design) -> list[tuple[str, str]]:
    """Return the pairs to compare: those asked for, each outlet against the rest, or all, in sorted order."""
    outlets = sorted(table["_by"].unique())
    if len(outlets) < 2:
        raise TableError(f"a comparison needs two values of {design.by!r}; the articles with features have {outlets}")
    if isinstance(design.pairs, str):
        rest = [(o, REST) for o in outlets]
        each = list(combinations(outlets, 2))
        return {"each": each, "rest": rest, "both": each + rest}[design.pairs]
    for name in (name for pair in design.pairs for name in pair):
        if name not in outlets and name != REST:
            raise DesignError(f"{design.by} {name!r} has no article here{_nearest(name, outlets)}", parameter="pairs")
    return list(design.pairs)


def _counts_once(table: pd.DataFrame) -> pd.Series:
    """Mark the articles that count when each story counts once among the articles of two outlets.

    The origin counts and its copies don't. Where the origin is another outlet's, a copy is the one trace of the story
    if one of the two outlets has it, and is no evidence on their difference if both have it.
    """
    story = table["_story"]
    is_origin = table["article_id"].eq(story)
    has_origin = is_origin.groupby(story).transform("any")
    shared = table.groupby("_story")["_by"].transform("nunique").gt(1)
    return is_origin | ~(has_origin | shared | story.duplicated())


def counts_once(articles: pd.DataFrame, copies: str = "collapse", *, by: str = "outlet") -> pd.DataFrame:
    """Return the articles that describe each outlet when copies of one story are not independent articles.

    "collapse" and "drop" leave out the copies of a story whose origin is there; "keep" leaves out none.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Wire", "Post"], "copy_of": ["", "a"]})
    >>> counts_once(articles)["article_id"].tolist()
    ['a']
    """
    if copies == "keep" or "copy_of" not in articles:
        return articles
    story = _stories(articles)
    return articles[story.eq(articles["article_id"]) | ~story.isin(articles["article_id"])]


def _stories(articles: pd.DataFrame) -> pd.Series:
    """Follow copy_of to where each article's story comes from."""
    origin = dict(zip(articles["article_id"], _words(articles["copy_of"]), strict=True))

    def root(article_id: str) -> str:
        seen = [article_id]
        while (next_one := origin.get(seen[-1], "")) and next_one != seen[-1]:
            if next_one in seen:
                raise TableError(f"articles: copy_of runs in a circle: {' -> '.join([*seen, next_one])}")
            seen.append(next_one)
        return seen[-1]

    return articles["article_id"].map({a: root(a) for a in origin})


def _words(column: pd.Series) -> pd.Series:
    return column.astype(object).where(column.notna(), "").astype(str).str.strip()


def need(table: pd.DataFrame, columns: Sequence[str], name: str, *, parameter: str = "") -> None:
    """Raise TableError, with the nearest names that there are, if the table lacks one of `columns`."""
    missing = [c for c in columns if c not in table.columns]
    if missing:
        others = (
            f" and {', '.join(map(repr, missing[1:4]))}{' ...' if len(missing) > 4 else ''}" if len(missing) > 1 else ""
        )
        near = _nearest(missing[0], list(map(str, table.columns)))
        raise TableError(
            f"{name} lacks the column{'s' if others else ''} {missing[0]!r}{others}{near}", parameter=parameter
        )


def _unique(table: pd.DataFrame, name: str) -> None:
    twice = table.loc[table["article_id"].duplicated(), "article_id"]
    if len(twice):
        raise TableError(f"{name}: article_id {min(twice)!r} stands in more than one row: give one row an article")


def _numeric(features: pd.DataFrame, columns: Sequence[str] | None) -> list[str]:
    chosen = [c for c in features.columns if c != "article_id"] if columns is None else list(dict.fromkeys(columns))
    need(features, chosen, "features", parameter="" if columns is None else "columns")
    if not chosen:
        raise TableError("features has no column beside article_id: extract some features first")
    if features.columns.has_duplicates:
        raise TableError(f"features has the column {features.columns[features.columns.duplicated()][0]!r} twice")
    for c in chosen:
        if not pd.api.types.is_numeric_dtype(features[c]):
            raise TableError(
                f"features: column {c!r} holds {features[c].dtype}, not numbers: name the columns to compare"
            )
        if np.isinf(features[c].to_numpy(dtype=float, na_value=np.nan)).any():
            raise TableError(f"features: column {c!r} holds an infinite value: leave undefined values empty")
    return chosen


def _nearest(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, n=3, cutoff=0.5)
    return f"; nearest: {', '.join(near)}" if near else f"; there are: {', '.join(sorted(names)[:12])}"
