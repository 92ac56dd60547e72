"""Which verbs an outlet puts into the mouths of those it cites."""

from __future__ import annotations

from collections.abc import Iterator

from mediabias.article import Article, Evidence
from mediabias.features.base import Feature, Label

_CLASSES = {
    "neutral": ("Structures the report and says nothing of the speech.", "the mayor said"),
    "declarative": ("Presents the speech as an announcement or a confirmation.", "the ministry announced"),
    "arguing": ("Presents the speech as one side of an argument.", "the union insisted"),
    "distancing": ("Leaves the truth of the content to the source.", "the minister claimed"),
    "hedged": ("Presents the content as a guess or a hint.", "officials suggested"),
    "endorsing": ("Presupposes that the content is true.", "the report revealed"),
    "conceding": ("Presents the content as true and awkward for the source.", "the company admitted"),
    "denying": ("Rejects, refuses or contradicts.", "the governor denied"),
    "accusing": ("Blames or attacks somebody.", "the opposition accused"),
    "demanding": ("Asks for an action.", "residents demanded"),
    "promising": ("Commits the source to an action.", "the party pledged"),
    "warning": ("Announces harm.", "engineers warned"),
    "praising": ("Approves of somebody or something.", "the envoy praised"),
    "questioning": ("Asks or doubts.", "the judge asked"),
    "mental": ("Reports a thought, a wish or a feeling.", "voters fear"),
    "acting": ("Reports a deed that shows a position.", "the council voted down the plan"),
    "other": ("A cue that is in no class.", "the crowd sang"),
}
_FACTIVITY = {
    "factive": ("Presupposes its content whatever is said of the verb.", "she realised that it leaked"),
    "implicative": ("Implies that its content happened, or did not.", "he refused to sign"),
    "assertive": ("Asserts its content as the source's view.", "she argued that it leaked"),
    "non-factive": ("Leaves open whether its content is true.", "he believes that it leaked"),
}
_STANCE = {
    "distancing": ("The outlet keeps away from the content.", "he claimed"),
    "endorsing": ("The outlet vouches for the content.", "she pointed out"),
    "accusing": ("The outlet shows the source attacking.", "he lashed out"),
    "neutral": ("The outlet shows no stance.", "she said"),
}


class AttributionVerbs(Feature):
    """Class of the cue: what the outlet says somebody did in speaking.

    Each attribution with a cue counts once in each of three groups: speech-act class, factivity, stance. Read are
    attributions of the `types` given: by default assertions, beliefs and facts, not eventualities ("voted for", "plans to"),
    which report what somebody does or means to do.
    """

    name = "attribution_verbs"
    labels = {
        **{k: Label(d, e, "share", "cues by class") for k, (d, e) in _CLASSES.items()},
        **{
            f"factivity_{k.replace('-', '_')}": Label(d, e, "share", "cues by factivity")
            for k, (d, e) in _FACTIVITY.items()
        },
        **{f"stance_{k}": Label(d, e, "share", "cues by stance") for k, (d, e) in _STANCE.items()},
    }
    needs = ("attributions",)
    reference = "Caldas-Coulthard 1994 (speech acts); Hooper 1975 and Karttunen 1971 (factivity); Merrill 1965 and Geis 1987 (stance)"

    types: tuple[str, ...] = ("assertion", "belief", "fact")

    def evidence(self, article: Article) -> Iterator[Evidence]:
        """Yield the cue of each attribution under its class, its factivity and its stance."""
        for a in article.attributions or ():
            if not a.cue or a.type not in self.types or article.zone_at(a.cue[0].start) not in self.zones:
                continue
            start, end = a.cue[0].start, a.cue[-1].end
            said = {"lemma": a.cue_lemma, "speaker": a.speaker, "source_type": a.source_type, "type": a.type}
            labels = [a.cue_class if a.cue_class in _CLASSES else "other"]
            labels.append(f"stance_{a.cue_stance if a.cue_stance in _STANCE else 'neutral'}")
            if a.cue_factivity in _FACTIVITY:
                labels.append(f"factivity_{a.cue_factivity.replace('-', '_')}")
            for label in labels:
                yield Evidence(label, start, end, a.attribution_id, said)
