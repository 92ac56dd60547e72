"""Exports of databases and files of tools, as in ``examples``: how many articles, of what, and what happens to broken ones."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediabias.article import Article
from mediabias.corpus import Corpus
from mediabias.errors import ReadError, SettingsError
from mediabias.readers import Document, Reject, read, read_document

EXAMPLES = Path(__file__).parent / "examples"
RAIN, PUMPS = "Rain Floods Port", "Council Votes on Pumps"
#: File, reader, then title, outlet, byline and day of each article.
WANTED = {
    "factiva.html": ("factiva", [(RAIN, "The Ellan Post", "Marta Quill", "2024-01-09"), (PUMPS, "The Ellan Post", "Jon Vale", "2024-05-03")]),
    "factiva.xml": ("factiva-xml", [(RAIN, "The Ellan Post", "Marta Quill", "2024-03-14"), (PUMPS, "The Ellan Post", "Marta Quill", "2024-03-15")]),
    "europresse.html": ("europresse", [(RAIN, "The Ellan Post", "Marta Quill", "2024-03-14"), (PUMPS, "The Ellan Post", "Marta Quill", "2024-03-15")]),
    "integrum.html": ("integrum", [("Порт затопило", "Элланские новости", "Дол Анна", "2024-02-09"),
                                   ("Насосы стоят", "Элланские новости", "Дол Анна", "2024-02-16")]),
    "nexis-old.html": ("nexis-html", [(RAIN, "The Ellan Post (Ellan)", "Marta Quill", "2024-03-14"),
                                      (PUMPS, "The Ellan Post (Ellan)", "Marta Quill", "2024-03-15")]),
    "nexis-uni.docx": ("docx", [(RAIN, "The Ellan Post(Ellan)", "Marta Quill", "2024-03-14"),
                                 (PUMPS, "The Ellan Post(Ellan)", "Marta Quill", "2024-03-15")]),
    "nexis-uni.txt": ("nexis", [(RAIN, "The Ellan Post(Ellan)", "Marta Quill", "2024-03-14"),
                                (PUMPS, "The Ellan Post(Ellan)", "Marta Quill", "2024-03-15")]),
    "proquest.html": ("proquest", [(RAIN, "The Ellan Post", "Quill, Marta", "2024-05-01"), (PUMPS, "The Ellan Post", "Quill, Marta", "2024-05-02")]),
    "proquest.txt": ("proquest", [(RAIN, "The Ellan Post", "Quill, Marta", "2024-05-01"), (PUMPS, "The Ellan Post", "Quill, Marta", "2024-05-02")]),
    "newsml-g2.xml": ("newsml", [(RAIN, "Ellan Wire", "Marta Quill", "2024-03-14")]),
    "feed.rss": ("feed", [(RAIN, "The Ellan Post", "Marta Quill", "2024-03-14"), (PUMPS, "The Ellan Post", "", "2024-03-15")]),
    "feed.atom": ("feed", [(RAIN, "The Ellan Post", "Marta Quill", "2024-03-14")]),
    "news-please.json": ("json", [(RAIN, "ellanpost.example", "Marta Quill, Jon Vale", "2024-03-14")]),
    "fundus.jsonl": ("json", [(RAIN, "The Ellan Post", "Marta Quill", "2024-03-14"), (PUMPS, "The Ellan Post", "Marta Quill", "2024-03-14")]),
    "newsarticle.json": ("json", [(RAIN, "The Ellan Post", "Marta Quill", "2024-03-14")]),
    "ninjs.json": ("json", [(RAIN, "Ellan Wire", "Marta Quill", "2024-03-14")]),
    "mediacloud.csv": ("table", [(RAIN, "The Ellan Post", "", "2024-03-14"), (PUMPS, "The Ellan Post", "", "2024-03-15")]),
    "articles.csv": ("table", [(RAIN, "The Ellan Post", "Marta Quill", "2024-03-14"), (PUMPS, "The Ellan Post", "", "2024-03-15")]),
    "factiva-plain.txt": ("factiva", [(RAIN, "The Ellan Post", "Marta Quill", "2024-05-01"), (PUMPS, "The Ellan Post", "Marta Quill", "2024-05-02")]),
    "factiva-coded.txt": ("factiva", [(RAIN, "The Ellan Post", "Marta Quill", "2024-05-01"), (PUMPS, "The Ellan Post", "Marta Quill", "2024-05-02")]),
    "factiva.rtf": ("rtf", [(RAIN, "The Ellan Post", "Marta Quill", "2024-05-01"), (PUMPS, "The Ellan Post", "Marta Quill", "2024-05-02")]),
    "nexis.rtf": ("rtf", [(RAIN, "The Ellan Post", "Marta Quill", "2024-03-14"), (PUMPS, "The Ellan Post", "Marta Quill", "2024-03-15")]),
    "articles.parquet": ("parquet", [(RAIN, "The Ellan Post", "", "2024-03-14"), (PUMPS, "The Ellan Post", "", "2024-03-15")]),
    "articles.xlsx": ("xlsx", [(RAIN, "The Ellan Post", "Marta Quill", "2024-03-14"), (PUMPS, "The Ellan Post", "", "2024-03-15")]),
    "pages.warc.gz": ("warc", [(RAIN, "The Ellan Post", "Marta Quill", "2024-03-14"), (PUMPS, "The Ellan Post", "Marta Quill", "2024-03-14")]),
    "newsletter.eml": ("eml", [(RAIN, "The Ellan Post", "", "2024-03-14")]),
}  # fmt: skip
BODY = "“We lost forty boats,” said Mayor Ana Dole"


def found(path: Path) -> list[Article | Reject]:
    return list(read_document(Document(path, path.name)))


def articles(path: Path) -> list[Article]:
    return [a for a in found(path) if isinstance(a, Article)]


def test_every_example_is_wanted() -> None:
    assert sorted(WANTED) == sorted(p.name for p in EXAMPLES.iterdir())


@pytest.mark.parametrize("name", WANTED)
def test_the_articles_that_a_person_counts(name: str) -> None:
    reader, wanted = WANTED[name]
    read_in = articles(EXAMPLES / name)
    assert {a.reader for a in read_in} == {reader}
    assert [(a.title, a.outlet, a.byline, a.published[:10]) for a in read_in] == wanted


@pytest.mark.parametrize("name", sorted(WANTED.keys() - {"mediacloud.csv", "integrum.html"}))
def test_the_text_is_the_body_and_nothing_else_is(name: str) -> None:
    first = articles(EXAMPLES / name)[0]
    body = [first.text[b.start : b.end].strip() for b in first.blocks if b.zone == "body"]
    assert len(body) == 3 and body[1].startswith(BODY)
    assert first.zone_text("headline").strip().endswith(RAIN)


def test_a_newsletter_s_own_words_are_no_body() -> None:
    (letter,) = articles(EXAMPLES / "newsletter.eml")
    assert "Unsubscribe" in letter.zone_text("newsletter")


def test_what_holds_no_text_is_a_reject_with_its_place() -> None:
    assert [r for r in found(EXAMPLES / "newsml-g2.xml") if isinstance(r, Reject)] == [
        Reject("newsml-g2.xml", "item 2", "no text in it (a picture, or a list); nothing to read")
    ]


def test_an_empty_entry_of_a_feed_is_named_by_its_number(tmp_path: Path) -> None:
    text = (EXAMPLES / "feed.rss").read_text(encoding="utf8")
    (tmp_path / "feed.rss").write_text(text.replace("<item>", "<item></item><item>", 1), encoding="utf8")
    assert [r.place for r in found(tmp_path / "feed.rss") if isinstance(r, Reject)] == ["entry 1"]


@pytest.mark.parametrize("suffix", [".zip", ".tar"])
def test_a_member_may_be_as_large_as_a_document(tmp_path: Path, suffix: str) -> None:
    data = ("Rain Floods Port\n\n" + "It rained all day in the port of Ellan. " * 50).encode()
    archive = packed(tmp_path / f"all{suffix}", {"rain.txt": data})
    (whole,) = read_document(Document(archive, archive.name, max_bytes=max(len(data), archive.stat().st_size)))
    assert isinstance(whole, Article) and whole.text.count("It rained") == 50


@pytest.mark.parametrize(
    ("name", "content", "place", "said"),
    [
        ("a.json", '{"headline": "Rain",\n "articleBody": "It rains"', "line 2", "damaged JSON"),
        (
            "a.xml",
            '<newsItem xmlns="x"><contentMeta>\n<headline>Rain</contentMeta></newsItem>',
            "line 2",
            "damaged XML",
        ),
        ("a.rss", '<rss version="2.0"><channel>\n\n<item></channel></rss>', "line 3", "damaged XML"),
        ("a.csv", "id,when,what\n1,2,3\n", "the header", "say which with --column text=NAME"),
        ("a.html", "<html><title>Factiva</title><body>no article</body></html>", "", "without an article"),
        ("a.docx", "PK\x03\x04 no archive", "", "no document of Word"),
    ],
)
def test_a_known_format_that_is_broken_says_where(
    tmp_path: Path, name: str, content: str, place: str, said: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf8")
    with pytest.raises(ReadError, match=said) as caught:
        found(tmp_path / name)
    assert caught.value.place == place and str(tmp_path / name) in str(caught.value)


def test_a_broken_line_or_row_leaves_the_others(tmp_path: Path) -> None:
    lines = [json.dumps({"headline": f"Rain {n}", "articleBody": "It rains in the port."}) for n in range(3)]
    (tmp_path / "a.jsonl").write_text("\n".join([lines[0], lines[1][:-9], lines[2]]), encoding="utf8")
    (tmp_path / "a.csv").write_text(
        'title,text,date\nRain,"It rains.",2024-03-01\nRain,too,many,cells\n,,2024\nSun,It shines.,\n'
    )
    by_name = {name: found(tmp_path / name) for name in ("a.jsonl", "a.csv")}
    assert [type(x) for x in by_name["a.jsonl"]] == [Article, Reject, Article]
    assert [type(x) for x in by_name["a.csv"]] == [Article, Reject, Reject, Article]
    assert [x.place for x in by_name["a.csv"] if isinstance(x, Reject)] == ["row 2 (line 3)", "row 3 (line 4)"]


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    (tmp_path / "a.rss").write_text(
        f'<?xml version="1.0"?><!DOCTYPE rss [{bomb}<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
        "<rss><channel><item><title>Rain</title><description>It rains &a11; &x; in the port.</description></item></channel></rss>"
    )
    try:
        read_in = found(tmp_path / "a.rss")
    except ReadError as error:  # the parser itself stops at so many
        assert "damaged XML" in str(error)
        return
    assert all("secret" not in a.text and len(a.text) < 200 for a in read_in if isinstance(a, Article))


def test_scripts_in_a_field_are_no_text(tmp_path: Path) -> None:
    value = {
        "headline": "Rain",
        "articleBody": "<p onclick='x()'>It rains.</p><script>steal()</script><p>It pours.</p>",
    }
    (tmp_path / "a.json").write_text(json.dumps(value))
    assert articles(tmp_path / "a.json")[0].zone_text("body").split("\n\n") == ["It rains.", "It pours."]


def packed(path: Path, files: dict[str, bytes]) -> Path:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return path
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tar.gz"])
def test_an_archive_is_read_member_by_member(tmp_path: Path, suffix: str) -> None:
    files = {f"in/{name}": (EXAMPLES / name).read_bytes() for name in sorted(WANTED)}
    files |= {
        "../../etc/evil.txt": b"Rain Floods Port\n\nIt rained all day in the port of Ellan.",
        "__MACOSX/x.txt": b"x",
        "in/.hidden": b"x",
    }
    files["in/page.txt.gz"] = gzip.compress(files["../../etc/evil.txt"])
    archive = packed(tmp_path / f"all{suffix}", files)
    read_in = found(archive)
    names = {a.article_id for a in read_in if isinstance(a, Article)}
    assert len([a for a in read_in if isinstance(a, Article)]) == sum(len(w) for _, w in WANTED.values()) + 2
    assert {f"all{suffix}/etc/evil.txt", f"all{suffix}/in/page.txt.gz", f"all{suffix}/in/factiva.html#2"} <= names
    assert sorted(p.name for p in tmp_path.iterdir()) == [archive.name]  # nothing was written


def test_a_bomb_a_lock_and_damage_are_refused(tmp_path: Path) -> None:
    bomb = packed(
        tmp_path / "bomb.zip",
        {"a.txt": b"0" * 5_000_000, "b.txt": b"Rain Floods Port\n\nIt rained all day in the port."},
    )
    assert [type(x) for x in found(bomb)] == [Reject, Article]
    (tmp_path / "cut.zip").write_bytes(bomb.read_bytes()[:-30])
    with pytest.raises(ReadError, match="damaged archive"):
        found(tmp_path / "cut.zip")


@pytest.mark.parametrize("name", sorted(WANTED))
@settings(max_examples=20)
@given(data=st.data())
def test_damage_is_a_clear_error_or_fewer_articles(name: str, data: st.DataObject) -> None:
    raw = bytearray((EXAMPLES / name).read_bytes())
    at = data.draw(st.integers(0, len(raw) - 1))
    how = data.draw(st.sampled_from(["cut", "null", "high", "swap"]))
    if how == "cut":
        raw = raw[:at]
    elif how == "swap":
        raw[at : at + 40] = raw[at : at + 40][::-1]
    else:
        raw[at : at + 3] = b"\x00" * 3 if how == "null" else b"\xff" * 3
    document = Document(EXAMPLES / name, name)
    document.__dict__["raw"] = document.__dict__["head"] = bytes(raw)  # what the file would hold
    document.__dict__["head"] = bytes(raw[:8192])
    try:
        read_in = list(read_document(document))
    except ReadError as error:
        assert name in str(error)
        return
    for article in read_in:
        if isinstance(article, Article):
            assert article.blocks[0].start == 0 and article.blocks[-1].end == len(article.text)
            assert all(b.origin for b in article.blocks)


def test_read_gives_the_articles_of_one_file() -> None:
    assert [a.article_id for a in read(EXAMPLES / "feed.rss")] == ["feed.rss#1", "feed.rss#2"]


@pytest.mark.parametrize("name", ["proquest.txt", "factiva-plain.txt", "factiva-coded.txt"])
def test_an_origin_in_a_text_leads_back_into_it(name: str) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf8")
    for article in articles(EXAMPLES / name):
        for block in article.blocks:
            start, end = map(int, block.origin.split("#")[0].split("-"))
            assert text[start:end].strip().endswith(article.text[block.start : block.end].strip())


@pytest.mark.parametrize("name", ["nexis-uni.txt"])
def test_a_line_s_number_leads_back_to_it(name: str) -> None:
    lines = (EXAMPLES / name).read_text(encoding="utf8").split("\n")
    for article in articles(EXAMPLES / name):
        for block in article.blocks:
            line = lines[int(block.origin.removeprefix("line ")) - 1]
            assert line.replace("\xa0", " ").strip() == article.text[block.start : block.end].strip()


def test_a_cell_that_never_ends_is_named_by_its_line(tmp_path: Path) -> None:
    long = "x" * 6_000_000
    (tmp_path / "a.csv").write_text(f'title,text\nRain,It rains.\nSun,It shines.\nSnow,"{long}"\n')
    *good, bad = found(tmp_path / "a.csv")
    assert len(good) == 2 and isinstance(bad, Reject) and bad.place == "row 3 (line 4)" and "damaged row" in bad.reason


def test_a_word_file_of_one_s_own_is_an_article(tmp_path: Path) -> None:
    lines = [
        "Rain Floods Port",
        "",
        *(["The port of Ellan was flooded on Monday after a week of rain, the harbour office said."] * 3),
    ]
    runs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{space}"><w:body>{runs}</w:body></w:document>'.encode()
    packed(tmp_path / "a.zip", {"[Content_Types].xml": b"<Types/>", "word/document.xml": document}).rename(
        tmp_path / "a.docx"
    )
    (article,) = articles(tmp_path / "a.docx")
    assert (article.title, article.reader) == ("Rain Floods Port", "docx") and article.zone_text("body").count(
        "harbour office"
    ) == 3


def test_a_label_s_word_in_the_text_ends_no_text(tmp_path: Path) -> None:
    text = (
        (EXAMPLES / "nexis-uni.txt")
        .read_text(encoding="utf8")
        .replace("The owners of the pumps", "City: the owners of the pumps")
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf8")
    assert "City: the owners" in articles(tmp_path / "a.txt")[0].zone_text("body")


def test_a_damaged_member_leaves_its_neighbours(tmp_path: Path) -> None:
    story = b"Rain Floods Port\n\nIt rained all day in the port of Ellan, the harbour office said. " * 20
    archive = packed(tmp_path / "a.zip", {"a.txt": story, "b.txt": story[::-1] + story, "c.txt": story})
    with zipfile.ZipFile(archive) as whole:
        at = whole.infolist()[1].header_offset
    raw = bytearray(archive.read_bytes())
    raw[at + 60 : at + 70] = b"\xff" * 10
    archive.write_bytes(bytes(raw))
    assert [type(x) for x in found(archive)] == [Article, Reject, Article]


def test_an_archive_in_an_archive_ends(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"a.txt": b"Rain Floods Port\n\nIt rained all day in the port of Ellan."})
    outer = packed(
        tmp_path / "outer.zip",
        {"inner.zip": inner.read_bytes(), "b.txt": b"Rain Floods Port\n\nIt rained all day in Ellan."},
    )
    refused, good = found(outer)
    assert isinstance(refused, Reject) and "within an archive" in refused.reason and isinstance(good, Article)


def test_a_format_is_that_of_the_members(tmp_path: Path) -> None:
    archive = packed(tmp_path / "a.zip", {"a.html": b"<p>It rains in the port of Ellan.</p>"})
    read_in = list(read_document(Document(archive, "a.zip"), "text"))
    assert [a.reader for a in read_in if isinstance(a, Article)] == ["text"]


def test_a_column_of_another_name_is_read_where_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Kop,Inhalt,Blad\nRain Floods Port,It rained all day in Ellan.,The Ellan Post\n")
    (tmp_path / "a.jsonl").write_text(
        '{"Kop": "Rain Floods Port", "Inhalt": "It rained all day in Ellan.", "Blad": "The Ellan Post"}\n'
    )
    columns = ["title=kop", "text=Inhalt", "outlet=Blad"]
    with pytest.raises(ReadError, match="say which with --column text=NAME"):
        found(tmp_path / "a.csv")
    (article,) = Corpus.read(tmp_path / "a.csv", columns=columns)
    assert (article.title, article.outlet, article.zone_text("body")) == (
        RAIN,
        "The Ellan Post",
        "It rained all day in Ellan.",
    )
    (article,) = Corpus.read(tmp_path / "a.jsonl", columns=["title=Kop", *columns[1:]])
    assert (article.title, article.outlet, article.zone_text("body")) == (
        RAIN,
        "The Ellan Post",
        "It rained all day in Ellan.",
    )
    assert "no column is called 'Copy'" in Corpus.read(tmp_path / "a.csv", columns=["text=Copy"]).rejected["reason"][0]
    for wrong in ("text", "body=Copy", "text="):
        with pytest.raises(SettingsError, match="write FIELD=NAME"):
            Corpus.read(tmp_path / "a.csv", columns=[wrong])


@pytest.mark.parametrize(
    "member", ["xl/workbook.xml", "[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("damage", [b"rain", b"", b"<a/>", b"<a><b></a>"])
def test_a_workbook_with_a_damaged_part_is_told(tmp_path: Path, member: str, damage: bytes) -> None:
    with zipfile.ZipFile(EXAMPLES / "articles.xlsx") as whole, zipfile.ZipFile(tmp_path / "x.xlsx", "w") as broken:
        for info in whole.infolist():
            broken.writestr(info.filename, damage if info.filename == member else whole.read(info))
    corpus = Corpus.read([tmp_path / "x.xlsx"])
    assert all("please report" not in reason for reason in corpus.rejected["reason"])
    assert len(corpus.rejected) + len(corpus) >= 1 or member == "xl/styles.xml"


def test_a_letter_with_a_date_that_cannot_be_is_a_letter_still(tmp_path: Path) -> None:
    raw = (EXAMPLES / "newsletter.eml").read_bytes()
    lines = [
        b"Date: 99999999999999 Oct 99999999999999999999 1:2:3 +0000" if x.startswith(b"Date:") else x
        for x in raw.split(b"\n")
    ]
    (tmp_path / "x.eml").write_bytes(b"\n".join(lines))
    (article,) = Corpus.read([tmp_path / "x.eml"])
    assert article.title and not article.published
