"""What a source is and how it is named, from ``lexicons/source_words.csv`` and the names of states."""

from __future__ import annotations

import re
from functools import cache

from mediabias import lexicons
from mediabias.outlets import shipped
from mediabias.places import states as known_states

PRONOUNS = frozenset(
    "he she they it we i you who which that him her them us me his hers their its one himself herself themselves "
    "these those this whoever".split()
)
_NAME = re.compile(r"\b[A-Z][\w’'.-]*(?:\s+(?:(?:de|van|von|der|al|bin|da|di|la|el)\s+)?[A-Z][\w’'.-]*)+")
_HONORIFIC = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Sir|Lord|Lady|Dame)\b\.?")
_WORD = re.compile(r"[\w’'.-]+")
_DETERMINER = re.compile(
    r"^(?:the|an?|its|his|her|their|our|one|two|three|four|several|many|some|most|other|former)\s+", re.I
)
#: What stands behind these is whose the source is, not what it is.
_BEHIND = re.compile(
    r"\s(?:of|for|at|from|with|in|inside|on|to|near|close|familiar|briefed|by|against|representing|advising|"
    r"running|leading|seeking|handling|including|who|"
    r"whose|which|that)\s",
    re.I,
)
_SPOKEN_LAST = re.compile(r"[A-Z](?:(?! (?:who|whose|which|that) ).)+ (?:spokes(?:man|woman|person|people)|officials?)")
#: How a private person is described: by an age, a clause, or a noun with "a".
_SOMEBODY = re.compile(r"\d{1,3}$|(?:who|whose)\s|an?\s+[a-z0-9]|of\s+[A-Z]", re.I)
_BODIES = frozenset(("expert", "civil society", "company", "media", "state or institution"))
_BODY_ORDER = (
    ("civil_society", "civil society"),
    ("expert", "expert"),
    ("company", "company"),
    ("media", "media"),
    ("institution_state", "state or institution"),
)
#: In this order a type is looked for; the first that fits is taken.
_ORDER = (
    ("media", "media"),
    ("document", "document"),
    ("expert", "expert"),
    ("company", "company"),
    ("civil_society", "civil society"),
    ("citizen", "citizen"),
)


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    """Return for each kind one pattern over its words, longest first.

    A word written with a capital in the table is told by it: "WHO" is no "who". A star stands for any beginning.
    """
    rows = lexicons.rows("source_words")
    out = {}
    for row in rows:
        words = sorted(row["words"].split("|"), key=lambda w: (-len(w), w))
        out[row["kind"]] = re.compile(r"(?<![\w-])(?:" + "|".join(map(_alternative, words)) + r")(?![\w])", re.I)
    return out


def _alternative(word: str) -> str:
    escaped = (r"\w+" if word.startswith("*") else "") + re.escape(word.removeprefix("*"))
    return escaped if word == word.lower() else f"(?-i:{escaped})"


@cache
def _places() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the names that stand for a state (countries and capitals), and a pattern over nationalities."""
    known = known_states()
    states = frozenset(name.lower() for p in known for name in (*p.names, *p.capitals))
    nations = sorted({name for p in known for name in (*p.names, *p.demonyms)}, key=lambda w: (-len(w), w))
    pattern = r"(?<![\w-])(?:" + "|".join(map(re.escape, nations)) + r")s?(?![\w])"
    return states, re.compile(pattern)


@cache
def _figures() -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of public figures, and their surnames."""
    names = [r["name"] for r in lexicons.rows("public_figures")]
    return frozenset(names), frozenset(n.split()[-1] for n in names)


def is_public_figure(name: str) -> bool:
    """Say whether a name is that of somebody who held or stood for a high office, without the article saying so.

    Examples
    --------
    >>> is_public_figure("Mr. Obama"), is_public_figure("Hillary Clinton"), is_public_figure("Ana Dole")
    (True, True, False)
    """
    words = re.sub(r"[’']s?$", "", _HONORIFIC.sub("", name).strip(" ,")).split()
    if not words or len(words) > 4:
        return False
    names, surnames = _figures()
    bare = " ".join(w for n, w in enumerate(words) if not (0 < n < len(words) - 1 and len(w) == 2 and w[1] == "."))
    return bare in names or " ".join(words) in names or (len(words) == 1 and words[0] in surnames)


