"""Copies, agency stories and shared passages: whose text stands in whose article."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediabias.article import Article
from mediabias.corpus import Corpus
from mediabias.events import grouped
from mediabias.events.tiling import tiles

_STORY = (
    "The harbour of Ellan was closed on Monday after a week of rain, and the ferry to Tarrow stood still until noon.",
    "Pumps from three neighbouring towns were brought to the lower basin, where the water stood a metre high in the sheds.",
    "Dockers carried what could be saved to the old customs house, and the council opened a kitchen for them at night.",
    "By Tuesday morning the first boats had left again, among them two trawlers that had waited outside since Sunday.",
)
_OWN = (
    "Our reporter walked along the quay, where nobody had slept and the lamps were still burning in the grey morning.",
    "A crane operator showed us the mark that the flood had left on the wall of the engine room, higher than his chest.",
    "Children had drawn the water level of earlier years on a door, and this one went over all of their lines.",
)
_QUOTE = (
    "“We were warned for years that the pumps were too old, and nobody in the council wanted to hear a word about it "
    "until the water stood in their own cellars,” the harbour master said."
)


def _article(name: str, paragraphs: tuple[str, ...], outlet: str = "", **fields: str) -> Article:
    text = "\n\n".join(("Rain Closes Harbour of Ellan", *paragraphs))
    return Article.from_text(text, name, outlet=outlet or name, **{"published": "2024-03-05", **fields})


def test_a_story_that_is_cut_and_reordered_is_a_copy_with_its_passages() -> None:
    origin = _article("a", _STORY, published="2024-03-04")
    copy = _article("b", (_STORY[2], _STORY[0], _OWN[0]))
    found = grouped(Corpus([origin, copy])).corpus
    assert (found["a"].copy_of, found["b"].copy_of) == ("", "a")
    passages = found["b"].passages or ()
    assert [p.start for p in passages] == sorted(p.start for p in passages)
    for p in passages:
        assert found["b"].text[p.start : p.end] == found["a"].text[p.source_start : p.source_end]
    assert {copy.text[p.start : p.end].split()[0] for p in passages} == {"Dockers", "The"}
    assert found["a"].passages == ()


def test_a_paragraph_taken_over_is_a_passage_and_no_copy() -> None:
    found = grouped(Corpus([_article("a", _STORY, published="2024-03-04"), _article("b", (*_OWN, _STORY[1]))])).corpus
    assert found["b"].copy_of == ""
    (passage,) = found["b"].passages or ()
    assert found["b"].text[passage.start : passage.end].startswith("Pumps from three")


def test_a_quotation_that_all_print_is_no_copy() -> None:
    first, second = (
        _article("a", (_OWN[0], _QUOTE, _OWN[1]), published="2024-03-04"),
        _article("b", (_STORY[0], _QUOTE, _STORY[1])),
    )
    found = grouped(Corpus([first, second])).corpus
    assert all(a.copy_of == "" and not a.passages for a in found)


def test_the_agencys_own_article_is_the_origin_whenever_it_came() -> None:
    agency = _article("z", _STORY, "Reuters", published="2024-03-06")
    found = grouped(
        Corpus([_article("a", _STORY, wire="Reuters"), _article("b", (*_STORY[:3], _OWN[0])), agency])
    ).corpus
    assert {a.article_id: a.copy_of for a in found} == {"a": "z", "b": "z", "z": ""}
    assert {a.article_id: a.wire for a in found} == {"a": "Reuters", "b": "Reuters", "z": ""}  # b credits nobody
    assert {p.wire for a in found for p in a.passages or ()} == {"Reuters"}


def test_a_short_report_within_a_long_one_makes_no_copy_of_the_long_one() -> None:
    brief, long = _article("a", _STORY[:1], published="2024-03-04"), _article("b", (*_STORY, *_OWN))
    found = grouped(Corpus([brief, long])).corpus
    assert found["b"].copy_of == ""
    assert len(found["b"].passages or ()) == 1


@pytest.mark.parametrize(("words", "copy_of"), [(23, ""), (24, "a")])
def test_a_copy_has_at_least_twenty_runs_of_five_words(words: int, copy_of: str) -> None:
    short = (" ".join(" ".join(_STORY).split()[:words]),)
    corpus = Corpus([_article("a", short, published="2024-03-04"), _article("b", short)])
    assert grouped(corpus).corpus["b"].copy_of == copy_of


def test_a_story_reprinted_weeks_later_is_found_in_another_event() -> None:
    again = _article("b", _STORY, published="2024-05-01")
    found = grouped(Corpus([_article("a", _STORY, published="2024-03-04"), again])).corpus
    assert found["a"].event != found["b"].event
    assert found["b"].copy_of == "a"


def test_passages_are_kept_with_the_corpus(tmp_path: Path) -> None:
    found = grouped(Corpus([_article("a", _STORY, published="2024-03-04"), _article("b", (_OWN[0], _STORY[1]))]))
    found.save(tmp_path)
    again = Corpus.load(tmp_path)
    assert again["b"].passages == found.corpus["b"].passages
    assert again.passages is not None
    assert list(pd.read_csv(tmp_path / "event_assignments.csv")["article_id"]) == ["a", "b"]
    Corpus([_article("a", _STORY)]).save(tmp_path)
    assert Corpus.load(tmp_path).passages is None
    assert not (tmp_path / "event_assignments.csv").exists()


def test_the_samples_shared_passages_are_the_agencys(sample_corpus: Corpus) -> None:
    blank = Corpus(a.replace(event="", copy_of="") for a in sample_corpus)
    found = grouped(blank).corpus
    for article in found:
        for p in article.passages or ():
            origin = found[p.source_id]
            words = article.text[p.start : p.end].casefold().replace("’", "'").split()
            assert words[0] == origin.text[p.source_start : p.source_end].casefold().replace("’", "'").split()[0]
            assert article.zone_at(p.start) == origin.zone_at(p.source_start) == "body"
            assert origin.event == article.event


_words = st.lists(st.sampled_from("abcd"), max_size=40)


@given(_words, _words, st.integers(1, 5))
def test_tiles_are_common_runs_that_overlap_nowhere(a: list[str], b: list[str], least: int) -> None:
    found = tiles(a, b, least)
    used_a: set[int] = set()
    used_b: set[int] = set()
    for i, j, n in found:
        assert n >= least
        assert a[i : i + n] == b[j : j + n]
        assert not used_a & set(range(i, i + n))
        assert not used_b & set(range(j, j + n))
        used_a |= set(range(i, i + n))
        used_b |= set(range(j, j + n))
    if not found:
        assert not any(
            a[i : i + least] == b[j : j + least] for i in range(len(a) - least + 1) for j in range(len(b) - least + 1)
        )
    assert sum(n for *_, n in tiles(a, a, 1)) == len(a)
