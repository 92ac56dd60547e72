"""Passives by a parser: a small pipeline is trained here, on sentences of our own, and used as a user's would be."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

import mediabias as mb
from mediabias.errors import FeatureError
from mediabias.features.voice import Voice

# Imported where it is used: it takes seconds, which a run that only collects need not wait for.
pytestmark = pytest.mark.skipif(find_spec("spacy") is None, reason="spaCy is not installed")

#: Words, head of each, relation, in the labels of English pipelines.
TREES = [
    (
        "The road was closed by the council .",
        [1, 3, 3, 3, 3, 6, 4, 3],
        "det nsubjpass auxpass ROOT agent det pobj punct",
    ),
    (
        "The bridge was repaired by the town .",
        [1, 3, 3, 3, 3, 6, 4, 3],
        "det nsubjpass auxpass ROOT agent det pobj punct",
    ),
    ("The road was closed .", [1, 3, 3, 3, 3], "det nsubjpass auxpass ROOT punct"),
    ("The bridge was repaired .", [1, 3, 3, 3, 3], "det nsubjpass auxpass ROOT punct"),
    ("The council closed the road .", [1, 2, 2, 4, 2, 2], "det nsubj ROOT det dobj punct"),
    ("The town repaired the bridge .", [1, 2, 2, 4, 2, 2], "det nsubj ROOT det dobj punct"),
]


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline on disk with a parser that knows these trees."""
    import spacy
    from spacy.training import Example
    from spacy.util import fix_random_seed

    fix_random_seed(0)
    nlp = spacy.blank("en", meta={"name": "six_trees", "version": "0.1"})
    parser = nlp.add_pipe("parser")
    read = [
        Example.from_dict(nlp.make_doc(text), {"heads": heads, "deps": deps.split()}) for text, heads, deps in TREES
    ]
    for label in sorted({d for *_, deps in TREES for d in deps.split()}):
        parser.add_label(label)
    optimizer = nlp.initialize(lambda: read)
    for _ in range(60):
        nlp.update(read, sgd=optimizer)
    folder = tmp_path_factory.mktemp("pipeline")
    nlp.to_disk(folder)
    return folder


def test_passives_and_agents_are_those_of_the_parses(pipeline: Path) -> None:
    text = "The bridge was closed by the town.\n\nThe road was repaired.\n\n“The road was closed.”"
    found = Voice(syntax=str(pipeline)).evidence_table([mb.Article.from_text(text, "a")])
    assert list(zip(found["label"], found["text"], strict=True)) == [
        ("passive_agent", "was closed by the town"),
        ("passive_agentless", "was repaired"),
    ]


def test_the_manifest_says_which_one_ran(pipeline: Path, tmp_path: Path) -> None:
    corpus = mb.Corpus([mb.Article.from_text("The road was closed.", "a")])
    for feature, said in ((Voice(syntax=str(pipeline)), "six_trees 0.1"), (Voice(), "patterns")):
        mb.extract(corpus, feature).save(tmp_path, corpus)
        assert json.loads((tmp_path / "manifest.json").read_text())["features"]["voice"]["syntax"] == said


def test_a_pipeline_that_is_not_there_is_named_with_the_mend() -> None:
    with pytest.raises(
        FeatureError, match="no spaCy pipeline 'en_core_web_none' is installed; `python -m spacy download"
    ):
        Voice(syntax="en_core_web_none").transform([mb.Article.from_text("It was closed.", "a")])


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(FeatureError, match="has no parser"):
        Voice(syntax=str(tmp_path)).transform([mb.Article.from_text("It was closed.", "a")])


def test_scores_of_other_settings_are_not_taken_for_its_own(pipeline: Path) -> None:
    assert set(Voice(syntax=str(pipeline)).data_dictionary()["validated"]) == {"not validated with these settings"}
