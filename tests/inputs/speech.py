"""Whose words they are: beside somebody who acts, over paragraphs, in blocks, turns and headlines, in marks of any form."""

from tests.inputs.checks import Case
from tests.inputs.pages import TEXT, article, paragraphs

SHY, ZWSP, JOINER, NBSP, BOM = "\u00ad", "\u200b", "\u2060", "\u00a0", "\ufeff"
PLAIN = 'Dam to open in May\n\nAna Quill, the engineer, said the gates were rusty.\n\nThe dam lost water, according to a report by Orsa.\n\n"We go to court," Bo Vale told reporters.\n'
READ = {"attributions": [{"speaker": "Ana Quill", "cue": "said", "quotation": "indirect"}, {"speaker": "report by Orsa", "cue": "according to"},
                         {"speaker": "Bo Vale", "cue": "told", "quotation": "direct"}], "n": 3}  # fmt: skip


def told(*lines: str, title: str = "Ferry fares to rise in spring") -> str:
    """Return a text of a headline and paragraphs."""
    return "\n\n".join((title, *lines)) + "\n"


def by(*pairs: tuple[str, str]) -> dict[str, object]:
    """Return what is right: who says what, and nobody else."""
    return {"attributions": [{"speaker": who, "content": said} for who, said in pairs], "alone": True}


def headed(
    title: str,
    body: str = "The council met on Monday evening in the hall about the dam and its debts.\n\nThe engineer, Ana Quill, has led the works since 2011.",
) -> str:
    """Return a text below a headline."""
    return f"{title}\n\n{body}\n"


