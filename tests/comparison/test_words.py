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
    table = log_odds(articles(Post=["rain rain rain sun"], Echo=["rain sun sun sun sun sun"]), n_resamples=0)
    row = table[(table["word"] == "rain") & (table["group"] == "Post")].iloc[0]
    a, rest = 1.6, 2.4
    delta = math.log((3 + a) / (1 + rest)) - math.log((1 + a) / (5 + rest))
    assert row.log_odds == pytest.approx(delta)
    assert row.z == pytest.approx(delta / math.sqrt(1 / (3 + a) + 1 / (1 + a)))
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
    table = log_odds(articles(**{g: [t] for g, t in texts.items()}), prior=0.5, least=1, n_resamples=0)
    wanted = plain(texts, 0.5)
    assert len(table) == len(wanted)
    for row in table.itertuples():
        assert row.z == pytest.approx(wanted[row.word, row.group])


def test_a_word_of_one_article_has_a_wide_interval_and_an_uneven_dispersion() -> None:
    made = articles(
        Post=["flood flood flood flood rain", "rain sun", "rain sun", "rain sun"],
        Echo=["rain sun", "sun sun", "sun rain", "rain sun"],
    )
    table = log_odds(made).set_index(["word", "group"])
    once, even = table.loc[("flood", "Post")], table.loc[("rain", "Post")]
    assert once.z > even.z and once.ci_low <= 0
    assert once.dispersion > 0.5 > even.dispersion and once.articles == 1


def test_words_of_a_role_are_those_of_the_attributions() -> None:
    made = articles(
        Post=["“It rains,” the mayor said. The mayor said it was late.", "Dole said so. Orr said no."],
        Echo=["“It rains,” the mayor claimed. The mayor claimed it was late.", "Dole claimed so. Orr claimed no."],
    )
    attributed = list(mb.attribute_all(made))
    verbs = log_odds(attributed, words_of="cue_lemma", n_resamples=0)
    assert verbs.groupby("group").head(1)["word"].tolist() == ["claim", "say"]
    with pytest.raises(TableError, match="no attributions"):
        log_odds(made, words_of="cue")


def test_an_own_prior_draws_words_of_a_reference_together() -> None:
    made = articles(Post=["rain rain rain sun sun"], Echo=["sun sun sun rain rain"])
    own = log_odds(made, prior={"rain": 1000.0, "sun": 1000.0}, n_resamples=0)
    free = log_odds(made, prior={"rain": 0.1, "sun": 0.1}, n_resamples=0)
    assert own["log_odds"].abs().max() < free["log_odds"].abs().max()


def test_seeds_and_order_do_what_they_should() -> None:
    made = articles(Post=["rain rain sun", "sun rain", "rain"], Echo=["sun sun rain", "sun sun", "rain sun sun"])
    one, same, other = (log_odds(m, n_resamples=5, seed=s) for m, s in ((made, 1), (made, 1), (made, 2)))
    assert one.equals(same) and not one["ci_low"].equals(other["ci_low"])


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
        log_odds(articles(Post=["rain rain"], Echo=["sun sun"]), **choices)
    with pytest.raises(TableError, match="need two values of 'outlet'"):
        log_odds(articles(Post=["rain rain"]))
