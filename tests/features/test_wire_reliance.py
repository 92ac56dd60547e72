"""Wire reliance: whose text an article is, by passages that it shares and credits that it gives."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import mediabias as mb
from mediabias.article import Article, Block, cover

_TAKEN = (
    "The harbour of Ellan was closed on Monday after a week of rain, and the ferry to Tarrow stood still until noon."
)
_OWN = "Our reporter walked along the quay, where nobody had slept and the lamps still burned."


def _article(name: str, outlet: str, body: str, credit: str = "") -> Article:
    text = f"{body}\n\n{credit}" if credit else body
    blocks = [Block(0, len(body))] + ([Block(len(body) + 2, len(text), "credit")] if credit else [])
    return Article(name, text, cover(blocks, len(text)), outlet=outlet, published="2024-03-04", event="rain")


@pytest.fixture
def tables() -> mb.features.run.FeatureTables:
    articles = [
        _article("a", "Reuters", _TAKEN),
        _article("b", "The Ellan Post", f"{_OWN} {_TAKEN}", "With reporting by Reuters"),
        _article("c", "The Vess Tribune", _OWN),
    ]
    return mb.extract(mb.group(mb.Corpus(articles)), "wire_reliance")


def test_shares_are_of_the_words_of_the_body(tables: mb.features.run.FeatureTables) -> None:
    made = tables.features.set_index("article_id")
    taken, own = len(_TAKEN.split()), len(_OWN.split())
    assert made.loc["b", "wire_reliance__agency_text"] == pytest.approx(taken / (taken + own))
    assert made.loc["c", "wire_reliance__shared_text"] == 1.0  # it came after b by its id
    assert made.loc["b", "wire_reliance__agency_credit"] == 1
    assert made.loc["a"].tolist() == [0, 0, 0]


def test_each_passage_leads_to_where_it_comes_from(tables: mb.features.run.FeatureTables) -> None:
    row = tables.evidence[tables.evidence["label"] == "agency_text"].iloc[0]
    told = json.loads(row["attributes"])
    assert (told["from"], told["agency"]) == ("a", "Reuters")
    assert _TAKEN[told["start"] : told["end"]] == row["text"]


def test_without_grouping_the_numbers_are_missing() -> None:
    made = mb.extract([_article("a", "Reuters", _TAKEN)], "wire_reliance").features
    assert made.drop(columns="article_id").isna().all(axis=None)
    assert pd.notna(made["article_id"]).all()
