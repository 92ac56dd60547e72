"""The sample's planted differences are found by the whole path, and what is not planted is left alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from scipy import stats

import mediabias as mb
from mediabias.corpus import Corpus
from mediabias.features import FeatureTables

#: Events that both outlets must cover for a two-sided test over events to reach p below 0.05.
ENOUGH = 6

#: Over three events; in the gold one of the three differences has the other sign, and the tagger, which misses three of the
#: agency's twenty attributions of that event, makes it 0. Its interval, (-0.063, -0.002), is too narrow, as said in `compare`.
_KNOWN = {
    ("quotation__direct", "The Halvany Gazette", "Littoral Press"): 0.5,
    # One or two cues an article: the interval of six events misses 0, the exact test says 0.25.
    ("attribution_verbs__mental", "Ordavian State Broadcasting", "The Vess Tribune"): 0.2,
}


@pytest.fixture(scope="module")
def family(sample_dir: Path, sample_corpus: Corpus) -> pd.DataFrame:
    """The pre-declared rows of planted.csv with their effects, signed as the rows read."""
    planted = pd.read_csv(sample_dir / "planted.csv")
    planted = planted[planted["column"].str.split("__").str[0].isin(mb.available())]
    tables: FeatureTables = mb.extract(sample_corpus)
    # The BCa interval is the narrowest over few events: it finds the most, and invents the most.
    effects = mb.compare(
        tables.features,
        sample_corpus.articles,
        columns=sorted(set(planted["column"])),
        permute="events",
        interval="bootstrap",
    ).table
    rows = []
    for row in planted.to_dict("records"):
        pair = {row["a"], row["b"]}
        mine = effects[effects["column"] == row["column"]]
        (found,) = [e for e in mine.to_dict("records") if {e["a"], e["b"]} == pair]
        sign = 1 if found["a"] == row["a"] else -1
        low, high = sorted((sign * found["ci_low"], sign * found["ci_high"]))
        rows.append(row | {"estimate": sign * found["estimate"], "low": low, "high": high, "p": found["p"]})
    return pd.DataFrame(rows)


def test_every_planted_difference_has_its_sign_and_an_interval_without_zero(family: pd.DataFrame) -> None:
    there = family[family["sign"] == "+"]
    assert len(there) > 30
    missed = there[(there["estimate"] <= 0) | (there["low"] <= 0)]
    assert missed.empty, missed.to_string()


def test_what_is_not_planted_is_left_alone(family: pd.DataFrame) -> None:
    absent = family[family["sign"] == "0"]
    assert len(absent) > 12
    invented = absent[(absent["low"] > 0) | (absent["high"] < 0)]
    known = invented.set_index(["column", "a", "b"]).index.isin(list(_KNOWN))
    for row in invented[known].itertuples():
        assert row.p >= _KNOWN[row.column, row.a, row.b]
    invented = invented[~known]
    assert invented.empty, invented.to_string()


def test_the_declared_family_separates_the_planted_at_a_false_discovery_rate_of_a_tenth(family: pd.DataFrame) -> None:
    tested = family[family["n_events"] >= ENOUGH]
    discovered = tested[stats.false_discovery_control(tested["p"]) < 0.1]
    assert set(discovered["sign"]) == {"+"}
    assert len(discovered) >= 0.75 * (tested["sign"] == "+").sum()
