"""The types of sources: what each is, with an example and its colour; one place for all features that tell them apart."""

from __future__ import annotations

#: Type: definition, example, colour (Okabe and Ito 2008, and greys).
TYPES: dict[str, tuple[str, str, str]] = {
    "named_official": ("A named holder of a public office, or a candidate for one.", "Mayor Ana Dole", "#0072B2"),
    "unnamed_official": ("An official without a name.", "a senior official", "#56B4E9"),
    "state_or_institution": ("A state or a public body.", "the ministry", "#009E73"),
    "expert": ("Somebody cited for knowledge.", "a hydrologist at the university", "#F0E442"),
    "company": ("A firm or who speaks for it.", "a spokesman for the power company", "#E69F00"),
    "civil_society": ("An association, a union, an opposition group, activists.", "the teachers' union", "#D55E00"),
    "citizen": ("Somebody cited as a resident, witness, voter, victim.", "a witness", "#CC79A7"),
    "media": ("Another outlet.", "the newspaper", "#555555"),
    "document": ("A report, a letter, a recording.", "the report", "#999999"),
    "unknown": ("None of these can be told from the article.", "Dole", "#DDDDDD"),
}
