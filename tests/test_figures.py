from __future__ import annotations

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

from mediabias import figures
from mediabias.comparison import Design, compare
from mediabias.errors import TableError

OUTLETS = (
    "Al Meridian English",
    "BBN",
    "Daily Tab",
    "Deutsche Rundschau International",
    "The Courier",
    "Wire-like Agency",
)
EVENTS = (
    "budget vote",
    "court verdict on a protester",
    "drone strike on a refinery",
    "prisoner exchange",
    "summit",
    "toll",
)


@pytest.fixture(autouse=True)
def headless():
    mpl.use("Agg")
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def tables():
    """Make six outlets with long names, six events, up to three articles each, and all labels of three features."""
    rng = np.random.default_rng(0)
    rows = [(o, e) for o in OUTLETS for e in EVENTS for _ in range(rng.integers(0 if o == "BBN" else 1, 4))]
    articles = pd.DataFrame(rows, columns=["outlet", "event"])
    articles.insert(0, "article_id", [f"a{i:03}" for i in range(len(rows))])
    articles["copy_of"] = np.where(rng.random(len(rows)) < 0.2, "elsewhere", "")
    names = [f"source_labels__type_{x}" for x in figures.SOURCE_TYPES]
    names += [f"attribution_verbs__{x}" for x in figures.CUE_CLASSES] + [
        f"self_description__{x}" for x in figures.CLAIMS
    ]
    features = pd.DataFrame(rng.gamma(0.8, 2, (len(rows), len(names))), columns=names)
    features.loc[articles.outlet == "Daily Tab", "attribution_verbs__accusing"] += 5
    for prefix in ("source_labels", "attribution_verbs"):
        group = features.columns[features.columns.str.startswith(prefix)]
        features[group] = features[group].div(features[group].sum(axis=1), axis=0)
    features.insert(0, "article_id", articles["article_id"])
    return features, articles


@pytest.fixture(scope="module")
def effects(tables):
    columns = [f"attribution_verbs__{x}" for x in ("accusing", "denying", "hedged")]
    return compare(*tables, columns=columns, copies="keep", resamples=999).table


DRAWN = {
    "effects": lambda f, a, e: figures.effects(e, columns=["attribution_verbs__accusing"]),
    "effects of a baseline": lambda f, a, e: figures.effects(e, baseline="BBN"),
    "effects of a pair": lambda f, a, e: figures.effects(e[(e.a == "BBN") & (e.b == "Daily Tab")]),
    "source_profile": lambda f, a, e: figures.source_profile(f, a),
    "verb_profile": lambda f, a, e: figures.verb_profile(f, a),
    "self_description_profile": lambda f, a, e: figures.self_description_profile(f, a),
    "corpus_overview": lambda f, a, e: figures.corpus_overview(a),
}  # fmt: skip


def boxes(ax):
    """Draw, and return the extent of every text that is seen."""
    figure = ax.get_figure(root=True)
    figure.canvas.draw()
    # matplotlib keeps tick labels beyond the ends of an axis, and doesn't draw them
    x0, x1 = sorted(ax.get_xlim())
    beyond = {id(t.label1) for t in ax.xaxis.get_major_ticks() if not x0 <= t.get_loc() <= x1}
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip() and id(t) not in beyond]
    return [(t.get_text(), t.get_window_extent()) for t in texts]


@pytest.mark.parametrize("name", DRAWN)
def test_no_text_is_cut_off_or_runs_into_another(tables, effects, name):
    ax = DRAWN[name](*tables, effects)
    whole = ax.get_figure(root=True).bbox
    found = boxes(ax)
    assert len(found) > 10
    for text, box in found:
        inside = (box.x0 >= whole.x0, box.y0 >= whole.y0, box.x1 <= whole.x1, box.y1 <= whole.y1)
        assert all(inside), f"{text!r} is cut off"
    for i, (one, a) in enumerate(found):
        for other, b in found[i + 1 :]:
            assert not a.padded(-1).overlaps(b.padded(-1)), f"{one!r} runs into {other!r}"
    # Neither small nor large.
    words = [t for t in ax.get_figure(root=True).findobj(Text) if t.get_text().strip()]
    assert all(7.5 <= t.get_size() <= 10 for t in words)


