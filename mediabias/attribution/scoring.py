"""How well attributions are found, against hand-annotated ones.

Everything is counted article by article (`counts`), so that a score over any set of articles, and its bootstrap interval
by article, is a sum away.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

ROLES = ("source", "cue", "content")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_LABELS = (*ROLES, "none")
#: An attribution in the interchange form: spans [start, end) by role.
Roles = Mapping[str, Sequence[Sequence[int]]]
Cover = dict[str, frozenset[int]]


def counts(text: str, gold: Sequence[Roles], found: Sequence[Roles]) -> dict[str, int]:
    """Count what an article contributes to each score.

    Parameters
    ----------
    text : str
        The article.
    gold, found : sequences of mappings from role to [start, end) spans
        Annotated and found attributions.

    Returns
    -------
    dict
        Counts by name: for a score S, ``S.gold`` and ``S.found`` are how many there are and ``S.right`` how many agree
        (``S.right_gold`` and ``S.right_found`` where the two differ); ``alpha.X.Y`` is how many tokens are X in the gold
        and Y in what was found.

    Examples
    --------
    >>> a = {"source": [[0, 2]], "cue": [[3, 7]], "content": [[8, 15]]}
    >>> c = counts("He said it rains.", [a], [a])
    >>> c["attribution.right"], c["content.exact.right"], c["cue.token.gold"]
    (1, 1, 1)
    """
    starts = [m.start() for m in _TOKEN.finditer(text)]
    wanted, got = ([_cover(a, starts) for a in many] for many in (gold, found))
    out: dict[str, int] = {}
    for role in ROLES:
        w, g = (frozenset().union(*(a[role] for a in many)) for many in (wanted, got))
        out |= _triple(f"{role}.token", len(w), len(g), len(w & g))
        exact_w, exact_g = ({a[role] for a in many if a[role]} for many in (wanted, got))
        out |= _triple(f"{role}.exact", len(exact_w), len(exact_g), len(exact_w & exact_g))
        out |= {f"{role}.overlap.gold": len(exact_w), f"{role}.overlap.found": len(exact_g)}
        out[f"{role}.overlap.right_gold"] = sum(any(x & y for y in exact_g) for x in exact_w)
        out[f"{role}.overlap.right_found"] = sum(any(x & y for y in exact_w) for x in exact_g)
    out |= _triple("attribution", len(wanted), len(got), len(matched(wanted, got)))
    direct = [w["content"] for w, a in zip(wanted, gold, strict=True) if _is_direct(text, a.get("content") or [])]
    out["quotation.gold"] = len(direct)
    out["quotation.right"] = sum(any(len(d & g["content"]) >= 0.8 * len(d) for g in got) or not d for d in direct)
    pairs = Counter(zip(_labels(wanted, len(starts)), _labels(got, len(starts)), strict=True))
    return out | {f"alpha.{x}.{y}": pairs[x, y] for x, y in itertools.product(_LABELS, repeat=2)}


def matched(wanted: Sequence[Cover], got: Sequence[Cover]) -> list[tuple[int, int]]:
    """Pair annotated and found attributions one to one.

    Two match when cues overlap, sources overlap or are both missing, and the contents share at least half of their joint
    tokens; of several, those that share most are paired first.
    """
    pairs = []
    for (i, w), (j, g) in itertools.product(enumerate(wanted), enumerate(got)):
        joint = w["content"] | g["content"]
        share = len(w["content"] & g["content"]) / len(joint) if joint else 1.0
        sources = bool(w["source"] & g["source"]) or not (w["source"] or g["source"])
        if w["cue"] & g["cue"] and sources and share >= 0.5:
            pairs.append((-share, i, j))
    used: tuple[set[int], set[int]] = (set(), set())
    out = []
    for _, i, j in sorted(pairs):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            out.append((i, j))
    return out


def right(text: str, gold: Sequence[Roles], found: Sequence[Roles]) -> list[bool]:
    """Say of each found attribution whether it is one of the annotated ones, in the sense of `matched`."""
    starts = [m.start() for m in _TOKEN.finditer(text)]
    pairs = matched([_cover(a, starts) for a in gold], [_cover(a, starts) for a in found])
    hits = {j for _, j in pairs}
    return [j in hits for j in range(len(found))]


def scores(counted: pd.DataFrame) -> pd.Series:
    """Return the scores of a set of articles.

    Parameters
    ----------
    counted : DataFrame
        One row an article, columns as of `counts`.

    Returns
    -------
    Series
        ``token``, ``exact`` and ``overlap`` F1 of each role, ``attribution.precision``, ``.recall`` and ``.f1``, the
        recall of direct quotations (at least 80% of their tokens in one content), and Krippendorff's alpha (nominal;
        tokens labelled source, cue, content or none, two annotators [1]_).

    References
    ----------
    .. [1] Krippendorff, K. (2013). Content Analysis, 3rd ed., chapter 12.
    """
    return pd.Series(_scores(counted.to_numpy(float)[None], list(counted.columns)).iloc[0])


def intervals(counted: pd.DataFrame, *, level: float = 0.95, resamples: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Return the scores with percentile bootstrap intervals over articles: columns score, low, high."""
    rng = np.random.default_rng(seed)
    weights = rng.multinomial(len(counted), [1 / len(counted)] * len(counted), size=resamples)
    sums = weights @ counted.to_numpy(float)
    drawn = _scores(sums[:, None], list(counted.columns))
    low, high = drawn.quantile((1 - level) / 2), drawn.quantile((1 + level) / 2)
    return pd.DataFrame({"score": scores(counted), "low": low, "high": high})


