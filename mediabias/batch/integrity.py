"""Whether a folder of a corpus or of features is whole, and what to do where it is not."""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd

from mediabias import tables
from mediabias.annotations.corrections import FILE as CORRECTIONS
from mediabias.annotations.store import parts
from mediabias.batch.parts import FOLDER, read_part
from mediabias.corpus import stored
from mediabias.errors import MediabiasError

_COLUMNS = ["file", "state", "mend"]


def verify(folder: str | Path) -> pd.DataFrame:
    """Compare the files of a folder with the checksums in its manifest, and its parts with their own.

    Parameters
    ----------
    folder : path
        Of a corpus, or of features.

    Returns
    -------
    DataFrame
        file, state ("whole", "damaged", "missing", "unknown"; of corrections that no longer fit, "stale"), and what to do about it, empty where it is whole.

    Raises
    ------
    TableError
        When the folder has no manifest, or one that is damaged.

    Examples
    --------
    >>> import tempfile
    >>> from mediabias import Article, Corpus
    >>> folder = Path(tempfile.mkdtemp())
    >>> Corpus([Article.from_text("It rains.", "a")]).save(folder)
    >>> _ = (folder / "blocks.parquet").write_bytes(b"PAR1")
    >>> verify(folder)[["file", "state"]].values.tolist()
    [['articles.parquet', 'whole'], ['blocks.parquet', 'damaged']]
    """
    folder = Path(folder)
    anew = "`mediabias extract` again" if (folder / "features.parquet").exists() else "`mediabias read` again"
    listed = tables.manifest(folder, "mediabias read` or `mediabias extract")["tables"]
    rows = []
    for name, known in sorted(listed.items()):
        path = folder / name
        state = "missing" if not path.exists() else "whole" if tables.sha256(path) == known else "damaged"
        rows.append((name, state, "" if state == "whole" else f"run {anew}"))
    for path in sorted(folder.glob("*.parquet")):
        if path.name not in listed:
            rows.append((path.name, "unknown", "an older run's: delete it"))
    if (folder / CORRECTIONS).exists():
        rows.append(_corrections(folder))
    for name, is_whole in parts(folder):
        mend = "" if is_whole else "delete it: the next run annotates these articles anew"
        rows.append((name.as_posix(), "whole" if is_whole else "damaged", mend))
    for path in sorted((folder / FOLDER).glob("*/*")):
        is_whole = path.suffix == "" and read_part(path) is not None
        name = path.relative_to(folder).as_posix()
        rows.append(
            (name, "whole" if is_whole else "damaged", "" if is_whole else "nothing: the next run makes it anew")
        )
    return pd.DataFrame(rows, columns=_COLUMNS)


def _corrections(folder: Path) -> tuple[str, str, str]:
    """Say whether the corrections of a corpus can be read, and fit their articles."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            for _ in stored(folder):
                pass
        except MediabiasError as error:
            return CORRECTIONS, "damaged", str(error)
    unfit = [str(w.message) for w in said if CORRECTIONS in str(w.message)]
    return CORRECTIONS, "stale" if unfit else "whole", unfit[0] if unfit else ""
