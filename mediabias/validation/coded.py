"""How right a feature is on a coded sample: precision and recall with intervals that hold for rare labels."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from mediabias.comparison.pairing import need
from mediabias.errors import TableError
from mediabias.validation.corrected import answered
from mediabias.validation.sheets import FOUND

_SCORES = ("precision", "recall", "f1")


def score_codes(
    key: pd.DataFrame, codes: pd.DataFrame, *, by: pd.Series | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Return precision and recall of a feature against the codes of a sample, label by label.

    Parameters
    ----------
    key, codes : DataFrame
        The key of the sample, and the codes (`read_codes`), after adjudication where there are several coders.
    by : Series, optional
        The outlet of each article, by article_id: adds a row a label and outlet, and whether mistakes differ.
    confidence : float
        Of the intervals.

    Returns
    -------
    DataFrame
        label, coded (sentences), positive (coded 1), precision, recall and f1 with low and high. Each sentence counts
        as many times as it stands for others, one over its probability. With `by`, also outlet ("all" for the first row
        of a label) and, in that row, ``p_precision`` and ``p_recall``: of a test that the outlets' are the same.

    Raises
    ------
    TableError
        When no sentence has been coded.

    Notes
    -----
    In each stratum, and apart for what was found and what was not, the share of true sentences has Jeffreys' interval,
    with as many sentences as a sample from a population of that size is worth; shares are added up, and divided, by
    the method of variance estimates recovery [1]_. It does not collapse where the sample holds no miss, since none in
    fifty agrees with many in five thousand. The test between outlets compares logits with their standard errors (Wald;
    half a sentence is added to each cell).

    References
    ----------
    .. [1] Donner, A. and Zou, G. (2012). Closed-form confidence intervals for functions of the normal mean and standard
       deviation. Statistical Methods in Medical Research 21(4). doi:10.1177/0962280210383082

    Examples
    --------
    >>> key = pd.DataFrame({"unit_id": list("uvwx"), "stratum": ["p", "p", "none", "none"], "probability": [1, 1, 0.5, 0.5],
    ...                     "found_p": [1, 1, 0, 0]})
    >>> codes = pd.DataFrame({"unit_id": list("uvwx"), "p": [1.0, 0, 1, 0]})
    >>> score_codes(key, codes)[["precision", "recall"]].round(3).values.tolist()
    [[0.5, 0.333]]
    """
    labels = [c.removeprefix(FOUND) for c in key.columns if c.startswith(FOUND)]
    table = key.merge(codes, on="unit_id")
    rows = []
    for label in labels:
        known = table[table[label].notna()]
        if known.empty:
            raise TableError(f"no sentence is coded for {label!r}; fill the sheet in with 1 and 0")
        weight = 1 / answered(table, label)[table[label].notna()]
        known = known.assign(_weight=weight, _code=known[label], _found=known[FOUND + label])
        rows.append(_row(known, confidence) | {"label": label})
        if by is not None:
            need(known, ["article_id"], "key")
            outlets = known["article_id"].map(by)
            parts = [(o, known[outlets == o]) for o in sorted(outlets.dropna().unique())]
            rows[-1] |= {"outlet": "all"} | {f"p_{k}": _differ([p for _, p in parts], k) for k in _SCORES[:2]}
            rows += [_row(part, confidence) | {"label": label, "outlet": o} for o, part in parts]
    names = [f"{k}{end}" for k in _SCORES for end in ("", "_low", "_high")]
    grouped = [] if by is None else ["outlet", "p_precision", "p_recall"]
    return pd.DataFrame(rows).reindex(columns=["label", *grouped[:1], "coded", "positive", *names, *grouped[1:]])


def _row(known: pd.DataFrame, confidence: float) -> dict[str, object]:
    true, missed, found = _totals(known, confidence)
    ends = {
        "precision": true / found[0] if found[0] else np.full(3, np.nan),
        "recall": 1 / (1 + _ratio(missed, true))[[0, 2, 1]],
        "f1": 2 / (1 + _ratio(missed + found, true))[[0, 2, 1]],
    }
    scores = {
        f"{k}{end}": float(v) for k, each in ends.items() for end, v in zip(("", "_low", "_high"), each, strict=True)
    }
    return {"coded": len(known), "positive": int(known["_code"].sum()), **scores}


def _totals(known: pd.DataFrame, confidence: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return how many sentences are rightly found, missed, and found: each as estimate, low and high."""
    totals = np.zeros((2, 3))  # missed, found and true
    squares = np.zeros((2, 2))
    found = 0.0
    for (_, is_found), cell in known.groupby(["stratum", "_found"]):
        n, size, share = len(cell), float(cell["_weight"].sum()), float(cell["_code"].mean())
        # A sample that is a good part of its population says more: all of it leaves nothing open.
        worth = n * (size - 1) / (size - n) if size - n > 0.5 else np.inf
        low, high = _jeffreys(share, worth, 1 - confidence)
        side = int(bool(is_found))
        totals[side, 0] += size * share
        squares[side] += (size * (share - low)) ** 2, (size * (high - share)) ** 2
        found += size if is_found else 0.0
    totals[:, 1] = np.maximum(totals[:, 0] - np.sqrt(squares[:, 0]), 0)
    totals[:, 2] = totals[:, 0] + np.sqrt(squares[:, 1])
    return totals[1], totals[0], np.full(3, found)


def _jeffreys(share: float, n: float, alpha: float) -> tuple[float, float]:
    if np.isinf(n):
        return share, share
    low, high = proportion_confint(share * n, n, alpha=alpha, method="jeffreys")
    return (0.0 if share == 0 else float(low)), (1.0 if share == 1 else float(high))


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Return a ratio with its ends, of two independent estimates with theirs."""
    (x, low_x, high_x), (y, low_y, high_y) = above, below
    if x == 0 and y == 0:
        return np.full(3, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        point = np.divide(x, y)
        low = _end(x, y, low_x, high_y, -1)
        high = _end(x, y, high_x, low_y, 1) if low_y > 0 else np.inf
    return np.array([point, low, high])


def _end(x: float, y: float, end_x: float, end_y: float, sign: int) -> float:
    under = max((x * y) ** 2 - end_x * end_y * (2 * x - end_x) * (2 * y - end_y), 0.0)
    size = end_y * (2 * y - end_y)
    return float((x * y + sign * np.sqrt(under)) / size) if size else float(end_x / (2 * y) if y else 0.0)


def _differ(parts: list[pd.DataFrame], score: str) -> float:
    """Return p of a test that outlets have the same precision, or recall; missing where one has no sentence for it."""
    logits, errors = [], []
    for known in parts:
        cells = known[known["_found"].eq(1)] if score == "precision" else known[known["_code"].eq(1)]
        if cells.empty:
            continue
        right = cells["_code"].eq(1) if score == "precision" else cells["_found"].eq(1)
        yes, no = (float(cells.loc[m, "_weight"].sum()) for m in (right, ~right))
        # The variance of the logit of a ratio of weighted sums, sentences being drawn independently.
        share = (yes + 0.5) / (yes + no + 1)
        off = cells["_weight"] * (right.astype(float) - share)
        spread = float((off**2).sum()) / (yes + no) ** 2 + 0.25 / max(len(cells), 1) ** 2
        logits.append(np.log(share / (1 - share)))
        errors.append(spread / (share * (1 - share)) ** 2)
    if len(logits) < 2:
        return float("nan")
    weight = 1 / np.array(errors)
    centre = (weight * logits).sum() / weight.sum()
    return float(stats.chi2.sf((weight * (np.array(logits) - centre) ** 2).sum(), len(logits) - 1))
