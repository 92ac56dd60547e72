"""What is computed of a corpus: its articles in parts, and for each part what is not there yet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mediabias import corpus as corpora
from mediabias import tables
from mediabias.article import Article
from mediabias.batch import keys
from mediabias.batch.parts import Parts, packed, unpacked
from mediabias.batch.workers import Workers
from mediabias.corpus import Corpus
from mediabias.features import Feature
from mediabias.features.run import attributed_zones
from mediabias.prepare import MADE_HERE, is_ready, prepare_all
from mediabias.settings import Settings

#: A part ends with an article whose id has a hash that this divides, or when it has so many articles: what is added to a corpus
#: changes one part, and leaves the others what they are.
_DIVIDES, _MOST = 32, 64
#: The kind of the parts that hold what was prepared.
_PREPARED = "prepared"


@dataclass(frozen=True)
class _Task:
    """What a worker gets: some articles, what is to be prepared (nothing, if all is there), and the features to run."""

    number: int
    articles: list[Article]
    settings: Settings
    needs: frozenset[str]
    zones: tuple[str, ...]
    features: list[Feature]


@dataclass(frozen=True)
class _Done:
    """What a worker gives back: attributions and mentions if they were prepared; for each feature the key of its articles, its rows."""

    number: int
    prepared: bytes | None
    rows: dict[str, tuple[str, bytes]]


@dataclass
class Part:
    """A run of articles: the key of what was prepared (empty where the corpus had it), and of each feature's rows."""

    size: int
    prepared: str
    rows: dict[str, str]


class Run:
    """One call of `extract_to`: what is wanted, and which parts make it up."""

    def __init__(self, corpus: Path, out: Path, features: list[Feature], settings: Settings | None) -> None:
        self.corpus, self.out, self.features = corpus, out, features
        self.before = corpora.settings_of(corpus)
        self.settings = settings or self.before
        self.needs = frozenset(n for f in features for n in f.needs)
        self.zones = tuple(sorted({*self.settings.zones, *attributed_zones(features)}))
        self.parts = Parts(out)
        self.keys = {f.name: keys.of_feature(f) for f in features}
        self.computed = dict.fromkeys((_PREPARED, *(f.name for f in features)), 0)
        self.plan: list[Part] = []

    def given(self) -> Iterator[list[Article]]:
        """Yield the articles part by part, without what other settings have found in them."""
        changed: dict[str, Any] = {}
        if self.settings != self.before:
            changed["mentions"] = None
            if self.settings.changed(actors="") != self.before.changed(actors=""):
                changed |= {"attributions": None, "attributed_in": ()}
        part: list[Article] = []
        for article in corpora.stored(self.corpus):
            part.append(article.replace(**changed) if changed else article)
            is_end = int.from_bytes(hashlib.sha256(article.article_id.encode()).digest()[:4]) % _DIVIDES == 0
            if is_end or len(part) >= _MOST:
                yield part
                part = []
        if part:
            yield part

    def prepared(self, articles: list[Article], part: Part) -> list[Article]:
        """Return the articles with what was prepared in this run, if anything was."""
        if not part.prepared or (found := self.parts.get(_PREPARED, part.prepared)) is None:
            return articles
        made = dict(zip(_made(self.needs), unpacked(found), strict=True))
        return corpora.with_tables(articles, made, self.zones)

    # -- compute -----------------------------------------------------------------------------------------------------

    def compute(self, who: Workers, watch: Callable[[int, int], None]) -> None:
        """Make the parts that are not there."""
        total = tables.rows(self.corpus, "articles", made_by="mediabias read")
        for done in who.each(_work, self._tasks(lambda n: watch(n, total))):
            part = self.plan[done.number]
            if done.prepared is not None:
                self.parts.put(_PREPARED, part.prepared, done.prepared)
                self.computed[_PREPARED] += 1
            for name, (key, rows) in done.rows.items():
                part.rows[name] = keys.digest(self.keys[name], key)
                self.parts.put(name, part.rows[name], rows)
                self.computed[name] += 1
            watch(part.size, total)

    def _tasks(self, watch: Callable[[int], None]) -> Iterator[_Task]:
        for number, articles in enumerate(self.given()):
            needs = self.needs & MADE_HERE
            part = Part(len(articles), "", {})
            if not all(is_ready(a, needs, self.zones) for a in articles):
                part.prepared = keys.of_preparation(articles, self.settings, needs, self.zones)
                if self.parts.has(_PREPARED, part.prepared):
                    articles, needs = self.prepared(articles, part), frozenset()
            else:
                needs = frozenset()
            missing = [f for f in self.features if not self._has(f, articles, part, bool(needs))]
            self.plan.append(part)
            if missing or needs:
                yield _Task(number, articles, self.settings, needs, self.zones, missing)
            else:
                watch(len(articles))

    def _has(self, feature: Feature, articles: list[Article], part: Part, is_open: bool) -> bool:
        """Say whether a feature's rows are there; that can't be known before what it needs is."""
        if is_open and MADE_HERE & set(feature.needs):
            return False
        key = keys.digest(self.keys[feature.name], keys.of_articles(articles, feature.needs))
        if not self.parts.has(feature.name, key):
            return False
        part.rows[feature.name] = key
        return True


def _made(needs: Iterable[str]) -> list[str]:
    """Return the tables that hold what was prepared; mentions rest on attributions."""
    return ["attributions", "mentions"] if "actors" in needs else ["attributions"]


def _work(task: _Task) -> _Done:
    """Prepare some articles and run features over them; this is what happens in another process."""
    articles, prepared = task.articles, None
    if task.needs:
        articles = list(prepare_all(articles, task.needs, task.settings, task.zones))
        made = Corpus(articles)
        prepared = packed({name: getattr(made, name) for name in _made(task.needs)})
    rows = {}
    for feature in task.features:
        evidence = feature.evidence_table(articles)
        counts = feature.counts_table(articles, evidence)
        rows[feature.name] = keys.of_articles(articles, feature.needs), packed({"evidence": evidence, "counts": counts})
    return _Done(task.number, prepared, rows)
