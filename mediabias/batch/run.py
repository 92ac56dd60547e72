"""Features of a corpus on disk, part by part: the same tables, to the byte, whoever computes them and however often it was stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from mediabias import tables
from mediabias.batch import workers
from mediabias.batch.assembly import Extracted, assemble
from mediabias.batch.computing import Run
from mediabias.batch.parts import one_run, said_where
from mediabias.features.registry import Wanted, chosen
from mediabias.settings import Settings


def extract_to(
    corpus: str | Path,
    out: str | Path,
    features: Wanted | Iterable[Wanted] | None = None,
    settings: Settings | None = None,
    *,
    where: Mapping[str, str | Iterable[str]] | None = None,
    asked: Mapping[str, Any] | None = None,
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
        Folder of a corpus. Nothing in it is changed but for its store, in ``annotations``, to which what an engine finds is added.
    out : path
        Folder for evidence, features and the data dictionary.
    features : str, class or Feature, or a sequence of them, optional
        All available features by default.
    settings : Settings, optional
        The corpus's own by default.
    where : mapping, optional
        Only articles with some values: a column of the corpus's ``articles``, and the value or the values that it may have.
    asked : mapping, optional
        What the manifest says of how the run was asked for, as ``{"features": [...], "set": [...]}``.
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
    >>> from mediabias import Article, Corpus
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
        run = Run(corpus, out, made, settings, where or {}, asked)
        with workers.chosen(jobs, cluster) as who:
            run.compute(who, watch or (lambda done, total: None))
        return assemble(run)