#: "40 anglers", "two thirds of voters": people by their number.
_NUMBERED = re.compile(
    r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands|many|most|some|several|"
    r"few)\s+(?:(?:in|of|out of)\s+\d+$|"
    r"(?:(?:of|in)\s+)?(?:\d+\s+|[a-z-]+\s+)?[A-Z]?[a-z-]+s$)|(?:\d[\d.]*|[a-z-]+) ?(?:percent|%)|"
    r"(?:nearly |about )?(?:a|one|two|three)[ -](?:thirds?|quarters?|half|fifths?)(?: of (?:[a-z-]+ ){0,2}[a-z]+s)?$",
    re.I,
)
#: A newspaper by its name, one that the table of outlets need not know.
_PAPER = re.compile(
    r"[Tt]he (?:(?:[A-Z][\w-]+ ){0,3}(?:Post|Times|Journal|Record|Chronicle|Tribune|Herald|Gazette|Telegraph|Courier)|"
    r"(?:[A-Z][\w-]+ )?Daily [A-Z]\w+|(?:[A-Z][\w-]+ ){1,3}(?:Star|Sun|Standard|Observer|Globe|Examiner|Mail))$"
)
_INSTITUTE = re.compile(
    r"(?:[Tt]he )?(?:[A-Z][\w-]+ ){0,3}(?:Cent(?:er|re)|Institute|University|College|School) (?:for|of|on) [A-Z][\w ]*$"
)
#: A part of a body, which is what the body is: "the company's design team".
_PART_OF_A_BODY = re.compile(r"(?:[\w-]+ ){0,2}(?:team|group|office|unit|division|arm|lab|branch)$")
#: Surnames that are titles too.
_TITLED_NAMES = frozenset("King Prince Pope Bishop Judge Major Duke Marshall Marshal Baron Priest Dean Senator".split())
#: The party and the state of a member of a legislature: "(D-Ohio)".
_SEAT = re.compile(r"\(?\b[RDI]-[A-Z][\w.]+")
_ACRONYM = re.compile(r"(?:[Tt]he\s+)?(?:[A-Z]{3,6}|(?:[A-Z]\.){2,5})(?:[’']s)?$")
#: "a handful of experts", "one of the doctors": what they are stands behind.
_PARTITIVE = re.compile(
    r"^(?:(?:(?:an?|the|another|about|nearly|almost|more than)\s+)*(?:[a-z]+ )?"
    r"(?:number|majority|minority|handful|chorus|sectors|parts|elements|wings|host|series|couple|groups?|array|range|crowd|dozens|hundreds|"
    r"thousands|percent|%|[0-9.]+)|one|two|three|some|many|most|several|each|all|both|any|half|few|none)"
    r"\s+of\s+(?:(?:the|his|her|its|their|our)\s+)?",
    re.I,
)
#: Names of no person: the states of the United States, and what else of a name is a place.
PROVINCES = re.compile(
    r"\b(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|"
    r"Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|"
    r"Montana|Nebraska|Nevada|New (?:Hampshire|Jersey|Mexico|York)|(?:North|South) (?:Carolina|Dakota)|Ohio|Oklahoma|"
    r"Oregon|Pennsylvania|Rhode Island|Tennessee|Texas|Utah|Vermont|(?:West )?Virginia|Washington|Wisconsin|Wyoming|"
    r"Los Angeles|San Francisco|Capitol Hill|Wall Street|(?:Middle|Far|Near) East|(?:North|South|Latin) America|"
    r"(?:Southeast|Central|East|South) Asia|(?:Eastern|Western|Central) Europe)\b"
)
#: One who isn't told apart from others: "a judge", "at least one senator".
_INDEFINITE = re.compile(r"(?:an?|one|at least one|another|some|several|many|few|any|each|two|both|most|all)\s", re.I)
#: Whoever leads a state's body is known by the body; who works there is not.
_LEADS = re.compile(
    r"\b(?:director|director-general|head|chief|boss|chair(?:man|woman|person)?|president|leader)$", re.I
)
#: What one is by one's role where nothing tells whom one serves.
_OWN_ROLE = (
    (re.compile(r"\b(?:executive directors?|coordinators?|organi[sz]ers?)$", re.I), "civil society"),
    (
        re.compile(
            r"\b(?:owners?|founders?|co-founders?|chief executive|ceo|managing director|"
            r"chief (?:operating|financial) officer|vice[- ]presidents?|proprietors?|partners?|managers?|employees?)$",
            re.I,
        ),
        "company",
    ),
)
_PARTISAN = re.compile(
    r"\b(?:democrat(?:ic|s)?|republicans?|gop|labour|conservatives?|congressional|white house|diplomatic)\b", re.I
)


