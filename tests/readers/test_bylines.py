"""Who wrote it: people, each once, and nothing else."""

from __future__ import annotations

import json

import pytest

from mediabias.article import Article, Block
from mediabias.outlets import shipped
from mediabias.readers.describe import described
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


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("Lena Obry", "Lena Obry"),
        ("Lena Obry 27/09/2018 Comment", "Lena Obry"),
        ("Ana Dole and Jan de Vries", "Ana Dole and Jan de Vries"),
        ("By Lena Obry", "Lena Obry"),
        ("Staff Reporter", ""),
        ("Lena Obry Harbour Press", ""),
        ("4 March 2024", ""),
        ("March 4, 2024", ""),
        ("Lena Obry, political correspondent", "Lena Obry"),
    ],
)
def test_a_name_alone_is_who_wrote_it(line: str, byline: str) -> None:
    text = f"{line}\n\nIt rains."
    blocks = (Block(0, len(line), "byline"), Block(len(line), len(text), "body"))
    assert described(Article("a", text, blocks), shipped()).byline == byline
