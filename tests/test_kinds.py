"""Given the wrong kind of thing, every public function says what it takes and how to get it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

import mediabias as mb
from mediabias.errors import MediabiasError
from mediabias.kinds import checked

#: Those that take what has no class of its own: a mapping of coders, pages in pieces, arrays.
APART = {"adjudication", "agree", "alpha", "alpha_of_spans", "alpha_u", "outlet_shares", "page", "gold", "load"}
FACES = (mb, mb.figures, mb.display, mb.features, mb.validation)
PUBLIC = {
    f"{face.__name__}.{name}": getattr(face, name)
    for face in FACES
    for name in face.__all__
    if name not in APART and inspect.isfunction(getattr(face, name))
}


@pytest.fixture(scope="module")
def given() -> dict[str, Any]:
    articles = [
        mb.Article.from_text("“It rains,” the mayor said.", i, outlet=o, event="e") for i, o in ("aX", "bY", "cZ")
    ]
    corpus = mb.Corpus(articles)
    tables = mb.extract(corpus, "quotation")
    return {
        "a corpus": corpus,
        "tables": tables,
        "a table": tables.features,
        "articles": corpus.articles,
        "a text": "It rains.",
        "a number": 7,
        "nothing": None,
        "an article": articles[0],
    }


def needed(function: Callable[..., Any]) -> int:
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(p.default is p.empty and p.kind in kinds for p in inspect.signature(function).parameters.values())


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.filterwarnings("ignore")
def test_the_wrong_kind_of_thing_is_named_with_what_is_wanted(name: str, given: dict[str, Any]) -> None:
    function = PUBLIC[name]
    if not (n := needed(function)):
        return
    for kind, value in given.items():
        try:
            result = function(*[value] * n)
            if inspect.isgenerator(result):
                list(result)
        except (MediabiasError, FileNotFoundError) as error:
            assert str(error), kind
        except (TypeError, ValueError) as error:
            assert "takes" in str(error) or "give" in str(error), (kind, error)


def test_a_parameter_of_any_kind_takes_any() -> None:
    @checked
    def taking(feature: Any, least: float = 0.5) -> Any:
        return feature

    assert taking("quotation") == "quotation" and taking(None, 1) is None


def test_a_corpus_is_no_table_of_names_and_tables_are_no_articles(given: dict[str, Any]) -> None:
    with pytest.raises(
        MediabiasError, match=r"actor_grid: 'names' is a Corpus; it takes a table of names, as mb.actor_names"
    ):
        mb.actor_grid(given["a corpus"])
    with pytest.raises(MediabiasError, match="voices: 'articles' is a FeatureTables; it takes articles: a corpus"):
        mb.voices(given["tables"])
    with pytest.raises(MediabiasError, match="actor_grid: 'names' has no column 'n'"):
        mb.actor_grid(given["a table"])
    with pytest.raises(TypeError, match=r"it is called as extract\(articles, \.\.\.\)"):
        mb.extract()
