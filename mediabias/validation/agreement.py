"""How far people agree: Krippendorff's alpha with intervals, percent agreement, and where they differ."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from itertools import combinations, permutations
from typing import Literal

import krippendorff
import numpy as np
import pandas as pd

from mediabias.article import WORD
from mediabias.errors import TableError

Level = Literal["nominal", "ordinal", "interval", "ratio"]


def alpha(codes: np.ndarray, level: Level = "nominal") -> float:
    """Return Krippendorff's alpha of coders x units, NaN where a coder has not coded; NaN where nothing varies.

    References
    ----------
    Krippendorff, K. (2019). Content Analysis, 4th ed., chapter 12.

    Examples
    --------
    >>> round(alpha(np.array([[1, 1, 0, 0], [1, 0, 0, 0]], dtype=float)), 3)
    0.533
    """
    known = codes[:, (~np.isnan(codes)).sum(axis=0) > 1]
    if known.size == 0 or len(np.unique(known[~np.isnan(known)])) < 2:
        return float("nan")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return float(krippendorff.alpha(reliability_data=known, level_of_measurement=level))


def agree(
    coders: Mapping[str, pd.DataFrame],
    key: pd.DataFrame | None = None,
    *,
    confidence: float = 0.95,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the agreement of coders label by label.

    Parameters
    ----------
    coders : mapping of str to DataFrame
        Each coder's codes: unit_id and a column a label, as `read_codes` gives them. Two or more.
    key : DataFrame, optional
        The key of the sample, with each unit's ``probability``: a unit then counts as many times as it stands for others.
        A sample of which half was found by the feature has far more positives than the text, and its alpha is higher.
    confidence : float
        Of the intervals, which resample units.
    resamples, seed : int

    Returns
    -------
    DataFrame
        label, units (that two have coded), percent (pairs of codes that are equal), alpha, alpha_low, alpha_high, both, one_only,
        neither (pairs of codes: both 1, one of them, none), alpha_sample (of the sample as it is; the same without `key`).
        Percent and alpha are of the text where `key` is given; the three counts are always of the sample.

    Raises
    ------
    TableError
        When there are fewer than two coders, or their sheets have other labels.

    Notes
    -----
    The interval is the percentiles over resampled units (Zapf et al. 2016). Alpha is missing where all codes are the same: then
    agreement can't be told from habit.

    Examples
    --------
    >>> sheets = {"a": pd.DataFrame({"unit_id": list("uvwx"), "passive": [1.0, 1, 0, 0]}),
    ...           "b": pd.DataFrame({"unit_id": list("uvwx"), "passive": [1.0, 0, 0, 0]})}
    >>> agree(sheets)[["percent", "alpha", "both", "one_only", "neither"]].round(3).values.tolist()
    [[0.75, 0.533, 1.0, 1.0, 2.0]]
    >>> key = pd.DataFrame({"unit_id": list("uvwx"), "probability": [1.0, 1.0, 0.1, 0.1]})
    >>> agree(sheets, key)[["percent", "alpha", "alpha_sample"]].round(3).values.tolist()
    [[0.955, 0.687, 0.533]]
    """
    if len(coders) < 2:
        raise TableError(f"agreement needs two coders; there is {', '.join(coders) or 'none'}")
    first, *rest = coders.values()
    labels = [c for c in first.columns if c != "unit_id"]
    if any([c for c in t.columns if c != "unit_id"] != labels for t in rest):
        raise TableError("the sheets have different labels; give sheets of one sample")
    rng, rows = np.random.default_rng(seed), []
    for label in labels:
        codes = pd.DataFrame({name: t.set_index("unit_id")[label] for name, t in coders.items()})
        codes = codes[codes.notna().sum(axis=1) > 1]
        weight = _weights(codes.index, key)
        table = codes.to_numpy().T
        drawn = []
        for _ in range(resamples if table.size else 0):
            rows_drawn = rng.integers(0, table.shape[1], table.shape[1])
            drawn.append(weighted_alpha(table[:, rows_drawn], weight[rows_drawn]))
        kept = [x for x in drawn if not np.isnan(x)]
        low, high = np.quantile(kept, [(1 - confidence) / 2, (1 + confidence) / 2]) if kept else (np.nan, np.nan)
        several = list(combinations(range(len(table)), 2))
        pairs = np.concatenate([table[[i, j]] for i, j in several], axis=1)
        is_pair = ~np.isnan(pairs).any(axis=0)
        pairs, of_pair = pairs[:, is_pair], np.tile(weight, len(several))[is_pair]
        same = pairs[0] == pairs[1]
        percent = np.average(same, weights=of_pair) if same.size else np.nan
        rows.append((label, table.shape[1], percent, weighted_alpha(table, weight), low, high,
                     int((pairs.sum(axis=0) == 2).sum()), int((~same).sum()), int((pairs.sum(axis=0) == 0).sum()),
                     alpha(table)))  # fmt: skip
    columns = [
        "label",
        "units",
        "percent",
        "alpha",
        "alpha_low",
        "alpha_high",
        "both",
        "one_only",
        "neither",
        "alpha_sample",
    ]
    return pd.DataFrame(rows, columns=columns)


