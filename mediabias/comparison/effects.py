"""Effects: how far apart two outlets or groups are on a feature, within the events that both cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mediabias import tables
from mediabias.comparison.correction import corrected
from mediabias.comparison.design import Design, declared, design_of, plan_text
from mediabias.comparison.groups import group_effects
from mediabias.comparison.pairing import Pairing, join, outlet_pairs, pairings
from mediabias.comparison.permutation import Test, exchange_articles, flip_events
from mediabias.comparison.resampling import Floats, Interval, bootstrap, student, studentized, widest
from mediabias.comparison.result import Comparison
from mediabias.comparison.sizes import behind, equivalence_p, hedges_g, ratios
from mediabias.corpus import Corpus
from mediabias.errors import DesignError
from mediabias.features.run import FeatureTables

EFFECT_COLUMNS = tuple(tables.COLUMNS["effects"])
DIFFERENCE_COLUMNS = ("column", "a", "b", "event", "mean_a", "mean_b", "difference", "n_a", "n_b")


def compare(
    features: FeatureTables | pd.DataFrame,
    articles: Corpus | pd.DataFrame,
    design: Design | None = None,
    *,
    counts: pd.DataFrame | None = None,
    plan: str | Path | None = None,
    **choices: Any,
) -> Comparison:
    """Compare outlets or groups on features, pair by pair, within the events that both cover.

    In each event that both cover, the difference is that of their means; the estimate is the mean over events, each
    event counting the same. Neither the order of the rows, nor the names of the events, nor the presence of other
    outlets or columns changes an estimate, an interval or a p (q does change: it is about the whole family).

    Parameters
    ----------
    features : FeatureTables or DataFrame
        As `extract` gives them; or ``article_id`` and numeric columns ``feature__label``: rates per 1,000 words or
        shares. NaN is undefined, and the article then doesn't count for this column.
    articles : Corpus or DataFrame
        ``article_id``, ``copy_of`` and the columns that the design names. Articles that lack one of these are left out.
    design : Design, optional
        What is compared and how it is tested.
    counts : DataFrame, optional
        article_id, column, count, exposure: the evidence behind the numbers; that of `features` by default.
    plan : path, optional
        A file that `Design.declare` wrote: its design is used where none is given, and the result says whether what ran is
        what was planned.
    **choices
        Fields of the design by their names, such as ``columns=[...]`` or ``by="leaning"``; they change `design`.

    Returns
    -------
    Comparison
        Its `table` has one row a column and pair, with `EFFECT_COLUMNS`. ``estimate`` is a minus b, of ``mean_a`` and
        ``mean_b``; ``ratio`` is that of these two means, with Fieller's interval [1]_. ``interval``, ``unit``, ``test``
        and ``is_exact`` say how the interval and the test were made, ``p_floor`` is the smallest p that was attainable,
        and ``conflict`` is not empty where the test and the interval say different things of zero: "unit" (the test
        exchanges articles, the interval is about events), "floor" (so few events can't give a smaller p) or "method"
        (they are near zero on either side). ``count_a`` and ``count_b`` are the pieces of evidence; ``d`` is the
        standardised mean difference over events (Hedges' g); ``p_equivalent`` that of two one-sided t tests [2]_:
        below 0.05, a difference as large as the margin can be ruled out.

    Raises
    ------
    DesignError
        When the design asks for what is not there; its `parameter` names the field.
    TableError
        When a column is missing, not numeric or empty, an article_id stands twice, the tables share none, or fewer
        than two outlets are there.

    Notes
    -----
    The interval is about events; with a single event it is about the articles of each outlet, and then speaks of this
    event only; with ``clusters`` it is about these. The default, "wide", reaches as far as Student's t and the
    bootstrap-t [3]_ together: t is too short where differences are skewed, the bootstrap-t where a label is rare or
    tails are heavy. What each covers, and how often tests are wrong, is printed by ``python -m
    tests.benchmarks.coverage`` and stands in the documentation (statistics).

    A column that is the same in every article that is compared (one that was never found, say) is not tested, whichever
    outlet the articles are from, and does not count in its family.

    References
    ----------
    .. [1] Fieller, E. (1954). Some problems in interval estimation. Journal of the Royal Statistical Society B 16(2).
       doi:10.1111/j.2517-6161.1954.tb00159.x
    .. [2] Schuirmann, D. (1987). A comparison of the two one-sided tests procedure and the power approach. Journal of
       Pharmacokinetics and Biopharmaceutics 15(6). doi:10.1007/BF01068419
    .. [3] Hall, P. (1988). Theoretical comparison of bootstrap confidence intervals. Annals of Statistics 16(3).
       doi:10.1214/aos/1176350933

    Examples
    --------
    >>> ids = ["a1", "a2", "a3", "b1", "b2", "b3"]
    >>> articles = pd.DataFrame({"article_id": ids, "outlet": list("AAABBB"), "event": list("xyzxyz"), "copy_of": ""})
    >>> features = pd.DataFrame({"article_id": ids, "verbs__accusing": [9.0, 7.0, 8.0, 4.0, 3.0, 5.0]})
    >>> effect = compare(features, articles).table.iloc[0]
    >>> float(effect.estimate), float(effect.p), int(effect.n_events), effect.unit
    (4.0, 0.25, 3, 'events')
    """
    design = design_of(declared(plan)[0] if plan is not None and design is None else design, choices)
    numbers, counts, dictionary = _given(features, counts)
    table, chosen = join(numbers, articles.articles if isinstance(articles, Corpus) else articles, design)
    wanted = outlet_pairs(table, design)
    spans = {c: _wide(counts, chosen, c) for c in ("count", "exposure")}
    if design.weights == "evidence" and spans["exposure"] is None:
        raise DesignError("'evidence' needs counts: give FeatureTables, or counts=", parameter="weights")
    margins = _margins(design, chosen)
    rows, below = [], []
    weight = spans["exposure"] if design.weights == "evidence" else None
    for pair, pairing in zip(wanted, pairings(table, chosen, wanted, design, weight), strict=True):
        of_pair = group_effects if design.clusters else _pair_effects
        found, each = of_pair(pairing, np.array(chosen, dtype=object), spans, margins, design)
        rows.append(_turned(found, pair))
        below.append(_turned(each, pair))
    effects = pd.concat(rows, ignore_index=True)
    effects = effects.sort_values("column", key=lambda f: f.map(chosen.index), kind="stable", ignore_index=True)
    signed = ["estimate", "ci_low", "ci_high"]
    effects[signed] = effects[signed] + 0.0  # no "-0.0" in a table
    varies = table[chosen].nunique().gt(1)
    testable = effects["p"].where(effects["column"].map(varies))
    effects["q"] = corrected(testable, effects["column"], design.family, design.correction)
    effects["confidence"] = design.confidence
    effects["conflict"] = _conflict(effects)
    differing = pd.concat(below, ignore_index=True)
    order = [c for c in ("column", "a", "b", "event", "unit") if c in differing]
    return Comparison(
        table=effects[list(EFFECT_COLUMNS)],
        differences=differing.sort_values(order, ignore_index=True),
        design=design,
        counts=counts,
        dictionary=dictionary,
        plan="" if plan is None else plan_text(design, plan),
    )


def differences(
    features: FeatureTables | pd.DataFrame,
    articles: Corpus | pd.DataFrame,
    design: Design | None = None,
    **choices: Any,
) -> pd.DataFrame:
    """Return the differences event by event: what each effect of `compare` is the mean of.

    Parameters are those of `compare`, whose result has this table too; nothing is resampled here.

    Returns
    -------
    DataFrame
        One row a column, pair and event: column, a, b, event, mean_a, mean_b, difference, n_a, n_b (articles). With
        clusters one row a column, pair and unit: column, a, b, unit, group, value (event held equal), n_events.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "event": "x", "copy_of": ""})
    >>> features = pd.DataFrame({"article_id": ["a", "b"], "verbs__accusing": [9.0, 4.0]})
    >>> differences(features, articles).difference.tolist()
    [5.0]
    """
    bare = design_of(design, choices).but(interval="t", resamples=1, margin=None, family="all")
    return compare(features, articles, bare).differences


def _given(
    features: FeatureTables | pd.DataFrame, counts: pd.DataFrame | None
) -> tuple[pd.DataFrame, pd.DataFrame | None, pd.DataFrame | None]:
    if isinstance(features, FeatureTables):
        return features.features, features.counts if counts is None else counts, features.dictionary
    return features, counts, None


def _margins(design: Design, chosen: Sequence[str]) -> pd.Series:
    given = design.margin if isinstance(design.margin, Mapping) else dict.fromkeys(chosen, design.margin)
    if odd := sorted(set(given) - set(chosen)):
        raise DesignError(f"{odd[0]!r} is no column of this comparison", parameter="margin")
    return pd.Series(given, dtype=float).reindex(list(chosen))


def _pair_effects(
    pairing: Pairing,
    columns: np.ndarray,
    spans: Mapping[str, pd.DataFrame | None],
    margins: pd.Series,
    design: Design,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the effects of one pair, one row a column, in no order that matters, and the differences below them."""
    parts, below = [], []
    for group, part in pairing.complete():
        names = columns[group]
        n = len(part.events)
        known = _known(part, names, spans)
        if not n:
            parts.append(pd.DataFrame(known | _NOTHING))
            continue
        mean_a, mean_b = part.means()
        difference = np.sort(mean_a - mean_b, axis=0)  # sorted, so that no name of an event changes a resample
        samples = _samples(part, difference)
        ends = _interval(samples, design)
        test, tested = _test(part, difference, design)
        parts.append(
            pd.DataFrame(
                known
                | ratios(part, spans, names, mean_a, mean_b, design.confidence)
                | {
                    "estimate": (mean_a - mean_b).mean(axis=0),
                    "mean_a": mean_a.mean(axis=0),
                    "mean_b": mean_b.mean(axis=0),
                    "d": hedges_g(difference),
                    "p_equivalent": equivalence_p(difference, margins.to_numpy()[group]),
                    "ci_low": ends.low if ends else np.nan,
                    "ci_high": ends.high if ends else np.nan,
                    "interval": ends.kind if ends else "none",
                    "unit": "none" if not ends else "events" if n > 1 else "articles",
                    "n_units": n if n > 1 else len(part.event),
                    "p": test.p if test else np.nan,
                    "test": tested,
                    "is_exact": bool(test and test.is_exact),
                    "p_floor": test.floor if test else np.nan,
                }
            )
        )
        below.append(_differences(part, names, mean_a, mean_b))
    return pd.concat(parts), pd.concat(below) if below else pd.DataFrame(columns=list(DIFFERENCE_COLUMNS))


