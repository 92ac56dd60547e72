import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from mediabias.article import paragraphs
from mediabias.attribution import polnear, scoring
from mediabias.attribution.rules.engine import find

TEXT = "Rain fell, Dole said. “It pours,” Vale claimed, and Dole denied it."


def span(part: str) -> list[list[int]]:
    start = TEXT.index(part)
    return [[start, start + len(part)]]


SAID = {"source": span("Dole"), "cue": span("said"), "content": span("Rain fell")}
CLAIMED = {"source": span("Vale"), "cue": span("claimed"), "content": span("“It pours,”")}


def test_all_right_scores_one_and_nothing_found_scores_nothing() -> None:
    full = scoring.scores(scoring.table([("a", TEXT, [SAID, CLAIMED], [CLAIMED, SAID])]))
    assert (full == 1).all()
    none = scoring.scores(scoring.table([("a", TEXT, [SAID, CLAIMED], [])]))
    assert none["attribution.f1"] == none["quotation.recall"] == 0


def test_a_source_given_to_the_wrong_cue_is_no_match() -> None:
    swapped = [SAID | {"source": CLAIMED["source"]}, CLAIMED | {"source": SAID["source"]}]
    scores = scoring.scores(scoring.table([("a", TEXT, [SAID, CLAIMED], swapped)]))
    assert scores["attribution.f1"] == 0
    assert scores["source.token.f1"] == 1


def test_half_of_the_content_is_enough_and_less_is_not() -> None:
    ((start, _),) = CLAIMED["content"]
    # Five tokens with the marks and the comma.
    three, two = (CLAIMED | {"content": [[start, start + len(part)]]} for part in ("“It pours", "“It"))
    assert scoring.right(TEXT, [CLAIMED], [three]) == [True]
    assert scoring.right(TEXT, [CLAIMED], [two]) == [False]


def test_intervals_hold_the_score_and_shrink_with_more_articles() -> None:
    rng = np.random.default_rng(0)
    some = [(f"{i:04d}", TEXT, [SAID, CLAIMED], [SAID] if rng.random() < 0.5 else [SAID, CLAIMED]) for i in range(400)]
    wide = scoring.intervals(scoring.table(some[:25])).loc["attribution.recall"]
    narrow = scoring.intervals(scoring.table(some)).loc["attribution.recall"]
    assert wide["low"] <= wide["score"] <= wide["high"]
    assert narrow["high"] - narrow["low"] < 0.5 * (wide["high"] - wide["low"])


@pytest.fixture
def scorer(real: Path) -> ModuleType:
    path = real.parent / "tools" / "score_attributions.py"
    if not path.exists():
        pytest.skip("the independent scorer is not beside the real corpora")
    spec = importlib.util.spec_from_file_location("score_attributions", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_scores_are_those_of_an_independent_scorer(real: Path, scorer: ModuleType) -> None:
    documents = polnear.read(real / "polnear" / "dev")[::6]
    found = {d.name: [f.as_roles() for f in find(d.text, list(paragraphs(d.text)))] for d in documents}
    theirs = scorer.score({d.name: (d.text, list(d.annotations)) for d in documents}, found)
    ours = scoring.scores(scoring.table((d.name, d.text, d.annotations[0], found[d.name]) for d in documents))
    for role in scoring.ROLES:
        for kind in ("token", "exact", "overlap"):
            assert ours[f"{role}.{kind}.f1"] == pytest.approx(theirs[role][kind]["f1"])
    assert ours["attribution.f1"] == pytest.approx(theirs["attribution"]["f1"])
    assert ours["quotation.recall"] == pytest.approx(theirs["direct_quote_recall"])
    assert ours["alpha"] == pytest.approx(theirs["alpha_model_person"])


def test_a_quotation_is_found_by_four_fifths_of_it() -> None:
    text = "“One two three four five six seven eight” Vale claimed."  # ten tokens with the marks
    vale, claimed = ([[text.index(w), text.index(w) + len(w)]] for w in ("Vale", "claimed"))
    gold = {"source": vale, "cue": claimed, "content": [[0, text.index(" Vale")]]}
    for word, recall in (("seven", 1.0), ("six", 0.0)):
        part = gold | {"content": [[0, text.index(word) + len(word)]]}
        assert scoring.scores(scoring.table([("a", text, [gold], [part])]))["quotation.recall"] == recall
