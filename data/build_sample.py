"""Turn the annotated sources in ``source/`` into raw documents, gold annotation and the table of events.

Run ``python data/build_sample.py`` after editing a source; the same sources give the same bytes. How the sources are
marked up is in README.md. The order of the work: parse the markup into blocks (plain text and tags), render the blocks
into a raw document, and place the tags in the text that a reader must find in that document.
"""

from __future__ import annotations

import csv
import html
import json
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.entities import codepoint2name
from pathlib import Path
from string import Template

HERE = Path(__file__).resolve().parent
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
            return "press_export.txt" + (f"#{self.number}" if self.number > 1 else "")
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


def set_quotes(blocks: list[Block], style: str) -> None:
    """Set the quotation marks of an outlet in what the blocks show. No length changes."""
    pairs = {"curly": "“”‘’", "guillemets": "«»‘’", "straight": "\"\"''"}
    for i, b in enumerate(blocks):
        marks = pairs["curly" if i % 2 else "straight"] if style == "mixed" else pairs[style]
        shown = re.sub(r"(?:(?<=[\s(\[—“«])|^)\"", marks[0], b.text).replace('"', marks[1])
        b.shown = re.sub(r"(?:(?<=[\s(\[—“«\"])|^)'", marks[2], shown).replace("'", marks[3])


# Attributions ---------------------------------------------------------------------------------------------------------


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


# Raw documents --------------------------------------------------------------------------------------------------------

PATTERNS: dict[str, dict[str, str]] = json.loads((HERE / "source/outlets/patterns.json").read_text(encoding="utf-8"))


def inline(block: Block) -> str:
    """Return a block's text as HTML, with its links and emphasis."""
    marks = [(s, 1, -e, t) for t, s, e in block.tags if t in ("a", "em", "strong")]
    marks += [(e, 0, -s, t) for t, s, e in block.tags if t in ("a", "em", "strong")]
    out, last = "", 0
    for at, opens, _, tag in sorted(marks):
        out += html.escape(block.shown[last:at], quote=False)
        out += f"</{tag}>" if not opens else '<a href="#">' if tag == "a" else f"<{tag}>"
        last = at
    return (out + html.escape(block.shown[last:], quote=False)).replace("\n", "<br>\n")


def as_html(blocks: list[Block], patterns: dict[str, str], published: str) -> str:
    """Wrap each block in its element, and each run of blocks of one zone in the container of that zone."""
    out, i = [], 0
    while i < len(blocks):
        zone, run = blocks[i].zone, []
        while i < len(blocks) and blocks[i].zone == zone:
            run.append(patterns.get(zone, "<p>%s</p>").replace("%s", inline(blocks[i])).replace("%t", published))
            i += 1
        out.append(patterns.get(f"{zone} container", "%s").replace("%s", "\n".join(run)))
    return "\n".join(out)


def page(source: Source) -> str:
    """Return a complete HTML page in the outlet's template."""
    f, patterns = source.facts, PATTERNS[source.facts["template"]]
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": source.first("headline"),
        "datePublished": f["published"], "inLanguage": "en", "articleSection": f["section"],
        "author": [{"@type": "Person" if f.get("author") else "Organization", "name": f.get("author") or f["name"]}],
        "publisher": {"@type": "NewsMediaOrganization", "name": f["name"], "url": f"https://{f['domain']}/"},
    }  # fmt: skip
    shell = Template((HERE / f"source/outlets/{f['template']}.html").read_text(encoding="utf-8"))
    out = shell.substitute(
        title=html.escape(source.first("headline")), site=f["name"], published=f["published"], section=f["section"],
        author=f.get("author") or f["name"], url=f"https://{f['domain']}/{source.event}",
        description=html.escape(source.first("body")[:150]), json=json.dumps(data, ensure_ascii=False, indent=1),
        **{part: as_html(getattr(source, part), patterns, f["published"]) for part in ("top", "main", "bottom")},
    )  # fmt: skip
    if f.get("entities"):
        before, script, after = re.split(r"(<script type=\"application/ld\+json\">.*?</script>)", out, flags=re.S)
        before, after = (re.sub(r"[^\x00-\x7f]", entity, x) for x in (before, after))
        out = before + script + after
    return out


def entity(m: re.Match[str]) -> str:
    """Return a character's named entity, or its number."""
    name = codepoint2name.get(ord(m[0]))
    return f"&{name};" if name else f"&#{ord(m[0])};"


def as_text(blocks: list[Block], between: str = "\n\n") -> tuple[str, list[tuple[Block, int]]]:
    """Join the blocks, and say where each begins."""
    placed, at = [], 0
    for b in blocks:
        placed.append((b, at))
        at += len(b.shown) + len(between)
    return between.join(b.shown for b in blocks), placed


