import pytest

from mediabias.attribution.who.labels import with_text, without_text
from mediabias.errors import TableError

ARTICLE = {
    "id": "a",
    "outlet": "Ellan Post",
    "text": "Mayor Ana Dole said so. “Rain,” she added. We agree.",
    "units": [
        {"unit": "1", "source": [[0, 14]], "cue": [[15, 19]], "content": [[20, 22]], "ok": "yes", "speaker": "Ana Dole"},
        {"unit": "2", "source": [[32, 35]], "cue": [[36, 41]], "content": [[24, 31]], "ok": "yes", "speaker": "Ana Dole|Ana B. Dole"},
        {"unit": "3", "source": [[43, 45]], "cue": [[46, 51]], "content": [], "ok": "yes", "speaker": "AUTHOR"},
    ],
}  # fmt: skip


def test_labels_hold_no_words_of_the_article_and_come_together_with_its_text() -> None:
    labels = without_text(ARTICLE)
    assert "Dole" not in str(labels)
    (again,) = with_text([labels], {"a": ARTICLE["text"]})
    assert [u["speaker"] for u in again["units"]] == ["Ana Dole", "Ana Dole|", "AUTHOR"]
    assert again["units"][0]["cue"] == [[15, 19]]


def test_another_text_is_refused() -> None:
    with pytest.raises(TableError, match="a: not the text that was coded"):
        list(with_text([without_text(ARTICLE)], {"a": "Another text."}))
