"""The sample corpus: it can be rebuilt, its gold quotes its raw documents, and its planted differences are there."""

from __future__ import annotations

import csv
import importlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product
from operator import mul
from pathlib import Path
from types import ModuleType
from typing import Any

import lxml.html
import pytest

from mediabias.article import DEFAULT_ZONES, WORD, ZONES

DATA = Path(__file__).resolve().parent.parent / "data"
RAW = DATA / "raw"
CLASSES = set(
    "neutral declarative arguing distancing hedged endorsing conceding denying accusing demanding promising warning "
    "praising questioning mental other".split()
)
TYPES = {
    "named official", "unnamed official", "state or institution", "expert", "company", "civil society", "citizen",
    "media", "document", "unknown",
}  # fmt: skip

Gold = dict[str, Any]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


GOLD: list[Gold] = [json.loads(line) for line in (DATA / "gold/gold.jsonl").read_text(encoding="utf-8").splitlines()]
EVENTS = rows("events.csv")
BY_ID = {a["id"]: a for a in GOLD}


def of_path(article: Gold) -> Path:
    return RAW / article["path"].split("#")[0]


def decoded(path: Path) -> str:
    """The text of a file, as an editor shows it."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def parametrized(**only: str) -> pytest.MarkDecorator:
    chosen = [a for a in GOLD if of_path(a).suffix == only.get("suffix", of_path(a).suffix)]
    return pytest.mark.parametrize("article", chosen, ids=[a["id"] for a in chosen])


@pytest.fixture(scope="module")
def builder() -> Iterator[ModuleType]:
    """The script data/build_sample.py, which finds its neighbour as it does when it is run."""
    sys.path.insert(0, str(DATA))
    yield importlib.import_module("build_sample")
    sys.path.remove(str(DATA))


@pytest.fixture(scope="module")
def markup(builder: ModuleType) -> ModuleType:
    return sys.modules["sample_markup"]


# The build ------------------------------------------------------------------------------------------------------------


def test_building_again_gives_the_committed_bytes(builder: ModuleType, tmp_path: Path) -> None:
    builder.build(tmp_path)
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    kept = [*RAW.rglob("*"), *(DATA / "gold").rglob("*"), DATA / "events.csv"]
    by_hand = {DATA / "gold" / f"{name}.csv" for name in ("framing", "statements")}
    assert made == {p.relative_to(DATA): p.read_bytes() for p in kept if p.is_file() and p not in by_hand}


@pytest.mark.parametrize(
    ("marked", "message"),
    [("{s1 mayor|He} {c1|sneezed} {t1|that}", "'sneezed' is not in cues"), ("{s1 mayor|He} {c1|said}", "no cue or no")],
)
def test_a_mistake_in_a_source_is_told(markup: ModuleType, marked: str, message: str) -> None:
    block = markup.parse_block("body", marked)
    with pytest.raises(ValueError, match=message):
        markup.attributions([(block, 0)], {"mayor": ("Mayor", "named official")}, {"said": "neutral"}, "x")


def test_markup_may_nest_and_be_discontinuous(markup: ModuleType) -> None:
    block = markup.parse_block("body", '{t1|"Go,"} {s1 a|Ann} {c1|said}, {t1|"as {s2 b|Ben} {c2|said} {t2|we must}."}')
    cast = {"a": ("Ann", "citizen"), "b": ("Ben", "citizen")}
    outer, inner = markup.attributions([(block, 5)], cast, {"said": "neutral"}, "x")
    assert block.text == '"Go," Ann said, "as Ben said we must."'
    assert [block.text[s - 5 : e - 5] for s, e in outer["content"]] == ['"Go,"', '"as Ben said we must."']
    assert outer["quotation"] == "direct" and inner["speaker"] == "Ben"


# The gold and the raw documents ---------------------------------------------------------------------------------------


@parametrized(suffix=".txt")
def test_gold_text_is_the_text_of_the_file(article: Gold) -> None:
    text = decoded(of_path(article))
    if of_path(article).name == "press_export.txt":
        number = int(article["path"].partition("#")[2] or 1)
        starts = [m.start() for m in re.finditer(r"^Document \d+ of \d+$", text, re.M)] + [len(text)]
        text = text[starts[number - 1] : starts[number]].rstrip()
    assert text == article["text"]


@parametrized(suffix=".html")
def test_gold_text_is_what_the_page_shows(article: Gold) -> None:
    page = lxml.html.fromstring(of_path(article).read_bytes())
    for element in page.xpath("//head | //script | //style | //noscript | //template"):
        element.drop_tree()
    assert "".join(page.text_content().split()) == "".join(article["text"].split())


@parametrized()
def test_zones_cover_all_characters_once(article: Gold) -> None:
    text, last = article["text"], 0
    for z in article["zones"]:
        assert z["zone"] in ZONES
        assert not text[last : z["start"]].strip()
        assert text[z["start"] : z["end"]].strip() == text[z["start"] : z["end"]] != ""
        last = z["end"]
    assert not text[last:].strip()
    headline = next(z for z in article["zones"] if z["zone"] == "headline")
    assert " ".join(text[headline["start"] : headline["end"]].split()) == article["headline"]


@parametrized()
def test_attributions_quote_the_text(article: Gold) -> None:
    text = article["text"]
    zones = [(z["start"], z["end"]) for z in article["zones"]]
    for a in article["attributions"]:
        assert a["cue"] and a["content"]
        assert a["cue_class"] in CLASSES and a["source_type"] in TYPES
        assert bool(a["speaker"]) == bool(a["source"])
        for start, end in a["source"] + a["cue"] + a["content"]:
            assert text[start:end].strip() == text[start:end] != ""
            assert any(s <= start and end <= e for s, e in zones), "a span lies within one block"
        if a["quotation"] == "direct":
            assert all(text[s] in "\"“«'‘" for s, _ in a["content"])
        if a["quotation"] == "indirect":
            assert not any(c in text[s:e] for s, e in a["content"] for c in '"“«')
    firsts = [min(s for role in ("source", "cue", "content") for s, _ in a[role]) for a in article["attributions"]]
    assert firsts == sorted(firsts)


@parametrized()
def test_articles_have_the_length_of_news(article: Gold) -> None:
    words = sum(len(WORD.findall(article["text"], z["start"], z["end"])) for z in article["zones"])
    assert 230 <= words <= 620


@parametrized()
def test_reader_finds_the_gold_text(article: Gold) -> None:
    from mediabias.readers import read

    read_articles = {a.path: a for a in read(of_path(article))}
    found = read_articles[article["path"].rpartition("/")[2]]
    assert found.text == article["text"]
    assert found.title == article["headline"]


# The table of events and the planted differences ----------------------------------------------------------------------


def test_every_event_has_the_same_six_outlets_and_two_copies() -> None:
    events = defaultdict(list)
    for r in EVENTS:
        events[r["event"]].append(r)
    assert len(events) == 6
    for members in events.values():
        assert len({r["outlet"] for r in members}) == len(members) == 6
        assert sum(bool(r["copy_of"]) for r in members) == 2
    assert {r["article_id"] for r in EVENTS} == set(BY_ID)


@pytest.mark.parametrize("row", [r for r in EVENTS if r["copy_of"]], ids=lambda r: r["article_id"])
def test_copies_share_most_of_their_words_with_the_agency(row: dict[str, str]) -> None:
    copy, story = (shingles(BY_ID[i]) for i in (row["article_id"], row["copy_of"]))
    assert len(copy & story) / len(copy) > 0.5
    others = [BY_ID[r["article_id"]] for r in EVENTS if r["event"] == row["event"] and not r["copy_of"]]
    for other in others:
        if other["id"] != row["copy_of"]:
            assert len(shingles(other) & story) / len(shingles(other)) < 0.2, other["id"]


def shingles(article: Gold) -> set[tuple[str, ...]]:
    words = [w.lower() for z in article["zones"] if z["zone"] == "body"
             for w in WORD.findall(article["text"], z["start"], z["end"])]  # fmt: skip
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


TITLE = re.compile(
    r"\b(?:[Mm]inister|[Pp]resident|Speaker|Chair\w+|[Cc]hairwoman|Mayor|Governor|Admiral|Prof\w*|Dr|Mrs?|Ms)\b"
)
ANONYMOUS = re.compile(
    r"\b(?:insiders?|sources?|pal|friend|anonymity|authorized|not (?:to )?be (?:named|used)|withheld)\b"
)


def numbers(article: Gold) -> dict[str, float]:
    """What the shipped features count, from the gold: shares of attributions and of sources, counts of claims."""
    out: dict[str, float] = defaultdict(float)
    sourced = [a for a in article["attributions"] if a["source"]]
    for a in article["attributions"]:
        out[f"attribution_verbs__{a['cue_class']}"] += 1 / len(article["attributions"])
        out[f"quotation__{a['quotation']}"] += 1 / len(article["attributions"])
    for a in sourced:
        label = article["text"][a["source"][0][0] : a["source"][0][1]]
        out[f"source_labels__type_{a['source_type'].replace(' ', '_')}"] += 1 / len(sourced)
        out["source_labels__form_title"] += bool(TITLE.search(label)) / len(sourced)
        out["source_labels__form_anonymous"] += bool(ANONYMOUS.search(label)) / len(sourced)
    out["quotation__scare"] = len(article["scare_quotes"])
    body = [(z["start"], z["end"]) for z in article["zones"] if z["zone"] in DEFAULT_ZONES]
    for claim in article["self_description"]:
        out[f"self_description__{claim['claim']}"] += not any(s <= claim["start"] < e for s, e in body)
    return out


def differences(row: dict[str, str]) -> list[float]:
    """Outlet a minus outlet b in every event in which both wrote their own story."""
    own = {(r["event"], r["outlet"]): numbers(BY_ID[r["article_id"]]) for r in EVENTS if not r["copy_of"]}
    shared = [e for e, o in own if o == row["a"] and (e, row["b"]) in own]
    return [own[e, row["a"]][row["column"]] - own[e, row["b"]][row["column"]] for e in shared]


@pytest.mark.parametrize("row", rows("planted.csv"), ids=lambda r: f"{r['column']}-{r['a']}-{r['b']}")
def test_planted_differences_are_in_the_gold(row: dict[str, str]) -> None:
    found = differences(row)
    assert len(found) == int(row["n_events"])
    if row["sign"] == "0":
        # Fisher's randomization: how many ways of swapping the two outlets in each event give as much on average.
        flipped = [abs(sum(map(mul, found, signs))) for signs in product((1, -1), repeat=len(found))]
        assert sum(f >= abs(sum(found)) - 1e-9 for f in flipped) / len(flipped) > 0.4, found
    else:
        assert all(d > 0 if row["sign"] == "+" else d < 0 for d in found), found


def test_whom_an_outlet_keeps_at_a_distance_depends_on_the_outlet() -> None:
    kept: dict[str, Counter[str]] = {"Ordavian State Broadcasting": Counter(), "The Vess Tribune": Counter()}
    for article in GOLD:
        if article["outlet"] in kept:
            kept[article["outlet"]].update(
                a["source_type"] for a in article["attributions"] if a["cue_class"] == "distancing"
            )
    state, exile = kept.values()
    assert set(exile) <= {"named official", "state or institution"}
    assert not set(state) & set(exile)


def test_a_cue_has_one_class() -> None:
    cues = rows("source/cues.csv")
    assert len({r["cue"] for r in cues}) == len(cues)
    assert {r["class"] for r in cues} <= CLASSES
