"""What the layout of an article says of its attributions, whichever engine found them.

Who speaks in a transcript or an interview, what a block quotation or a list belongs to, whose words go on over paragraphs:
these stand in the order of the lines and in the page's elements, not in the words of a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mediabias.article import Article, Attribution, Span
from mediabias.attribution.engines import Found
from mediabias.attribution.layout.blocks import quoted_blocks, within_blocks
from mediabias.attribution.layout.headlines import of_headlines
from mediabias.attribution.layout.lines import lines_of
from mediabias.attribution.layout.paragraphs import acting, continued
from mediabias.attribution.layout.sources import mended_sources
from mediabias.attribution.layout.turns import full_name, turns
from mediabias.attribution.quotes import quotations

__all__ = ["arrange", "as_laid_out"]

#: Patterns of attributions whose content is somebody's own words though no mark stands around it.
_OWN_WORDS = frozenset(("turn", "answer", "block", "signature"))


def arrange(article: Article, paragraphs: Sequence[Span], found: Sequence[Found]) -> list[Found]:
    """Return the attributions with what the layout says of them, in the order of their cues."""
    lines = lines_of(article, paragraphs)
    spoken = turns(article, lines)
    if spoken:
        apart = [c for f in spoken for c in (*f.content, *f.source, *f.cue)]
        found = [*spoken, *(f for f in found if not any(f.cue[0].overlaps(a) for a in apart))]
    marks = quotations(article.text, list(paragraphs))
    out = mended_sources(article, lines, found)
    out = quoted_blocks(article, lines, out, marks)
    out = within_blocks(article, lines, out)
    out = continued(article, marks, out)
    out = acting(article, lines, marks, out)
    out = of_headlines(article, lines, out)
    out = [f for f in out if f.source or f.content]
    return sorted(out, key=lambda f: (f.cue, f.source, f.content))


def as_laid_out(article: Article, found: Sequence[Found], made: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions made of `found` with what their layout says: own words without marks, a speaker's name in full."""
    out = []
    for f, a in zip(found, made, strict=True):
        if f.pattern in _OWN_WORDS:
            a = replace(a, quotation="direct")
        if f.pattern == "turn":
            a = replace(a, speaker=full_name(article.text, f.source[0].of(article.text)))
        out.append(a)
    return out
