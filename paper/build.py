"""Put the numbers into the paper and set it: PDF, and the same text as DOCX, LaTeX and HTML.

    python paper/build.py

Reads ``paper.md``, ``references.bib`` and what ``figures.py`` left in ``build/`` (``values.json``, ``figures/``).
In the text ``{{ key:format }}`` stands for a value of ``values.json``: a dotted key (``effects.0.ci_low``) and a Python
format, or ``p`` for a p-value ("= .012", "< .001"). A missing or undefined value, an unknown citation or
cross-reference, a figure that does not say where it comes from, and a result that was typed by hand stop the build.
The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import difflib
import json
import math
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pypandoc
import typst

PLACE = re.compile(r"\{\{\s*(?P<key>[^}:]+?)\s*(?::(?P<format>[^}]*?))?\s*\}\}")

#: Where a number is no result: code, mathematics, spans marked as typed on purpose, attributes, addresses, comments.
NO_RESULT = re.compile(
    r"^```.*?^```|`[^`]*`|\$[^$]+\$|\[[^\]]*\]\{\.typed\}|\{\{.*?\}\}|\{[^}]*\}|\]\([^)]*\)|<[^>]*>|https?:\S+",
    re.MULTILINE | re.DOTALL,
)
RESULT = re.compile(r"(?<![\w.])\d*\.\d+(?![\w.]*\w)|\d\s?%")


class PaperError(Exception):
    """The paper cannot be built; the message says what is wrong and where."""


def look_up(values: Any, key: str) -> Any:
    """Follow the dotted `key` through dictionaries and lists.

    Raises
    ------
    PaperError
        When a step is missing; the message names the nearest key that exists.
    """
    found = values
    for step in key.split("."):
        try:
            found = found[int(step)] if isinstance(found, list) else found[step]
        except (KeyError, IndexError, TypeError, ValueError):
            near = difflib.get_close_matches(step, found, n=1) if isinstance(found, dict) else []
            raise PaperError(f"values.json has no {key!r}" + (f"; is it {near[0]!r}?" if near else "")) from None
    return found


def shown(value: Any, form: str) -> str:
    """Format one value as it stands in the text.

    Raises
    ------
    PaperError
        When there is no value (None, NaN), or the format does not fit it.
    """
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        raise PaperError(f"it is {value}, which nobody can cite")
    if form == "p":
        return "< .001" if value < 0.001 else f"= {value:.3f}".replace("0.", ".", 1)
    try:
        if not isinstance(value, (int, float)):
            return format(value, form)
        text = format(value, form)
        # What rounds to zero has no sign.
        return re.sub(r"^-(?=[0.]*%?$)", "", text).replace("-", "−")
    except (TypeError, ValueError) as error:
        raise PaperError(f"{value!r} does not take the format {form!r}: {error}") from None


def fill(text: str, values: Any) -> tuple[str, list[dict[str, str]]]:
    """Put the values into the text.

    Returns
    -------
    str
        The text with every ``{{ }}`` replaced.
    list of dict
        One row a number: the line of the text, the key, and what was printed.

    Raises
    ------
    PaperError
        With the line, when a number is missing or a result was typed by hand.
    """
    rows = []

    def line_of(offset: int) -> int:
        return text.count("\n", 0, offset) + 1

    def replaced(m: re.Match[str]) -> str:
        try:
            printed = shown(look_up(values, m["key"]), m["format"] or "")
        except PaperError as error:
            raise PaperError(f"paper.md, line {line_of(m.start())}: {m[0]}: {error}") from None
        rows.append({"line": str(line_of(m.start())), "key": m["key"], "printed": printed})
        return printed

    bare = NO_RESULT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    if m := RESULT.search(bare):
        raise PaperError(
            f"paper.md, line {line_of(m.start())}: {m[0]!r} is typed by hand; a result is {{{{ key:format }}}}, "
            f"and a convention is [{m[0]}]{{.typed}}"
        )
    return PLACE.sub(replaced, text), rows


def pandoc(source: str, out: Path, *arguments: str) -> None:
    """Turn the filled text into the file `out`, with references and cross-references resolved."""
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--standalone", "--fail-if-warnings", "--number-sections"]
    command += ["--lua-filter=../xref.lua", "--bibliography=../references.bib", *arguments, f"--output={out.name}"]
    # One fixed time, since DOCX and LaTeX would write down the present one.
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    done = subprocess.run(
        command, input=source, cwd=out.parent, env=env, text=True, capture_output=True, encoding="utf-8"
    )
    if done.returncode:
        raise PaperError(f"{out.name}: {done.stderr.strip()}")


def build(paper: Path) -> Path:
    """Build the paper in the folder `paper` and return the PDF's path.

    Raises
    ------
    PaperError
        When a number, figure, citation or cross-reference is missing.
    """
    out = paper / "build"
    if not (out / "values.json").exists():
        raise PaperError(f"{out / 'values.json'} is missing; `make paper` runs the analysis that writes it")
    values = json.loads((out / "values.json").read_text(encoding="utf-8"))
    source, rows = fill((paper / "paper.md").read_text(encoding="utf-8"), values)
    with (out / "numbers.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["line", "key", "printed"], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)

    # A reader who hears the page is told its language, and where the text begins.
    html = ("--to=html5", "--citeproc", "--mathml", "--embed-resources", "--default-image-extension=svg", "--metadata=lang:en-US",
            "--variable=include-before:<main>", "--variable=include-after:</main>")  # fmt: skip
    pandoc(source, out / "paper.html", *html)
    pandoc(source, out / "paper.docx", "--to=docx", "--citeproc", "--default-image-extension=png")
    pandoc(source, out / "paper.tex", "--to=latex", "--citeproc", "--default-image-extension=pdf")
    pandoc(source, out / "paper.typ", "--to=typst", "--template=../template.typ", "--default-image-extension=svg")
    with warnings.catch_warnings():
        # An unknown font or glyph is a warning to typst, and a hole on the page to the reader.
        warnings.simplefilter("error", typst.TypstWarning)
        try:
            # Only the fonts that typst brings along: those of a machine would change the pages from place to place.
            pdf = typst.compile(str(out / "paper.typ"), root=str(paper), ignore_system_fonts=True)
        except (typst.TypstError, typst.TypstWarning) as error:
            raise PaperError(f"paper.typ: {error}") from None
    (out / "paper.pdf").write_bytes(pdf)
    return out / "paper.pdf"


def main() -> int:
    """Build the paper beside this file, or in the folder given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    try:
        print(build(parser.parse_args().folder))
    except PaperError as error:
        print(f"paper: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
