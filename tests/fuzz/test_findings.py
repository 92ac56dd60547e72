"""What fuzzing found stays mended, and what it begins with passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS, allowed, seeds

FINDINGS = sorted((Path(__file__).parent / "findings").glob("*"))


@pytest.mark.parametrize("path", FINDINGS, ids=lambda p: p.name)
def test_a_finding_stays_mended(path: Path) -> None:
    TARGETS[path.name.partition("-")[0]](path.read_bytes())


@pytest.mark.parametrize(("target", "n"), [(t, n) for t in TARGETS for n in range(len(list(seeds(t))))])
def test_a_seed_passes(target: str, n: int) -> None:
    TARGETS[target](list(seeds(target))[n])


@pytest.mark.parametrize(
    "page",
    [
        "<p><script>alert(1)</script></p>",
        '<p onclick="alert(1)">x</p>',
        '<p><img src="x"></p>',
        '<p><a href="javascript:alert(1)">x</a></p>',
        '<p style="background:url(x)">x</p>',
    ],
)
def test_what_shows_more_than_our_own_markup_is_told(page: str) -> None:
    with pytest.raises(AssertionError, match=r"an element|attributes"):
        allowed(f"<html><body>{page}</body></html>")
