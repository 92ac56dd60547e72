"""Headline and body: a claim that the text attributes, with or without its source in the headline."""

from __future__ import annotations

import json

import pytest

import mediabias as mb
from mediabias.article import Article, Attribution, Block, Span

_CLAIM = "the pumps in the port are far too old"


def _label(headline: str, body: str, said: str = _CLAIM, cue_in_headline: str = "") -> list[str]:
    text = f"{headline}\n\n{body}"
    found = []
    if said in body:
        start, cue = text.index(said, len(headline)), text.index("said", len(headline))
        source = text.index("Dole", len(headline))
        found.append(
            Attribution(
                (Span(cue, cue + 4),), (Span(source, source + 4),), (Span(start, start + len(said)),), "a1", "Dole"
            )
        )
    if cue_in_headline:
        cue = text.index(cue_in_headline)
        found.append(Attribution((Span(cue, cue + len(cue_in_headline)),), (Span(0, 4),), (Span(0, 9),), "a0", "Dole"))
    blocks = (Block(0, len(headline), "headline"), Block(len(headline) + 2, len(text)))
    article = Article("a", text, blocks, attributions=tuple(found))
    rows = mb.available()["headline_body"]().evidence_table([article])
    for row in rows.itertuples():
        assert json.loads(row.attributes)["claim"] == said
        assert row.text == headline
    return rows["label"].tolist()


@pytest.mark.parametrize(
    ("headline", "body", "wanted"),
    [
        ("Pumps in Port Too Old", f"Dole said that {_CLAIM}.", ["claim_as_fact"]),
        ("Mayor: Pumps in Port Too Old", f"Dole said that {_CLAIM}.", ["claim_attributed"]),
        ("Pumps in Port ‘Too Old’", f"Dole said that {_CLAIM}.", ["claim_attributed"]),
        # The outlet says so itself.
        ("Pumps in Port Too Old", f"The pumps of the port are old. Dole said that {_CLAIM}.", []),
        ("Ferry Late Again This Morning", f"Dole said that {_CLAIM}.", []),
        ("Pumps in Port Too Old", "Nobody was asked.", []),
        ("Pumps", f"Dole said that {_CLAIM}.", []),
    ],
)
def test_a_headline_carries_a_claim_with_or_without_its_source(headline: str, body: str, wanted: list[str]) -> None:
    assert _label(headline, body) == wanted


def test_a_cue_in_the_headline_is_a_source() -> None:
    assert _label("Dole says pumps in port too old", f"Dole said that {_CLAIM}.", cue_in_headline="says") == [
        "claim_attributed"
    ]


def test_the_sample_has_headlines_of_both_kinds(sample_corpus: mb.Corpus) -> None:
    found = mb.extract(sample_corpus, "headline_body", settings=mb.Settings(engine="rules")).evidence
    assert set(found["label"]) <= {"claim_as_fact", "claim_attributed"}
    assert found["article_id"].is_unique
