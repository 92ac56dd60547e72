"""How an outlet names people and states: in full, with a title, by surname, by a pronoun; a state by its name or its seat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from mediabias.article import Article, Evidence
from mediabias.features.base import Feature, Label

_PEOPLE = {
    "full_name": ("Given name and surname.", "Ana Dole left"),
    "titled_name": ("A name with a title.", "Mayor Ana Dole left"),
    "surname": ("The surname alone.", "Dole left"),
    "given_name": ("The given name alone.", "Ana left"),
    "title": ("An office without the name.", "the mayor left"),
    "pronoun": ("A pronoun.", "she left"),
}
_STATES = {
    "name": ("A state by its name.", "France refused"),
    "nationality": ("Its officials or bodies, by their nation.", "French officials refused"),
    "seat": ("A state by its capital, or the seat of its government.", "Paris refused"),
}


class Naming(Feature):
    """Forms in which people and states are mentioned, each as a share of all mentions of their kind.

    Mentions are those of `mediabias.actors`: outside quotation marks. Known failures: a pronoun goes to the nearest person of its
    gender; a person whom nothing but capitals tells from a place is left out; a country that is a place ("to France") is taken
    for the state.
    """

    name = "naming"
    labels: ClassVar = {
        **{k: Label(d, e, "share", "mentions of people") for k, (d, e) in _PEOPLE.items()},
        **{f"state_{k}": Label(d, e, "share", "mentions of states") for k, (d, e) in _STATES.items()},
    }
    needs = ("actors",)
    reference = "van Leeuwen 1996 (representation of social actors); Reisigl and Wodak 2001 (nomination)"

    def evidence(self, article: Article) -> Iterator[Evidence]:
        """Yield each mention of a person and of a state."""
        for m in article.mentions or ():
            if article.zone_at(m.start) not in self.zones:
                continue
            if m.kind == "person" and m.form in _PEOPLE:
                yield Evidence(m.form, m.start, m.end, attributes={"actor": m.actor})
            elif m.kind == "state" and m.form in _STATES:
                yield Evidence(f"state_{m.form}", m.start, m.end, attributes={"actor": m.actor})
