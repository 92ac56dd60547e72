"""Claims of outlets about themselves: the model finds what patterns miss, and leaves stories and third parties alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediabias.article import Article, Block
from mediabias.claims.candidates import candidates
from mediabias.claims.model import ClaimModel, find_claims
from mediabias.claims.sentences import split
from mediabias.claims.train import box_examples, fit

BOXES = Path(__file__).parents[2] / "data" / "zones" / "boxes.jsonl"


def article(text: str, zone: str) -> Article:
    return Article("a", text, (Block(0, len(text), zone),), outlet="The Ellan Post")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Ellan Post is supported by its audience.", "reader_funding"),
        ("Our journalists strive for accuracy.", "accuracy"),
        ("Support local journalism", "public_service"),
    ],
)
def test_a_claim_is_found_with_its_whole_sentence(text: str, kind: str) -> None:
    (claim,) = [c for c in find_claims(article(text, "appeal")) if c.kind == kind]
    assert claim.span.of(text) == text and 0.5 <= claim.confidence <= 1


@pytest.mark.parametrize(
    "text", ["We and our 212 trusted partners store cookies.", "Terms of Service", "Log in to comment"]
)
def test_small_print_and_labels_claim_nothing(text: str) -> None:
    assert find_claims(article(text, "other")) == []


def test_the_story_itself_is_never_read() -> None:
    assert list(candidates(article("We are funded by our readers.", "body"))) == []


def test_what_stands_twice_is_found_once() -> None:
    line = "The Ellan Post is funded by its readers."
    assert len(find_claims(article(f"{line}\n{line}", "appeal"))) == 1


def test_sentences_end_at_stops_lines_and_bars() -> None:
    text = "We check. We print it | Owned by 4.5 readers\nSince 1921"
    assert [text[a:b] for a, b in split(text)] == ["We check.", "We print it", "Owned by 4.5 readers", "Since 1921"]


def test_a_model_that_was_saved_judges_as_before(tmp_path: Path) -> None:
    model = ClaimModel.load()
    model.save(tmp_path / "weights.npz")
    assert ClaimModel.load(tmp_path / "weights.npz") == model


def test_training_learns_from_boxes_and_scores_real_pages_only() -> None:
    examples = list(box_examples(BOXES))
    model, scores = fit(examples)
    assert scores["claims"].sum() == 0 and model.kinds == ()  # nothing of it was real
    right = sum((model.probability(e.candidate.tokens) >= 0.5) == e.is_claim for e in examples)
    assert right > 0.9 * len(examples)
