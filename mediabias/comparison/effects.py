"""Effects: how far apart two outlets are on a feature, within the events that both cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from mediabias import tables
from mediabias.comparison.correction import corrected
from mediabias.comparison.pairing import Pairing, Pairs, join, outlet_pairs, pairings
from mediabias.comparison.resampling import Floats, Interval, Test, bootstrap, permutation_test, student, studentized
from mediabias.comparison.sizes import equivalence_p, hedges_g, ratios
from mediabias.errors import TableError

EFFECT_COLUMNS = tuple(tables.COLUMNS["effects"])

#: With fewer events, no flip of signs can give p < 0.05, as 2/2**5 = 0.0625.
FEW_EVENTS = 6


def compare(
    features: pd.DataFrame,
    articles: pd.DataFrame,
    by: str = "outlet",
    within: str | None = "event",
    *,
    counts: pd.DataFrame | None = None,
    pairs: Pairs | str | None = None,
    columns: Sequence[str] | None = None,
    copies: str = "collapse",
    interval: str = "bootstrap-t",
    permute: str = "articles",
    family: str | Mapping[str, Sequence[str]] = "all",
    correction: str = "bh",
    margin: float | Mapping[str, float] | None = None,
    n_resamples: int = 9999,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare outlets on features, pair by pair, within the events that both cover.

    In each event that both outlets cover, the difference is that of their articles' means; the estimate is the mean
    over events, each event counting the same. Neither the order of the rows nor the presence of other outlets or
    columns changes an estimate, an interval or a p (q they do, since it is about the whole family).

    Parameters
    ----------
    features : DataFrame
        ``article_id`` and numeric columns ``feature__label``: rates per 1,000 words or shares; NaN is undefined, and
        the article then doesn't count for this column.
    articles : DataFrame
        ``article_id``, the columns that `by` and `within` name, and ``copy_of``. Articles whose outlet or event is
        empty are left out.
    by, within : str
        What is compared, and what is held equal. ``None`` or ``""`` compares across events, on purpose.
    counts : DataFrame, optional
        article_id, column, count, exposure: the evidence behind the numbers, as `extract` gives it; fills ``count_a``, ``count_b``
        and the ratio.
    pairs : sequence of (str, str), or {"each", "rest", "both"}, optional
        The pairs (a, b) to compare, as a minus b; "each" with each other, in sorted order, is the default, "rest" is each outlet
        against all others together, named ``"all others"``, which may stand in a pair of your own too.
    columns : sequence of str, optional
        The columns of `features` to compare; all by default.
    copies : {"collapse", "drop", "keep"}
        Copies of one wire story are not independent articles. "collapse" counts a story once in each comparison: the
        origin stays and its copies go; where neither outlet has the origin, the copy of one outlet stays, and those of
        both go, since one text tells nothing of a difference. "drop" leaves out all articles with a ``copy_of``.
        "keep" takes each article as it is.
    interval : {"bootstrap-t", "bootstrap", "t"}
        How the interval is made: bootstrap-t of events (Hall [4]_; Student's below five events), BCa bootstrap of events (Efron), or
        Student's t on the events' differences. See the notes for what they cover.
    permute : {"articles", "events"}
        What the test exchanges: the outlets of articles within an event, or of the event's two means. With one article
        an outlet and event the two are the same. "articles" asks whether the outlets differ *in these events*; "events"
        whether they would in others like them, and needs six events for a p below 0.05. See the notes.
    family : {"all", "feature"} or mapping of str to sequence of str
        The tests that are corrected together: all of the call, or those of the columns that share the part before ``__``, or
        declared: the columns of each family by its name. A column in no declared family is not tested, and has no q.
    correction : {"bh", "holm"}
        "bh" holds the share of false ones among the differences that are told (Benjamini and Hochberg [1]_), "holm" the chance
        that any of the family is false (Holm [2]_).
    margin : float or mapping of str to float, optional
        The largest difference, in the column's unit, that would not matter; by column, or one for all. Fills ``p_equivalent``.
    n_resamples : int
        Bootstrap resamples, and the most arrangements that a permutation test tries.
    confidence : float
        Level of the intervals.
    seed : int
        Seed of the resampling.

    Returns
    -------
    DataFrame
        One row a column and pair, with `EFFECT_COLUMNS`. ``method`` says what was done and the smallest p that was
        attainable: with n events of one article each, 2/2**n. ``count_a`` and ``count_b`` are the pieces of evidence that
        the two means rest on; ``ratio`` is that of the pooled rates or shares of a to those of b, with the percentile interval over
        resampled events; ``d`` is the mean difference over its standard deviation between events, corrected for few (Hedges'
        g of paired differences). ``p_equivalent`` is that of two one-sided t tests over events [3]_: below 0.05, a difference
        as large as `margin` can be ruled out.

    Raises
    ------
    TableError
        When a column is missing, not numeric or empty, an article_id stands twice, the tables share none, or fewer than two
        outlets are there.

    Notes
    -----
    The interval is about events; with a single event it is about the articles of each outlet, and then speaks of this
    event only. Of nominal 95% intervals over simulated differences these shares held the truth (``python -m
    tests.benchmarks.coverage``; 2,000 of each; normal, and exponential less its mean):

    ======  ===================  ===========  =========  ===================  ===========  =========
    events  normal, bootstrap-t  normal, BCa  normal, t  skewed, bootstrap-t  skewed, BCa  skewed, t
    ======  ===================  ===========  =========  ===================  ===========  =========
    6       0.95                 0.85         0.95       0.92                 0.82         0.89
    10      0.95                 0.90         0.96       0.94                 0.87         0.90
    15      0.94                 0.92         0.95       0.95                 0.89         0.91
    30      0.94                 0.92         0.94       0.94                 0.92         0.93
    60      0.95                 0.94         0.95       0.95                 0.93         0.94
    ======  ===================  ===========  =========  ===================  ===========  =========

    A test that exchanges articles takes a slant that changes from event to event for a difference between the outlets.
    With three articles an outlet and event and no difference on average, p fell below 0.05 in 4 to 5% of simulations
    where all articles varied alike, in 13% where outlets also varied by event half as much as articles do, and in 20 to
    22% where they varied as much (6 and 12 events); exchanging events, in 3 to 6% throughout. To speak of outlets in
    general, choose ``permute="events"``.

    References
    ----------
    .. [1] Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical
       Society B 57(1). doi:10.1111/j.2517-6161.1995.tb02031.x
    .. [2] Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6(2).
    .. [3] Schuirmann, D. (1987). A comparison of the two one-sided tests procedure and the power approach. Journal of
       Pharmacokinetics and Biopharmaceutics 15(6). doi:10.1007/BF01068419
    .. [4] Hall, P. (1988). Theoretical comparison of bootstrap confidence intervals. Annals of Statistics 16(3).

    Examples
    --------
    >>> ids = ["a1", "a2", "a3", "b1", "b2", "b3"]
    >>> articles = pd.DataFrame({"article_id": ids, "outlet": list("AAABBB"), "event": list("xyzxyz"), "copy_of": ""})
    >>> features = pd.DataFrame({"article_id": ids, "verbs__accusing": [9.0, 7.0, 8.0, 4.0, 3.0, 5.0]})
    >>> effect = compare(features, articles).iloc[0]
    >>> float(effect.estimate), float(effect.p), int(effect.n_events)
    (4.0, 0.25, 3)
    """
    for name, value, allowed in (
        ("interval", interval, ("bootstrap-t", "bootstrap", "t")),
        ("permute", permute, ("articles", "events")),
        ("family", family if isinstance(family, str) else "all", ("all", "feature")),
        ("correction", correction, ("bh", "holm")),
    ):
        if value not in allowed:
            raise TableError(f"{name}={value!r}: one of {', '.join(allowed)}")
    if n_resamples < 1:
        raise TableError(f"n_resamples={n_resamples}: at least 1")
    table, chosen = join(features, articles, by=by, within=within, columns=columns, copies=copies)
    wanted = outlet_pairs(table, by, pairs)
    spans = {c: _wide(counts, chosen, c) for c in ("count", "exposure")}
    if isinstance(margin, Mapping) and (odd := sorted(set(margin) - set(chosen))):
        raise TableError(f"margin: {odd[0]!r} is no column of this comparison")
    margins = pd.Series(margin if isinstance(margin, Mapping) else dict.fromkeys(chosen, margin), dtype=float)
    settings: dict[Any, Any] = {
        "margins": margins.reindex(chosen),
        "interval": interval,
        "permute": permute,
        "n_resamples": n_resamples,
        "confidence": confidence,
        "seed": seed,
    }
    rows = [
        _turned(_pair_effects(pairing, chosen, spans, **settings), pair)
        for pair, pairing in zip(wanted, pairings(table, chosen, wanted, copies), strict=True)
    ]
    effects = pd.concat(rows, ignore_index=True)
    effects = effects.sort_values("column", key=lambda f: f.map(chosen.index), kind="stable", ignore_index=True)
    signed = ["estimate", "ci_low", "ci_high"]
    effects[signed] = effects[signed] + 0.0  # no "-0.0" in a table
    effects["q"] = corrected(effects["p"], effects["column"], family, correction)
    effects["confidence"] = confidence
    effects = effects[list(EFFECT_COLUMNS)]
    if within is None:
        effects["method"] = effects["method"].str.replace("one event only", "across events")
    return effects


