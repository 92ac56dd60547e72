"""Articles put together from parts: many shapes of attribution that nobody writes down one by one.

They mean nothing; what the package makes of them is written down by `test_golden`, so that a change of any rule shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

FULL = (
    "Mayor Ana Dole", "Ana Dole, 58, who runs a shop on the quay,", "Rep. Lena Voss, D-Ellan, chair of the panel,",
    "the mayor of Tarrow, Ben Orr,", "Mr. Orr", "Dr. Ida Quill of the Ellan Institute", "Foreign Minister Jon Vale",
    "Captain Marta Brandt (who was not on board)", "a spokesman for the harbour office, Ola Brandt,", "Ms. Voss",
    "former police chief Ruth Kade", "Ana B. Dole", "Lord Pell", "his wife, Ida Orr,", "economist Nils de Vries",
    "Sir Tom Pell", "Ines Moro, a nurse at the Lower Town clinic,", "the BBC's Rob Finch",
)  # fmt: skip
SHORT = (
    "she", "he", "they", "it", "Dole", "Orr", "Voss", "the mayor", "the minister", "the spokesman", "the captain",
    "two officials familiar with the plan", "the harbour office", "the ministry", "a report by the Ellan Institute",
    "people close to Mr. Orr", "one of the pilots", "nobody", "many", "Ordavia", "the port's owners", "critics", "who",
    "some of her own voters", "the insider", "I", "we", "the company, Vess Hydro,", "residents", "the union of pilots", "Orr's aides",
)  # fmt: skip
SAID = (
    "said", "says", "said on Monday", "wrote in a letter", "told reporters", "told the council", "asked", "added",
    "previously said", "has said", "explained last week", "said in an interview", "replied", "noted", "insisted",
    "warned", "later said", "shouted", "told her", "argued in May",
)  # fmt: skip
GROUPS = (
    "said", "said that", "told reporters on Friday that", "told him", "warned the Tarrow Harbour Board that", "insisted",
    "has yet to confirm that", "did not deny that", "declined to say whether", "refused to comment on", "pointed out that",
    "was quoted as saying that", "appeared to suggest that", "is expected to say that", "sought to clarify why",
    "called for", "objected to", "believes", "is convinced that", "had been told by engineers that", "wants",
    "issued a statement saying that", "sent letters that suggest", "never said", "also admitted", "said in a tweet that",
    "hopes to see", "continued to claim that", "would not confirm", "asked", "was reminded that", "thinks", "feared that",
    "promised voters", "seemed to agree with", "accused the owners of", "rejected", "praised", "ruled out",
)  # fmt: skip
CLAUSES = (
    "the bridge was safe", "the lane would close in May, but not before June", "rust had eaten half of the bolts",
    "nobody had asked them; the count went on", "the tariff would rise by 3% (in May)", "it was over", "he had been wrong",
    "the vote, which took a week, was fair", "the ferry sails, while the barges wait", "a new crane", "it rained, he added",
    "the port was “a heap of rust” and nothing else", "the owner lied, arguing that the papers were old",
    "the boats were lost, according to the harbour office", "she would resign, and that she was sorry",
    "no ship sails before the weekend, but engineers disagree", "the plan", "the town owed “not a coin”",
    "the count ended where it began, though the boxes were gone", "war was near", "taxes will not rise -- ever",
)  # fmt: skip
QUOTES = (
    "“It is safe,”", "“Is it safe?”", "“It is over!”", "“We checked it twice, and then we checked it again,”", '"Nobody asked us,"',
    "“He told me: ‘Go home,’”", "‘It is safe,’", "“safe”", "“I said so in May, and I say so now,”", "“Nothing —”",
    "“The mayor said no,”", "``It rains,''", "“Today it rains,”", "“In a statement we said no,”",
)  # fmt: skip
MORE = (
    " “We have nothing to hide.”", " “And I will not be the last to say so.”", " “No.”", "", "", "", " It rained all day.",
    " “The papers say ‘closed’.”", " That was all.",
)  # fmt: skip
OPENINGS = (
    "", "", "", "", "On Monday, ", "In May, ", "While the ferry waited, ", "Meanwhile, ", "But ", "And ", "However, ",
    "Still, ", "Asked about the plan, ", "After the vote, in which few took part, ",
)  # fmt: skip
PLACES = (
    "",
    "",
    "",
    " on Friday",
    " after the meeting",
    ", who was not convinced",
    " to applause",
    " in Tarrow",
    " as it rained",
)


def _up(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(rng: Random) -> str:
    """Return a sentence or two in one of the shapes in which news reports speech."""
    one = rng.choice
    who = one(FULL if rng.random() < 0.4 else SHORT)
    bare = who.rstrip(",")
    shape = rng.randrange(12)
    if shape <= 3:
        tail = one(
            (
                "",
                "",
                f", {one(SHORT)} {one(SAID)}",
                ", saying that it was late",
                f", and {one(SHORT)} {one(GROUPS)} {one(CLAUSES)}",
            )
        )
        return _up(f"{one(OPENINGS)}{who} {one(GROUPS)} {one(CLAUSES)}{tail}.{one(MORE)}")
    if shape == 4:
        return _up(f"{one(CLAUSES)}, {who} {one(SAID)}{one(PLACES)}.{one(MORE)}")
    if shape == 5:
        return f"{one(QUOTES)} {who} {one(SAID)}{one(PLACES)}.{one(MORE)}"
    if shape == 6:
        return f"{one(QUOTES)} {one(SAID).split()[0]} {bare}{one(PLACES)}.{one(MORE)}"
    if shape == 7:
        return _up(one((f"according to {bare}, {one(CLAUSES)}.", f"{one(CLAUSES)}, according to {bare}{one(PLACES)}.")))
    if shape == 8:
        return _up(
            f"{who} left early{one((',', ' and'))} {one(('saying', 'adding', 'warning', 'insisting'))} {one(('that ', ''))}{one(CLAUSES)}."
        )
    if shape == 9:
        return f"{_up(bare)}: {one(QUOTES)[:-2]}.”"
    if shape == 10:
        return _up(
            f"{who} {one(('said, ', 'said: ', 'issued a statement: ', 'wrote that '))}{one(QUOTES)[:-2]}.”{one(MORE)}"
        )
    begin, end = one(
        (
            ("the bridge", "was safe"),
            ("the vote", "had been fair, but not free"),
            ("no ship", "sails"),
            ("the plan", "is dead"),
        )
    )
    return _up(f"{begin}, {who} {one(SAID)}, {end}.{one(MORE)}")


def article(rng: Random) -> str:
    """Return a text of a few paragraphs; a quotation may run over two of them."""
    paragraphs: Sequence[str] = [" ".join(sentence(rng) for _ in range(rng.choice((1, 1, 2)))) for _ in range(5)]
    if rng.random() < 0.3:
        paragraphs = [*paragraphs, "“It was late, and it rained. Nobody came.", "“Then everybody came,” she said."]
    if rng.random() < 0.3:
        paragraphs = [
            *paragraphs,
            f"{_up(rng.choice(FULL).rstrip(','))} issued a statement:",
            "“We are sorry for what was done to the bolts.”",
        ]
    return "\n\n".join(paragraphs)


def articles(n: int, seed: int) -> list[str]:
    """Return `n` texts, the same for the same seed."""
    rng = Random(seed)
    return [article(rng) for _ in range(n)]


LINES = (
    "Home | News | Sport | Opinion", "Skip to content", "By Marta Quill", "Marta Quill, harbour correspondent", "June 3, 2024",
    "Tuesday 4 June 2024 10.30 BST", "TARROW, Ordavia (AP) —", "ELLAN", "Updated 2 hours ago", "5 min read",
    "The basin on Tuesday morning. Photo: Ola Brandt / Reuters", "(Marta Quill/The Ellan Post)", "Image: Port Survey",
    "Sign up for our free daily newsletter, delivered to your inbox every morning.", "Enter your email address", "Subscribe",
    "With reporting by Reuters and Agence France-Presse.", "(Reporting by Jon Vale; editing by Ida Orr)", "AFP", "© 2024 Reuters",
    "Correction: An earlier version of this article misstated the weight of the crane.", "Editor's note: the crane",
    "has been weighed anew,", "as its papers say.", "Dear readers, we are an independent newsroom and we refuse to be silenced.",
    "Your support matters, and every contribution counts.", "We take no money from the harbour or from any party.",
    "$5  $10  $25", "Donate now", "Monthly", "Support the Post!", "Not now", "Related articles", "Read more: Why the crane fell",
    "Most read in Harbour", "Crane Falls Into Harbour Basin, Closing Port of Ellan", "Who let it rust?",
    "Mayor says nothing, and the owners say less, as the town counts what was lost", "Nobody is hurt.", "Ferries wait.",
    "© 2024 The Ellan Post. All rights reserved.", "Advertisement", "Marta Quill covers the harbour and its unions for the Post.",
    "___", "* * *", "A harbour in numbers:", "Barges lost", "3.4 million", "We use cookies to improve your experience on this site.",
    "Follow us on X", "Tags: harbour, cranes", "“We are silenced,” the pilots say, “and we need your support.”",
)  # fmt: skip


def page(rng: Random) -> str:
    """Return a page as copied from a browser: lines of its boxes around, and within, a text."""
    some = lambda most: [rng.choice(LINES) for _ in range(rng.randrange(most))]  # noqa: E731
    text = [part for _ in range(4) for part in (*some(2), sentence(rng) + " " + sentence(rng))]
    return rng.choice(("\n\n", "\n\n", "\n")).join([*some(7), *text, *some(9)])


def pages(n: int, seed: int) -> list[str]:
    """Return `n` pages, the same for the same seed."""
    rng = Random(seed)
    return [page(rng) for _ in range(n)]


PIECES = (
    "“", "”", "\"", "'", "‘", "’", "«", "»", "„", "``", "''", "It rains", "the mayor's", "boats'", "no", "He said, ", ".", ",", "?",
    " ", " ", " ", " and then ", "\n\n", "\n\n", "(", ")", "—", "rock ’n’ roll", "5'", "he told me: ",
)  # fmt: skip


def marks(n: int, seed: int) -> list[str]:
    """Return `n` texts in which quotation marks of all kinds stand where they should and where they should not."""
    rng = Random(seed)
    return ["".join(rng.choice(PIECES) for _ in range(rng.randrange(8, 24))).strip() or "." for _ in range(n)]


HEADS = (
    "<title>{t} | The Ellan Post</title>", '<meta property="og:title" content="{t}">', '<meta property="og:site_name" content="The Ellan Post">',
    '<meta name="author" content="Ona Dole, Ben Orr">', '<meta property="article:published_time" content="2024-03-14T11:21:00+02:00">',
    '<meta name="description" content="Forty boats were lost in the night, and nobody had been told.">',
    '<link rel="canonical" href="https://www.theguardian.com/rain?x=1">', '<html lang="en-GB">', '<meta name="date" content="14 March 2024">',
    '<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{t}","author":[{{"name":"Ona Dole"}},{{"name":"By Ben Orr"}}],"datePublished":"2024-03-14","publisher":{{"name":"BBC News"}}}}</script>',
    '<script type="application/ld+json">{{"@graph":[{{"@type":["Article"],"headline":"{t}","dateCreated":"2024-03-13T08:00:00Z"}}]}}</script>',
    '<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{t}",}}</script>', "<style>p {{ color: red }}</style>", '<base href="https://ellan.example/">',
)  # fmt: skip
ELEMENTS = (
    "<p>{s}</p>", "<p>{s}</p>", "<p>{s}</p>", "<p>{s} <a href='/x'>{l}</a></p>", "<div>{s}<br>{s}</div>", "<h2>{l}</h2>", "<blockquote><p>{s}</p></blockquote>",
    "<ul><li>{l}</li><li><a href='/y'>{l}</a></li></ul>", "<figure><img src='a.jpg' alt='no text'><figcaption>{l}</figcaption></figure>",
    "<div class='newsletter-signup'><p>{l}</p><input value='no text'><button>Subscribe</button></div>", "<aside class='related'><a href='/z'>{l}</a><a href='/w'>{l}</a></aside>",
    "<pre>{l}\n{l}</pre>", "<table><tr><td>{l}</td><td>3.4</td></tr></table>", "<p hidden>{s}</p>", "<p style='display:none'>{s}</p>", "<script>var x = '{l}';</script>",
    "<div><span>{l}</span> <em>{s}</em></div>", "<div class='ad'>Advertisement</div>", "<details><summary>{l}</summary>{s}</details>", "{s}", "<!-- {s} -->", "<noscript>{s}</noscript>",
    "<div class='author-bio'>Ona Dole covers the harbour for the Post.</div>", "<time datetime='2024-03-15T09:00:00Z'>yesterday</time>", "<span itemprop='datePublished'>14 March 2024</span>",
    "<p class='standfirst'>{l}</p>", "<address>By Ona Dole</address>", "<div class='caption'>{l}</div>", "<p>{s}", "</div>", "<div class='donate-box'>{l}</div>",
)  # fmt: skip


def html_page(rng: Random) -> str:
    """Return a page of HTML whose elements nest and close as pages' do, or do not."""
    title = rng.choice(
        ("Rain Floods the Lower Port of Ellan", "Pumps Stand Still, and Nobody Says Why", "Council votes")
    )

    def filled(template: str) -> str:
        said = f"{sentence(rng)} {sentence(rng)}".replace("<", "&lt;")
        return template.format(t=title, s=said, l=rng.choice(LINES), **{}) if "{" in template else template

    head = "".join(filled(h) for h in rng.sample(HEADS, rng.randrange(1, 7)))
    story = "".join(filled(rng.choice(ELEMENTS)) for _ in range(rng.randrange(6, 16)))
    before, after = (
        "".join(f"<li><a href='/{n}'>{rng.choice(LINES)}</a></li>" for n in range(rng.randrange(5))) for _ in range(2)
    )
    top = rng.choice(
        (
            f"<h1>{title}</h1>",
            f"<h1><span>{title}</span></h1><p class='byline'>By Ona Dole</p>",
            f"<div class='headline'>{title}</div>",
            "",
        )
    )
    return f"<html><head>{head}</head><body><nav><ul>{before}</ul></nav><article>{top}{story}</article><footer><ul>{after}</ul></footer></body></html>"


def html_pages(n: int, seed: int) -> list[str]:
    """Return `n` pages of HTML, the same for the same seed."""
    rng = Random(seed)
    return [html_page(rng) for _ in range(n)]
