"""Blocks as tokens: their words, the names in their markup, and the words of the blocks beside and above them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from mediabias.zoning.page import Page, PageBlock, plain_path

_WORD = re.compile(r"\w+|[$€£©%@|•·>»#!?]|\.{3}|…")
#: Words of a block that are read: its first and its last.
_FIRST, _LAST = 45, 15
#: Up to this many words a block's neighbours see its words.
_SHORT = 14
_HEADING = re.compile(r"^<h[1-6]>|\b(?:title|heading)\b")


def tokenize(page: Page) -> list[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """Return for each block the tokens of its words, of its markup and of the blocks around it.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> block = SimpleNamespace(text="Support the Ellan Post", path="/html/p", marks=("<p> cta",), linked=0.0)
    >>> words, markup, around = tokenize(Page([block], outlet="The Ellan Post"))[0]
    >>> sorted(words)[:3], sorted(t for t in markup if "cta" in t), around
    (['b=support_outletname', 'f=support', 'l=outletname'], ['m0=cta', 'm=cta'], [])
    """
    words = [_words(block.text, page.names) for block in page.blocks]
    around = _around(page.blocks, [shown for _, shown in words])
    return [(w, _markup(b.marks, b.path), a) for (w, _), b, a in zip(words, page.blocks, around, strict=True)]


@lru_cache(8192)
def _words(text: str, names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the tokens of a block's own words, and the words that its neighbours see."""
    text = text[:1200].casefold()
    for name in names:
        # What an outlet says of itself is worded alike whatever its name.
        if name in text:
            text = re.sub(rf"(?:\bthe )?{re.escape(name)}", " outletname ", text)
    words = ["0" * len(w) if w.isdigit() else w for w in _WORD.findall(text)]
    if len(words) > _FIRST + _LAST:
        words = words[:_FIRST] + words[-_LAST:]
    tokens = {f"w={w}" for w in words}
    if len(words) <= _FIRST:
        tokens |= {f"b={a}_{b}" for a, b in itertools.pairwise(words)}
    if words:
        tokens |= {f"f={words[0]}", f"l={words[-1]}"}
        if len(words) <= 6:
            tokens.add(f"t={' '.join(words)}")
    return tuple(tokens), tuple(sorted(set(words))) if len(set(words)) <= _SHORT else ()


@lru_cache(8192)
def _markup(marks: tuple[str, ...], path: str) -> tuple[str, ...]:
    tokens = {"p=" + "/".join(plain_path(path).split("/")[-3:])}
    return tuple(tokens.union(*(_mark(mark, depth) for depth, mark in enumerate(reversed(marks[-8:])))))


@lru_cache(32768)
def _mark(mark: str, depth: int) -> tuple[str, ...]:
    """Return the tokens of an element: its tag, and the words of its names; generated ones hold digits, or one letter."""
    where = "m0" if depth == 0 else "m1" if depth <= 2 else "m2"
    tag, *names = mark.split(" ")
    names = [n for n in names if n.isalpha() and 1 < len(n) < 20][:12]
    tokens = [f"{where}t={tag.strip('<>')}", *(f"{where}={n}" for n in names)]
    tokens += [f"{where}2={a}_{b}" for a, b in itertools.pairwise(names)]
    return (*tokens, *(f"m={n}" for n in names)) if depth < 4 else tuple(tokens)


def _around(blocks: Sequence[PageBlock], shown: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """Return what each block sees of the one before (P), the one after (N) and the heading of its box (H)."""
    out: list[list[str]] = []
    headings: list[tuple[int, str]] = []
    for i, block in enumerate(blocks):
        tokens = [f"P={w}" for w in shown[i - 1]] if i else []
        if i + 1 < len(blocks):
            tokens += [f"N={w}" for w in shown[i + 1]]
        for at, box in reversed(headings):
            if i - at > 8:
                break
            if block.path.startswith(box):
                tokens += [f"H={w}" for w in shown[at]]
                break
        if block.marks and shown[i] and _HEADING.search(block.marks[-1]):
            box = block.path.rsplit("/", 2)[0]
            if box.count("/") > 2:
                headings = [*headings[-3:], (i, box)]
        out.append(tokens)
    return out