@pytest.mark.parametrize("name", ["effects", "source_profile", "corpus_overview"])
def test_the_same_tables_give_the_same_bytes(tables, effects, tmp_path, name):
    drawn = [DRAWN[name](*tables, effects) for _ in range(2)]
    for suffix in ("png", "pdf", "svg"):
        one, two = (figures.save(ax, tmp_path / f"{i}.{suffix}").read_bytes() for i, ax in enumerate(drawn))
        assert one == two, suffix
        assert len(one) > 1000
        assert mpl.__version__.encode() not in one


def test_the_look_is_left_as_it_was(tables):
    before = dict(mpl.rcParams)
    figures.verb_profile(*tables)
    assert dict(mpl.rcParams) == before


def test_what_is_clear_is_filled_and_what_is_not_is_hollow(effects):
    table = effects.assign(q=np.where(effects.column.str.endswith("accusing"), 0.01, 0.5))
    ax = figures.effects(table, baseline="BBN")
    markers = [line for line in ax.lines if line.get_marker() == "o"]
    hollow = [to_hex(m.get_markerfacecolor()) == "#ffffff" for m in markers]
    assert hollow == [False] * 5 + [True] * 10
    legend = [t.get_text() for t in ax.get_figure(root=True).legends[0].get_texts()]
    assert legend == ["q < 0.05", "q ≥ 0.05"]


def test_each_difference_stands_at_its_number_with_its_interval_and_its_counts(effects):
    table = effects[effects.column.str.endswith("accusing")]
    ax = figures.effects(table)
    rows = {label.get_text(): y for y, label in enumerate(ax.get_yticklabels())}
    bars, markers = ([line for line in ax.lines if line.get_marker() == m] for m in ("None", "o"))
    bars = [b for b in bars if b.get_linewidth() > 1]  # and not the line at zero
    beside = {t.get_position()[1]: t.get_text().strip() for t in ax.texts}
    for row, bar, marker in zip(table.itertuples(), bars, markers, strict=True):
        y = rows[f"{row.a} − {row.b}"]
        assert marker.get_xydata().tolist() == [[row.estimate, y]]
        assert bar.get_xydata().tolist() == [[row.ci_low, y], [row.ci_high, y]]
        assert marker.get_color() == bar.get_color()
        assert beside[y] == f"{row.n_events} / {row.n_articles}" + " ‡" * bool(row.conflict)
    low, high = ax.get_xlim()
    assert low < table.ci_low.min() and table.ci_high.max() < high
    assert ax.get_ylim() == (len(rows) - 0.4, -0.6)
    (zero,) = (line for line in ax.lines if line.get_linewidth() < 1)
    assert zero.get_xdata() == [0, 0]


def test_a_baseline_is_what_is_taken_away(effects):
    ax = figures.effects(effects, columns=["attribution_verbs__accusing"], baseline="Daily Tab")
    drawn = {round(float(line.get_xdata()[0]), 9) for line in ax.lines if line.get_marker() == "o"}
    rows = effects[effects.column.str.endswith("accusing")]
    expected = [r.estimate if r.b == "Daily Tab" else -r.estimate for r in rows.itertuples()
                if "Daily Tab" in (r.a, r.b)]  # fmt: skip
    assert drawn == {round(x, 9) for x in expected}
    assert all(x < 0 for x in drawn)
    labels = [t.get_text() for t in ax.get_yticklabels()]
    assert labels == ["accusing", *(o for o in OUTLETS if o != "Daily Tab")]


def test_effects_that_could_not_be_found_say_why(tables):
    features, articles = tables
    articles = articles[articles.outlet.isin(["BBN", "Daily Tab", "The Courier"])].copy()
    articles.loc[articles.outlet == "BBN", "event"] = "only here"
    articles = articles.drop_duplicates(["outlet", "event"])
    articles = articles[articles.event.isin(["only here", "summit"])]
    features = features[features.article_id.isin(articles.article_id)]
    ax = figures.effects(compare(features, articles, columns=["attribution_verbs__accusing"], copies="keep").table)
    said = [t.get_text().strip() for t in ax.texts]
    assert said.count("none in common") == 2
    assert "1 / 2" in said
    assert [line.get_marker() for line in ax.lines if line.get_marker() != "None"] == ["D"]
    assert [t.get_text() for t in ax.get_figure(root=True).legends[0].get_texts()] == ["no interval"]


