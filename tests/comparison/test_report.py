from __future__ import annotations

import pandas as pd

from mediabias.comparison import Comparison, compare, differences


def test_the_summary_tells_direction_size_interval_and_ground(tables):
    features, articles = tables(
        [(o, f"e{i}", 12.0 + i % 2 if o == "Tab" else 2.0) for i in range(8) for o in ("Broad", "Tab")]
    )
    text = compare(features, articles, interval="bootstrap").summary(units={"verbs__accusing": "per 1,000 words"})
    assert text.splitlines()[0] == "1 of 1 difference that could be tested has q below 0.05."
    assert all(len(line) <= 100 for line in text.splitlines())
    text = " ".join(text.split())
    assert "Broad is 10.50 below Tab on verbs: accusing, per 1,000 words (95% CI -10.88 to -10.12, q" in text
    assert "q = 0.0078; 8 events, 16 articles)" in text


def test_the_summary_warns_of_few_events_and_tells_nothing_where_nothing_stands_out(tables):
    text = compare(*tables([(o, e, 3.0) for o in "AB" for e in "xyz"])).summary()
    assert text.startswith("No difference could be tested")  # every article has the same number
    assert "rest on fewer than 6 events (fewest: 3)" in text


def test_the_summary_counts_only_what_could_be_tested(tables):
    text = compare(*tables([("A", "x", 9.0), ("B", "x", 1.0), ("C", "x", 1.0), ("C", "x", 2.0)])).summary()
    assert text.startswith("0 of 2 differences that could be tested have q below 0.05.")


def test_shares_are_told_in_points_and_a_missing_interval_is_named(tables):
    features, articles = tables([("A", "x", 0.75), *[("B", "x", v / 100) for v in range(50)]])
    text = compare(features, articles).summary(units={"verbs__accusing": "share of cues"})
    assert "A is 50.50 points above B on verbs: accusing, share of cues (no interval, q = 0.039; 1 events" in text


def test_the_report_holds_the_effects_and_what_they_came_from(tables, tmp_path):
    features, articles = tables([(o, e, float(i)) for i, (o, e) in enumerate((o, e) for o in "ABC" for e in "xyz")])
    found = compare(features, articles, seed=3, resamples=99)
    folder = tmp_path / "new" / "folder"
    found.save(folder)
    back = Comparison.load(folder)
    pd.testing.assert_frame_equal(back.table, found.table, check_dtype=False)
    pd.testing.assert_frame_equal(back.differences, found.differences, check_dtype=False)
    assert back.design == found.design and back.summary() == found.summary()
    parts = pd.read_csv(folder / "differences.csv")
    pd.testing.assert_frame_equal(parts, differences(features, articles), check_dtype=False)
    report = (folder / "report.md").read_text(encoding="utf-8")
    assert "- seed: 3" in report
    assert "0 of 3 differences" in report
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    compare(features, articles, seed=3, resamples=99).save(folder)
    assert before == {p.name: p.read_bytes() for p in folder.iterdir()}


def test_the_summary_stops_at_the_most_telling(tables):
    features, articles = tables([(o, f"e{i}", 9.0 if o == "A" else 0.0) for i in range(8) for o in "AB"])
    features = features.assign(**{f"verbs__{i}": features.verbs__accusing for i in range(4)})
    lines = compare(features, articles).summary(most=2).splitlines()
    assert len(lines) == 4
    assert lines[-1] == "3 more are in the table."