def label_parts(source: str) -> tuple[str, ...]:
    """Return the forms that a source's label is made of.

    Parameters
    ----------
    source : str
        The source as it stands in the text.

    Returns
    -------
    tuple of str
        Of name, title, institution, nationality, pronoun, anonymous, description, in this order.

    Examples
    --------
    >>> label_parts("Russian Foreign Minister Ana Dole")
    ('name', 'title', 'nationality')
    >>> label_parts("he"), label_parts("a resident of the valley")
    (('pronoun',), ('description',))
    """
    words = [w.lower() for w in _WORD.findall(source)]
    if not words:
        return ()
    if len(words) == 1 and words[0] in PRONOUNS:
        return ("pronoun",)
    kinds = _kinds()
    has = {
        "name": _has_name(source),
        "title": bool(kinds["title_official"].search(source) or kinds["official_spoken"].search(source)),
        "institution": bool(kinds["institution_state"].search(source) or is_state(source)),
        "nationality": bool(_places()[1].search(source)) and not is_state(source),
        "anonymous": bool(kinds["anonymous"].search(source)),
    }
    parts = tuple(k for k, present in has.items() if present)
    return parts or ("description",)


def source_type(source: str, *, speaker: str = "") -> str:
    """Return what kind of source this is.

    Parameters
    ----------
    source : str
        As it stands in the text.
    speaker : str
        How the article describes whom it stands for; it decides where the source is a pronoun or a bare name.

    Returns
    -------
    str
        "named official", "unnamed official", "state or institution", "expert", "company", "civil society", "citizen",
        "media", "document" or "unknown".

    Examples
    --------
    >>> source_type("U.S. officials"), source_type("Moscow"), source_type("Foreign Minister Ana Dole")
    ('unnamed official', 'state or institution', 'named official')
    >>> source_type("a spokesman for the power company"), source_type("Samo Terk, a fitter")
    ('company', 'citizen')
    >>> source_type("she", speaker="minister Ana Dole")
    'named official'
    """
    own = _typed(source)
    if own != "unknown" or not speaker or speaker == source:
        return own
    return _typed(speaker)


def _typed(text: str) -> str:
    text = " ".join(text.replace("’", "'").split()).strip(" ,")
    if not text or (text.lower() in PRONOUNS and text != "WHO"):
        return "unknown"
    text = re.sub(r"(?<=\w) \(?@\w+\)?", "", text)  # "a user of Twitter @harbour"
    text = _without_surname(text)
    if _SEAT.search(text) and not _kinds()["plural_official"].match(text):
        return "named official"
    if is_outlet(text) or _PAPER.match(text):
        return "media"
    if _INSTITUTE.match(text):
        return "expert"
    if (leader := re.match(r"(.+?) and (?:his|her|its) [a-z]", text)) and (kind := _typed(leader[1])) != "unknown":
        return kind  # "the mayor and his aides"
    states = [p.strip() for p in re.split(r",|\s+and\s+", text)]
    if is_state(states[0]) and (len(states) == 1 or "," in text or all(map(is_state, states))):
        return "state or institution"
    # A name and its appositions: the first part that says what the source is decides.
    parts = [p.strip() for p in re.split(r",|\s(?:--?|[–—])\s", text) if p.strip()]
    if is_public_figure(parts[0]):
        return "named official"
    parts = [_with_plain_names(p) for p in parts]
    if re.match(r"(?:[Tt]he )?(?:[\w-]+ )?[A-Z]\w+s (?:for|[Aa]gainst) [A-Z]", text):
        return "civil society"  # "Mothers Against Drunk Driving"
    heads = ", ".join(_BEHIND.split(p)[0] for p in parts)
    named = _has_name(heads) or (len(parts) > 1 and _is_surname(parts[0]))
    if len(parts) == 1 and _INDEFINITE.match(text) and not _NAME.search(text):
        named = False
    for n, part in enumerate(parts):
        if n == 0 and len(parts) > 1 and re.fullmatch(r"[A-Z][a-z]+(?<!s)", part) and _SOMEBODY.match(parts[1]):
            continue  # "Baker, a former adviser": a surname, not a trade
        if re.match(r"including\s|such as\s|like\s", part):
            continue
        if (kind := _part_typed(part, named)) != "unknown" and not (n and named and kind == "document"):
            # Who is described by a body of the state is a person of it: "Dole, who clerks for a committee".
            return "named official" if n and named and kind in {"state or institution", "unnamed official"} else kind
    if named and len(parts) > 1 and any(_SOMEBODY.match(p) for p in parts[1:]):
        return "citizen"  # described, and not by an office or an organisation
    return _otherwise(text)


