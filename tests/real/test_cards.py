"""The validation cards on PolNeAR are what a run finds there."""

from __future__ import annotations

from pathlib import Path

from tests.features.test_cards import assert_alike
from tests.real import cards


def test_the_scores_on_polnear_are_those_of_a_run(real: Path) -> None:
    assert_alike(cards.polnear_scores(real / "polnear" / "dev"), "PolNeAR dev")
