"""The transparent engine: a lexicon of reporting verbs, quotation marks, and where a source stands beside its verb.

No statistics but one prior: how often a word form heads a cue in a hand-annotated corpus (`rates`). Every decision is
one of the named patterns below, and `explain` says which one made an attribution:

=============  =====================================================
pattern        example
=============  =====================================================
forward        The mayor said that the bridge was safe.
postposed      The bridge was safe, the mayor said on Monday.
inverted       "It is safe," said the mayor.
according      According to the mayor, the bridge was safe.
participle     The mayor left early, saying that he was tired.
colon          The mayor: "It is safe."
=============  =====================================================
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mediabias.article import Span
from mediabias.attribution.quotes import Quotation, quotations
from mediabias.attribution.rates import rates
from mediabias.attribution.tokens import Token, sentence_ends, tokenize

AUXILIARIES = frozenset(
    "has have had having is are was were be been being do does did will would shall should can could may might must not "
    "hasn't haven't hadn't isn't aren't wasn't weren't doesn't don't didn't won't wouldn't shouldn't can't couldn't "
    "'s 've 'd also never".split()
)
#: May stand between an auxiliary and its verb.
MIDWORDS = frozenset("long just often already still once now since even so always ever instead yet".split())
PRONOUNS = frozenset("he she they we i you it who some many others most few both several".split())
RELATIVES = frozenset(("who", "which", "that"))
DETERMINERS = frozenset("the a an this that these those his her its their our my your no any each every another".split())
PREPOSITIONS = frozenset(
    "on in at during to after before when while as from via by with through outside inside following about of for "
    "against amid over until since upon within near under between among alongside".split()
)
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight earlier later last this "
    "early late recently again there here repeatedly afterward afterwards then too first once".split()
)
#: Words that end a source on its left.
LEFT_STOPS = frozenset(
    "that which who whom when while because if since although though where whether than so how why what unless until "
    "but or yet is are was were be been has have had will would could should can may might must do does did not then "
    "just even only still now and as after before like".split()
)
#: Words that end the content of an indirect quotation when a comma stands before them.
CLAUSE_BREAKS = frozenset("while although though whereas even despite but after before as when which who where".split())
REPORTERS = frozenset(("told", "tell", "tells", "telling", "asked", "ask", "asks", "asking", "informed", "assured",
                       "reminded", "warned", "warns", "promised", "urged", "urges", "reassured", "briefed", "advised",
                       "notified", "persuaded", "convinced", "texted", "emailed"))  # fmt: skip
ROLE_NOUNS = frozenset(
    "adviser advisor aide ambassador assistant candidate contributor counsel delegate deputy director editor envoy "
    "general minister officer official officials analyst spokesman spokeswoman secretary senator chief head leader "
    "representative source sources person people someone those anyone everyone one group member members".split()
)
NAME_JOINERS = frozenset(("of", "for", "in", "at", "from", "on", "with", "to", "with", "by", "de", "van", "von", "al", "bin", "&", "'s"))
SUBORDINATORS = frozenset(
    "in on at for after before during when while as since if although though because despite with under amid following "
    "according asked speaking until by from".split()
)
THRESHOLD = 0.5


@dataclass(frozen=True)
class Found:
    """What the engine says of one attribution: roles as spans, the pattern, and the score behind the confidence."""

    cue: Span
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    pattern: str
    confidence: float


@dataclass
class _Sentence:
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
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def span(self, i: int, j: int) -> Span:
        """Return the range of tokens `i` to `j`, the latter excluded."""
        return Span(self.tokens[i].start, self.tokens[j - 1].end)


def find(text: str, paragraphs: Sequence[Span]) -> list[Found]:
    """Find the attributions in the given paragraphs of `text`.

    Parameters
    ----------
    text : str
        The text of an article.
    paragraphs : sequence of Span
        Where to look; nothing outside is touched.

    Returns
    -------
    list of Found
        In the order of their cues. Offsets count from the beginning of `text`.

    Examples
    --------
    >>> text = '“It rains,” the mayor said.'
    >>> [(f.pattern, f.source[0].of(text)) for f in find(text, [Span(0, len(text))])]
    [('postposed', 'the mayor')]
    """
    marks = quotations(text, list(paragraphs))
    out: list[Found] = []
    pending: Found | None = None
    for paragraph in paragraphs:
        inside = [k for k, q in enumerate(marks) if paragraph.start <= q.start < paragraph.end]
        here, opened = _paragraph(text, paragraph, marks, inside, pending)
        out += _continued(text, marks, inside, out, here)
        pending = opened if text[paragraph.end - 1] == ":" else None
    return sorted(out, key=lambda f: (f.cue, f.source, f.content))


def _paragraph(
    text: str, paragraph: Span, marks: list[Quotation], inside: list[int], pending: Found | None
) -> tuple[list[Found], Found | None]:
    """Read one paragraph; quotations are taken as one piece.

    A sentence that names source and cue but no content ("He issued a statement:") is kept open (`pending`) for a
    quotation that begins the next sentence or paragraph.
    """
    tokens = tokenize(text, paragraph.start, paragraph.end)
    quote = [-1] * len(tokens)
    k = 0
    for i, token in enumerate(tokens):
        while k < len(inside) and marks[inside[k]].end <= token.start:
            k += 1
        if k < len(inside) and marks[inside[k]].start <= token.start:
            quote[i] = inside[k]
    strictly = [q >= 0 and tokens[i].end < marks[q].end for i, q in enumerate(quote)]
    out: list[Found] = []
    for first, last in sentence_ends(tokens, strictly):
        s = _Sentence(text, tokens[first:last], quote[first:last], marks)
        _read(s)
        if pending and not any(f.source for f in s.found) and s.quote[0] >= 0:
            quoted = sorted({s.quote_span(i) for i in range(len(s.tokens)) if s.quote[i] >= 0})
            s.found.append(replace(pending, content=tuple(quoted)))
        pending = s.open
        out += s.found
    return out, pending


def _read(s: _Sentence) -> None:
    taken = -1
    for i in range(len(s.tokens)):
        # What stands in quotation marks is its speaker's wording, not the outlet's: no cue is looked for there.
        if i <= taken or s.quote[i] >= 0:
            continue
        group = _cue_at(s, i)
        if group is None:
            continue
        first, head, last = group
        found = _pattern(s, first, head, last)
        if found and found.confidence >= THRESHOLD:
            s.found.append(found)
            taken = last - 1
    if not s.found:
        s.found += _colon(s)


# -- cues ------------------------------------------------------------------------------------------------------------


def _cue_at(s: _Sentence, i: int) -> tuple[int, int, int] | None:
    """Return the verb group whose head is token `i` as (first, head, last excluded), or None."""
    form = s.lower(i)
    if form == "according" and s.lower(i + 1) == "to":
        return i, i, i + 2
    if form not in rates() or form in {"according", "in", "of", "to", "for", "now", "about", "at"}:
        return None
    first = i
    while first > 0 and s.quote[first - 1] < 0 and (
        s.lower(first - 1) in AUXILIARIES or _is_adverb(s.lower(first - 1)) or s.lower(first - 1) in MIDWORDS
    ):
        first -= 1
    while first < i and s.lower(first) not in AUXILIARIES:
        first += 1
    # "sought to clarify", "has yet to confirm": the governing verb belongs to the cue.
    if first >= 2 and s.lower(first - 1) == "to":
        governor = first - 2
        if s.lower(governor) in {"yet", "unable", "reluctant", "quick", "able", "expected", "forced", "continued"} or s.lower(governor) in rates():
            start = governor
            while start > 0 and (s.lower(start - 1) in AUXILIARIES):
                start -= 1
            first = start
    last = i + 1
    if s.lower(last) in {"out", "off", "on", "for", "to", "against", "about", "up", "down", "with", "at"} and (form, s.lower(last)) in PHRASAL:
        last += 1
    elif s.lower(last) == "to" and s.lower(last + 1) in rates() and form in CATENATIVES:
        last += 2
    return first, i, last


PHRASAL = frozenset(
    (form, particle)
    for forms, particles in (
        ("point points pointed pointing", "out to"),
        ("call calls called calling", "for on"),
        ("refer refers referred referring", "to"),
        ("lash lashes lashed lashing", "out"),
        ("push pushes pushed pushing", "back for"),
        ("weigh weighs weighed", "in"),
        ("object objects objected", "to"),
        ("allude alluded alludes alluding", "to"),
        ("insist insists insisted insisting", "on"),
        ("rule ruled rules", "out"),
        ("argue argued argues arguing", "for against"),
        ("agree agreed agrees", "with to"),
        ("respond responded", "to"),
        ("speak spoke speaks", "about against"),
        ("talk talked talking talks", "about"),
        ("complain complained complains", "about"),
        ("boast boasted", "about of"),
        ("advocate advocated", "for"),
        ("apologize apologized", "for"),
    )
    for form in forms.split()
    for particle in particles.split()
)
CATENATIVES = frozenset(
    "declined declines refused refuses refusing declining appeared appears seemed seems want wants wanted sought seek "
    "continued continues tried plan plans hopes hoped".split()
)


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and len(word) > 4 and word not in {"only", "family", "reply", "italy", "assembly", "ally"}


def _prior(s: _Sentence, head: int) -> float:
    rate = min(max(rates().get(s.lower(head), 0.02), 0.01), 0.97)
    return math.log(rate / (1 - rate))


# -- patterns --------------------------------------------------------------------------------------------------------


def _pattern(s: _Sentence, first: int, head: int, last: int) -> Found | None:
    if s.lower(head) == "according":
        return _according(s, first, last)
    if _is_noun(s, first, head):
        return None
    for read in (_inverted, _postposed, _participle, _forward):
        found = read(s, first, head, last)
        if found:
            return found
    return None


def _is_noun(s: _Sentence, first: int, head: int) -> bool:
    """Say whether the word is a noun here ("the report", "a new call"): a determiner or a possessive stands before."""
    if first != head:
        return False
    before = s.lower(first - 1)
    if before in DETERMINERS - {"that"} or before.endswith("'s") or before in {"of", "in", "with", "by", "for"}:
        return not s.lower(head).endswith("ing") or before in DETERMINERS
    two = s.lower(first - 2)
    return (two in DETERMINERS - {"that"} or two.endswith("'s")) and s.lower(head) in NOUNS and s.lower(first - 1).islower()


NOUNS = frozenset(
    "report reports claim claims call calls show shows support plan plans view views hope hopes charge charges vote "
    "votes request requests comment comments attack attacks promise promises demand demands question questions answer "
    "fear fears note notes hint warning look want post posts tweet tweets statement reply response back use".split()
)


def _found(s: _Sentence, pattern: str, first: int, head: int, last: int, source: Span | None, content: list[Span], bonus: float) -> Found | None:
    if not content:
        return None
    score = _prior(s, head) + bonus + (0.5 if source else -1.5)
    confidence = 1 / (1 + math.exp(-score))
    return Found(s.span(first, last), (source,) if source else (), tuple(content), pattern, round(confidence, 3))


def _inverted(s: _Sentence, first: int, head: int, last: int) -> Found | None:
    """Content, verb, source: "It is safe," said the mayor."""
    if first == 0 or first != head:
        return None
    before = first - 1
    if not (s.quote[before] >= 0 or s.tokens[before].text in {",", "—", "?", "!"}):
        return None
    if s.quote[before] < 0 and s.lower(head) not in SAYING:
        return None
    if s.lower(head).endswith("ing"):
        return None
    end = _np_right(s, last)
    if end is None:
        return None
    if s.quote[before] < 0 and not (end >= len(s.tokens) or not s.tokens[end].is_word and s.quote[end] < 0):
        return None
    content = _left_content(s, first)
    if not content:
        return None
    content += _right_quotes(s, end)
    return _found(s, "inverted", first, head, last, s.span(last, end), content, 2.5)


SAYING = frozenset("said says say asked wrote writes added adds explained noted replied responded reported according".split())


def _postposed(s: _Sentence, first: int, head: int, last: int) -> Found | None:
    """Content, source, verb: "It is safe," the mayor said on Monday."""
    start = _after_quotation(s, first)
    if start is None:
        start = _np_left(s, first)
    if start is None or start == 0:
        return None
    before = start - 1
    quoted = s.quote[before] >= 0
    if not quoted and s.tokens[before].text not in {",", "—", "?", "!", "–"}:
        return None
    inner = s.quote_span(before).of(s.text)[-4:] if quoted else ""
    strong = quoted and any(c in ",?!.—" for c in inner)
    if not strong and (not _is_tail(s, last) or start < 4 or s.lower(0) in SUBORDINATORS and not _has_verb_before(s, start)):
        return None
    content = _left_content(s, start)
    if not content:
        return None
    if not quoted:
        content += _after_parenthesis(s, last)
    content += _right_quotes(s, last)
    return _found(s, "postposed", first, head, last, _source(s, start, first), content, 2.5 if quoted else 1.0)


def _after_quotation(s: _Sentence, first: int) -> int | None:
    """Return where the source begins if nothing but it stands between a quotation with its comma and the verb."""
    i = first - 1
    while i >= 0 and s.quote[i] < 0:
        if s.lower(i) in LEFT_STOPS - {"as"} or not (s.tokens[i].is_word or s.tokens[i].text in ",()-—&"):
            return None
        i -= 1
    if i < 0 or not 1 <= first - 1 - i <= 28 or not any(c in ",?!—" for c in s.quote_span(i).of(s.text)[-4:]):
        return None
    words = [t for t in s.tokens[i + 1 : first] if t.is_word]
    if not words or words[0].lower in PREPOSITIONS or any(rates().get(t.lower, 0) > 0.5 for t in words if t.text.islower()):
        return None
    return i + 1


def _participle(s: _Sentence, first: int, head: int, last: int) -> Found | None:
    """Source and another verb before, then "saying that ..."."""
    if not s.lower(head).endswith("ing") or first != head:
        return None
    content = _right_content(s, head, last)
    return _found(s, "participle", first, head, last, _subject(s, first), content, 0.3)


def _forward(s: _Sentence, first: int, head: int, last: int) -> Found | None:
    """Source, verb, content: The mayor said that the bridge was safe."""
    start = _np_left(s, first)
    source = _source(s, start, first) if start is not None else None
    if start is not None and s.lower(start) == "that" and start > 0 and s.tokens[start - 1].is_word:
        noun = _np_left(s, start)
        if noun is not None and s.lower(start - 1) not in AUXILIARIES:
            first, source = start, _source(s, noun, start)
    if source is None and s.lower(first - 1) in {"and", "but", "or", "then", "to"}:
        source = _subject(s, first)
    content = _right_content(s, head, last)
    passive = any(s.lower(k) in BE for k in range(first, head)) and s.lower(head)[-2:] in {"ed", "en", "wn", "ld", "id", "nt"}
    if passive and source and s.lower(last) == "by":
        end = _np_right(s, last + 1)
        if end is not None:
            content = [source] + (_until_end(s, end) if s.lower(end) in {"to", "as", "of", "that"} else [])
            return _found(s, "passive", first, head, last + 1, s.span(last + 1, end), content, 0.5)
    if source and content and _is_sourceless(s, first, head):
        return _found(s, "sourceless", first, head, last, None, [source, *content], 1.5)
    if source and not content and _prior(s, head) > 0:
        s.open = Found(s.span(first, last), (source,), (), "forward", 0.8)
    bonus = -1.5 if passive and s.lower(head) not in {"told", "quoted", "worried", "concerned", "convinced"} else 0.0
    bonus += 1.5 if "yet" in {s.lower(k) for k in range(first, head)} and s.lower(head - 1) == "to" else 0.0
    if content:
        opening = s.text[content[0].start : content[0].start + 5].lower()
        bonus += 2.0 if opening.startswith("that ") else 0.0
        bonus += 2.0 if opening[:1] in "“\"«'‘" else 0.0
    if s.lower(first - 1) == "to":
        bonus -= 1.5
    return _found(s, "forward", first, head, last, source, content, bonus)


def _is_sourceless(s: _Sentence, first: int, head: int) -> bool:
    """Say whether the subject is what is claimed, not who claims: "he is expected to win", "it seemed over"."""
    if s.lower(head) in {"seems", "seemed", "appears", "appeared"}:
        return True
    return s.lower(head) in EXPECTED and any(s.lower(k) in BE for k in range(first, head))


BE = frozenset("is are was were be been being".split())
EXPECTED = frozenset("expected known believed considered named called accused asked announced viewed seen suspected thought projected said reported".split())


def _according(s: _Sentence, first: int, last: int) -> Found | None:
    end = _np_right(s, last, loose=True)
    if end is None:
        return None
    source = s.span(last, end)
    if first <= 1 or s.lower(first - 1) in {";"}:
        content = _until_end(s, end + 1 if s.lower(end) == "," else end)
    else:
        content = _left_content(s, first)
        if s.lower(end) == ",":
            content += _until_end(s, end + 1)
    return _found(s, "according", first, first, last, source, content, 1.5)


def _colon(s: _Sentence) -> list[Found]:
    """Read "Mayor: It is safe" and 'The mayor: "It is safe"'."""
    for i, token in enumerate(s.tokens[:12]):
        if token.text != ":" or s.quote[i] >= 0 or i == 0 or i + 1 >= len(s.tokens):
            continue
        if s.quote[i + 1] < 0 or not all(t.is_capital or t.lower in NAME_JOINERS for t in s.tokens[:i]):
            return []
        content = _until_end(s, i + 1)
        return [Found(Span(token.start, token.end), (s.span(0, i),), tuple(content), "colon", 0.6)] if content else []
    return []


# -- sources ---------------------------------------------------------------------------------------------------------


def _source(s: _Sentence, start: int, end: int) -> Span:
    """Return tokens `start` to `end` as a source, without adverbs at its end ("Lee previously said")."""
    while end - 1 > start and (_is_adverb(s.lower(end - 1)) or s.lower(end - 1) in {"also", "then", "later", "again", "once"}):
        end -= 1
    return s.span(start, end)


def _np_left(s: _Sentence, end: int) -> int | None:
    """Return where the noun phrase that ends before token `end` begins, or None where there is none."""
    i = end - 1
    while i >= 0 and s.quote[i] < 0 and (_is_adverb(s.lower(i)) or s.lower(i) in {"also", "then", "later", "himself", "herself", "themselves"}) :
        i -= 1
    if i < 0 or s.quote[i] >= 0:
        return None
    if s.lower(i) in PRONOUNS or s.lower(i) in RELATIVES:
        return i
    if s.tokens[i].text in {",", "—", "–", ")"}:
        return _apposition_left(s, i)
    if not s.tokens[i].is_word or s.lower(i) in LEFT_STOPS | PREPOSITIONS:
        return None
    return _trim(s, _walk_left(s, i), i)


def _walk_left(s: _Sentence, i: int) -> int:
    start = i
    while start > 0:
        j = start - 1
        word = s.lower(j)
        if not s.tokens[j].is_word and s.tokens[j].text != "&":
            break
        if s.quote[j] >= 0:
            break
        if word == "and" and j > 0 and s.tokens[start].is_capital and s.tokens[j - 1].is_capital and j - 1 > 0:
            start = j
            continue
        if word in LEFT_STOPS or word in PRONOUNS:
            break
        if word in PREPOSITIONS and (word not in NAME_JOINERS or j == 0):
            break
        if rates().get(word, 0) > 0.3 and not s.tokens[j].is_capital:
            break
        start = j
    return start


def _trim(s: _Sentence, start: int, end: int) -> int | None:
    """Drop words at the left edge that can't begin a source: prepositions, adverbs, days."""
    while start <= end and (
        s.lower(start) in PREPOSITIONS | {"meanwhile", "still", "however", "perhaps", "and", "yet", "again"} | TIMES - {"first", "last", "this", "early", "late"}
        or _is_adverb(s.lower(start))
    ):
        start += 1
    return start if start <= end else None