def is_outlet(text: str) -> bool:
    """Say whether a name is an outlet's: "The Insider" and "Science" are, "the insider" and "science" are not."""
    return not text.removeprefix("The ").islower() and shipped().find(text) is not None


def _without_surname(text: str) -> str:
    """Take a surname that is a title too from behind a given name: "Ben King" and "Mr. King" are no kings."""
    first, *rest = text.split(",")[0].split()
    if rest and rest[-1] in _TITLED_NAMES and (first.lower() in given_names() or _HONORIFIC.fullmatch(first)):
        return text.replace(f" {rest[-1]}", "", 1)
    return text


def _with_plain_names(text: str) -> str:
    """Put a name that is no word in the place of one that might be: "Bill Cook" is neither a document nor a cook."""
    return _plain_names().sub(lambda m: m[0] if names_body(m[0]) else "Ana Dole", text)


@cache
def _plain_names() -> re.Pattern[str]:
    given = "|".join(sorted(name.capitalize() for name in given_names()))
    return re.compile(
        rf"\b(?:{given})(?: [A-Z]\.)?(?: (?:de|van|von|der|di|da|du|bin|al))? [A-Z][\w'-]*[a-z](?=$|[\s,.')])(?! [A-Z])"
    )


@cache
def given_names() -> dict[str, str]:
    """Return the gender ("f" or "m") of given names that are borne by one in English, by the name in lower case."""
    return {r["name"]: r["gender"] for r in lexicons.rows("given_names")}


def _otherwise(text: str) -> str:
    """Type what no word tells: a known outlet, a known person, a number of people, a nation, an abbreviation."""
    owned = re.match(r".+?'s?\s+(.+)$", text)
    if owned and is_outlet(owned[1]):
        return "media"
    if any(is_public_figure(part) for part in re.split(r"\s+and\s+|,\s*", text)):
        return "named official"
    counted = re.sub(r"^(?:nearly|about|almost|only|another|more than|just|some|roughly)\s+", "", text, flags=re.I)
    if _NUMBERED.match(counted) or _places()[1].fullmatch(
        re.sub(r"^(?:many|most|some|the|young|ordinary)\s+", "", text, flags=re.I)
    ):
        return "citizen"
    return "state or institution" if _ACRONYM.match(text) else "unknown"


def _is_surname(text: str) -> bool:
    """Say whether a part is one capitalised word that no kind of source is called by."""
    return bool(re.fullmatch(r"[A-Z][\w'-]+", text)) and (
        not text.endswith("s") or not any(k.search(text) for k in _kinds().values())
    )


