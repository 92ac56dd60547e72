"""Exports of press databases: text that looks like a field, headings of more lines than three, other interfaces."""

from tests.inputs.checks import Case

BODY = (
    "The council of Ellan voted on Monday to open the dam, a step that will flood forty fields.",
    "State: the ministry said it would pay for half of the fences.",
    "SUBJECT: nobody in the hall would say what the meeting was about.",
    "Quill: We cannot wait for the gates any longer.",
    "Language: the farmers speak one that the engineers do not.",
    "Bo Vale said the farmers would go to court.",
)
WHOLE = {"body_contains": list(BODY), "title": "Dam to Open"}


def nexis(*above_the_date: str, contents: bool = True, title: str = "Dam to Open", body: tuple[str, ...] = BODY) -> str:
    """Return a file of Nexis Uni with these lines between the title and the date."""
    cover = f"\nJob Number: 00000001\nDocuments (1)\n1. {title}\nClient/Matter: -None-\n\n\n" if contents else "\n"
    return cover + "\n".join((
        title, *above_the_date, "March 14, 2024 Thursday", "", "Copyright 2024 The Ellan Post All Rights Reserved", "", "Section: NEWS; Pg. 1",
        "Length: 50 words", "Byline: Marta Quill", "Body", "", *body, "Classification", "", "Language: ENGLISH", "Subject: DAMS (90%)",
        "State: ELLAN (78%)", "Load-Date: March 16, 2024", "", "End of Document", "",
    ))  # fmt: skip


def proquest(body: tuple[str, ...] = BODY, tail: str = "") -> str:
    """Return ProQuest's plain text with one document."""
    rule = "_" * 60
    fields = tail or (
        "Subject: Dams; Farms\n\nLocation: Ellan\n\nPublication title: The Ellan Post; Ellan\n\nPublication date: May 1, 2024\n\n"
        "Language of publication: English\n\nDocument URL: https://search.proquest.com/docview/1\n\nDatabase: ProQuest Central"
    )
    return (
        f"{rule}\n\nDam to Open\n\nAuthor: Quill, Marta\n\nProQuest document link\n\nFull text: "
        + "\n\n".join((*body, fields))
        + f"\n\n{rule}\n"
    )


def old(body: tuple[str, ...] = BODY, labels: str = "BYLINE: Marta Quill\n\nLENGTH: 50 words\n\nHEADLINE: Dam to Open\n\nBODY:\n",
        counted: str = "1 of 1 DOCUMENTS", tail: str = "LOAD-DATE: March 16, 2024\n\nLANGUAGE: ENGLISH") -> str:  # fmt: skip
    """Return a text of the old services, with labels in capitals."""
    return f"{counted}\n\n\nThe Ellan Post\n\nMarch 14, 2024 Thursday\n\n{labels}\n" + "\n\n".join((*body, tail)) + "\n"


def old_html(author: str, section: str, length: str, counted: str, date: str) -> str:
    """Return the old services' page in an interface of another language."""
    lines = (
        counted,
        "The Ellan Post",
        date,
        "Dam to Open",
        f"{author}: Marta Quill",
        f"{section}: NEWS; S. 4",
        f"{length}: 50",
        *BODY,
        "LOAD-DATE: 16. März 2024",
    )
    return "<html><body><!-- LXNComment -->" + "".join(f"<div><p>{line}</p></div>" for line in lines) + "</body></html>"


def factiva(body: tuple[str, ...]) -> str:
    """Return Factiva's labelled text."""
    head = "HD Dam to Open\nBY Marta Quill\nWC 50 words\nPD 14 March 2024\nSN The Ellan Post\nSC ELLP\nLA English\nCY Copyright 2024 The Ellan Post\nLP\n"
    return (
        head
        + "\n".join((body[0], "TD", *body[1:]))
        + "\nNS gdam : Dams\nRE ellan : Ellan\nPUB Ellan Post Ltd.\nAN\nDocument ELLP000020240314ek3e0000a\n"
    )


