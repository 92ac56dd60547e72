"""How an outlet names the people it cites, and what kind of sources they are."""

from __future__ import annotations

from collections.abc import Iterator

from mediabias.article import Article, Evidence
from mediabias.features.base import Feature, Label
from mediabias.features.source_types import TYPES

_FORMS = {
    "name": ("The source's own name stands in the label.", "Ana Dole said"),
    "title": ("An office or a rank stands in the label.", "Energy Minister Ana Dole said"),
    "institution": ("An organisation stands in the label.", "the harbour office said"),
    "nationality": ("A nation or a country's adjective stands in the label.", "Ordavian officials said"),
    "description": ("A description without a name or an office.", "a resident of the valley said"),
    "anonymous": ("The outlet keeps the name back.", "a person close to the talks said"),
    "pronoun": ("A pronoun alone.", "she said"),
}


class SourceLabels(Feature):
    """Form and type of the source of each attribution.

    A label may have several forms ("Ordavian Energy Minister Ana Dole": name, title, nationality), so the forms are
    shares of all forms; the types are shares of all attributions with a source. Read are attributions of the `types`
    given: by default assertions, beliefs and facts, not eventualities.
    """

    name = "source_labels"
    labels = {
        **{f"form_{k}": Label(d, e, "share", "forms of source labels", k) for k, (d, e) in _FORMS.items()},
        **{
            f"type_{k}": Label(d, e, "share", "attributed sources", k.replace("_", " "), color)
            for k, (d, e, color) in TYPES.items()
        },
    }
    needs = ("attributions",)
    reference = (
        "Sigal 1973; Brown, Bybee, Wearden and Straughan 1987 (types of sources); van Leeuwen 1996 (forms of naming)"
    )

    types: tuple[str, ...] = ("assertion", "belief", "fact")

    def evidence(self, article: Article) -> Iterator[Evidence]:
        """Yield the source of each attribution under each of its forms and its type."""
        for a in article.attributions or ():
            if not a.source or a.type not in self.types or article.zone_at(a.source[0].start) not in self.zones:
                continue
            start, end = a.source[0].start, a.source[-1].end
            said = {"speaker": a.speaker, "cue_class": a.cue_class, "type": a.type}
            labels = [f"form_{form}" for form in a.source_form.split("|") if form in _FORMS]
            kind = a.source_type.replace(" ", "_")
            labels.append(f"type_{kind if kind in TYPES else 'unknown'}")
            for label in labels:
                yield Evidence(label, start, end, a.attribution_id, said)
