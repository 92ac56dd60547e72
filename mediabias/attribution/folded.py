"""Attributions of an article as it reads, with offsets into its text as it stands."""

from __future__ import annotations

from dataclasses import replace

from mediabias.article import Article, Spans
from mediabias.text.folding import Folded, fold


def folded(article: Article) -> tuple[Article, Folded | None]:
    """Return the article with its text folded, and the way back; itself and None where there is nothing to fold."""
    read = fold(article.text)
    if read is None:
        return article, None
    return article.replace(text=read.text, blocks=read.blocks(article.blocks), attributions=None, mentions=None), read


def unfolded(article: Article, read: Article, back: Folded | None) -> Article:
    """Return `article` with the attributions of its folded form `read`."""
    if back is None:
        return read

    def spans(role: Spans) -> Spans:
        return tuple(s for span in role for s in back.back(span))

    made = (
        replace(a, source=spans(a.source), cue=spans(a.cue), content=spans(a.content)) for a in read.attributions or ()
    )
    return article.replace(attributions=tuple(made), annotated_by=read.annotated_by)
