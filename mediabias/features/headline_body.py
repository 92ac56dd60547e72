"""Whether the headline says as a fact what the text only has from somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from mediabias.article import WORD, Article, Attribution, Evidence, Span
from mediabias.attribution import verbs
from mediabias.attribution.quotes import quotations
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

    A headline that holds an attribution, or quotes, carries somebody's claim and says so. Of the others, the words are looked for in the
    contents of the text's attributions, and in the sentences that the outlet says itself. Where an attributed content holds them
    and no sentence of the outlet's own does, the headline carries the claim as a fact, unless it has quotation marks or a colon
    behind or in front of a name. Known failures: a headline in other words than the text's; a claim that the outlet has
    confirmed in other words.
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
        text = headline.of(article.text)
        said = [a for a in article.attributions or () if a.content and a.source and a.type in self.types]
        cited = next((a for a in said if headline.overlaps(a.cue[0])), None)
        claim, share = _same_claim(article, words, said)
        attributed = cited is not None or _quotes(article.text, headline) or _names_its_source(text)
        if not attributed and (claim is None or text.endswith("?") or share <= _share_of_own(article, words, said)):
            return  # nobody's claim, or the outlet says so itself
        meant = claim or cited
        told: dict[str, Any] = {"words": round(share, 2)} if claim else {}
        if meant:
            told |= {"speaker": meant.speaker, "claim": _content(article, meant)}
        # A word in quotation marks, or "Report: Rain Floods Port", is enough where the text has the claim from somebody.
        attributed = attributed or bool(_QUOTED.search(text) or _COLON.search(text))
        label = "claim_attributed" if attributed else "claim_as_fact"
        yield Evidence(label, headline.start, headline.end, meant.attribution_id if meant else None, told)


def _same_claim(article: Article, words: set[str], said: list[Attribution]) -> tuple[Attribution | None, float]:
    """Return the attribution of the body that holds most words of the headline, if that is enough, and their share."""
    own = [a for a in said if article.zone_at(a.content[0].start) == "body"]
    shares = [(len(words & _stems(_content(article, a))) / len(words), -n) for n, a in enumerate(own)]
    share, place = max(shares, default=(0.0, 0))
    enough = share >= _SHARE and share * len(words) >= _LEAST
    return (own[-place], share) if enough else (None, share)


def _share_of_own(article: Article, words: set[str], said: list[Attribution]) -> float:
    """Return the share of the headline's words in the sentence of the outlet's own that holds most of them."""
    return max((len(words & s) / len(words) for s in _unattributed(article, said)), default=0.0)


def _quotes(text: str, headline: Span) -> bool:
    """Say whether a headline prints words of somebody, no single one in scare quotes."""
    return any(len(WORD.findall(q.span.of(text))) >= _LEAST for q in quotations(text, [headline]))


def _names_its_source(headline: str) -> bool:
    """Say whether who says so stands behind a comma.

    Examples
    --------
    >>> _names_its_source("Rain Floods Port, Mayor of Ellan Says"), _names_its_source("Rain Floods Port, Town and Fields")
    (True, False)
    """
    behind = headline.rpartition(", ")[2].split() if ", " in headline else []
    return 1 < len(behind) <= 8 and behind[-1].endswith("s") and verbs.lemma_of(behind[-1]) is not None


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
