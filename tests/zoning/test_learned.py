"""The zone model: what it was given comes back, pages are judged as a whole, training finds what was coded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mediabias.errors import ReadError, TableError
from mediabias.readers.boxes import coded_boxes, read_boxes, read_marks
from mediabias.readers.coded import page_hash, read_coded, read_labels
from mediabias.readers.html import parse_page, read_html
from mediabias.zoning.learned import SHIPPED, ZoneModel
from mediabias.zoning.train import Coded, fit, hash_of, match_labels

ROOT = Path(__file__).parents[2]
STORY = "“It rains,” the mayor of Ellan said on Monday, and nobody in the port answered her for a week or longer."
PAGE = f"""<html><head><title>Rain Floods Port</title><meta property="og:site_name" content="The Ellan Post"></head><body>
<header><div class="tagline">Fearless journalism from the coast</div><a class="cta" href="/give">Support The Ellan Post</a></header>
<nav><ul><li><a href="/">News</a></li><li><a href="/s">Sport</a></li><li><a href="/w">Weather</a></li></ul></nav>
<article><h1>Rain Floods Port</h1><p class="byline">By Ana Dole</p><p>{STORY}</p><p>{STORY.replace("Monday", "Friday")}</p>
<p>{STORY.replace("Monday", "Sunday")}</p></article>
<aside class="donate-box"><h3>Help us to go on</h3><p>The Ellan Post lives on its readers. Give 5 a month and keep our newsroom open.</p></aside>
<footer><div class="about"><h4>About us</h4><p>The Ellan Post is an independent newspaper, owned by its staff since 1921.</p></div>
<p>© 2021 The Ellan Post. All rights reserved.</p></footer></body></html>"""


def test_boxes_around_a_story_get_their_zones() -> None:
    article = read_html(PAGE, "x.html")
    assert article.zone_text("headline") == "Rain Floods Port"
    assert article.zone_text("body").count("nobody in the port") == 3
    assert "Give 5 a month" in article.zone_text("appeal")
    assert "owned by its staff" in article.zone_text("self_description")
    assert "All rights reserved" in article.zone_text("other")


def test_confidence_is_a_probability_and_the_same_each_time() -> None:
    first, again = read_html(PAGE, "x.html"), read_html(PAGE, "x.html")
    assert first.blocks == again.blocks
    assert all(0 < block.confidence <= 1 for block in first.blocks)


def test_a_model_that_was_saved_scores_as_before(tmp_path: Path) -> None:
    model = ZoneModel.load()
    model.save(tmp_path / "weights.npz")
    page, _ = parse_page(PAGE, "x.html")
    assert np.allclose(ZoneModel.load(tmp_path / "weights.npz").score(page), model.score(page), atol=1e-3)


def test_the_shipped_model_holds_no_pickle() -> None:
    with np.load(SHIPPED, allow_pickle=False) as stored:
        assert all(stored[name].dtype != object for name in stored.files)


def test_training_learns_what_was_coded() -> None:
    boxes = list(coded_boxes(ROOT / "data" / "zones" / "boxes.jsonl"))[:60]
    coded = [Coded(c.page, c.zones, f"site{n % 7}") for n, c in enumerate(boxes)]
    model, scores = fit(coded)
    pairs = [(z, found) for c in coded for z, (found, _) in zip(c.zones, model.zone(c.page), strict=True) if z]
    assert sum(z == found for z, found in pairs) > 0.8 * len(pairs)
    assert scores.iloc[-1]["zone"] == "all" and 0.2 < scores.iloc[-1]["f1"] < 1
    pd.testing.assert_frame_equal(fit(coded)[1], scores)


def test_labels_find_their_blocks_in_order() -> None:
    page, _ = parse_page(PAGE, "x.html")
    texts = [b.text for b in page.blocks]
    labels = [(hash_of(texts[0]), "self_description"), ("00000000", "other"), (hash_of(texts[-1]), "other")]
    zones = match_labels(page, labels)
    assert zones[0] == "self_description" and zones[-1] == "other" and zones[1:-1] == [None] * (len(texts) - 2)


def test_coded_pages_are_found_by_their_hash(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text(PAGE, encoding="utf-8")
    page, _ = parse_page(PAGE, "x.html")
    key = page_hash(PAGE.encode("utf-8"))
    labels = tmp_path / "labels.csv"
    labels.write_text(f"page,block,zone\n{key},{hash_of(page.blocks[0].text)},self_description\n", encoding="utf-8")
    (coded,) = read_coded(tmp_path, labels)
    assert coded.zones[0] == "self_description"
    labels.write_text(f"page,block,zone\nffff,{hash_of('x')},other\n", encoding="utf-8")
    with pytest.raises(ReadError, match="no page has labels"):
        read_coded(tmp_path, labels)
    labels.write_text("page,zone\n", encoding="utf-8")
    with pytest.raises(TableError, match="no column block"):
        read_labels(labels)


def test_a_line_that_is_no_box_is_named(tmp_path: Path) -> None:
    path = tmp_path / "boxes.jsonl"
    path.write_text('{"outlet": "Ellan Post", "html": "<p>x</p>"}\n{"outlet": 3}\n', encoding="utf-8")
    with pytest.raises(ReadError, match="line 2"):
        read_boxes(path)


def test_the_claims_of_a_box_are_read_with_their_kind() -> None:
    box = read_marks(
        '<div data-zone="appeal">We <mark data-kind="defiance">will not stop</mark>.<p data-zone="other">Legal</p></div>'
    )
    assert box.text == "Wewillnotstop.Legal"
    assert [(box.text[a:b], kind) for a, b, kind in box.claims] == [("willnotstop", "defiance")]
    assert set(box.zones) == {"appeal", "other"}
