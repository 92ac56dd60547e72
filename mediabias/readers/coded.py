"""Pages with coded zones: the pages themselves, and labels that name pages and blocks by their hashes."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections import defaultdict
from pathlib import Path

from mediabias.errors import ReadError, TableError
from mediabias.outlets import Outlets
from mediabias.readers.encoding import declared_charset, decode
from mediabias.readers.html import parse_page
from mediabias.zoning.train import Coded, match_labels


def page_hash(raw: bytes) -> str:
    """Return the hash that a label names a page by."""
    return hashlib.sha256(raw).hexdigest()[:16]


def read_labels(path: Path) -> dict[str, list[tuple[str, str]]]:
    """Return for each page, by its hash, the hash and the zone of its coded blocks in their order.

    Raises
    ------
    TableError
        When a column is missing.
    """
    labels: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if missing := {"page", "block"} - set(rows.fieldnames or ()):
            raise TableError(f"{path}: no column {', '.join(sorted(missing))}; labels have page, block and zone")
        for row in rows:
            labels[row["page"]] += [(row["block"], row["zone"])] if row.get("zone") else []
    return labels


def read_coded(folder: Path, labels: Path, outlets: Outlets | None = None) -> list[Coded]:
    """Read the pages below a folder that have labels, in the order of their hashes.

    Parameters
    ----------
    folder : Path
        Pages as ``.html``, or ``.html.gz``.
    labels : Path
        A CSV with the columns page, block (hashes) and zone, as ``data/zones/labels.csv``.
    outlets : Outlets, optional
        The outlets that are known; the package's by default.

    Raises
    ------
    ReadError
        When no page of the folder has labels.
    """
    known = read_labels(labels)
    coded: dict[str, Coded] = {}
    for path in sorted((*folder.rglob("*.html"), *folder.rglob("*.html.gz"))):
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        key = page_hash(raw)
        if key not in known or key in coded:
            continue
        page, _ = parse_page(decode(raw, path.name, declared_charset(raw)), path.name, outlets)
        site = page.names[0] if page.names and page.url else path.name
        coded[key] = Coded(page, match_labels(page, known[key]), site, key)
    if not coded:
        raise ReadError(f"no page has labels in {labels}", path=str(folder))
    return [coded[key] for key in sorted(coded)]


def read_gold(folder: Path, outlets: Outlets | None = None) -> list[Coded]:
    """Read the pages of an annotated corpus of our own: pages below ``raw``, their zones in ``gold/gold.jsonl``.

    They are invented, so that they have no site, and nothing is scored on them.
    """
    coded = []
    for line in (folder / "gold" / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        path = folder / "raw" / gold["path"]
        if path.suffix != ".html":
            continue
        page, _ = parse_page(decode(path.read_bytes(), path.name), path.name, outlets)
        spans = [(z["start"], z["end"], z["zone"]) for z in gold["zones"]]
        zones, start = [], 0
        for block in page.blocks:
            zones.append(next((z for a, b, z in spans if a <= start < b), None))
            start += len(block.text) + 2
        coded.append(Coded(page, zones, ""))
    return coded