def test_each_bar_of_sources_is_whole_and_keeps_the_order(tables):
    ax = figures.source_profile(*tables)
    totals = pd.Series(0.0, range(len(OUTLETS)))
    for patch in ax.patches:
        totals[round(patch.get_y() + patch.get_height() / 2)] += patch.get_width()
    np.testing.assert_allclose(totals, 1.0)
    legend = [t.get_text() for t in ax.get_figure(root=True).legends[0].get_texts()]
    assert legend == [x.replace("_", " ") for x in figures.SOURCE_TYPES]
    counts = [t.get_text() for t in ax.texts if t.get_text().startswith("n = ")]
    assert counts == [f"n = {n}" for n in tables[1].outlet.value_counts().sort_index()]


def test_a_part_of_a_bar_begins_where_the_last_one_ends_and_has_the_colour_of_its_label(tables):
    features, articles = tables
    shares = features.filter(like="source_labels__type_").groupby(articles.outlet).mean()
    shares = shares.div(shares.sum(axis=1), axis=0)
    ax = figures.source_profile(features, articles)
    parts = iter(ax.patches)
    left = np.zeros(len(OUTLETS))
    for label, (color, hatch) in figures.SOURCE_TYPES.items():
        for row, outlet in enumerate(OUTLETS):
            part = next(parts)
            share = shares.loc[outlet, f"source_labels__type_{label}"]
            assert (part.get_x(), part.get_width()) == pytest.approx((left[row], share))
            assert part.get_y() + part.get_height() / 2 == pytest.approx(row)
            assert to_hex(part.get_facecolor()) == to_hex(color) and part.get_hatch() == hatch
            left[row] += share
    assert next(parts, None) is None
    inside = [t for t in ax.texts if t.get_text().endswith("%")]
    middles = {(round(p.get_x() + p.get_width() / 2, 9), round(p.get_y() + p.get_height() / 2, 9)): p.get_width()
               for p in ax.patches}  # fmt: skip
    for text in inside:
        assert text.get_text() == f"{middles[tuple(round(float(x), 9) for x in text.get_position())]:.0%}"
    assert len(inside) > len(OUTLETS) and ax.get_xlim() == (0, 1)


def test_an_outlet_without_sources_says_so(tables):
    features, articles = tables
    features = features.copy()
    features.loc[(articles.outlet == "BBN").to_numpy(), features.columns.str.startswith("source")] = 0.0
    texts = figures.source_profile(features, articles).texts
    assert [t.get_position()[1] for t in texts if t.get_text() == "no source found"] == [OUTLETS.index("BBN")]


@pytest.mark.parametrize(
    ("draw", "prefix", "labels"),
    [
        (figures.verb_profile, "attribution_verbs__", figures.CUE_CLASSES),
        (figures.self_description_profile, "self_description__", figures.CLAIMS),
    ],
)
def test_a_cell_says_the_mean_of_its_outlets_articles_and_is_the_darker_for_it(tables, draw, prefix, labels):
    features, articles = tables
    ax = draw(features, articles)
    means = features[[f"{prefix}{x}" for x in labels]].groupby(articles.outlet).mean().T.to_numpy()
    form = "{:.0%}" if prefix == "attribution_verbs__" else "{:.1f}"
    assert [t.get_text() for t in ax.texts] == [form.format(x) for x in means.ravel()]
    assert [t.get_position() for t in ax.texts] == [(j + 0.5, i + 0.5) for i, j in np.ndindex(means.shape)]
    assert [t.get_text().removesuffix(" †") for t in ax.get_yticklabels()] == [x.replace("_", " ") for x in labels]
    assert [t.get_text().split("\n")[0].split()[0] for t in ax.get_xticklabels()] == [o.split()[0] for o in OUTLETS]
    (cells,) = ax.collections
    np.testing.assert_allclose(np.asarray(cells.get_array()).ravel(), means.ravel())
    ax.get_figure(root=True).canvas.draw()
    light = cells.get_facecolors()[:, :3].sum(axis=1)
    order = np.argsort(means.ravel(), kind="stable")
    assert (np.diff(light[order]) <= 1e-9).all() and light[order[0]] > light[order[-1]]


