"""Weighted log-odds with an informative Dirichlet prior."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

import mediabias as mb
from mediabias.comparison.words import log_odds
from mediabias.errors import TableError


def articles(**texts: list[str]) -> list[mb.Article]:
    """Return articles of several outlets."""
    return [mb.Article.from_text(t, f"{o}-{n}", outlet=o) for o, many in texts.items() for n, t in enumerate(many)]


def test_a_case_computed_by_hand() -> None:
    # Post: rain 3, sun 1; Echo: rain 1, sun 5. Prior of size 4: rain 4 * 4/10, sun 4 * 6/10.
    table = log_odds(articles(Post=["rain rain rain sun"], Echo=["rain sun sun sun sun sun"]), within=None)
    row = table[(table["word"] == "rain") & (table["group"] == "Post")].iloc[0]
    a, rest = 1.6, 2.4
    delta = math.log((3 + a) / (1 + rest)) - math.log((1 + a) / (5 + rest))
    assert row.log_odds == pytest.approx(delta)
    assert row.z_words == pytest.approx(delta / math.sqrt(1 / (3 + a) + 1 / (1 + a)))
    assert (row["count"], row.rate, row.rest_rate) == (3, 750.0, pytest.approx(1000 / 6))


def plain(groups: dict[str, str], size: float) -> dict[tuple[str, str], float]:
    """Compute z word by word in plain loops, as another implementation."""
    counts = {g: Counter(t.split()) for g, t in groups.items()}
    every = sum(counts.values(), Counter())
    a0 = size * min(sum(c.values()) for c in counts.values())
    out = {}
    for g, own in counts.items():
        rest = every - own
        n, m = sum(own.values()), sum(rest.values())
        for w in every:
            a = a0 * every[w] / sum(every.values())
            d = math.log((own[w] + a) / (n + a0 - own[w] - a)) - math.log((rest[w] + a) / (m + a0 - rest[w] - a))
            out[w, g] = d / math.sqrt(1 / (own[w] + a) + 1 / (rest[w] + a))
    return out


def test_three_groups_agree_with_another_implementation() -> None:
    rng = np.random.default_rng(5)
    words = [f"w{chr(97 + n)}" for n in range(12)]
    texts = {g: " ".join(rng.choice(words, 60, p=rng.dirichlet(np.ones(12)))) for g in ("A", "B", "C")}
    table = log_odds(articles(**{g: [t] for g, t in texts.items()}), prior=0.5, least=1, within=None)
    wanted = plain(texts, 0.5)
    assert len(table) == len(wanted)
    for row in table.itertuples():
        assert row.z_words == pytest.approx(wanted[row.word, row.group])


def test_a_word_of_one_article_has_a_wide_interval_and_an_uneven_dispersion() -> None:
    made = articles(
        Post=["flood flood flood flood rain", "rain sun", "rain sun", "rain sun"],
        Echo=["rain sun", "sun sun", "sun rain", "rain sun"],
    )
    table = log_odds(made, within=None).set_index(["word", "group"])
    once, even = table.loc[("flood", "Post")], table.loc[("rain", "Post")]
    assert once.z_words > even.z_words and once.z < 1.5 and once.ci_low <= 0
    assert once.dispersion > 0.5 > even.dispersion and once.articles == 1


def test_words_of_a_role_are_those_of_the_attributions() -> None:
    made = articles(
        Post=["“It rains,” the mayor said. The mayor said it was late.", "Dole said so. Orr said no."],
        Echo=["“It rains,” the mayor claimed. The mayor claimed it was late.", "Dole claimed so. Orr claimed no."],
    )
    attributed = list(mb.attribute_all(made))
    verbs = log_odds(attributed, words_of="cue_lemma", within=None)
    assert verbs.groupby("group").head(1)["word"].tolist() == ["claim", "say"]
    with pytest.raises(TableError, match="no attributions"):
        log_odds(made, words_of="cue", within=None)


def test_an_own_prior_draws_words_of_a_reference_together() -> None:
    made = articles(Post=["rain rain rain sun sun"], Echo=["sun sun sun rain rain"])
    own = log_odds(made, prior={"rain": 1000.0, "sun": 1000.0}, within=None)
    free = log_odds(made, prior={"rain": 0.1, "sun": 0.1}, within=None)
    assert own["log_odds"].abs().max() < free["log_odds"].abs().max()


def test_an_own_event_does_not_make_a_word_an_outlets_own() -> None:
    one, two = "strike strike port harbor " * 10, "flood rain water river " * 10
    made = [mb.Article.from_text(t, f"{o}{e}{k}", outlet=o, event=e) for o, e, n, t in
            (("A", "x", 8, one), ("A", "y", 1, two), ("B", "x", 1, one), ("B", "y", 8, two)) for k in range(n)]  # fmt: skip
    within, across = log_odds(made), log_odds(made, within=None)
    assert within["log_odds"].abs().max() < 1e-9 and across["log_odds"].abs().max() > 1


def test_a_word_that_one_outlet_uses_in_every_event_stands() -> None:
    made = [mb.Article.from_text(("claim " * 3 if o == "A" else "say " * 3) + f"port rain sun {'w' * (e + 1)} " * 5, f"{o}{e}", outlet=o,
                                 event=str(e)) for o in "AB" for e in range(12)]  # fmt: skip
    table = log_odds(made).set_index(["word", "group"])
    row = table.loc[("claim", "A")]
    assert row.p < 0.05 and row.ci_low > 0 and row.units == 12
    assert row.z == pytest.approx(row.z_words)  # the same in every event: no less than independent words vary
    assert table.loc[("rain", "A"), "p"] > 0.05 or np.isnan(table.loc[("rain", "A"), "p"])


def test_words_that_burst_are_no_more_often_called_different_than_they_should() -> None:
    rng = np.random.default_rng(1)
    words, p = [f"w{chr(97 + i // 8)}{chr(97 + i % 8)}" for i in range(40)], []
    for _ in range(15):
        base = rng.dirichlet(np.ones(40) * 1.5)
        made = []
        for e in range(20):
            own = rng.dirichlet(base * 60 + 1e-3)
            made += [mb.Article.from_text(" ".join(rng.choice(words, 120, p=rng.dirichlet(own * 30 + 1e-3))), f"{o}{e}",
                                          outlet=o, event=str(e)) for o in "AB"]  # fmt: skip
        table = log_odds(made)
        p += table.loc[table["group"].eq("A"), "p"].dropna().tolist()
    assert np.mean(np.array(p) < 0.05) < 0.08


def test_copies_count_once() -> None:
    made = articles(Post=["alpha epsilon epsilon zeta"] * 4, Echo=["alpha beta gamma delta"] * 2)
    made = [a.replace(copy_of="Post-0" if a.outlet == "Post" and a.article_id != "Post-0" else "") for a in made]
    row = log_odds(made, within=None).set_index(["word", "group"]).loc[("epsilon", "Post")]
    assert (row["count"], row.articles) == (2, 1)


def test_articles_without_events_say_so() -> None:
    with pytest.raises(TableError, match="give within=None"):
        log_odds(articles(Post=["rain rain"], Echo=["sun sun"]))


def test_order_does_not_matter() -> None:
    made = articles(Post=["rain rain sun", "sun rain", "rain"], Echo=["sun sun rain", "sun sun", "rain sun sun"])
    one, other = (log_odds(m, within=None) for m in (made, made[::-1]))
    assert np.allclose(one["z"], other["z"])


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"words_of": "bodies"}, "no zone or role 'bodies'"),
        ({"prior": 0}, "prior=0"),
        ({"words_of": "appeal"}, "no word in"),
    ],
)
def test_what_cannot_be_compared_is_refused(choices: dict, said: str) -> None:
    with pytest.raises(TableError, match=said):
        log_odds(articles(Post=["rain rain"], Echo=["sun sun"]), within=None, **choices)
    with pytest.raises(TableError, match="need two values of 'outlet'"):
        log_odds(articles(Post=["rain rain"]), within=None)