def as_press_document(source: Source, total: int) -> tuple[str, list[tuple[Block, int]]]:
    """Return one article as the press database prints it, with where its blocks begin."""
    f, day = source.facts, datetime.fromisoformat(source.facts["published"])
    headline, byline, body = ([b for b in source.main if b.zone in zones] for zones in (
        ["headline"], ["byline"], ["body", "credit", "correction"]))  # fmt: skip
    lines = {
        "above": [f"Document {source.number} of {total}", f["name"], f"{day:%B} {day.day}, {day.year} {day:%A}",
                  f"SECTION: {f['section'].upper()}; Pg. {f['page']}", "HEADLINE:"],
        "between": ["BYLINE:"],
        "length": [f"LENGTH: {sum(len(b.text.split()) for b in body)} words"],
        "below": [f"LOAD-DATE: {f['loaded']}", "LANGUAGE: English",
                  f"Copyright {day.year} {f['owner']}\nAll Rights Reserved"],
    }  # fmt: skip
    own = {place: [Block("other", x) for x in texts] for place, texts in lines.items()}
    blocks = [*own["above"], *headline, *own["between"], *byline, *own["length"], *body, *own["below"]]
    text, placed = "", []
    for b in blocks:
        text += "" if not text else " " if text.endswith(("HEADLINE:", "BYLINE:")) else "\n\n"
        placed.append((b, len(text)))
        text += "\n".join(wrapped(x) for x in b.shown.split("\n"))
    return text, placed


def wrapped(line: str) -> str:
    """Break a line where there is a space, so that offsets hold."""
    return "\n".join(textwrap.wrap(line, 78, break_long_words=False, break_on_hyphens=False))


# The whole ------------------------------------------------------------------------------------------------------------


def table(path: Path) -> list[dict[str, str]]:
    """Read a CSV table."""
    with path.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def sources() -> list[Source]:
    """Read every article, the agency's first in each event, since others copy from it."""
    out = []
    for folder in sorted(p for p in (HERE / "source").iterdir() if p.is_dir() and p.name != "outlets"):
        stories: dict[str, list[str]] = {}
        for path in sorted(folder.glob("*.md"), key=lambda p: (p.stem != "agency", p.stem)):
            frame, around = parse(HERE / f"source/outlets/{path.stem}.md", {})
            facts, [main] = parse(path, stories)
            out.append(Source(folder.name, path.stem, frame | facts, around[0], main, around[-1] if around[1:] else []))
    return out


def utc(stamp: str) -> str:
    """Return a time in UTC."""
    return f"{datetime.fromisoformat(stamp).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def documents(everything: list[Source]) -> Iterator[tuple[Source, str, list[tuple[Block, int]], str]]:
    """Yield each article with the text a reader must find, where its blocks begin, and its raw document."""
    exported = [s for s in everything if s.facts["form"] == "export"]
    for s in everything:
        blocks = [*s.top, *s.main, *s.bottom]
        set_quotes(blocks, s.facts["quotes"])
        if s in exported:
            s.number = exported.index(s) + 1
            text, placed = as_press_document(s, len(exported))
            yield s, text, placed, text
        elif s.facts["form"] == "html":
            text, placed = as_text(blocks)
            yield s, text, placed, page(s)
        else:
            if s.windows:
                for b in blocks:
                    assert "\n" not in b.text or not b.tags, f"{s.path}: a tag after a line end would move"
                    b.shown = b.shown.replace("\n", "\r\n")
            end = "\r\n" if s.windows else "\n"
            text, placed = as_text(blocks, 2 * end)
            yield s, text + end, placed, text + end


def row(s: Source) -> str:
    """Return an article's line in events.csv."""
    copy = f"{s.event}-agency" if any(b.wire for b in s.main) else ""
    f = s.facts
    return f"{s.article_id},{s.path},{f['name']},{utc(f['published'])},en,{s.event},{copy},{f.get('wire_credit', '')}\n"


def build(out: Path = HERE) -> None:
    """Write raw/, gold/ and events.csv below `out`."""
    cast = {r["key"]: (r["speaker"], r["type"]) for r in table(HERE / "source/cast.csv")}
    cues = {r["cue"]: r["class"] for r in table(HERE / "source/cues.csv")}
    files: dict[str, bytes] = {}
    articles, rows = [], "article_id,path,outlet,published,language,event,copy_of,wire\n"
    export = [(HERE / "source/outlets/press_export.md").read_text(encoding="utf-8").strip()]
    for s, text, placed, raw in documents(sources()):
        articles.append(gold(s, placed, text, attributions(placed, cast, cues, s.article_id)))
        rows += row(s)
        if s.number:
            export.append(raw)
        else:
            files[f"raw/{s.path}"] = raw.encode(s.facts.get("encoding", "utf-8"))
    files["raw/press_export.txt"] = ("\n\n\n\n".join(export) + "\n").encode()
    files["gold/gold.jsonl"] = "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles).encode()
    files["events.csv"] = rows.encode()
    for name, content in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)


if __name__ == "__main__":
    build()
