"""Which kinds of events an outlet covers less than its other events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, hypergeom

from mediabias.omission.coverage import Coverage

#: Shares of other outlets that cover an event: events of one stratum are compared with each other.
_STRATA = (0.0, 0.6, 0.75, 0.9)
EFFECTS = (
    "outlet", "kind", "events", "covered", "other_events", "other_covered", "share", "share_low", "share_high", "expected",
    "difference", "ci_low", "ci_high", "confidence", "p", "q", "thin",
)  # fmt: skip


def missing_kinds(
    coverage: Coverage,
    kinds: Mapping[str, Sequence[str]] | pd.DataFrame,
    *,
    least: float = 0.5,
    least_events: int = 5,
    resamples: int = 2000,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Say which kinds of events an outlet covers less, or more, than its other events of the same size.

    Parameters
    ----------
    coverage : Coverage
        As from `cover_events`.
    kinds : mapping or DataFrame
        The kinds of each event: ``{event: [kind, ...]}``, or a table with the columns event and kind.
    least : float
        Events that a smaller share of the other outlets covers are left out. The share is of the others alone, so that
        the choice of events does not depend on what the outlet covers.
    least_events : int
        A kind needs that many events of its own and that many others, else it has no row.
    resamples, confidence, seed : int, float, int
        Draws for the interval, its level, and the seed.

    Returns
    -------
    DataFrame
        One row an outlet and kind: events and covered (of the kind), other_events and other_covered, share (of the kind's
        events that the outlet covers; thin cells left out), share_low and share_high (all thin cells not covered, all
        covered), expected (share by the outlet's other events of the same size), difference (share - expected), ci_low,
        ci_high, confidence, p, q (Benjamini-Hochberg over all rows), thin (cells left out).

    Notes
    -----
    Events fall into strata by the share of other outlets that cover them. Within a stratum, under the null hypothesis, the
    outlet's coverage does not depend on the kind: p is exact, given the margins of each stratum (`exact_p`). The interval holds the
    differences between draws of the two shares of each stratum from their Jeffreys posteriors (beta distributions), so that
    it stays open where a kind is covered always or never.

    References
    ----------
    Galtung, J. and Ruge, M. (1965). The structure of foreign news. https://doi.org/10.1177/002234336500200104
    Brown, L., Cai, T. and DasGupta, A. (2001). Interval estimation for a binomial proportion (Jeffreys' interval).
    https://doi.org/10.1214/ss/1009213286

    Examples
    --------
    >>> cells = {o: pd.array([True] * 24, "boolean") for o in ("Echo", "Post", "Star")}
    >>> cells["Star"] = pd.array([True] * 12 + [False] * 12, "boolean")
    >>> names = [f"e{n:02}" for n in range(24)]
    >>> made = Coverage(pd.DataFrame(cells), pd.DataFrame({"event": names}), pd.DataFrame())
    >>> table = missing_kinds(made, {e: ["strike" if n >= 12 else "vote"] for n, e in enumerate(names)}, resamples=200)
    >>> table.loc[table["outlet"] == "Star", ["kind", "share", "expected"]].values.tolist()
    [['strike', 0.0, 1.0], ['vote', 1.0, 0.0]]
    """
    by_kind = _memberships(kinds, list(coverage.events["event"]))
    rng = np.random.default_rng(seed)
    rows = []
    for outlet in coverage.covered.columns:
        share = coverage.share_of_others(outlet)[1]
        cells = coverage.covered[outlet]
        known = cells.notna().to_numpy()
        y = cells.fillna(False).to_numpy(dtype=bool).astype(float)
        eligible = share >= least
        stratum = np.digitize(share, _STRATA)
        for kind, member in by_kind.items():
            use = eligible & known
            inside, outside = use & member, use & ~member
            if min(inside.sum(), outside.sum()) < least_events:
                continue
            thin = int((eligible & member & ~known).sum())
            rows.append(
                {
                    "outlet": outlet,
                    "kind": kind,
                    **_test(y[use], member[use], stratum[use], rng, resamples, confidence),
                    "share_low": y[inside].sum() / (inside.sum() + thin),
                    "share_high": (y[inside].sum() + thin) / (inside.sum() + thin),
                    "thin": thin,
                }
            )
    table = pd.DataFrame(rows, columns=list(EFFECTS))
    table["confidence"] = confidence
    tested = table["p"].notna()
    if tested.any():
        table.loc[tested, "q"] = false_discovery_control(table.loc[tested, "p"].to_numpy(float))
    return table.sort_values(["q", "p", "outlet", "kind"], ignore_index=True)


