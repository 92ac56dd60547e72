"""From a sample of sentences to codes, agreement, scores, and corrected numbers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mediabias as mb
from mediabias.errors import TableError
from mediabias.validation.agreement import adjudication, agree, alpha, alpha_of_spans
from mediabias.validation.coded import score_codes
from mediabias.validation.corrected import sentence_shares
from mediabias.validation.sheets import Sample, read_codes, sample
from mediabias.validation.units import sentences


@pytest.fixture(scope="module")
def made() -> tuple[list[mb.Article], mb.features.FeatureTables]:
    """Forty articles of two outlets, with passives in some of their sentences."""
    rng = np.random.default_rng(1)
    parts = ["The road was closed.", "It rained all day.", "The mayor left.", "The bridge was repaired by the town."]
    articles = [
        mb.Article.from_text(
            " ".join(rng.choice(parts, 10, p=[0.2, 0.4, 0.3, 0.1])), f"{o.lower()}-{n}", outlet=o, event=str(n)
        )
        for o in ("Post", "Echo")
        for n in range(20)
    ]
    return articles, mb.extract(articles, "voice")


@pytest.fixture(scope="module")
def drawn(made) -> Sample:
    articles, tables = made
    return sample(tables, articles, "voice", n=90, seed=3)


def as_coded(drawn: Sample, wrong: float = 0.0, seed: int = 0) -> pd.DataFrame:
    """Return the codes of somebody who sees what the feature found, but for a share of the sentences."""
    rng = np.random.default_rng(seed)
    labels = [c.removeprefix("found_") for c in drawn.key if c.startswith("found_")]
    codes = drawn.key[["unit_id"]].copy()
    for k in labels:
        found = drawn.key[f"found_{k}"].to_numpy(dtype=float)
        codes[k] = np.where(rng.random(len(found)) < wrong, 1 - found, found)
    return codes


def test_abbreviations_end_no_sentence() -> None:
    text = "Sen. Ana Dole of the U.S. Senate met J. Orr at 5 p.m. on Friday. “Did it rain?” she asked. No."
    article = mb.Article.from_text(text, "a")
    assert [s.of(text) for s in sentences(article, ["body"])] == [
        "Sen. Ana Dole of the U.S. Senate met J. Orr at 5 p.m. on Friday.", "“Did it rain?” she asked.", "No.",
    ]  # fmt: skip


def test_a_sheet_is_blind_and_its_strata_are_filled(drawn: Sample) -> None:
    assert "post" not in drawn.sheet.to_csv().lower() and "echo" not in drawn.sheet.to_csv().lower()
    assert not any(c.startswith("found") for c in drawn.sheet)
    assert drawn.key["stratum"].value_counts().to_dict() == {"none": 45, "passive_agent": 22, "passive_agentless": 23}
    assert drawn.key["unit_id"].tolist() == drawn.sheet["unit_id"].tolist()
    assert "A passive that names who did it." in drawn.codebook


def test_probabilities_add_up_to_all_sentences(made, drawn: Sample) -> None:
    articles, _ = made
    total = sum(1 for a in articles for _ in sentences(a, ("headline", "standfirst", "body")))
    assert (1 / drawn.key["probability"]).sum() == pytest.approx(total)


def test_the_same_seed_draws_the_same_sample(made, drawn: Sample) -> None:
    articles, tables = made
    assert sample(tables, articles, "voice", n=90, seed=3).sheet.equals(drawn.sheet)
    assert not sample(tables, articles, "voice", n=90, seed=4).sheet.equals(drawn.sheet)


def test_files_for_every_tool_are_written_and_never_overwritten(drawn: Sample, tmp_path: Path) -> None:
    files = {p.relative_to(tmp_path).as_posix() for p in drawn.save(tmp_path)}
    assert {
        "sheet.csv",
        "key.csv",
        "codebook.md",
        "label_studio.json",
        "label_studio.xml",
        "brat/annotation.conf",
    } <= files
    tasks = json.loads((tmp_path / "label_studio.json").read_text())
    assert len(tasks) == 90 and tasks[0]["data"]["text"] == drawn.sheet["text"].iloc[0]
    with pytest.raises(TableError, match="there already, and perhaps filled in"):
        drawn.save(tmp_path)


def test_a_filled_sheet_is_read_and_a_slip_is_named_by_its_line(drawn: Sample, tmp_path: Path) -> None:
    drawn.save(tmp_path)
    sheet = drawn.sheet.copy()
    labels = [c.removeprefix("found_") for c in drawn.key if c.startswith("found_")]
    sheet[labels] = "0"
    sheet.loc[2, "passive_agent"] = "1"
    sheet.to_csv(tmp_path / "ana.csv", index=False)
    assert read_codes(tmp_path / "ana.csv", drawn.key)["passive_agent"].sum() == 1
    sheet.loc[4, "passive_agent"] = "yes"
    sheet.to_csv(tmp_path / "ana.csv", index=False)
    with pytest.raises(TableError, match="line 6: passive_agent is 'yes'; write 1, 0 or nothing"):
        read_codes(tmp_path / "ana.csv", drawn.key)
    sheet.drop(columns="passive_agent").to_csv(tmp_path / "ana.csv", index=False)
    with pytest.raises(TableError, match="no column 'passive_agent'"):
        read_codes(tmp_path / "ana.csv", drawn.key)


def test_alpha_is_that_of_published_examples() -> None:
    # Krippendorff 2011, "Computing Krippendorff's alpha-reliability": four observers, twelve units, with gaps.
    x = np.nan
    table = np.array([
        [1, 2, 3, 3, 2, 1, 4, 1, 2, x, x, x],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, x, 3],
        [x, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, x],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, x],
    ])  # fmt: skip
    assert alpha(table) == pytest.approx(0.743, abs=5e-4)
    # Two observers, binary data, ten units, of the same paper.
    two = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]], dtype=float)
    assert alpha(two) == pytest.approx(0.095, abs=5e-4)


def test_agreement_falls_with_slips_and_the_interval_holds_it(drawn: Sample) -> None:
    good, poor = (agree({"a": as_coded(drawn), "b": as_coded(drawn, w, 1)}).set_index("label") for w in (0.02, 0.2))
    label = "passive_agentless"
    assert good.loc[label, "alpha"] > poor.loc[label, "alpha"] > 0
    assert poor.loc[label, "alpha_low"] < poor.loc[label, "alpha"] < poor.loc[label, "alpha_high"]
    assert poor.loc[label, ["both", "one_only", "neither"]].sum() == poor.loc[label, "units"] == 90
    assert np.isnan(good.loc["harm_agent", "alpha"]) or good.loc["harm_agent", "one_only"] > 0


def test_what_coders_differ_on_is_one_sheet_to_decide(drawn: Sample) -> None:
    coders = {"a": as_coded(drawn), "b": as_coded(drawn, 0.1, 1)}
    sheet = adjudication(coders, drawn.sheet)
    assert len(sheet) == agree(coders)["one_only"].sum() and (sheet["a"] != sheet["b"]).all()
    assert set(sheet["decision"]) == {""}


def test_agreement_of_one_is_refused(drawn: Sample) -> None:
    with pytest.raises(TableError, match="needs two coders"):
        agree({"a": as_coded(drawn)})


def test_spans_of_the_same_words_agree() -> None:
    text = "The road was closed by the council."
    assert alpha_of_spans(text, [[(9, 19, "p")], [(9, 19, "p")]]) == 1.0
    assert alpha_of_spans(text, [[(9, 19, "p")], [(20, 34, "p")]]) < 0


def test_scores_weigh_a_sentence_by_what_it_stands_for(drawn: Sample) -> None:
    scores = score_codes(drawn.key, as_coded(drawn)).set_index("label")
    assert scores.loc["passive_agent", ["precision", "recall"]].tolist() == [1.0, 1.0]
    # Of the 45 sentences without a label, which stand for many, three hold a passive after all.
    codes = as_coded(drawn)
    none = drawn.key.index[drawn.key["stratum"] == "none"][:3]
    codes.loc[none, "passive_agentless"] = 1.0
    found, missed = ((1 / drawn.key["probability"])[i].sum() for i in (drawn.key["found_passive_agentless"] == 1, none))
    recall = score_codes(drawn.key, codes).set_index("label").loc["passive_agentless"]
    assert recall["recall"] == pytest.approx(found / (found + missed))
    assert recall["recall_low"] < recall["recall"] < recall["recall_high"]


def test_codes_that_agree_with_the_feature_change_nothing(made, drawn: Sample) -> None:
    articles, tables = made
    raw = sentence_shares(tables, articles, "voice")
    same = sentence_shares(tables, articles, "voice", drawn.key, as_coded(drawn))
    pd.testing.assert_frame_equal(raw, same)


def test_with_every_sentence_coded_the_corrected_share_is_the_truth(made) -> None:
    articles, tables = made
    every = sample(tables, articles, "voice", n=10_000)
    codes = as_coded(every, 0.2, 5)
    corrected = sentence_shares(tables, articles, "voice", every.key, codes).set_index("article_id")
    truth = every.key[["article_id", "unit_id"]].merge(codes).groupby("article_id")["passive_agentless"].mean()
    assert corrected["voice__passive_agentless"].to_numpy() == pytest.approx(truth[corrected.index].to_numpy())


def test_the_corrected_mean_is_right_on_average_where_the_feature_is_not(made) -> None:
    articles, tables = made
    every = sample(tables, articles, "voice", n=10_000)
    truth = as_coded(every, 0.25, 5).assign(place=every.key["article_id"] + ":" + every.key["start"].astype(str))
    wanted = truth["passive_agentless"].mean()
    found = sentence_shares(tables, articles, "voice")["voice__passive_agentless"].mean()
    means = []
    for seed in range(20):
        part = sample(tables, articles, "voice", n=120, seed=seed)
        places = part.key["article_id"] + ":" + part.key["start"].astype(str)
        codes = (
            truth.set_index("place")
            .loc[places]
            .drop(columns="unit_id")
            .reset_index(drop=True)
            .assign(unit_id=part.key["unit_id"])
        )
        means.append(sentence_shares(tables, articles, "voice", part.key, codes)["voice__passive_agentless"].mean())
    error = np.std(means) / np.sqrt(len(means))
    assert abs(found - wanted) > 0.05 and abs(np.mean(means) - wanted) < 4 * error


def test_codes_of_other_articles_are_refused(made, drawn: Sample) -> None:
    articles, tables = made
    with pytest.raises(TableError, match="none of these articles"):
        sentence_shares(tables, articles[:3], "voice", drawn.key, as_coded(drawn))


def test_sentences_that_were_left_open_make_the_others_of_their_stratum_count_for_more(made, drawn: Sample) -> None:
    articles, tables = made
    whole, codes = as_coded(drawn), as_coded(drawn)
    labels = [c for c in codes if c != "unit_id"]
    left_open = drawn.key.index[drawn.key["stratum"] == "none"][:15]
    codes.loc[left_open, labels] = np.nan
    # Codes that agree with the feature change nothing, whichever of them there are.
    pd.testing.assert_frame_equal(
        sentence_shares(tables, articles, "voice"), sentence_shares(tables, articles, "voice", drawn.key, codes)
    )
    missed = drawn.key.index[drawn.key["stratum"] == "none"][20:23]
    for table in (whole, codes):
        table.loc[missed, "passive_agentless"] = 1.0
    some, every = (score_codes(drawn.key, c).set_index("label").loc["passive_agentless"] for c in (codes, whole))
    # Three of thirty stand for more sentences than three of forty-five.
    assert some["recall"] < every["recall"] and some["coded"] == every["coded"] - 15