def _weights(units: pd.Index, key: pd.DataFrame | None) -> np.ndarray:
    """Return how many units each stands for, of a mean of one."""
    if key is None:
        return np.ones(len(units))
    probability = key.set_index("unit_id")["probability"].reindex(units)
    if probability.isna().any():
        raise TableError(
            f"key: unit {probability.index[probability.isna()][0]!r} is not in it; give the key of this sample"
        )
    weight = 1 / probability.to_numpy(dtype=float)
    return weight / weight.mean() if len(weight) else weight


def weighted_alpha(codes: np.ndarray, weight: np.ndarray) -> float:
    """Return nominal alpha of coders x units, each unit counting by its weight; NaN where nothing varies.

    Krippendorff's coincidences, each unit's times its weight; with equal weights this is `alpha`.

    Examples
    --------
    >>> weighted_alpha(np.array([[1, 1, 0, 0], [1, 0, 0, 0]], dtype=float), np.ones(4)).__round__(3)
    0.533
    """
    values = np.unique(codes[~np.isnan(codes)])
    if len(values) < 2:
        return float("nan")
    n = np.stack([(codes == v).sum(axis=0) for v in values]).astype(float)  # values x units
    coders = n.sum(axis=0)
    n, weight = n[:, coders > 1], weight[coders > 1] / (coders[coders > 1] - 1)
    together = (n * weight) @ n.T - np.diag((n * weight).sum(axis=1))
    each = together.sum(axis=1)
    total = each.sum()
    expected = total**2 - (each**2).sum()
    return float(1 - (total - 1) * (total - np.trace(together)) / expected) if expected > 0 else float("nan")


def alpha_of_spans(text: str, coders: Sequence[Sequence[tuple[int, int, str]]]) -> float:
    """Return the agreement of people who mark spans: alpha over the words of the text, each with the label of its span or none.

    Parameters
    ----------
    text : str
    coders : sequence of sequence of (start, end, label)
        What each marked; where two spans of a coder overlap, the earlier one counts.

    Notes
    -----
    Every word is a unit, as in the agreement that PolNeAR's scores report. Unlike in `alpha_u`, a span is no unit: three short
    ones that agree count as much as a long one.

    Examples
    --------
    >>> text = "The road was closed by the council."
    >>> round(alpha_of_spans(text, [[(9, 19, "passive")], [(9, 34, "passive")]]), 3)
    0.204
    """
    words = [m.start() for m in WORD.finditer(text)]
    names = sorted({label for many in coders for *_, label in many})
    codes = np.zeros((len(coders), len(words)))
    for row, many in zip(codes, coders, strict=True):
        for start, end, label in sorted(many, reverse=True):
            row[[n for n, at in enumerate(words) if start <= at < end]] = 1 + names.index(label)
    return alpha(codes)


