"""A new feature to begin with: the class, its word list, and a test that passes."""

from __future__ import annotations

import re
from pathlib import Path

from mediabias.errors import FeatureError

_FEATURE = '''"""What {name} is, in one sentence."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from mediabias.article import Article, Evidence
from mediabias.features import Feature, Label
from mediabias.lexicons import Matcher

with Path(__file__).with_suffix(".csv").open(encoding="utf8", newline="") as _file:
    _TERMS = Matcher({{row["term"]: row["label"] for row in csv.DictReader(_file)}})


class {cls}(Feature):
    """What it counts, where it looks, and what it is known to get wrong."""

    name = "{name}"
    labels = {{
        "first": Label("What the label means.", "An example of your own."),
        "second": Label("What the other one means.", "Another example."),
    }}
    reference = "Who described the concept"

    def evidence(self, article: Article) -> Iterator[Evidence]:
        """Yield each term of the list in the zones that the feature reads."""
        for span in article.spans(self.zones):
            for start, end, label in _TERMS.find(article.text, span.start, span.end):
                yield Evidence(label, start, end)
'''
_TERMS = "term,label,reference\nharbour,first,ours\nrain*,second,ours\n"
_TEST = '''"""{name}: one sentence that holds it, and one that does not."""

import sys
from pathlib import Path

import mediabias as mb

sys.path.insert(0, str(Path(__file__).parent))  # found from wherever the tests are run
from {name} import {cls}  # noqa: E402


def test_it_finds_its_terms_and_nothing_else() -> None:
    article = mb.Article.from_text("It rained on the harbour. The port stayed dry.", "a")
    found = mb.extract([article], {cls}).evidence
    assert list(zip(found["label"], found["text"])) == [("second", "rained"), ("first", "harbour")]


def test_its_numbers_are_rates_per_thousand_words() -> None:
    article = mb.Article.from_text("It rained on the harbour all day, and all the night too.", "a")
    numbers = mb.extract([article], {cls}).features
    assert numbers["{name}__first"].round(1).tolist() == [83.3]
'''


def new_feature(name: str, folder: str | Path = ".") -> list[Path]:
    """Write a feature, its word list and its test, to be changed into your own.

    Parameters
    ----------
    name : str
        Lower case, with underscores: the prefix of its columns.
    folder : path
        Where the files go: ``NAME.py``, ``NAME.csv``, ``test_NAME.py``.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    FeatureError
        When the name is none that a module can have, or holds what parts feature and label, or a file is there already.

    Examples
    --------
    >>> import tempfile
    >>> [p.name for p in new_feature("weather", tempfile.mkdtemp())]
    ['weather.py', 'weather.csv', 'test_weather.py']
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", name):
        raise FeatureError(
            f"{name!r} is no name for a feature: lower-case words with single underscores, as in loaded_terms"
        )
    folder = Path(folder)
    cls = "".join(part.capitalize() for part in name.split("_"))
    files = {
        folder / f"{name}.py": _FEATURE.format(name=name, cls=cls),
        folder / f"{name}.csv": _TERMS,
        folder / f"test_{name}.py": _TEST.format(name=name, cls=cls),
    }
    if there := [p for p in files if p.exists()]:
        raise FeatureError(f"{there[0]} is there already; choose another name or folder")
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        path.write_text(text, encoding="utf8")
    return list(files)
