"""No line of an export's text leaves the body, whatever it looks like."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mediabias.article import Article
from mediabias.readers import Document, read_document
from mediabias.zone_cues import explain
from tests.inputs import exports

LABELS = (
    "State City Person Notes Subject Company Language Graphic Section Length Type Title Author Source Date Location "
    "STATE CITY SUBJECT GRAPHIC LANGUAGE COMPANY CO IN NS ED TD PUB Database Publisher Pages Byline Highlight Abstract LÄNGE RUBRIK".split()
)
words = st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=2, max_size=12).map(" ".join)
labels = st.one_of(st.sampled_from(LABELS), st.from_regex(r"[A-Z][A-Za-z]{2,11}( [A-Za-z]{2,8})?", fullmatch=True))
MADE: dict[str, tuple[str, Callable[[tuple[str, ...]], str]]] = {
    "nexis": ("a.txt", lambda body: exports.nexis("The Ellan Post", body=body)),
    "proquest": ("a.txt", exports.proquest),
    "export": ("a.txt", exports.old),
    "factiva": ("a.txt", exports.factiva),
}


@pytest.mark.parametrize("name", MADE)
@given(labels, words, st.sampled_from([": ", ":", " : ", " "]), st.integers(1, 5))
@settings(max_examples=60)
def test_a_line_like_a_field_stays_in_the_body(name: str, label: str, said: str, colon: str, place: int) -> None:
    file, make = MADE[name]
    line = f"{label}{colon}{said}"
    assume(not explain(line))  # "Source: ..." is a credit to zoning, wherever it stands
    body = (*exports.BODY[:place], line, *exports.BODY[place:])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, file)
        path.write_text(make(body), encoding="utf8")
        (article,) = read_document(Document(path, path.name))
    assert isinstance(article, Article) and article.reader == name
    assert [line for line in body if line not in article.zone_text("body")] == []
