"""An event at a glance: its articles as a grid of outlets and days, and two of them side by side with what they share."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from mediabias.actors.shared import quotations, sources
from mediabias.amounts import amount
from mediabias.article import Article, Attribution, Span, trim
from mediabias.display.markup import Html, Mark, heading, marked
from mediabias.events.copies import body_words, shared_runs

#: Zones that two articles are compared in, and shown in.
_SHOWN = ("headline", "standfirst", "body")


def event_grid(articles: Iterable[Article]) -> Html:
    """Show the articles of an event, outlets across and days down, with copies of one story tied by a letter and its colour.

    Parameters
    ----------
    articles : iterable of Article
        Of one event; outlets stand in the order of their first article. Those without a date come last.

    Examples
    --------
    >>> first = Article.from_text("It rains.", "a", outlet="Post", published="2024-03-04", title="Rain")
    >>> shown = event_grid([first, first.replace(article_id="b", outlet="Tribune", copy_of="a")]).markup
    >>> shown.count("story A")
    2
    """
    ordered = sorted(articles, key=lambda a: (not a.published, a.published, a.article_id))
    outlets = list(dict.fromkeys(a.outlet for a in ordered))
    days = list(dict.fromkeys(a.published[:10] for a in ordered))
    letters = _letters(ordered)
    by_id = {a.article_id: a for a in ordered}
    head = "".join(f'<th scope="col">{escape(o or "unknown outlet")}</th>' for o in outlets)
    rows = []
    for day in days:
        cells = []
        for outlet in outlets:
            here = [a for a in ordered if a.outlet == outlet and a.published[:10] == day]
            cells.append(f"<td>{''.join(_cell(a, letters.get(a.article_id, ''), by_id) for a in here)}</td>")
        rows.append(f'<tr><th scope="row">{escape(day or "no date")}</th>{"".join(cells)}</tr>')
    caption = f"<caption>{amount(len(ordered), 'article')} of {amount(len(outlets), 'outlet')}. Articles with one letter are one story.</caption>"
    return Html(
        f'<div class="mb mb-wide" tabindex="0" role="region" aria-label="articles by day and outlet"><table class="mb-table mb-grid">{caption}<thead><tr><th scope="col">day</th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _letters(articles: list[Article]) -> dict[str, str]:
    """Return the letter of each story that more than one article tells, by article_id."""
    story = {a.article_id: a.copy_of or a.article_id for a in articles}
    told: dict[str, str] = {}
    for a in articles:
        name = story[a.article_id]
        if name not in told and list(story.values()).count(name) > 1:
            told[name] = chr(ord("A") + len(told) % 26)
    return {i: told[name] for i, name in story.items() if name in told}


def _cell(a: Article, letter: str, by_id: dict[str, Article]) -> str:
    facts = [a.published[11:16], f"{a.word_count():,} words", a.wire and f"agency: {a.wire}"]
    if a.copy_of:
        origin = by_id.get(a.copy_of)
        facts.append(f"copy of {origin.outlet if origin else a.copy_of}")
    if a.passages:
        words = sum(p.words for p in a.passages)
        facts.append(f"{min(1, words / max(a.word_count(('body',)), 1)):.0%} of its body stands elsewhere")
    tie = f'<span class="mb-tie mb-tie-{(ord(letter) - 65) % 6}">story {letter}</span> ' if letter else ""
    return (
        f'<div class="mb-told{f" mb-line-{(ord(letter) - 65) % 6}" if letter else ""}">{tie}<b>{escape(a.title or a.article_id)}</b>'
        f'<p class="mb-note">{escape(" · ".join(f for f in facts if f))}</p></div>'
    )


def side_by_side(first: Article, second: Article) -> Html:
    """Show two articles on one event beside each other, with what they share and where they differ.

    Passages that stand in both are numbered alike; quotations that both print are marked; of a source that both cite, the
    cues of a class that the other does not give it are marked with their class.

    Parameters
    ----------
    first, second : Article
        Quotations and verbs are marked where they have attributions.

    Examples
    --------
    >>> text = "The harbour was closed on Monday after a week of rain, and the ferry stood still."
    >>> a, b = (Article.from_text(text, i, outlet=i) for i in ("Post", "Tribune"))
    >>> side_by_side(a, b).markup.count("mb-shared")
    3
    """
    pair = (first, second)
    passages = _shared_passages(first, second)
    quotes = [i for i in quotations(pair) if len({p[0] for p in _places(i.places)}) == 2]
    verbs, table = _verbs(pair)
    columns = []
    for n, article in enumerate(pair):
        marks = [Mark(s[n].start, s[n].end, "shared", "", str(k)) for k, s in enumerate(passages, 1)]
        marks += [
            Mark(s, e, "quoted", "both print this quotation")
            for item in quotes
            for i, s, e in _places(item.places)
            if i == article.article_id
        ]
        marks += [Mark(s.start, s.end, "verb", x.speaker, x.cue_class) for x in verbs[n] for s in x.cue]
        shown = "".join(
            f"<{'h2' if b.zone == 'headline' else 'p'}>{marked(article.text, s.start, s.end, _within(marks, s))}"
            f"</{'h2' if b.zone == 'headline' else 'p'}>"
            for b in article.blocks
            if b.zone in _SHOWN
            for s in (trim(article.text, b.start, b.end),)
        ).replace("<br>", " ")  # where a line was broken is of no interest here
        columns.append(f'<section class="mb-side">{heading(article)}{shown}</section>')
    words = sum(len(s[0].of(first.text).split()) for s in passages)
    said = f"passages that both have: {len(passages)} ({words:,} words) · quotations that both print: {len(quotes)}"
    said += f" · sources whose verbs differ: {len(table)}"
    legend = (
        '<div class="mb-legend"><span class="mb-shared">shared passage</span> <span class="mb-quoted">quotation in both</span> '
        '<span class="mb-verb">verb that the other does not give this source</span></div>'
    )
    rows = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in table)
    names = "".join(f'<th scope="col">{escape(c)}</th>' for c in ("source", first.outlet, second.outlet))
    verbs_table = (
        f'<table class="mb-table"><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>' if table else ""
    )
    return Html(
        f'<div class="mb mb-wide" tabindex="0" role="region" aria-label="two articles side by side"><p class="mb-header">{escape(said)}</p>{legend}<div class="mb-sides">{"".join(columns)}</div>'
        f"{verbs_table}</div>"
    )


def _within(marks: list[Mark], span: Span) -> list[Mark]:
    return [m for m in marks if m.start < span.end and span.start < m.end]


def _places(places: dict[str, list[tuple[str, int, int]]]) -> list[tuple[str, int, int]]:
    return [p for found in places.values() for p in found]


def _shared_passages(first: Article, second: Article) -> list[tuple[Span, Span]]:
    """Return the passages that stand in both bodies, in the first one's order."""
    runs = shared_runs(body_words(first), body_words(second))
    return [(Span(a[0][1], a[-1][2]), Span(b[0][1], b[-1][2])) for a, b in runs]


def _verbs(pair: tuple[Article, Article]) -> tuple[list[list[Attribution]], list[tuple[str, str, str]]]:
    """Return, for each article, the attributions whose class of cue the other does not give that source; and a row a source."""
    out: list[list[Attribution]] = [[], []]
    rows = []
    for item in sources(pair):
        own = [_of(article, _places(item.places)) for article in pair]
        if not all(own):
            continue
        classes = [{x.cue_class for x in found} for found in own]
        differing = [[x for x in own[n] if x.cue_class not in classes[1 - n]] for n in (0, 1)]
        if any(differing):
            out = [have + new for have, new in zip(out, differing, strict=True)]
            rows.append((item.name, _listed(own[0]), _listed(own[1])))
    return out, rows


def _of(article: Article, places: list[tuple[str, int, int]]) -> list[Attribution]:
    starts = {(s, e) for i, s, e in places if i == article.article_id}
    return [x for x in article.attributions or () if x.source and (x.source[0].start, x.source[-1].end) in starts]


def _listed(attributions: list[Attribution]) -> str:
    return ", ".join(dict.fromkeys(f"{x.cue_lemma} ({x.cue_class})" for x in attributions))