def _memberships(kinds: Mapping[str, Sequence[str]] | pd.DataFrame, events: list[str]) -> dict[str, np.ndarray]:
    if isinstance(kinds, pd.DataFrame):
        pairs = list(zip(kinds["event"], kinds["kind"], strict=True))
    else:
        pairs = [(e, k) for e, many in kinds.items() for k in many]
    place = {e: n for n, e in enumerate(events)}
    out: dict[str, np.ndarray] = {}
    for event, kind in sorted(pairs):
        if event in place:
            out.setdefault(kind, np.zeros(len(events), dtype=bool))[place[event]] = True
    return out


def exact_p(strata: Sequence[tuple[np.ndarray, np.ndarray]]) -> float:
    """Return the two-sided exact p of stratified two-by-two tables, given their margins.

    Parameters
    ----------
    strata : sequence of (array, array)
        The outcomes, 0 or 1, of both groups in each stratum.

    Returns
    -------
    float
        Probability of all totals of the first group that are no likelier than the one seen.

    References
    ----------
    Mantel, N. and Haenszel, W. (1959). Statistical aspects of the analysis of data from retrospective studies of disease.
    https://doi.org/10.1093/jnci/22.4.719

    Examples
    --------
    >>> round(exact_p([(np.array([1, 1, 1, 0]), np.array([1, 0, 0, 0]))]), 4)  # Fisher's tea
    0.4857
    """
    likely, seen = np.ones(1), 0
    for first, second in strata:
        both = int(first.sum() + second.sum())
        low, high = max(0, both - len(second)), min(both, len(first))
        pmf = hypergeom.pmf(np.arange(low, high + 1), len(first) + len(second), both, len(first))
        likely = np.convolve(likely, pmf)
        seen += int(first.sum()) - low
    return float(min(1.0, likely[likely <= likely[seen] * (1 + 1e-9)].sum()))


def _test(
    y: np.ndarray, member: np.ndarray, stratum: np.ndarray, rng: np.random.Generator, resamples: int, confidence: float
) -> dict[str, float]:
    """Return the difference between a kind and the outlet's other events of the same strata, its interval and p."""
    cells = [np.flatnonzero(stratum == s) for s in np.unique(stratum)]
    # A stratum with members alone, or without any, says nothing of a difference.
    cells = [c for c in cells if 0 < member[c].sum() < len(c)]
    counts = {
        "events": int(member.sum()),
        "covered": int(y[member].sum()),
        "other_events": int((~member).sum()),
        "other_covered": int(y[~member].sum()),
        "share": float(y[member].mean()),
    }
    if not cells:
        return {**counts, **dict.fromkeys(("expected", "difference", "ci_low", "ci_high", "p", "q"), np.nan)}
    weights = np.array([member[c].sum() for c in cells], dtype=float)
    observed = np.array([y[c][member[c]].mean() - y[c][~member[c]].mean() for c in cells])
    difference = float(weights @ observed / weights.sum())
    drawn = np.zeros(resamples)
    for c, w in zip(cells, weights, strict=True):
        a, b = y[c][member[c]], y[c][~member[c]]
        # Jeffreys' prior on either share keeps the interval open where a kind is covered always or never.
        drawn += w * (
            rng.beta(a.sum() + 0.5, len(a) - a.sum() + 0.5, resamples)
            - rng.beta(b.sum() + 0.5, len(b) - b.sum() + 0.5, resamples)
        )
    drawn /= weights.sum()
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
    return {
        **counts,
        "expected": float(y[member].mean() - difference),
        "difference": difference,
        "ci_low": float(min(low, difference)),
        "ci_high": float(max(high, difference)),
        "p": exact_p([(y[c][member[c]], y[c][~member[c]]) for c in cells]),
        "q": np.nan,
    }
