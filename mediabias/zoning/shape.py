"""Blocks as numbers: their length and look, where they stand on the page and to its main text, what rules say of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from mediabias.article import ZONES
from mediabias.outlets import Outlets, shipped
from mediabias.zone_cues import explain
from mediabias.zoning.page import Page, is_main_text, key_of, plain_path

_TAGS = {
    tag: n
    for n, tag in enumerate(
        "h1 h2 h3 h4 h5 h6 p li a button span div td th figcaption blockquote label form nav header footer aside section "
        "article main figure ul ol table time address em strong dt dd option select body pre".split()
    )
}
_ANCESTORS = "nav header footer aside section article main figure form ul ol table blockquote li a figcaption select button".split()  # fmt: skip
_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.!?…。！？।؟][\"'”’)\]]*$")
_SENTENCE_END = re.compile(r"[.!?](?: |$)")
_WE = re.compile(r"\b(?:we|us|our|ours)\b", re.I)
_YOU = re.compile(r"\b(?:you|your|yours)\b", re.I)
_DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b\d{4}\b|\b\d{1,2}:\d{2}\b|\bago\b", re.I
)
_CREDIT = re.compile(
    r"\b(?:getty|reuters|afp|ap|epa|pa|shutterstock|alamy|istock|photo(?:graph)?s?|image|picture|credit|courtesy|"
    r"illustration|file)\b",
    re.I,
)
_ASKS = re.compile(
    r"^(?:support|donate|subscribe|join|become|get|sign|help|give|make|follow|download|buy|start|read|click|share|enter|"
    r"contribute|try|stay|don.t)\b",
    re.I,
)
#: Characters of a block that are looked at.
_READ = 500
#: Blocks further than this from a landmark are as far as any other.
_FAR = 30
#: Paragraphs of the main text that are long enough to mark where it begins and ends.
_LONG = 80
_ZONE = {zone: n for n, zone in enumerate(ZONES)}


def measure(page: Page, outlets: Outlets | None = None) -> np.ndarray:
    """Return one row of numbers for each block of a page.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> block = SimpleNamespace(text="It rained.", path="/html/body/p", marks=("<p>",), linked=0.0)
    >>> measure(Page([block, block])).shape[0]
    2
    """
    outlets = outlets or shipped()
    keys = [key_of(b.text) for b in page.blocks]
    flat = page.main.replace("\n", "")
    is_main = [is_main_text(b.text, page.main, flat) for b in page.blocks]
    return np.hstack([
        _look(page),
        _place(page, keys, is_main),
        _elements(page),
        _rules(page, outlets),
    ])  # fmt: skip


def _look(page: Page) -> np.ndarray:
    """Return what a block looks like by itself."""
    rows = [
        (*_look_of(b.text[:_READ]), np.log1p(len(b.text)), b.linked, any(n in b.text.casefold() for n in page.names))
        for b in page.blocks
    ]
    return np.array(rows, float)


@lru_cache(8192)
def _look_of(text: str) -> tuple[float, ...]:
    words, last, lower = _WORD.findall(text), text.rstrip()[-1:], text.casefold()
    n, letters = max(1, len(words)), sum(map(str.isalpha, text)) or 1
    return (
        np.log1p(len(words)), sum(map(str.isupper, text)) / letters, sum(map(str.isdigit, text)) / max(1, len(text)),
        sum(w[0].isupper() for w in words) / n,
        _STOP.search(text) is not None, last == ":", text[:1].islower(), text[:1] in "\"“‘'",
        '"' in text or "“" in text, text.count("\n"), len(_SENTENCE_END.findall(text)),
        "|" in text or "•" in text or "·" in text, "©" in text or "copyright" in lower,
        "$" in text or "€" in text or "£" in text, "@" in text, "!" in text, "?" in text,
        len(_WE.findall(text)), len(_YOU.findall(text)), _DATE.search(text) is not None,
        len(_CREDIT.findall(text)), _ASKS.match(text) is not None,
    )  # fmt: skip


def _place(page: Page, keys: Sequence[str], is_main: Sequence[bool]) -> np.ndarray:
    """Return where a block stands: on the page, to the headline, to the main text and its element."""
    blocks, n = page.blocks, len(page.blocks)
    mains = [i for i, m in enumerate(is_main) if m]
    long = [i for i in mains if len(blocks[i].text) > _LONG] or mains or [0]
    first, last = long[0], long[-1]
    headline = _headline(page, keys, first)
    title, described = key_of(page.title), key_of(page.description)
    authors = {key_of(name) for name in re.split(r"[,;]| and ", page.byline)} - {""}
    paths = [plain_path(b.path) for b in blocks]
    parents = [b.path.rpartition("/")[0] for b in blocks]
    repeated, siblings, alike = Counter(b.text for b in blocks), Counter(parents), Counter(paths)
    usual = _commonest([paths[i] for i in mains])
    box = _commonest([parents[i] for i in mains])
    length, before = sum(len(b.text) for b in blocks), 0
    rows = []
    for i, block in enumerate(blocks):
        key, depth = keys[i], block.path.count("/") + 1
        shared = _shared(block.path, box)
        rows.append((
            i / n, np.log1p(i), np.log1p(n - 1 - i), before / length,
            is_main[i], _near(i - first), _near(i - last), first <= i <= last, _near(i - headline), i == headline,
            bool(title and key) and key[:30] == title[:30], len(key) > 15 and key in title,
            bool(described) and len(key) > 20 and (key[:50] in described or described[:50] in key),
            key in authors or (key[:2] == "by" and key[2:] in authors),
            len(block.text) < 200 and any(len(a) > 5 and a in key for a in authors),
            min(repeated[block.text], 5), np.log1p(alike[paths[i]]), np.log1p(siblings[parents[i]]),
            paths[i] == usual, shared, depth - shared, depth, parents[i] == box,
        ))  # fmt: skip
        before += len(block.text)
    return np.array(rows, float)


def _headline(page: Page, keys: Sequence[str], first: int) -> int:
    title = key_of(page.title)
    titled = (i for i, key in enumerate(keys) if len(key) > 8 and title and key[:30] == title[:30])
    headed = (i for i, b in enumerate(page.blocks) if b.marks and b.marks[-1].startswith("<h1>"))
    return next(titled, next(headed, max(0, first - 1)))


def _commonest(values: Sequence[str]) -> str:
    counts = Counter(values)
    return max(counts, key=lambda v: (counts[v], v), default="")


def _near(distance: int) -> int:
    return max(-_FAR, min(_FAR, distance))


def _shared(path: str, box: str) -> int:
    """Return how many elements two paths share from the root on."""
    n = 0
    for a, b in zip(path.split("/"), box.split("/"), strict=False):
        if a != b:
            break
        n += 1
    return n


def _elements(page: Page) -> np.ndarray:
    """Return the block's element and those around it, one column each."""
    out = np.zeros((len(page.blocks), len(_TAGS) + len(_ANCESTORS)))
    for row, block in zip(out, page.blocks, strict=True):
        row[_element_columns(plain_path(block.path))] = 1
    return out


@lru_cache(8192)
def _element_columns(path: str) -> list[int]:
    tags = path.split("/")
    own = [_TAGS[tags[-1]]] if tags[-1] in _TAGS else []
    return own + [n for n, tag in enumerate(_ANCESTORS, len(_TAGS)) if tag in tags]


def _rules(page: Page, outlets: Outlets) -> np.ndarray:
    """Return what the reader's hints and the cues say of a block, one column a zone each."""
    out = np.zeros((len(page.blocks), 2 * len(ZONES)))
    for row, hint in zip(out, page.hints, strict=False):
        for zone, value in hint.items():
            row[_ZONE[zone]] = value
    for row, block in zip(out, page.blocks, strict=True):
        for zone, weight, _ in explain(block.text, outlets):
            row[len(ZONES) + _ZONE[zone]] += weight
    return out
