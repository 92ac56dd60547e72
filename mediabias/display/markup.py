"""What everything that is shown is made of: markup with its style, marks in a text, heads of articles and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources
from itertools import pairwise

from mediabias.amounts import amount
from mediabias.article import Article


@dataclass(frozen=True)
class Html:
    """Markup that a notebook shows as it is."""

    markup: str

    def _repr_html_(self) -> str:
        return f"<style>{_style()}</style>{self.markup}"


@dataclass(frozen=True)
class Mark:
    """A stretch of text that is shown in a way of its own: a class of the style sheet, a tip, a tag behind it.

    `note` is a tip that the keyboard reaches too; lines of it are parted by line breaks.
    """

    start: int
    end: int
    css: str
    title: str = ""
    tag: str = ""
    note: str = ""


def page(parts: Sequence[Html], *, title: str = "mediabias") -> str:
    """Return a complete HTML document: no script, no network, readable in light and dark and on paper.

    Examples
    --------
    >>> page([Html("<p>It rains.</p>")], title="<b>").count("&lt;b&gt;")
    2
    """
    body = "".join(p.markup for p in parts)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<style>body{{margin:0}}{_style()}</style></head><body class="mb-page"><main><h1>{escape(title)}</h1>{body}</main></body></html>\n'
    )


def _style() -> str:
    return (resources.files("mediabias") / "display.css").read_text(encoding="utf8")


def marked(text: str, start: int, end: int, marks: Sequence[Mark], *, lines: bool = True) -> str:
    """Cut the text at every edge of a mark, so that marks may nest and overlap; `lines` keeps line breaks where they are."""
    edges = sorted({start, end, *(e for m in marks for e in (m.start, m.end) if start < e < end)})
    out = []
    for a, b in pairwise(edges):
        piece = escape(text[a:b]).replace("\n", "<br>" if lines else " ")
        over = [m for m in marks if m.start <= a and b <= m.end]
        if not over:
            out.append(piece)
            continue
        css = " ".join(dict.fromkeys(f"mb-{m.css}" for m in over))
        title = next((m.title for m in over if m.title), "")
        tip = f' title="{escape(title, quote=True)}"' if title else ""
        tags = "".join(f'<sup class="mb-tag">{escape(m.tag)}</sup>' for m in over if m.tag and m.end == b)
        # A stretch that is cut at the edges of others has one note, and one place where the keyboard stops.
        stop = ' tabindex="0"' if any(m.note and m.start == a for m in over) else ""
        notes = "".join(
            f'<span class="mb-tip" role="tooltip">{escape(m.note).replace(chr(10), "<br>")}</span>'
            for m in over
            if m.note and m.start == a
        )
        out.append(f'<span class="{css}"{tip}{stop}>{piece}{notes}</span>{tags}')
    return "".join(out)


def heading(article: Article) -> str:
    """Return the line above an article: outlet, date, author, agency, event, copy, words."""
    facts = [article.outlet, article.published[:16].replace("T", " "), article.byline and f"by {article.byline}"]
    facts += [article.wire and f"agency: {article.wire}", article.event and f"event: {article.event}"]
    facts += [article.copy_of and f"copy of {article.copy_of}", f"{article.word_count():,} words"]
    if article.attributions is not None:
        facts.append(amount(len(article.attributions), "attribution"))
    return f'<header class="mb-header">{" · ".join(escape(str(f)) for f in facts if f)}</header>'


def heads(*names: str) -> str:
    """Return the heads of a table's columns."""
    return "".join(f'<th scope="col">{escape(name)}</th>' for name in names)


def paged(total: int, first: int, shown: int, page: int) -> str:
    """Return a caption that says which rows a page shows, and how to see the next; nothing where all are shown."""
    if shown == total:
        return ""
    more = f"; in a notebook, page={page + 1} shows the next" if first + shown < total else ""
    return f"<caption>rows {first + 1:,} to {first + shown:,} of {total:,}{more}</caption>"
