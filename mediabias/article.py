"""Article, Block, Span, Mention: what everything else speaks.

One article has one text. Every zone, attribution and piece of evidence is a half-open ``[start, end)`` into that text,
counted in Unicode code points, so that ``article.text[start:end]`` is always what was meant.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

ZONES = (
    "headline",
    "byline",
    "dateline",
    "standfirst",
    "caption",
    "body",
    "credit",
    "newsletter",
    "appeal",
    "self_description",
    "correction",
    "navigation",
    "other",
)

#: What a feature reads when it does not say otherwise.
DEFAULT_ZONES = ("headline", "standfirst", "body")
#: Zones that hold sentences beside the story itself.
ASIDE_ZONES = ("caption", "newsletter", "appeal", "self_description", "correction", "other")
#: Zones that attributions and mentions are looked for in; which of them counts is a feature's choice.
SENTENCE_ZONES = (*DEFAULT_ZONES, *ASIDE_ZONES)

#: What an attribution ascribes to its source, after the Penn Discourse Treebank (Prasad et al. 2007; Pareti 2012).
ATTRIBUTION_TYPES = ("assertion", "belief", "fact", "eventuality")

#: A word: letters and digits, joined by apostrophes, hyphens or the points of an abbreviation ("U.S.").
WORD = re.compile(r"\w+(?:[.’'\-]\w+)*")


@dataclass(frozen=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of an article's text, in code points.

    Examples
    --------
    >>> Span(3, 6).of("He said so.")
    'sai'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"Span({self.start}, {self.end}): start must be at least 0 and at most end")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the part of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span | Block) -> bool:
        """Say whether the two ranges share a character."""
        return self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Block:
    """A block of the text (a paragraph, a heading, a button) and the zone it belongs to.

    A block runs up to the next one, white space included, so that blocks as readers make them partition the text.

    `confidence` is between 0 and 1. `origin` says where the block stood in the raw document: a character range
    ``"120-340"`` of a text file, or the path of the element in an HTML page.
    """

    start: int
    end: int
    zone: str = "body"
    confidence: float = 1.0
    origin: str = ""

    def __post_init__(self) -> None:
        if self.zone not in ZONES:
            raise ValueError(f"unknown zone {self.zone!r}; one of {', '.join(ZONES)}")


@dataclass(frozen=True)
class Attribution:
    """Who (`source`) is said, by which words (`cue`), to have said what (`content`).

    The three roles follow PolNeAR (Newell, Margolin and Ruths 2018). Each is a tuple of spans, since a role may be
    discontinuous; a source or content may be empty. `quotation` is direct, indirect or mixed; `type` is one of
    `ATTRIBUTION_TYPES`. What is known of cue and source is said here once: features read these fields and never classify
    again, so that a row that was corrected by hand changes the numbers. `is_negated` says that the cue denies or declines the
    saying ("never said", "declined to comment"). The confidences are probabilities: of the spans, of the speaker, of the type of
    the source, of the class of the cue.
    """

    cue: Spans
    source: Spans = ()
    content: Spans = ()
    attribution_id: str = ""
    speaker: str = ""
    source_type: str = ""
    source_form: str = ""
    cue_lemma: str = ""
    cue_class: str = ""
    cue_factivity: str = ""
    cue_stance: str = ""
    is_negated: bool = False
    type: str = "assertion"
    quotation: str = "indirect"
    zone: str = "body"
    confidence: float = 1.0
    speaker_confidence: float = 1.0
    source_type_confidence: float = 1.0
    cue_class_confidence: float = 1.0

    def sort_key(self) -> tuple[int, int, Spans]:
        """Order by the first character of any role, then by cue."""
        first = min(s.start for role in (self.cue, self.source, self.content) for s in role)
        return first, self.cue[0].start, self.content

    def as_interchange(self) -> dict[str, Any]:
        """Return the attribution as the JSON object of the interchange form."""
        return {
            "source": [[s.start, s.end] for s in self.source],
            "cue": [[s.start, s.end] for s in self.cue],
            "content": [[s.start, s.end] for s in self.content],
            "cue_class": self.cue_class,
            "type": self.type,
            "source_type": self.source_type,
            "quotation": self.quotation,
            "speaker": self.speaker,
            "is_negated": self.is_negated,
            "confidence": self.confidence,
            "speaker_confidence": self.speaker_confidence,
            "source_type_confidence": self.source_type_confidence,
            "cue_class_confidence": self.cue_class_confidence,
        }


@dataclass(frozen=True)
class Correction:
    """What a person says of one attribution, which is known by its spans: a change of `field` to `value`.

    `field` is a field of `Attribution`, ``"none"`` for one that is no attribution, or ``"missed"`` for one that no engine
    has found. `words` are those of the spans: a correction whose words do not stand there any more is not applied.
    """

    cue: Spans
    source: Spans
    content: Spans
    field: str
    value: str = ""
    words: str = ""
    who: str = ""
    when: str = ""

    @property
    def spans(self) -> tuple[Spans, Spans, Spans]:
        """The spans of source, cue and content."""
        return self.source, self.cue, self.content

    def fits(self, text: str) -> bool:
        """Say whether the words still stand where they stood."""
        return words_of(text, *self.spans) == self.words


def words_of(text: str, *roles: Spans) -> str:
    """Return the words of some roles, each in its order, parted by bars."""
    return " | ".join(" … ".join(" ".join(s.of(text).split()) for s in role) for role in roles)


@dataclass(frozen=True)
class Evidence:
    """A span that a feature found, with its label: the ground of every number.

    `attributes` holds what the feature wants to say beyond the label, in values that JSON can hold. Which feature found it
    is known by whom it came from.
    """

    label: str
    start: int
    end: int
    attribution_id: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)


#: How a mention names its actor, after van Leeuwen (1996): nomination, functionalisation, and what stands for either.
FORMS = (
    "full_name",
    "titled_name",
    "surname",
    "given_name",
    "title",
    "name",
    "nationality",
    "seat",
    "description",
    "pronoun",
    "term",
)
#: What an actor is.
ACTOR_KINDS = ("person", "body", "state", "group", "listed")


@dataclass(frozen=True, order=True)
class Mention:
    """A place ``[start, end)`` where an article speaks of an actor.

    `form` is one of `FORMS`, `kind` one of `ACTOR_KINDS`; "term" and "listed" are those of a user's table of actors.
    """

    start: int
    end: int
    actor: str
    form: str = "name"
    kind: str = "person"


@dataclass(frozen=True)
class Passage:
    """A run of words ``[start, end)`` of an article that stands in another one, its likelier origin, too.

    `wire` is the agency whose text it is, empty where none is known.
    """

    start: int
    end: int
    source_id: str
    source_start: int
    source_end: int
    words: int
    wire: str = ""


@dataclass(frozen=True)
class Article:
    """One article: its text, its blocks, and what is known about it.

    Parameters
    ----------
    article_id : str
        Stable name, unique within a corpus.
    text : str
        Everything that the document shows, in the document's order.
    blocks : tuple of Block
        In ascending order, without overlap; readers make them cover every character (`cover`).
    attributions : tuple of Attribution or None
        None as long as no attribution engine has run. An engine's are all that it found in `SENTENCE_ZONES`, however
        unsure it is: what a feature reads of them is a matter of its zones and of ``Settings.min_confidence``.
    annotated_by : str
        The engine and version that made the attributions; empty for those that somebody gave.
    corrections : tuple of Correction
        What people say of the attributions; applied before a feature reads them.
    passages : tuple of Passage or None
        What it shares with other articles, which is their text before it is this one's. None as long as nobody has looked.
    mentions : tuple of Mention or None
        Where it speaks of whom. None as long as nobody has looked.

    variables : mapping of str to str
        Columns of the user's own, such as ``{"leaning": "left"}``, under the names that they had in the user's table.

    Other fields are the columns of the table ``articles``; unknown strings are empty.

    Raises
    ------
    ValueError
        When a block lies outside the text or overlaps another, or a span of an attribution or a mention lies outside.

    Examples
    --------
    >>> a = Article("a1", "Rain falls\\n\\nIt rains.", blocks=(Block(0, 10, "headline"), Block(12, 21)))
    >>> a.zone_text("headline")
    'Rain falls'
    >>> a.zone_at(15)
    'body'
    >>> a.word_count(("body",))
    2
    """

    article_id: str
    text: str
    blocks: tuple[Block, ...] = ()
    path: str = ""
    outlet: str = ""
    title: str = ""
    byline: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    event: str = ""
    copy_of: str = ""
    wire: str = ""
    reader: str = ""
    raw_sha256: str = ""
    attributions: tuple[Attribution, ...] | None = None
    annotated_by: str = ""
    corrections: tuple[Correction, ...] = ()
    passages: tuple[Passage, ...] | None = None
    mentions: tuple[Mention, ...] | None = None
    variables: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        last = 0
        for b in self.blocks:
            if b.start < last or b.end > len(self.text) or b.end < b.start:
                raise ValueError(
                    f"article {self.article_id!r}: block [{b.start}, {b.end}) overlaps another or lies outside the "
                    f"text of {len(self.text)} characters"
                )
            last = b.end
        if type(self.attributions) is tuple:
            self._check_attributions(self.attributions)
        for m in self.mentions if type(self.mentions) is tuple else ():
            if not 0 <= m.start < m.end <= len(self.text):
                raise ValueError(
                    f"article {self.article_id!r}: the mention [{m.start}, {m.end}) of {m.actor!r} is empty or lies outside "
                    f"the text of {len(self.text)} characters; is it another article's?"
                )

    def _check_attributions(self, attributions: Iterable[Attribution]) -> None:
        for a in attributions:
            spans = (*a.source, *a.cue, *a.content)
            if not spans or any(s.end > len(self.text) or s.start == s.end for s in spans):
                raise ValueError(
                    f"article {self.article_id!r}: attribution {a.attribution_id!r} has no span, an empty one, or one "
                    f"outside the text of {len(self.text)} characters; is it another article's?"
                )

    def replace(self, **changes: Any) -> Article:
        """Return a copy with some fields changed; attributions that are given are no engine's."""
        if "attributions" in changes:
            changes.setdefault("annotated_by", "")
        return replace(self, **changes)

    def value(self, column: str) -> str:
        """Return what a column of the table ``articles`` says of the article: one of ours, or one of the user's.

        Examples
        --------
        >>> article = Article("a", "It rains.", outlet="Ellan Post", variables={"leaning": "left"})
        >>> article.value("outlet"), article.value("leaning"), article.value("wave")
        ('Ellan Post', 'left', '')
        """
        return str(getattr(self, column)) if column in ARTICLE_COLUMNS else self.variables.get(column, "")

    def with_values(self, values: Mapping[str, str]) -> Article:
        """Return a copy with some columns changed: those of ours are fields, all others the user's variables."""
        own = {k: v for k, v in values.items() if k not in ARTICLE_COLUMNS}
        return self.replace(
            **{k: v for k, v in values.items() if k in ARTICLE_COLUMNS}, variables={**self.variables, **own}
        )

    def spans(self, zones: Iterable[str] = DEFAULT_ZONES) -> Iterator[Span]:
        """Yield the ranges of the blocks that lie in `zones`, in order, without the white space around them."""
        wanted = checked_zones(zones)
        trimmed = (trim(self.text, b.start, b.end) for b in self.blocks if b.zone in wanted)
        return (s for s in trimmed if len(s))

    def zone_text(self, *zones: str) -> str:
        """Return the blocks of the given zones, joined by blank lines."""
        return "\n\n".join(s.of(self.text) for s in self.spans(zones or DEFAULT_ZONES))

    def zone_at(self, offset: int) -> str:
        """Return the zone of the block that holds `offset`, or "" between blocks."""
        return next((b.zone for b in self.blocks if b.start <= offset < b.end), "")

    def word_count(self, zones: Iterable[str] = DEFAULT_ZONES) -> int:
        """Count the words in the given zones: the denominator of every rate."""
        return sum(1 for s in self.spans(zones) for _ in WORD.finditer(self.text, s.start, s.end))

    @classmethod
    def from_text(cls, text: str, article_id: str = "", **fields: Any) -> Article:
        """Make an article of plain text: paragraphs of body, and a headline where the first one looks like one.

        Without an id it is named after its words, so that different texts have different names.

        Examples
        --------
        >>> [b.zone for b in Article.from_text("Rain Floods Port\\n\\nIt rained all day.").blocks]
        ['headline', 'body']
        """
        name = article_id or "text-" + hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()[:8]
        spans = list(paragraphs(text))
        headed = len(spans) > 1 and looks_like_headline(spans[0].of(text))
        blocks = [Block(s.start, s.end, "headline" if headed and not n else "body") for n, s in enumerate(spans)]
        if headed:
            fields.setdefault("title", " ".join(spans[0].of(text).split()))
        return cls(name, text, blocks=cover(blocks, len(text)), **fields)


