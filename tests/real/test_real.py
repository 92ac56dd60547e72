"""Floors on real corpora: below what was reached, above what would be an accident."""

from __future__ import annotations

from pathlib import Path

import mediabias as mb
from tests.real import events, scores


def test_the_annotated_page_is_read_right(real: Path) -> None:
    found = scores.annotated_page(real / "moscow-times")
    assert found["zones"] >= 0.99
    assert found["attributions"] >= 16
    assert found["self_descriptions"] == 6
    (article,) = mb.read(real / "moscow-times" / "article.txt")
    assert (article.outlet, article.wire) == ("The Moscow Times", "AFP")


def test_cues_that_are_not_said_have_classes_of_their_own(real: Path) -> None:
    (article,) = mb.read(real / "moscow-times" / "article.txt")
    classes = {a.cue_lemma: a.cue_class for a in mb.attribute(article).attributions or ()}
    assert classes["say"] == "neutral"
    assert (classes["claim"], classes["accuse"], classes["demand"]) == ("distancing", "accusing", "demanding")


def test_bodies_of_pages_are_at_least_as_good_as_the_extractor_on_its_own(real: Path) -> None:
    folder = real / "pages" / "body-benchmark"
    assert scores.body_f1(folder) >= scores.body_f1(folder, ours=False)


def test_attributions_of_hand_annotated_news_are_found_as_people_find_them(real: Path) -> None:
    found = scores.attribution_scores(real / "polnear" / "dev", "tagger", every=2)["score"]
    assert found["source.token.f1"] >= 0.82
    assert found["cue.token.f1"] >= 0.70
    assert found["content.token.f1"] >= 0.88
    assert found["attribution.f1"] >= 0.70
    assert found["quotation.recall"] >= 0.96
    assert found["alpha"] >= 0.75


def test_rules_find_half_of_what_people_find_and_nearly_every_quotation(real: Path) -> None:
    found = scores.attribution_scores(real / "polnear" / "dev", "rules", every=2)["score"]
    assert found["attribution.f1"] >= 0.50
    assert found["quotation.recall"] >= 0.85


def test_articles_on_one_event_are_brought_together(real: Path) -> None:
    found = events.scores(real)["b_cubed"]
    assert found["BASIL", "mediabias, fixed threshold"] >= 0.96
    assert found["BASIL among PolNeAR, in its time", "mediabias, fixed threshold"] >= 0.94
