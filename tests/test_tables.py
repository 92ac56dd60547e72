"""Tables on disk: in parts, and whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import mediabias as mb
from mediabias import tables
from mediabias.corpus import stored
from mediabias.errors import TableError


def corpus(text: str, n: int = 1) -> mb.Corpus:
    return mb.Corpus([mb.attribute(mb.Article.from_text(text, f"{k:05}"), "rules") for k in range(n)])


def half_way(folder: Path, moved: int) -> None:
    """Bring a folder to where a stop during the last step leaves it: the new tables finished, so many of them in place."""
    corpus("“It rained,” said Ana Dole.").save(folder)
    corpus("“It pours,” said Ana Dole, “and pours.”").save(folder / "new")
    (folder / "new" / "manifest.json").rename(folder / "manifest.part")
    for n, path in enumerate(sorted((folder / "new").glob("*.parquet"))):
        path.rename(folder / (path.name if n < moved else f"{path.stem}.part"))


@pytest.mark.parametrize("moved", range(4))
def test_a_stop_in_the_last_step_leaves_nothing_half(tmp_path: Path, moved: int) -> None:
    half_way(tmp_path, moved)
    with pytest.raises(TableError, match="stopped while it put its tables in place; run `mediabias read` again"):
        mb.Corpus.load(tmp_path)
    tables.settle(tmp_path)
    assert next(iter(mb.Corpus.load(tmp_path))).text.startswith("“It pours")
    assert not list(tmp_path.glob("*.part"))


def test_a_stop_before_the_last_step_leaves_what_there_was(tmp_path: Path) -> None:
    corpus("“It rained,” said Ana Dole.").save(tmp_path)
    writer = tables.Writer(tmp_path, ("articles", "blocks"))
    fresh = corpus("It pours.")
    writer.add({"articles": fresh.articles, "blocks": fresh.blocks})
    assert next(iter(mb.Corpus.load(tmp_path))).text.startswith("“It rained")
    tables.settle(tmp_path)
    assert not list(tmp_path.glob("*.part"))
    assert next(iter(mb.Corpus.load(tmp_path))).text.startswith("“It rained")


def test_what_others_keep_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "film.part").write_text("x")
    corpus("It rains.").save(tmp_path)
    assert (tmp_path / "film.part").exists()


def test_a_corpus_is_read_in_parts_as_it_is_read_whole(tmp_path: Path) -> None:
    texts = ["“It rained,” said Ana Dole. “It did.”", "It rains.", "The mayor claimed that it rained.\n\nIt did not."]
    articles = [mb.attribute(mb.Article.from_text(texts[n % 3], f"{n:05}"), "rules") for n in range(450)]
    mb.Corpus(articles).save(tmp_path)
    assert list(mb.Corpus.load(tmp_path, "rules")) == articles
    assert [a.replace(attributions=None) for a in articles] == list(stored(tmp_path))


def test_tables_that_were_changed_by_hand_may_be_in_any_order(tmp_path: Path) -> None:
    before = corpus("“It rained,” said Ana Dole.", 450)
    before = before.with_articles(a.replace(attributions=a.attributions) for a in before)  # given, not an engine's
    before.save(tmp_path)
    for name in ("articles", "blocks", "attributions"):
        path = tmp_path / f"{name}.parquet"
        pd.read_parquet(path).iloc[::-1].to_parquet(path, index=False)
    assert [(a.article_id, a.attributions) for a in mb.Corpus.load(tmp_path)] == [
        (a.article_id, a.attributions) for a in before
    ]


def test_rows_about_no_article_are_named(tmp_path: Path) -> None:
    corpus("“It rained,” said Ana Dole.", 3).save(tmp_path)
    path = tmp_path / "blocks.parquet"
    blocks = pd.read_parquet(path)
    blocks["article_id"] = blocks["article_id"].str.replace("00001", "odd")
    blocks.to_parquet(path, index=False)
    with pytest.raises(TableError, match="rows of 'odd', which is no article of this corpus"):
        list(stored(tmp_path))
