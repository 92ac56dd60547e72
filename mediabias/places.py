"""States as news in English call them: names, capitals, demonyms, seats of government.

The names come from the package countryinfo; ``lexicons/places.csv`` adds what it lacks and overrides what news says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from countryinfo import all_countries

from mediabias import lexicons


@dataclass(frozen=True)
class Place:
    """A state: `name` is the one that tables show, the others are what texts call it."""

    name: str
    names: tuple[str, ...]
    capitals: tuple[str, ...]
    demonyms: tuple[str, ...]
    seats: tuple[str, ...] = ()


@cache
def states() -> tuple[Place, ...]:
    """Return the states, by name.

    Examples
    --------
    >>> ukraine = next(p for p in states() if p.name == "Ukraine")
    >>> ukraine.capitals, ukraine.demonyms
    (('Kyiv', 'Kiev'), ('Ukrainian',))
    """
    ours = {r["country"]: r for r in lexicons.rows("places")}
    found = {r["country"]: _ours(r) for r in ours.values() if not r["note"]}
    for country in all_countries():
        name = country.name()
        if name not in ours:
            found[name] = Place(name, (name,), _parts(country.capital()), _parts(country.demonym()))
    return tuple(found[name] for name in sorted(found))


def _ours(row: dict[str, str]) -> Place:
    country = row["country"]
    names, capitals, demonyms, seats = (_parts(row[k]) for k in ("names", "capitals", "demonyms", "seats"))
    return Place(country, (country, *names), capitals, demonyms, seats)


def _parts(value: str | None) -> tuple[str, ...]:
    return tuple(part for part in (value or "").split("|") if part)
