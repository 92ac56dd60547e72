"""A corpus on disk and in memory."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from mediabias.article import Article, Attribution, Span
from mediabias.attribution import attribute
from mediabias.corpus import Corpus
from mediabias.errors import TableError
from mediabias.events import group


def test_what_is_saved_is_what_is_loaded(tmp_path: Path, sample_corpus: Corpus) -> None:
    few = Corpus([attribute(a) for a in list(sample_corpus)[:4]])
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


RAIN = "Rain Floods Port\n\nIt rained all day in the port of Ellan.\n"


def test_an_id_does_not_hang_on_what_else_is_read(tmp_path: Path) -> None:
    for folder in ("post", "echo"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "rain.txt").write_text(RAIN)
    assert [a.article_id for a in Corpus.read([tmp_path])] == ["echo/rain.txt", "post/rain.txt"]
    assert [a.article_id for a in Corpus.read(tmp_path / "post")] == ["rain.txt"]
    with pytest.raises(TableError, match=r"would both be called 'rain\.txt'; give the folder that holds both"):
        Corpus.read([tmp_path / "post", tmp_path / "echo"])


def test_a_corpus_folder_forgets_what_it_held_before(tmp_path: Path) -> None:
    Corpus([attribute(Article.from_text("“It rains,” said Dole.", "a"))]).save(tmp_path)
    Corpus([Article.from_text("It pours.", "a")]).save(tmp_path)
    assert next(iter(Corpus.load(tmp_path))).attributions is None


def test_tables_that_do_not_belong_together_are_named(tmp_path: Path) -> None:
    given = attribute(Article.from_text("“It rains,” said Dole.", "a"))
    Corpus([given.replace(attributions=given.attributions)]).save(tmp_path / "one")
    Corpus([Article.from_text("It pours.", "a")]).save(tmp_path / "two")
    shutil.copy(tmp_path / "one" / "attributions.parquet", tmp_path / "two")
    with pytest.raises(TableError, match=r"attributions\.parquet: not in manifest"):
        Corpus.load(tmp_path / "two")
    with pytest.raises(ValueError, match="outside the text of 4 characters"):
        Article("a", "Rain", attributions=(Attribution(cue=(Span(2, 9),)),))


def test_settings_travel_with_the_corpus(tmp_path: Path, sample_dir: Path) -> None:
    corpus = Corpus.read([sample_dir / "raw" / "port-strike"], outlets=sample_dir / "outlets.csv", outlet="Nobody")
    group(corpus, threshold=0.3).save(tmp_path / "c")
    settings = Corpus.load(tmp_path / "c").settings
    assert (settings.outlet, settings.threshold, settings.outlets) == ("Nobody", 0.3, str(sample_dir / "outlets.csv"))


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("30.10.2016", "2016-10-30"),
        ("30 October 2016", "2016-10-30"),
        ("2016-10-30T12:00:00+01:00", "2016-10-30T11:00:00Z"),
    ],
)
def test_dates_in_a_table_are_read_in_common_forms(tmp_path: Path, value: str, told: str) -> None:
    (tmp_path / "rain.txt").write_text(RAIN)
    (tmp_path / "meta.csv").write_text(f"path,published\nrain.txt,{value}\nsnow.txt,{value}\n")
    corpus = Corpus.read(tmp_path / "rain.txt", meta=tmp_path / "meta.csv")
    assert corpus["rain.txt"].published == told
    assert corpus.unmatched == ["snow.txt"]


@pytest.mark.parametrize(
    ("head", "value", "told"),
    [
        ("published", "10/11/2016", "line 2: published='10/11/2016' can be 2016-11-10 or 2016-10-11"),
        ("published", "soon", "line 2: published='soon' is no date"),
        ("reader", "html", "mediabias has a column 'reader' of its own; rename yours"),
    ],
)
def test_what_a_table_may_not_say_is_refused_with_its_line(tmp_path: Path, head: str, value: str, told: str) -> None:
    (tmp_path / "rain.txt").write_text(RAIN)
    (tmp_path / "meta.csv").write_text(f"path,{head}\nrain.txt,{value}\n")
    with pytest.raises(TableError, match=re.escape(told)):
        Corpus.read([tmp_path / "rain.txt"], meta=tmp_path / "meta.csv")


def test_a_table_fills_and_overrides(tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("Rain Floods Port\n\nIt rained all day in the port of Ellan.\n")
    (tmp_path / "meta.csv").write_text("path,outlet,event\nrain.txt,Ellan Post,flood\n")
    (article,) = Corpus.read([tmp_path / "rain.txt"], meta=tmp_path / "meta.csv")
    assert (article.outlet, article.event) == ("Ellan Post", "flood")


def test_a_table_without_paths_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("Rain Floods Port\n\nIt rained all day.\n")
    (tmp_path / "meta.csv").write_text("outlet\nEllan Post\n")
    with pytest.raises(TableError, match=r"meta\.csv: no column 'path', nor 'article_id'"):
        Corpus.read([tmp_path / "rain.txt"], meta=tmp_path / "meta.csv")


def test_a_source_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        Corpus.read([tmp_path / "nowhere"])
