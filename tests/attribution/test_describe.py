"""What is added to the spans, and what is mended in them."""

from __future__ import annotations

import pytest

from mediabias.article import Article, Span
from mediabias.attribution import attribute
from mediabias.attribution.cue_entry import entry_in_context
from mediabias.attribution.describe import described, is_cue, mended, quotation_kind
from mediabias.attribution.engines import Found


def found(text: str, source: str, cue: str, content: str = "") -> Found:
    def span(part: str) -> tuple[Span, ...]:
        return (Span(text.index(part), text.index(part) + len(part)),) if part else ()

    return Found(span(cue), span(source), span(content), 1.0)


def classed(text: str, source: str, cue: str, content: str = "") -> str:
    return entry_in_context(text, found(text, source, cue, content)).cue_class


@pytest.mark.parametrize(
    "who", ["president", "government", "minister", "official", "officer", "secretary", "defendant"]
)
@pytest.mark.parametrize("verb", ["said", "told", "noted", "announced", "claimed"])
def test_a_verb_behind_an_official_is_no_noun(who: str, verb: str) -> None:
    assert classed(f"The {who} {verb} so.", f"The {who}", verb) != "other"


def test_a_noun_is_not_the_verb_of_its_form() -> None:
    assert classed("The attacks were long.", "", "attacks") == "other"


def test_a_dateline_is_no_source() -> None:
    text = "ELLAN, Ordavia (LP) — Port officials said it rained."
    assert (
        mended(text, found(text, "ELLAN, Ordavia (LP) — Port officials", "said")).source[0].of(text) == "Port officials"
    )


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("Mayor Ana Dole accused of fraud.", "accused", ""),
        ("Mayor Ana Dole was accused of fraud.", "was accused of", ""),
        ("Mayor Ana Dole accused the council of fraud.", "accused", "Mayor Ana Dole"),
        ("Mayor Ana Dole has accused the council.", "has accused", "Mayor Ana Dole"),
    ],
)
def test_who_is_accused_does_not_speak(text: str, cue: str, source: str) -> None:
    assert " ".join(s.of(text) for s in mended(text, found(text, "Mayor Ana Dole", cue)).source) == source


@pytest.mark.parametrize(("cue", "can_be"), [("also", False), ("reporters", False), ("Hasek", False), ("Says", True)])
def test_an_adverb_or_a_name_is_no_cue(cue: str, can_be: bool) -> None:
    assert is_cue(f"Dole {cue} so.", found(f"Dole {cue} so.", "Dole", cue)) is can_be


def test_a_quotation_over_paragraphs_is_direct() -> None:
    text = "“It rains and rains.\n\n“It pours all day long.”"
    assert quotation_kind(text, [Span(0, len(text))]) == "direct"


def test_the_corrected_field_is_what_features_read() -> None:
    (one,) = attribute(Article.from_text("“It rains,” the mayor claimed.")).attributions or ()
    assert (one.cue_class, one.cue_stance, one.type, one.source_form) == (
        "distancing",
        "distancing",
        "assertion",
        "title",
    )


@pytest.mark.parametrize(
    ("text", "source", "cue", "wanted"),
    [
        ("The minister says so.", "The minister", "says", "neutral"),
        ("The expert claims so.", "The expert", "claims", "distancing"),
        ("Observers in the province say so.", "Observers in the province", "say", "neutral"),
        ("Mayor Dole Calls Vote a Farce", "Mayor Dole", "Calls", "neutral"),
        ("Mayor Dole Vows to Stay", "Mayor Dole", "Vows", "promising"),
        ("The mayor’s claims are long.", "The mayor’s", "claims", "distancing"),
        ("His attacks are long.", "His", "attacks", "other"),
        ("Associated Press reports", "Associated", "Press", "other"),
        ("Attacks Shake Town", "", "Attacks", "other"),
    ],
)
def test_a_verb_right_behind_its_source_is_one(text: str, source: str, cue: str, wanted: str) -> None:
    assert classed(text, source, cue) == wanted


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("At the harbour, Ana Dole", "Ana Dole"),
        ("Meanwhile, the mayor", "the mayor"),
        ("And the mayor", "the mayor"),
        ("But Dole", "Dole"),
        ("At least forty people, all pilots", "At least forty people, all pilots"),
        ("In", "In"),
        ("Inspectors, two of them new", "Inspectors, two of them new"),
        ("Ana Dole, at the harbour", "Ana Dole, at the harbour"),
    ],
)
def test_where_and_when_is_no_source(source: str, left: str) -> None:
    text = f"{source} said so."
    assert " ".join(s.of(text) for s in mended(text, found(text, source, "said")).source) == left


def test_what_is_seen_as_something_is_believed() -> None:
    text = "He sees it as a great test."
    (one,) = described(Article.from_text(text), [found(text, "He", "sees", "it as a great test")])
    assert (one.cue_class, one.cue_factivity, one.type) == ("mental", "non-factive", "belief")


@pytest.mark.parametrize(
    ("cue", "content", "wanted"),
    [
        ("have", "said that it rains", ("have said", "that it rains")),
        ("have", "said", ("have said", "")),
        ("have", "rain in mind", ("have", "rain in mind")),
        ("have not", "denied it", ("have not denied", "it")),
    ],
)
def test_a_verb_that_the_content_took_goes_back_to_its_cue(cue: str, content: str, wanted: tuple[str, str]) -> None:
    text = f"Police {cue} {content}."
    found = Found((Span(7, 7 + len(cue)),), (Span(0, 6),), (Span(8 + len(cue), len(text) - 1),), 0.7)
    made = mended(text, found)
    assert (made.cue[0].of(text), "".join(c.of(text) for c in made.content)) == wanted


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Rain falls.\n\nELLAN - The mayor said so.", "The mayor"),
        ("ELLAN - The mayor said so.", "The mayor"),
        ("On Monday ELLAN - The mayor said so.", "ELLAN - The mayor"),
    ],
)
def test_a_dateline_stands_where_a_paragraph_begins(text: str, source: str) -> None:
    begin, end = text.index("ELLAN"), text.index(" said")
    given = Found((Span(end + 1, end + 5),), (Span(begin, end),), (), 1.0)
    assert mended(text, given).source[0].of(text) == source


def test_a_cue_of_a_helping_verb_behind_its_content_is_left_as_it_is() -> None:
    text = "Said it rained all day, the mayor has."
    found = Found((Span(34, 37),), (Span(24, 33),), (Span(0, 22),), 1.0)
    assert mended(text, found) == found
