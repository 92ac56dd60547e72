import pytest

from mediabias.article import Article, Span, paragraphs
from mediabias.attribution import attribute
from mediabias.attribution.describe import described
from mediabias.attribution.engines import Found
from mediabias.attribution.sources import source_type
from mediabias.attribution.speakers import Speakers

TEXT = (
    "Interior Minister Ana Dole said that the port would stay shut. Orrin Vale, a dockers’ leader, said it should open.\n\n"
    "The minister said she had no choice. “She has,” said Vale. “We told her.”\n\n"
    "Officials in Port Ellan said they were waiting. Mr. Vale said he was tired."
)


def test_surname_title_and_pronoun_lead_back_to_the_name() -> None:
    attributed = attribute(Article.from_text(TEXT))
    spoken = [(TEXT[a.source[0].start : a.source[0].end], a.speaker) for a in attributed.attributions or () if a.source]
    assert ("Interior Minister Ana Dole", "Ana Dole") in spoken
    assert ("The minister", "Ana Dole") in spoken
    assert ("Vale", "Orrin Vale") in spoken
    assert ("Mr. Vale", "Orrin Vale") in spoken
    assert ("Officials in Port Ellan", "Officials in Port Ellan") in spoken


def resolved(text: str, *wanted: str) -> list[str]:
    """Resolve words in the order in which they stand, the last place of each."""
    speakers = Speakers(text, list(paragraphs(text)))
    spans = sorted(Span(text.rindex(w), text.rindex(w) + len(w)) for w in wanted)
    return [speakers.resolve(s) for s in spans]


@pytest.mark.parametrize(
    ("text", "pronoun", "speaker"),
    [
        ("Tarn Orr left. His spokeswoman, Wil Korr, stayed. Soon he spoke.", "he", "Tarn Orr"),
        ("Tarn Orr left. Wil Korr, a businesswoman from Ellan, stayed. Soon he spoke.", "he", "Tarn Orr"),
        ("Wil Korr left. Congressman Tarn Orr stayed. Soon she spoke.", "she", "Wil Korr"),
        ("Wil Korr left. Tarn Orr, the widow’s son, stayed. Soon she spoke.", "she", "Wil Korr"),
        ("Wil Korr left. Ben Orr stayed. Soon she spoke.", "she", "Wil Korr"),  # by the given name
        ("Ben Orr left. Ben Korr, the widow of a pilot, stayed. Soon he spoke.", "he", "Ben Orr"),
        ("Wil Korr left. Tarn Orr stayed. Soon she spoke.", "she", "Tarn Orr"),  # nothing tells
    ],
)
def test_titles_and_appositions_tell_a_pronouns_gender(text: str, pronoun: str, speaker: str) -> None:
    assert resolved(text, pronoun) == [speaker]


@pytest.mark.parametrize(
    ("text", "wanted", "speaker"),
    [
        ("The ministry asked the engineers. It was told nothing.", "It", "The ministry"),
        ("Two engineers came. It rained.", "It", "It"),
        ("A man in the crowd spoke. It rained.", "It", "It"),
        ("Two engineers came. They spoke.", "They", "Two engineers"),
        ("The Ellan Institute asked two engineers. It was told nothing.", "It", "The Ellan Institute"),
    ],
)
def test_it_is_a_body_and_no_person_and_no_plural(text: str, wanted: str, speaker: str) -> None:
    subject = text.split(" ask")[0].split(" came")[0].split(" spoke")[0]
    plural = ["Two engineers"] if "Two" in text else ["two engineers"] if "two" in text else []
    assert resolved(text, *{subject, *plural}, wanted)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "wanted", "speaker"),
    [
        ("North Korrimund fired. South Korrimund said so.", "South Korrimund", "South Korrimund"),
        ("Ana Dole spoke. Ana B. Dole left. Dole said so.", "Dole", "Ana Dole"),
        ("Ana B. Dole spoke. Ana Dole left. Ana Dole said so.", "Ana Dole", "Ana B. Dole"),
        ("Mr. Orr came. Ms. Orr left. He said so.", "He", "Orr"),
        ("President Orr came. He said so.", "He", "Orr"),
        ("Ben Orr came. Mr. Orr said so.", "Mr. Orr", "Ben Orr"),
        ("Ana Orr came. Mr. Orr said so.", "Mr. Orr", "Orr"),
        ("President Luiz Tarrow da Quill came. Tarrow said so.", "Tarrow", "Luiz Tarrow da Quill"),
        ("Ben Orr and Ben Korr came. Ben said so.", "Ben", "Ben"),
        ("Ben Orr came. Ben said so.", "Ben", "Ben Orr"),
        ("Mayor Bill de Orrin spoke. De Orrin said so.", "De Orrin", "Bill de Orrin"),
        ("He met angry Democrats on Vale Hill, who said so.", "who", "Democrats on Vale Hill"),
        (
            "Officials at Ellan Watch, a part of Port Customs Guard, said so.",
            "Officials at Ellan Watch, a part of Port Customs Guard",
            "Officials at Ellan Watch, a part of Port Customs Guard",
        ),
        (
            "Lawmakers on the panel, led by Ben Orr, said so.",
            "Lawmakers on the panel, led by Ben Orr,",
            "Lawmakers on the panel, led by Ben Orr",
        ),
        ("Brave Ana Orr has spoken.\n\nAna Orr came. Orr said so.", "Orr", "Ana Orr"),
        ("Anna Maria Orr came. Maria Orr left. Anna Maria Orr said so.", "Anna Maria Orr said"[:14], "Anna Maria Orr"),
    ],
)
def test_a_short_name_leads_to_the_one_who_bears_it(text: str, wanted: str, speaker: str) -> None:
    assert resolved(text, wanted) == [speaker]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ben Orr, Ellan Economics managing director and head of prices, was wary. He spoke.", "company"),
        ("Ben Orr of Tarrow Research & Partners Inc. was wary. He spoke.", "company"),
        ("Ben Orr of Tarrow was wary. He spoke.", "unknown"),
        ("Ben Orr, Ellan and the rest, was wary. He spoke.", "unknown"),
    ],
)
def test_where_somebody_works_says_what_they_are(text: str, kind: str) -> None:
    speakers = Speakers(text, list(paragraphs(text)))
    assert next(p.name for p in speakers.people) == "Ben Orr"
    assert source_type("He", speaker=", ".join(speakers.descriptions("Ben Orr"))) == kind


