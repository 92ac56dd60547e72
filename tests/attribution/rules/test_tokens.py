import itertools

from hypothesis import given
from hypothesis import strategies as st

from mediabias.attribution.rules.tokens import sentence_ends, tokenize


def sentences(text: str) -> list[str]:
    tokens = tokenize(text)
    return [text[tokens[a].start : tokens[b - 1].end] for a, b in sentence_ends(tokens, [False] * len(tokens))]


@given(st.text())
def test_tokens_quote_the_text_in_order_and_leave_out_white_space_only(text: str) -> None:
    tokens = tokenize(text)
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))
    covered = {i for t in tokens for i in range(t.start, t.end)}
    assert all(
        text[i].isspace() or i in covered or not text[i].isprintable() or text[i] == "_" for i in range(len(text))
    )


@given(st.text(alphabet='aB. ?!"”“’', max_size=60))
def test_sentences_partition_the_tokens(text: str) -> None:
    tokens = tokenize(text)
    ranges = list(sentence_ends(tokens, [False] * len(tokens)))
    assert [i for a, b in ranges for i in range(a, b)] == list(range(len(tokens)))


def test_titles_initials_and_abbreviations_do_not_end_a_sentence() -> None:
    text = "Mr. Orrin J. Vale of St. Brannoc met Sen. Dole. The U.S. envoy left at 5 p.m. on Jan. 3."
    assert sentences(text) == [
        "Mr. Orrin J. Vale of St. Brannoc met Sen. Dole.",
        "The U.S. envoy left at 5 p.m. on Jan. 3.",
    ]


def test_an_abbreviation_may_end_a_sentence_too() -> None:
    assert sentences("She lives in the U.S. He does not.") == ["She lives in the U.S.", "He does not."]


def test_a_semicolon_ends_no_sentence_however_long() -> None:
    assert len(sentences("It rained " + "and rained " * 20 + "on the port; it rained " + "on the town " * 10)) == 1
