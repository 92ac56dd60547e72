"""The shipped model: the same whatever the company, whole whatever the text, and refused when damaged."""

from __future__ import annotations

import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mediabias as mb
from mediabias.article import Article, paragraphs
from mediabias.attribution import Reading, named
from mediabias.attribution.tagger.model import SHIPPED, Tagger
from mediabias.errors import ModelError

MARKS = list("aB .,:;\n\"'“”‘’«»„`—-()🌧é日")


def reading(text: str) -> Reading:
    return Reading(text, list(paragraphs(text)))


def test_company_threads_and_order_change_nothing(sample_corpus: mb.Corpus) -> None:
    readings = [Reading(a.text, list(a.spans())) for a in list(sample_corpus)[:4]]
    single = Tagger(threads=1)
    alone = [single.find([r])[0] for r in readings]
    assert any(alone)
    assert Tagger(threads=4).find(readings) == alone
    assert Tagger(threads=2).find(readings[::-1]) == alone[::-1]


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from(MARKS), max_size=80), st.sampled_from(["said", "CLAIMS THAT", "laut", "sagte"]))
def test_any_marks_give_exact_offsets_in_order(text: str, cue: str) -> None:
    text = f"{text[: len(text) // 2]} {cue} {text[len(text) // 2 :]}"
    for f in named("tagger").find([reading(text)])[0]:
        for role in (f.source, f.cue, f.content):
            assert all(0 <= s.start < s.end <= len(text) for s in role)
            assert all(a.end <= b.start for a, b in pairwise(role))
        assert 0 <= f.confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "“It rains,” said Mayor Ana Dole.",
        '"It rains," said Mayor Ana Dole.',
        "``It rains,'' said Mayor Ana Dole.",
        "«It rains», said Mayor Ana Dole.",
        "“It 🌧 rains,” said Mayor Ana Dole.",
    ],
)
def test_marks_of_any_kind_leave_source_and_cue_whole(text: str) -> None:
    (found,) = named("tagger").find([reading(text)])[0]
    assert found.source[0].of(text) == "Mayor Ana Dole" and found.cue[0].of(text) == "said"


@pytest.mark.parametrize("length", [20_000, pytest.param(200_000, marks=pytest.mark.slow)])
def test_a_very_long_article_is_read_to_its_end(length: int) -> None:
    text = "It rained in the port. " * (length // 23 + 1) + "\n\n“It rains,” said Mayor Ana Dole."
    assert len(text) > length
    # With or without the full stop is one of the choices that processors, which round sums differently, part on.
    assert named("tagger").find([reading(text)])[0][-1].source[0].of(text).rstrip(".") == "Mayor Ana Dole"


def test_texts_without_attributions_have_none() -> None:
    assert named("tagger").find([reading(t) for t in ("", "\n \n", "The pier is 40 metres long.")]) == [[], [], []]


def test_a_missing_and_a_damaged_file_are_named(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "m")
    (tmp_path / "m" / "reader.onnx").write_bytes(b"no")
    with pytest.raises(ModelError, match=r"reader\.onnx: damaged"):
        Tagger(tmp_path / "m")
    (tmp_path / "m" / "reader.onnx").unlink()
    with pytest.raises(ModelError, match=r"reader\.onnx: missing"):
        Tagger(tmp_path / "m")


def test_it_needs_no_torch_and_fits_the_package() -> None:
    code = "import sys, mediabias as mb; mb.attribute(mb.Article.from_text('Dole said so.')); assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert sum(p.stat().st_size for p in SHIPPED.iterdir()) < 45e6


def test_less_sure_attributions_can_be_left_out(sample_corpus: mb.Corpus) -> None:
    article: Article = next(iter(sample_corpus))
    every = mb.attribute(article, "tagger").attributions or ()
    sure = mb.attribute(article, "tagger", min_confidence=0.8).attributions or ()
    assert 0 < len(sure) < len(every)
    assert min(a.confidence for a in sure) >= 0.8
