import pytest

from mediabias.article import Article, Block
from mediabias.attribution import attribute


def test_attributions_are_found_in_every_zone_and_kept_in_those_asked_for() -> None:
    text = "Dole said it rained.\n\nWe said we need your help."
    article = Article("a", text, blocks=(Block(0, 20), Block(22, len(text), "appeal")))
    assert [a.zone for a in attribute(article, zones=["body"]).attributions or ()] == ["body"]
    assert {a.zone for a in attribute(article).attributions or ()} == {"body", "appeal"}


def test_a_speaker_is_resolved_over_the_whole_article() -> None:
    text = "Dole said it rained.\n\nMayor Ana Dole in the flooded port."
    article = Article("a", text, blocks=(Block(0, 22), Block(22, len(text), "caption")))
    (said,) = attribute(article, zones=["body"]).attributions or ()
    assert (said.speaker, said.source_type) == ("Ana Dole", "named official")


def test_numbers_follow_the_text_and_the_article_is_not_changed() -> None:
    article = Article.from_text("“It rains,” said Dole. Vale claimed that it did not.", "x")
    first, second = attribute(article).attributions or ()
    assert (first.attribution_id, second.attribution_id) == ("x:a001", "x:a002")
    assert (first.cue_class, second.cue_class) == ("neutral", "distancing")
    assert article.attributions is None
    assert attribute(article) == attribute(article)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“It rains all day long,” said Dole.", "direct"),
        ("Dole said that it rained “all day long” in the port.", "mixed"),
        ("Dole said that it rained.", "indirect"),
    ],
)
def test_kinds_of_quotation(text: str, kind: str) -> None:
    assert [a.quotation for a in attribute(Article.from_text(text)).attributions or ()] == [kind]


def test_an_article_without_attributions_has_none() -> None:
    assert attribute(Article.from_text("It rains.")).attributions == ()
    assert attribute(Article.from_text("")).attributions == ()


def test_an_unknown_engine_is_named_with_those_that_exist() -> None:
    with pytest.raises(ValueError, match="rules"):
        attribute(Article.from_text("It rains."), engine="magic")
