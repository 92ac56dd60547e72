"""Public corpora that people annotated: their articles as a `Corpus`, and what was annotated in them as a table.

============  =====================================================  ==================================================
name          articles (`load`)                                      annotations (`gold`)
============  =====================================================  ==================================================
``polnear``   seven US outlets on the campaign of 2016               attributions: source, cue, content
``basil``     three US outlets on the same events, the event known   spans of lexical and informational bias
``babe``      none: single sentences                                 sentences, biased or not, with their biased words
============  =====================================================  ==================================================

`mediabias.fetch` brings them; whose they are and what is said of their licence stands in `mediabias.fetch.SOURCES`.
"""

from __future__ import annotations

import ast
import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from mediabias.article import Article
from mediabias.attribution import polnear
from mediabias.corpus import Corpus
from mediabias.errors import ReadError
from mediabias.fetch import SOURCES, cached
from mediabias.outlets import shipped
from mediabias.readers.record import Part, article_of
from mediabias.readers.text import read_text

_T = TypeVar("_T")
_POLNEAR_OUTLETS = {"huff-post": "HuffPost", "usa-today": "USA Today", "wash-post": "The Washington Post",
                    "west-journal": "The Western Journal", "nyt": "The New York Times"}  # fmt: skip
_BASIL_OUTLETS = {"nyt": "The New York Times", "fox": "Fox News", "hpo": "HuffPost"}


def load(name: str, folder: str | Path | None = None) -> Corpus:
    """Return the articles of a public corpus.

    Parameters
    ----------
    name : str
        ``polnear`` or ``basil``.
    folder : path, optional
        Where its files lie; by default where `mediabias.fetch.fetch` puts them.

    Returns
    -------
    Corpus
        With outlet, title, date and (BASIL) event as the corpus has them. Ids are the paths of its files, without suffix.

    Raises
    ------
    FetchError
        When it has not been fetched.
    ReadError
        When a file is not what it should be.
    ValueError
        When there is no corpus of that name that holds articles.
    """
    return Corpus(a for a, _ in _chosen(_ARTICLES, name)(_folder(name, folder)))


def gold(name: str, folder: str | Path | None = None) -> pd.DataFrame:
    """Return what people annotated in a public corpus, one row an annotation, offsets into the article's text.

    Parameters
    ----------
    name : str
        ``polnear`` (article_id, annotator, source, cue, content), ``basil`` (article_id, start, end, text, bias: lexical or
        informational, aim, polarity, target, quoted, speaker) or ``babe`` (text, outlet, topic, type, label, opinion,
        words, url).
    folder : path, optional
        Where its files lie; by default where `mediabias.fetch.fetch` puts them.

    Raises
    ------
    FetchError, ReadError, ValueError
        As `load`.
    """
    return _chosen(_GOLD, name)(_folder(name, folder))


def _chosen(known: dict[str, _T], name: str) -> _T:
    if name not in known:
        raise ValueError(f"nothing of that kind in {name!r}; one of {', '.join(sorted(known))}")
    return known[name]


def _folder(name: str, folder: str | Path | None) -> Path:
    return Path(folder) if folder else cached(name)


# -- BASIL (Fan et al. 2019), second release ---------------------------------------------------------------------------


def _basil(folder: Path) -> Iterator[tuple[Article, list[dict[str, Any]]]]:
    """Yield each article with its annotations, as they stand in the file."""
    paths = sorted((folder / "articles").glob("*/*.json"))
    if not paths:
        raise ReadError(
            "no articles/YEAR/TRIPLET_N.json; give the folder that holds articles and annotations", path=str(folder)
        )
    for path in paths:
        raw = _json(path)
        try:
            paragraphs = [" ".join(p) for p in raw["body-paragraphs"]]
            parts = [Part(raw["title"], "/title", "headline"), *_numbered(paragraphs)]
            article = article_of(
                parts, "basil", shipped(), title=raw["title"], published=raw["date"], url=raw["url"], language="en",
                outlet=_BASIL_OUTLETS.get(raw["source"].lower(), raw["source"]),
            )  # fmt: skip
            article = article.replace(article_id=f"{path.parent.name}/{path.stem}", event=raw["triplet-uuid"])
        except (KeyError, TypeError, AttributeError) as error:
            raise ReadError(f"not an article of BASIL ({error!r}); fetch it again", path=str(path)) from None
        annotated = folder / "annotations" / path.parent.name / f"{path.stem}_ann.json"
        sentences = [s for p in raw["body-paragraphs"] for s in p]
        yield article, [{**a, **_place(article, sentences, a, annotated)} for a in _annotations(annotated)]


def _numbered(paragraphs: list[str]) -> list[Part]:
    return [Part(p, f"/body-paragraphs/{n}", "body") for n, p in enumerate(paragraphs)]


