"""One comparison over many defensible choices."""

from __future__ import annotations

import pytest

import mediabias as mb
from mediabias.comparison.choices import specifications
from mediabias.errors import TableError
from mediabias.features.voice import Voice


def articles() -> list[mb.Article]:
    """Return articles of two outlets, one of which writes more passives, on eight events."""
    texts = {
        "Post": "Road Was Closed by Town\n\nThe road was closed by the town. The bridge was closed by police. It was raised.",
        "Echo": "Town Closes Road\n\nThe road was closed. The bridge was shut. The lamp was put out by the guard.",
    }
    return [mb.Article.from_text(t, f"{o}{e}", outlet=o, event=str(e)) for o, t in texts.items() for e in range(8)]


def test_every_combination_has_a_row_and_the_estimates_of_compare() -> None:
    over = {"zones": [("body",), ("headline", "body")], "copies": ["collapse", "keep"], "interval": ["t"]}
    table = specifications(articles(), Voice, "voice__passive_agent", ("Post", "Echo"), over, permute="events")
    assert len(table) == 4 and table["estimate"].is_monotonic_increasing and table["zones"].nunique() == 2
    body = Voice(zones=("body",))
    effect = mb.compare(mb.extract(articles(), body).features, mb.Corpus(articles()).articles, columns=["voice__passive_agent"],
                        pairs=[("Post", "Echo")], permute="events", interval="t").table.iloc[0]  # fmt: skip
    assert table.loc[table["zones"] == "body", "estimate"].tolist() == [effect.estimate] * 2


def test_engines_and_thresholds_are_run_anew() -> None:
    said = [
        mb.Article.from_text(f"“It rains,” the mayor {verb}. Dole said so.", f"{o}{e}", outlet=o, event=str(e))
        for o, verb in (("Post", "claimed"), ("Echo", "said"))
        for e in range(6)
    ]
    table = specifications(said, "attribution_verbs", "attribution_verbs__distancing", ("Post", "Echo"),
                           {"engine": ["tagger", "rules"], "min_confidence": [0.3, 0.7]}, resamples=99)  # fmt: skip
    assert set(table["engine"]) == {"tagger", "rules"} and len(table) == 4
    assert (table["estimate"] > 0).all()


def test_a_choice_that_there_is_not_is_named() -> None:
    with pytest.raises(TableError, match="'zone' is no choice here"):
        specifications(articles(), Voice, "voice__passive_agent", ("Post", "Echo"), {"zone": ["body"]})
