"""What a page itself says of its blocks: names of elements, the extractor's choice, where blocks stand to each other."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from mediabias.article import WORD
from mediabias.dates import utc
from mediabias.readers.dom import Piece
from mediabias.readers.metadata import Metadata
from mediabias.zoning import Hint
from mediabias.zoning.page import is_main_text, key_of

#: What words in tags, classes and ids say of the text inside, the first that matches; the innermost element goes first.
_HINTS = tuple(
    (zone_name, re.compile(pattern))
    for zone_name, pattern in (
        ("standfirst", r"\b(?:standfirsts?|stand first|sub ?head(?:line|ing)?s?|sub ?titles?|dek|deck|strap ?line|article (?:summary|intro|lead|excerpt|teaser|description)|(?:content|entry|post|story|page) (?:summary|intro|excerpt|subtitle)|lead (?:text|paragraph)|chapeau)\b"),
        ("newsletter", r"\b(?:newsletters?|sign ?up|subscribe box|mailing|nl box)\b"),
        ("appeal", r"\b(?:donat\w*|appeal|contributions? (?:ask|box|epic)|membership|support (?:us|box)|fundrais\w*|epic)\b"),
        ("caption", r"^<figcaption>|\b(?:caption|(?:photo|image|media|picture) (?:credit|caption)s?|figcaption)\b"),
        ("byline", r"^<address>|\b(?:bylines?|by line|authors?|author (?:name|info|bio)|contributors?|writers?)\b"),
        ("dateline", r"^<time>|\b(?:dateline|timestamp|pub date|date ?published|publish(?:ed)? ?(?:date|time|at|on)|published|date ?time|article date|entry date|post date|date modified)\b"),
        ("correction", r"\b(?:corrections?|clarifications?|editors? note)\b"),
        ("other", r"\b(?:cookies?|consent|gdpr|advert\w*|ads?|ad slot|sponsor\w*|legal|copyright|disclaimer|banner)\b"),
        ("navigation", r"^<(?:nav|button|form|select|menu)>|\b(?:nav\w*|menu|breadcrumbs?|related|recommend\w*|most (?:read|popular|viewed)|popular|trending|share|sharing|social|tags?|topics?|keywords|comments?|pagination|sidebar|side bar|rail|read (?:more|next)|more (?:on|from|stories)|promo\w*|teasers?|outbrain|taboola|toolbar|skip|search|masthead|widgets?|see also|latest|carousel|you may)\b"),
        # These say that it is not the article's body, and no more: mastheads, mottos, datelines and credits stand there too.
        ("around", r"^<(?:footer|aside|header)>|\b(?:footer|header|aside)\b"),
    )
)  # fmt: skip
#: An element of the article as a whole: whatever it is called besides, and whatever stands around it, says nothing more.
_BODY = re.compile(
    r"^<(?:body|html|article|main)>|\b(?:article|post|entry|story|text|news) (?:body|content|text)\b|\barticlebody\b"
)
#: What a name that fits adds to the log-odds of its zone.
_NAME = 6.0
_HEADINGS = ("<h1>", "<h2>")


#: A sentence or two of some length.
_SENTENCE = re.compile(r"[A-Z“\"‘'](?=(?:\S+ ){8}).{50,400}[.!?]", re.S)
#: Blocks of an article's text that an extractor must have found for the rest of the page to be no part of it.
_ENOUGH = 4


def hints_of(found: list[Piece], main: str, known: Metadata) -> list[Hint]:
    """Return what the page says of the zone of each block, in log-odds.

    Parameters
    ----------
    found : list of Piece
        The blocks, in the page's order.
    main : str
        The paragraphs that the extractor takes for main text, as keys, each between two line feeds.
    known : Metadata
        The page's title, description and authors.
    """
    marked = [next((m.split(" ")[0] for m in reversed(p.marks)), "") for p in found]
    key = key_of(known.title)
    headed = [i for i, p in enumerate(found) if marked[i] in _HEADINGS and key and key_of(p.text)[:30] == key[:30]]
    headline = headed[0] if headed else next((i for i, m in enumerate(marked) if m == "<h1>"), None)
    flat = main.replace("\n", "")
    is_main = [is_main_text(p.text, main, flat) for p in found]
    rows = _rows(found, main)
    hints = [_hint(p, m, bool(main.strip())) for p, m in zip(found, is_main, strict=True)]
    if sum(is_main) >= _ENOUGH:
        _overlooked(found, hints, is_main)
        _outside(found, hints, is_main, headline)
    authors = {key_of(name) for name in re.split(r"[,;]| and ", known.byline)} - {""}
    often = Counter(p.text for p in found)
    for n, piece in enumerate(found):
        if n in rows or (re.fullmatch(r"[_*•·~—–=-]{1,20}", piece.text) and any(is_main[:n]) and any(is_main[n + 1 :])):
            hints[n] = {"body": 8.0}  # cells of a table, and the rules that part an article's sections
        elif often[piece.text] > 2 and re.fullmatch(r"[^\d.!?]{3,60}", piece.text) and piece.text.count(" ") < 6:
            hints[n] = {"navigation": 8.0, "body": -4.0}  # a label that is repeated: "Article content"
        elif authors and not is_main[n] and key_of(re.sub(r"^[Bb]y ?", "", piece.text)) in authors:
            hints[n] = {"byline": 6.0, "body": -4.0}
    for n in _subheadings(found, is_main):
        hints[n] = {"body": 6.0, "navigation": -4.0}
    if headline is not None:
        for n in range(max(0, headline - 2), min(len(found), headline + 9)):
            is_menu = n in rows or hints[n].get("navigation", 0.0) >= _NAME
            if not is_menu and len(found[n].text) < 60 and utc(found[n].text):
                hints[n] = {"dateline": 6.0, "body": -4.0}  # a date and no more, near the headline
        for n in _other_articles(found, is_main, headline):
            hints[n] = {"navigation": 8.0, "body": -12.0}
        hints[headline] = {"headline": 12.0}
        if (first := _standfirst(found, is_main, headline, known.description)) is not None:
            hints[first] = {"standfirst": 12.0, "body": -2.0}
    return hints


def _subheadings(found: list[Piece], is_main: list[bool]) -> list[int]:
    """Return the headings of entries: behind one, within the same element, stands a part of the main text, not most of it."""
    out = []
    main = [p.path for p, m in zip(found, is_main, strict=True) if m and len(p.text) > 60]
    for n, piece in enumerate(found):
        tag = piece.path.rpartition("/")[2].split("[")[0]
        if tag not in ("h2", "h3", "h4") or piece.linked > 0.5 or len(WORD.findall(piece.text)) < 3:
            continue
        following = [k for k in range(n + 1, min(n + 4, len(found))) if len(found[k].text) > 60]
        within = f"{_parent(piece.path)}/"
        here = sum(path.startswith(within) for path in main)
        if (
            following
            and is_main[following[0]]
            and found[following[0]].path.startswith(within)
            and 2 * here <= len(main)
        ):
            out.append(n)
    return out


def _rows(found: list[Piece], main: str) -> set[int]:
    """Return the cells of tables whose rows the extractor keeps, as a line each."""
    rows: dict[str, list[int]] = {}
    for n, piece in enumerate(found):
        if "/tr" in piece.path and (row := re.match(r".*/tr(?:\[\d+\])?(?=/)", piece.path)):
            rows.setdefault(row[0], []).append(n)
    keys = {row: "".join(key_of(found[n].text) for n in cells) for row, cells in rows.items()}
    return {n for row, cells in rows.items() if len(cells) > 1 and f"\n{keys[row]}\n" in main for n in cells}


def _other_articles(found: list[Piece], is_main: list[bool], headline: int) -> list[int]:
    """Return the blocks of other articles than the headline's, where the page marks them and most of the text is in its own."""
    path = found[headline].path
    own = re.match(r".*/article(?:\[\d+\])?(?=/)", path)
    if own is None:
        return []
    within = [p.path.startswith(own[0] + "/") for p in found]
    lengths = [len(p.text) if m else 0 for p, m in zip(found, is_main, strict=True)]
    # Of a live blog each entry may be an article of its own.
    if sum(n for n, w in zip(lengths, within, strict=True) if w) < 0.5 * sum(lengths):
        return []
    return [n for n, p in enumerate(found) if not within[n] and re.search(r"/article(?:\[\d+\])?/", p.path)]