def _apposition_left(s: _Sentence, comma: int) -> int | None:
    """Return the beginning of "Name, a role," for the comma that closes the apposition."""
    opening = {")": "("}.get(s.tokens[comma].text, s.tokens[comma].text)
    for j in range(comma - 1, max(-1, comma - 30), -1):
        if s.quote[j] >= 0:
            return None
        if s.tokens[j].text == opening and j > 0:
            if not s.tokens[j - 1].is_word or s.lower(j - 1) in LEFT_STOPS | PREPOSITIONS:
                return None
            # "Smith, R-Ohio, chairman of the panel,": an apposition may follow another.
            start = _trim(s, _walk_left(s, j - 1), j - 1)
            if start is None:
                return None
            if not s.tokens[start].is_capital and s.lower(start) not in DETERMINERS and start > 0 and s.tokens[start - 1].text == ",":
                further = _apposition_left(s, start - 1) if False else None
                return further if further is not None else start
            return start
    return None


def _np_right(s: _Sentence, start: int, *, loose: bool = False) -> int | None:
    """Return where the noun phrase that begins at token `start` ends (excluded), or None."""
    n = len(s.tokens)
    if start >= n or s.quote[start] >= 0:
        return None
    first = s.tokens[start]
    if first.lower in {"he", "she", "they", "i", "we", "it", "him", "her", "them"} and not (first.lower == "her" and s.tokens[min(start + 1, n - 1)].text.islower()):
        return start + 1
    if not (first.is_capital or first.lower in DETERMINERS | PRONOUNS or loose or first.lower in {"one", "two", "three", "former", "senior", "sources"} or first.text.islower()):
        return None
    if first.lower in PREPOSITIONS | LEFT_STOPS | TIMES:
        return None
    i = start
    while i < n and s.quote[i] < 0:
        token = s.tokens[i]
        if token.text == "," and not _apposition_right(s, i):
            break
        if not token.is_word and token.text not in {",", "&", "’", "/", ".", "(", ")"}:
            break
        if token.text == "." and i + 1 == n:
            break
        if i > start and token.lower in {"when", "while", "during", "after", "before", "as", "because", "if", "but", "that"}:
            break
        if i > start and token.lower in {"on", "in", "at", "last", "this", "to", "late", "early"} and _time_or_place(s, i):
            break
        if i > start and token.lower in TIMES and token.lower not in {"first", "this", "last", "late", "early", "there", "here", "once", "then", "later", "earlier"}:
            break
        if i > start and token.lower in {"is", "was", "were", "are", "has", "had", "have", "will", "would"}:
            break
        i += 1
    while i > start and not s.tokens[i - 1].is_word and s.tokens[i - 1].text not in ".)":
        i -= 1
    return i if i > start else None