def _annotations(path: Path) -> list[dict[str, Any]]:
    found = _json(path)["phrase-level-annotations"] if path.is_file() else []
    return list(found)


def _place(article: Article, sentences: list[str], annotation: dict[str, Any], path: Path) -> dict[str, int]:
    """Return where in the article's text an annotation of a sentence ("p7", or "title") lies."""
    number = annotation["id"].removeprefix("p")
    words = annotation["txt"]
    start = 0
    if number.isdigit():
        for sentence in sentences[: int(number) + 1]:
            found = article.text.find(sentence.strip(), start)
            start = found if found >= 0 else start
    # Of two, the offsets do not fit the words; then the words count.
    for text, wanted in ((article.text, words), (article.text.casefold(), words.casefold())):
        exact = start + annotation["start"]
        for place in (exact, text.find(wanted, start)):
            if place >= 0 and text[place : place + len(wanted)] == wanted:
                return {"start": place, "end": place + len(wanted)}
    raise ReadError(f"the words of {annotation['id']} are not in the article; fetch both again", path=str(path))


def _basil_gold(folder: Path) -> pd.DataFrame:
    kinds = {"lex": "lexical", "inf": "informational"}
    rows = [
        (article.article_id, a["start"], a["end"], article.text[a["start"] : a["end"]], kinds.get(a["bias"], a["bias"]), a["aim"],
         a["polarity"], a["target"], a["quote"] == "yes", a["speaker"])
        for article, annotations in _basil(folder)
        for a in annotations
    ]  # fmt: skip
    names = ["article_id", "start", "end", "text", "bias", "aim", "polarity", "target", "quoted", "speaker"]
    return pd.DataFrame(rows, columns=names).sort_values(["article_id", "start", "end"], ignore_index=True)


# -- PolNeAR (Newell, Margolin and Ruths 2018) -------------------------------------------------------------------------


def _polnear(folder: Path) -> Iterator[tuple[Article, polnear.Document]]:
    """Yield the articles of all parts that are there, each with its annotations."""
    told = _metadata(folder / "metadata.tsv")
    parts = [p.parent for p in sorted(folder.glob("*/attributions"))]
    if not parts:
        raise ReadError("no PART/text and PART/attributions; give PolNeAR's folder data", path=str(folder))
    for part in parts:
        for document in polnear.read(part):
            row = told.get(document.name, {})
            publisher = row.get("publisher") or document.outlet
            known = shipped().find(_POLNEAR_OUTLETS.get(publisher, publisher))
            wire = row.get("wire", "")
            yield (
                read_text(document.text, document.name).replace(
                    article_id=f"{part.name}/{document.name}",
                    path=f"{part.name}/text/{document.name}.txt",
                    outlet=known.name if known else publisher,
                    title=row.get("title", ""),
                    published=row.get("publication_date") or document.name.split("_")[1],
                    byline=row.get("author", "").removeprefix("None"),
                    wire="" if wire in {"", "None", "NA"} else wire,
                    language="en",
                ),
                document,
            )


def _metadata(path: Path) -> dict[str, dict[str, str]]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf8", newline="") as file:
        return {row["filename"]: row for row in csv.DictReader(file, delimiter="\t")}


def _polnear_gold(folder: Path) -> pd.DataFrame:
    rows = [
        (article.article_id, n, a["source"], a["cue"], a["content"])
        for article, document in _polnear(folder)
        for n, annotator in enumerate(document.annotations)
        for a in annotator
    ]
    return pd.DataFrame(rows, columns=["article_id", "annotator", "source", "cue", "content"])


# -- BABE (Spinde et al. 2021), expert labels --------------------------------------------------------------------------


def _babe_gold(folder: Path) -> pd.DataFrame:
    paths = sorted(folder.glob("*SG1.csv"))
    if not paths:
        raise ReadError("no final_labels_SG1.csv; give BABE's folder data", path=str(folder))
    return babe(paths[0])


def babe(path: Path) -> pd.DataFrame:
    """Return the sentences of one of BABE's tables."""
    table = pd.read_csv(path, sep=";", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    table["words"] = [ast.literal_eval(w) for w in table["biased_words"]]
    named = {"label_bias": "label", "label_opinion": "opinion", "news_link": "url"}
    return table.rename(columns=named)[["text", "outlet", "topic", "type", "label", "opinion", "words", "url"]]


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"damaged JSON ({error}); fetch it again", path=str(path)) from None


_ARTICLES: dict[str, Callable[[Path], Iterator[tuple[Article, Any]]]] = {"basil": _basil, "polnear": _polnear}
_GOLD: dict[str, Callable[[Path], pd.DataFrame]] = {
    "basil": _basil_gold,
    "polnear": _polnear_gold,
    "babe": _babe_gold,
}
assert _GOLD.keys() == SOURCES.keys()
