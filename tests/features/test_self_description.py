"""What an outlet says of itself, in its own boxes only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import mediabias as mb
from mediabias.article import Block, cover
from mediabias.corpus import Corpus


def claims(text: str, zone: str = "self_description") -> list[tuple[str, str]]:
    article = mb.Article("a", text, blocks=cover([Block(0, len(text), zone)], len(text)))
    return [(r.label, r.text) for r in mb.extract([article], ["self_description"]).evidence.itertuples()]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("We have no billionaire owner.", "independence"),
        ("Nobody but our editors decides what we print.", "independence"),
        ("We tell both sides of the story.", "impartiality"),
        ("Every quote that we print is checked.", "accuracy"),
        ("We hold the powerful to account.", "public_service"),
        ("Our work is funded by readers like you.", "reader_funding"),
        ("Our reporters were forced into exile.", "persecution"),
        ("A court declared us an “extremist” organization.", "persecution"),
        ("We will not be silenced.", "defiance"),
        ("The nation's broadcaster since 1931.", "state_relation"),
        ("Unlike the other papers of the valley, we print both letters.", "contrast"),
        ("While others look away, our reporters ask.", "contrast"),
        ("The mainstream media will not tell you this.", "contrast"),
        ("You won't read this anywhere else.", "contrast"),
        ("We bring the stories that other papers don't tell.", "contrast"),
        ("Your alternative to the state channels.", "contrast"),
    ],
)
def test_each_claim(text: str, label: str) -> None:
    assert [found for found, _ in claims(text)] == [label]


def test_in_the_body_a_claim_is_news() -> None:
    assert claims("We refuse to be silenced, independent journalism said.", "body") == []


def test_a_phrase_with_two_virtues_counts_once() -> None:
    assert len(claims("We strive to provide accurate, unbiased reporting.")) == 1


def test_the_samples_boxes_are_read_as_annotated(sample_dir: Path, sample_corpus: Corpus) -> None:
    lines = (sample_dir / "gold" / "gold.jsonl").read_text(encoding="utf8").splitlines()
    gold = {g["text"]: g for g in map(json.loads, lines)}
    evidence = mb.extract(sample_corpus, ["self_description"]).evidence
    feature = mb.available()["self_description"]
    wanted = found = 0
    for article in sample_corpus:
        mine = evidence[evidence["article_id"] == article.article_id]
        inside = [c for c in gold[article.text]["self_description"] if article.zone_at(c["start"]) in feature.zones]
        wanted += len(inside)
        found += sum(any(r.start < c["end"] and c["start"] < r.end and r.label == c["claim"] for r in mine.itertuples())
                     for c in inside)  # fmt: skip
    assert found >= 0.95 * wanted
    assert len(evidence) <= 1.05 * wanted


def box(text: str, zone: str, outlet: str = "The Ellan Post") -> list[str]:
    article = mb.Article("a", text, (mb.Block(0, len(text), zone),), outlet=outlet)
    return mb.extract([article], "self_description").evidence["label"].tolist()


@pytest.mark.parametrize(
    ("text", "zone", "claims"),
    [
        ("The London Free Press", "navigation", []),
        ("Budget watchdog predicts a rise in 2027", "navigation", []),
        ("Everything you need to know about cloth", "navigation", []),
        ("State media say the mine exploded", "navigation", []),
        ("The Ellan Post is an independent newspaper founded in 1846.", "navigation", ["independence"]),
        ("Our journalists strive for accuracy.", "other", ["accuracy"]),
        ("Available for everyone, funded by readers", "navigation", ["reader_funding"]),
    ],
)
def test_a_name_or_a_teaser_is_no_claim(text: str, zone: str, claims: list[str]) -> None:
    assert box(text, zone) == claims


def test_a_box_that_a_page_shows_twice_counts_once() -> None:
    text = "We answer to nobody but our readers."
    blocks = (
        mb.Block(0, len(text) + 2, "self_description"),
        mb.Block(len(text) + 2, 2 * len(text) + 2, "self_description"),
    )
    article = mb.Article("a", f"{text}\n\n{text}", blocks)
    assert len(mb.extract([article], "self_description").evidence) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Our news team reports with other media of the harbour.",
        "Unlike last year, we open at eight.",
        "Read us anywhere.",
        "While others wait, the ferry sails.",
    ],
)
def test_no_contrast_to_other_media(text: str) -> None:
    assert "contrast" not in [label for label, _ in claims(text)]