def table(articles: Iterable[tuple[str, str, Sequence[Roles], Sequence[Roles]]]) -> pd.DataFrame:
    """Count many articles, given as (name, text, gold, found): one row each, by name."""
    rows = {name: counts(text, gold, found) for name, text, gold, found in articles}
    return pd.DataFrame.from_dict(rows, orient="index").sort_index()


def _scores(counted: np.ndarray, columns: list[str]) -> pd.DataFrame:
    """Score draws x articles x counts."""
    n = pd.DataFrame(counted.sum(axis=1), columns=columns)
    out: dict[str, pd.Series] = {}
    for kind, role in itertools.product(("token", "exact", "overlap"), ROLES):
        key = f"{role}.{kind}"
        rights = ("right_found", "right_gold") if kind == "overlap" else ("right", "right")
        out[f"{key}.f1"] = _f1(n[f"{key}.{rights[0]}"] / n[f"{key}.found"], n[f"{key}.{rights[1]}"] / n[f"{key}.gold"])
    precision, recall = (n["attribution.right"] / n[f"attribution.{x}"] for x in ("found", "gold"))
    out |= {"attribution.precision": precision, "attribution.recall": recall, "attribution.f1": _f1(precision, recall)}
    out["quotation.recall"] = n["quotation.right"] / n["quotation.gold"]
    total = 2 * n[[f"alpha.{x}.{y}" for x, y in itertools.product(_LABELS, repeat=2)]].sum(axis=1)
    margin = {x: sum(n[f"alpha.{x}.{y}"] + n[f"alpha.{y}.{x}"] for y in _LABELS) for x in _LABELS}
    apart = n[[f"alpha.{x}.{y}" for x, y in itertools.permutations(_LABELS, 2)]].sum(axis=1)
    observed = 2 * apart / total
    expected = sum(margin[x] * margin[y] for x, y in itertools.permutations(_LABELS, 2)) / (total * (total - 1))
    out["alpha"] = 1 - observed / expected
    return pd.DataFrame(out)


def _f1(precision: pd.Series, recall: pd.Series) -> pd.Series:
    return (2 * precision * recall / (precision + recall)).fillna(0.0)


def _triple(name: str, gold: int, found: int, right: int) -> dict[str, int]:
    return {f"{name}.gold": gold, f"{name}.found": found, f"{name}.right": right}


def _cover(attribution: Roles, starts: list[int]) -> Cover:
    """Return for each role the indices of the tokens that begin inside its spans."""
    return {
        role: frozenset(
            i
            for start, end in attribution.get(role) or ()
            for i in range(bisect.bisect_left(starts, start), bisect.bisect_left(starts, end))
        )
        for role in ROLES
    }


def _labels(attributions: Sequence[Cover], n: int) -> list[str]:
    labels = ["none"] * n
    for role in ("content", "source", "cue"):
        for a in attributions:
            for i in a[role]:
                labels[i] = role
    return labels


def _is_direct(text: str, content: Sequence[Sequence[int]]) -> bool:
    inner = [text[s:e].strip() for s, e in content]
    return bool(inner) and all(re.match(r"[\"“‘']", t) and re.search(r"[\"”’']\s*[.,]?$", t) for t in inner)
