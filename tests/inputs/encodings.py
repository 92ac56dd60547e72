"""Pages, feeds, letters and tables that declare one encoding and hold another."""

from tests.inputs.checks import Case

PAGE = (
    "<html lang=en><head>{meta}<title>Dam to open</title></head><body><article><h1>Dam to open</h1>"
    "<p>“The gates are rusty,” said the engineer, Ada Quill, after a visit to the dam on Monday – the first in years.</p>"
    "<p>Bo Vale, who leads the farmers’ league, said the fields of the café owners would be flooded before the summer.</p>"
    "</article></body></html>"
)
SAID = {
    "attributions": [{"speaker": "Ada Quill", "quotation": "direct"}, {"speaker": "Bo Vale", "quotation": "indirect"}],
    "no_c1": True,
}
READ = {"contains": ["“The gates are rusty,”", "farmers’", "café", "Monday – the"], **SAID}
FEED = (
    '<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel><title>The Ellan Post</title><item><title>Dam to open</title>'
    "<description>“The gates are rusty,” said the engineer, Ada Quill. Bo Vale, who leads the farmers’ league, said the fields of the "
    "café owners would be flooded on Monday – the first in years.</description></item></channel></rss>"
)
LETTER = (
    "From: The Ellan Post <news@ellanpost.example>\nTo: you@example.org\nSubject: Dam to open\nDate: Thu, 14 Mar 2024 08:00:00 +0000\n"
    'MIME-Version: 1.0\nContent-Type: text/plain; charset="iso-8859-1"\nContent-Transfer-Encoding: 8bit\n\nDam to open\n\n'
    "“The gates are rusty,” said the engineer, Ada Quill, after a visit to the dam.\n\nBo Vale, who leads the farmers’ league, said the "
    "fields of the café owners would be flooded on Monday – the first in years.\n"
)


def page(meta: str) -> str:
    """Return the page with what its head declares."""
    return PAGE.format(meta=meta)


CASES = [
    Case("latin1 by another of its names", "a.html", page("<meta charset=latin1>"), READ, "cp1252"),
    Case("ASCII", "a.html", page("<meta charset='us-ascii'>"), READ, "cp1252"),
    Case("ISO-8859-15 with bytes that it lacks", "a.html", page("<meta charset='iso-8859-15'>"), READ, "cp1252"),
    Case("XHTML's declaration", "a.xhtml", '<?xml version="1.0" encoding="iso-8859-1"?>\n' + page(""), READ, "cp1252"),
    Case("UTF-8 that calls itself latin1", "a.html", page("<meta charset='iso-8859-1'>"), READ),
    Case("latin1 that calls itself UTF-8", "a.html", page("<meta charset='utf-8'>"), READ, "cp1252"),
    Case("nothing declared", "a.html", page(""), READ, "cp1252"),
    Case("decoded as latin1 once, saved as UTF-8", "a.html", page("<meta charset=utf-8>").encode("cp1252").decode("latin-1"), READ),
    Case("references by the numbers of windows-1252", "a.html",
         page("").replace("“", "&#147;").replace("”", "&#148;").replace("’", "&#146;").replace("–", "&#x96;"), READ),
    Case("Turkish", "a.html", page("<meta charset='iso-8859-9'>").replace("café", "café Şişli"), {**READ, "contains": ["Şişli", "“The"]}, "cp1254"),
    Case("Shift JIS is left as it is", "a.html", page("<meta charset='shift_jis'>").replace("café", "東京").replace("– ", "").replace("“", '"').replace("”", '"').replace("’", "'"),
         {"contains": ["東京"]}, "cp932"),
    Case("a feed", "a.rss", FEED, READ, "cp1252"),
    Case("a letter", "a.eml", LETTER, READ, "cp1252"),
    Case("a letter with quoted bytes", "a.eml",
         LETTER.replace("8bit", "quoted-printable").replace("“", "=93").replace("”", "=94").replace("’", "=92").replace("é", "=E9").replace("–", "=96"), READ),
    Case("a table", "a.csv", 'title,text,date\nDam,"“The gates are rusty,” said the engineer, Ada Quill.",2024-03-14\n',
         {"contains": ["“The gates are rusty,”"]}, "cp1252"),
]  # fmt: skip
