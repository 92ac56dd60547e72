"""Pages whose text stands in their structured data, twice, torn, or in parts that an extractor passes over."""

import json

from tests.inputs.checks import Case

TEXT = (
    "The council of Ellan voted on Monday to open the dam for two weeks, a step that will flood about forty fields.",
    "“The gates are older than most of the people who turn them,” said the engineer, Ada Quill, after the vote in the hall.",
    "Bo Vale, who leads the farmers’ league, said the vote had been rushed and that the farmers would go to court.",
    "The dam lost four million litres last year, according to a report that was published by the ministry in March.",
)
TITLE = "Ellan to open its old dam"
MENU = "<nav><a href='/'>Home</a> <a href='/n'>News</a></nav>"
FOOT = "<footer><p>Copyright 2024 The Ellan Post. All rights reserved.</p></footer>"
SHOWN = {"n_body": 4, "body_contains": list(TEXT), "title": TITLE, "n_of": {"Ada Quill": 1}}


def paragraphs(texts: tuple[str, ...] = TEXT) -> str:
    """Return texts as HTML."""
    return "".join(f"<p>{t}</p>" for t in texts)


def page(body: str, data: object = None, head: str = "") -> str:
    """Return a page, with structured data where some is given."""
    script = (
        f'<script type="application/ld+json">{data if isinstance(data, str) else json.dumps(data)}</script>'
        if data
        else ""
    )
    return f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{TITLE}</title>{head}{script}</head><body>{body}</body></html>"


def article(body: str) -> str:
    """Return a page with this inside its article."""
    return page(f"{MENU}<article><h1>{TITLE}</h1>{body}</article>{FOOT}")


def data(body: object, **more: object) -> dict[str, object]:
    """Return a structured article."""
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, "articleBody": body, **more}