def _time_or_place(s: _Sentence, i: int) -> bool:
    following = s.lower(i + 1)
    if s.lower(i) == "in" and not following.isdigit():
        return following in {"a", "an", "the"} and s.lower(i + 2) in {"statement", "interview", "speech", "email", "phone", "telephone", "news", "tweet", "letter", "video", "post", "memo"} or following in {"an", "a"}
    if s.lower(i) == "at":
        return following in {"a", "the", "an"}
    if s.lower(i) == "to":
        return following in {"reporters", "the", "a", "applause"} and s.lower(i - 1) not in ROLE_NOUNS
    return following in TIMES or following.isdigit() or following in {"week", "month", "year", "night", "fall", "spring"}


def _apposition_right(s: _Sentence, comma: int) -> bool:
    """Say whether what follows the comma still describes the source ("said Ann Lee, a nurse")."""
    following = s.tokens[comma + 1] if comma + 1 < len(s.tokens) else None
    if following is None or s.quote[comma + 1] >= 0:
        return False
    return following.lower in {"a", "an", "the", "director", "president", "chairman", "professor", "head", "of", "one", "another", "then", "jr", "author", "former", "executive", "chief", "senior", "spokesman", "spokeswoman", "founder", "co-founder", "R-Ohio"} or following.text.isdigit() or following.text.startswith(("R-", "D-"))


