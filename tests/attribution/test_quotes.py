import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediabias.article import Span, paragraphs
from mediabias.attribution.quotes import quotations


def found(text: str) -> list[str]:
    return [q.span.of(text) for q in quotations(text, list(paragraphs(text)))]


@pytest.mark.parametrize(
    "text",
    [
        'He said: "It rains." Then he left.',
        "He said: “It rains.” Then he left.",
        "He said: ''It rains.'' Then he left.",
        "He said: «It rains.» Then he left.",
        "He said: „It rains.“ Then he left.",
        "He said: ‘It rains.’ Then he left.",
        "He said: 'It rains.' Then he left.",
        'He said: “It rains." Then he left.',
    ],
)
def test_every_kind_of_mark_is_read(text: str) -> None:
    assert [q[1:-1].strip("'") for q in found(text)] == ["It rains."]


def test_apostrophes_are_no_marks() -> None:
    assert found("The workers' union didn't say it wasn't the dockers’ fault.") == []


def test_a_quotation_inside_a_quotation_belongs_to_it() -> None:
    text = "“He told me ‘no’ twice,” she said."
    assert found(text) == ["“He told me ‘no’ twice,”"]


def test_a_quotation_runs_over_paragraphs_that_each_open_it() -> None:
    text = "“We waited.\n\n“Nobody came,” said Dole."
    first, second = quotations(text, list(paragraphs(text)))
    assert (first.closed, second.continues) == (False, 0)
    assert second.span.of(text) == "“Nobody came,”"


def test_an_unclosed_mark_costs_its_own_paragraph_only() -> None:
    text = "He said “it rains and left.\n\n“It rains,” she said."
    assert "“It rains,”" in found(text)


@given(st.text(alphabet="ab .,\n\"'“”‘’«»„`", max_size=200))
def test_quotations_lie_inside_their_paragraphs_and_never_overlap(text: str) -> None:
    spans = list(paragraphs(text))
    marks = quotations(text, spans)
    assert all(any(p.start <= q.start < q.end <= p.end for p in spans) for q in marks)
    assert all(a.end <= b.start for a, b in itertools.pairwise(marks))
    assert all(0 <= q.continues < n for n, q in enumerate(marks) if q.continues is not None)


def test_no_paragraph_no_quotation() -> None:
    assert quotations("“No.”", []) == []
    assert quotations("“No.”", [Span(0, 0)]) == []
