"""Whether the headline says as a fact what the text only has from somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from mediabias.article import WORD, Article, Attribution, Evidence, Span
from mediabias.features.base import Feature, Label

#: Share of a headline's words that a claim in the text must hold for it to be the same claim, and how many at least.
_SHARE, _LEAST = 0.6, 3
#: Letters of a word that are compared: "flooded" and "floods" are one.
_STEM = 5
_EMPTY = frozenset(
    "a about after again all amid an and are as at be been being but by can could did do does for from had has have he her his how "
    "if in into is it its just may might more most new no nor not of off on or our out over own says said say she should so some "
    "than that the their them then there these they this those to too under up was were what when where which while who why will "
    "with would you your".split()
)
_QUOTED = re.compile(r"[“\"‘'«„][^“”\"«»„]+[”\"’'»“]")
#: "Rain Floods Port: Mayor", "Report: Rain Floods Port", "Rain Floods Port, Officials Say"
_COLON = re.compile(r"^[^:]{3,40}: |: [^:]{3,40}$")
_SENTENCE = re.compile(r"[^.!?]+[.!?]*[”\"’')]*\s*")


class HeadlineBody(Feature):
    """Whether a claim that the text attributes stands in the headline with its source, or without.

    The headline's words are looked for in the contents of the text's attributions, and in the sentences that the outlet says
    itself. Where an attributed content holds them and no sentence of the outlet's own does, the headline carries somebody's
    claim: as a fact, unless it has a source, a cue, quotation marks or a colon behind or in front of a name. Known failures: a
    headline in other words than the text's; a claim that the outlet has confirmed in other words.
    """

    name = "headline_body"
    labels: ClassVar = {
        "claim_as_fact": Label("A claim of the text's sources that the headline states itself.",
                               "Pumps Too Old for Port (“The pumps are too old for the port,” the mayor said.)", "count"),
        "claim_attributed": Label("A claim that the headline has from somebody, too.", "Pumps Too Old for Port, Mayor Says", "count"),
    }  # fmt: skip
    needs = ("attributions",)
    zones = ("headline", "standfirst", "body")
    reference = "Andrew 2007 (headlines and articles); Ecker, Lewandowsky, Chang and Pillai 2014 (misleading headlines)"

    types: tuple[str, ...] = ("assertion", "belief", "fact")

    def evidence(self, article: Article) -> Iterator[Evidence]:
        """Yield the headline, with the attribution that holds its claim."""
        headline = next(article.spans(("headline",)), None)
        if headline is None or len(words := _stems(headline.of(article.text))) < _LEAST:
            return
        said = [a for a in article.attributions or () if a.content and a.source and a.type in self.types]
        own = [a for a in said if article.zone_at(a.content[0].start) == "body"]
        shares = [(len(words & _stems(_content(article, a))) / len(words), a) for a in own]
        best = max(shares, key=lambda pair: pair[0], default=None)
        if best is None or best[0] < _SHARE or best[0] * len(words) < _LEAST:
            return
        if best[0] <= max((len(words & s) / len(words) for s in _unattributed(article, said)), default=0.0):
            return  # the outlet says so itself
        claim = best[1]
        told = {"speaker": claim.speaker, "claim": _content(article, claim), "words": round(best[0], 2)}
        label = "claim_attributed" if _has_source(article, headline, said) else "claim_as_fact"
        yield Evidence(label, headline.start, headline.end, claim.attribution_id, told)


def _has_source(article: Article, headline: Span, said: list[Attribution]) -> bool:
    text = headline.of(article.text)
    cited = any(headline.overlaps(s) for a in said for s in a.cue)
    return cited or bool(_QUOTED.search(text) or _COLON.search(text))


def _content(article: Article, a: Attribution) -> str:
    return " … ".join(s.of(article.text) for s in a.content)


def _unattributed(article: Article, said: list[Attribution]) -> Iterator[set[str]]:
    """Yield the words of each sentence of the body, without what is attributed in it."""
    contents = [s for a in said for s in a.content]
    for span in article.spans(("standfirst", "body")):
        for m in _SENTENCE.finditer(article.text, span.start, span.end):
            letters = list(m[0])
            for s in contents:
                for i in range(max(s.start, m.start()), min(s.end, m.end())):
                    letters[i - m.start()] = " "
            yield _stems("".join(letters))


def _stems(text: str) -> set[str]:
    """Return the beginnings of the words that say something.

    Examples
    --------
    >>> sorted(_stems("The Port Was Flooded, Mayor Says"))
    ['flood', 'mayor', 'port']
    """
    words = (w.casefold() for w in WORD.findall(text.replace("’", "'")))
    return {w.removesuffix("'s")[:_STEM] for w in words if w not in _EMPTY}
