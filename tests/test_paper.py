"""The paper's build: what is missing stops it, and the same inputs give the same bytes."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

ROOT = Path(__file__).resolve().parent.parent
PAPER = ROOT / "paper"

spec = importlib.util.spec_from_file_location("paper_build", PAPER / "build.py")
assert spec is not None and spec.loader is not None
maker = importlib.util.module_from_spec(spec)
spec.loader.exec_module(maker)

VALUES = {
    "n": 1234,
    "effect": {"estimate": -0.5123, "p": 0.0004, "ci": [-0.9, -0.1]},
    "empty": float("nan"),
    "tiny": -0.0004,
}
TEXT = """---
title: A "frame" and its words
author: [A. Author]
abstract: Of {{n:,}} articles.
---

# Method {#sec-method}

As @newell2018 did, see @fig-slant, @tbl-fit and @sec-method.

![Slant, {{n}} articles.](figures/slant){#fig-slant from="mediabias compare build/features" evidence="evidence/slant.html"}

| Model | Estimate                |
|:------|------------------------:|
| Full  | {{effect.estimate:.2f}} |

: Fit. {#tbl-fit}
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A small paper with one figure, beside the project's own template, filter and references."""
    for name in ("template.typ", "xref.lua", "references.bib"):
        shutil.copy(PAPER / name, tmp_path)
    (tmp_path / "build" / "figures").mkdir(parents=True)
    (tmp_path / "build" / "values.json").write_text(json.dumps(VALUES))
    (tmp_path / "paper.md").write_text(TEXT, encoding="utf-8")
    figure, axes = plt.subplots(figsize=(2, 1))
    axes.plot([1, 2, 3])
    (tmp_path / "build" / "figures" / "slant.csv").write_text("outlet,slant\nPost,1\n")
    (tmp_path / "build" / "evidence").mkdir()
    (tmp_path / "build" / "evidence" / "slant.html").write_text("<p>It rains.</p>")
    for suffix in ("svg", "pdf", "png"):
        figure.savefig(tmp_path / "build" / "figures" / f"slant.{suffix}")
    plt.close(figure)
    return tmp_path


def test_paper_is_built_in_four_forms_and_repeats_to_the_byte(paper):
    names = ("paper.pdf", "paper.docx", "paper.tex", "paper.html")
    assert maker.build(paper).read_bytes().startswith(b"%PDF")
    first = [(paper / "build" / n).read_bytes() for n in names]
    maker.build(paper)
    assert [(paper / "build" / n).read_bytes() for n in names] == first


def test_html_shows_numbers_references_and_origins(paper):
    maker.build(paper)
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", (paper / "build" / "paper.html").read_text(encoding="utf-8")))
    assert "Of 1,234 articles." in page
    assert "(2018) did, see Figure 1, Table 1 and Section 1." in page
    assert (
        "Figure 1: drawn by mediabias compare build/features; numbers: figures/slant.csv; sentences: evidence/slant.html"
        in page
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{{n}}", "{{effect.estimat}}", "line 11.*no 'effect.estimat'; is it 'estimate'"),
        ("{{n}}", "{{effect.ci.2}}", "no 'effect.ci.2'"),
        ("{{n}}", "{{empty}}", "nobody can cite"),
        ("{{n}}", "{{effect:.2f}}", "does not take the format"),
        ("{{n}}", "0.51", "line 11.*typed by hand"),
        ("{{n}}", "51 %", "typed by hand"),
        ("@newell2018", "@nobody1999", "nobody1999"),
        ("@fig-slant,", "@fig-other,", "unknown cross-reference @fig-other"),
        ("#tbl-fit", "#fig-slant", "no identifier"),
        (' from="mediabias compare build/features"', "", "does not say where it comes from"),
        (' evidence="evidence/slant.html"', "", "does not lead to its sentences"),
        ("evidence/slant.html", "evidence/none.html", "there is no evidence/none.html"),
        ("figures/slant", "figures/missing", "missing"),
    ],
)
def test_what_is_missing_stops_the_build(paper, old, new, message):
    assert old in TEXT
    (paper / "paper.md").write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(maker.PaperError, match=message):
        maker.build(paper)
    assert not (paper / "build" / "paper.pdf").exists()


def test_missing_values_name_the_command_that_writes_them(paper):
    (paper / "build" / "values.json").unlink()
    with pytest.raises(maker.PaperError, match="make paper"):
        maker.build(paper)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{effect.estimate:+.3f}}", "−0.512"),
        ("{{effect.ci.0:.1f}}", "−0.9"),
        ("p {{effect.p:p}}", "p < .001"),
        ("{{ n }}", "1234"),
        ("{{tiny:.2f}} {{tiny:.1%}} {{tiny:.5f}}", "0.00 0.0% −0.00040"),
        (
            "[95%]{.typed} and `0.5` and $x = 0.05$ and version 1.2.3",
            "[95%]{.typed} and `0.5` and $x = 0.05$ and version 1.2.3",
        ),
    ],
)
def test_numbers_are_printed_as_the_text_asks(text, printed):
    assert maker.fill(text, VALUES)[0] == printed


def test_every_number_is_listed_with_its_line():
    assert maker.fill("a\n{{n}}\n\n{{effect.p:p}}", VALUES)[1] == [
        {"line": "2", "key": "n", "printed": "1234"},
        {"line": "4", "key": "effect.p", "printed": "< .001"},
    ]


def entries() -> dict[str, dict[str, str]]:
    """The bibliography: key -> fields, with braces and line breaks taken out."""
    found = {}
    for key, body in re.findall(r"^@\w+\{(\w+),\n(.*?)^\}", (PAPER / "references.bib").read_text("utf-8"), re.M | re.S):
        pairs = re.findall(r"^  (\w+)\s*= \{(.*?)\},$", body, re.M | re.S)
        found[key] = {name: re.sub(r"\s+", " ", value) for name, value in pairs}
    return found


@pytest.mark.parametrize("key", sorted(entries()))
def test_reference_is_complete(key):
    fields = entries()[key]
    surname = re.split(r",| and ", fields["author"])[0]
    assert key == re.sub(r"\W", "", surname).lower() + fields["year"]
    assert fields["title"]
    assert {"journal", "booktitle", "publisher", "school"} & fields.keys()
    assert re.fullmatch(r"10\.\d{4,}/\S+", fields.get("doi", "10.0000/none"))


def test_figures_of_the_paper_come_from_something_that_exists():
    text = (PAPER / "paper.md").read_text(encoding="utf-8")
    origins = re.findall(r'from="([^"]+)"', text)
    assert origins
    for origin in origins:
        assert origin.startswith("mediabias ") or (ROOT / origin.split()[0]).exists(), origin
