"""How an outlet quotes: in full, in fragments, not at all; and words that it holds at arm's length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from mediabias.article import WORD, Article, Evidence, Span
from mediabias.attribution.quotes import quotations
from mediabias.features.base import Feature, Label

#: Words that stand in front of the name of a work, not of words that somebody doubts.
_WORK = re.compile(
    r"\b(?:film|movie|book|novel|song|album|show|series|play|musical|podcast|article|essay|column|report|paper|poem|painting|"
    r"documentary|episode|program|programme|game|titled|entitled|headlined|called|named)\s*,?\s*$",
    re.I,
)
_SMALL = frozenset("a an and as at but by for from in into of on or the to with vs".split())
_BEFORE = re.compile(r"\b(?:an?|the|his|her|its|their|our|this|these|those|so-called|\S+-\w+)\s+$", re.I)
_BEHIND = re.compile(r"\s[a-z](?!n? |s |t |f |y )\w*|\s(?:is|of)\b")
#: A fragment of more words than this says something as a whole.
_FRAGMENT = 7
_FINITE = re.compile(
    r"\b(?:i|we|you|he|she|it|they)(?:['’]\w+)?\b|\b(?:is|are|was|were|am|will|would|can|could|must|has|have|had|do|does|did|don['’]t)\b",
    re.I,
)


class Quotation(Feature):
    """Kinds of quotation, how much is quoted, and quoted words that are no quotation of a sentence.

    Of what stands in quotation marks, a whole utterance is a quotation, and a few words of what somebody said are a fragment.
    One word or two are scare quotes where nobody is said to have said them, or where they stand before a noun ("the “rescue”
    plan"): the outlet does not say them in its own voice. Names of works are told apart by their capitals or by what stands in
    front of them. Known failures: a term that is explained stands in scare quotes ("the “filibuster” lets a minority talk"), and
    a scare quote that ends what somebody said ("accused them of “blackmail”") is a fragment.
    """

    name = "quotation"
    labels: ClassVar = {
        "direct": Label("An attribution whose content is quoted in full.", "“It rains,” said Dole.", "share", "attributions"),
        "mixed": Label("One whose content is quoted in part.", "Dole said it “rains”.", "share", "attributions"),
        "indirect": Label("One whose content is not quoted.", "Dole said that it rained.", "share", "attributions"),
        "quoted_words": Label("Words within quotations of whole utterances and fragments.", "“It rains,” said Dole.", "coverage"),
        "fragment": Label("A few quoted words of what somebody said.", "Dole called it “a flood of the century”."),
        "scare": Label("One or two words in quotation marks that the outlet does not say itself.", "the “rescue” plan"),
        "title": Label("The name of a work or a byname in quotation marks.", "the film “The Harbour”"),
    }  # fmt: skip
    needs = ("attributions",)
    reference = (
        "Semino and Short 2004 (speech presentation, embedded quotation); Predelli 2003 (scare quotes); Weizman 1984 (quotation "
        "marks in news)"
    )

    def evidence(self, article: Article) -> Iterator[Evidence]:
        """Yield each attribution under its kind, and each stretch in quotation marks under what it is."""
        for a in article.attributions or ():
            spans = a.content or a.cue
            if article.zone_at(spans[0].start) in self.zones:
                yield Evidence(a.quotation, spans[0].start, spans[0].end, a.attribution_id, {"speaker": a.speaker})
        contents = [s for a in article.attributions or () for s in a.content]
        for q in quotations(article.text, list(article.spans(self.zones))):
            inner = _inside(article.text, q.span)
            if not len(inner):
                continue
            attributed = any(inner.overlaps(s) for s in contents)
            kind = kind_of(article.text, inner, headline=article.zone_at(inner.start) == "headline")
            if kind == "scare" and attributed and not _modifies(article.text, q.span):
                kind = "fragment"
            if kind in {"quotation", "fragment"}:
                yield Evidence("quoted_words", inner.start, inner.end)
            if kind != "quotation":
                yield Evidence(kind, inner.start, inner.end, attributes={"attributed": attributed})


def _inside(text: str, span: Span) -> Span:
    """Return a quotation without its marks."""
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and text[end - 1] in "\"'“”„‟«»‘’` ":
        end -= 1
    return Span(start, end)


def _modifies(text: str, span: Span) -> bool:
    """Say whether quoted words stand between an article, a number or an adjective and a word that they belong to."""
    return bool(_BEFORE.search(text, max(0, span.start - 40), span.start)) and bool(_BEHIND.match(text, span.end))


def kind_of(text: str, inner: Span, *, headline: bool = False) -> str:
    """Return what stands between quotation marks: quotation, fragment, scare or title; capitals tell nothing in a headline.

    Examples
    --------
    >>> text = 'The “peaceful” raid, she said. “No.” He called it “the flood of the century” in the film “The Harbour”.'
    >>> [kind_of(text, Span(text.index(w), text.index(w) + len(w))) for w in ("peaceful", "No.", "the flood of the century", "The Harbour")]
    ['scare', 'quotation', 'fragment', 'title']
    """
    said = inner.of(text)
    words = WORD.findall(said)
    if headline:
        return (
            "scare"
            if len(words) <= 2
            else "fragment"
            if len(words) <= _FRAGMENT and not _FINITE.search(said)
            else "quotation"
        )
    utterance = said[0].isupper() and said[-1] in ".,!?…—-"
    capitals = all(w[0].isupper() or w[0].isdigit() or w.lower() in _SMALL for w in words) and said[0].isupper()
    if not words or (utterance and not (capitals and len(words) > 2)):
        return "quotation"
    if len(words) <= 8 and (
        capitals or (_WORK.search(text[max(0, inner.start - 30) : inner.start - 1]) and said[0].isupper())
    ):
        return "title"
    if len(words) <= 2:
        # "We're alive" says something; "13th" is a name.
        return "quotation" if said[0].isupper() and _FINITE.search(said) else "title" if said[0].isdigit() else "scare"
    if len(words) <= _FRAGMENT and not said[0].isupper() and not _FINITE.search(said):
        return "fragment"
    return "quotation"
