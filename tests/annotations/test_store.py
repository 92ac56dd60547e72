"""What engines found is kept once: added to, never rewritten, and the same whichever features read it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

import mediabias as mb
from mediabias import prepare
from mediabias.annotations import store
from mediabias.attribution import version_of
from mediabias.attribution.engines import Found, Reading
from mediabias.attribution.rules import Rules
from mediabias.batch import extract_to, verify

TEXT = "The mayor claimed that it rained.\n\n“It did not,” said Ana Dole, a clerk. The minister believes that it did."


def files(folder: Path) -> dict[str, bytes]:
    """All files of a corpus but for locks."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not p.name.startswith(".")
    }


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    caption = mb.Article.from_text(TEXT + "\n\nMayor Bo Vale in the port.", "c")
    zones = [b.__class__(b.start, b.end, "caption" if n == 2 else b.zone) for n, b in enumerate(caption.blocks)]
    articles = [mb.Article.from_text(TEXT, i, path=i) for i in "ab"] + [caption.replace(blocks=tuple(zones))]
    mb.Corpus(articles).save(tmp_path / "corpus")
    return tmp_path / "corpus"


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many texts an engine was given, call by call."""
    seen: list[int] = []
    find = Rules.find
    monkeypatch.setattr(prepare, "_LAST", type(prepare._LAST)())

    def counted(self: Rules, given: Sequence[Reading]) -> list[list[Found]]:
        seen.append(len(given))
        return find(self, given)

    monkeypatch.setattr(Rules, "find", counted)
    return seen


RULES = mb.Settings(engine="rules")


def test_extracting_leaves_the_corpus_as_it_is_but_for_the_store(corpus: Path, tmp_path: Path) -> None:
    before = files(corpus)
    extract_to(corpus, tmp_path / "f", "attribution_verbs", RULES.changed(min_confidence=0.8))
    first = files(corpus)
    assert before.items() <= first.items() and all(
        n.startswith("annotations/rules-") for n in first.keys() - before.keys()
    )
    extract_to(corpus, tmp_path / "g", "naming", RULES)
    second = files(corpus)
    assert first.items() <= second.items()  # mentions were added, nothing was rewritten
    extract_to(corpus, tmp_path / "h", None, RULES.changed(min_confidence=0.2))
    assert files(corpus) == second


def test_another_threshold_runs_no_engine_again_and_is_not_kept(
    corpus: Path, tmp_path: Path, readings: list[int]
) -> None:
    counted = {}
    for least in (0.9, 0.0, 0.9):
        done = extract_to(corpus, tmp_path / "f", "attribution_verbs", RULES.changed(min_confidence=least))
        counted.setdefault(least, set()).add(done.attributions)
    assert len(readings) == 1
    assert {len(c) for c in counted.values()} == {1} and max(counted[0.9]) < max(counted[0.0])
    assert mb.Corpus.load(corpus).settings == mb.Settings()


def test_the_threshold_acts_alike_on_raw_and_annotated_articles(corpus: Path) -> None:
    raw = mb.Corpus.load(corpus)
    annotated = raw.with_articles(mb.attribute_all(raw, "rules"))
    settings = RULES.changed(min_confidence=0.85)
    for feature in ("attribution_verbs", "naming", "share_of_voice"):
        one, two = (mb.extract(given, feature, settings).evidence for given in (raw, annotated))
        pd.testing.assert_frame_equal(one, two)
    assert len(mb.extract(annotated, "attribution_verbs").evidence) > len(
        mb.extract(annotated, "attribution_verbs", settings).evidence
    )


def test_several_engines_stand_side_by_side(corpus: Path, tmp_path: Path, readings: list[int]) -> None:
    for engine in ("rules", "tagger", "rules"):
        extract_to(corpus, tmp_path / engine, "attribution_verbs", mb.Settings(engine=engine))
    assert len(readings) == 1
    by_engine = {e: mb.Corpus.load(corpus, e).attributions for e in ("rules", "tagger")}
    assert not by_engine["rules"]["confidence"].equals(by_engine["tagger"]["confidence"])
    folder = corpus / "annotations" / version_of("rules") / "attributions"
    assert len(pd.read_parquet(folder)) == len(by_engine["rules"])


def test_in_memory_the_engine_that_the_articles_have_counts_and_is_written_down(corpus: Path) -> None:
    raw = mb.Corpus.load(corpus)
    tables = mb.extract(raw.with_articles(mb.attribute_all(raw, "rules")), "attribution_verbs")
    assert tables.settings.engine == "rules"
    assert tables.evidence.equals(mb.extract(raw, "attribution_verbs", RULES).evidence)


def test_only_an_article_that_changed_is_read_again(corpus: Path, tmp_path: Path, readings: list[int]) -> None:
    extract_to(corpus, tmp_path / "f", "attribution_verbs", RULES)
    loaded = list(mb.Corpus.load(corpus))
    changed = loaded[0].replace(text=loaded[0].text.replace("claimed", "whispered"), attributions=None)
    mb.Corpus([changed, *loaded[1:]]).save(corpus)
    extract_to(corpus, tmp_path / "f", "attribution_verbs", RULES)
    assert readings == [6, 2]  # a story and what stands beside it, of each article
    assert "whisper" in set(mb.Corpus.load(corpus, "rules").attributions["cue_lemma"])


def test_a_damaged_part_is_named_and_made_anew(corpus: Path, tmp_path: Path) -> None:
    extract_to(corpus, tmp_path / "f", "attribution_verbs", RULES)
    whole = files(tmp_path / "f")["evidence.parquet"]
    (part,) = corpus.glob("annotations/*/attributions/*.parquet")
    part.write_bytes(part.read_bytes()[:50])
    states = verify(corpus).set_index("file")["state"]
    assert states[str(part.relative_to(corpus))] == "damaged" and (states != "whole").sum() == 1
    shutil.rmtree(tmp_path / "f")
    extract_to(corpus, tmp_path / "f", "attribution_verbs", RULES)
    assert files(tmp_path / "f")["evidence.parquet"] == whole and (verify(corpus)["state"] == "whole").all()


def test_attributions_that_were_given_count_and_are_never_replaced(corpus: Path, tmp_path: Path) -> None:
    loaded = mb.Corpus.load(corpus)
    given = [a.replace(attributions=mb.attribute(a, "rules").attributions[:1]) for a in loaded]
    mb.Corpus(given).save(corpus)
    before = files(corpus)
    assert extract_to(corpus, tmp_path / "f", "attribution_verbs").attributions == 3
    assert extract_to(corpus, tmp_path / "f", "attribution_verbs", RULES).attributions > 3
    assert before.items() <= files(corpus).items()


def test_a_feature_that_would_read_where_nothing_is_looked_for_is_refused() -> None:
    verbs = mb.available()["attribution_verbs"]
    with pytest.raises(mb.FeatureError, match="attributions are not looked for in the zone 'navigation'"):
        mb.extract([mb.Article.from_text(TEXT)], verbs(zones=("body", "navigation")))


def test_the_numbers_of_a_feature_do_not_depend_on_the_company(sample_corpus: mb.Corpus) -> None:
    few = mb.Corpus(list(mb.group(sample_corpus))[:8])
    captions = mb.available()["source_labels"](name="of_captions", zones=("body", "caption"))
    every = mb.extract(few, [*mb.available(), captions])
    for feature in [*mb.available(), captions]:
        alone = mb.extract(few, feature)
        name = feature if isinstance(feature, str) else feature.name
        among = every.evidence[every.evidence["feature"] == name].reset_index(drop=True)
        pd.testing.assert_frame_equal(alone.evidence.astype(str), among.astype(str))
        columns = [c for c in every.features if c.partition("__")[0] == name]
        pd.testing.assert_frame_equal(alone.features[columns], every.features[columns])


def test_what_is_kept_hangs_on_what_an_engine_reads_alone() -> None:
    article = mb.Article.from_text(TEXT, "a")
    same = article.replace(outlet="Post", event="flood", variables={"leaning": "left"})
    other = article.replace(blocks=tuple(b.__class__(b.start, b.end, "caption") for b in article.blocks))
    assert store.content_of(article) == store.content_of(same) != store.content_of(other)
