"""Why an attribution has its speaker, its type of source and its class of cue: in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import numpy as np

from mediabias.article import SENTENCE_ZONES, Article
from mediabias.attribution.engines import Found
from mediabias.attribution.who import resolve
from mediabias.attribution.who.features import cue_features, hashed, source_features
from mediabias.attribution.who.model import Heads, shipped
from mediabias.attribution.who.parties import Parties

#: How a feature's name reads; what is behind its "=" follows.
_SAID = {
    "form": "the source is of the form",
    "role": "the speaker is",
    "s": "the source has the word",
    "h": "the source is headed by",
    "hk": "the head of the source is a word for",
    "sk": "the source has a word for",
    "l": "the name has the word",
    "lh": "the name ends in",
    "lk": "the name ends in a word for",
    "a": "beside the name stands",
    "k": "beside the name stands a word for",
    "ra": "the rules say of what stands beside the name",
    "rs": "the rules say of the source",
    "rl": "the rules say of the name",
    "known": "the party is known as",
    "sknown": "the source is known as",
    "surname": "the surname is known as",
    "det": "the source begins with",
    "t": "the title is",
    "m": "around the name stands",
    "mk": "around the name stand words for",
    "topic": "the article speaks of",
    "w": "the sentence has the word",
    "cl": "the cue is",
    "cc": "the cue's class in the lexicon is",
    "lex": "the lexicon has the cue as",
    "lem": "the cue is",
    "c": "the cue has the word",
    "b": "the cue has the words",
    "first": "the cue begins with",
    "last": "the cue ends with",
    "x": "the content has the word",
    "x0": "the content begins with",
    "lemx": "cue and content begin as",
    "lexq": "class in the lexicon, and whether the content is quoted",
    "anyverb": "a verb of the cue is in the lexicon as",
    "anynoun": "a noun of the cue is in the lexicon as",
}


@dataclass(frozen=True)
class Explanation:
    """Why one attribution has its fields.

    Attributes
    ----------
    source : str
        As it stands in the text.
    candidates : tuple of (str, float)
        Whom the source may stand for, with probabilities; the chosen one first.
    fields : mapping of str to (str, str, float, tuple of str)
        For "source_type" and "cue_class": the label, the runner-up, the probability, and what spoke most for the one against the other.
    """

    source: str
    candidates: tuple[tuple[str, float], ...]
    fields: Mapping[str, tuple[str, str, float, tuple[str, ...]]]

    def lines(self) -> list[str]:
        """Return the explanation, a sentence a line."""
        (first, p), *rest = self.candidates or (("", 0.0),)
        out = [f"“{self.source or 'no source'}” stands for “{first or 'nobody'}” (probability {p:.2f})."]
        if rest:
            out.append("Other candidates: " + ", ".join(f"“{name or 'nobody'}” {q:.2f}" for name, q in rest) + ".")
        for name, (label, second, q, reasons) in self.fields.items():
            out.append(f"{name} is {label} ({q:.2f}) rather than {second}: " + "; ".join(reasons) + ".")
        return out

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def _repr_html_(self) -> str:
        return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in self.lines()) + "</ul>"


def explain(article: Article, attribution_id: str, *, most: int = 4, heads: Heads | None = None) -> Explanation:
    """Say why an attribution of an article has its speaker, its type of source and its class of cue.

    Parameters
    ----------
    article : Article
        With its attributions.
    attribution_id : str
        One of theirs.
    most : int
        Reasons that are given for each field.
    heads : Heads, optional
        The trained heads; those that the package ships by default.

    Returns
    -------
    Explanation
        Printed, it is plain text; in a notebook, a list.

    Raises
    ------
    KeyError
        When the article has no attribution of this id.

    Examples
    --------
    >>> from mediabias.attribution import attribute
    >>> article = attribute(Article.from_text("“It rains,” Mayor Ana Dole claimed.", "a"))
    >>> explain(article, "a:a001").lines()[0].startswith("“Mayor Ana Dole” stands for “Ana Dole”")
    True
    """
    ordered = sorted(article.attributions or (), key=lambda a: (a.cue, a.source))
    number = next((n for n, a in enumerate(ordered) if a.attribution_id == attribution_id), None)
    if number is None:
        raise KeyError(f"article {article.article_id!r} has no attribution {attribution_id!r}")
    heads = heads or shipped()
    found = [Found(a.cue, a.source, a.content, a.confidence) for a in ordered]
    parties = Parties(article.text, list(article.spans(SENTENCE_ZONES)), found)
    chosen = resolve(parties, heads)[number]
    seen = {
        "source_type": ("type", source_features(parties, number, chosen.party)),
        "cue_class": ("cue", cue_features(article.text, found[number])),
    }
    fields = {name: _reasons(heads, head, features, most) for name, (head, features) in seen.items()}
    return Explanation(parties.sources[number].text, chosen.others, fields)


def _reasons(
    heads: Heads, head: str, features: Mapping[str, float], most: int
) -> tuple[str, str, float, tuple[str, ...]]:
    """Return the likeliest label, the second, the first's probability, and the features that speak most for it."""
    p = heads.classify(head, [dict(features)])[0]
    first, second = (int(k) for k in np.argsort(-p, kind="stable")[:2])
    weights = heads.weights[head].astype(np.float64)
    speaks = {}
    for name, value in features.items():
        buckets, values = hashed({name: value})
        if len(buckets):
            speaks[name] = float((weights[first, buckets] - weights[second, buckets]) @ values)
    best = sorted(speaks, key=lambda name: (-speaks[name], name))[:most]
    labels = heads.labels[head]
    return labels[first], labels[second], float(p[first]), tuple(map(_said, best))


def _said(feature: str) -> str:
    name, _, value = feature.partition("=")
    return f"{_SAID.get(name, name)} “{value.replace('_', ' ')}”" if value else _SAID.get(name, name)
