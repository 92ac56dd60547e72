"""Documents that are made to hang, swell or break a reader: ``python -m tests.benchmarks.hostile 10000 --seconds 10``.

Each is read by itself within the limit; prints what became of each kind, the slowest, and exits with 1 where one took longer than the
limit or brought an error that is not told of as a reject. With ``--extract`` what was read goes through attribution and features.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import sys
import tempfile
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

import mediabias as mb
from mediabias.attribution import attribute

HERE = Path(__file__).parents[1]
SEEDS = [*sorted((HERE / "readers" / "examples").iterdir()), *sorted((HERE.parent / "data" / "raw").rglob("*.*"))]
Rng = np.random.Generator
#: Pieces that patterns stumble over when they come in great numbers.
PIECES = (
    "“", '"', "'", "(", "said ", "Mr. ", "Aa ", "A. ", "-", ".", ",", " \n", "\n\n", "\t", "é\u0301", "\u202e", "\0", "\ufeff", "&lt;", "http://",
    "the the ", "1,", "said Ana Dole, ", "“It”, ", "who said that ", "according to ", "By ", "© ", "@", "U.S. ", "Ellan (Reuters) - ",
)  # fmt: skip


def repeated(rng: Rng) -> tuple[str, bytes]:
    """One or two pieces, again and again."""
    chosen = rng.choice(PIECES, size=int(rng.integers(1, 3)))
    text = "".join(chosen) * int(rng.integers(10, 30_000))
    return "txt", f"Rain Floods Port\n\n{text}\n\nIt rained.".encode()


def nested(rng: Rng) -> tuple[str, bytes]:
    """Elements within elements."""
    tag, n = (
        rng.choice(["div", "p", "b", "table><tr><td", "ul><li", "span", "blockquote", "a"]),
        int(rng.integers(100, 50_000)),
    )
    return "html", (
        f"<html><body><h1>Rain</h1>{f'<{tag}>' * n}It rained." + "</div>" * int(rng.integers(0, n))
    ).encode()


def many(rng: Rng) -> tuple[str, bytes]:
    """Very many small elements, or very long attributes."""
    n = int(rng.integers(1_000, 60_000))
    piece = rng.choice(
        [
            "<p>x</p>",
            "<br>",
            "<a href=x>y</a>",
            "<td>1",
            "<script>x</script>",
            "<!-- x -->",
            f"<p class='{'x ' * 50}'>y</p>",
        ]
    )
    return "html", f"<html><head><title>{'x' * n}</title></head><body>{piece * n}</body></html>".encode()


def entities(rng: Rng) -> tuple[str, bytes]:
    """Entities that swell as they are read, and entities from elsewhere."""
    inner = "".join(f'<!ENTITY a{k} "{f"&a{k - 1};" * 10}">' for k in range(1, 12))
    doctype = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "rain">{inner}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = rng.choice(["<rss><channel><item><title>&a9;</title><description>&f;</description></item></channel></rss>",
                       "<newsMessage>&a11;</newsMessage>", "<html><body><p>&a9;&f;</p></body></html>"])  # fmt: skip
    return "xml", (doctype + body).encode()


def bombs(rng: Rng) -> tuple[str, bytes]:
    """Archives and packed pages that swell."""
    big = b"rain " * int(rng.integers(1_000_000, 4_000_000))
    if rng.random() < 0.5:
        return "html.gz", gzip.compress(b"<html><body><p>" + big, 1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        name = rng.choice(["word/document.xml", "xl/workbook.xml", "../../rain.html", "a/b.zip", "[Content_Types].xml"])
        packed.writestr(str(name), big)
    return str(rng.choice(["zip", "docx", "xlsx"])), out.getvalue()


def data(rng: Rng) -> tuple[str, bytes]:
    """JSON, tables, mail and rich text that are nested or long beyond use."""
    n = int(rng.integers(100, 20_000))
    made = [
        ("json", "[" * n + "]" * n), ("json", '{"a":' * n + "1" + "}" * n), ("json", json.dumps({"title": "x" * n, "text": "9" * n})),
        ("csv", "title,text\n" + ('"' * (n | 1)) + ",x\n"), ("csv", "title,text," + "x," * n + "\n" + "a," * n),
        ("rtf", "{\\rtf1 " + "{" * n + "rain" + "}" * n), ("rtf", "{\\rtf1 " + "\\'e9" * n + "}"),
        ("eml", "Subject: Rain\n" + "X: y\n" * n + "\nIt rained."),
        ("eml", "Content-Type: multipart/mixed; boundary=a\n\n" + "--a\nContent-Type: multipart/mixed; boundary=a\n\n" * min(n, 2_000)),
        ("warc", "WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n"), ("jsonl", '{"text": "x"}\n' * n),
    ]  # fmt: skip
    suffix, text = made[int(rng.integers(0, len(made)))]
    return suffix, text.encode()


def mutated(rng: Rng) -> tuple[str, bytes]:
    """A real form with bytes changed, cut out, doubled, or spliced with another one's."""
    path = SEEDS[int(rng.integers(0, len(SEEDS)))]
    raw = bytearray(path.read_bytes())
    for _ in range(int(rng.integers(1, 30))):
        at, length = int(rng.integers(0, len(raw) or 1)), int(rng.integers(1, 400))
        kind = rng.integers(0, 4)
        if kind == 0:
            raw[at : at + 1] = bytes([int(rng.integers(0, 256))])
        elif kind == 1:
            del raw[at : at + length]
        elif kind == 2:
            raw[at:at] = raw[at : at + length] * int(rng.integers(1, 40))
        else:
            other = SEEDS[int(rng.integers(0, len(SEEDS)))].read_bytes()
            start = int(rng.integers(0, len(other) or 1))
            raw[at:at] = other[start : start + length]
    return path.name.partition(".")[2], bytes(raw)