def test_a_cell_of_the_overview_counts_the_articles(tables):
    _, articles = tables
    ax = figures.corpus_overview(articles)
    counts = articles.groupby(["event", "outlet"]).size().unstack(fill_value=0).reindex(EVENTS)[list(OUTLETS)]
    assert [t.get_text().split("\n")[0] for t in ax.texts] == [str(n or "–") for n in counts.to_numpy().ravel()]
    copies = articles[articles.copy_of != ""].groupby(["event", "outlet"]).size().unstack(fill_value=0)
    copies = copies.reindex(index=list(EVENTS), columns=list(OUTLETS), fill_value=0)
    assert [t.get_text().count("○") for t in ax.texts] == copies.to_numpy().ravel().tolist()


def test_undefined_means_are_a_dash():
    features = pd.DataFrame({"article_id": ["a", "b"], "quotation__scare": [0.25, np.nan]})
    articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"]})
    assert [t.get_text() for t in figures.profile(features, articles, "quotation__").texts] == ["0.25", "–"]


def test_numbers_stand_out_from_their_cells(tables):
    ax = figures.verb_profile(*tables)
    ax.get_figure(root=True).canvas.draw()
    faces = ax.collections[0].get_facecolors()

    def luminance(color):
        rgb = np.array(mpl.colors.to_rgb(color))
        return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722]

    for face, text in zip(faces, ax.texts, strict=True):
        dark, light = sorted((luminance(face), luminance(text.get_color())))
        assert (light + 0.05) / (dark + 0.05) > 3.8


def test_only_labels_that_were_asked_for_are_drawn_in_their_order(tables):
    ax = figures.verb_profile(*tables, labels=["hedged", "accusing"])
    assert [t.get_text() for t in ax.get_yticklabels()] == ["hedged", "accusing"]


def test_figures_draw_on_the_axes_that_they_are_given(tables, effects):
    figure, axes = plt.subplots(2, 2, layout="constrained", figsize=(12, 9))
    given = [figures.effects(effects, axes[0, 0], baseline="BBN"), figures.source_profile(*tables, axes[0, 1]),
             figures.verb_profile(*tables, axes[1, 0]), figures.corpus_overview(tables[1], axes[1, 1])]  # fmt: skip
    assert given == list(axes.ravel())
    assert plt.get_fignums() == [figure.number]


def test_many_outlets_stay_legible(tables):
    features, articles = tables
    twice = pd.concat([articles.assign(outlet=articles.outlet + f" {i}") for i in (1, 2)], ignore_index=True)
    features = pd.concat([features, features], ignore_index=True)
    twice["article_id"] = features["article_id"] = [f"b{i}" for i in range(len(twice))]
    ax = figures.verb_profile(features, twice)
    whole = ax.get_figure(root=True).bbox
    assert all(b.x1 <= whole.x1 and b.y1 <= whole.y1 for _, b in boxes(ax))


def test_all_figures_that_the_tables_allow_are_written(tables, effects, tmp_path):
    features, articles = tables
    more = features.assign(voice__passive=features["attribution_verbs__mental"])
    table = compare(more, articles, copies="keep", resamples=99, pairs=[("BBN", "Daily Tab")]).table
    files = figures.write_all(table, more, articles, tmp_path / "new", ["svg"])
    names = ("attribution_verbs", "self_description", "source_labels", "voice")
    expected = ["corpus", *(f"effects_{n}" for n in names), *(f"profile_{n}" for n in names)]
    assert [f.name for f in files] == [f"{n}.svg" for n in expected]
    assert all(f.stat().st_size > 1000 for f in files)
    assert plt.get_fignums() == []
    across = compare(more, articles, within=None, columns=["voice__passive"], copies="keep", resamples=99).table
    assert [f.stem for f in figures.write_all(across, more, articles, tmp_path, design=Design(within=None))] == [
        "effects_voice",
        "profile_voice",
    ]


