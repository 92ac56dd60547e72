"""Quotation: kinds of attributions, and what stands between quotation marks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import mediabias as mb
from mediabias.article import Article, Attribution, Block, Span
from mediabias.features.quotation import Quotation


def _marked(text: str, said: str = "", **fields: str) -> list[tuple[str, str]]:
    """Return label and words of what stands in quotation marks; `said` is the content of an attribution."""
    found = ()
    if said:
        start = text.index(said)
        cue = text.index("said")
        found = (Attribution((Span(cue, cue + 4),), (), (Span(start, start + len(said)),), quotation="mixed"),)
    article = Article("a", text, (Block(0, len(text)),), attributions=found, **fields)
    rows = Quotation().evidence_table([article])
    rows = rows[~rows["label"].isin(["direct", "mixed", "indirect"])]
    return list(zip(rows["label"], rows["text"], strict=True))


@pytest.mark.parametrize(
    ("text", "said", "wanted"),
    [
        ("The “peaceful” raid ended.", "", [("scare", "peaceful")]),
        ("The firm had “serviced” the gate.", "", [("scare", "serviced")]),
        ("She said it was “safe”.", "it was “safe”", [("quoted_words", "safe"), ("fragment", "safe")]),
        ("He said the “service” took a day.", "the “service” took a day", [("scare", "service")]),
        ("She said they were “asleep at the wheel”.", "they were “asleep at the wheel”",
         [("quoted_words", "asleep at the wheel"), ("fragment", "asleep at the wheel")]),
        ("“It rains,” she said.", "“It rains,”", [("quoted_words", "It rains,")]),
        ("“No,” she said.", "“No,”", [("quoted_words", "No,")]),
        ("“we are all of us under water” she said.", "“we are all of us under water”",
         [("quoted_words", "we are all of us under water")]),
        ("They saw the film “The Harbour at Night” twice.", "", [("title", "The Harbour at Night")]),
        ("Ana “Annie” Dole came.", "", [("title", "Annie")]),
        ("The banner read “We’re alive” all night.", "", [("quoted_words", "We’re alive")]),
        ("Her “13th” shows how it came about.", "", [("title", "13th")]),
        ("Nothing is quoted.", "", []),
    ],
)  # fmt: skip
def test_what_stands_between_marks_is_told_apart(text: str, said: str, wanted: list[tuple[str, str]]) -> None:
    assert sorted(_marked(text, said)) == sorted(wanted)


def test_attributions_are_shares_by_their_kind(sample_corpus: mb.Corpus) -> None:
    made = mb.extract(list(sample_corpus)[:6], "quotation").features
    kinds = made[["quotation__direct", "quotation__mixed", "quotation__indirect"]]
    assert kinds.sum(axis=1).tolist() == pytest.approx([1.0] * 6)
    assert made["quotation__quoted_words"].between(0, 1).all()


def test_scare_quotes_of_the_sample_are_found(sample_corpus: mb.Corpus, sample_dir: Path) -> None:
    lines = (sample_dir / "gold" / "gold.jsonl").read_text(encoding="utf8").splitlines()
    gold = {g["id"]: {(s["start"], s["end"]) for s in g["scare_quotes"]} for g in map(json.loads, lines)}
    found = mb.extract(sample_corpus, "quotation").evidence
    scare = found[(found["label"] == "scare") & found["article_id"].isin(gold)]
    right = sum(any(r.start < e and s < r.end for s, e in gold[r.article_id]) for r in scare.itertuples())
    assert right >= 5 == sum(map(len, gold.values())) - 1
    assert right / len(scare) >= 0.6


def test_fragments_of_the_annotated_page_are_no_full_quotations(real: Path) -> None:
    (article,) = mb.read(real / "moscow-times" / "article.txt")
    found = mb.extract([article], "quotation").evidence
    apart = found[found["label"].isin(["scare", "fragment"])]["text"].str.strip(".,")
    assert {"neutral", "unrealistic", "absolutely unacceptable", "root causes"} <= set(apart)
