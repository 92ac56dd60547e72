"""A sentence as the rules see it: tokens, the quotations in it, and the closed classes of words that steer them."""

from __future__ import annotations

from dataclasses import dataclass, field

from mediabias.article import Span
from mediabias.attribution.engines import Found
from mediabias.attribution.quotes import Quotation
from mediabias.attribution.rules.tokens import Token

AUXILIARIES = frozenset(
    "has have had having is are was were be been being do does did will would shall should can could may might "
    "must not hasn't haven't hadn't isn't aren't wasn't weren't doesn't don't didn't won't wouldn't shouldn't "
    "can't couldn't 's 've 'd also never".split()
)
#: May stand between an auxiliary and its verb.
MIDWORDS = frozenset("long just often already still once now since even so always ever instead yet".split())
PRONOUNS = frozenset("he she they we i you it who some many others most few both several".split())
RELATIVES = frozenset(("who", "which", "that"))
DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your no any each every another".split()
)
PREPOSITIONS = frozenset(
    "on in at during to after before when while as from via by with through outside inside following about of for "
    "against amid over until since upon within near under between among alongside without despite".split()
)
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight earlier later last "
    "this early late recently again there here repeatedly afterward afterwards then too first once".split()
)
#: Words that end a source on its left.
LEFT_STOPS = frozenset(
    "that which who whom when while because if since although though where whether than so how why what unless "
    "until but or yet is are was were be been has have had will would could should can may might must do does did "
    "not then just even only still now and as after before like".split()
)
#: Words that end the content of an indirect quotation when a comma stands before them.
CLAUSE_BREAKS = frozenset("while although though whereas even despite but after before as when which who where".split())
REPORTERS = frozenset(("told", "tell", "tells", "telling", "asked", "ask", "asks", "asking", "informed", "assured",
                       "reminded", "warned", "warns", "promised", "urged", "urges", "reassured", "briefed", "advised",
                       "notified", "persuaded", "convinced", "texted", "emailed"))  # fmt: skip
ROLE_NOUNS = frozenset(
    "adviser advisor aide ambassador assistant candidate contributor counsel delegate deputy director editor "
    "envoy general minister officer official officials analyst spokesman spokeswoman secretary senator chief head "
    "leader representative source sources person people someone those anyone everyone one group member members".split()
)
NAME_JOINERS = frozenset(
    ("of", "for", "in", "at", "from", "on", "with", "to", "with", "by", "de", "van", "von", "al", "bin", "&", "'s")
)
SUBORDINATORS = frozenset(
    "in on at for after before during when while as since if although though because despite with under amid "
    "following according asked speaking until by from".split()
)
BE = frozenset("is are was were be been being".split())
EXPECTED = frozenset(
    "expected known believed considered named called accused asked announced viewed seen suspected thought "
    "projected said reported".split()
)
SAYING = frozenset(
    "said says say asked wrote writes added adds explained noted replied responded reported according".split()
)
IRREGULAR_PASTS = frozenset(
    "went came took gave made sent left met got began became ran won lost held stood spoke wrote put set cut hit "
    "saw heard felt kept let led paid sat shot spent struck thought threw told turned rose fell drew drove flew "
    "grew knew brought broke built bought caught chose fought found goes takes gives makes sends leaves meets "
    "gets".split()
)


@dataclass
class Sentence:
    """A sentence (or the inside of a quotation) as tokens, with the quotations that stand in it."""

    text: str
    tokens: list[Token]
    quote: list[int]
    marks: list[Quotation]
    found: list[Found] = field(default_factory=list)
    open: Found | None = None

    def quote_span(self, i: int) -> Span:
        """Return the whole quotation that token `i` lies in."""
        return self.marks[self.quote[i]].span

    def lower(self, i: int) -> str:
        """Return token `i` in lower case, or "" outside of the sentence."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def span(self, i: int, j: int) -> Span:
        """Return the range of tokens `i` to `j`, the latter excluded."""
        return Span(self.tokens[i].start, self.tokens[j - 1].end)
