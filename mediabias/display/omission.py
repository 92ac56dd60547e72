"""What an outlet leaves out, to read: a grid of statements by outlets, and quotations beside their longest version."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd

from mediabias.amounts import amount
from mediabias.article import Article
from mediabias.display.markup import Html, heads, paged
from mediabias.errors import TableError
from mediabias.features.sentences import shorten


def statement_grid(
    table: pd.DataFrame,
    articles: Iterable[Article],
    event: str | None = None,
    *,
    least: int = 2,
    page: int = 1,
    rows: int = 25,
) -> Html:
    """Show the statements of an event by outlets, the most printed first; a cell opens to the outlet's sentences.

    Parameters
    ----------
    table : DataFrame
        As from `mediabias.omission.statements.statements`.
    articles : iterable of Article
        What the statements are from.
    event : str, optional
        Which event; needed where the table holds several.
    least : int
        Statements that fewer outlets print are left out; 1 shows those that a single outlet has, too.
    page, rows : int
        Which page is shown, and how many statements it has.

    Raises
    ------
    TableError
        When the table holds several events and none is chosen, or none of that name.
    """
    events = sorted(set(table["event"]))
    if event is None and len(events) != 1:
        raise TableError(
            f"the table holds {amount(len(events), 'event')}; choose one: event={events[0] if events else ''!r}"
        )
    own = table[table["event"] == (event or events[0])]
    if own.empty:
        raise TableError(f"no statement of the event {event!r}; there are {', '.join(map(repr, events[:5]))}")
    by_id = {a.article_id: a for a in articles}
    outlets = sorted(set(own["outlet"]))
    printed_by = own.groupby("statement")["printed"].sum()
    wanted = [n for n in printed_by.index if printed_by[n] >= least]
    first = (page - 1) * rows
    shown = wanted[first : first + rows]
    lines = {n: group.set_index("outlet") for n, group in own[own["statement"].isin(shown)].groupby("statement")}
    body = "".join(_statement_row(lines[n], outlets, by_id) for n in shown)
    caption = f"<caption>{amount(len(wanted), 'statement')} that {amount(least, 'outlet')} or more print, of {len(printed_by):,}.</caption>"
    return Html(
        f'<div class="mb mb-wide mb-contrasts" tabindex="0" role="region" aria-label="statements by outlet"><table class="mb-table">'
        f"{paged(len(wanted), first, len(shown), page) or caption}<thead><tr>{heads('statement', *outlets)}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _statement_row(line: pd.DataFrame, outlets: list[str], by_id: dict[str, Article]) -> str:
    text = str(line["text"].iloc[0])
    cells = []
    for outlet in outlets:
        row = line.loc[outlet]
        if not row["printed"]:
            cells.append('<td><span class="mb-note">left out</span></td>')
            continue
        said = "".join(f"<li>{escape(' '.join(by_id[i].text[s:e].split()))}</li>" for i, s, e in row["evidence"])
        cells.append(f'<td><details><summary>printed</summary><ul class="mb-said">{said}</ul></details></td>')
    return f'<tr><th scope="row">{escape(shorten(text, 220))}</th>{"".join(cells)}</tr>'


def cut_grid(table: pd.DataFrame, *, page: int = 1, rows: int = 10) -> Html:
    """Show quotations that outlets cut: the longest version, with what each other outlet leaves out struck through.

    Parameters
    ----------
    table : DataFrame
        As from `mediabias.omission.cuts.cut_quotations`.
    page, rows : int
        Which page is shown, and how many quotations it has. Quotations that nobody cuts are left out.
    """
    cut = table[~table["cut"].isin(["whole"])][["event", "quotation"]].drop_duplicates()
    keys = list(cut.itertuples(index=False, name=None))
    first = (page - 1) * rows
    shown = keys[first : first + rows]
    body = "".join(_cut_rows(table[(table["event"] == e) & (table["quotation"] == q)]) for e, q in shown)
    caption = f"<caption>{amount(len(keys), 'quotation')} that an outlet cuts. Struck through: what it leaves out of the longest version.</caption>"
    return Html(
        f'<div class="mb mb-wide mb-contrasts" tabindex="0" role="region" aria-label="quotations that are cut"><table class="mb-table mb-grid">'
        f"{paged(len(keys), first, len(shown), page) or caption}<thead><tr>{heads('outlet', 'cut', 'kept', 'quotation')}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cut_rows(rows: pd.DataFrame) -> str:
    longest = str(rows[rows["longest"]]["text"].iloc[0])
    out = []
    for row in rows.to_dict("records"):
        text = longest if row["longest"] else _struck(longest, row["left_out"])
        shown = escape(text) if row["longest"] else text
        kind = "longest" if row["longest"] else row["cut"]
        out.append(
            f'<tr><th scope="row">{escape(str(row["outlet"]))}</th><td>{escape(kind)}</td><td class="mb-num">{row["kept"]:.0%}</td>'
            f"<td>{shown}</td></tr>"
        )
    return "".join(out)


def _struck(longest: str, left_out: list[str]) -> str:
    """Return the longest version as markup with what is left out struck through, in the order of the text."""
    flat = " ".join(longest.split())
    out, at = [], 0
    for run in left_out:
        start = flat.find(run, at)
        if start < 0:
            continue
        out += [escape(flat[at:start]), f"<s>{escape(run)}</s>"]
        at = start + len(run)
    return "".join([*out, escape(flat[at:])])
