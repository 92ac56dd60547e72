"""Features in parts: the same bytes by whomever and however often it was stopped, and nothing computed twice."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

import mediabias as mb
from mediabias.batch import extract_to, parts
from mediabias.errors import FeatureError, MediabiasError

WANTED = ["attribution_verbs", "actor_labels", "hedges_and_boosters"]


def written(folder: Path) -> dict[str, bytes]:
    """The files of a folder but for locks and parts."""
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file() and not p.name.startswith(".")}


def kept(folder: Path) -> dict[Path, int]:
    """The finished parts, with what changes when one is written again."""
    return {p: p.stat().st_ino for p in (folder / "parts").glob("*/*") if not p.suffix}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, sample_corpus: mb.Corpus) -> Path:
    """The sample three times over, each copy with ids of its own: several parts."""
    folder = tmp_path_factory.mktemp("corpus")
    many = [a.replace(article_id=f"{n}/{a.article_id}", path=f"{n}/{a.path}") for n in range(3) for a in sample_corpus]
    mb.Corpus(many, settings=mb.Settings(engine="rules")).save(folder)
    return folder


@pytest.fixture
def own(corpus: Path, tmp_path: Path) -> Path:
    """A corpus that a test may write to."""
    return Path(shutil.copytree(corpus, tmp_path / "corpus"))


@pytest.fixture(scope="module")
def once(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What one undisturbed run writes: into the corpus, and into the folder of features."""
    folder = tmp_path_factory.mktemp("once")
    shutil.copytree(corpus, folder / "corpus")
    done = extract_to(folder / "corpus", folder / "features", WANTED)
    assert done.computed["annotated"] > 2 and len(done) == 108
    return written(folder / "corpus"), written(folder / "features")


def test_it_is_what_extract_gives_in_memory(corpus: Path, once: tuple, tmp_path: Path) -> None:
    read = mb.Corpus.load(corpus)
    made = mb.extract(read, WANTED)
    made.save(tmp_path, read)
    assert written(tmp_path) == once[1]


@pytest.mark.process
def test_processes_give_the_same_bytes(own: Path, once: tuple, tmp_path: Path) -> None:
    told = []
    extract_to(own, tmp_path / "f", WANTED, jobs=2, watch=lambda done, total: told.append((done, total)))
    assert (written(own), written(tmp_path / "f")) == once
    assert sum(done for done, _ in told) == 108 and {total for _, total in told} == {108}


@pytest.mark.process
def test_a_cluster_gives_the_same_bytes(own: Path, once: tuple, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
    ) as cluster:
        with distributed.Client(cluster, set_as_default=False) as client:
            extract_to(own, tmp_path / "f", WANTED, cluster=client)
        assert (written(own), written(tmp_path / "f")) == once
        again = extract_to(own, tmp_path / "f", WANTED, cluster=cluster.scheduler_address)
        assert not any(again.computed.values())


