"""Reading raw documents: what each kind gives, and what is refused with which words."""

from __future__ import annotations

import errno
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediabias as mb
from mediabias.corpus import Corpus
from mediabias.errors import ReadError
from mediabias.readers.base import Document
from mediabias.readers.encoding import decode
from mediabias.readers.html import read_html
from mediabias.readers.text import read_text

STORY = "“It rains,” the mayor said on Monday, and nobody in the port answered him for a week."


def gold(sample_dir: Path) -> dict[str, dict]:
    lines = (sample_dir / "gold" / "gold.jsonl").read_text(encoding="utf8").splitlines()
    return {g["text"]: g for g in map(json.loads, lines)}


def test_the_sample_is_read_as_annotated(sample_dir: Path, sample_corpus: Corpus) -> None:
    known = gold(sample_dir)
    wrong = total = 0
    for article in sample_corpus:
        annotated = known[article.text]  # the text itself is that of the annotation, to the character
        assert (article.outlet, article.title) == (annotated["outlet"], annotated["headline"]), article.article_id
        assert article.wire == annotated["wire_credit"], article.article_id
        for z in annotated["zones"]:
            total += z["end"] - z["start"]
            wrong += sum(article.zone_at(i) != z["zone"] for i in range(z["start"], z["end"]))
    assert wrong <= 0.01 * total


def test_every_character_lies_in_exactly_one_block(sample_corpus: Corpus) -> None:
    for article in sample_corpus:
        assert article.blocks[0].start == 0
        assert article.blocks[-1].end == len(article.text)
        assert all(a.end == b.start for a, b in zip(article.blocks, article.blocks[1:], strict=False))


@given(st.text(max_size=300))
def test_any_text_is_covered_by_its_blocks(text: str) -> None:
    article = read_text(text, "any.txt")
    assert "".join(article.text[b.start : b.end] for b in article.blocks) == (text if article.blocks else "")


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40), min_size=1, max_size=6)
)
def test_any_paragraph_of_a_page_is_shown_escaped_and_never_run(paragraphs: list[str]) -> None:
    from html import escape

    page = "<html><body>" + "".join(f"<p>{escape(p)}</p>" for p in paragraphs) + "</body></html>"
    try:
        article = read_html(page, "any.html")
    except ReadError:
        assert not "".join(paragraphs).strip()
        return
    assert article.text.replace("\n\n", " ").split() == " ".join(paragraphs).split()
    assert "<script" not in mb.annotated(article).markup


def test_what_a_page_hides_is_not_read() -> None:
    page = f"<body><h1>Rain</h1><p>{STORY}</p><p style='display: none'>x1</p><script>x2</script><template>x3</template>"
    assert not {"x1", "x2", "x3"} & set(read_html(page, "x.html").text.split())


def test_the_head_of_a_page_tells_outlet_date_and_author() -> None:
    page = f"""<html lang="en"><head><script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Rain",
    "datePublished": "2024-03-04T13:05:00+02:00", "author": {{"name": "Ana Dole"}}, "publisher": {{"name": "Ellan Post"}}}}
    </script></head><body><h1>Rain</h1><p>{STORY}</p></body></html>"""
    article = read_html(page, "x.html")
    assert (article.outlet, article.title, article.byline) == ("Ellan Post", "Rain", "Ana Dole")
    assert (article.published, article.language) == ("2024-03-04T11:05:00Z", "en")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_encodings_do_not_move_offsets(tmp_path: Path, encoding: str) -> None:
    text = f"Rain Floods Port\n\n{STORY}\n\n“Nobody came — not one,” said Dole’s brother in the harbour.\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    (article,) = mb.read(path)
    assert article.text == text


def test_a_page_says_its_encoding_itself() -> None:
    raw = "<html><head><meta charset='koi8-r'></head><body><p>Дождь</p></body></html>".encode("koi8-r")
    assert "Дождь" in decode(raw, declared="koi8-r")


