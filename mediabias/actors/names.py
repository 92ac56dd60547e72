"""One actor in several articles: whose names are one person's, body's or group's, and what each outlet calls it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from mediabias import lexicons
from mediabias.actors.shared import bare_name, quotations
from mediabias.article import Article, Mention
from mediabias.attribution.people import same_name
from mediabias.errors import TableError
from mediabias.places import states

_COLUMNS = ("event", "actor", "kind", "outlet", "name", "form", "n", "evidence")
#: How alike two spellings of a surname are that belong to one person of the same given name: Zelensky, Zelenskyy.
_SPELLING = 0.8
_Name = tuple[str, str]


def actor_names(articles: Iterable[Article], *, pronouns: bool = False) -> pd.DataFrame:
    """Return what each outlet calls each actor of an event.

    Parameters
    ----------
    articles : iterable of Article
        With mentions (`mediabias.actors.with_mentions`, or `mediabias.prepare.prepare_all` with "actors"). Those of one event
        are taken together; articles without an event are one event of their own.
    pronouns : bool
        Count pronouns among the names.

    Returns
    -------
    DataFrame
        A row an event, actor, outlet and name: event, actor (the name most used for it in full), kind, outlet, name, form, n (how
        often), evidence (lists of article_id, start, end). Actors stand in the order of how many outlets, then how often, name
        them.

    Raises
    ------
    TableError
        When an article has no mentions.

    Notes
    -----
    Names are one actor's when they are equal; when one is the surname of the only person so called, differs in middle initials,
    or spells the surname a little otherwise; when one body's name ends in the other's; when both are names of one group on the
    list of the feature actor_labels; or when two groups are given the same quotation. Of two armed groups in one event the list
    makes one: give a table of actors there.

    Examples
    --------
    >>> from mediabias.actors.mentions import with_mentions
    >>> a = with_mentions(Article.from_text("Mayor Ana Dole spoke. Dole left.", "a", outlet="Post"))
    >>> b = with_mentions(Article.from_text("Dole, Ana Dole, spoke.", "b", outlet="Tribune"))
    >>> actor_names([a, b])[["actor", "outlet", "name", "n"]].values.tolist()
    [['Ana Dole', 'Post', 'Dole', 1], ['Ana Dole', 'Post', 'Mayor Ana Dole', 1], ['Ana Dole', 'Tribune', 'Ana Dole', 1], ['Ana Dole', 'Tribune', 'Dole', 1]]
    """
    events: dict[str, list[Article]] = {}
    for article in articles:
        if article.mentions is None:
            raise TableError(
                f"{article.article_id!r} has no mentions; give articles that went through mb.with_mentions"
            )
        events.setdefault(article.event, []).append(article)
    rows = [row for event in sorted(events) for row in _rows(event, events[event], pronouns)]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def actor_grid(names: pd.DataFrame, *, least: int = 2) -> pd.DataFrame:
    """Return the names side by side: a row an actor, a column an outlet, names with how often each stands there.

    Parameters
    ----------
    names : DataFrame
        From `actor_names`.
    least : int
        Actors that fewer outlets name are left out.

    Examples
    --------
    >>> names = pd.DataFrame({"event": "e", "actor": "front", "kind": "group", "outlet": ["Post", "Tribune"],
    ...                       "name": ["rebels", "separatists"], "n": [3, 2]})
    >>> actor_grid(names).values.tolist()
    [['rebels 3', 'separatists 2']]
    """
    named = names.sort_values("n", ascending=False, kind="stable")
    named = named.assign(text=named["name"] + " " + named["n"].astype(str))
    wide = named.groupby(["event", "actor", "outlet"], sort=False)["text"].agg(" · ".join).unstack("outlet")
    order = pd.MultiIndex.from_frame(names[["event", "actor"]].drop_duplicates())
    wide = wide.reindex(index=order, columns=sorted(wide.columns)).fillna("")
    return wide[(wide != "").sum(axis=1) >= least]


def _rows(event: str, articles: Sequence[Article], pronouns: bool) -> list[tuple[object, ...]]:
    actor_of = together(articles)
    kinds: dict[str, Counter[str]] = {}
    cells: dict[tuple[str, str, str, str], list[list[object]]] = {}
    for a in articles:
        for m in a.mentions or ():
            actor = actor_of[a.article_id, m.actor]
            kinds.setdefault(actor, Counter())[m.kind] += 1
            if m.form == "pronoun" and not pronouns:
                continue
            name = _as_shown(a.text[m.start : m.end], m.form)
            cells.setdefault((actor, a.outlet, name, m.form), []).append([a.article_id, m.start, m.end])
    outlets: dict[str, set[str]] = {}
    total: Counter[str] = Counter()
    for (actor, outlet, *_), places in cells.items():
        outlets.setdefault(actor, set()).add(outlet)
        total[actor] += len(places)
    order = sorted(cells, key=lambda c: (-len(outlets[c[0]]), -total[c[0]], c))
    return [
        (event, actor, kinds[actor].most_common(1)[0][0], outlet, name, form, len(cells[c]), cells[c])
        for c in order
        for actor, outlet, name, form in (c,)
    ]


def _as_shown(text: str, form: str) -> str:
    """Return a name as a table shows it: without a determiner, of a description what stands before its first comma.

    Examples
    --------
    >>> _as_shown("The organisers of the march, who", "description"), _as_shown("Officials", "description"), _as_shown("The Hague", "seat")
    ('organisers of the march', 'officials', 'The Hague')
    """
    words = " ".join(text.split())
    if form not in {"description", "title", "term", "pronoun"}:
        return words
    bare = re.sub(r"^(?:the|an?)\s+", "", words.split(",")[0], flags=re.I)
    begins_a_sentence = bare == words.split(",")[0] and not re.match(r"\S*[A-Z]\S*[A-Z]|\S+ [A-Z]", bare)
    return bare[:1].lower() + bare[1:] if begins_a_sentence else bare


def together(articles: Sequence[Article]) -> dict[_Name, str]:
    """Return, for each article_id and actor of its mentions, the actor of the event that it is one with."""
    counts: Counter[_Name] = Counter()
    kinds: dict[_Name, str] = {}
    for a in articles:
        for m in a.mentions or ():
            counts[a.article_id, m.actor] += 1
            kinds[a.article_id, m.actor] = "group" if m.kind == "group" else kinds.get((a.article_id, m.actor), m.kind)
    nodes = sorted(counts)
    at = {node: n for n, node in enumerate(nodes)}
    by_name: dict[str, list[int]] = {}
    for node, n in at.items():
        by_name.setdefault(_key(node[1], kinds[node]), []).append(n)
    edges = [(same[0], n) for same in by_name.values() for n in same[1:]]
    edges += _alike({key: kinds[nodes[same[0]]] for key, same in by_name.items()}, by_name)
    edges += [
        (at[x], at[y]) for x, y in _quoted_alike(articles) if x in at and y in at and _may_be_one(kinds[x], kinds[y])
    ]
    ends = np.array(edges, dtype=int).reshape(-1, 2)
    graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(nodes), len(nodes)))
    labels = connected_components(graph, directed=False)[1]
    members: dict[int, list[_Name]] = {}
    for node, label in zip(nodes, labels, strict=True):
        members.setdefault(int(label), []).append(node)
    shown = {label: _called(found, counts, kinds) for label, found in members.items()}
    return {node: shown[int(labels[n])] for node, n in at.items()}


def _key(name: str, kind: str) -> str:
    """Return a name as names are compared: without accents, determiners, a nation in front; of a group its family's."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    if kind == "group":
        bare = bare_name(plain).casefold()
        return f"family:{_families()[bare]}" if bare in _families() else bare
    words = re.sub(r"^the\s+", "", plain, flags=re.I).casefold().replace(".", "").split()
    while kind == "body" and len(words) > 1 and words[0] in _nations():
        words = words[1:]
    return " ".join(words)


