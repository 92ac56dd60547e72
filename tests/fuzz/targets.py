"""What is fuzzed: functions of bytes that raise when something is wrong which no input may cause."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pandas as pd
from lxml import html

from mediabias import display
from mediabias.article import Article
from mediabias.attribution import attribute
from mediabias.csvs import csv_text
from mediabias.display.bars import bars
from mediabias.display.contrasts import comparison
from mediabias.display.stories import event_grid, side_by_side
from mediabias.display.viewer import viewer
from mediabias.errors import ReadError
from mediabias.features import extract
from mediabias.features.registry import shipped
from mediabias.readers import READERS, Reject, read_document
from mediabias.readers.base import Document


@dataclass(frozen=True)
class Given(Document):
    """A document whose bytes are at hand."""

    data: bytes = b""

    def open(self) -> io.BufferedReader:  # type: ignore[override]
        """Open the bytes, unpacked where they are packed."""
        import gzip

        file = io.BufferedReader(io.BytesIO(self.data))  # type: ignore[arg-type]
        return gzip.GzipFile(fileobj=file) if self.data.startswith(b"\x1f\x8b") else file  # type: ignore[return-value]


_FORMATS = [None, *(r.name for r in READERS)]
_SUFFIXES = (".html", ".txt", ".json", ".csv", ".xml", ".zip", ".eml", ".rtf", ".docx", ".xlsx")


def read(data: bytes) -> list[Article]:
    """Read a document: the first byte chooses the reader and the suffix. Whatever it holds, there is an article or a ReadError."""
    if not data:
        return []
    choice, raw = data[0], data[1:]
    name = f"fuzz{_SUFFIXES[choice // len(_FORMATS) % len(_SUFFIXES)]}"
    document = Given(Path(name), name, max_bytes=1_000_000, max_seconds=0, data=raw)
    articles = []
    try:
        for found in read_document(document, _FORMATS[choice % len(_FORMATS)]):
            if isinstance(found, Reject):
                assert found.reason, "a reject without a reason"
                continue
            _check(found)
            articles.append(found)
    except ReadError as error:
        assert str(error), "an error without words"
    return articles


def _check(article: Article) -> None:
    text, blocks = article.text, article.blocks
    assert not blocks or (blocks[0].start == 0 and blocks[-1].end == len(text)), "text outside the blocks"
    assert all(a.end == b.start for a, b in pairwise(blocks)), "a gap between blocks"
    text.encode("utf8")  # what was read can be written


def find(data: bytes) -> None:
    """Find attributions and features in a text: offsets lie within it, and what is counted is what is found."""
    text = data.decode("utf8", "replace")
    article = attribute(Article.from_text(text, "a", language="en"), "rules")
    for a in article.attributions or ():
        assert all(0 <= s.start < s.end <= len(text) for s in (*a.source, *a.cue, *a.content)), (
            "a span outside the text"
        )
    tables = extract([article.replace(passages=())], [cls() for cls in shipped()])
    for row in tables.evidence.itertuples():
        assert text[row.start : row.end] == row.text, "evidence that is not the text's"
    assert (tables.counts["count"] >= 0).all() and (tables.counts["exposure"] >= 0).all()


def show(data: bytes) -> None:
    """Show an article whose every field is hostile: no element and no attribute comes from it, and no cell is a formula."""
    text = data.decode("utf8", "replace")
    half = text[: len(text) // 2]
    fields = dict.fromkeys(
        ("outlet", "title", "byline", "published", "language", "event", "copy_of", "wire", "url"), half
    )
    article = attribute(Article.from_text(text or "x", half or "a", **fields), "rules")
    tables = extract([article.replace(passages=())], [cls() for cls in shipped()[:3]])
    effect = dict.fromkeys(("a", "b"), half) | dict.fromkeys(("estimate", "ci_low", "ci_high", "p", "q"), 0.1)
    effects = pd.DataFrame([effect | {"column": tables.dictionary["column"][0], "n_events": 1, "n_articles": 2}])
    shown = [
        display.annotated(article, evidence=tables.evidence),
        display.event([article]),
        event_grid([article, article.replace(article_id="b", copy_of=article.article_id)]),
        side_by_side(article, article.replace(article_id="b")),
        display.evidence(tables.evidence, [article]),
        viewer([article, article.replace(article_id="b")], tables),
        bars([article], tables),
        comparison(effects, tables, [article]),
    ]
    if "\0" not in text:  # what a browser replaces, lxml refuses
        allowed(display.page(shown, title=half))
    for line in csv_text(tables.evidence).splitlines():
        assert not line.startswith(("=", "+", "-", "@")), "a formula"


#: All that our own markup consists of.
_ELEMENTS = frozenset(
    "html head meta title style body main div article section header span p h1 h2 h3 h4 small br ul li b sup table caption thead tbody tr th td "
    "mark details summary".split()
)
_ATTRIBUTES = frozenset(
    "class title lang charset name content colspan scope tabindex role aria-label aria-hidden".split()
)


def allowed(page: str) -> None:
    """Raise AssertionError where a page holds an element or an attribute that is not ours."""
    for element in html.document_fromstring(page.encode("utf8", "replace"), html.HTMLParser(encoding="utf8")).iter():
        assert isinstance(element.tag, str), f"a comment or an instruction: {element!r}"
        assert element.tag in _ELEMENTS, f"an element <{element.tag}>"
        assert set(element.attrib) <= _ATTRIBUTES, f"attributes {sorted(element.attrib)} of <{element.tag}>"


TARGETS: dict[str, Callable[[bytes], object]] = {"read": read, "find": find, "show": show}


def seeds(target: str) -> Iterator[bytes]:
    """Yield what a fuzzer begins with: the examples of the tests of reading, small pages, texts full of quotations."""
    examples = sorted((Path(__file__).parents[1] / "readers" / "examples").iterdir())
    if target == "read":
        for n, path in enumerate(examples):
            yield bytes([n % len(_FORMATS) * 0]) + path.read_bytes()[:20_000]
        for n in range(len(_FORMATS)):
            yield bytes([n]) + b"<html><body><h1>Rain Floods Port</h1><p>It rained all day.</p></body></html>"
        return
    for text in (
        "Rain Floods Port\n\n“It rains,” the mayor claimed. He refused to say more, according to Ana Dole, 37.",
        '<script>alert(1)</script>“<img src=x onerror=alert(1)>,” said "Mr. O\'Dole" </title></style>&lt;b&gt;',
        "=1+1\n\nThe road was closed by the council, which may perhaps deny it; we are independent and unbiased.",
    ):
        yield text.encode()