_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("estimate", "ci_low", "ci_high", "p", "mean_a", "mean_b", "d", "p_equivalent", "p_floor"), np.nan),
    **dict.fromkeys(("ratio", "ratio_low", "ratio_high"), np.nan),
    **dict.fromkeys(("interval", "unit", "test"), "none"),
    "n_units": 0,
    "is_exact": False,
}


def _known(part: Pairing, names: np.ndarray, spans: Mapping[str, pd.DataFrame | None]) -> dict[str, Any]:
    return {
        "column": names,
        "a": part.a,
        "b": part.b,
        "n_articles": len(part.event),
        "n_events": len(part.events),
        "count_a": behind(spans["count"], part.ids[part.is_a], names),
        "count_b": behind(spans["count"], part.ids[~part.is_a], names),
    }


def _differences(part: Pairing, names: np.ndarray, mean_a: Floats, mean_b: Floats) -> pd.DataFrame:
    n_a, n_b = part.counts()
    return pd.DataFrame(
        {
            "column": np.repeat(names, len(part.events)),
            "a": part.a,
            "b": part.b,
            "event": np.tile(part.events, len(names)),
            "mean_a": mean_a.T.ravel(),
            "mean_b": mean_b.T.ravel(),
            "difference": (mean_a - mean_b).T.ravel(),
            "n_a": np.tile(n_a, len(names)),
            "n_b": np.tile(n_b, len(names)),
        }
    )


