"""Read the annotated sources of the sample corpus: their markup, the agency's story in them, their attributions.

The markup is described in README.md. Nothing is rendered here; see build_sample.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

CLAIMS = frozenset(
    "independence impartiality accuracy public_service reader_funding persecution defiance state_relation".split()
)
ROLE = re.compile(r"([sct])(\d[\d,]*)(?: (.+))?")
QUOTED = re.compile(r"\"[^\"]*(?:\"|$)|(?<!\w)'[^']+'(?!\w)")


@dataclass
class Block:
    """One block of an article: its zone, its text, and tags as (name, start, end) into that text.

    `text` has the straight quotation marks of the source, `shown` those of the outlet, at the same places.
    """

    zone: str
    text: str
    tags: list[tuple[str, int, int]] = field(default_factory=list)
    wire: bool = False
    shown: str = ""

    def __post_init__(self) -> None:
        self.shown = self.shown or self.text


@dataclass
class Source:
    """One article as written: facts about it, and its blocks, those of the outlet's page around it included."""

    event: str
    outlet: str
    facts: dict[str, str]
    top: list[Block]
    main: list[Block]
    bottom: list[Block]

    number: int = 0  # in the export of the press database, from 1

    @property
    def article_id(self) -> str:
        """Return the stem of the raw document, with the number in it."""
        if self.number:
            return "press-export" + (f"-{self.number}" if self.number > 1 else "")
        return f"{self.event}-{self.outlet}"

    @property
    def path(self) -> str:
        """Return the raw document below ``raw/``, with the place in it."""
        if self.number:
            return f"press_export.txt#{self.number}"
        return f"{self.event}/{self.article_id}.{self.facts['form']}"

    @property
    def windows(self) -> bool:
        """Say whether the document was saved on Windows, with its encoding and its line ends."""
        return self.facts.get("encoding") == "cp1252"

    def first(self, zone: str) -> str:
        """Return what the first block of the zone shows."""
        return next(b.shown for b in self.main if b.zone == zone)


def parse_block(zone: str, marked: str, wire: bool = False) -> Block:
    """Take the ``{tag|text}`` markup out of `marked` and note where each tag held."""
    text, tags, opened, i = "", [], [], 0
    while i < len(marked):
        if marked[i] == "{":
            bar = marked.index("|", i)
            opened.append((marked[i + 1 : bar], len(text)))
            i = bar + 1
        elif marked[i] == "}":
            name, start = opened.pop()
            tags.append((name, start, len(text)))
            i += 1
        else:
            text += marked[i]
            i += 1
    if opened:
        raise ValueError(f"unclosed {opened[-1][0]!r} in {text[:60]!r}")
    return Block(zone, text, tags, wire)


def parse(path: Path, stories: dict[str, list[str]]) -> tuple[dict[str, str], list[list[Block]]]:
    """Read a source file: the facts on top, then blocks by zone, in parts where ``:: article`` parts them."""
    head, _, rest = path.read_text(encoding="utf-8").partition("\n::")
    facts = dict(re.split(r":\s*", line, maxsplit=1) for line in head.splitlines() if line)
    parts: list[list[Block]] = [[]]
    for section in re.split(r"^::", rest, flags=re.M) if rest else []:
        title, _, body = section.partition("\n")
        paragraphs = [p.strip("\n") for p in re.split(r"\n\s*\n", body) if p.strip()]
        kind, *numbers = title.split()
        if kind == "article":
            parts.append([])
        elif kind == "wire":
            story = taken(stories["agency"], numbers, paragraphs, path)
            parts[-1] += [parse_block("body", p, wire=True) for p in story]
        else:
            parts[-1] += [parse_block(kind, p) for p in paragraphs]
            if kind == "body":
                stories.setdefault(path.stem, []).extend(paragraphs)
    return facts, parts