def _overlooked(found: list[Piece], hints: list[Hint], is_main: list[bool]) -> None:
    """Take a sentence that stands among the extractor's paragraphs, in elements like theirs, for one of them."""
    places = [_place(p.path) for p in found]
    usual = Counter(place for place, m in zip(places, is_main, strict=True) if m)
    long = [i for i, m in enumerate(is_main) if m and len(found[i].text) > 80]
    for n in range(long[0] + 1, long[-1]) if long else ():
        plain = not is_main[n] and not hints[n].keys() - {"body", "navigation"} and found[n].linked < 0.3
        if plain and usual[places[n]] >= _ENOUGH and len(found[n].text) > 80 and _SENTENCE.match(found[n].text):
            hints[n] = {"body": 1.5}


def _place(path: str) -> str:
    """Return the names of the elements on a path, without their numbers."""
    return re.sub(r"\[\d+\]", "", path)


def _outside(found: list[Piece], hints: list[Hint], is_main: list[bool], headline: int | None) -> None:
    """Keep other stories, above and below the text, out of it; a sentence between the headline and the text introduces it."""
    long = [i for i, m in enumerate(is_main) if m and len(found[i].text) > 80] or [is_main.index(True)]
    first, last = long[0], len(is_main) - 1 - is_main[::-1].index(True)
    introduced = any("standfirst" in h for h in hints)
    for n in (*range(first), *range(last + 1, len(found))):
        if is_main[n]:
            continue
        if headline is not None and headline < n < first:
            plain = not hints[n].keys() - {"body", "navigation"} and found[n].linked < 0.2
            if plain and not introduced and _SENTENCE.fullmatch(found[n].text):
                hints[n] = {"standfirst": 6.0, "body": -1.5}
        elif "body" in hints[n]:
            hints[n] = {**hints[n], "body": -5.0}  # other stories, above and below