def _alike(kinds: Mapping[str, str], by_name: Mapping[str, list[int]]) -> list[tuple[int, int]]:
    people = sorted(k for k, kind in kinds.items() if kind == "person")
    bodies = sorted(k for k, kind in kinds.items() if kind == "body")
    pairs = [(a, b) for a, b in combinations(people, 2) if _same_person(a, b)]
    for short in [p for p in people if " " not in p]:
        bearers = [p for p in people if p.endswith(f" {short}")]
        distinct = [p for p in bearers if not any(_same_person(p, q) for q in bearers if q < p)]
        pairs += [(short, bearers[0])] if len(distinct) == 1 else []
    for short in bodies:
        longer = [b for b in bodies if b.endswith(f" {short}")]
        pairs += [(short, longer[0])] if len(longer) == 1 and " " in short else []
    return [(by_name[a][0], by_name[b][0]) for a, b in pairs]


def _same_person(a: str, b: str) -> bool:
    """Say whether two full names are one person's: middle initials, or another spelling of the surname.

    Examples
    --------
    >>> _same_person("ana zelenska", "ana zelenskaya"), _same_person("ana dole", "ben dole"), _same_person("ana dole", "ana orr")
    (True, False, False)
    """
    one, other = a.split(), b.split()
    if len(one) < 2 or len(other) < 2:
        return False
    if same_name(a.title(), b.title()):
        return True
    near = SequenceMatcher(None, one[-1], other[-1]).ratio() >= _SPELLING and one[-1][0] == other[-1][0]
    return one[0] == other[0] and near


