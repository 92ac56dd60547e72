from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediabias
from mediabias import lexicons
from mediabias.lexicons import Matcher, fold

TABLES = sorted(p.stem for p in (Path(mediabias.__file__).parent / "lexicons").glob("*.csv"))


@pytest.mark.parametrize("table", TABLES)
def test_each_row_says_where_it_comes_from(table):
    rows = lexicons.rows(table)
    assert rows
    assert [r for r in rows if not (r.get("reference") or "").strip()] == []
    assert [r for r in rows if None in r or None in r.values()] == []  # a comma too many or too few


@given(st.text(alphabet="a ‘’“”«»„\u00a0\u2011é😀", max_size=30))
def test_folding_keeps_every_offset(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    assert not set(folded) & set("‘’“”«»„\u00a0\u2011")


def found(terms, text, *where):
    return [(text[s:e], label) for s, e, label in Matcher(terms).find(text, *where)]


def test_the_longest_term_wins_and_none_overlap():
    terms = {"made": "short", "made clear": "long", "clear": "last"}
    assert found(terms, "He made clear, made  clear and clear.") == [
        ("made clear", "long"),
        ("made  clear", "long"),
        ("clear", "last"),
    ]


def test_a_term_is_a_whole_word():
    assert found({"claim": "x"}, "claims disclaim counter-claim claim-maker claim's claim") == [
        ("claim", "x"),
        ("claim", "x"),
    ]


def test_a_star_takes_any_ending_and_a_capital_is_matched_as_written():
    terms = {"claim*": "verb", "US": "state", "Don't*": "imperative"}
    assert found(terms, "Claims by us, the US: CLAIMED. Don’t you") == [
        ("Claims", "verb"),
        ("US", "state"),
        ("CLAIMED", "verb"),
        ("Don’t", "imperative"),
    ]


def test_of_two_stems_the_longer_one_gives_the_label():
    assert found({"claim*": "general", "claimant*": "person"}, "claimants claimed") == [
        ("claimants", "person"),
        ("claimed", "general"),
    ]


def test_only_the_part_asked_for_is_searched():
    text = "said and said and said"
    assert list(Matcher({"said": "x"}).find(text, 4, 17)) == [(9, 13, "x")]
    assert list(Matcher({"said": "x"}).find(text, 10)) == [(18, 22, "x")]
    assert list(Matcher({"said": "x"}).find("saids said", 0, 4)) == [(0, 4, "x")]


def test_a_matcher_without_terms_finds_nothing():
    assert found({}, "He said so.") == []
