"""Classes of cues."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mediabias import lexicons
from mediabias.attribution.verbs import classify, inflect, lemma_of


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("said", "neutral"), ("told", "neutral"), ("according to", "neutral"), ("claimed", "distancing"),
        ("alleges", "distancing"), ("accused", "accusing"), ("has demanded", "demanding"), ("asked for", "demanding"),
        ("pointed out", "endorsing"), ("noted", "endorsing"), ("admitted", "conceding"), ("denied", "denying"),
        ("declined to comment", "denying"), ("refused", "denying"), ("announced", "declarative"), ("fears", "mental"),
        ("asked", "questioning"), ("warned", "warning"),
    ],
)  # fmt: skip
def test_each_class(cue: str, expected: str) -> None:
    assert classify(cue).cue_class == expected


def test_a_negation_is_kept_apart_from_the_class() -> None:
    assert classify("did not say").negated
    assert not classify("said").negated


@pytest.mark.parametrize(
    "row", [r for r in lexicons.rows("cue_verbs") if r["pos"] == "verb"][::7], ids=lambda r: r["lemma"]
)
def test_every_form_leads_back_to_a_verb_of_the_lexicon(row: dict[str, str]) -> None:
    assert {lemma_of(form) for form in inflect(row["lemma"], row["irregular"])} <= {
        r["lemma"] for r in lexicons.rows("cue_verbs")
    }


def test_each_row_has_its_reference() -> None:
    assert all(r["reference"] for r in lexicons.rows("cue_verbs"))


def test_the_samples_cues_have_the_classes_of_the_annotation(sample_dir: Path) -> None:
    lines = (sample_dir / "gold" / "gold.jsonl").read_text(encoding="utf8").splitlines()
    pairs = [
        (classify(" ".join(g["text"][s:e] for s, e in a["cue"])).cue_class, a["cue_class"])
        for g in map(json.loads, lines)
        for a in g["attributions"]
    ]
    assert sum(a == b for a, b in pairs) >= 0.95 * len(pairs)