def _subject(s: _Sentence, before: int) -> Span | None:
    """Return the source of the last attribution in the sentence, else the subject of its first clause."""
    for found in reversed(s.found):
        if found.source and found.source[0].start < s.tokens[before].start:
            return found.source[0]
    i = 0
    if s.lower(0) in SUBORDINATORS:
        commas = [j for j in range(1, min(before, 30)) if s.tokens[j].text == "," and s.quote[j] < 0]
        i = commas[0] + 1 if commas else 0
    if i < before and s.lower(i) in {"and", "but", "so", "meanwhile", "then", "still"}:
        i += 1
    j = i
    while j < before and s.quote[j] < 0:
        word = s.lower(j)
        if not s.tokens[j].is_word and s.tokens[j].text != ",":
            break
        if s.tokens[j].text == ",":
            break
        if j > i and (word in AUXILIARIES or (s.tokens[j].text.islower() and (rates().get(word, 0) > 0.15 or (word.endswith("ed") and len(word) > 4) or word in IRREGULAR_PASTS))):
            break
        j += 1
        if word in PRONOUNS:
            break
    while j > i and (_is_adverb(s.lower(j - 1)) or not s.tokens[j - 1].is_word):
        j -= 1
    return s.span(i, j) if i < j <= i + 14 else None


