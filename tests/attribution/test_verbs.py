"""Classes of cues."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mediabias import lexicons
from mediabias.attribution.coverage import Coverage, coverage
from mediabias.attribution.verbs import classify, lemma_of


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
    ("cue", "expected", "negated"),
    [
        ("has yet to confirm", "declarative", True), ("made clear", "declarative", False),
        ("declined to comment", "denying", False), ("appeared to suggest", "hedged", False),
        ("did not say", "neutral", True), ("told reporters", "neutral", False), ("is said to have", "hedged", False),
        ("according to", "neutral", False), ("as put it", "neutral", False), ("took to Twitter", "neutral", False),
        ("refused to", "denying", False), ("threatened to", "warning", False), (",", "neutral", False),
        (":", "neutral", False), ("gave a warning", "warning", False), ("is eager", "mental", False),
        ("in the words of", "neutral", False), ("the claim", "distancing", False), ("skeptical of", "mental", False),
        ("wasn't confident", "mental", True), ("was against", "mental", False),
        ("appeared in court to argue", "arguing", False), ("has long considered", "mental", False),
        ("a sign for", "neutral", False), ("backed off", "conceding", False), ("dialing back", "conceding", False), ("pulled out", "denying", False), ("is convinced", "mental", False), ("was not convinced", "mental", True),
        ("came away convinced", "mental", False), ("convinced", "arguing", False), ("voted", "declarative", False), ("backed", "praising", False),
        ("called him out", "neutral", False), ("called out", "accusing", False), ("went on", "neutral", False),
        ("stood by", "arguing", False), ("laid out", "declarative", False), ("wrote off", "denying", False),
    ],
)  # fmt: skip
def test_a_cue_of_several_words(cue: str, expected: str, negated: bool) -> None:
    found = classify(cue)
    assert (found.cue_class, found.negated) == (expected, negated)


@pytest.mark.parametrize("cue", ["Press", "Statement", "Campaign", "bridge", "the bridge", "Attacks"])
def test_a_noun_that_is_no_cue_is_not_guessed_from(cue: str) -> None:
    assert classify(cue).cue_class == "other"


@pytest.mark.parametrize("cue", ["attacks", "decline", "march"])
def test_a_noun_is_not_taken_for_the_verb_of_that_form(cue: str) -> None:
    assert classify(cue, noun=True).cue_class == "other"


@pytest.mark.parametrize(
    "cue", ["claim", "statement", "warnings", "allegation", "argument", "belief", "fear", "claims"]
)
def test_a_noun_of_saying_or_believing_is_a_cue_alone(cue: str) -> None:
    assert classify(cue, noun=True).cue_class != "other"


def test_yet_negates_only_what_is_still_to_be_done() -> None:
    assert not classify("and yet said").negated


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("told", "tell"), ("telling", "tell"), ("wrote", "write"), ("admitted", "admit"), ("admitting", "admit"),
        ("denies", "deny"), ("agreed", "agree"), ("thought", "think"), ("criticised", "criticize"), ("lied", "lie"),
        ("vowing", "vow"), ("goes", "go"), ("bridge", None),
    ],
)  # fmt: skip
def test_a_form_has_its_verb(form: str, lemma: str | None) -> None:
    assert lemma_of(form) == lemma


def test_the_lexicon_is_measured_on_an_annotated_compartment(tmp_path: Path) -> None:
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "a_1.txt").write_text("Ana said no. Bo xyzzied. The claim that", encoding="utf8")
    spans = "T1\tCue 4 8\tsaid\nT2\tCue 16 23\txyzzied\nT3\tCue 25 34\tThe claim\n"
    events = "".join(f"E{n}\tCue:T{n}\n" for n in (1, 2, 3))
    (tmp_path / "attributions" / "a_1_x.ann").write_text(spans + events, encoding="utf8")
    assert coverage(str(tmp_path)) == Coverage(cues=3, known=2, verbal=2, known_verbal=1)


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


def test_repeated_claims_are_claims() -> None:
    assert [classify(c).lemma for c in ("repeated claims of", "has repeated that")] == ["claim", "repeat"]


def test_a_phrase_is_called_as_it_is_said() -> None:
    assert [classify(cue).lemma for cue in ("are convinced", "is said to have", "backed off")] == [
        "be convinced", "be said to", "back off",
    ]  # fmt: skip
