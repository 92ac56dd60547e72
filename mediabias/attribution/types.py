"""What an attribution ascribes to its source: an assertion, a belief, a fact that it knows, or an act of will.

The four types are those of the Penn Discourse Treebank (Prasad, Dinesh, Lee, Joshi and Webber 2007; Pareti 2012). They
are read off the cue's entry in the lexicon (column ``type``) and off the construction: "agreed that the plan was good"
is an assertion, "agreed to leave" an eventuality. Where the Treebank takes every promise, demand or refusal before an
infinitive for an eventuality, a speech act ("promised to leave", "urged her to leave") stays an assertion here:
somebody spoke.
"""

from __future__ import annotations

import re

from mediabias.attribution.verbs import CueClass, classify

_TO = re.compile(r"\bto\s*$", re.I)
_INFINITIVE = re.compile(r"\s*(?:not\s+|never\s+)?to\s+[a-z]", re.I)
_CLAUSE = re.compile(r"\s*(?:that|whether|if|how|why|what|who)\b|\s*[\"“‘«„`]", re.I)
#: Refusing or failing to do one of these is saying something.
_SPEAK = re.compile(
    r"\b(?:comment|say|answer|discuss|respond|reply|confirm|deny|apologi[sz]e|name|speak|talk|elaborate|explain|"
    r"identify|disclose|reveal|address|specify|provide|give|rule out|acknowledge|admit|concede)\b",
    re.I,
)


def attribution_type(cue: str, content: str, entry: CueClass | None = None) -> str:
    """Return the type of an attribution.

    Parameters
    ----------
    cue, content : str
        As they stand in the text; the content may be empty.
    entry : CueClass, optional
        The cue's, from `mediabias.attribution.verbs.classify`, which is asked where none is given.

    Returns
    -------
    str
        "assertion", "belief", "fact" or "eventuality".

    Examples
    --------
    >>> pairs = [("agreed that", "the plan was good"), ("agreed to", "leave"), ("voted for", "it")]
    >>> [attribution_type(cue, content) for cue, content in pairs]
    ['assertion', 'eventuality', 'eventuality']
    """
    entry = entry or classify(cue)
    plain, _, before_infinitive = entry.type.partition("|")
    quoted = bool(_CLAUSE.match(content))
    if not plain:
        # What the lexicon doesn't know: words that somebody is quoted with are said, a bare noun phrase is a stance.
        return "assertion" if quoted or entry.cue_class == "neutral" else "belief"
    infinitive = bool(_TO.search(cue) or _INFINITIVE.match(content))
    if before_infinitive and infinitive and not _SPEAK.search(f"{cue} {content[:40]}"):
        return before_infinitive
    if plain == "eventuality" and quoted:
        return "assertion"  # "fired back that", "took to Twitter: “...”"
    return plain