def _interval(samples: tuple[Floats, ...], design: Design) -> Interval | None:
    if not samples:
        return None
    settings: dict[str, Any] = {
        "confidence": design.confidence,
        "n_resamples": design.resamples,
        "seed": design.seed,
    }
    plain = student(*samples, confidence=design.confidence)
    if design.interval == "t":
        return plain
    if design.interval == "bootstrap" or len(samples) == 2:
        drawn = bootstrap(*samples, **settings)
        return widest(drawn, plain) if design.interval == "wide" else drawn
    drawn = studentized(*samples, **settings)
    return widest(drawn, plain) if design.interval == "wide" else drawn


def _test(part: Pairing, difference: Floats, design: Design) -> tuple[Test | None, str]:
    """Return the test, and what it exchanges."""
    if len(part.event) < 3:  # two articles have two arrangements, and p would be 1 whatever they say
        return None, "none"
    if len(part.events) > 1 and design.permute == "events":
        return flip_events(difference, n_resamples=design.resamples, seed=design.seed), "events"
    if not part.is_plain:
        raise DesignError(
            "'articles' count differently within an event here (the rest, or weights='evidence'); exchange 'events'",
            parameter="permute",
        )
    made = exchange_articles(part.values, part.event, part.is_a, n_resamples=design.resamples, seed=design.seed)
    return made, "articles"


