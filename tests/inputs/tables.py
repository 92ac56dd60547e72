"""Tables with and without quotation marks around their cells, their dates, outlets and entities."""

from tests.inputs.checks import Case

HEAD = "id\tdate\tsource\ttitle\ttext\n"
SAID = '"The gates are rusty," said the engineer, Ada Quill. The farmers left.'


def dates(*values: str, header: str = "date") -> str:
    """Return a table with these dates."""
    rows = "".join(
        f'Dam {n},{value},"Bo Vale said {n}0 fields were lost.",Ellan Post\n' for n, value in enumerate(values)
    )
    return f"title,{header},text,source\n{rows}"


CASES = [
    Case("plain cells, one opens a mark and closes none", "a.tsv", HEAD + f'1\t2024-03-05\tPost\tA\t{SAID}\n2\t2024-03-06\tPost\tB\t"We go.\n3\t2024-03-07\tPost\tC\tHe went.\n',
         {"articles": [{"contains": [SAID]}, {"contains": ['"We go.']}, {"contains": ["He went."]}]}),
    Case("plain cells with semicolons", "a.csv", f'title;date;text\n"No deal" for farmers;2024-03-05;{SAID}\nDam;2024-03-06;"Never."\n',
         {"articles": [{"title": '"No deal" for farmers', "contains": [SAID], "attributions": [{"quotation": "direct"}]}, {"contains": ['"Never."']}]}),
    Case("plain cells with bars", "a.csv", f'title|date|text\n"No deal|2024-03-05|{SAID}\nDam|2024-03-06|Bo Vale said "no".\n',
         {"articles": [{"title": '"No deal'}, {"contains": ['Bo Vale said "no".']}]}),
    Case("quoted cells of several lines", "a.csv", 'title,date,text\nA,2024-03-05,"One ""two"", three.\n\nFour, five."\nB,2024-03-06,"Six\nseven."\n',
         {"articles": [{"contains": ['One "two", three.', "Four, five."]}, {"contains": ["Six\n\nseven."]}]}),
    Case("a broken row takes no other with it", "a.csv", 'title,date,text\nA,2024-03-05,"One, two."\nB,2024-03-06,"never closed, it goes on\nC,2024-03-07,"Three, four."\nD,2024-03-08,"Five."\n',
         {"articles": [{"contains": ["One, two."]}, {"contains": ["never closed, it goes on"], "lacks": ["Three"]}, {"contains": ["Three, four."]}, {"contains": ["Five."]}]}),
    Case("line ends of an old Mac", "a.csv", dates("2024-03-05", "2024-03-06").replace("\n", "\r"), {"n_articles": 2, "publisheds": ["2024-03-05", "2024-03-06"]}),
    Case("line ends of an old Mac in a table of tabs", "a.tsv", (HEAD + f"1\t2024-03-05\tPost\tA\t{SAID}\n2\t2024-03-06\tPost\tB\tHe went.\n").replace("\n", "\r"), {"n_articles": 2}),
    Case("sep=, and a tab", "a.csv", "sep=\t\n" + HEAD + "1\t2024-03-05\tPost\tA\tHe went, she said.\n", {"n_articles": 1, "contains": ["He went, she said."]}),
    Case("sep= in UTF-16", "a.csv", "sep=;\r\ntitle;date;text\r\nA;05.03.2024;Er ging; \r\n".replace("; \r\n", "\r\n"), {"n_articles": 1, "publisheds": ["2024-03-05"]}, "utf-16"),
    Case("the day first", "a.csv", dates("05/03/2024", "31/03/2024", "01/12/2024"), {"publisheds": ["2024-03-05", "2024-03-31", "2024-12-01"]}),
    Case("the month first", "a.csv", dates("05/03/2024", "03/31/2024", "01/12/2024"), {"publisheds": ["2024-05-03", "2024-03-31", "2024-01-12"]}),
    Case("years of two digits", "a.csv", dates("5/3/24", "31/3/24", "1/12/98"), {"publisheds": ["2024-03-05", "2024-03-31", "1998-12-01"]}),
    Case("with a time", "a.csv", dates("05/03/2024 10:30", "31/03/2024 09:00"), {"publisheds": ["2024-03-05T10:30:00", "2024-03-31T09:00:00"]}),
    Case("nothing tells the order", "a.csv", dates("05/03/2024", "01/12/2024"), {"publisheds": ["", ""]}),
    Case("two contradict each other", "a.csv", dates("05/03/2024", "31/03/2024", "03/31/2024"), {"publisheds": ["", "2024-03-31", "2024-03-31"]}),
    Case("years, months, days of spreadsheets, seconds", "a.csv", dates("2024", "March 2024", "45356", "1709626500", "20240305", "1709626500000"),
         {"publisheds": ["", "", "2024-03-05", "2024-03-05T08:15:00Z", "2024-03-05", "2024-03-05T08:15:00Z"]}),
    Case("entities", "a.csv", 'title,text\nFarmers &amp; dams: &#8216;no&#8217;,"&ldquo;The gates are rusty,&rdquo; said the engineer&rsquo;s aide, Ada Quill &mdash; again."\n',
         {"title": "Farmers & dams: ‘no’", "contains": ["“The gates are rusty,” said the engineer’s aide, Ada Quill — again."]}),
    Case("entities of entities in JSON", "a.json", '{"title": "R&amp;amp;D", "text": "&amp;ldquo;Never,&amp;rdquo; said Ada Quill. AT&T and x &lt; y stay."}',
         {"title": "R&D", "contains": ["“Never,” said Ada Quill. AT&T and x < y stay."], "attributions": [{"speaker": "Ada Quill", "quotation": "direct"}]}),
    Case("entities in a feed", "a.rss", "<rss><channel><title>Post</title><item><title>Farmers &amp;amp; dams</title><description>&amp;ldquo;Never,&amp;rdquo; said Ada Quill.</description></item></channel></rss>",
         {"title": "Farmers & dams", "contains": ["“Never,” said Ada Quill."]}),
    Case("short names of outlets", "a.csv", "title,text,outlet\n" + "".join(f"A,It rains.,{o}\n" for o in ("Star", "the herald", "Mirror", "BBC", "nytimes.com", "The Ellan Post")),
         {"outlets": ["Star", "the herald", "Mirror", "BBC News", "The New York Times", "The Ellan Post"]}),
]  # fmt: skip
