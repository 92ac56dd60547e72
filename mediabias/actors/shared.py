"""What several articles have in common: the sources that they cite, and the quotations that they print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mediabias import lexicons
from mediabias.article import Article, Span

#: A quotation of fewer words says too little to be told from another.
_LEAST = 4
#: What stands between quotation marks.
QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]+)(?:[”\"»“]|$)")
_DETERMINER = re.compile(r"^(?:the|an?|his|her|its|their|our|this|that)\s+", re.I)
_BEHIND = re.compile(r"\s*(?:,|\bwho\b|\bwhose\b|\bwhich\b|\bof\b|\bat\b|\bfrom\b|\bin\b|\().*$", re.S)


@dataclass
class Item:
    """A source or a quotation of an event, and where each outlet has it."""

    kind: str
    name: str
    key: frozenset[str]
    places: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)


def sources(articles: Iterable[Article]) -> list[Item]:
    """Return the sources of an event; a surname alone is the person's whose surname it is, where there is only one."""
    found = [
        (key, a.outlet, (a.article_id, x.source[0].start, x.source[-1].end), name)
        for a in articles
        for x in a.attributions or ()
        if x.source and (name := bare_name(x.speaker)) and (key := name.casefold())
    ]
    keys = {key for key, *_ in found}
    people: dict[str, set[str]] = {}
    for key in keys:
        if " " in key:
            people.setdefault(key.rpartition(" ")[2], set()).add(key)
    items: dict[str, Item] = {}
    names: dict[str, Counter[str]] = {}
    for key, outlet, place, name in found:
        same = people.get(key, set())
        key = next(iter(same)) if len(same) == 1 else key
        items.setdefault(key, Item("source", "", frozenset([key]))).places.setdefault(outlet, []).append(place)
        names.setdefault(key, Counter())[name] += 1
    for key, item in items.items():
        item.name = max(names[key], key=lambda n: (len(n.split()) > 1, names[key][n], n))
    return [items[key] for key in sorted(items)]


def bare_name(speaker: str) -> str:
    """Return a source's name without what is said of it.

    Examples
    --------
    >>> bare_name("The government's report, which was kept back"), bare_name("Ana Dole of the port office"), bare_name("Ana Dole")
    ("government's report", 'Ana Dole', 'Ana Dole')
    """
    bare = _DETERMINER.sub("", " ".join(lexicons.fold(speaker).split()))
    return _BEHIND.sub("", bare) or bare


def quotations(articles: Iterable[Article]) -> list[Item]:
    """Return the quotations of an event, those that are mostly the same words as one."""
    items: list[Item] = []
    for a in articles:
        for x in a.attributions or ():
            for span, words in (q for content in x.content for q in _quoted(a, content)):
                runs = frozenset(" ".join(words[i : i + _LEAST]) for i in range(len(words) - _LEAST + 1))
                same = next((i for i in items if len(i.key & runs) >= 0.5 * min(len(i.key), len(runs))), None)
                if same is None:
                    same = Item("quotation", span.of(a.text), runs)
                    items.append(same)
                same.places.setdefault(a.outlet, []).append((a.article_id, span.start, span.end))
    return items


def _quoted(article: Article, content: Span) -> Iterator[tuple[Span, list[str]]]:
    for m in QUOTED.finditer(article.text, content.start, content.end):
        words = re.findall(r"\w+", m[1].casefold())
        if len(words) >= _LEAST:
            yield Span(m.start(1), m.end(1)), words