EUROPRESSE = (
    "<html><head><meta charset='utf-8'></head><body>{}</body></html>",
    "<article><header><div class='rdp__DocPublicationName'><span class='DocPublicationName'>{outlet}</span></div>"
    "<span class='DocHeader'>{header}</span><div class='titreArticle'><p class='titreArticleVisu rdp__articletitle'>{title}</p></div>"
    "<p class='sm-margin-bottomNews'>{author}</p></header><section><div class='DocText clearfix'>{body}</div></section>"
    "<footer><div class='publiC-lblNodoc'>news·20240314·ELP·0001</div><small>© 2024 The Ellan Post. All rights reserved.</small></footer></article>",
)


def europresse(*articles: dict[str, str]) -> str:
    """Return a page of Europresse."""
    body = "".join(f"<p>{line}</p>" for line in BODY)
    base = {
        "outlet": "The Ellan Post (site web)",
        "header": "News, Thursday, March 14, 2024 850 words, p. A4",
        "title": "Dam to Open",
        "author": "Marta Quill",
        "body": body,
    }
    return EUROPRESSE[0].format("".join(EUROPRESSE[1].format(**{**base, **a}) for a in articles))


def factiva_xml(*titles: str) -> str:
    """Return Factiva's XML."""
    article = '<article fid="x{n}"><HD><field name="HD"><p>{title}</p></field></HD><reply/></article>'
    rows = "".join(
        f'<ppsArticle><article id="ELLP{n}"><accessionNo>ELLP00002024031{n}</accessionNo><baseLanguage>en</baseLanguage><byline>Marta Quill</byline>'
        f'<headline><paragraph display="Proportional">{title}</paragraph></headline><leadParagraph><paragraph>{BODY[0]}</paragraph></leadParagraph>'
        f"<publicationDate><date>2024031{n}</date></publicationDate><sourceName>The Ellan Post</sourceName><sourceCode>ELLP</sourceCode>"
        f"<tailParagraphs>{''.join(f'<paragraph>{line}</paragraph>' for line in BODY[1:])}</tailParagraphs></article></ppsArticle>"
        for n, title in enumerate(titles, 4)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><response><headlinesSet>{rows}</headlinesSet></response>'
        if article
        else ""
    )


