import functools
import hashlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediabias import fetch as fetching
from mediabias.errors import FetchError
from mediabias.fetch import File, fetch

CONTENT = {"train/text/a.txt": b"Rain fell, Dole said.\n", "train/text/b c.txt": "“Été,” said Vale.\n".encode()}


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [File(p, len(raw), hashlib.sha256(raw).hexdigest()) for p, raw in CONTENT.items()]
    monkeypatch.setattr(fetching, "files", lambda name: iter(files))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path, list[str]]]:
    folder = tmp_path / "served"
    for path, raw in CONTENT.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)
    asked: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            asked.append(self.path)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", folder, asked
    server.shutdown()
    server.server_close()


def test_files_come_from_a_server_and_once_only(
    corpus: None, served: tuple[str, Path, list[str]], tmp_path: Path
) -> None:
    url, _, asked = served
    folder = fetch("polnear", into=tmp_path / "cache", url=url)
    assert {p: (folder / p).read_bytes() for p in CONTENT} == CONTENT
    n = len(asked)
    fetch("polnear", into=tmp_path / "cache", url=url)
    assert len(asked) == n
    (folder / "train/text/a.txt").write_bytes(b"damaged")
    fetch("polnear", into=tmp_path / "cache", url=url)
    assert (folder / "train/text/a.txt").read_bytes() == CONTENT["train/text/a.txt"]


def test_another_file_is_refused_and_the_rest_is_kept(
    corpus: None, served: tuple[str, Path, list[str]], tmp_path: Path
) -> None:
    url, origin, _ = served
    (origin / "train/text/b c.txt").write_bytes(b"something else")
    with pytest.raises(FetchError, match=r"b c\.txt: not the file"):
        fetch("polnear", into=tmp_path / "cache", url=url)
    assert [p.name for p in (tmp_path / "cache").rglob("*.*")] == ["a.txt"]
    (origin / "train/text/b c.txt").unlink()
    with pytest.raises(FetchError, match=r"(?i)not found.*--from"):
        fetch("polnear", into=tmp_path / "cache", url=url)


def test_a_local_copy_will_do(corpus: None, served: tuple[str, Path, list[str]], tmp_path: Path) -> None:
    _, origin, asked = served
    folder = fetch("polnear", into=tmp_path / "cache", source=origin)
    assert {p: (folder / p).read_bytes() for p in CONTENT} == CONTENT
    assert not asked
    with pytest.raises(FetchError, match=r"a\.txt"):
        fetch("polnear", into=tmp_path / "other", source=tmp_path / "nowhere")


def test_an_unknown_corpus_is_named_with_those_that_exist() -> None:
    with pytest.raises(ValueError, match="polnear"):
        fetch("nothing")


def test_the_manifest_is_that_of_the_corpus(real: Path, tmp_path: Path) -> None:
    assert fetch("polnear", into=real / "polnear", source=tmp_path) == real / "polnear"