TALK = "The Post spoke to Ana Quill, the engineer of the dam, about its gates on Monday."
CASES = [
    Case("soft hyphens", "a.txt", PLAIN.replace("said", f"sa{SHY}id").replace("according", f"accord{SHY}ing").replace("Quill", f"Qu{SHY}ill"), READ),
    Case("zero-width spaces", "a.txt", PLAIN.replace("Vale", f"Va{ZWSP}le").replace("told", f"to{ZWSP}ld").replace("Ana", f"{ZWSP}Ana"), READ),
    Case("word joiners and no-break spaces", "a.txt", PLAIN.replace("Ana Quill", f"Ana{NBSP}Qu{JOINER}ill").replace("Bo Vale told", f"Bo\u202fVale{NBSP}told"), READ),
    Case("byte order marks", "a.txt", PLAIN.replace('"We', f'{BOM}"We').replace("\n\nThe", f"\n\n{BOM}The"), READ),
    Case("composed of two characters", "a.txt", PLAIN.replace("Ana", "A\u0301na"),
         {**READ, "attributions": [{"speaker": "Ána Quill", "cue": "said"}, *READ["attributions"][1:]]}),
    Case("one who acts before", "a.txt", told('Ana Quill shook her head. "The fares will go up." Nobody answered.', 'Bo Vale was furious. "This is a joke."', 'Outside, the fisherman Jon Orr lit a pipe. "I will sell my boat."'),
         by(("Ana Quill", "The fares will go up."), ("Bo Vale", "This is a joke."), ("Jon Orr", "I will sell my boat."))),
    Case("one who acts behind", "a.txt", told('"The fares will go up in May." Ana Quill folded her papers.', '"This is a bad joke." Bo Vale left the room.'),
         by(("Ana Quill", "The fares will go up in May."), ("Bo Vale", "This is a bad joke."))),
    Case("a role that acts", "a.txt", told('The captain looked at the sea. "There is no fish left."', 'Bo Vale turned away. "Nobody asked us."'), by(("Bo Vale", "Nobody asked us."))),
    Case("two paragraphs, another speaks in the last", "a.txt", told('The captain, Ana Quill, backed the plan. "The boats are old," she said.', '"Nobody on Orsa can pay that. We have asked for years.', '"Now we go to court," said Bo Vale, a fisherman.'),
         by(("Ana Quill", "The boats are old,"), ("Bo Vale", "Nobody on Orsa can pay that."), ("Bo Vale", "Now we go to court,"))),
    Case("three paragraphs, the speaker in the first", "a.txt", told("“We watch the gates,” said Bo Vale, who runs them. “They are slow.", "“Until this week we kept below forty turns a day.", "“I ask you to be patient.”"),
         by(("Bo Vale", "They are slow."), ("Bo Vale", "Until this week"), ("Bo Vale", "I ask you"))),
    Case("four paragraphs, the speaker in the last", "a.txt", told("The authority gave its figures.", "“We watch the gates day and night.", "“They are slow, as you all know.", "“Until this week we kept below forty.", "“I ask you to be patient,” said Bo Vale, who runs the gates."),
         by(("Bo Vale", "We watch the gates"), ("Bo Vale", "They are slow"), ("Bo Vale", "I ask you"))),
    Case("a block quotation behind a colon", "a.html", article(f"<p>{TEXT[0]}</p><p>In a note to the farmers, Ana Quill wrote:</p><blockquote><p>The gates are old.</p><p>We cannot wait any longer.</p><p>Help us.</p></blockquote><p>{TEXT[2]}</p><p>{TEXT[3]}</p>"),
         {"attributions": [{"speaker": "Ana Quill", "content": ["The gates are old.", "We cannot wait any longer.", "Help us."], "not_content": "Bo Vale", "quotation": "direct"}, {"speaker": "Bo Vale", "cue": "said"}]}),
    Case("a block quotation without paragraphs", "a.html", article(f"<p>{TEXT[0]}</p><p>Ana Quill said in a statement:</p><blockquote>The gates are old. We cannot wait.</blockquote><p>{TEXT[2]}</p><p>{TEXT[3]}</p>"),
         {"attributions": [{"speaker": "Ana Quill", "content": "The gates are old. We cannot wait.", "not_content": "Bo Vale"}, {"speaker": "Bo Vale", "cue": "said"}]}),
    Case("a block quotation with a footer", "a.html", article(f"<p>{TEXT[0]}</p><blockquote><p>The gates are older than all of us.</p><footer>— Ana Quill, engineer</footer></blockquote><p>{TEXT[2]}</p><p>{TEXT[3]}</p>"),
         {"attributions": [{"source": "Ana Quill, engineer", "content": "The gates are older than all of us."}]}),
    Case("a post of somebody", "a.html", article(f"<p>{TEXT[0]}</p><blockquote class='twitter-tweet'><p>They have sold us out. See you in court.</p>— Bo Vale (@bovale) <a href='https://twitter.com/b/1'>March 5, 2024</a></blockquote><p>{TEXT[1]}</p><p>{TEXT[3]}</p>"),
         {"attributions": [{"source": "Bo Vale", "content": "They have sold us out. See you in court."}]}),
    Case("a list behind a colon", "a.html", article(f"<p>{TEXT[0]}</p><p>The league wants three things, Bo Vale said:</p><ol><li>Fences for forty fields.</li><li>A new gate by May.</li><li>A say in the next vote.</li></ol><p>{TEXT[1]}</p><p>{TEXT[3]}</p>"),
         {"attributions": [{"speaker": "Bo Vale", "content": ["Fences for forty fields.", "A new gate by May.", "A say in the next vote."]}]}),
    Case("bullets behind a colon", "a.txt", told("The council met on Monday in the hall.", "The league wants two things, Bo Vale said:", "- Fences for forty fields.", "- A new gate by May.", "Ana Quill said the gates were safe."),
         {"attributions": [{"speaker": "Bo Vale", "content": ["Fences for forty fields.", "A new gate by May."]}, {"speaker": "Ana Quill", "cue": "said"}]}),
    Case("»so«", "a.txt", told("»We will not sign this,« Bo Vale said on Monday.", "The mayor said the town was »not for sale«."), {"quotations": ["direct", "mixed"]}),
    Case("« so »", "a.txt", told("« We will not sign this, » Bo Vale said on Monday.", "The mayor said the town was « not for sale »."), {"quotations": ["direct", "mixed"]}),
    Case("“ spaced ”", "a.txt", told("“ We will not sign this , ” said Bo Vale , the leader .", "The mayor said the town was “ not for sale ” ."), {"quotations": ["direct", "mixed"]}),
    Case("`` and ''", "a.txt", told("``We will not sign this,'' said Bo Vale, the leader.", "The mayor said the town was ``not for sale.''"), {"quotations": ["direct", "mixed"]}),
    Case("„so“", "a.txt", told("„We will not sign this,“ Bo Vale said on Monday.", "The mayor said the town was „not for sale“."), {"quotations": ["direct", "mixed"]}),
    Case("Markdown", "a.md", "## Talks fail in Ellan\n\n*“We will be back,”* said [Bo Vale](https://example.org/vale), **the league's leader**.\n\nThe mayor said the town was **“not for sale”**. See [the plan](https://example.org/plan).\n",
         {"title": "Talks fail in Ellan", "attributions": [{"speaker": "Bo Vale", "quotation": "direct"}, {"source": "The mayor", "quotation": "mixed"}]}),
    Case("Markdown in emphasis", "a.txt", "# Talks fail in Ellan on Monday\n\n**Bo Vale** said _nobody_ had asked the farmers.\n\n__Ana Quill__, *the engineer*, said the gates were old.\n",
         {"title": "Talks fail in Ellan on Monday", "attributions": [{"speaker": "Bo Vale", "cue": "said"}, {"speaker": "Ana Quill", "cue": "said"}]}),
    Case("a transcript in capitals", "a.txt", told(TALK, "ANA QUILL, CHIEF ENGINEER: The gates are not safe.", "MARTA ORR, HOST: And who pays?", "QUILL: The ministry does.", "They told us so in May.", "ORR: Thank you."),
         {"attributions": [{"source": "ANA QUILL", "speaker": "Ana Quill", "content": "The gates are not safe."}, {"speaker": "Marta Orr", "content": "And who pays?"}, {"source": "QUILL", "speaker": "Ana Quill", "content": ["The ministry does.", "They told us so in May."]}, {"source": "ORR", "speaker": "Marta Orr", "content": "Thank you."}]}),
    Case("a transcript with times behind the names", "a.txt", told(TALK, "Orr (10:02): Why do you open the dam?", "Quill (10:03): Because the gates are not safe.", "Orr (10:04): Who pays for it?", "Quill (10:05): The ministry pays half."), {"n_turns": {"Orr": 2, "Quill": 2}}),
    Case("a transcript with initials", "a.txt", told("Marta Orr of the Post spoke to Ana Quill, the engineer, on Monday.", "MO: Why do you open the dam?", "AQ: Because the gates are not safe.", "MO: Who pays for it?", "AQ: The ministry pays half."),
         {"attributions": [{"speaker": "Ana Quill", "content": "Because the gates are not safe."}, {"speaker": "Marta Orr", "content": "Who pays for it?"}]}),
    Case("questions and answers", "a.txt", told(TALK, "Q: Why do you open the dam?", "A: Because the gates are not safe.", "Q: Who pays for it?", "A: The ministry pays half of it."),
         {"attributions": [{"speaker": "Ana Quill", "content": "Because the gates are not safe."}, {"speaker": "Ana Quill", "content": "The ministry pays half of it."}]}),
    Case("facts with labels are no transcript", "a.txt", told("The dam is old.", "Height: forty metres.", "Length: two hundred metres.", "Cost: four million crowns.", "Ana Quill said it was safe."), {"n": 1}),
    Case("questions in strong words", "a.html", article("<p>Ana Quill, the chief engineer of the dam, talked to the Post on Monday.</p><p><b>Why do you open the dam?</b></p><p>Because the gates are not safe. The league says they are, but I have seen them.</p><p><b>Who pays for the new ones?</b></p><p>The ministry pays half.</p><p>The rest comes from the farmers.</p>"),
         {"attributions": [{"speaker": "Ana Quill", "content": "Because the gates are not safe."}, {"speaker": "Ana Quill", "content": ["The ministry pays half.", "The rest comes from"]}], "not_sources": ["The league"]}),
    Case("a claim, a dash, who makes it", "a.txt", headed("Gates of the dam 'not safe' — Quill"), {"attributions": [{"source": "Quill", "content": "Gates of the dam 'not safe'", "zone": "headline"}]}),
    Case("a claim, a dash, a report", "a.txt", headed("Dam has lost four million litres - study"), {"attributions": [{"source": "study", "content": "Dam has lost four million litres", "zone": "headline"}]}),
    Case("a claim, a colon, the police", "a.txt", headed("Two held after night at the dam: police"), {"attributions": [{"source": "police", "content": "Two held after night at the dam", "zone": "headline"}]}),
    Case("a quotation, a colon, a name", "a.txt", headed("'Gates are not safe': Quill"), {"attributions": [{"source": "Quill", "content": "'Gates are not safe'", "zone": "headline"}]}),
    Case("a name, a colon, what it says", "a.txt", headed("Quill: ‘Gates are not safe’"), {"attributions": [{"source": "Quill", "content": "Gates are not safe", "zone": "headline"}]}),
    Case("a place and a colon", "a.txt", headed("Ellan: farmers block the dam", "The council of Ellan met on Monday evening.\n\nThe engineer, Ana Quill, said there was no money left."), {"n_headline": 0}),
    Case("a kicker and a colon", "a.txt", headed("Explainer: why the dam has to open", "The engineer, Ana Quill, said there was no money left."), {"n_headline": 0}),
    Case("somebody that the story is about", "a.txt", headed("Jon Orr: court drops inquiry into singer", "Prosecutors have dropped an inquiry into the taxes of the singer Jon Orr. The court said the evidence was weak."), {"n_headline": 0}),
    Case("a section behind a dash", "a.txt", headed("Farmers block the dam of Ellan – live", "The engineer, Ana Quill, said there was no money left."), {"n_headline": 0}),
    Case("an outlet that promotes", "a.txt", told("Ana Quill said the gates were safe.", "Sign up for our newsletter, in which our editor says what matters.", "Subscribe to the Post: our reporters tell you what the council says."), {"n": 1}),
    Case("what was seen by an outlet", "a.txt", told("The engineer hid a report for weeks, e-mails obtained by the Orsa Post show.", "The gates were never tested, records reviewed by the Post revealed."),
         {"attributions": [{"source": "e-mails obtained by the Orsa Post", "content": "hid a report"}, {"source": "records reviewed by the Post", "content": "never tested"}]}),
    Case("on what terms somebody speaks", "a.txt", told("Two engineers, who asked not to be named because they feared for their jobs, said the gates were rusty."),
         {"attributions": [{"source": "Two engineers, who asked not to be named because they feared for their jobs", "content": "the gates were rusty"}]}),
    Case("where something was reported", "a.txt", told("A second case of reed fever was reported in a village near Ellan.", "The germ, per the ministry, lives in water.", "Prices rose by two crowns per litre, Ana Quill said."),
         {"not_sources": ["a village", "litre"], "attributions": [{"source": "the ministry", "content": "lives in water"}, {"speaker": "Ana Quill"}]}),
    Case("what nobody says", "a.txt", told("The gates were built according to plan.", "Workers are paid according to their rank.", "According to Bo Vale, the gates are old."), {"not_sources": ["plan", "rank"], "n": 1}),
    Case("names below dashes", "a.txt", told('"Ana is a true expert, and we will profit." - Mayor Jon Orr', '"She brings a wealth of knowledge." — Bo Vale, farmer', "From the office of Marta Dahl, senator.", '"The choice matters for every house in the valley."', title="Reaction to the choice of Ana Quill"),
         {"title": "Reaction to the choice of Ana Quill", **by(("Jon Orr", "Ana is a true expert"), ("Bo Vale", "She brings a wealth"), ("Marta Dahl", "The choice matters"))}),
    Case("verbs of two words", "a.txt", told('"It is over," Ana Quill weighed in.', '"Not yet," shot back Bo Vale.', '"We have time," Jon Orr chimed in from his corner.'), {"sources": ["Ana Quill", "Bo Vale", "Jon Orr"]}),
    Case("said twice, once in large type", "a.html", article(paragraphs()), {"n_of": {"Ada Quill": 1}}),
]  # fmt: skip