IRREGULAR_PASTS = frozenset(
    "went came took gave made sent left met got began became ran won lost held stood spoke wrote put set cut hit saw "
    "heard felt kept let led paid sat shot spent struck thought threw told turned rose fell drew drove flew grew knew "
    "brought broke built bought caught chose fought found goes takes gives makes sends leaves meets gets".split()
)


# -- contents --------------------------------------------------------------------------------------------------------


def _left_content(s: _Sentence, end: int) -> list[Span]:
    """Return what stands before the source or the verb as content: the quotations, or the clause."""
    i = end - 1
    while i >= 0 and s.quote[i] < 0 and not s.tokens[i].is_word:
        i -= 1
    if i < 0:
        return []
    start = 0
    for found in s.found:
        # What an earlier cue already has is not ours; we begin behind it.
        edge = max([found.cue.end, *(c.end for c in found.content), *(c.end for c in found.source)])
        while start <= i and s.tokens[start].start < edge:
            start += 1
    while start <= i and not s.tokens[start].is_word and s.quote[start] < 0:
        start += 1
    if start <= i and s.lower(start) in {"but", "and", "so"} and s.quote[start] < 0:
        start += 1
    if start > i:
        return []
    if s.quote[i] >= 0 and all(q >= 0 or not s.tokens[k].is_word for k, q in enumerate(s.quote[start : i + 1], start)):
        return _merge(s, [s.quote_span(k) for k in range(start, i + 1) if s.quote[k] >= 0])
    return [Span(s.quote_span(start).start if s.quote[start] >= 0 else s.tokens[start].start, s.quote_span(i).end if s.quote[i] >= 0 else s.tokens[i].end)]