def _part_typed(part: str, named: bool) -> str:
    kinds = _kinds()
    if kinds["anonymous"].search(part):
        return _anonymous(part)
    stripped = _DETERMINER.sub("", _PARTITIVE.sub("", part) or part)
    # "A Ministry of Justice spokesman": the last word is what the source is.
    head, *rest = [stripped] if _SPOKEN_LAST.fullmatch(stripped) else _BEHIND.split(stripped, maxsplit=1)
    behind = rest[0] if rest else ""
    head = re.sub(r"(?<=\w) (?:led|headed|chaired|run|founded|based|backed|hired|named|called)$", "", head)
    owned = re.match(r"(.+)'s?\s+(.+)$", head)
    if owned:
        head = owned[2]
        if is_outlet(owned[1]) and _NAME.fullmatch(head):
            return "media"  # a paper's reporter: "the Post's Ana Dole"
        owner = body(owned[1])
        if owner and owner != "state or institution" and _PART_OF_A_BODY.fullmatch(head):
            return owner
    if compound := _compound(head):
        return compound
    if _covers_head(kinds["role"], head):
        # A director, a spokesman, a member is what they speak for.
        other = _DETERMINER.sub("", kinds["role"].sub(" ", head)).strip()
        if _covers_head(kinds["expert"], head) and _places()[1].fullmatch(other):
            other = ""  # "US lawyers" serve no state
        serves = body(behind) or body(owned[1] if owned else "") or body(other)
        if serves and serves != "state or institution":
            return serves
        office = kinds["title_official"].search(head) or kinds["official_spoken"].search(head)
        own = re.match(r"its\s", part, re.I)  # "its president": of what, the label doesn't say
        if serves or (office and not own):
            if not serves and behind and re.match(r"(?:the )?[A-Z]", behind) and _own_role(head) == "company":
                return "company"  # "a vice president of Acme"
            one = _definite(part) and not kinds["plural_official"].search(head)
            known = one and (kinds["title_official"].search(head) or (serves and (office or _LEADS.search(head))))
            plural = bool(kinds["plural_official"].search(head))
            return "named official" if (named and not plural) or known else "unnamed official"
        return next((name for kind, name in _ORDER if _covers_head(kinds[kind], head)), "") or _own_role(head)
    if last := _by_last_word(head):
        return last
    if (borne := _NAME.search(head)) and (trade := _trade_of_words(head[: borne.start()])):
        return trade
    for kind, name in _ORDER:
        if _covers_head(kinds[kind], head):
            # A lawyer who works for an association speaks for it.
            return (body(behind) if name == "expert" and body(behind) == "civil society" else "") or name
    if _covers_head(kinds["title_official"], head):
        plural = bool(kinds["plural_official"].search(head)) or (head.split()[-1].islower() and head.endswith("s"))
        return "named official" if (named or _definite(part)) and not plural else "unnamed official"
    if _covers_head(kinds["official_spoken"], head):
        return "named official" if named else "unnamed official"
    if _covers_head(kinds["institution_state"], head):
        person = named and _NAME.search(head) and not _ends(head, "institution_state")
        return "named official" if person else "state or institution"  # "County freeman Ana Dole"
    if named and _NAME.search(part) and not kinds["title_official"].search(head):
        # What stands behind a name's "of" or "at": "Tomasina Grey of the Maritime College".
        return body(behind) if behind and not owned and body(behind) in _BODIES else "unknown"
    for kind, name in (*_ORDER, ("official_spoken", "unnamed official"), ("institution_state", "unnamed official")):
        if kinds[kind].search(head):
            return "named official" if named and name == "unnamed official" else name
    return "named official" if named and kinds["title_official"].search(head) else "unknown"


def names_kind(word: str) -> bool:
    """Say whether one word says what somebody is: "filmmaker", "pollster", but not "campaign".

    Examples
    --------
    >>> names_kind("pollster"), names_kind("yesterday")
    (True, False)
    """
    kinds = ("title_official", "official_spoken", "expert", "company", "civil_society", "citizen", "media", "role")
    return any(_kinds()[kind].fullmatch(word) for kind in kinds)


def names_body(name: str) -> bool:
    """Say whether a name ends in a word for a body: "Fisheries Committee", "United Nations", not "Ana Dole".

    Examples
    --------
    >>> names_body("Bridge Committee"), names_body("Ana Church")
    (True, False)
    """
    last = name.split()[-1]
    if PROVINCES.fullmatch(name) or is_state(name):
        return True
    kinds, length = _kinds(), len(name.split())
    return bool(
        kinds["institution_state"].fullmatch(last)
        or kinds["institution_state"].fullmatch(name)
        or (length > 1 and kinds["company"].fullmatch(last))
        or (length > 2 and kinds["civil_society"].fullmatch(last))
    )


def _compound(head: str) -> str:
    """Type by a compound that says more than its last word, a role: "labor leaders", "film director", "band leader"."""
    role = max((len(m[0]) for m in _ends(head, "role")), default=0)
    for kind, name in (("civil_society", "civil society"), ("citizen", "citizen"), ("company", "company")):
        if role and any(len(m[0]) > role for m in _ends(head, kind)):
            return name
    return ""


def _trade_of_words(before: str) -> str:
    """Type by what stands right before a name where it is several words of the table: "study author", no "study"."""
    found = [(len(m[0]), name) for kind, name in _ORDER for m in _ends(before, kind) if " " in m[0]]
    return max(found)[1] if found else ""


def _ends(head: str, kind: str) -> list[re.Match[str]]:
    """Return the words of a kind that a head ends in."""
    end = len(head.rstrip(" ."))
    return [m for m in _kinds()[kind].finditer(head) if m.end() == end]


