"""Who is said to have done it: passives with and without an agent, and clauses of harm in which somebody does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import ClassVar

from mediabias import lexicons
from mediabias.article import Article, Evidence, Span
from mediabias.attribution.quotes import quotations
from mediabias.features.base import Feature, Label
from mediabias.syntax import Passive, passives, version

_BE = r"(?:is|are|was|were|be|been|being|am|isn't|aren't|wasn't|weren't|gets?|got|getting|gotten)"
_BETWEEN = r"(?:(?:not|also|never|now|then|soon|once|again|often|even|both|all|well|badly|still|since|later|first|last|only|already|being|been|just|[a-z]+ly)\s+){0,2}"
#: Behind "by": what is no agent ("by Monday", "by train", "by then", "by 5%", "by raising it").
_NO_AGENT = re.compile(
    r"(?:(?:an? )?(?:[\w-]+ )?\d|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|noon|midnight|dawn|night|day|now|then|the (?:end|time|weekend|morning|evening|hundreds|thousands|"
    r"dozens|minute|hour|day|week|month|year|side|way|sea|river|road|harbou?r)|early|late|mid|next|about|around|nearly|"
    r"almost|more|less|as much|at least|half|train|car|bus|air|land|boat|plane|mail|e-?mail|phone|hand|foot|law|default|accident|mistake|chance|"
    r"virtue|means|far|name|itself|themselves|himself|herself|\w+ing\b|an? (?:vote|margin|factor|third|quarter|mile|week|month|year)|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten) (?:percent|per cent|points|votes|years|months|days|hours)|proxy|way of|reason of)",
    re.I,
)
_OBJECT = re.compile(
    r"\s+(?:the|an?|what|those|his|her|their|its|our|him|them|us|some|many|several|dozens|hundreds|thousands|scores|people|civilians|protesters|"
    r"at least|more than|nearly|about|around|up to|\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[A-Z][a-z]+)\b"
)
_BY = re.compile(r"(?:\s+[\w’'-]+){0,4}?\s+by\s+(\S.{0,30})", re.S)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """Return the patterns of passives and of verbs of harm, and the words in -ed that are adjectives after "be"."""
    rows = lexicons.rows("participles")
    irregular = sorted({r["participle"] for r in rows if r["kind"] == "irregular"})
    harm = sorted({r["participle"] for r in rows if r["kind"] == "harm"})
    adjectives = frozenset(r["participle"] for r in rows if r["kind"] == "adjective")
    participle = rf"(?:[a-z]+ed|{'|'.join(irregular)})"
    passive = re.compile(rf"(?<![\w'-]){_BE}\s+{_BETWEEN}({participle})(?![\w'-])", re.I)
    return passive, re.compile(rf"(?<![\w'-])(?:{'|'.join(harm)})(?![\w'-])", re.I), adjectives


class Voice(Feature):
    """Passives and their agents, and clauses of harm: "X killed", "was killed by X", "was killed".

    Found by patterns, without a parser: a form of "be" or "get" and a participle, and "by" with what may be somebody behind it.
    Words within quotation marks are left out. Known failures: participles that are adjectives ("is concerned") but for those
    on the list; agents further off than four words; "by" with a place; reduced relatives of other verbs than those of harm.

    Parameters
    ----------
    syntax : str
        A spaCy pipeline with a parser, such as ``en_core_web_sm``, where one is installed: then passives and agents are those of
        its parses. Clauses of harm stay those of the list.
    """

    name = "voice"
    labels: ClassVar = {
        "passive_agent": Label("A passive that names who did it.", "The road was closed by the council.", "share", "passives"),
        "passive_agentless": Label("A passive that does not.", "The road was closed.", "share", "passives"),
        "harm_active": Label("Harm, told with somebody as the subject who does it.", "Police wounded two men.", "share", "clauses of harm"),
        "harm_agent": Label("Harm in the passive, with who did it.", "Two men were wounded by police.", "share", "clauses of harm"),
        "harm_agentless": Label("Harm in the passive, without.", "Two men were wounded.", "share", "clauses of harm"),
    }  # fmt: skip
    reference = "Trew 1979 and Fowler 1991 (passives and agency in news); Henley, Miller and Beazley 1995 (passives and violence)"

    syntax: str = ""

    def evidence(self, article: Article) -> Iterator[Evidence]:
        """Yield each passive, and each clause of harm."""
        harm = _patterns()[1]
        spans = list(article.spans(self.zones))
        quoted = [q.span for q in quotations(article.text, spans)]
        text = lexicons.fold(article.text)
        found = passives(article.text, spans, self.syntax) if self.syntax else _by_patterns(text, spans)
        agents = {}
        for p in found:
            if not any(q.start <= p.participle < q.end for q in quoted):
                agents[p.participle] = p.agent
                yield Evidence("passive_agent" if p.agent else "passive_agentless", p.start, p.agent or p.end)
        for span in spans:
            for m in harm.finditer(text, span.start, span.end):
                if not any(q.start <= m.start() < q.end for q in quoted):
                    yield from _harm(text, m, span, agents)

    def ran(self) -> dict[str, str]:
        """Return the parser that told the passives."""
        return {"syntax": version(self.syntax) if self.syntax else "patterns"}


def _by_patterns(text: str, spans: list[Span]) -> Iterator[Passive]:
    passive, _, adjectives = _patterns()
    for span in spans:
        for m in passive.finditer(text, span.start, span.end):
            # "Was prepared to" tells a state, "was being prepared" never does.
            if m[1].lower() not in adjectives or re.search(r"\bbeing\b", m[0], re.I):
                yield Passive(m.start(), m.start(1), m.end(), _agent_end(text, m.end(), span.end))


def _harm(text: str, m: re.Match[str], span: Span, participles: dict[int, int]) -> Iterator[Evidence]:
    if m[0].lower() == "shot" and m.start() not in participles:
        return  # "a better shot", "has shot up"
    if m.start() in participles:
        end = participles[m.start()]
        yield Evidence("harm_agent" if end else "harm_agentless", m.start(), end or m.end())
    elif end := _agent_end(text, m.end(), span.end):
        yield Evidence("harm_agent", m.start(), end)  # "the man killed by police"
    elif m[0].islower() and _OBJECT.match(text, m.end(), span.end):
        yield Evidence("harm_active", m.start(), m.end())
    elif m[0].islower():
        yield Evidence("harm_agentless", m.start(), m.end())  # "people killed in the raid"


def _agent_end(text: str, start: int, end: int) -> int:
    """Return where the first word of an agent behind a participle ends, or 0 where there is none in the clause."""
    m = _BY.match(text, start, end)
    if m is None or re.search(r"[.!?;:,]", text[start : m.start(1)]) or _NO_AGENT.match(m[1]):
        return 0
    word = re.match(r"(?:the|an?|his|her|their|its|some|\w+['’]s)?\s*[\w’'-]+", m[1], re.I)
    return m.start(1) + (word.end() if word else 0)
