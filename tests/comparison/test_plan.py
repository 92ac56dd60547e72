"""A plan is declared before looking, carried out, and what departs from it is said."""

from __future__ import annotations

import pandas as pd
import pytest

import mediabias as mb
from mediabias.comparison.design import declared


def test_what_ran_is_held_against_the_plan(tables, tmp_path) -> None:
    features, articles = tables(
        [(o, f"e{i}", 9.0 + i % 3 if o == "A" else float(i % 2)) for i in range(8) for o in "AB"]
    )
    design = mb.Design(columns=["verbs__accusing"], correction="holm", resamples=99)
    design.declare(tmp_path / "plan.json", expects="A accuses more than B.")
    as_planned = mb.compare(features, articles, plan=tmp_path / "plan.json")
    assert as_planned.design == design and "Run as planned." in as_planned.summary()
    other = mb.compare(features, articles, design.but(correction="bh"), plan=tmp_path / "plan.json")
    assert 'Not as planned: correction is "bh", planned "holm".' in other.plan
    other.save(tmp_path / "out")
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf8")
    assert "## Plan" in report and "Expected: A accuses more than B." in report


def test_a_plan_is_not_changed_after_the_fact(tmp_path) -> None:
    mb.Design(seed=1).declare(tmp_path / "plan.json")
    mb.Design(seed=1).declare(tmp_path / "plan.json")  # the same is no change
    with pytest.raises(mb.DesignError, match="holds another plan"):
        mb.Design(seed=2).declare(tmp_path / "plan.json")
    assert declared(tmp_path / "plan.json")[0].seed == 1


@pytest.mark.parametrize("text", [None, "{}", "no json"])
def test_what_is_no_plan_is_refused(tmp_path, text) -> None:
    if text is not None:
        (tmp_path / "plan.json").write_text(text)
    with pytest.raises(mb.DesignError, match="plan: "):
        mb.compare(pd.DataFrame(), pd.DataFrame(), plan=tmp_path / "plan.json")