def taken(story: list[str], numbers: list[str], edits: list[str], path: Path) -> list[str]:
    """Return the numbered paragraphs of the agency's story, with the edits ``old => new`` made in them."""
    text = "\n\n".join(story[int(n) - 1] for n in numbers)
    for line in "\n".join(edits).splitlines():
        old, new = line.split(" => ")
        if text.count(old) != 1:
            raise ValueError(f"{path}: {old!r} occurs {text.count(old)} times in the agency's paragraphs, not once")
        text = text.replace(old, new)
    return text.split("\n\n")


def quotation(parts: list[str]) -> str:
    """Say whether contents (with straight quotes) are direct, indirect or mixed."""
    if not any(QUOTED.search(p) for p in parts):
        return "indirect"
    return "mixed" if re.search(r"\w", " ".join(QUOTED.sub("", p) for p in parts)) else "direct"


def attributions(placed: list[tuple[Block, int]], cast: dict, cues: dict, name: str) -> list[dict]:
    """Collect the numbered tags of all blocks into attributions; offsets are into the raw document's text."""
    found: dict[str, dict] = {}
    for block, offset in placed:
        for tag, start, end in sorted(block.tags, key=lambda t: t[1:]):
            if not (m := ROLE.fullmatch(tag)):
                continue
            for number in m[2].split(","):
                a = found.setdefault(number, {"s": [], "c": [], "t": [], "texts": [], "note": {}})
                a[m[1]].append([offset + start, offset + end])
                a["note"].update({m[1]: m[3]} if m[3] else {})
                if m[1] in "ct":
                    a["texts"].append((m[1], block.text[start:end]))
    if broken := [n for n, a in found.items() if not a["c"] or not a["t"]]:
        raise ValueError(f"{name}: no cue or no content in attributions {broken}")
    return [one_attribution(a, cast, cues, f"{name}, attribution {n}") for n, a in sorted(found.items(), key=position)]


def position(item: tuple[str, dict]) -> tuple[int, int]:
    """Order attributions as ``Attribution.sort_key`` does."""
    a = item[1]
    return min(s for role in "sct" for s, _ in a[role]), a["c"][0][0]


def one_attribution(a: dict, cast: dict, cues: dict, place: str) -> dict:
    """Fill in what the source need not say: the class by the cue, the type by the speaker, the kind by the quotes."""
    cue = " ".join(text for role, text in a["texts"] if role == "c").lower()
    contents = [text for role, text in a["texts"] if role == "t"]
    if (cue_class := a["note"].get("c") or cues.get(cue)) is None:
        raise ValueError(f"{place}: cue {cue!r} is not in cues.csv")
    if a["s"] and a["note"].get("s") not in cast:
        raise ValueError(f"{place}: speaker {a['note'].get('s')!r} is not in cast.csv")
    speaker, source_type = cast[a["note"]["s"]] if a["s"] else ("", "unknown")
    return {
        "source": a["s"], "cue": a["c"], "content": a["t"], "cue_class": cue_class, "source_type": source_type,
        "quotation": a["note"].get("t") or quotation(contents), "speaker": speaker,
    }  # fmt: skip


def gold(source: Source, placed: list[tuple[Block, int]], text: str, annotated: list[dict]) -> dict:
    """Return one article in the interchange form."""
    spans = sorted((offset + start, offset + end, tag) for b, offset in placed for tag, start, end in b.tags)
    return {
        "id": source.article_id,
        "path": source.path,
        "text": text,
        "outlet": source.facts["name"],
        "headline": source.first("headline"),
        "wire_credit": source.facts.get("wire_credit", ""),
        "zones": [{"zone": b.zone, "start": o, "end": o + len(b.shown)} for b, o in placed],
        "attributions": annotated,
        "self_description": [{"start": s, "end": e, "claim": tag} for s, e, tag in spans if tag in CLAIMS],
        "scare_quotes": [{"start": s, "end": e} for s, e, tag in spans if tag == "scare"],
    }
