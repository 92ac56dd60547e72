"""The cues of zones: what a block fires, found in one pass, is what each pattern finds on its own."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mediabias.outlets import Outlet, Outlets
from mediabias.zone_cues import cues, explain, folded

DATA = Path(__file__).resolve().parent.parent / "data"
_NOBODY = Outlets([Outlet("Nobody")])
_PARTS = st.sampled_from(
    "Support us ; our newsletter ; © 2024 ; АП ; é ; AFP ; photo: ; / ; Sign up ; we refuse to be silenced ; By Ana Dole ; "
    "café ; Reuters contributed to this report ; 4 March 2024 ; read more | menu | more ; İ ; ſupport ; ١٢ ; accept cookies"
    "".split(" ; ")
)


def _one_by_one(text: str) -> list[tuple[str, float, str]]:
    return [(c.zone, c.weight, c.note) for c in cues() if c.pattern.search(folded(text)[:1500])]


def test_every_cue_that_a_block_of_the_sample_fires_is_found() -> None:
    fired = set()
    for line in (DATA / "gold" / "gold.jsonl").read_text(encoding="utf8").splitlines():
        article = json.loads(line)
        for block in article["text"].split("\n\n"):
            if "://" not in block:
                assert explain(block, _NOBODY) == _one_by_one(block)
                fired.update(z for z, _, _ in explain(block, _NOBODY))
    assert len(fired) >= 8


@given(st.lists(st.one_of(_PARTS, st.text(max_size=12)), max_size=8).map(" ".join))
def test_every_cue_that_any_text_fires_is_found(text: str) -> None:
    if "<" not in text and "://" not in text:
        assert explain(text, _NOBODY) == _one_by_one(text)
