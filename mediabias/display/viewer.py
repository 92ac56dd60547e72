"""An event to look around in: outlets side by side, each source with all that it is called, each bar with its sentences.

There is no script in it: what opens and what lights up is plain HTML and CSS, so that it works in a notebook that nobody has trusted
yet, in a file, by mouse and by keyboard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from mediabias.actors.shared import Item, sources
from mediabias.amounts import amount
from mediabias.article import Article, trim
from mediabias.display.bars import SENTENCES, chosen_columns, drawn
from mediabias.display.markup import Html, Mark, heading, marked
from mediabias.features.run import FeatureTables
from mediabias.prepare import prepare_all

#: Zones that are shown.
_SHOWN = ("headline", "standfirst", "body")


def viewer(
    articles: Iterable[Article],
    tables: FeatureTables,
    *,
    columns: Sequence[str] | None = None,
    sentences: int = SENTENCES,
) -> Html:
    """Show the articles of an event with their sources tied together, and bars that open to the sentences behind them.

    Hover over a source, or go to it with the Tab key, to see what every outlet calls it; all of its places light up. Open a bar, by a
    click or with Enter, to read its sentences.

    Parameters
    ----------
    articles : iterable of Article
        Of one event; attributions that they don't have are found as the tables' were.
    tables : FeatureTables
        From `extract`, of these articles among others.
    columns : sequence of str, optional
        The columns that are drawn as bars; by default those in which the outlets differ most, at most three of one feature.
    sentences : int
        At most so many behind a bar; it says how many there are.

    Raises
    ------
    FeatureError
        When the tables have no such column; the nearest are named. When there is no article.

    Examples
    --------
    >>> from mediabias.features import extract
    >>> from mediabias.attribution import attribute
    >>> a = attribute(Article.from_text("“It rains,” said the mayor, Ana Dole. Dole went home.", "a", outlet="Post"))
    >>> shown = viewer([a], extract([a], "attribution_verbs")).markup
    >>> "<script" in shown, "1 of 1" in shown
    (False, True)
    """
    read = prepare_all(articles, ["attributions"], tables.settings)
    ordered = sorted(read, key=lambda a: (a.outlet, a.published, a.article_id))
    items = [i for i in sources(ordered) if sum(map(len, i.places.values())) > 0]
    outlets = list(dict.fromkeys(a.outlet for a in ordered))
    by_id = {a.article_id: a for a in ordered}
    bars = drawn(tables, by_id, chosen_columns(tables, by_id, columns), sentences)
    marks = _marks(ordered, items)
    shown = "".join(
        f"<section><h3>{escape(outlet or 'unknown outlet')}</h3>"
        + "".join(_article(a, marks.get(a.article_id, [])) for a in ordered if a.outlet == outlet)
        + "</section>"
        for outlet in outlets
    )
    # Only numbers go into the style: what lights up together.
    lit = "".join(
        f".mb-viewer:has(.mb-s-{n}:hover,.mb-s-{n}:focus) .mb-s-{n}{{background:var(--shared);color:var(--shared-ink)}}"
        for n in range(len(items))
    )
    said = (
        f"{amount(len(ordered), 'article')} of {amount(len(outlets), 'outlet')}, {amount(len(items), 'source')} · hover over a source, or Tab to it, for all that it is "
        "called · open a bar for its sentences"
    )
    return Html(
        f'<div class="mb mb-wide mb-viewer"><style>{lit}</style><p class="mb-header">{said}</p>'
        f'{bars}<div class="mb-columns" tabindex="0" role="region" aria-label="articles">{shown}</div></div>'
    )


def _marks(articles: list[Article], items: list[Item]) -> dict[str, list[Mark]]:
    """Return the marks of each article: sources with a number that ties them together and a note of what each outlet calls them."""
    by_id = {a.article_id: a for a in articles}
    marks: dict[str, list[Mark]] = {}
    for n, item in enumerate(items):
        lines = [item.name]
        for outlet, places in sorted(item.places.items()):
            called = Counter(" ".join(by_id[i].text[s:e].split()) for i, s, e in places)
            lines.append(
                f"{outlet or 'unknown outlet'}: " + "; ".join(f"{c} ({k})" if k > 1 else c for c, k in called.items())
            )
        for places in item.places.values():
            for i, start, end in places:
                marks.setdefault(i, []).append(Mark(start, end, f"source mb-s-{n}", note="\n".join(lines)))
    for a in articles:
        cues = [Mark(s.start, s.end, "cue", x.cue_class) for x in a.attributions or () for s in x.cue]
        marks.setdefault(a.article_id, []).extend(cues)
    return marks


def _article(a: Article, marks: list[Mark]) -> str:
    parts = []
    for b in a.blocks:
        if b.zone in _SHOWN:
            span = trim(a.text, b.start, b.end)
            inside = [m for m in marks if m.start < span.end and span.start < m.end]
            tag = "h4" if b.zone == "headline" else "p"
            text = marked(a.text, span.start, span.end, inside, lines=False)
            parts.append(f"<{tag}>{text}</{tag}>")
    return f'<article class="mb-side">{heading(a)}{"".join(parts)}</article>'
