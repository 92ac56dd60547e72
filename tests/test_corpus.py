"""A corpus on disk and in memory."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from mediabias.article import Article
from mediabias.attribution import attribute
from mediabias.corpus import Corpus
from mediabias.errors import TableError


def test_what_is_saved_is_what_is_loaded(tmp_path: Path, sample_corpus: Corpus) -> None:
    few = Corpus.from_articles([attribute(a) for a in list(sample_corpus)[:4]])
    few.save(tmp_path)
    back = Corpus.load(tmp_path)
    assert list(back) == list(few)
    pd.testing.assert_frame_equal(back.articles, few.articles)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, sample_dir: Path) -> None:
    for name in ("one", "two"):
        Corpus.read([sample_dir / "raw" / "port-strike"]).save(tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_ids_are_unique_and_a_repeated_one_is_refused() -> None:
    with pytest.raises(TableError, match="two articles have the id 'a'"):
        Corpus([Article.from_text("It rains.", "a"), Article.from_text("It pours.", "a")])


def test_documents_of_the_same_name_are_kept_apart(tmp_path: Path) -> None:
    for folder in ("post", "echo"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "rain.txt").write_text("Rain Floods Port\n\nIt rained all day in the port of Ellan.\n")
    assert [a.article_id for a in Corpus.read([tmp_path])] == ["echo-rain", "post-rain"]


def test_a_table_fills_and_overrides(tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("Rain Floods Port\n\nIt rained all day in the port of Ellan.\n")
    (tmp_path / "meta.csv").write_text("path,outlet,event\nrain.txt,Ellan Post,flood\n")
    (article,) = Corpus.read([tmp_path / "rain.txt"], meta=tmp_path / "meta.csv")
    assert (article.outlet, article.event) == ("Ellan Post", "flood")


def test_a_table_without_paths_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("Rain Floods Port\n\nIt rained all day.\n")
    (tmp_path / "meta.csv").write_text("outlet\nEllan Post\n")
    with pytest.raises(TableError, match=r"meta\.csv: no column 'path'"):
        Corpus.read([tmp_path / "rain.txt"], meta=tmp_path / "meta.csv")


def test_a_source_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        Corpus.read([tmp_path / "nowhere"])
