"""What `verify` says of a folder, whole or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import mediabias as mb
from mediabias.batch import extract_to, verify
from mediabias.cli import app
from mediabias.errors import TableError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    mb.Corpus([mb.Article.from_text("“It rains,” the mayor claimed.", "a")]).save(tmp_path / "corpus")
    extract_to(tmp_path / "corpus", tmp_path / "features", "attribution_verbs")
    return tmp_path


def states(folder: Path) -> dict[str, str]:
    table = verify(folder)
    return dict(zip(table["file"], table["state"], strict=True))


def test_a_whole_folder_is_whole(folder: Path) -> None:
    assert set(states(folder / "corpus").values()) == set(states(folder / "features").values()) == {"whole"}


def test_each_damage_is_named_with_its_mend(folder: Path) -> None:
    out = folder / "features"
    (out / "counts.parquet").write_bytes((out / "counts.parquet").read_bytes()[:-4])
    (out / "evidence.parquet").unlink()
    (out / "odd.parquet").write_bytes(b"PAR1")
    part = next((out / "parts").glob("attribution_verbs/*"))
    part.write_bytes(part.read_bytes()[:-1])
    table = verify(out).set_index("file")
    assert table.loc["counts.parquet", "state"] == "damaged" and "extract` again" in table.loc["counts.parquet", "mend"]
    assert table.loc["evidence.parquet", "state"] == "missing"
    assert table.loc["odd.parquet", "mend"] == "an older run's: delete it"
    assert table.loc[part.relative_to(out).as_posix(), "mend"] == "nothing: the next run makes it anew"
    done = CliRunner().invoke(app, ["verify", str(folder / "corpus"), str(out)])
    assert done.exit_code == 1
    assert "counts.parquet: damaged; run `mediabias extract` again" in done.output
    assert f"{folder / 'corpus'}: 3 of 3 files are whole" in done.output


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no manifest"):
        verify(tmp_path)
    done = CliRunner().invoke(app, ["verify", str(tmp_path)])
    assert done.exit_code == 2
