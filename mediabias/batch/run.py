"""Features of a corpus on disk, part by part: the same tables, to the byte, whoever computes them and however often it was stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from mediabias import corpus as corpora
from mediabias import tables
from mediabias.article import Article
from mediabias.batch import keys, workers
from mediabias.batch.parts import Parts, one_run, packed, said_where, unpacked
from mediabias.corpus import ARTICLE_COLUMNS, Corpus
from mediabias.errors import MediabiasError
from mediabias.features import Feature
from mediabias.features.counts import numbers
from mediabias.features.registry import Wanted, chosen
from mediabias.features.run import attributed_zones, joined, made_by
from mediabias.prepare import MADE_HERE, is_ready, prepare_all
from mediabias.settings import Settings

#: A part ends with an article whose id has a hash that this divides, or when it has so many articles: what is added to a corpus
#: changes one part, and leaves the others what they are.
_DIVIDES, _MOST = 32, 64
#: Rows that are written at a time.
_ROWS = 200_000
#: The kind of the parts that hold what was prepared.
_PREPARED = "prepared"


@dataclass(frozen=True)
class Extracted:
    """What a run found: the table ``articles`` without texts, and how much of what there is.

    `computed` says how many parts of each kind had to be computed; all others were there from an earlier run.
    """

    articles: pd.DataFrame
    attributions: int
    spans: int
    labels: int
    columns: int
    computed: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.articles)


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
class _Part:
    """A run of articles: the key of what was prepared (empty where the corpus had it), and of each feature's rows."""

    size: int
    prepared: str
    rows: dict[str, str]


def extract_to(
    corpus: str | Path,
    out: str | Path,
    features: Wanted | Iterable[Wanted] | None = None,
    settings: Settings | None = None,
    *,
    jobs: int = 1,
    cluster: Any = None,
    watch: Callable[[int, int], None] | None = None,
) -> Extracted:
    """Extract features of a corpus on disk into a folder, as `extract` and ``save`` would, in memory that does not grow with it.

    What has been computed is kept in ``parts`` below `out`. A run that was stopped, in whatever way, goes on from there; a changed
    feature is computed alone, and so are articles that are new.

    Parameters
    ----------
    corpus : path
        Folder of a corpus; the attributions are kept in it.
    out : path
        Folder for evidence, features and the data dictionary.
    features : str, class or Feature, or a sequence of them, optional
        All available features by default.
    settings : Settings, optional
        The corpus's own by default.
    jobs : int
        Processes of this machine.
    cluster : dask.distributed.Client or str, optional
        A Dask client, or the address of a scheduler, that does the work instead.
    watch : callable, optional
        Is told how many articles more are done, and of how many: for a progress bar.

    Returns
    -------
    Extracted

    Raises
    ------
    TableError
        When `corpus` is none.
    FeatureError
        When no feature has a name that was given, or one yields what it may not.
    MediabiasError
        When another run writes into one of the folders, the disk is full, or workers die.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> Corpus([Article.from_text("“It rains,” the mayor claimed.", "a")]).save(folder / "corpus")
    >>> extract_to(folder / "corpus", folder / "features", "attribution_verbs").attributions
    1
    >>> sorted(extract_to(folder / "corpus", folder / "features", "attribution_verbs").computed.values())
    [0, 0]
    """
    made = chosen(features)
    corpus, out = Path(corpus), Path(out)
    with one_run([corpus, out]), said_where(out):
        tables.settle(corpus)
        tables.settle(out)
        run = _Run(corpus, out, made, settings)
        with workers.chosen(jobs, cluster) as who:
            run.compute(who, watch or (lambda done, total: None))
        return run.assemble()


