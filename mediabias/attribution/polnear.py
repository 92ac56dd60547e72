"""PolNeAR, the Political News Attribution Relations corpus (Newell, Margolin and Ruths 2018), as it is distributed.

A compartment is a folder with ``text/NAME.txt`` and ``attributions/NAME_ANNOTATOR.ann`` in brat's stand-off form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from mediabias.attribution.scoring import ROLES
from mediabias.errors import ReadError

Annotated = dict[str, list[list[int]]]


@dataclass(frozen=True)
class Document:
    """An annotated article; `annotations` holds the attributions of each annotator in the order of their names."""

    name: str
    text: str
    annotations: tuple[list[Annotated], ...]

    @property
    def outlet(self) -> str:
        """Return the outlet's short name, the first part of the article's."""
        return self.name.split("_")[0]


def read(compartment: str | Path) -> list[Document]:
    """Read a compartment, such as ``polnear/train``, in the order of its names.

    Raises
    ------
    ReadError
        When the folder holds no annotated text.
    """
    compartment = Path(compartment)
    annotations: dict[str, list[Path]] = {}
    for path in sorted((compartment / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem.rsplit("_", 1)[0], []).append(path)
    out = []
    for path in sorted((compartment / "text").glob("*.txt")):
        if path.stem in annotations:
            with path.open(encoding="utf8", newline="") as file:
                text = file.read()
            read_in = tuple(brat(p.read_text(encoding="utf8")) for p in annotations[path.stem])
            out.append(Document(path.stem, text, read_in))
    if not out:
        raise ReadError("no annotated text; wanted text/*.txt and attributions/*.ann", path=str(compartment))
    return out


def brat(text: str) -> list[Annotated]:
    r"""Read stand-off annotation: text spans, and events whose arguments are the roles of an attribution.

    Examples
    --------
    >>> brat("T1\tCue 3 7\tsaid\nT2\tContent 8 10;12 15\tit ins\nE1\tCue:T1 Content1:T2\n")
    [{'source': [], 'cue': [[3, 7]], 'content': [[8, 10], [12, 15]]}]
    """
    spans: dict[str, list[list[int]]] = {}
    events = []
    for line in text.splitlines():
        if m := re.match(r"(T\d+)\t\w+ ([\d ;]+)(?:\t|$)", line):
            spans[m[1]] = [[int(x) for x in part.split()] for part in m[2].split(";")]
        elif m := re.match(r"E\d+\t(.*)", line):
            event: Annotated = {role: [] for role in ROLES}
            for argument in m[1].split():
                name, reference = argument.split(":")
                role = re.sub(r"\d+$", "", name).lower()
                if role in event:
                    event[role] += spans.get(reference, [])
            events.append(event)
    return events