def _merge(s: _Sentence, spans: list[Span]) -> list[Span]:
    return sorted(set(spans))


def _right_quotes(s: _Sentence, start: int) -> list[Span]:
    """Return the quotation that goes on behind "he said": directly after a comma or colon, or as the next sentence."""
    for i in range(start, len(s.tokens)):
        if s.quote[i] >= 0:
            if s.tokens[i - 1].text in {",", ":", ".", "—"} or i == start:
                q = s.quote_span(i)
                return [q]
            return []
    return []


def _after_parenthesis(s: _Sentence, last: int) -> list[Span]:
    """Return what follows in "The bridge, he said, is safe"."""
    i = last
    if s.tokens[min(i, len(s.tokens) - 1)].text != "," or i + 1 >= len(s.tokens):
        return []
    if s.quote[i + 1] >= 0 or s.lower(i + 1).endswith("ing") or s.lower(i + 1) in CLAUSE_BREAKS:
        return []
    return _until_end(s, i + 1)


def _until_end(s: _Sentence, start: int) -> list[Span]:
    """Return the tokens from `start` to where the clause ends, without the closing full stop."""
    n = len(s.tokens)
    if start >= n:
        return []
    end = n
    for i in range(start + 3, n - 1):
        if s.quote[i] >= 0 or s.tokens[i].text not in {",", ";", "—"}:
            continue
        following = s.lower(i + 1)
        if s.tokens[i].text == ";" or (following in CLAUSE_BREAKS and s.lower(i + 2) != "which") or following == "according" or (s.quote[i + 1] < 0 and following.endswith("ing") and rates().get(following, 0) > 0.3):
            end = i
            break
        if _tagged_on(s, i + 1):
            end = i
            break
    while end > start and s.quote[end - 1] < 0 and not s.tokens[end - 1].is_word and s.tokens[end - 1].text not in {")", "%", "]"}:
        end -= 1
    if end <= start:
        return []
    stop = s.quote_span(end - 1).end if s.quote[end - 1] >= 0 else s.tokens[end - 1].end
    begin = s.quote_span(start).start if s.quote[start] >= 0 else s.tokens[start].start
    return [Span(begin, stop)] if begin < stop else []