BLANK = f"{MENU}<h1>{TITLE}</h1><div id=root></div>{FOOT}"
UPDATES = [
    {"@type": "BlogPosting", "headline": f"Update {n}", "articleBody": t, "datePublished": f"2024-03-05T0{n}:00:00Z"}
    for n, t in enumerate(TEXT, 1)
]
CARD = "<div class='card'><a href='/x'><h3>Rain in the north</h3></a></div>"
CASES = [
    Case("lines in the structured text", "a.html", page(BLANK, data("\n".join(TEXT))), SHOWN),
    Case("HTML in the structured text", "a.html", page(BLANK, data(paragraphs())), SHOWN),
    Case("escaped HTML in the structured text", "a.html", page(BLANK, data(paragraphs().replace("<", "&lt;").replace(">", "&gt;"))), SHOWN),
    Case("a graph", "a.html", page(BLANK, {"@graph": [{"@type": "WebPage", "name": "x"}, {"@type": "Organization", "name": "The Ellan Post"}, data("\n\n".join(TEXT))]}), SHOWN),
    Case("an array", "a.html", page(BLANK, [{"@type": "BreadcrumbList"}, data("\n\n".join(TEXT))]), SHOWN),
    Case("a page about its article", "a.html", page(BLANK, {"@type": "WebPage", "mainEntity": data("\n\n".join(TEXT))}), SHOWN),
    Case("damaged data", "a.html", page(BLANK, json.dumps(data("\n\n".join(TEXT)))[:-1] + ', "x": }'), SHOWN),
    Case("the lede alone is shown", "a.html", page(f"{MENU}<article><h1>{TITLE}</h1><p>{TEXT[0]}</p><p>Subscribe to read on.</p></article>{FOOT}", data("\n\n".join(TEXT))), SHOWN),
    Case("a live blog's updates", "a.html", page(BLANK, {"@type": "LiveBlogPosting", "headline": TITLE, "liveBlogUpdate": UPDATES}),
         {"body_contains": [*TEXT, "Update 1"], "n_of": {"Ada Quill": 1}}),
    Case("instead of the text a request for cookies", "a.html", page("<div><p>Please turn on JavaScript and cookies to continue.</p></div>", data("\n\n".join(TEXT))),
         {**SHOWN, "not_body": ["cookies"]}),
    Case("a request for JavaScript and nothing else", "a.html", page("<p>You need to enable JavaScript to run this app.</p>"), {"rejected": "no text of an article"}),
    Case("a heading and nothing else", "a.html", page(BLANK), {"rejected": "no text of an article"}),
    Case("a menu and nothing else", "a.html", page(f"{MENU}<main></main>{FOOT}"), {"rejected": "no text of an article"}),
    Case("the page shows what its data says", "a.html", page(f"{MENU}<article><h1>{TITLE}</h1>{paragraphs()}</article>{FOOT}", data(" ".join(TEXT))), SHOWN),
    Case("the data is a description", "a.html", page(f"{MENU}<article><h1>{TITLE}</h1>{paragraphs()}</article>{FOOT}", data("The dam of Ellan will be opened.")), SHOWN),
    Case("for a desktop and a telephone", "a.html", article(f"<div class=desktop-only>{paragraphs()}</div><div class=mobile-only>{paragraphs()}</div>"), SHOWN),
    Case("a copy for print", "a.html", article(f"<div class=text>{paragraphs()}</div><div class=print-only><h2>{TITLE}</h2>{paragraphs()}</div>"), {**SHOWN, "n_body": 4}),
    Case("a teaser that breaks off", "a.html", article(f"<div class=intro><p>{TEXT[0][:60]}…</p></div>{paragraphs()}"), SHOWN),
    Case("a pull quote", "a.html", article(paragraphs(TEXT[:2]) + "<blockquote class=pull><p>“The gates are older than most of the people who turn them”</p></blockquote><p>Ada Quill</p>" + paragraphs(TEXT[2:])), SHOWN),
    Case("a quotation that is said twice", "a.html", article(f"{paragraphs()}<p>“No,” she said.</p><p>Would she go? “No,” she said.</p>"), {"n_body": 6}),
    Case("a lead torn at two links", "a.html", article(f"<p>When it comes to <a href=/b>dams like Ellan’s</a></p><p>, farmers in <a href=/c>the valley</a></p><p>are often the last to be asked, a study has found.</p>{paragraphs(TEXT[1:])}"),
         {"zones": {"When it comes to dams like Ellan’s, farmers in the valley are often": "body"}}),
    Case("a lead torn before a full stop", "a.html", article(f"<p>The council has asked for a report on <a href=/b>the dam of Ellan</a></p><p>. It will be read in May, the mayor said.</p>{paragraphs(TEXT[1:])}"),
         {"zones": {"The council has asked for a report on the dam of Ellan. It will": "body"}}),
    Case("a lead torn in front of a link", "a.html", article(f"<p>The council has asked the firm that built</p><p><a href=/b>the dam of Ellan</a> in 1931 for its plans, the mayor said.</p>{paragraphs(TEXT[1:])}"),
         {"zones": {"The council has asked the firm that built the dam of Ellan in": "body"}}),
    Case("a drop cap", "a.html", article(f"<p><span class='first-letter'>T</span>\n he gates were shut for years, the engineer said on Monday in the hall.</p>{paragraphs(TEXT[1:])}"), {"contains": ["The gates were"]}),
    Case("a drop cap before capitals", "a.html", article(f"<p><b>F</b> ARMERS in the valley were the last to be asked, the engineer said on Monday.</p>{paragraphs(TEXT[1:])}"), {"contains": ["FARMERS in the"]}),
    Case("a drop cap within its word", "a.html", article(f"<p><span class=drop-cap>G</span>ates were shut for years, the engineer said on Monday in the hall.</p>{paragraphs(TEXT[1:])}"), {"contains": ["Gates were"]}),
    Case("a first letter that is a word", "a.html", article(f"<p><span class=dropcap>A</span> gate was shut for years, the engineer said on Monday in the hall.</p>{paragraphs(TEXT[1:])}"), {"contains": ["A gate was"]}),
    Case("headings of sections", "a.html", article("".join(f"<section><h3>{h}</h3><p>{t}</p></section>" for h, t in zip(("Council votes on the dam", "Engineer warns of gates", "Farmers go to court", "Report is out"), TEXT, strict=True)) + CARD),
         {"not_zones": {"Council votes on the dam": "navigation", "Engineer warns of gates": "navigation", "Farmers go to court": "navigation", "Rain in the north": "body"}}),
    Case("entries of a live blog with times", "a.html", article("".join(f"<div class=entry id=e{n}><time>1{n}:05</time><h2>Update of the hour {n}: gates</h2><div><p>{t}</p></div></div>" for n, t in enumerate(TEXT))),
         {"not_zones": {"Update of the hour 1": "navigation", "Update of the hour 3": "navigation"}}),
    Case("an author's name and role side by side", "a.html", article("<div class=byline><span class='byline__name'>Marta Quill</span><span class='byline__job-title'>Political Correspondent</span></div>" + paragraphs()), {"byline": "Marta Quill"}),
    Case("a role for an author, a name on the page", "a.html", page(f"{MENU}<article><h1>{TITLE}</h1><p class=byline>By Marta Quill, Chief Reporter</p>{paragraphs()}</article>", data("", author={"name": "Staff Reporter"})), {"byline": "Marta Quill"}),
    Case("a place behind the author", "a.html", article(f"<p class=byline>By Marta Quill in Ellan</p>{paragraphs()}"), {"byline": "Marta Quill"}),
    Case("a date behind the author", "a.html", article(f"<p class=byline>By Marta Quill 5 March 2024</p>{paragraphs()}"), {"byline": "Marta Quill", "published": "2024-03-05"}),
    Case("a date with a bar behind the author", "a.html", article(f"<p class=byline>By Marta Quill | Published March 5, 2024</p>{paragraphs()}"), {"byline": "Marta Quill", "published": "2024-03-05"}),
    Case("family names first, in structured data", "a.html", page(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>", data("", author=["Quill, Marta", "Vale, Jon"])), {"byline": "Quill, Marta; Vale, Jon"}),
    Case("the day of an ordinal", "a.html", article(f"<p class=date>Monday 4th of March 2024</p>{paragraphs()}"), {"published": "2024-03-04", "zones": {"Monday 4th": "dateline"}}),
    Case("a month and an ordinal", "a.html", article(f"<div>March the 4th, 2024</div>{paragraphs()}"), {"published": "2024-03-04"}),
    Case("milliseconds since 1970", "a.html", article(f"<time datetime='1709626500000'>5 Mar</time>{paragraphs()}"), {"published": "2024-03-05T08:15:00Z"}),
]  # fmt: skip
