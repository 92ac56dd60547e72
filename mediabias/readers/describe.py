"""What a text says of itself: outlet, headline, byline, date, agencies; from its own zones, never from its body."""

from __future__ import annotations

import re
from collections import Counter

from mediabias.article import Article
from mediabias.dates import utc
from mediabias.language import detect
from mediabias.outlets import Outlets
from mediabias.readers.bylines import person
from mediabias.text.folding import fold

_BOXES = ("self_description", "appeal", "newsletter", "navigation", "other", "credit", "correction", "byline")
_NAME = r"((?:The |the )?[A-Z][\w’'&.-]*(?: (?:of |the |and |for )?[A-Z][\w’'&.-]*){0,4})"
_SELF = (
    (4, re.compile(rf"\b(?:[Mm]essage|[Ll]etter|[Nn]ote|[Aa]ppeal) from {_NAME}")),
    (4, re.compile(rf"\b(?:journalists|editors|staff|reporters|newsroom|team) (?:of|at) {_NAME}")),
    (3, re.compile(rf"^[Ss]upport {_NAME}[!.]?$", re.M)),
    (
        2,
        re.compile(
            rf"\b(?:[Bb]y supporting|[Dd]onate to|[Ss]ubscribe to|[Jj]oin|[Ss]upport|[Rr]eaders of|[Ff]ollow) {_NAME}"
        ),
    ),
    (2, re.compile(rf"(?:©|\([Cc]\)|[Cc]opyright)\s*(?:©\s*)?(?:\d{{4}}(?:\s*[-–]\s*\d{{4}})?)?,?\s*{_NAME}")),
    (1, re.compile(rf"\b(?:from|at|by|[Mm]ore on) {_NAME}")),
    (2, re.compile(r"\b((?:www\.)?[a-z][\w-]*(?:\.[a-z][\w-]+)*\.(?:com|org|net|news|press|io|co\.uk|eu|info))\b")),
)
_NO_OUTLET = frozenset(
    "facebook twitter telegram whatsapp youtube instagram google apple us our privacy terms paypal now".split()
)
_DATE = re.compile(
    r"\b(?:\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?"
    r"|\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s+\d{4}"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})\b"
)


#: A name of two to six words that is the whole line, or stands before a date.
_ALONE = re.compile(r"((?:[^\W\d_][\w.’'-]+ ){1,5}[^\W\d_][\w’'-]+)(?=$| ?[|·•,]? ?\d)")
_WHOLE_NAME = re.compile(r"(?:[^\W\d_a-z][\w.’'-]* ){1,3}[^\W\d_a-z][\w’'-]+")
_DESK = re.compile(
    r"(?i:\b(?:staff|reporters?|correspondents?|editors?|desk|newsroom|agenc\w+|press|news|services?|updated|published|january|february|"
    r"march|april|may|june|july|august|september|october|november|december)\b)|(?:^| )(?!(?:al|and|bin|da|de|der|la|van|von) )[a-z]"
)
#: A credit for a picture says nothing of who wrote the story.
_PICTURE = re.compile(
    r"\b(?:photo(?:graph|s|grapher)?|image|images|picture|pictures|pic|getty|shutterstock|alamy|illustration|video|"
    r"graphic|file pic|epa-efe|zuma|pool)\b|\w/(?:AP|AFP|Reuters|EPA|PA|TASS)\b|\b(?:AP|AFP|Reuters|EPA|PA)/\w",
    re.I,
)


def described(article: Article, outlets: Outlets) -> Article:
    """Return the article with the fields filled that its own zones tell; fields that are set are kept."""
    outlet = article.outlet or _outlet(article, outlets)
    known = outlets.find(outlet)
    own = known.credit if known else outlet
    return article.replace(
        language=_language(article),
        title=article.title or _title(article.zone_text("headline")),
        byline=article.byline or _byline(article, outlets),
        published=article.published or _published(article),
        outlet=outlet,
        # An agency that credits itself has not taken the story from anybody.
        wire=article.wire or "; ".join(a for a in _agencies(article, outlets) if a != own),
    )


def _title(headline: str) -> str:
    """Return a headline without Markdown's marks and soft hyphens."""
    folded = fold(headline)
    return " ".join((folded.text if folded else headline).split())


def _language(article: Article) -> str:
    """Return the language that the body is in; what a page declares counts where the body is too short to tell."""
    body = article.zone_text("body")
    found = detect(body) if len(body) >= 200 else ""
    declared = article.language.split("-")[0].lower()
    return article.language if not found or found == declared else found


def _byline(article: Article, outlets: Outlets) -> str:
    """Return who the article is by: what follows "by", or a name that stands alone or before a date."""
    for span in article.spans(("byline",)):
        line = span.of(article.text)
        if m := re.match(r"(?:[\w ]{0,12}\b)?[Bb][Yy]:?\s+(.{2,80})", line):
            return person(m[1])
        if (
            (name := person(line)) != " ".join(line.split())
            and _WHOLE_NAME.fullmatch(name)
            and outlets.find(name) is None
        ):
            return name
        if (m := _ALONE.match(line)) and not _DESK.search(m[1]) and outlets.find(m[1]) is None:
            return m[1]
    return ""


def _published(article: Article) -> str:
    for span in article.spans(("byline", "dateline", "headline", "other", "navigation")):
        line = span.of(article.text)
        if len(line) < 60 and article.zone_at(span.start) == "dateline" and (found := utc(line)):
            return found
        if (m := _DATE.search(span.of(article.text))) and (found := utc(m[0])):
            return found
    return ""


def _outlet(article: Article, outlets: Outlets) -> str:
    """Return the outlet that the boxes name most clearly, or an empty string."""
    text = article.zone_text(*_BOXES)
    votes: Counter[str] = Counter()
    for weight, pattern in _SELF:
        for m in pattern.finditer(text):
            name = re.sub(r"(?:[’']s?|[.,:])+$", "", m[1]).strip()
            if name.lower() in _NO_OUTLET or len(name) < 3:
                continue
            known = outlets.find(name)
            if known is None and (weight < 2 or "." in name):
                continue
            if known is not None and known.agency:
                continue
            votes[known.name if known else name] += weight + (3 if known else 0)
    best = max(votes.items(), key=lambda item: (item[1], len(item[0]), item[0]), default=("", 0))
    return best[0] if best[1] >= 3 else ""


def _agencies(article: Article, outlets: Outlets) -> list[str]:
    found = [
        a
        for z in ("credit", "byline", "dateline")
        for s in article.spans((z,))
        if not _PICTURE.search(s.of(article.text))
        for a in outlets.agencies_in(s.of(article.text))
    ]
    for span in list(article.spans(("body",)))[:1]:
        opening = re.match(r"[^a-z]{0,60}?\(([^)]{2,40})\)\s?[—–-]", span.of(article.text)[:90])
        if opening or (opening := re.match(r".{2,50}?\(([A-Z][\w. ]{1,40})\)\s?[—–-]", span.of(article.text)[:90])):
            found += outlets.agencies_in(f"({opening[1]})") or [opening[1]]
    return list(dict.fromkeys(found))