KINDS: tuple[Callable[[Rng], tuple[str, bytes]], ...] = (repeated, nested, many, entities, bombs, data, mutated)
_SHARES = (0.15, 0.05, 0.05, 0.02, 0.01, 0.12, 0.6)


def documents(n: int, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """Yield n documents: kind, name, bytes."""
    for number in range(n):
        rng = np.random.default_rng((seed, number))
        kind = KINDS[int(rng.choice(len(KINDS), p=_SHARES))]
        suffix, raw = kind(rng)
        yield kind.__name__, f"{number:05}.{suffix}", raw


def main() -> int:
    """Read them all, one by one."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.hostile", description=__doc__.split("\n")[0])
    parser.add_argument("n", type=int, nargs="?", default=10_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--extract", action="store_true")
    args = parser.parse_args()
    became: dict[str, Counter[str]] = defaultdict(Counter)
    slowest: list[tuple[float, str, str]] = []
    faults: Counter[str] = Counter()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for kind, name, raw in documents(args.n, args.seed):
            path = Path(folder) / name
            path.write_bytes(raw)
            start = time.perf_counter()
            corpus = mb.Corpus.read([path], limits={"max_seconds": args.seconds, "max_bytes": 10_000_000})
            taken = time.perf_counter() - start
            reasons = list(corpus.rejected["reason"])
            if any("took longer" in r for r in reasons):
                became[kind]["given up in time"] += 1
            became[kind]["read" if len(corpus) else "rejected"] += 1
            faults.update(r.partition(";")[0][:100] for r in reasons if "please report" in r)
            if args.extract and len(corpus):
                articles = [a for a in corpus if len(a.text) < 200_000]
                mb.extract([attribute(a, "rules") for a in articles], settings=mb.Settings(engine="rules"))
                taken = time.perf_counter() - start
            slowest = sorted([*slowest, (taken, kind, name)], reverse=True)[:8]
            path.unlink()
    for kind, counts in sorted(became.items()):
        print(f"{kind:10}", ", ".join(f"{what} {n:,}" for what, n in sorted(counts.items())))
    print(
        f"{args.n:,} documents in {time.perf_counter() - begun:.0f} s; slowest:",
        ", ".join(f"{t:.1f} s {k} {n}" for t, k, n in slowest),
    )
    for fault, n in faults.most_common():
        print(f"not told well, {n} times: {fault}")
    late = args.seconds * (3 if args.extract else 1) + 2
    return int(bool(faults) or slowest[0][0] > late)


if __name__ == "__main__":
    sys.exit(main())
