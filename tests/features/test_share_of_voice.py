"""Share of voice: words, quotations, first and last place, by type and by speaker."""

from __future__ import annotations

import pytest

import mediabias as mb
from mediabias.article import Article, Attribution, Block, Span
from mediabias.errors import FeatureError

_SAID = (
    ("Mayor Ana Dole", "named official", "direct", "that the pumps are old and nobody listened"),
    ("A witness", "citizen", "indirect", "that it rained"),
    ("Dole", "named official", "mixed", "that “nobody” came"),
)


@pytest.fixture
def article() -> Article:
    text, found = "", []
    for n, (source, kind, quotation, content) in enumerate(_SAID):
        start = len(text)
        text += f"{source} said {content}. "
        s, c = Span(start, start + len(source)), start + len(source) + 1
        speaker = "Ana Dole" if "Dole" in source else source
        found.append(
            Attribution(
                (Span(c, c + 4),), (s,), (Span(c + 5, c + 5 + len(content)),), f"a{n}", speaker,
                source_type=kind, quotation=quotation,
            )
        )  # fmt: skip
    return Article("a", text, (Block(0, len(text)),), outlet="Post", attributions=tuple(found))


def test_words_quotations_and_places_are_shares_by_type(article: Article) -> None:
    row = mb.extract([article], "share_of_voice").features.iloc[0]
    assert row["share_of_voice__words_named_official"] == pytest.approx(11 / 14)
    assert row["share_of_voice__words_citizen"] == pytest.approx(3 / 14)
    assert row["share_of_voice__quotations_named_official"] == 1
    assert row["share_of_voice__opens_named_official"] == row["share_of_voice__closes_named_official"] == 1
    assert row["share_of_voice__closes_citizen"] == 0


def test_the_evidence_of_the_last_word_is_its_source(article: Article) -> None:
    found = mb.extract([article], "share_of_voice").evidence
    assert found[found["label"] == "closes_named_official"]["text"].tolist() == ["Dole"]


def test_voices_has_a_row_a_speaker(article: Article) -> None:
    rows = mb.voices([article])[["speaker", "words", "quotations", "attributions", "place", "last"]].values.tolist()
    assert rows == [["Ana Dole", 11, 2, 2, 1, True], ["A witness", 3, 0, 1, 2, False]]
    with pytest.raises(FeatureError, match="attribute_all"):
        mb.voices([article.replace(attributions=None)])


def test_an_article_in_which_nobody_speaks_has_missing_shares() -> None:
    row = mb.extract(
        [Article.from_text("It rained. It poured.", "a").replace(attributions=())], "share_of_voice"
    ).features
    assert row.drop(columns="article_id").isna().all(axis=None)


def test_shares_add_up(sample_corpus: mb.Corpus) -> None:
    made = mb.extract(list(sample_corpus)[:5], "share_of_voice").features
    for kind in ("words", "quotations", "opens", "closes"):
        columns = [c for c in made if c.startswith(f"share_of_voice__{kind}_")]
        assert made[columns].sum(axis=1).tolist() == pytest.approx([1.0] * 5)