def differences(
    features: pd.DataFrame,
    articles: pd.DataFrame,
    by: str = "outlet",
    within: str | None = "event",
    *,
    pairs: Pairs | str | None = None,
    columns: Sequence[str] | None = None,
    copies: str = "collapse",
) -> pd.DataFrame:
    """Return the differences event by event: what each effect of `compare` is the mean of.

    Parameters are those of `compare`.

    Returns
    -------
    DataFrame
        One row a column, pair and event: feature, outlet_a, outlet_b, event, mean_a, mean_b, difference, n_a, n_b.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "event": "x", "copy_of": ""})
    >>> features = pd.DataFrame({"article_id": ["a", "b"], "verbs__accusing": [9.0, 4.0]})
    >>> differences(features, articles).difference.tolist()
    [5.0]
    """
    table, chosen = join(features, articles, by=by, within=within, columns=columns, copies=copies)
    wanted = outlet_pairs(table, by, pairs)
    rows = []
    for pair, pairing in zip(wanted, pairings(table, chosen, wanted, copies), strict=True):
        for group, complete in pairing.complete():
            mean_a, mean_b = complete.means()
            n_a, n_b = complete.counts()
            cells = pd.DataFrame(
                {
                    "column": np.repeat(np.array(chosen)[group], len(complete.events)),
                    "event": np.tile(complete.events, len(group)),
                    "mean_a": mean_a.T.ravel(),
                    "mean_b": mean_b.T.ravel(),
                    "n_a": np.tile(n_a, len(group)),
                    "n_b": np.tile(n_b, len(group)),
                }
            )
            cells["difference"] = cells["mean_a"] - cells["mean_b"]
            rows.append(_turned(cells.assign(outlet_a=complete.outlet_a, outlet_b=complete.outlet_b), pair))
    order = ["column", "outlet_a", "outlet_b", "event", "mean_a", "mean_b", "difference", "n_a", "n_b"]
    return pd.concat(rows)[order].sort_values(order[:4], ignore_index=True)