POST = "The Ellan Post(Ellan)"
CASES = [
    Case("Nexis Uni, labels in the text", "a.txt", nexis(POST), {**WHOLE, "outlet": POST, "not_body": ["DAMS (90%)", "March 16"]}),
    Case("Nexis Uni, an edition before the date", "a.txt", nexis(POST, "City Edition"), {**WHOLE, "outlet": POST, "published": "2024-03-14"}),
    Case("Nexis Uni, a final edition and a correction", "a.txt", nexis(POST, "Final Edition", "Correction Appended"), {**WHOLE, "outlet": POST}),
    Case("Nexis Uni, a version", "a.txt", nexis(POST, "1 - All-round Country Edition"), {**WHOLE, "outlet": POST}),
    Case("Nexis Uni, a heading of three lines", "a.txt", nexis("Farmers vow to fight", "'Forty fields lost'", POST),
         {"title": "Dam to Open Farmers vow to fight 'Forty fields lost'", "outlet": POST, "body_contains": list(BODY)}),
    Case("Nexis Uni, two lines of heading and an edition, no cover", "a.txt", nexis("Farmers vow to fight", "The Ellan Post", "Late Edition", contents=False),
         {"title": "Dam to Open Farmers vow to fight", "outlet": "The Ellan Post", "body_contains": list(BODY)}),
    Case("Nexis Uni, no cover, three articles", "a.txt", "".join(nexis(POST, contents=False, title=t) for t in ("Dam to Open", "Dam Opens", "Dam Shuts")),
         {"articles": [{"title": "Dam to Open", "outlet": POST}, {"title": "Dam Opens"}, {"title": "Dam Shuts"}]}),
    Case("ProQuest, labels in the text", "a.txt", proquest(), {**WHOLE, "outlet": "The Ellan Post", "published": "2024-05-01", "not_body": ["Dams; Farms"]}),
    Case("ProQuest, a rule in the text", "a.txt", proquest((*BODY[:3], "_" * 30, *BODY[3:])), {**WHOLE, "outlet": "The Ellan Post"}),
    Case("ProQuest, two documents and a footer", "a.txt", proquest() + proquest((BODY[0],)).replace("Dam to Open", "Dam Opens") + "\n\nContact us at: https://www.proquest.com\n\nCopyright © 2024 ProQuest LLC\n",
         {"articles": [WHOLE, {"title": "Dam Opens", "n_body": 1, "published": "2024-05-01"}]}),
    Case("ProQuest, a text that ends with a label", "a.txt", proquest((*BODY, "Location: the farmers met where the river bends, he said.")),
         {**WHOLE, "body_contains": [*BODY, "Location: the farmers met"]}),
    Case("old services, labels in the text", "a.txt", old(), {**WHOLE, "outlet": "The Ellan Post", "not_body": ["March 16"]}),
    Case("old services, capitals in the text", "a.txt", old(("ELLAN: The council voted to open the dam.", "CITY: nobody in it wanted the dam, she said.", *BODY)),
         {**WHOLE, "body_contains": ["CITY: nobody in it", "ELLAN: The council"]}),
    Case("old services in German", "a.html", old_html("AUTOR", "RUBRIK", "LÄNGE", "1 von 1 DOCUMENTS", "14. März 2024 Donnerstag"),
         {**WHOLE, "outlet": "The Ellan Post", "byline": "Marta Quill", "published": "2024-03-14"}),
    Case("old services in French", "a.html", old_html("AUTEUR", "RUBRIQUE", "LONGUEUR", "1 de 1 DOCUMENTS", "14 mars 2024 jeudi"),
         {**WHOLE, "outlet": "The Ellan Post", "byline": "Marta Quill", "published": "2024-03-14"}),
    Case("old services in Dutch", "a.html", old_html("AUTEUR", "RUBRIEK", "LENGTE", "1 of 1 DOCUMENTS", "14 maart 2024 donderdag"), {**WHOLE, "byline": "Marta Quill"}),
    Case("old services in Spanish", "a.html", old_html("AUTOR", "SECCIÓN", "LONGITUD", "1 of 1 DOCUMENTS", "14 marzo 2024 jueves"), {**WHOLE, "byline": "Marta Quill"}),
    Case("Factiva, lines that begin like its codes", "a.txt", factiva((BODY[0], "CO owners of the dam declined to comment.", "IN the hall nobody clapped, Bo Vale said.", *BODY[1:])),
         {**WHOLE, "outlet": "The Ellan Post", "body_contains": ["CO owners", "IN the hall", *BODY]}),
    Case("Europresse", "a.html", europresse({}, {"title": "Dam Opens", "header": "Région, vendredi 15 mars 2024 1 200 mots, p. 3"}, {"title": "Dam Shuts", "outlet": "Le Nouveau Post (Ellan)", "author": ""}),
         {"articles": [{**WHOLE, "outlet": "The Ellan Post", "published": "2024-03-14", "byline": "Marta Quill"},
                       {"title": "Dam Opens", "published": "2024-03-15"}, {"title": "Dam Shuts", "outlet": "Le Nouveau Post (Ellan)"}]}),
    Case("Europresse without a text", "a.html", europresse({"body": ""}), {"rejected": "no text"}),
    Case("Factiva's XML", "a.xml", factiva_xml("Dam to Open", "Dam Opens"),
         {"articles": [{**WHOLE, "outlet": "The Ellan Post", "published": "2024-03-14", "byline": "Marta Quill"}, {"title": "Dam Opens", "published": "2024-03-15"}]}),
    Case("an XML that nobody knows", "a.xml", "<?xml version='1.0'?><export><doc><t>Dam to Open</t><b>" + BODY[0] + "</b></doc><doc><t>Dam Opens</t><b>" + BODY[5] + "</b></doc></export>",
         {"rejected": "XML"}),
    Case("a picture of a wire", "a.json", '{"type": "picture", "headline": "The dam of Ellan", "description_text": "The dam of Ellan on Monday, after the vote of the council.", "renditions": {}}',
         {"rejected": "picture"}),
    Case("a wire's pictures among its texts", "a.json", '[{"type": "text", "headline": "Dam to Open", "body_text": "' + BODY[0] + '"}, {"type": "video", "headline": "The dam", "body_text": "' + BODY[1] + '"}, {"type": "graphic", "headline": "The dam"}]',
         {"n_articles": 1, "rejected": "video", "title": "Dam to Open"}),
]  # fmt: skip