def _standfirst(found: list[Piece], is_main: list[bool], headline: int, description: str) -> int | None:
    """Return the block between the headline and the text that carries the page's description or is named as one."""
    key = key_of(description)
    for n in range(headline + 1, min(headline + 9, len(found))):
        piece, words = found[n], len(WORD.findall(found[n].text))
        if words < 6 or words > 80 or piece.linked > 0.8:
            continue
        own = key_of(piece.text)
        told = len(key) > 30 and (own.startswith(key[:60]) or key.startswith(own[:60]))
        # The description is often the first paragraph again; that is body, as it stands among the other paragraphs.
        following = next(
            (k for k in range(n + 1, min(n + 6, len(found))) if is_main[k] and len(found[k].text) > 80), None
        )
        sibling = following is not None and _parent(found[following].path) == _parent(piece.path) and is_main[n]
        if (told and not sibling) or _named(piece.marks) == "standfirst":
            return n
        if is_main[n] and words > 25:
            return None
    return None


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _hint(piece: Piece, is_main: bool, any_main: bool) -> Hint:
    if re.search(r"/blockquote(?:\[\d+\])?(?:/.*)?/(?:footer|cite)(?:\[\d+\])?$", piece.path):
        return {"body": 6.0}  # whose words the quotation above is
    name = _named(piece.marks)
    if name == "byline" and len(WORD.findall(piece.text)) > 14:
        name = "other"  # the author's biography, not the line that names the author
    if name == "standfirst":
        return {"standfirst": 1.0} if not is_main else {"body": 2.0}
    if is_main and name not in ("newsletter", "appeal", "caption", "correction"):
        # What the extractor keeps is body, but for boxes that carry their own name inside the article, and lone links.
        if piece.linked > 0.8:
            return {"body": 1.0, "navigation": 2.0 if piece.text.rstrip()[-1:] in '.!?”"' else 4.5}
        # A paragraph may lack its full stop; it is none the shorter for it.
        stopped = len(piece.text) < 150 or piece.text.rstrip()[-1:] in '.!?…”"'
        return {"body": 3.0 if stopped else 5.0}
    if name == "around":
        return {"body": -2.0, "navigation": 1.0}
    if name:
        return {name: _NAME, "body": -2.0}
    if piece.linked > 0.8:
        return {"navigation": 3.0}
    return {"body": -1.5, "navigation": 0.5} if any_main else {}


def _named(marks: tuple[str, ...]) -> str | None:
    """Return the zone that the names of an element speak for, its own before those around it."""
    for mark in reversed(marks):
        zone_name = _spoken_for(mark)
        if zone_name is not None:
            return zone_name or None
    return None


@lru_cache(8192)
def _spoken_for(mark: str) -> str | None:
    """Return the zone that an element's names speak for, an empty string for the body, or None where they say nothing."""
    if _BODY.search(mark):
        return ""
    return next((zone_name for zone_name, pattern in _HINTS if pattern.search(mark)), None)