def _pair_effects(
    pairing: Pairing,
    columns: Sequence[str],
    spans: Mapping[str, pd.DataFrame | None],
    *,
    margins: pd.Series,
    interval: str,
    permute: str,
    n_resamples: int,
    confidence: float,
    seed: int,
) -> pd.DataFrame:
    """Return the effects of one pair, one row a column, in no order that matters."""
    parts = []
    for group, part in pairing.complete():
        known = {
            "column": np.array(columns)[group],
            "outlet_a": part.outlet_a,
            "outlet_b": part.outlet_b,
            "n_articles": len(part.event),
            "n_events": len(part.events),
            "count_a": _behind(spans["count"], part.ids[part.is_a], np.array(columns)[group]),
            "count_b": _behind(spans["count"], part.ids[~part.is_a], np.array(columns)[group]),
            **ratios(part, spans, np.array(columns)[group], confidence, n_resamples, seed),
        }
        if not len(part.events):
            unknown = dict.fromkeys(
                ("estimate", "ci_low", "ci_high", "p", "mean_a", "mean_b", "d", "p_equivalent"), np.nan
            )
            parts.append(pd.DataFrame({**known, **unknown, "method": "no event that both cover"}))
            continue
        mean_a, mean_b = part.means()
        ends = None
        samples = _samples(part, mean_a - mean_b)
        if samples and interval == "bootstrap-t" and len(samples) == 1:
            ends = studentized(*samples, confidence=confidence, n_resamples=n_resamples, seed=seed)
        elif samples and interval == "t":
            ends = student(*samples, confidence=confidence)
        elif samples:
            ends = bootstrap(*samples, confidence=confidence, n_resamples=n_resamples, seed=seed)
        unit = permute if len(part.events) > 1 else "articles"
        test = None
        if len(part.event) > 2:  # two articles have two arrangements, and p would be 1 whatever they say
            test = permutation_test(
                part.values, part.event, part.is_a, permute=unit, n_resamples=n_resamples, seed=seed
            )
        parts.append(
            pd.DataFrame(
                {
                    **known,
                    "estimate": (mean_a - mean_b).mean(axis=0),
                    "mean_a": mean_a.mean(axis=0),
                    "mean_b": mean_b.mean(axis=0),
                    "d": hedges_g(mean_a - mean_b),
                    "p_equivalent": equivalence_p(mean_a - mean_b, margins.to_numpy()[group]),
                    "ci_low": ends.low if ends else np.nan,
                    "ci_high": ends.high if ends else np.nan,
                    "p": test.p if test else np.nan,
                    "method": _method(part, ends, test, unit),
                }
            )
        )
    return pd.concat(parts)


