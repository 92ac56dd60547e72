"""Public corpora: articles and annotations as their files have them; files of the same form are made here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import mediabias as mb
from mediabias.errors import FetchError, ReadError


def _basil(folder: Path) -> Path:
    for n, source in enumerate(("nyt", "FOX", "hpo"), 1):
        article = {
            "source": source, "title": " Rain Floods Port ", "url": "https://a.example/rain", "date": "2011-04-07",
            "triplet-uuid": "t1", "uuid": f"u{n}", "main-event": "rain",
            "body-paragraphs": [["It rained.  Hard. "], ["“No,” she said.", "It rained."]],
        }  # fmt: skip
        spans = [
            {"id": "p2", "start": 3, "end": 9, "txt": "rained", "bias": "lex", "aim": "dir", "polarity": "neg",
             "target": "Rain", "quote": "no", "speaker": ""},
            {"id": "title", "start": 9, "end": 14, "txt": "floods", "bias": "inf", "aim": "ind", "polarity": "pos",
             "target": "Rain", "quote": "yes", "speaker": "Dole"},
        ]  # fmt: skip
        for part, name, value in (
            ("articles", f"t1_{n}.json", article),
            ("annotations", f"t1_{n}_ann.json", {"phrase-level-annotations": spans}),
        ):
            (folder / part / "2011").mkdir(parents=True, exist_ok=True)
            (folder / part / "2011" / name).write_text(json.dumps(value), encoding="utf8")
    return folder


def test_basil_is_a_corpus_whose_events_are_known(tmp_path: Path) -> None:
    corpus = mb.load("basil", _basil(tmp_path))
    assert [a.article_id for a in corpus] == ["2011/t1_1", "2011/t1_2", "2011/t1_3"]
    assert {a.outlet for a in corpus} == {"The New York Times", "Fox News", "HuffPost"}
    assert {(a.event, a.title, a.published) for a in corpus} == {("t1", "Rain Floods Port", "2011-04-07")}
    assert corpus["2011/t1_1"].zone_text("body") == "It rained.  Hard.\n\n“No,” she said. It rained."


def test_an_annotated_span_is_where_its_sentence_stands(tmp_path: Path) -> None:
    corpus, spans = mb.load("basil", _basil(tmp_path)), mb.gold("basil", tmp_path)
    assert len(spans) == 6
    for row in spans.itertuples():
        assert corpus[row.article_id].text[row.start : row.end] == row.text
    last = spans[spans["article_id"] == "2011/t1_1"].iloc[-1]
    assert last["start"] == corpus["2011/t1_1"].text.rindex("rained")
    assert spans.groupby("bias")["quoted"].first().to_dict() == {"informational": True, "lexical": False}


def test_polnear_has_outlet_date_and_annotations(tmp_path: Path) -> None:
    text = "Rain fell, Dole said.\n"
    for part, suffix, content in (
        ("text", ".txt", text),
        ("attributions", "_ab12.ann", "T1\tCue 16 20\tsaid\nE1\tCue:T1\n"),
    ):
        (tmp_path / "dev" / part).mkdir(parents=True)
        (tmp_path / "dev" / part / f"wash-post_2016-03-11_rain{suffix}").write_text(content, encoding="utf8")
    (article,) = mb.load("polnear", tmp_path)
    assert (article.outlet, article.published, article.text) == ("The Washington Post", "2016-03-11", text)
    (row,) = mb.gold("polnear", tmp_path).itertuples()
    assert (row.article_id, row.annotator, row.cue) == (article.article_id, 0, [[16, 20]])


def test_babe_is_a_table_of_sentences(tmp_path: Path) -> None:
    head = "text;news_link;outlet;topic;type;label_bias;label_opinion;biased_words\n"
    row = "It rained a flood.;https://a.example;post;rain;left;Biased;No agreement;['flood']\n"
    (tmp_path / "final_labels_SG1.csv").write_text("\ufeff" + head + row, encoding="utf8")
    (sentence,) = mb.gold("babe", tmp_path).itertuples()
    assert (sentence.text, sentence.label, sentence.words) == ("It rained a flood.", "Biased", ["flood"])


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="basil, polnear"):
        mb.load("babe")
    for name in ("basil", "polnear", "babe"):
        with pytest.raises(ReadError, match="give"):
            mb.gold(name, tmp_path)
    _basil(tmp_path)
    (tmp_path / "articles" / "2011" / "t1_2.json").write_text("{", encoding="utf8")
    with pytest.raises(ReadError, match=r"t1_2\.json.*damaged JSON.*fetch it again"):
        mb.load("basil", tmp_path)
    with pytest.raises((FetchError, ValueError)):
        mb.load("nothing")


def test_the_real_corpora_load(real: Path) -> None:
    basil, spans = mb.load("basil", real / "events" / "basil"), mb.gold("basil", real / "events" / "basil")
    assert (len(basil), len({a.event for a in basil}), len({a.outlet for a in basil})) == (150, 50, 3)
    assert len(spans) == 906
    polnear = mb.load("polnear", real / "polnear")
    assert (len(polnear), len({a.outlet for a in polnear})) == (928, 7)
