"""Actors that are known beforehand: states, and those of a user's own table."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mediabias.article import FORMS
from mediabias.errors import TableError
from mediabias.lexicons import Matcher
from mediabias.places import states


@dataclass(frozen=True)
class Known:
    """Whom a term stands for, and how it names them."""

    actor: str
    form: str
    kind: str


class ActorTable:
    """States with their capitals and demonyms, and the actors of a CSV.

    Parameters
    ----------
    path : path, optional
        A CSV with the columns ``actor`` and ``term``, and if wanted ``form`` (one of `mediabias.article.FORMS`; "term" by
        default). A ``*`` at a term's end stands for any ending; a term with a capital is matched as written. A term of the table
        takes the place of a state's.

    Raises
    ------
    TableError
        When the table lacks a column, a row lacks a value, a form is none, or a term stands for two actors.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "actors.csv")
    >>> _ = path.write_text("actor,term\\nEllan Front,separatist*\\nEllan Front,the Front\\n")
    >>> table = ActorTable(path)
    >>> [table.known[label].actor for _, _, label in table.matcher.find("Separatists met a French envoy.")]
    ['Ellan Front', 'France']
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self.known: dict[str, Known] = _states()
        terms = {term: term for term in self.known}
        for term, known in (_own(Path(path)) if path else {}).items():
            self.known[term] = known
            terms[term] = term
        self.matcher = Matcher(terms)


@cache
def loaded(path: str = "") -> ActorTable:
    """Return the table of a path, read once; that of the states alone without one."""
    return ActorTable(path or None)


def _states() -> dict[str, Known]:
    found: dict[str, Known] = {}
    for place in states():
        named = dict.fromkeys(place.names, "name")
        # "European leaders" are those of states.
        named |= dict.fromkeys(place.demonyms if place.name != "European Union" else (), "nationality")
        named |= dict.fromkeys((*place.capitals, *place.seats), "seat")
        for term, form in named.items():
            found.setdefault(term, Known(place.name, form, "state"))
    return found


def _own(path: Path) -> dict[str, Known]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except FileNotFoundError:
        raise TableError(f"{path}: there is no such table of actors") from None
    if not rows or not {"actor", "term"} <= rows[0].keys():
        raise TableError(f"{path}: a table of actors has the columns 'actor' and 'term', and a row for each term")
    own: dict[str, Known] = {}
    for n, row in enumerate(rows, 2):
        actor, term = ((row[k] or "").strip() for k in ("actor", "term"))
        form = (row.get("form") or "term").strip()
        if not actor or not term:
            raise TableError(f"{path}, line {n}: no actor or no term; fill in both or delete the line")
        if form not in FORMS:
            raise TableError(f"{path}, line {n}: {form!r} is no form of a name; one of {', '.join(FORMS)}")
        known = Known(actor, form, "listed")
        if own.setdefault(term, known).actor != actor:
            raise TableError(f"{path}, line {n}: {term!r} is {own[term].actor!r} already; one actor a term")
    return own