def looks_like_headline(text: str) -> bool:
    """Say whether a paragraph is one line of a few words that no full stop ends.

    Examples
    --------
    >>> looks_like_headline("Rain Floods Port"), looks_like_headline("It rained.")
    (True, False)
    """
    return 2 <= len(WORD.findall(text)) <= 20 and "\n" not in text and not re.search(r"[.:;…,][\"'”’)]*$", text.strip())


def trim(text: str, start: int, end: int) -> Span:
    """Return ``[start, end)`` without the white space at its ends.

    Examples
    --------
    >>> trim("  a b ", 0, 6)
    Span(start=2, end=5)
    """
    inner = text[start:end]
    lead = len(inner) - len(inner.lstrip())
    return Span(start + lead, max(start + lead, start + len(inner.rstrip())))


def cover(blocks: Iterable[Block], length: int) -> tuple[Block, ...]:
    """Let each block run up to the next, so that every one of `length` characters lies in exactly one block.

    Examples
    --------
    >>> [(b.start, b.end) for b in cover([Block(1, 3), Block(5, 6)], 8)]
    [(0, 5), (5, 8)]
    """
    ordered = sorted(blocks, key=lambda b: b.start)
    if not ordered:
        return ()
    starts = [0, *(b.start for b in ordered[1:])]
    ends = [*starts[1:], length]
    return tuple(Block(s, e, b.zone, b.confidence, b.origin) for b, s, e in zip(ordered, starts, ends, strict=True))


def checked_zones(zones: Iterable[str]) -> frozenset[str]:
    """Return the zones as a set, or raise ValueError with the first that there is not."""
    wanted = frozenset(zones)
    if unknown := wanted.difference(ZONES):
        raise ValueError(f"unknown zone {min(unknown)!r}; one of {', '.join(ZONES)}")
    return wanted


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs of `text`: runs of lines that no blank line parts, without the white space around them.

    Examples
    --------
    >>> [s.of("a\\nb\\n\\n c ") for s in paragraphs("a\\nb\\n\\n c ")]
    ['a\\nb', 'c']
    """
    for m in re.finditer(r"\S(?:.*\S)?(?:[^\S\n]*\n[^\S\n]*\S(?:.*\S)?)*", text):
        yield Span(m.start(), m.end())


#: Columns of the table ``articles``, in order.
ARTICLE_COLUMNS = (
    "article_id", "path", "outlet", "title", "byline", "published", "language", "url",
    "event", "copy_of", "wire", "reader", "raw_sha256", "text",
)  # fmt: skip
assert set(ARTICLE_COLUMNS) <= {f.name for f in fields(Article)}
