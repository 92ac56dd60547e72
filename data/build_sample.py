"""Turn the annotated sources in ``source/`` into raw documents, gold annotation and the table of events.

Run ``python data/build_sample.py`` after editing a source; the same sources give the same bytes. How the sources are
marked up is in README.md. The order of the work: sample_markup.py parses a source into blocks (plain text, tags); here
the blocks are rendered into a raw document, and the tags placed in the text that a reader must find in it.
"""

from __future__ import annotations

import csv
import html
import json
import re
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from html.entities import codepoint2name
from pathlib import Path
from string import Template

from sample_markup import Block, Source, attributions, gold, parse

HERE = Path(__file__).resolve().parent


PATTERNS: dict[str, dict[str, str]] = json.loads((HERE / "source/outlets/patterns.json").read_text(encoding="utf-8"))


def set_quotes(blocks: list[Block], style: str) -> None:
    """Set the quotation marks of an outlet in what the blocks show. No length changes."""
    pairs = {"curly": "“”‘’", "guillemets": "«»‘’", "straight": "\"\"''"}
    for i, b in enumerate(blocks):
        marks = pairs["curly" if i % 2 else "straight"] if style == "mixed" else pairs[style]
        shown = re.sub(r"(?:(?<=[\s(\[—“«])|^)\"", marks[0], b.text).replace('"', marks[1])
        b.shown = re.sub(r"(?:(?<=[\s(\[—“«\"])|^)'", marks[2], shown).replace("'", marks[3])


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
