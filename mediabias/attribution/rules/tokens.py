"""Tokens and sentences with offsets, by rules that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# An abbreviation keeps its points ("U.S.", "D.C."); a word keeps its hyphens and apostrophes; a mark stands alone,
# but for dots of an ellipsis, dashes and the doubled single quotation marks that some archives print for a double one.
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\$?\d[\d.,]*\d%?|\w+(?:[-’'‑]\w+)*|\.{2,}|--+|''|``|[^\w\s]")

ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep gov gen col lt sgt capt maj adm cmdr rev hon st jr sr vs etc inc corp co ltd no nos fig "
    "jan feb mar apr jun jul aug sept sep oct nov dec mt ft ave blvd pres supt det spc pvt messrs mme calif ariz ark "
    "colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis "
    "wyo u.s u.k u.n d.c a.m p.m e.g i.e".split()
)
TITLES = frozenset("mr mrs ms dr prof sen rep gov gen col lt sgt capt maj adm rev hon st vs".split())
_ASKED = frozenset(
    "said says asked asks wondered shouted cried yelled demanded wrote tweeted replied joked added quipped".split()
)
OPENING = "“«„‘\"'`(["
CLOSING = "”»’\"')]“"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark at ``[start, end)``; `lower` is its text in lower case with straight apostrophes."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def is_word(self) -> bool:
        """Say whether the token is a word or a number, not a mark."""
        return self.text[0].isalnum() or self.text[0] == "$"

    @property
    def is_capital(self) -> bool:
        """Say whether the token begins with a capital letter."""
        return self.text[0].isupper()


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Split ``text[start:end]`` into tokens whose offsets count from the beginning of `text`.

    Examples
    --------
    >>> [t.text for t in tokenize("The U.S. didn't say.")]
    ['The', 'U.S.', "didn't", 'say', '.']
    """
    out: list[Token] = []
    for m in _TOKEN.finditer(text, start, len(text) if end is None else end):
        last = out[-1] if out else None
        if m[0] == "." and last and last.end == m.start() and _takes_point(last):
            out[-1] = Token(last.start, m.end(), last.text + ".", last.lower + ".")
        else:
            out.append(Token(m.start(), m.end(), m[0], m[0].lower().replace("’", "'")))
    return out


def _takes_point(token: Token) -> bool:
    """Say whether the point behind the token belongs to it: "Mr.", "J."."""
    return (token.lower in ABBREVIATIONS and token.is_capital) or (
        len(token.text) == 1 and token.text.isupper() and token.text != "I"
    )


def sentence_ends(tokens: Sequence[Token], inside: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield sentences as ranges of token indices; a full stop inside a quotation ends the sentence with the quotation.

    Parameters
    ----------
    tokens : sequence of Token
        The tokens of one paragraph.
    inside : sequence of bool
        For each token, whether it lies strictly inside a quotation (its closing mark does not).
    """
    first = 0
    for i in range(len(tokens)):
        if inside[i] or i < first:
            continue
        if _ends_sentence(tokens, i, inside):
            yield first, i + 1
            first = i + 1
    if first < len(tokens):
        yield first, len(tokens)


def _ends_sentence(tokens: Sequence[Token], i: int, inside: Sequence[bool]) -> bool:
    token = tokens[i]
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if token.text in CLOSING and i and inside[i - 1]:
        mark = tokens[i - 1].text
        if mark == "." or mark.startswith(".."):
            return following is None or not following.text[0].islower()
        # "Why?" she asked: the question mark belongs to the quotation, not to the sentence around it.
        if mark in "?!":
            return following is None or (_starts_sentence(following) and not _verb_soon(tokens, i + 1))
        return False
    if token.text in "?!" or token.text.startswith(".."):
        return following is None or _starts_sentence(following)
    if token.text == ".":
        if following is None:
            return True
        return i > 0 and following.start > token.end and _starts_sentence(following)
    # "in the U.S. The" ends a sentence although the stop belongs to the abbreviation.
    if token.text.endswith(".") and token.lower.rstrip(".") not in TITLES and following is not None:
        return following.lower in {"the", "he", "she", "but", "it", "they", "in", "a", "and"} and following.is_capital
    return False


def _starts_sentence(token: Token) -> bool:
    return (
        token.text[0].isupper() or token.text[0].isdigit() or token.text in OPENING or token.text in {"''", "--", "—"}
    )


def _verb_soon(tokens: Sequence[Token], i: int) -> bool:
    for token in tokens[i : i + 6]:
        if token.text in ".?!;":
            return False
        if token.lower in _ASKED:
            return True
    return False
