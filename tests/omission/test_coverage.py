"""Events that an outlet does not cover: thin collections, planted avoidance, none where there is none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import mediabias as mb
from mediabias.corpus import Corpus
from mediabias.errors import TableError
from mediabias.omission.coverage import Coverage
from tests.benchmarks.avoidance import simulate


def made(days: dict[str, dict[str, str]]) -> Corpus:
    """A corpus of one article for each outlet, event and day."""
    return Corpus(
        mb.Article.from_text(f"{event} at {outlet}", f"{outlet}-{event}", outlet=outlet, event=event, published=day)
        for outlet, events in days.items()
        for event, day in events.items()
    )


def daily(skip: str = "", until: int = 28) -> dict[str, str]:
    return {f"e{n:02}": f"2024-03-{n:02}" for n in range(1, until + 1) if f"e{n:02}" != skip}


def test_a_missed_event_is_missed_and_not_thin():
    coverage = mb.cover_events(made({"Post": daily(), "Echo": daily(), "Star": daily(skip="e10")}))
    found = coverage.missed("Star")
    assert found[["event", "others", "of"]].values.tolist() == [["e10", 2, 2]]
    assert found["article_ids"][0] == ["Echo-e10", "Post-e10"]


def test_days_without_any_article_are_thin_and_not_missed():
    coverage = mb.cover_events(made({"Post": daily(), "Echo": daily(), "Star": daily(until=14)}))
    cells = coverage.covered["Star"]
    assert cells.iloc[20:].isna().all() and cells.iloc[:14].all()
    assert "e25" not in set(coverage.missed("Star")["event"])


def test_too_little_to_compare_is_an_error():
    with pytest.raises(TableError, match="three are needed"):
        mb.cover_events(made({"Post": daily(), "Echo": daily()}))
    with pytest.raises(TableError, match=r"mb\.group"):
        mb.cover_events(Corpus([mb.Article.from_text("It rains.", "a", outlet="Post")]))
    with pytest.raises(TableError, match="no outlet 'Sun'"):
        mb.cover_events(made({o: daily() for o in ("A", "B", "C")})).missed("Sun")


def test_planted_avoidance_is_found():
    table = simulate(seed=1, avoidance=3.0, resamples=500)
    top = table.iloc[0]
    assert (top["outlet"], top["kind"]) == ("o0", "k0")
    assert top["q"] < 0.05 and top["ci_high"] < 0 and top["difference"] < 0


def test_unequal_rates_alone_are_no_avoidance():
    tables = [simulate(seed=seed, avoidance=0.0, resamples=300) for seed in range(4)]
    p = np.concatenate([t["p"].dropna() for t in tables])
    assert (p < 0.05).mean() < 0.12
    assert sum((t["q"] < 0.05).any() for t in tables) <= 1


def test_exact_p_is_fishers_in_one_stratum():
    from scipy.stats import fisher_exact

    from mediabias.omission.avoidance import exact_p

    rng = np.random.default_rng(5)
    for _ in range(20):
        a, b = rng.integers(0, 2, rng.integers(2, 20)), rng.integers(0, 2, rng.integers(2, 20))
        table = [[a.sum(), len(a) - a.sum()], [b.sum(), len(b) - b.sum()]]
        assert exact_p([(a, b)]) == pytest.approx(fisher_exact(table).pvalue)


def test_thin_cells_give_bounds():
    cells = {o: pd.array([True] * 20, "boolean") for o in ("A", "B", "C")}
    cells["C"] = pd.array([True] * 8 + [None] * 2 + [True] * 10, "boolean")
    names = [f"e{n:02}" for n in range(20)]
    coverage = Coverage(pd.DataFrame(cells), pd.DataFrame({"event": names}), pd.DataFrame())
    table = mb.missing_kinds(coverage, {e: ["early" if n < 10 else "late"] for n, e in enumerate(names)}, resamples=100)
    row = table[(table["outlet"] == "C") & (table["kind"] == "early")].iloc[0]
    assert (row["share"], row["share_low"], row["share_high"], row["thin"]) == (1.0, 0.8, 1.0, 2)


def test_kinds_of_the_sample(sample_corpus):
    kinds = mb.event_kinds(sample_corpus, topics=3)
    assert set(kinds["event"]) == {a.event for a in sample_corpus if a.event}
    assert {k.partition(":")[0] for k in kinds["kind"]} >= {"size"}
    pd.testing.assert_frame_equal(kinds, mb.event_kinds(Corpus(list(sample_corpus)[::-1]), topics=3))


def test_the_figure_tells_the_three_states():
    coverage = mb.cover_events(made({"Post": daily(), "Echo": daily(skip="e03"), "Star": daily(until=14)}))
    ax = mb.figures.event_coverage(coverage)
    assert set(mb.figures.to_table(ax)["covered"]) == {"yes", "no", "thin"}
    assert "Echo covers 27 of 28" in mb.figures.alt_text(ax)
