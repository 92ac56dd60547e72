"""Who gets to speak: the words and quotations that sources of each type are given, who opens and who has the last word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from mediabias.article import Article, Attribution, Evidence
from mediabias.features.base import Feature, Label
from mediabias.features.source_types import TYPES

_KINDS = {
    "words": ("Words attributed to sources of this type", "word_share", "attributed words"),
    "quotations": ("Quotations, in full or in part, of sources of this type", "share", "quotations"),
    "opens": ("Articles whose first source is of this type", "share", "first sources"),
    "closes": ("Articles whose last source is of this type", "share", "last sources"),
}


class ShareOfVoice(Feature):
    """Words, quotations, first and last place by type of source.

    Words are those of the contents of attributions with a source; speech within speech counts for the outer source, as only
    that is found. Read are attributions of the `types` given, as in `SourceLabels`. For single speakers see
    `mediabias.features.voices.voices`.
    """

    name = "share_of_voice"
    labels: ClassVar = {
        f"{kind}_{t}": Label(f"{says}: {definition}", example, unit, group, f"{kind}: {t.replace('_', ' ')}", color)
        for kind, (says, unit, group) in _KINDS.items()
        for t, (definition, example, color) in TYPES.items()
    }
    needs = ("attributions",)
    reference = "Hallin, Manoff and Weddle 1993 (sourcing patterns); Hopmann, de Vreese and Albaek 2011 (speaking time)"

    types: tuple[str, ...] = ("assertion", "belief", "fact")

    def evidence(self, article: Article) -> Iterator[Evidence]:
        """Yield the contents under the type of their source, and the first and the last source."""
        said = [a for a in article.attributions or () if self._counts(article, a)]
        for a in said:
            for span in a.content:
                if article.zone_at(span.start) in self.zones:
                    yield Evidence(f"words_{_type(a)}", span.start, span.end, a.attribution_id, {"speaker": a.speaker})
            if a.quotation in {"direct", "mixed"}:
                yield self._place("quotations", a)
        in_order = sorted(said, key=lambda a: a.source[0])
        if in_order:
            yield self._place("opens", in_order[0])
            yield self._place("closes", in_order[-1])

    def _counts(self, article: Article, a: Attribution) -> bool:
        return bool(a.source) and a.type in self.types and article.zone_at(a.source[0].start) in self.zones

    def _place(self, kind: str, a: Attribution) -> Evidence:
        return Evidence(
            f"{kind}_{_type(a)}", a.source[0].start, a.source[-1].end, a.attribution_id, {"speaker": a.speaker}
        )  # fmt: skip


def _type(a: Attribution) -> str:
    kind = a.source_type.replace(" ", "_")
    return kind if kind in TYPES else "unknown"
