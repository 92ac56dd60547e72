"""A feature of a separate package that is installed: in tables, figures, comparison and examples, without a line of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

pytestmark = pytest.mark.package

FILES = {
    "pyproject.toml": """
        [build-system]
        requires = ["setuptools"]
        build-backend = "setuptools.build_meta"
        [project]
        name = "rainfall"
        version = "0.1"
        [project.entry-points."mediabias.features"]
        rainfall = "rainfall:Rainfall"
        broken = "rainfall:Missing"
        [tool.setuptools]
        py-modules = ["rainfall"]
        """,
    "rainfall.py": '''
        """How often it rains."""
        import re
        import mediabias as mb

        class Rainfall(mb.Feature):
            """Words for rain, per 1,000 words."""
            name = "rainfall"
            labels = {"rain": mb.Label("A word for rain.", "It rained.")}

            def evidence(self, article):
                for span in article.spans(self.zones):
                    for m in re.finditer(r"\\\\brain\\\\w*", article.text[span.start:span.end], re.I):
                        yield mb.Evidence("rain", span.start + m.start(), span.start + m.end())
        ''',
}
USED = """
    import warnings
    import matplotlib
    matplotlib.use("Agg")
    import mediabias as mb
    made = [
        mb.Article.from_text(f"It rained {'and rained ' * n}on the harbour.", f"{outlet}-{event}", outlet=outlet, event=str(event))
        for outlet, n in (("Post", 0), ("Tribune", 3)) for event in range(6)
    ]
    corpus = mb.Corpus(made)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        tables = mb.extract(corpus, ["rainfall", "quotation"])
    assert any("'broken'" in str(w.message) and "left out" in str(w.message) for w in said), said
    assert "rainfall__rain" in tables.features and "rainfall__rain" in set(tables.dictionary["column"])
    effects = mb.compare(tables.features, corpus.articles, resamples=99, columns=["rainfall__rain"]).table
    assert effects["p"].notna().all() and (effects["estimate"].abs() > 0).all()
    shown = mb.examples(tables, "rainfall__rain", corpus, outlet="Tribune", n=3)
    assert shown["text"].str.startswith("rain").all() and len(shown) == 3
    ax = mb.figures.effects(effects)
    assert any("rain" in t.get_text() for t in ax.get_yticklabels())
    print("all there")
    """


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the package is installed, as into an environment."""
    source, target = tmp_path_factory.mktemp("rainfall"), tmp_path_factory.mktemp("site")
    for name, text in FILES.items():
        (source / name).write_text(dedent(text).replace("\\\\", "\\"), encoding="utf8")
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-config", "--offline", "--no-deps", "--no-build-isolation",
               "--python", sys.executable, "--target", str(target), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return target


def _run(code: str, site: Path) -> subprocess.CompletedProcess[str]:
    paths = [str(site), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.run(
        [sys.executable, "-c", dedent(code)], capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    )  # fmt: skip


def test_it_is_in_tables_comparison_figures_and_examples(installed: Path) -> None:
    done = _run(USED, installed)
    assert done.stdout == "all there\n", done.stderr[-2000:]


def test_the_command_line_lists_it(installed: Path) -> None:
    done = _run(
        "import sys; sys.argv = ['mediabias', 'features', 'rainfall']; from mediabias.cli import main; main()",
        installed,
    )
    assert "rainfall__rain  (per 1,000 words)" in done.stdout and "not validated" in done.stdout, done.stderr[-2000:]