def _tagged_on(s: _Sentence, i: int) -> bool:
    """Say whether ", he added" begins at token `i`."""
    return s.lower(i) in PRONOUNS and s.lower(i + 1) in SAYING and i + 2 >= len(s.tokens) - 2


def _right_content(s: _Sentence, head: int, last: int) -> list[Span]:
    """Return what stands behind the verb as content, past the one who is told, times and places."""
    n = len(s.tokens)
    i = last
    if i >= n:
        return []
    for j in range(i, min(n, i + 18)):
        if s.quote[j] >= 0:
            if s.tokens[j - 1].text in {",", ":", "."} or j == i or s.lower(j - 1) in {"that"}:
                if s.lower(j - 1) == "that" and j - 1 >= i:
                    return _until_end(s, j - 1)
                return _until_end(s, j)
            break
        if s.lower(j) == "that" and (s.lower(j - 1) not in {"of", "in", "for"}) and (j == i or s.lower(head) in REPORTERS or _skippable(s, i, j)):
            return _until_end(s, j)
        if rates().get(s.lower(j), 0) > 0.5 and s.tokens[j].text.islower():
            break
    if s.lower(head) in REPORTERS:
        i = _past_object(s, i)
    i = _past_times(s, i)
    if i < n and s.tokens[i].text in {":", ","}:
        i += 1
    if i < n and s.quote[i] < 0 and not s.tokens[i].is_word and s.tokens[i].text not in {"(", "[", "$"}:
        return []
    return _until_end(s, i)


