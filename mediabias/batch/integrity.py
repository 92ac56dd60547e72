"""Whether a folder of a corpus or of features is whole, and what to do where it is not."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from mediabias import tables
from mediabias.batch.parts import FOLDER, read_part

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
        file, state ("whole", "damaged", "missing", "unknown"), and what to do about it, empty where it is whole.

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
    for path in sorted((folder / FOLDER).glob("*/*")):
        is_whole = path.suffix == "" and read_part(path) is not None
        name = path.relative_to(folder).as_posix()
        rows.append(
            (name, "whole" if is_whole else "damaged", "" if is_whole else "nothing: the next run makes it anew")
        )
    return pd.DataFrame(rows, columns=_COLUMNS)