REFUSED = {
    "empty.html": (b"", "empty"),
    "blank.txt": (b" \n\n ", "empty"),
    "paper.html": (b"%PDF-1.4\n%\xe2\xe3", "a PDF"),
    "office.docx": (b"PK\x03\x04rest", "no document of Word"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n", "picture"),
    "packed.html": (b"\x1f\x8b\x08", "gzip data"),
    "data.json": (b'{"a": [1, 2]}', "JSON"),
    "script.html": (b"<html><body><script>f()</script></body></html>", "no text"),
}


def test_what_cannot_be_read_is_listed_with_its_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    for name, (raw, _) in REFUSED.items():
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "dead-link.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "good.txt").write_text(f"Rain Floods Port\n\n{STORY}\n")
    corpus = Corpus.read([tmp_path])
    assert [a.article_id for a in corpus] == ["good.txt"]
    reasons = {Path(r.path).name: r.reason for r in corpus.rejected.itertuples()}
    assert reasons.keys() == {*REFUSED, "dead-link.txt"}
    assert all(word in reasons[name] for name, (_, word) in REFUSED.items())
    assert all(";" in reason for name, reason in reasons.items() if name != "script.html")  # what is wrong; the mend


def test_a_document_over_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text("x" * 2000)
    with pytest.raises(ReadError, match="more than the limit of 1,000 bytes"):
        mb.read(tmp_path / "big.txt", max_bytes=1000)


def test_a_large_page_is_read(tmp_path: Path) -> None:
    script = "<script>" + "var x = 1;\n" * 500_000 + "</script>"
    (tmp_path / "large.html").write_text(f"<html><body>{script}<h1>Rain</h1><p>{STORY}</p></body></html>")
    (article,) = mb.read(tmp_path / "large.html")
    assert article.zone_text("body") == STORY


def test_a_deeply_nested_page_is_read() -> None:
    page = "<div>" * 3000 + f"<p>{STORY}</p>" + "</div>" * 3000
    assert STORY in read_html(page, "deep.html").text


def export(*numbers: int, of: int) -> str:
    one = "Document {n} of {of}\nHEADLINE: Rain {n}\nSOURCE: Ellan Post\n\nBODY:\n{story}\n\n"
    return "".join(one.format(n=n, of=of, story=STORY) for n in numbers)


def test_an_article_that_an_export_lacks_loses_no_other(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(export(1, 3, of=3))
    corpus = Corpus.read([tmp_path])
    assert [(a.article_id, a.title) for a in corpus] == [("x.txt#1", "Rain 1"), ("x.txt#2", "Rain 3")]
    ((path, place, reason),) = corpus.rejected.values.tolist()
    assert (path, place) == ("x.txt", "document 2") and "announces 3 documents" in reason


def test_an_iso_time_with_a_zone_in_a_text_is_a_date(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Rain Floods Port\n\nBy Ana Dole, 2024-03-04T13:05:00+02:00\n\n{STORY}\n")
    (article,) = mb.read(tmp_path / "a.txt")
    assert article.published == "2024-03-04T11:05:00Z"


def test_a_page_packed_with_gzip_is_read(tmp_path: Path) -> None:
    page = f"<html><body><h1>Rain</h1><p>{STORY}</p></body></html>".encode()
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(page))
    (article,) = mb.read(tmp_path / "a.html.gz")
    assert article.reader == "html" and article.zone_text("body") == STORY


@pytest.mark.parametrize("mark", ["Dokument FAZ000{n}", "End of Document", "LENGTH: 31{n} words"])
def test_an_export_that_no_reader_knows_is_no_article(tmp_path: Path, mark: str) -> None:
    text = "".join(f"{mark.format(n=n)}\n\nRain\n\n{STORY}\n\n" for n in range(1, 7))
    (tmp_path / "x.txt").write_text(text)
    corpus = Corpus.read([tmp_path])
    assert len(corpus) == 0 and "many articles" in corpus.rejected["reason"][0]
    assert len(Corpus.read([tmp_path], format="text")) == 1


def page(*parts: str, description: str = "") -> str:
    meta = f'<meta name="description" content="{description}">' if description else ""
    return f"<html><head>{meta}</head><body><article><h1>Rain Floods Port</h1>{''.join(parts)}</article></body></html>"


LEAD = "Ships wait outside as the harbour of Ellan fills with mud and nobody says who will pay for it"


@pytest.mark.parametrize(
    "parts",
    [
        (f'<p class="article-subtitle">{LEAD}</p>', f"<div><p>{STORY}</p><p>{STORY}</p></div>"),
        (f"<h2>{LEAD}</h2>", "<p>By Ana Dole</p>", f"<div><p>{STORY}</p><p>{STORY}</p></div>"),
    ],
)
def test_a_standfirst_is_told_by_its_name_and_by_the_pages_description(parts: tuple[str, ...]) -> None:
    article = read_html(page(*parts, description="" if "class" in parts[0] else LEAD), "x.html")
    assert article.zone_text("standfirst") == LEAD
    assert article.zone_text("body").count(STORY) == 2


def test_a_description_that_is_the_first_paragraph_stays_body() -> None:
    article = read_html(page(f"<p>{STORY}</p><p>{LEAD}, the mayor said.</p>", description=STORY), "x.html")
    assert article.zone_text("standfirst") == ""


def test_a_label_that_is_repeated_and_another_storys_teaser_are_not_body() -> None:
    parts = [f"<p>Article content</p><p>{STORY.replace('Monday', day)}</p>" for day in ("Monday", "Tuesday", "Friday")]
    article = read_html(page(*parts, "<p>ALSO READ: Snow closes the pass</p>"), "x.html")
    assert "Article content" not in article.zone_text("body") and "ALSO READ" not in article.zone_text("body")
    assert article.zone_text("body").count("It rains") == 3


@pytest.mark.parametrize(
    ("dateline", "wire"),
    [
        ("PORT ELLAN (Vess Wire) — ", "Vess Wire"),
        ("PORT ELLAN (Reuters) — ", "Reuters"),
        ("Port Ellan, Ellan (Vess Wire) – ", "Vess Wire"),
        ("Port Ellan (the old one) – ", ""),
        ("PORT ELLAN — ", ""),
    ],
)
def test_an_agency_in_the_dateline_is_named_though_nobody_knows_it(dateline: str, wire: str) -> None:
    article = read_text(f"Rain Floods Port\n\n{dateline}{STORY}\n\n{STORY}\n", "x.txt")
    assert article.wire == wire


@pytest.mark.parametrize(
    ("credit", "wire"),
    [
        ("Photograph: Ana Dole/Reuters", ""),
        ("Ana Dole, Reuters via Getty Images", ""),
        ("AFP contributed reporting.", "AFP"),
    ],
)
def test_a_pictures_credit_is_no_agencys_story(credit: str, wire: str) -> None:
    article = read_text(f"Rain Floods Port\n\n{STORY}\n\n{STORY}\n\n{credit}\n", "x.txt")
    assert article.wire == wire


@pytest.mark.parametrize("end", [".", ".’", "?", "!”", "…", ";"])
def test_a_first_line_with_a_stop_is_the_title(end: str) -> None:
    text = f"Pumps of the Lower Town ‘Stand Still{end}\n\nMayor is silent.\n\n{STORY} {STORY} {STORY}\n\n{STORY} {STORY} {STORY}\n"
    article = read_text(text, "pumps.txt")
    assert article.title.startswith("Pumps of the Lower Town")
    assert [b.zone for b in article.blocks] == ["headline", "standfirst", "body", "body"]


def test_a_call_for_support_is_no_title() -> None:
    article = read_text(
        f"Support The Ellan Post!\n\nPumps Stand Still in the Lower Town\n\n{STORY} {STORY} {STORY}\n\n{STORY} {STORY} {STORY}\n",
        "a.txt",
    )
    assert article.title == "Pumps Stand Still in the Lower Town"


def test_the_author_s_name_among_dates_is_the_byline() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Ona Dole"}}</script>'
    box = '<div class="published"><div>Ona Dole</div><div>Published Jun 4, 2026</div></div>'
    page = (
        f"<html><head>{head}</head><body><h1>Rain Floods the Lower Port</h1>{box}<p>{STORY} {STORY}</p></body></html>"
    )
    article = read_html(page, "rain.html")
    assert article.byline == "Ona Dole"
    assert [article.text[b.start : b.end].strip() for b in article.blocks if b.zone == "byline"] == ["Ona Dole"]


def in_page(*paragraphs: str) -> list[tuple[str, str]]:
    body = "".join(p if p.startswith("<") else f"<section><div><p>{p}</p></div></section>" for p in paragraphs)
    article = read_html(
        f"<html><body><h1>Rain Floods the Lower Port</h1><article>{body}</article></body></html>", "r.html"
    )
    return [(b.zone, article.text[b.start : b.end].strip()) for b in article.blocks]


def test_a_paragraph_without_its_full_stop_is_no_less_one() -> None:
    told = [f"{STORY} The {n} boats that lay in the basin were moved to the upper quay on Monday." for n in range(8)]
    cut = "The harbour office is the largest owner of the quay, with forty berths along the river, and it also has claims on the basin of the lower town and on the land behind it"
    found = in_page(
        *told[:4], '<div class="nav">Article content</div>', cut, '<div class="nav">Article content</div>', *told[4:]
    )
    assert ("body", cut) in found


def test_an_author_s_name_glued_to_by_is_no_second_headline() -> None:
    found = in_page(
        '<div class="meta-author">bySauli Quill</div>', *[f"{STORY} It rained in week {n}." for n in range(5)]
    )
    assert found[:2] == [("headline", "Rain Floods the Lower Port"), ("byline", "bySauli Quill")]


def test_a_disk_that_fails_is_no_damaged_gzip(tmp_path: Path) -> None:
    document = Document(tmp_path / "rain.txt", "rain.txt")
    with pytest.raises(ReadError, match="Input/output error, while it was read; copy it again"), document.unpacking():
        raise OSError(errno.EIO, "Input/output error")
    with pytest.raises(ReadError, match="gzip data that can't be unpacked"), document.unpacking():
        raise gzip.BadGzipFile("CRC check failed")


def test_lines_are_kept_in_pre_and_nowhere_else() -> None:
    found = in_page("<pre>one\ntwo</pre>", "<p>three <q>four</q>\nfive</p>", "<div>six <z>\nseven</z>\neight</div>")
    assert [text for _, text in found[1:]] == ["one\ntwo", "three four five", "six seven eight"]


def test_a_short_text_has_a_title_too() -> None:
    text = "Rain floods the lower port.\n\nThe port was flooded on Monday, the harbour office said.\n\nNobody had been told.\n"
    article = read_text(text, "a.txt")
    assert article.title == "Rain floods the lower port." and [b.zone for b in article.blocks][1:] == ["body", "body"]


def titled(head: str, shown: str) -> str:
    page = f"<html><head>{head}</head><body><h1>{shown}</h1><p>{STORY} {STORY} {STORY}</p></body></html>"
    return read_html(page, "r.html").title


def test_the_headline_on_the_page_goes_before_a_title_cut_for_machines() -> None:
    named = '<meta property="og:site_name" content="The Guardian">'
    assert (
        titled("<title>Rain floods the lower port</title>", "Rain Floods the Lower Port of Ellan")
        == "Rain Floods the Lower Port of Ellan"
    )
    assert titled("<title>What the pumps cost</title>", "Rain Floods the Lower Port of Ellan") == "What the pumps cost"
    assert titled(f"{named}<title>What the pumps cost | The Guardian</title>", "Not the same") == "What the pumps cost"
    assert titled(f"{named}<title>What we know | BBC News</title>", "Not the same") == "What we know | BBC News"


@pytest.mark.parametrize(
    ("mark", "published"),
    [
        ('<span itemprop="datePublished">14 March 2024</span>', "2024-03-14"),
        ('<time datetime="2024-03-14T11:21:00Z">yesterday</time>', "2024-03-14T11:21:00Z"),
        ("<time>14 March 2024</time>", "2024-03-14"),
    ],
)
def test_a_date_is_where_the_page_says_that_it_is(mark: str, published: str) -> None:
    page = f"<html><body><h1>Rain Floods the Lower Port</h1>{mark}<p>{STORY} {STORY} {STORY}</p></body></html>"
    assert read_html(page, "r.html").published == published


def test_a_title_of_three_words_is_one() -> None:
    assert read_text(f"Pumps stand still.\n\n{STORY} {STORY} {STORY}\n", "a.txt").title == "Pumps stand still."
    assert read_text(f"Stand still.\n\n{STORY} {STORY} {STORY}\n", "a.txt").title == ""


def test_tables_and_the_rules_between_sections_are_body() -> None:
    days = ("Monday", "Tuesday", "Friday", "Sunday")
    parts = [f"<p>{STORY.replace('Monday', day)}</p><p>___</p>" for day in days]
    cells = "<table><tr><td>Boats lost</td><td>40</td></tr><tr><td>Boats found</td><td>12</td></tr></table>"
    article = read_html(page(*parts[:2], cells, *parts[2:]), "x.html")
    assert "Boats lost 40 Boats found 12" in " ".join(article.zone_text("body").split())
    assert article.zone_text("body").count("___") == 3  # the last parts nothing


@pytest.mark.parametrize("element", ["article", "div"])
def test_another_article_of_the_page_is_no_body(element: str) -> None:
    days = ("Monday", "Tuesday", "Friday", "Sunday")
    story = "".join(f"<p>{STORY.replace('Monday', day)}</p>" for day in days)
    other = "<a href='/x'><p>Mayor of Tarrow says “the bridge will be closed until the autumn of next year.”</p></a>"
    html = f"<html><body><main><article><h1>Rain Floods Port</h1>{story}</article><section><{element}>{other}</{element}></section></main></body></html>"
    body = read_html(html, "x.html").zone_text("body")
    assert body.count("It rains") == 4
    assert element == "div" or "Mayor of Tarrow" not in body


def test_the_entries_of_a_live_blog_are_body_though_each_is_an_article() -> None:
    days = ("Monday", "Tuesday", "Friday", "Sunday")
    entries = "".join(f"<article><p>{STORY.replace('Monday', day)}</p><p>{STORY}</p></article>" for day in days)
    html = f"<html><body><main><article><h1>Rain Floods Port</h1><p>{LEAD}.</p></article>{entries}</main></body></html>"
    assert read_html(html, "x.html").zone_text("body").count("It rains") == 8


def test_paragraphs_in_an_element_called_paywall_are_body() -> None:
    halves = [f"<p>{STORY.replace('Monday', day)}</p>" for day in ("Monday", "Tuesday", "Friday", "Sunday")]
    parts = (f"<div>{halves[0]}{halves[1]}</div>", f'<div class="paywall">{halves[2]}{halves[3]}</div>')
    assert read_html(page(*parts), "x.html").zone_text("body").count("It rains") == 4
