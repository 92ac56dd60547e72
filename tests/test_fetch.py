import functools
import hashlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

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


class _Liar(http.server.BaseHTTPRequestHandler):
    """Serves the first file as it should, and of the second what its `way` makes of it."""

    way = ""
    stopped = threading.Event()

    def do_GET(self) -> None:
        raw = CONTENT[unquote(self.path).lstrip("/")]
        bad = self.path.endswith("c.txt")
        self.send_response(200)
        told = {"promises more": len(raw) + 50, "promises less": len(raw) - 5}.get(self.way if bad else "", len(raw))
        self.send_header("Content-Length", str(told))
        self.end_headers()
        if not bad or self.way.startswith("promises"):
            self.wfile.write(raw)
        elif self.way == "breaks off":
            self.wfile.write(raw[:5])
        elif self.way == "stalls":
            self.wfile.write(raw[:5])
            self.wfile.flush()
            self.stopped.wait(20)
        elif self.way == "goes on":
            self.wfile.write(raw + b"x" * 1000)

    def log_message(self, *args: object) -> None:
        pass


@pytest.mark.parametrize("way", ["promises more", "promises less", "breaks off", "stalls", "goes on"])
def test_a_server_that_stalls_breaks_off_or_lies_is_named_and_the_next_call_goes_on(
    corpus: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: str
) -> None:
    monkeypatch.setattr(fetching, "_SECONDS", 0.5)
    stopped = threading.Event()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Liar", (_Liar,), {"way": way, "stopped": stopped}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url, cache = f"http://127.0.0.1:{server.server_address[1]}", tmp_path / "cache"
    try:
        if way in {"goes on", "promises more"}:  # the file itself is there, whatever was said of its length
            assert fetch("polnear", into=cache, url=url) == cache
        else:
            with pytest.raises(FetchError, match=r"b(?:%20| )c\.txt: .*(?:--from|manifest)"):
                fetch("polnear", into=cache, url=url)
            assert [p.name for p in cache.rglob("*.*")] == ["a.txt"]
            honest = tmp_path / "honest"
            (honest / "train/text").mkdir(parents=True)
            (honest / "train/text/b c.txt").write_bytes(
                CONTENT["train/text/b c.txt"]
            )  # only what is missing is asked for
            assert fetch("polnear", into=cache, source=honest) == cache
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()


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


def test_the_manifests_are_those_of_the_corpora(real: Path, tmp_path: Path) -> None:
    assert fetch("polnear", into=real / "polnear", source=tmp_path) == real / "polnear"
    assert fetch("basil", into=tmp_path / "b", source=real / "events" / "basil", progress=True) == tmp_path / "b"
    (tmp_path / "final_labels_SG1.csv").write_bytes((real / "loaded" / "babe_sg1.csv").read_bytes())
    assert fetch("babe", into=tmp_path / "c", source=tmp_path) == tmp_path / "c"


def test_what_has_not_been_fetched_is_said_with_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fetching, "user_cache_path", lambda name: tmp_path)
    with pytest.raises(FetchError, match="mediabias fetch basil"):
        fetching.cached("basil")
