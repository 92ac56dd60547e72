"""What a reader can do with the viewer, by mouse and by keyboard, and what axe says of the pages that we make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import mediabias as mb
from mediabias import display
from mediabias.display.contrasts import comparison
from mediabias.display.viewer import viewer


@pytest.fixture(scope="module")
def event(sample_corpus: mb.Corpus) -> tuple[mb.Corpus, mb.features.FeatureTables]:
    settings = mb.Settings(engine="rules")
    articles = list(mb.attribute_all([a for a in sample_corpus if a.event == "port-strike"], "rules"))
    corpus = mb.Corpus(articles, settings=settings)
    return corpus, mb.extract([a.replace(passages=()) for a in corpus], settings=settings)


@pytest.fixture(scope="module")
def pages(event: tuple, sample_corpus: mb.Corpus, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    corpus, tables = event
    folder = tmp_path_factory.mktemp("pages")
    first, second, *_ = corpus
    effects = mb.compare(tables.features, corpus.articles, resamples=99).table
    parts = {
        "viewer": viewer(corpus, tables),
        "annotated": display.annotated(first, evidence=tables.evidence),
        "event": display.event(corpus),
        "grid": mb.event_grid(corpus),
        "sides": mb.side_by_side(first, second),
        "evidence": display.evidence(tables.evidence, corpus),
        "corpus": display.corpus(sample_corpus),
        "bars": mb.bars(corpus, tables),
        "comparison": comparison(effects, tables, corpus),
    }
    for name, part in parts.items():
        (folder / f"{name}.html").write_text(display.page([part], title=name), encoding="utf8")
    return {name: folder / f"{name}.html" for name in parts}


def test_a_source_shows_what_every_outlet_calls_it(page: Any, pages: dict[str, Path]) -> None:
    page.goto(pages["viewer"].as_uri())
    page.mouse.move(0, 0)
    source = page.locator(".mb-source[tabindex]").first
    tip = source.locator(".mb-tip")
    assert not tip.is_visible()
    source.scroll_into_view_if_needed()
    source.hover()
    assert tip.is_visible() and ":" in tip.inner_text()
    page.mouse.move(0, 0)
    assert not tip.is_visible()
    source.focus()
    assert tip.is_visible()


def test_all_places_of_a_source_light_up_together(page: Any, pages: dict[str, Path]) -> None:
    page.goto(pages["viewer"].as_uri())
    classes = page.locator(".mb-source[tabindex]").evaluate_all(
        "all => all.map(e => e.className.match(/mb-s-\\d+/)[0])"
    )
    often = next(c for c in classes if classes.count(c) > 1)
    colours = f"[...document.querySelectorAll('.{often}')].map(e => getComputedStyle(e).backgroundColor)"
    before = page.evaluate(colours)
    page.locator(f".{often}[tabindex]").first.focus()
    after = page.evaluate(colours)
    assert all(a != b for a, b in zip(after, before, strict=True))


def test_a_bar_opens_to_its_sentences_by_mouse_and_keyboard(page: Any, pages: dict[str, Path], event: tuple) -> None:
    page.goto(pages["viewer"].as_uri())
    bar = page.locator(".mb-bar:has(mark)").first
    sentences = bar.locator(".mb-said")
    assert not sentences.is_visible()
    bar.locator("summary").click()
    assert sentences.is_visible() and sentences.locator("mark").count() > 0
    corpus, _ = event
    words = sentences.locator("mark").first.inner_text()
    assert any(words in a.text for a in corpus)
    bar.locator("summary").focus()
    page.keyboard.press("Enter")
    assert not sentences.is_visible()


def test_the_keyboard_reaches_bars_and_sources(page: Any, pages: dict[str, Path]) -> None:
    page.goto(pages["viewer"].as_uri())
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.tagName + '.' + document.activeElement.className.split(' ')[0]")
        )
    assert {"SUMMARY.", "SPAN.mb-source"} <= reached


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["viewer", "annotated", "event", "grid", "sides", "evidence", "corpus", "bars", "comparison"]
)
def test_axe_finds_nothing_serious(browser: Any, pages: dict[str, Path], name: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page(color_scheme=scheme)
    page.goto(pages[name].as_uri())
    for summary in page.locator("summary").all()[:4]:
        summary.click()
    found = axe.run(page).response["violations"]
    page.close()
    serious = [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")]
    assert not serious


def test_ten_thousand_rows_are_shown_a_page_at_a_time(event: tuple) -> None:
    corpus, tables = event
    many = tables.evidence.iloc[[n % len(tables.evidence) for n in range(10_000)]]
    shown = display.evidence(many, corpus, page=2).markup
    assert shown.count("<tr>") == 51 and "rows 51 to 100 of 10,000; in a notebook, page=3 shows the next" in shown
    assert len(shown) < 100_000
