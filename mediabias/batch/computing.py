"""What is computed of a corpus: its articles in parts, and for each part what is not there yet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from mediabias import corpus as corpora
from mediabias.annotations import Store, corrected
from mediabias.article import Article
from mediabias.attribution import GIVEN
from mediabias.batch import keys
from mediabias.batch.parts import Parts, packed
from mediabias.batch.workers import Workers
from mediabias.features import Feature
from mediabias.features.run import extract_part
from mediabias.prepare import MADE_HERE, annotate_all, view
from mediabias.settings import Settings

#: A part ends with an article whose id has a hash that this divides, or when it has so many articles: what is added to a corpus
#: changes one part, and leaves the others what they are.
_DIVIDES, _MOST = 32, 64
#: In what a run says that it has computed, the parts whose articles an engine had to read.
ANNOTATED = "annotated"


@dataclass(frozen=True)
class _Task:
    """What a worker gets: some articles, what is to be found of them (nothing, if all is there), and the features to run."""

    number: int
    articles: list[Article]
    settings: Settings
    needs: frozenset[str]
    features: list[Feature]


@dataclass(frozen=True)
class _Done:
    """What a worker gives back: the articles if they were annotated; for each feature the key of its articles, its rows."""

    number: int
    annotated: list[Article]
    attributions: int
    rows: dict[str, tuple[str, bytes]]


@dataclass
class Part:
    """A run of articles: how many they are, how many attributions features read in them, the key of each feature's rows."""

    size: int
    attributions: int = 0
    rows: dict[str, str] = field(default_factory=dict)


class Run:
    """One call of `extract_to`: what is wanted, and which parts make it up."""

    def __init__(
        self,
        corpus: Path,
        out: Path,
        features: list[Feature],
        settings: Settings | None,
        where: Mapping[str, str | Iterable[str]],
        asked: Mapping[str, Any] | None = None,
    ) -> None:
        self.corpus, self.out, self.features, self.where = corpus, out, features, where
        self.asked = asked or ({"where": dict(where)} if where else None)
        self.settings = settings or corpora.default_settings(corpus)
        self.needs = frozenset(n for f in features for n in f.needs) & MADE_HERE.keys()
        self.store = Store(corpus, self.settings.engine, self.settings.actors)
        self.parts = Parts(out)
        self.keys = {f.name: keys.of_feature(f) for f in features}
        self.computed = dict.fromkeys((ANNOTATED, *(f.name for f in features)), 0)
        self.plan: list[Part] = []
        self._corrected: list[Article] = []
        self.articles = corpora.select_rows(corpora.metadata(corpus), where).reset_index(drop=True)

    def given(self) -> Iterator[list[Article]]:
        """Yield the articles part by part, with what the store has of them."""
        part: list[Article] = []
        wanted = set(self.articles["article_id"]) if self.where else None
        for article in corpora.stored(self.corpus):
            if wanted is not None and article.article_id not in wanted:
                continue
            if article.corrections:
                self._corrected.append(article)
            part.append(article if self.settings.engine == GIVEN else article.replace(attributions=None))
            is_end = int.from_bytes(hashlib.sha256(article.article_id.encode()).digest()[:4]) % _DIVIDES == 0
            if is_end or len(part) >= _MOST:
                yield part
                part = []
        if part:
            yield part

    @property
    def corrections(self) -> pd.DataFrame:
        """The corrections of the articles that were computed."""
        return corrected(self._corrected)

    def compute(self, who: Workers, watch: Callable[[int, int], None]) -> None:
        """Make the parts that are not there."""
        total = len(self.articles)
        for done in who.each(_work, self._tasks(lambda n: watch(n, total))):
            part = self.plan[done.number]
            if done.annotated:
                self.computed[ANNOTATED] += 1
                part.attributions = done.attributions
                for name in self._fields:
                    self.store.add(name, [a for a in done.annotated if a.annotated_by == self.store.made_by])
            for name, (key, rows) in done.rows.items():
                part.rows[name] = keys.digest(self.keys[name], key)
                self.parts.put(name, part.rows[name], rows)
                self.computed[name] += 1
            watch(part.size, total)

    @property
    def _fields(self) -> tuple[str, ...]:
        """The fields of articles that are found; mentions rest on attributions."""
        return ("attributions", "mentions") if "actors" in self.needs else ("attributions",) if self.needs else ()

    def _tasks(self, watch: Callable[[int], None]) -> Iterator[_Task]:
        for number, articles in enumerate(self.given()):
            known = self.store.attached(articles, self._fields)
            is_open = any(getattr(a, name) is None for a in known for name in self._fields)
            part = Part(len(known))
            if not is_open and self.needs:
                known = [view(a, self.settings.min_confidence) for a in known]
                part.attributions = _count(known)
            missing = [f for f in self.features if not self._has(f, known, part, is_open)]
            self.plan.append(part)
            if missing or is_open:
                yield _Task(number, known, self.settings, self.needs if is_open else frozenset(), missing)
            else:
                watch(len(known))

    def _has(self, feature: Feature, articles: list[Article], part: Part, is_open: bool) -> bool:
        """Say whether a feature's rows are there; that can't be known before what it needs is."""
        if is_open and MADE_HERE.keys() & set(feature.needs):
            return False
        key = keys.digest(self.keys[feature.name], keys.of_articles(articles, feature.needs))
        if not self.parts.has(feature.name, key):
            return False
        part.rows[feature.name] = key
        return True


def _work(task: _Task) -> _Done:
    """Annotate some articles and run features over them; this is what happens in another process."""
    articles, annotated = task.articles, list[Article]()
    if task.needs:
        annotated = list(annotate_all(articles, task.needs, task.settings))
        articles = [view(a, task.settings.min_confidence) for a in annotated]
    rows = {
        feature.name: (keys.of_articles(articles, feature.needs), packed({"evidence": evidence, "counts": counts}))
        for feature, (evidence, counts) in zip(task.features, extract_part(articles, task.features), strict=True)
    }
    return _Done(task.number, annotated, _count(articles), rows)


def _count(articles: list[Article]) -> int:
    return sum(len(a.attributions or ()) for a in articles)