@pytest.mark.parametrize(
    ("text", "wanted", "speaker", "kind"),
    [
        ("It grew, said Rope Accountants of Ellan’s chief economist, Ana-Li Orr. Orr left.", "Orr", "Ana-Li Orr", "expert"),
        ("Ana Orr fled. Many moved, as did Orr, an engineer who taught at Ellan. Orr left.", "Orr", "Ana Orr", "expert"),
        ("Ana Orr fled. Many saw it, said Orr, a test of strength that could last. Orr left.", "Orr", "Ana Orr", "unknown"),
        ("Engineer Gihad Orr had to leave. Orr left.", "Orr", "Gihad Orr", "expert"),
        ("A former envoy to Ukraine Bo Vale, shifted. Vale left.", "Vale", "Bo Vale", "named official"),
        ("During a town hall with the president, Ana Orr had a question. Orr left.", "Orr", "Ana Orr", "unknown"),
        ("The president of the club, Ana Orr, had a question. Orr left.", "Orr", "Ana Orr", "civil society"),
        ("Mayor Bill de Orr came. De Orr left.", "De Orr", "Bill de Orr", "named official"),
        ("Ana Orr, 37(Image: Vess) Orr left.", "Orr", "Ana Orr", "citizen"),
        ("Ana Orr, 37, came. Bo Vale, 40, left. The 37-year-old spoke.", "The 37-year-old", "Ana Orr", "citizen"),
        ("Del. Ana L. Orr (D-Ellan), a corporate lawyer who left.", "who", "Ana L. Orr", "named official"),
        ("They met a corporate lawyer who left.", "who", "a corporate lawyer", "expert"),
        ("The Alliance to Mend Our Ferries (AMOF) met. AMOF left.", "AMOF", "AMOF", "civil society"),
        ("The Alliance met. The head of AMOF left.", "AMOF", "AMOF", "state or institution"),
        ("Tess Bishop, Head of Tests at Ellan Institute, came. Tess left.", "Tess", "Tess Bishop", "expert"),
        ("Tova Orr, Head of Tests at Ellan Institute, came. Tova left.", "Tova", "Tova Orr", "expert"),
        ("Minister Kim Orr and Bo Vale came. Mr. Orr and Bo Vale left.", "Mr. Orr and Bo Vale", "Kim Orr and Bo Vale", "named official"),
        ("Minister Kim Orr and Bo Vale came. Orr and the others left.", "Orr and the others", "Orr and the others", "unknown"),
        ("The Ellan Post and Minister Ana Orr met. Then The Ellan Post wrote.", "The Ellan Post", "The Ellan Post", "media"),
        ("Ana Orr spoke to Vess Images. She left.", "She", "Ana Orr", "unknown"),
        ("Ana Orr spoke to Prime Day. She left.", "She", "Ana Orr", "unknown"),
        ("Ban Ki-orr, a diplomat, came. They ban it. Mr. Ban left.", "Mr. Ban", "Ban Ki-orr", "named official"),
        ("Ana Orr at the University of Ellan came. Orr left.", "Orr", "Ana Orr", "expert"),
        ("Luis Ines Lulo de Orr, the president, came. Lulo left.", "Lulo", "Luis Ines Lulo de Orr", "named official"),
        ("JPL scientist and study author Ana Orr came. Orr left.", "Orr", "Ana Orr", "expert"),
    ],
)  # fmt: skip
def test_what_an_article_says_of_somebody_tells_what_they_are(text: str, wanted: str, speaker: str, kind: str) -> None:
    start = text.rindex(wanted)
    found = Found((Span(start + len(wanted) + 1, len(text) - 1),), (Span(start, start + len(wanted)),), (), 1.0)
    said = described(Article.from_text(text), found, Speakers(text, list(paragraphs(text))))
    assert (said.speaker, said.source_type) == (speaker, kind)


@pytest.mark.parametrize(
    ("group", "body"),
    [("Ellan Activists", False), ("Ellan Watch Charity", True), ("Two charities", False), ("the charity", True)],
)
def test_it_is_one_body(group: str, body: bool) -> None:
    assert resolved(f"{group} spoke. Then it left.", group, "it") == [group, group if body else "it"]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("the friend of Ana Orr", "the friend of Ana Orr"),
        ("Ana Orr’s friend", "Ana Orr’s friend"),
        ("an Ana Orr insider", "an Ana Orr insider"),
        ("Ana Orr, an insider", "Ana Orr"),
        ("the insider Ana Orr", "Ana Orr"),
    ],
)
def test_a_name_that_tells_whose_a_source_is_does_not_speak(source: str, speaker: str) -> None:
    assert resolved(f"Ana Orr came. Then {source} left.", source) == [speaker]