def alpha_u(length: int, coders: Sequence[Sequence[tuple[int, int, str]]], *, binary: bool = False) -> float:
    """Return Krippendorff's alpha for unitising: how far people agree on where spans begin and end, and on their labels.

    Parameters
    ----------
    length : int
        Of the text, in the unit of the spans (characters, or words).
    coders : sequence of sequence of (start, end, label)
        What each marked; the spans of a coder must not overlap.
    binary : bool
        Ask only where the spans are, whatever their labels (written with a bar in front of the u).

    Returns
    -------
    float
        1 where all agree, 0 where they do as by chance; NaN where nobody marked anything.

    Raises
    ------
    TableError
        When there are fewer than two coders, spans overlap, or one lies outside of the text.

    Notes
    -----
    Labels coincide over the length that two coders' spans (or gaps) share. By chance they would as any two stretches of the same
    length do, but that a span is not split: each is paired with others only, while gaps are any stretch of text.

    References
    ----------
    Krippendorff, K., Mathet, Y., Bouvry, S. and Widlöcher, A. (2016). On the reliability of unitizing textual continua: further
    developments. Quality & Quantity 50. doi:10.1007/s11135-015-0266-1

    Examples
    --------
    >>> round(alpha_u(35, [[(9, 19, "passive")], [(9, 34, "passive")]]), 3)
    0.276
    """
    if len(coders) < 2:
        raise TableError(f"agreement needs two coders; there are {len(coders)}")
    stretches = [_stretches(length, [(a, b, "" if binary else k) for a, b, k in many]) for many in coders]
    labels = sorted({k for many in stretches for *_, k in many}, key=str)
    marks = np.array(
        [np.repeat([labels.index(k) for *_, k in many], [b - a for a, b, _ in many]) for many in stretches]
    )
    n = len(labels)
    shared = np.zeros((n, n))
    for one, two in permutations(marks, 2):
        shared += np.bincount(one * n + two, minlength=n * n).reshape(n, n) / (len(coders) - 1)
    own = np.zeros(n)  # what would be paired with itself
    for start, end, label in (x for many in stretches for x in many):
        own[labels.index(label)] += (end - start) ** 2 if label is not None else end - start
    total, of_label = shared.sum(), shared.sum(axis=0)
    # The share of pairs of stretches that coincide by chance, and of those that do.
    expected = ((of_label**2 - own).sum()) / (total**2 - own.sum())
    return float(1 - (1 - np.trace(shared) / total) / (1 - expected)) if expected < 1 else float("nan")


def _stretches(length: int, spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str | None]]:
    """Return the text as spans and, with the label None, the gaps between them."""
    made: list[tuple[int, int, str | None]] = []
    at = 0
    for start, end, label in sorted(spans):
        if not 0 <= start < end <= length:
            raise TableError(f"the span {start} to {end} does not lie in a text of length {length}")
        if start < at:
            raise TableError(f"the span {start} to {end} overlaps the one before it; a coder's spans must not")
        if start > at:
            made.append((at, start, None))
        made.append((start, end, label))
        at = end
    return made + ([(at, length, None)] if at < length else [])


def adjudication(coders: Mapping[str, pd.DataFrame], sheet: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences on which coders differ, with each one's code and an empty column for the decision.

    Examples
    --------
    >>> sheets = {"a": pd.DataFrame({"unit_id": ["u", "v"], "passive": [1.0, 1]}), "b": pd.DataFrame({"unit_id": ["u", "v"], "passive": [1.0, 0]})}
    >>> adjudication(sheets, pd.DataFrame({"unit_id": ["u", "v"], "text": ["It rained.", "It poured."]}))[["text", "label", "a", "b"]].values.tolist()
    [['It poured.', 'passive', 1.0, 0.0]]
    """
    labels = [c for c in next(iter(coders.values())).columns if c != "unit_id"]
    rows = []
    for label in labels:
        codes = pd.DataFrame({name: t.set_index("unit_id")[label] for name, t in coders.items()})
        differ = codes[codes.nunique(axis=1) > 1]
        rows.append(differ.reset_index(names="unit_id").assign(label=label))
    made = sheet[["unit_id", "text"]].merge(pd.concat(rows), on="unit_id")
    return made[["unit_id", "text", "label", *coders]].assign(decision="")