class _Run:
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
        self.plan: list[_Part] = []

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

    def prepared(self, articles: list[Article], part: _Part) -> list[Article]:
        """Return the articles with what was prepared in this run, if anything was."""
        if not part.prepared or (found := self.parts.get(_PREPARED, part.prepared)) is None:
            return articles
        made = dict(zip(_made(self.needs), unpacked(found), strict=True))
        return corpora.with_tables(articles, made, self.zones)

    # -- compute -----------------------------------------------------------------------------------------------------

    def compute(self, who: workers.Workers, watch: Callable[[int, int], None]) -> None:
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
            part = _Part(len(articles), "", {})
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

    def _has(self, feature: Feature, articles: list[Article], part: _Part, is_open: bool) -> bool:
        """Say whether a feature's rows are there; that can't be known before what it needs is."""
        if is_open and MADE_HERE & set(feature.needs):
            return False
        key = keys.digest(self.keys[feature.name], keys.of_articles(articles, feature.needs))
        if not self.parts.has(feature.name, key):
            return False
        part.rows[feature.name] = key
        return True

    # -- assemble ----------------------------------------------------------------------------------------------------

    def assemble(self) -> Extracted:
        """Put the parts together: the corpus with its attributions, and the folder of the features."""
        found = self._save_corpus()
        shown = [c for c in ARTICLE_COLUMNS if c != "text"]
        articles = pd.read_parquet(self.corpus / "articles.parquet", columns=shown)
        dictionary = joined("dictionary", [f.data_dictionary() for f in self.features])
        writer = tables.Writer(self.out, ("evidence", "counts", "features", "dictionary", "articles"))
        writer.add({"articles": articles, "dictionary": dictionary})
        spans = self._add_numbers(writer, articles, dictionary)
        labels = self._add_rows(writer)
        inputs = dict(zip(articles["path"], articles["raw_sha256"], strict=True))
        writer.close(self.settings.changed(zones=self.zones), inputs, made_by(self.features))
        self.parts.sweep()
        return Extracted(articles, found, spans, labels, len(dictionary), self.computed)

    def _save_corpus(self) -> int:
        """Write the corpus with what was prepared; return how many attributions there are."""
        there = tables.manifest(self.corpus, "mediabias read")["tables"]
        is_same = self.settings.changed(actors="") == self.before.changed(actors="")
        kept = {
            "attributions": bool(self.needs & MADE_HERE) or ("attributions.parquet" in there and is_same),
            "passages": "passages.parquet" in there,
            "mentions": "actors" in self.needs or ("mentions.parquet" in there and self.settings == self.before),
        }
        found, inputs = 0, dict[str, str]()

        def articles() -> Iterator[Article]:
            nonlocal found
            for part, given in zip(self.plan, self.given(), strict=True):
                for article in self.prepared(given, part):
                    found += len(article.attributions or ())
                    inputs[article.path] = article.raw_sha256
                    yield article

        rejected = corpora.rejected_in(self.corpus)
        more = [name for name, has in kept.items() if has and self.plan]
        settings = self.settings.changed(zones=self.zones)
        corpora.save(
            self.corpus, articles(), more, inputs, settings, tables.empty("rejected") if rejected is None else rejected
        )
        return found

    def _add_numbers(self, writer: tables.Writer, articles: pd.DataFrame, dictionary: pd.DataFrame) -> int:
        """Write the numbers, an article a row; return how many spans have a label, each counted once."""
        spans, at, rows = 0, 0, _Gathered(writer, "features")
        for part in self.plan:
            ids = articles["article_id"].iloc[at : at + part.size].tolist()
            at += part.size
            own = [self._rows(f, part) for f in self.features]
            counts = joined("counts", [c for _, c in own])
            rows.add(numbers(counts, dictionary, ids) if len(dictionary) else pd.DataFrame({"article_id": ids}))
            evidence = joined("evidence", [e for e, _ in own])
            spans += len(evidence[["article_id", "start", "end"]].drop_duplicates())
        if not self.plan:
            rows.add(numbers(tables.empty("counts"), dictionary, []))
        rows.end()
        return spans

    def _add_rows(self, writer: tables.Writer) -> int:
        """Write evidence and counts, a feature after the other; return how many rows of evidence there are."""
        labels, evidence, counts = 0, _Gathered(writer, "evidence"), _Gathered(writer, "counts")
        for feature in self.features:
            for part in self.plan:
                found, counted = self._rows(feature, part)
                labels += len(found)
                evidence.add(found)
                counts.add(counted)
        evidence.end()
        counts.end()
        return labels

    def _rows(self, feature: Feature, part: _Part) -> tuple[pd.DataFrame, pd.DataFrame]:
        payload = self.parts.get(feature.name, part.rows[feature.name])
        if payload is None:
            raise MediabiasError(f"{self.out}: a part went missing during the run; run the same command again")
        evidence, counts = unpacked(payload)
        return evidence, counts


class _Gathered:
    """Gathers rows of a table until they are worth a row group."""

    def __init__(self, writer: tables.Writer, name: str) -> None:
        self._writer, self._name = writer, name
        self._held: list[pd.DataFrame] = []
        self._is_begun = False

    def add(self, rows: pd.DataFrame) -> None:
        """Take some rows."""
        self._held.append(rows)
        if sum(map(len, self._held)) >= _ROWS:
            self._write()

    def end(self) -> None:
        """Write the rest."""
        if self._held or not self._is_begun:
            self._write()

    def _write(self) -> None:
        filled = [rows for rows in self._held if len(rows)]  # an empty one would bend the types
        made = (
            pd.concat(filled, ignore_index=True)
            if filled
            else self._held[0]
            if self._held
            else tables.empty(self._name)
        )
        self._writer.add({self._name: made})
        self._held, self._is_begun = [], True


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
