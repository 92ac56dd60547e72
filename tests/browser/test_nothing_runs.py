"""Pages whose every field holds a script, opened in a browser: none runs, none is fetched, and the text is shown as it stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import mediabias as mb
from mediabias import display
from mediabias.article import Article, Block
from mediabias.attribution import attribute
from mediabias.display.contrasts import comparison

HOSTILE = (
    "<script>ran()</script>",
    "<img src=x onerror=ran()>",
    '"><svg onload=ran()>',
    "' onmouseover='ran()' autofocus onfocus='ran()",
    "</style><script>ran()</script>",
    "</title><script>ran()</script>",
    "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    "javascript:ran()",
    "<a href=javascript:ran()>x</a>",
    "<body onload=ran()>",
    "--><script>ran()</script><!--",
    "]]><script>ran()</script>",
    "<math><mtext></mtext><mglyph><style></math><img src onerror=ran()>",
    "<link rel=stylesheet href=//192.0.2.1/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:ran()'>",
    "{{constructor.constructor('ran()')()}}",
    "\u2028<script>ran()</script>\u202e",
)


def article(payload: str, article_id: str) -> Article:
    """An article that holds a payload wherever it can: in its text, as a source, a cue's neighbour, a claim of itself, its fields."""
    said = f"“It rains {payload},” said Mayor {payload} Dole.\n\nWe are an independent and unbiased {payload} newsroom."
    text = f"{payload} Floods Port\n\n{said}"
    fields = {name: payload for name in ("outlet", "title", "byline", "published", "event", "wire", "url", "path")}
    head = len(payload) + len(" Floods Port\n\n")
    blocks = (Block(0, head, "headline"), Block(head, len(text), "body", 1.0, payload))
    return attribute(Article(article_id + payload, text, blocks, copy_of=payload, language="en", **fields), "rules")


def shown(payload: str) -> dict[str, str]:
    one, two = article(payload, "a"), article(payload, "b")
    corpus = mb.Corpus([one, two])
    tables = mb.extract([a.replace(passages=()) for a in corpus], settings=mb.Settings(engine="rules"))
    examples = mb.examples(tables, "attribution_verbs__neutral", corpus)
    row = {"column": "attribution_verbs__neutral", "a": payload, "b": payload, "estimate": 0.1, "ci_low": 0.0,
           "ci_high": 0.2, "p": 0.1, "q": 0.1, "n_events": 1, "n_articles": 2}  # fmt: skip
    effects = pd.DataFrame([row])
    parts = {
        "annotated": display.annotated(one.replace(language=payload), evidence=tables.evidence),
        "event": display.event([one, two]),
        "evidence": display.evidence(tables.evidence, corpus),
        "corpus": display.corpus(corpus),
        "grid": mb.event_grid([one, two]),
        "sides": mb.side_by_side(one, two),
        "viewer": mb.viewer([one, two], tables),
        "bars": mb.bars([one, two], tables),
        "comparison": comparison(effects, tables, corpus),
    }
    pages = {name: display.page([part], title=payload) for name, part in parts.items()}
    return pages | {"examples": f"<!DOCTYPE html><html><body>{examples._repr_html_()}</body></html>"}


@pytest.mark.parametrize("payload", HOSTILE)
def test_no_script_runs_and_nothing_is_fetched(page: Any, tmp_path: Path, payload: str) -> None:
    ran: list[str] = []
    asked: list[str] = []
    page.expose_function("ran", lambda: ran.append(payload))
    page.on("dialog", lambda dialog: (ran.append(payload), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    for name, text in shown(payload).items():
        path = tmp_path / f"{name}.html"
        path.write_text(text, encoding="utf8")
        page.goto(path.as_uri())
        for element in page.query_selector_all("[title], mark, summary, td")[:5]:
            element.dispatch_event("mouseover")
            element.dispatch_event("focus")
            element.dispatch_event("click")
        page.wait_for_timeout(20)
        # White space is shown as a browser shows it.
        seen = " ".join(page.evaluate("document.body.textContent").split())
        assert " ".join(payload.split()) in seen, name
        assert (
            page.evaluate(
                "document.scripts.length + document.images.length + document.querySelectorAll('iframe, svg, link').length"
            )
            == 0
        )
    assert not ran
    assert all(url.startswith("file:") for url in asked), json.dumps(asked)


def test_the_harness_would_notice(page: Any, tmp_path: Path) -> None:
    ran: list[str] = []
    page.expose_function("ran", lambda: ran.append("x"))
    (tmp_path / "bad.html").write_text("<body><img src=x onerror=ran()></body>")
    page.goto((tmp_path / "bad.html").as_uri())
    page.wait_for_timeout(100)
    assert ran