def _wide(counts: pd.DataFrame | None, columns: Sequence[str], values: str) -> pd.DataFrame | None:
    if counts is None or values not in counts:
        return None
    wide = counts[counts["column"].isin(columns)].pivot(index="article_id", columns="column", values=values)
    return wide.reindex(columns=list(columns))


def _samples(part: Pairing, difference: Floats) -> tuple[Floats, ...]:
    """Return what the interval is about: events, or with one event each outlet's articles; empty if too few."""
    if len(difference) > 1:
        return (difference,)
    a, b = np.sort(part.values[part.is_a], axis=0), np.sort(part.values[~part.is_a], axis=0)
    return (a, b) if min(len(a), len(b)) > 1 and part.weight is None else ()


def _turned(table: pd.DataFrame, pair: tuple[str, str]) -> pd.DataFrame:
    """Turn a minus b into b minus a where the pair was asked for that way round."""
    if pair[0] < pair[1]:
        return table
    names = {"a": "b", "mean_a": "mean_b", "n_a": "n_b", "count_a": "count_b", "ci_low": "ci_high",
             "ratio_low": "ratio_high"}  # fmt: skip
    turned = table.rename(columns=names | {v: k for k, v in names.items()})
    for column in turned.columns.intersection(["estimate", "difference", "ci_low", "ci_high", "d"]):
        turned[column] = 0.0 - turned[column]  # not a bare minus, which would print -0.0
    with np.errstate(divide="ignore"):
        for column in turned.columns.intersection(["ratio", "ratio_low", "ratio_high"]):
            turned[column] = 1 / turned[column]
    return turned


def _conflict(effects: pd.DataFrame) -> pd.Series:
    """Say where the test and the interval say different things of zero, and why."""
    level = 1 - effects["confidence"]
    leaves_out = (effects["ci_low"] > 0) | (effects["ci_high"] < 0)
    differ = (leaves_out != effects["p"].lt(level)) & effects["p"].notna() & effects["ci_low"].notna()
    why = pd.Series("method", effects.index)
    why = why.mask(effects["p_floor"].ge(level), "floor")
    why = why.mask(effects["unit"].ne(effects["test"]), "unit")
    return why.where(differ, "")