def _skippable(s: _Sentence, i: int, j: int) -> bool:
    return s.lower(i) in PREPOSITIONS | TIMES or s.tokens[i].text == ","


def _past_object(s: _Sentence, i: int) -> int:
    n = len(s.tokens)
    if i < n and s.lower(i) in {"him", "her", "them", "us", "me", "you", "reporters", "supporters", "voters", "lawmakers", "viewers"}:
        return i + 1
    j = i
    while j < n and s.quote[j] < 0 and (s.tokens[j].is_capital or s.lower(j) in DETERMINERS | NAME_JOINERS or (j > i and s.lower(j - 1) in DETERMINERS)):
        j += 1
    if i < j < n and s.tokens[j - 1].is_capital and (s.lower(j) in PRONOUNS | DETERMINERS | AUXILIARIES):
        return j
    return i if j == i or j >= n else j


def _past_times(s: _Sentence, i: int) -> int:
    n = len(s.tokens)
    j = i
    while j < n and s.quote[j] < 0:
        word = s.lower(j)
        if word in TIMES or word in {"week", "month", "morning", "afternoon", "evening", "night", "year"} and j > i:
            j += 1
        elif word in {"on", "in"} and s.lower(j + 1) in TIMES:
            j += 2
        elif word == "in" and s.lower(j + 1) in {"a", "an"} and s.lower(j + 2) in {"statement", "interview", "tweet", "speech", "email"}:
            j += 3
        else:
            break
    return j


def _is_tail(s: _Sentence, i: int) -> bool:
    """Say whether nothing but a time, a place or an audience follows from token `i` on."""
    n = len(s.tokens)
    if i >= n or (not s.tokens[i].is_word and s.quote[i] < 0):
        return True
    if s.quote[i] >= 0:
        return False
    word = s.lower(i)
    if word not in PREPOSITIONS | TIMES | {"reporters", "him", "her", "them"} or word in {"of", "as", "about"}:
        return False
    return n - i <= 18 and not any(s.lower(j) == "that" for j in range(i, n))


def _has_verb_before(s: _Sentence, end: int) -> bool:
    commas = sum(1 for t in s.tokens[: end - 1] if t.text == ",")
    return commas >= 1


# -- quotations that stand alone -------------------------------------------------------------------------------------


def _continued(text: str, marks: list[Quotation], inside: list[int], before: list[Found], here: list[Found]) -> list[Found]:
    """Give a quotation without a cue of its own to the attribution that it carries on."""
    out = list(here)
    covered = [c for f in out for c in f.content]
    for k in inside:
        q = marks[k]
        if any(c.start <= q.start and q.end <= c.end for c in covered) or q.end - q.start < 25:
            continue
        if q.continues is not None:
            _extend(before, marks[q.continues].span, q.span)
            continue
        n = _spoken_before(text, out, q)
        if n is not None:
            out[n] = replace(out[n], content=(*out[n].content, q.span))
    return out


def _spoken_before(text: str, found: list[Found], q: Quotation) -> int | None:
    """Return the index of the attribution that a later quotation of the paragraph carries on, or None."""
    for n in range(len(found) - 1, -1, -1):
        f = found[n]
        if not f.content or f.content[-1].end > q.start or q.single:
            continue
        last = f.content[-1]
        between = text[max(last.end, f.cue.end) : q.start]
        direct = text[last.end - 1] in "”\"'’»"
        if direct and len(between) < 250 or between.strip(" .:,") == "":
            return n
    return None


def _extend(found: list[Found], earlier: Span, q: Span) -> None:
    for n in range(len(found) - 1, -1, -1):
        if any(c.overlaps(earlier) for c in found[n].content):
            found[n] = replace(found[n], content=(*found[n].content, q))
            return