def _wide(counts: pd.DataFrame | None, columns: Sequence[str], values: str) -> pd.DataFrame | None:
    if counts is None or values not in counts:
        return None
    wide = counts[counts["column"].isin(columns)].pivot(index="article_id", columns="column", values=values)
    return wide.reindex(columns=list(columns))


def _behind(spans: pd.DataFrame | None, ids: np.ndarray, columns: np.ndarray) -> Any:
    """Return how many pieces of evidence stand behind each column in the articles."""
    return np.nan if spans is None else spans.reindex(index=ids)[list(columns)].sum().to_numpy(float)


def _samples(part: Pairing, difference: Floats) -> tuple[Floats, ...]:
    """Return what the interval is about: events, or with one event each outlet's articles; empty if too few."""
    if len(difference) > 1:
        return (difference,)
    a, b = part.values[part.is_a], part.values[~part.is_a]
    return (a, b) if min(len(a), len(b)) > 1 else ()


def _method(part: Pairing, ends: Interval | None, test: Test | None, unit: str) -> list[str]:
    """Say for each column what was done."""
    n = len(part.events)
    place = f"mean within {n} events" if n > 1 else "one event only"
    tested = "no test: one article each"
    if test:
        tried = "exact" if test.is_exact else "random"
        what = "permutation of articles within events" if unit == "articles" else "flips of the events' signs"
        tested = f"{tried} {what}, smallest p {test.floor:.2g}"
    if ends is None:
        return [f"{place}; no interval: fewer than two articles of an outlet; {tested}"] * part.values.shape[1]
    return [f"{place}; {kind} over {'events' if n > 1 else 'articles'}; {tested}" for kind in ends.kind]


def _turned(table: pd.DataFrame, pair: tuple[str, str]) -> pd.DataFrame:
    """Turn a minus b into b minus a where the pair was asked for that way round."""
    if pair[0] < pair[1]:
        return table
    names = {"outlet_a": "outlet_b", "mean_a": "mean_b", "n_a": "n_b", "count_a": "count_b", "ci_low": "ci_high",
             "ratio_low": "ratio_high"}  # fmt: skip
    turned = table.rename(columns=names | {v: k for k, v in names.items()})
    for column in turned.columns.intersection(["estimate", "difference", "ci_low", "ci_high", "d"]):
        turned[column] = 0.0 - turned[column]  # not a bare minus, which would print -0.0
    if "ratio" in turned:
        with np.errstate(divide="ignore"):
            for column in ("ratio", "ratio_low", "ratio_high"):
                turned[column] = (1 / turned[column]).replace(np.inf, np.nan)
    return turned


def notes(effects: pd.DataFrame) -> list[str]:
    """Say what to keep in mind of a table of effects: it is derived from the table, so that no copy of it loses the notes."""
    few = effects[effects["n_events"].between(1, FEW_EVENTS - 1)]
    if few.empty:
        return []
    n = int(few["n_events"].min())
    return [
        f"{len(few)} of {len(effects)} effects rest on fewer than {FEW_EVENTS} events (fewest: {n}). Over so few, "
        f"intervals hang on how the differences are distributed, and a test of one article an outlet and event can't give p "
        f"below {2 / 2**n:g}."
    ]