def test_a_cluster_that_is_not_there_is_named(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(MediabiasError, match="no Dask scheduler at nonsense"):
        extract_to(own, tmp_path / "f", WANTED, cluster="nonsense://1")


def test_what_is_there_is_not_computed_again(own: Path, once: tuple, tmp_path: Path) -> None:
    first = extract_to(own, tmp_path / "f", WANTED)
    again = extract_to(own, tmp_path / "f", WANTED)
    assert all(first.computed.values()) and not any(again.computed.values())
    assert (again.attributions, again.spans, again.labels) == (first.attributions, first.spans, first.labels)
    assert (written(own), written(tmp_path / "f")) == once


def test_new_articles_are_computed_alone(own: Path, tmp_path: Path) -> None:
    before = extract_to(own, tmp_path / "f", WANTED)
    corpus = mb.Corpus.load(own)
    fresh = mb.Article.from_text("“It rains,” the mayor claimed.", "1/new", path="1/new", language="en")
    fresh = fresh.replace(attributions=None)
    corpus.with_articles([*(a.replace(attributions=None, mentions=None) for a in corpus), fresh]).save(own)
    after = extract_to(own, tmp_path / "f", WANTED)
    assert len(after) == 109 and after.attributions == before.attributions + 1
    # The corpus lost what was prepared, and all of it is found anew, but the features read the same.
    assert 1 <= after.computed["hedges_and_boosters"] <= 2 < before.computed["hedges_and_boosters"]


OWN = """
from mediabias import Evidence, Feature, Label

class Shouting(Feature):
    name = "shouting"
    labels = {"mark": Label("A mark.", "Rain!")}
    def evidence(self, article):
        for span in article.spans(self.zones):
            for i in range(span.start, span.end):
                if article.text[i] == "SIGN":
                    yield Evidence("mark", i, i + 1)
"""


def shouting(folder: Path, sign: str) -> type[mb.Feature]:
    """A user's own feature, from its file."""
    path = folder / "shouting.py"
    path.write_text(OWN.replace("SIGN", sign), encoding="utf8")
    spec = importlib.util.spec_from_file_location("shouting", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["shouting"] = module
    spec.loader.exec_module(module)
    made: type[mb.Feature] = module.Shouting
    return made


def test_a_changed_feature_is_computed_alone(own: Path, tmp_path: Path) -> None:
    extract_to(own, tmp_path / "f", ["hedges_and_boosters", shouting(tmp_path, "!")])
    again = extract_to(own, tmp_path / "f", ["hedges_and_boosters", shouting(tmp_path, "?")])
    assert again.computed["hedges_and_boosters"] == 0 < again.computed["shouting"]
    set_otherwise = mb.available()["hedges_and_boosters"](zones=("headline",))
    third = extract_to(own, tmp_path / "f", [set_otherwise, shouting(tmp_path, "?")])
    assert third.computed["hedges_and_boosters"] > 0 == third.computed["shouting"]


@pytest.mark.process
def test_a_feature_of_a_notebook_reaches_the_processes(own: Path, tmp_path: Path) -> None:
    class Here(mb.Feature):
        name = "here"
        labels = {"it": mb.Label("The article.", "It.")}

        def evidence(self, article: mb.Article) -> Iterator[mb.Evidence]:
            start = next(article.spans()).start
            yield mb.Evidence("it", start, start + 1)

    assert extract_to(own, tmp_path / "f", Here, jobs=2).labels == 108


def test_a_damaged_part_is_made_anew(own: Path, once: tuple, tmp_path: Path) -> None:
    extract_to(own, tmp_path / "f", WANTED)
    there = [p for p in sorted(kept(tmp_path / "f"))]
    there[0].write_bytes(there[0].read_bytes()[:40])
    there[-1].write_bytes(there[-1].read_bytes()[:-1] + b"x")
    again = extract_to(own, tmp_path / "f", WANTED)
    assert sum(again.computed.values()) == 2
    assert (written(own), written(tmp_path / "f")) == once


def test_a_feature_that_fails_says_on_which_article_and_the_rest_is_kept(own: Path, tmp_path: Path) -> None:
    class Broken(mb.Feature):
        name = "broken"
        labels = {"it": mb.Label("A word.", "Rain.")}

        def evidence(self, article: mb.Article) -> Iterator[mb.Evidence]:
            start = next(article.spans()).start
            yield mb.Evidence("it" if article.article_id.startswith(("0/", "1/")) else "odd", start, start + 1)

    with pytest.raises(FeatureError, match=r"feature 'broken', article '2/.*label 'odd' is not among it"):
        extract_to(own, tmp_path / "f", [Broken, "hedges_and_boosters"])
    assert kept(tmp_path / "f")


def test_two_runs_do_not_write_into_one_folder(own: Path, tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    with FileLock(tmp_path / "f" / ".lock"), pytest.raises(MediabiasError, match="another run is writing here"):
        extract_to(own, tmp_path / "f", WANTED)


# -- stopped from outside --------------------------------------------------------------------------------------------


def start(own: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "mediabias.cli", "extract", str(own), "--out", str(out)]
    return subprocess.Popen(
        [*command, "--features", ",".join(WANTED), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for_parts(out: Path, process: subprocess.Popen[str]) -> None:
    while not kept(out):
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.01)


@pytest.mark.process
def test_killed_it_goes_on_and_ends_with_the_same_bytes(own: Path, once: tuple, tmp_path: Path) -> None:
    process = start(own, tmp_path / "f")
    wait_for_parts(tmp_path / "f", process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    there = kept(tmp_path / "f")
    done = extract_to(own, tmp_path / "f", WANTED)
    assert done.computed["hedges_and_boosters"] < 5 or not there
    assert there.items() <= kept(tmp_path / "f").items()
    assert (written(own), written(tmp_path / "f")) == once


@pytest.mark.process
def test_a_killed_worker_is_replaced(own: Path, once: tuple, tmp_path: Path) -> None:
    process = start(own, tmp_path / "f", "--jobs", "2")
    workers: list[int] = []
    while len(workers) < 2 and process.poll() is None:
        workers = _children(process.pid, "loky")
        time.sleep(0.02)
    os.kill(workers[0], signal.SIGKILL)
    said = process.communicate()[0]
    assert process.returncode == 0, said
    # Beside the same tables, the command's manifest says how it was asked.
    tables = [{n: b for n, b in found.items() if n != "manifest.json"} for found in (written(tmp_path / "f"), once[1])]
    assert written(own) == once[0] and tables[0] == tables[1]


def _children(parent: int, word: str) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                line = (status.parent / "cmdline").read_bytes().decode(errors="replace")
                if word in line and "resource_tracker" not in line:
                    found.append(int(status.parent.name))
        except OSError:
            continue
    return sorted(found)


@pytest.mark.process
def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(own: Path, once: tuple, tmp_path: Path) -> None:
    code = (
        "import resource, sys\n"
        "from mediabias.cli import app\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, 6_000))\n"
        f"app(['extract', {str(own)!r}, '--out', {str(tmp_path / 'f')!r}, '--features', {','.join(WANTED)!r}])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "no room to write" in done.stderr and "it goes on from here" in done.stderr
    extract_to(own, tmp_path / "f", WANTED)
    assert (written(own), written(tmp_path / "f")) == once


@pytest.mark.parametrize("jobs", [0, -1])
def test_fewer_processes_than_one_are_refused(own: Path, tmp_path: Path, jobs: int) -> None:
    with pytest.raises(MediabiasError, match="at least 1"):
        extract_to(own, tmp_path / "f", WANTED, jobs=jobs)


def test_an_empty_corpus_has_empty_tables(tmp_path: Path) -> None:
    mb.Corpus([]).save(tmp_path / "c")
    assert len(extract_to(tmp_path / "c", tmp_path / "f", WANTED)) == 0
    mb.extract(mb.Corpus([]), WANTED).save(tmp_path / "g", mb.Corpus([]))
    names = {"evidence.parquet", "counts.parquet", "features.parquet", "dictionary.parquet"}
    mine, theirs = written(tmp_path / "f"), written(tmp_path / "g")
    assert {n: mine[n] for n in names} == {n: theirs[n] for n in names}
    assert parts.Parts(tmp_path / "f").get("prepared", "0" * 64) is None
