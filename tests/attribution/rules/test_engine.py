import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from mediabias.article import paragraphs
from mediabias.attribution.rules.engine import find
from mediabias.cli import app


def roles(text: str) -> list[tuple[str, str, list[str]]]:
    return [
        (" ".join(s.of(text) for s in f.source), f.cue[0].of(text), [c.of(text) for c in f.content])
        for f in find(text, list(paragraphs(text)))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The mayor of Port Ellan said on Monday that the bridge was safe.",
            ("The mayor of Port Ellan", "said", ["that the bridge was safe"]),
        ),
        ("“It is safe,” the mayor said on Monday.", ("the mayor", "said", ["“It is safe,”"])),
        ("“It is safe,” said Ana Dole, the mayor.", ("Ana Dole, the mayor", "said", ["“It is safe,”"])),
        ("The bridge is safe, officials said.", ("officials", "said", ["The bridge is safe"])),
        (
            "According to the harbour office, nobody was hurt.",
            ("the harbour office", "According to", ["nobody was hurt"]),
        ),
        (
            "Nobody was hurt, according to the harbour office.",
            ("the harbour office", "according to", ["Nobody was hurt"]),
        ),
        ("Dole told reporters that she would stay.", ("Dole", "told", ["that she would stay"])),
        ("She has claimed that the count was wrong.", ("She", "has claimed", ["that the count was wrong"])),
        ("Orrin Vale: “I never signed it.”", ("Orrin Vale", ":", ["“I never signed it.”"])),
    ],
)
def test_each_pattern(text: str, expected: tuple[str, str, list[str]]) -> None:
    assert expected in roles(text)


def test_a_quotation_goes_on_behind_its_source() -> None:
    text = "“We waited,” said Dole. “Nobody came.”"
    assert roles(text) == [("Dole", "said", ["“We waited,”", "“Nobody came.”"])]


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    text = "Dole said: “We waited.\n\n“Nobody came.”"
    (found,) = roles(text)
    assert found[2] == ["“We waited.", "“Nobody came.”"]


def test_a_colon_opens_the_paragraph_that_follows() -> None:
    text = "The ministry issued a statement saying:\n\n“We regret the delay and will pay for it.”"
    assert any("We regret" in " ".join(content) for _, _, content in roles(text))


def test_a_participle_takes_the_subject_of_its_sentence() -> None:
    text = "Vale accused the council of neglect, saying that the pumps had failed twice."
    assert ("Vale", "saying", ["that the pumps had failed twice"]) in roles(text)


def test_a_noun_is_no_cue() -> None:
    assert roles("The report was long. The claim is old.") == []


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet=st.sampled_from(list("aB .,:\n\"'“”‘’—()")), max_size=150),
    st.sampled_from(["said", "told", "saying", "according to", "claims that"]),
)
def test_any_text_is_read_without_an_error_and_spans_stay_inside(text: str, cue: str) -> None:
    text = f"{text[: len(text) // 2]} {cue} {text[len(text) // 2 :]}"
    for f in find(text, list(paragraphs(text))):
        assert all(0 <= s.start < s.end <= len(text) for s in (*f.source, *f.cue, *f.content))
        assert 0 <= f.confidence <= 1


def test_all_capitals_emoji_and_a_missing_final_stop() -> None:
    assert roles("MAYOR SAYS BRIDGE IS SAFE")[0][0] == "MAYOR"
    assert roles("🌧 “It rains 🌧,” said Dole")[0][2] == ["“It rains 🌧,”"]


def test_time_grows_with_length_only() -> None:
    """Ten times the text, read at once, gives ten times the attributions."""
    text = "Dole said that it rained. “It rains,” said Vale.\n\n"
    assert len(find(text * 500, list(paragraphs(text * 500)))) == 500 * len(find(text, list(paragraphs(text))))


def test_floor_on_hand_annotated_news(real: Path, tmp_path: Path) -> None:
    """PolNeAR dev: whole attributions F1 at least 0.45, and nine of ten direct quotations."""
    import json

    predicted = tmp_path / "pred.jsonl"
    dev = real / "polnear" / "dev"
    done = CliRunner().invoke(
        app, ["attributions", str(dev / "text"), "--plain", "--engine", "rules", "--jsonl", str(predicted)]
    )
    assert done.exit_code == 0, done.output
    scorer = real.parent / "tools" / "score_attributions.py"
    out = subprocess.run(
        [sys.executable, str(scorer), str(dev), str(predicted), "--json"], check=True, capture_output=True, text=True
    )
    scores = json.loads(out.stdout)
    assert scores["predicted_articles"] == 84
    assert scores["attribution"]["f1"] >= 0.45
    assert scores["direct_quote_recall"] >= 0.9