def _quoted_alike(articles: Sequence[Article]) -> list[tuple[_Name, _Name]]:
    """Return pairs of actors, of two articles, that are said to have said the same words."""
    pairs: list[tuple[_Name, _Name]] = []
    by_id = {a.article_id: a for a in articles}
    for item in quotations(articles):
        said = [
            (article_id, m.actor)
            for places in item.places.values()
            for article_id, start, end in places
            for m in _speaker(by_id[article_id], start, end)
        ]
        pairs += [(said[0], other) for other in said[1:] if other != said[0]]
    return pairs


def _speaker(article: Article, start: int, end: int) -> list[Mention]:
    for x in article.attributions or ():
        if x.source and any(s.start <= start and end <= s.end for s in x.content):
            return [m for m in article.mentions or () if m.start == x.source[0].start or m.end == x.source[0].end][:1]
    return []


def _may_be_one(kind: str, other: str) -> bool:
    """Say whether the same quotation makes two actors one: a group and a group, or whom one describes and the other names."""
    return "group" in (kind, other) and {kind, other} <= {"group", "person"}


def _called(found: Sequence[_Name], counts: Counter[_Name], kinds: Mapping[_Name, str]) -> str:
    """Return the name to show: of a person or a body the longest in most use, of a family its own."""
    names: Counter[str] = Counter()
    for node in found:
        names[node[1]] += counts[node]
    named = {node[1] for node in found if kinds[node] != "group"}
    families = {_families()[k] for n in names if (k := bare_name(n).casefold()) in _families()}
    if not named and len(families) == 1:
        return families.pop().replace("_", " ")
    called = max(named or names, key=lambda n: (" " in n, names[n], -len(n), n))
    return called if named else bare_name(called)


@cache
def _families() -> dict[str, str]:
    """Return the group of each contested name, in the singular and the plural."""
    named = {r["term"]: r["group"] for r in lexicons.rows("actor_labels") if r["label"]}
    plural = {f"{term.rstrip('*')}s": group for term, group in named.items() if term.endswith("*")}
    return {term.rstrip("*"): group for term, group in named.items()} | plural


@cache
def _nations() -> frozenset[str]:
    return frozenset(d.casefold() for p in states() for d in p.demonyms)
