"""Who wrote it: people, each once, and nothing else."""

from __future__ import annotations

import json

import pytest

from mediabias.readers.html import read_html


@pytest.mark.parametrize(
    ("authors", "byline"),
    [
        ([{"name": "Ana Dole"}, {"name": "Bo Vale"}], "Ana Dole, Bo Vale"),
        ("By Ana Dole and Bo Vale", "Ana Dole, Bo Vale"),
        ([{"name": "Ana Dole"}, {"name": "ana-dole"}, {"name": "@dole"}], "Ana Dole"),
        (["Ana Dole", "Photo: Getty Images", "https://example.org/dole"], "Ana Dole"),
        (["Jean-Pierre Orr"], "Jean-Pierre Orr"),
    ],
)
def test_a_byline_names_people(authors: object, byline: str) -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "Rain", "author": authors})
    page = f'<script type="application/ld+json">{data}</script><body><h1>Rain</h1><p>It rained all day.</p></body>'
    assert read_html(page, "x.html").byline == byline
