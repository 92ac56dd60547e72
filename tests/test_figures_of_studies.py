"""Figures of words, actors, power, agreement, specifications and time: what they show, and the numbers and words kept with them."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from mediabias import figures
from mediabias.errors import TableError


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


WORDS = pd.DataFrame(
    [("claim", "Post", 1.2, 3.0, 0.4, 1.9, 0.01, 9, 7), ("rain", "Post", 0.1, 0.4, -0.5, 0.6, 0.7, 8, 8), ("say", "Post", -0.8, -2.0, -1.1, -0.2, 0.04, 30, 20)],
    columns=["word", "group", "log_odds", "z", "ci_low", "ci_high", "q", "count", "articles"],
)  # fmt: skip
NAMES = pd.DataFrame({"event": "flood", "actor": ["front", "front", "mayor"], "kind": "group", "outlet": ["Post", "Echo", "Post"],
                      "name": ["rebels", "separatists", "Mayor Ana Dole"], "n": [3, 2, 1]})  # fmt: skip
POWER = pd.DataFrame([("v__a", n, d, min(1.0, 0.05 + (d - 1) * n / 30)) for n in (10, 40) for d in (1.0, 1.5, 2.0)],
                     columns=["column", "events", "ratio", "power"])  # fmt: skip
CODED = pd.DataFrame({"label": ["passive", "harm"], "units": 90, "percent": [0.9, 1.0], "alpha": [0.75, np.nan],
                      "alpha_low": [0.6, np.nan], "alpha_high": [0.87, np.nan]})  # fmt: skip
CURVE = pd.DataFrame({"engine": ["rules", "tagger"] * 2, "copies": ["keep", "keep", "collapse", "collapse"],
                      "estimate": [0.1, 0.2, 0.3, 0.4], "ci_low": [-0.1, 0.05, 0.1, 0.2], "ci_high": [0.3, 0.35, 0.5, 0.6],
                      "p": 0.1, "n_articles": 20, "n_events": 10, "stands": [False, True, True, True]})  # fmt: skip


def test_words_stand_in_the_order_of_z_with_how_often_they_are_used() -> None:
    ax = figures.log_odds(WORDS, "Post")
    assert [t.get_text() for t in ax.get_yticklabels()] == ["claim", "rain", "say"]
    assert "9 in 7" in [t.get_text() for t in ax.texts]
    filled = [line.get_markerfacecolor() != "white" for line in ax.lines if line.get_marker() == "o"]
    assert filled == [True, False, True]
    with pytest.raises(TableError, match="no group 'Mail' in the table; there are Post"):
        figures.log_odds(WORDS, "Mail")


def test_of_many_words_both_ends_are_drawn() -> None:
    many = pd.concat([WORDS.assign(word=WORDS["word"] + str(n), z=WORDS["z"] + n / 100) for n in range(20)])
    assert len(figures.log_odds(many, "Post", n=5).get_yticklabels()) == 10


def test_actors_stand_side_by_side() -> None:
    ax = figures.actor_labels(NAMES)
    assert [t.get_text() for t in ax.get_xticklabels()] == ["Echo", "Post"]
    assert [t.get_text() for t in ax.texts] == ["separatists 2", "rebels 3", "", "Mayor Ana Dole 1"]
    with pytest.raises(TableError, match="2 events"):
        figures.actor_labels(pd.concat([NAMES, NAMES.assign(event="fire")]))


def test_power_says_where_each_number_of_events_is_enough() -> None:
    ax = figures.power(POWER)
    labels = [t.get_text() for t in ax.get_figure().legends[0].get_texts()]
    assert labels[0] == "10 events (never 80%)" and labels[1].startswith("40 events (80% from 1.6 times")
    with pytest.raises(TableError, match="2 columns"):
        figures.power(pd.concat([POWER, POWER.assign(column="v__b")]))


def test_agreement_that_cannot_be_told_is_said() -> None:
    texts = [t.get_text() for t in figures.agreement(CODED).texts]
    assert "all codes are the same" in texts and "90% of 90" in texts


def test_a_specification_curve_marks_the_choices_of_each_estimate() -> None:
    ax = figures.specification_curve(CURVE)
    assert [t.get_text() for t in ax.get_yticklabels()] == [
        "engine: rules",
        "engine: tagger",
        "copies: collapse",
        "copies: keep",
    ]
    marks = {round(float(line.get_ydata()[0])): list(line.get_xdata()) for line in ax.lines if line.get_marker() == "s"}
    assert marks == {0: [0, 2], 1: [1, 3], 2: [2, 3], 3: [0, 1]}
    assert ax.get_title(loc="left").startswith("3 of 4 intervals")


def test_time_runs_in_steps_with_enough_articles() -> None:
    months = [f"2024-{m:02d}-{d:02d}T08:00:00Z" for m in (1, 2, 3) for d in (1, 5, 9)]
    articles = pd.DataFrame(
        {"article_id": [f"a{n}" for n in range(10)], "outlet": "Post", "published": [*months, "2024-04-01T00:00:00Z"]}
    )
    features = pd.DataFrame({"article_id": articles["article_id"], "v__a": np.arange(10.0)})
    ax = figures.timeline(features, articles, "v__a")
    shown = figures.to_table(ax)
    assert shown["mean"].tolist() == [1.0, 4.0, 7.0] and shown["articles"].tolist() == [3, 3, 3]
    with pytest.raises(TableError, match="no step has 4 articles"):
        figures.timeline(features, articles, "v__a", least=4)
    with pytest.raises(TableError, match="no article has a date"):
        figures.timeline(features, articles.assign(published=""), "v__a")


@pytest.mark.parametrize(
    "draw",
    [lambda: figures.log_odds(WORDS, "Post"), lambda: figures.actor_labels(NAMES), lambda: figures.power(POWER),
     lambda: figures.agreement(CODED), lambda: figures.specification_curve(CURVE)],
)  # fmt: skip
def test_numbers_and_words_are_kept_with_each_figure_and_nothing_is_clipped(draw) -> None:
    ax = draw()
    assert len(figures.to_table(ax)) and len(figures.alt_text(ax)) > 20
    figure = ax.get_figure()
    figure.canvas.draw()
    whole = figure.bbox
    low, high = sorted(ax.get_xlim())
    ticks = [t for t in ax.get_xticklabels() if low <= t.get_position()[0] <= high]
    bottom, top = sorted(ax.get_ylim())
    ticks += [t for t in ax.get_yticklabels() if bottom <= t.get_position()[1] <= top]
    for text in [*ax.texts, *ticks, ax.title]:
        box = text.get_window_extent()
        if text.get_text():
            assert (
                box.x0 >= whole.x0 - 1 and box.x1 <= whole.x1 + 1 and box.y0 >= whole.y0 - 1 and box.y1 <= whole.y1 + 1
            ), text


def test_axes_of_others_have_no_numbers_of_ours() -> None:
    with pytest.raises(KeyError, match="not drawn by"):
        figures.to_table(plt.figure().add_subplot())


def test_what_was_measured_in_several_ways_stands_side_by_side() -> None:
    kinds = ["gold", "extracted", "corrected"]
    table = pd.DataFrame([(o, "voice__passive", k, 0.2 + 0.1 * n, 0.1, 0.5, 40) for o in ("Post", "Echo") for n, k in enumerate(kinds)],
                         columns=["outlet", "column", "kind", "mean", "ci_low", "ci_high", "articles"])  # fmt: skip
    ax = figures.measured(table)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["voice: passive", "Echo", "Post"]
    assert [t.get_text() for t in ax.get_figure().legends[0].get_texts()] == kinds
    assert "extracted is +0.100 from gold on average" in figures.alt_text(ax)
    with pytest.raises(TableError, match="a figure shows 4"):
        figures.measured(pd.concat([table, table.assign(kind="x"), table.assign(kind="y")]))
    with pytest.raises(TableError, match="do not fit a page"):
        figures.measured(pd.concat([table.assign(column=f"v__{n}") for n in range(20)]))


def test_profiles_keep_their_numbers_and_files_say_what_they_show(tmp_path: Path) -> None:
    features = pd.DataFrame({"article_id": ["a", "b"], "voice__passive": [3.0, 5.0], "source_labels__type_expert": [1.0, 0.0],
                             "source_labels__type_citizen": [0.0, 1.0]})  # fmt: skip
    articles = pd.DataFrame(
        {"article_id": ["a", "b"], "outlet": ["Post", "Echo"], "event": "flood", "copy_of": ["b", ""]}
    )
    drawn = [
        figures.profile(features, articles, "voice__"),
        figures.source_profile(features, articles),
        figures.corpus_overview(articles),
    ]
    shown = figures.to_table(drawn[0]).set_index("outlet")["value"]
    assert (shown["Post"], shown["Echo"]) == (3.0, 5.0)
    sources = figures.to_table(drawn[1]).set_index(["outlet", "label"])["value"]
    assert sources["Post", "expert"] == 1.0 and sources["Echo", "expert"] == 0.0
    assert figures.to_table(drawn[2]).set_index("outlet").loc["Post", ["shown", "copies"]].tolist() == [1, 1]
    for kind in ("png", "svg", "pdf"):
        assert "Post: expert 100%" in figures.alt_text(drawn[1])
        written = figures.save(drawn[1], tmp_path / f"f.{kind}").read_bytes()
        assert b"expert 100%" in written