def test_copies_are_marked():
    articles = pd.DataFrame(
        {"outlet": ["A"] * 7 + ["B"], "event": ["x"] * 6 + ["y", "y"], "copy_of": ["o"] * 5 + [""] * 3}
    )
    ax = figures.corpus_overview(articles)
    assert [t.get_text() for t in ax.texts] == ["6\n○ × 5", "–", "1", "1"]
    assert "copy" in ax.get_xlabel()
    assert figures.corpus_overview(articles.assign(copy_of="")).get_xlabel() == ""


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda f, a, e: figures.effects(e, columns=["voice__passive"]), "no feature 'voice__passive'"),
        (lambda f, a, e: figures.effects(e, baseline="Nobody"), "no row to draw with baseline 'Nobody'"),
        (lambda f, a, e: figures.effects(e.drop(columns="q")), "effects lacks the column 'q'"),
        (lambda f, a, e: figures.effects(e[:0]), "no row to draw"),
        (lambda f, a, e: figures.profile(f, a, "voice__"), "features lacks the column 'voice__*'"),
        (lambda f, a, e: figures.verb_profile(f, a, labels=["acusing"]), "nearest: attribution_verbs__accusing"),
        (lambda f, a, e: figures.source_profile(f, a, by="publisher"), "articles lacks the column 'publisher'"),
        (lambda f, a, e: figures.corpus_overview(a.assign(event="")), "run `mediabias events` first"),
    ],
)  # fmt: skip
def test_tables_that_cannot_be_drawn_are_refused_with_the_mend(tables, effects, draw, message):
    with pytest.raises(TableError) as error:
        draw(*tables, effects)
    assert message in str(error.value)


def test_with_many_outlets_a_figure_keeps_its_size_and_says_what_it_leaves_out():
    outlets = [f"Outlet {i:02d}" for i in range(38)]
    articles = pd.DataFrame({"article_id": [f"a{i}" for i in range(38 * 50)]})
    articles["outlet"] = [outlets[i % 38] for i in articles.index]
    articles["event"] = [f"event-{i // 38:02d}" for i in articles.index]
    articles["copy_of"] = ""
    features = pd.DataFrame({"article_id": articles["article_id"], "attribution_verbs__neutral": 0.5})
    features["source_labels__type_expert"] = 1.0
    for draw in (figures.verb_profile, figures.source_profile):
        ax = draw(features, articles)
        assert max(ax.figure.get_size_inches()) < 12
        assert any("12 of 38 outlets" in t for t in (ax.get_title(loc="left"), ax.get_title(), ax.get_xlabel()))
    ax = figures.corpus_overview(articles)
    assert any(
        "n = 50" in t.get_text() for t in ax.get_xticklabels()
    )  # the outlet's total, not that of the events drawn
    assert max(ax.figure.get_size_inches()) < 14 and "40 of 50 events" in ax.get_title(loc="left") + ax.get_title()
    plt.close("all")


def test_hundreds_of_effects_are_cut_to_a_page_and_counted():
    rows = [dict(column="v__a", a=f"A{i:03d}", b="B", estimate=i / 703, ci_low=0.0, ci_high=1.0,
                 q=1 - i / 703, n_events=9, n_articles=18) for i in range(703)]  # fmt: skip
    ax = figures.effects(pd.DataFrame(rows))
    assert ax.figure.get_size_inches()[1] < 12
    assert "45 of 703 differences" in ax.get_xlabel()
    assert "A702 − B" in [t.get_text() for t in ax.get_yticklabels()]
    plt.close("all")


def test_signs_that_the_font_lacks_are_named_once(tables, tmp_path):
    features, articles = tables
    named = articles.assign(outlet=articles["outlet"].replace("BBN", "人民"))
    column = ["attribution_verbs__accusing"]
    table = compare(features, named, columns=column, copies="keep", resamples=99).table
    with pytest.warns(UserWarning, match=r"lacks 2 signs \(人民\)") as caught:
        figures.write_all(table, features[["article_id", *column]], named, tmp_path)
    assert len(caught) == 1