def _by_last_word(head: str) -> str:
    """Type by the last word what can't be a person: "a Times poll" is a document, a "Bureau" a body."""
    if _HONORIFIC.search(head) or is_outlet(head):
        return ""
    longest, found = 0, ""
    for kind, name in (("document", "document"), *_BODY_ORDER):
        for m in _ends(head, kind):
            if len(m[0]) > longest:
                longest, found = len(m[0]), name
    if found == "state or institution" and _kinds()["media"].search(head):
        return ""
    # "Brock Research Center": what a body's name ends in outdoes a word in its midst.
    institute = found == "expert" and re.search(r"(?:[Cc]enter|[Ii]nstitute|University|College|Academy)$", head)
    return found if found in {"document", "state or institution"} or institute else ""


def _own_role(head: str) -> str:
    bare = head.strip(" .")
    return next((name for pattern, name in _OWN_ROLE if pattern.search(bare)), "unknown")


def body(text: str) -> str:
    """Return what an organisation is, or an empty string: whom a spokesman speaks for.

    Examples
    --------
    >>> body("the power company"), body("the Interior Ministry"), body("Ana Dole")
    ('company', 'state or institution', '')
    """
    kinds = _kinds()
    stripped = _DETERMINER.sub("", re.split(r",|\s(?:who|whose|which|that)\s", text)[0].strip())
    if not stripped:
        return ""
    if is_outlet(stripped):
        return "media"
    for kind, name in _BODY_ORDER:
        if kinds[kind].search(stripped):
            return name
    if is_state(stripped) or _places()[1].search(stripped) or kinds["title_official"].search(stripped):
        return "state or institution"
    return ""


def _covers_head(pattern: re.Pattern[str], head: str) -> bool:
    """Say whether the last words of the head are in the pattern; a name may follow its title."""
    bare = _NAME.sub(lambda m: m[0] if pattern.search(m[0]) else "", head).strip()
    return any(m.end() >= len(bare.rstrip(" ,.")) - 1 for m in pattern.finditer(bare)) or (
        bool(_NAME.search(head)) and pattern.search(head) is not None
    )


def _anonymous(part: str) -> str:
    """Type a source that hides its name: of the state, of a firm, or nobody knows of what."""
    kinds = _kinds()
    rest = kinds["anonymous"].sub(" ", part)
    if kinds["company"].search(rest) or body(rest) == "company":
        return "company"
    if kinds["official_spoken"].search(rest) or kinds["institution_state"].search(rest) or _places()[1].search(rest):
        return "unnamed official"
    if _PARTISAN.search(rest):
        return "unnamed official"
    if kinds["citizen"].search(rest) and "people" not in rest.lower():
        return "citizen"
    return "unknown"


def _definite(text: str) -> bool:
    """Say whether "the minister", "Police Chief" stand for one known person; "a minister", "ministers" do not."""
    if _INDEFINITE.match(text):
        return False
    return re.match(r"(?:the|his|her|their|our)\s|(?!An?\b|[A-Z]\w+s\b)[A-Z]", text.strip(), re.M) is not None


def is_state(text: str) -> bool:
    """Say whether a name alone stands for a state: a country, or a capital.

    Examples
    --------
    >>> is_state("Ukraine"), is_state("the Ukrainian army")
    (True, False)
    """
    return re.sub(r"^the\s+|[’']s?$", "", text.strip(" ,.").lower().removesuffix(".")) in {
        s.rstrip(".") for s in _places()[0]
    }


def _has_name(text: str) -> bool:
    """Say whether a person's name stands in the label: two capitals that are no title and no institution."""
    kinds = _kinds()
    if _HONORIFIC.search(text):
        return True
    cleaned = PROVINCES.sub(" ", _places()[1].sub(" ", text))
    nouns = ("institution_state", "title_official", "official_spoken", "document", "media", "expert", "role")
    plurals = ("citizen", "civil_society") if re.fullmatch(r"[A-Z]\w+s", cleaned.strip()) else ()
    for kind in (*nouns, *plurals):
        cleaned = kinds[kind].sub(" ; ", cleaned)
    cleaned = re.sub(r"^(?:The|A|An|His|Her|Some|Many|One)\b", " ", cleaned.strip())
    tokens = [w for w in cleaned.split() if w[0].isupper() and w.strip(".,") not in {"I"}]
    if _NAME.search(cleaned):
        return not kinds["company"].search(text) or "," in text
    # A bare surname, or a surname behind its title.
    alone = len(_WORD.findall(text)) == 1 or bool(kinds["title_official"].search(text))
    return bool(tokens) and alone and not is_state(tokens[0])
