"""Articles, events and evidence as HTML, for a notebook and for a file that needs no network.

Text of articles is never trusted: whatever is shown is escaped, no script is used, and all style hangs below one class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

import pandas as pd

from mediabias.amounts import amount
from mediabias.article import ZONES, Article, Attribution, trim
from mediabias.display.markup import Html, Mark, heading, heads, marked, page, paged
from mediabias.features.sentences import around, keyword_cells
from mediabias.kinds import check_public

if TYPE_CHECKING:
    from mediabias.corpus import Corpus

__all__ = ["Html", "Mark", "annotated", "corpus", "event", "evidence", "page"]

_ROLES = ("source", "cue", "content")
_LEGEND = (
    ("source", "source"),
    ("cue", "cue"),
    ("direct", "quotation"),
    ("content", "reported speech"),
    ("evidence", "evidence"),
)


#: Zones that are folded away where several blocks of them follow one another.
_FOLDED = frozenset(("navigation", "other"))


def annotated(article: Article, *, evidence: pd.DataFrame | None = None, header: bool = True) -> Html:
    """Show one article with its zones, attributions and evidence marked.

    Parameters
    ----------
    article : Article
        Attributions are marked where there are some.
    evidence : DataFrame, optional
        Rows of an evidence table; those of the article are marked with their label.
    header : bool
        Show outlet, date, agency and counts above the text.

    Returns
    -------
    Html
        A notebook shows it; `page` makes a file of it.

    Examples
    --------
    >>> "<mark" in annotated(Article.from_text("It <rains>.", "a")).markup
    False
    >>> "It &lt;rains&gt;." in annotated(Article.from_text("It <rains>.", "a")).markup
    True
    """
    marks = _attribution_marks(article.attributions or ()) + _evidence_marks(article, evidence)
    blocks = "".join(_blocks(article, marks))
    top = (heading(article) + _legend(marks)) if header else ""
    language = f' lang="{escape(article.language, quote=True)}"' if article.language else ""
    return Html(f'<article class="mb"{language}>{top}<div class="mb-text">{blocks}</div></article>')


def event(articles: Iterable[Article]) -> Html:
    """Show the articles of an event side by side: headline, sources and the verbs they are given.

    Parameters
    ----------
    articles : iterable of Article
        With their attributions.
    """
    cards = "".join(_card(a) for a in articles)
    return Html(f'<div class="mb mb-event">{cards}</div>')


def evidence(
    table: pd.DataFrame, articles: Iterable[Article], *, context: int = 80, page: int = 1, rows: int = 50
) -> Html:
    """Show rows of an evidence table within their sentences.

    Parameters
    ----------
    table : DataFrame
        With article_id, feature, label, start, end.
    articles : iterable of Article
        Those that the rows are from.
    context : int
        Characters on either side, cut at words.
    page, rows : int
        Which page is shown, and how many rows it has: a browser does not show ten thousand rows at once.

    Raises
    ------
    KeyError
        When a row's article is not given.
    """
    by_id = {a.article_id: a for a in articles}
    first = (page - 1) * rows
    of_page, shown = table.iloc[first : first + rows], []
    for row in of_page.to_dict("records"):
        a = by_id[row["article_id"]]
        start, end = int(row["start"]), int(row["end"])
        before, after = around(a, start, end, context)
        label = f"{row['feature']}: {row['label']}".replace("_", " ")
        cells = keyword_cells(
            {"before": before, "text": a.text[start:end], "after": after}, '<mark class="mb-evidence">{}</mark>'
        )
        shown.append(f"<tr><td>{escape(a.outlet or a.article_id)}</td><td>{escape(label)}</td>{cells}</tr>")
    head = f'<thead><tr>{heads("outlet", "evidence")}<th scope="col" colspan="3">in its sentence</th></tr></thead>'
    said = paged(len(table), first, len(of_page), page)
    return Html(
        f'<div class="mb mb-wide" tabindex="0" role="region" aria-label="evidence"><table class="mb-table">{said}{head}<tbody>{"".join(shown)}</tbody></table></div>'
    )


def corpus(of: Corpus, *, most: int = 20) -> Html:
    """Show what a corpus holds: its size, and its first articles in a table.

    Examples
    --------
    >>> from mediabias.corpus import Corpus
    >>> "<b>1</b> article," in corpus(Corpus([Article.from_text("It rains.", "a")])).markup
    True
    """
    table = of.articles
    columns = ("article_id", "outlet", "published", "title", "event")
    head = heads(*columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(row[c]))}</td>" for c in columns) + "</tr>"
        for row in table.head(most).assign(published=table["published"].str[:10]).to_dict("records")
    )
    more = f"<p>{len(table) - most} more</p>" if len(table) > most else ""
    named = table["outlet"].replace("", None).nunique()
    events = table["event"].replace("", None).nunique()
    counts = (
        amount(len(of), "article"),
        amount(named, "outlet"),
        amount(events, "event"),
        f"{len(of.rejected):,} rejected",
    )
    said = ", ".join(f"<b>{number}</b> {noun}" for number, _, noun in (c.partition(" ") for c in counts))
    return Html(
        f'<div class="mb mb-wide" tabindex="0" role="region" aria-label="corpus"><p class="mb-header">{said}</p><table class="mb-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{more}</div>"
    )


def _attribution_marks(attributions: Sequence[Attribution]) -> list[Mark]:
    marks = []
    for a in attributions:
        said = " · ".join(
            part
            for part in (a.speaker, a.source_type, a.cue_class, a.quotation, f"confidence {a.confidence:.2f}")
            if part
        )
        for role in _ROLES:
            css = "direct" if role == "content" and a.quotation == "direct" else role
            marks += [Mark(s.start, s.end, css, said if role == "cue" else "") for s in getattr(a, role)]
    return marks


def _evidence_marks(article: Article, table: pd.DataFrame | None) -> list[Mark]:
    if table is None or table.empty:
        return []
    own = table[table["article_id"] == article.article_id]
    return [
        Mark(
            int(r["start"]),
            int(r["end"]),
            "evidence",
            str(r["feature"]).replace("_", " "),
            str(r["label"]).replace("_", " "),
        )
        for r in own.to_dict("records")
    ]


def _blocks(article: Article, marks: Sequence[Mark]) -> Iterator[str]:
    """Yield the blocks; runs of navigation, in which nobody reads, are folded away behind a line that says how many."""
    for folded, run in groupby(article.blocks, key=lambda b: b.zone in _FOLDED):
        blocks = list(run)
        made = "".join(_block(article, b.start, b.end, b.zone, marks) for b in blocks)
        if folded and len(blocks) > 2:
            zones = ", ".join(sorted({b.zone.replace("_", " ") for b in blocks}))
            yield f'<details class="mb-folded"><summary>{len(blocks)} blocks of {zones}</summary>{made}</details>'
        else:
            yield made


def _block(article: Article, start: int, end: int, zone: str, marks: Sequence[Mark]) -> str:
    span = trim(article.text, start, end)
    inside = [m for m in marks if m.start < span.end and m.end > span.start]
    tag = "h2" if zone == "headline" else "p"
    name = zone.replace("_", " ")
    label = "" if zone == "body" else f'<span class="mb-zone">{name}</span>'
    return f'<div class="mb-block mb-z-{zone}">{label}<{tag}>{marked(article.text, span.start, span.end, inside)}</{tag}></div>'


def _legend(marks: Sequence[Mark]) -> str:
    present = {m.css for m in marks}
    found = sorted({m.title for m in marks if m.css == "evidence" and m.title})
    names = dict(_LEGEND) | {"evidence": ", ".join(found) or "evidence"}
    items = [f'<span class="mb-{css}">{escape(names[css])}</span>' for css, _ in _LEGEND if css in present]
    return f'<div class="mb-legend">{" ".join(items)}</div>' if items else ""


def _card(article: Article) -> str:
    spoken: dict[str, list[str]] = {}
    for a in article.attributions or ():
        label = " ".join(s.of(article.text) for s in a.source) or "(no source)"
        spoken.setdefault(label, []).append(" ".join(s.of(article.text) for s in a.cue))
    items = "".join(
        f'<li><span class="mb-source">{escape(who)}</span> <span class="mb-verbs">{escape(", ".join(v))}</span></li>'
        for who, v in spoken.items()
    )
    mark = f'<p class="mb-note">{escape("copy of " + article.copy_of)}</p>' if article.copy_of else ""
    return (
        f'<section class="mb-card"><p class="mb-header">{escape(article.outlet)}</p><h3>{escape(article.title)}</h3>'
        f"{mark}<ul>{items}</ul></section>"
    )


assert set(ZONES) >= {"body", "headline"}

check_public(globals(), __all__)
