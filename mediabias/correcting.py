"""Take in what people know better of attributions: one change, a table of changes, or an export that was edited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from mediabias.annotations import apply
from mediabias.annotations import corrections as of_people
from mediabias.annotations.corrections import CHANGEABLE, MISSED, NONE, check, fitting, format_spans
from mediabias.article import Article, Attribution, Correction, Span, Spans, words_of
from mediabias.attribution.words import COLUMNS as IN_WORDS
from mediabias.corpus import Corpus
from mediabias.csvs import read_csv
from mediabias.errors import TableError

_ROLES = ("source", "cue", "content")
#: In an edited export: anything in this column says that the row is no attribution.
IS_WRONG = "is_wrong"


def correct(
    corpus: Corpus | str | Path,
    what: str | Path | pd.DataFrame,
    *,
    engine: str | None = None,
    remove: bool = False,
    who: str = "",
    when: str = "",
    **changes: Any,
) -> Corpus:
    """Correct attributions; a correction is applied last, and kept through every run.

    Parameters
    ----------
    corpus : Corpus or path
        In the folder of a corpus, the corrections are written to ``corrections.csv``.
    what : str, path or DataFrame
        The id of an attribution, with `changes`, or `remove`; the id of an article, with the spans of an attribution that was
        missed; a table of corrections, or an edited export of ``mediabias attributions --csv`` (CSV or XLSX, or a path of one).
    engine : str, optional
        Of a folder: the engine whose attributions are corrected, as of `Corpus.load`.
    remove : bool
        It is no attribution.
    who, when : str
        Who says so, and when; kept with the correction.
    **changes
        Fields of an attribution and their values. Of source, cue and content either pairs ``(start, end)``, or the words as they
        stand in the article.

    Returns
    -------
    Corpus
        With the corrections; `Corpus.corrections` lists them.

    Raises
    ------
    TableError
        When there is no such attribution, field or value, or words that do not stand in the article; it names the line.

    Examples
    --------
    >>> from mediabias.attribution import attribute
    >>> corpus = Corpus([attribute(Article.from_text("The mayor claimed that it rained. A clerk laughed.", "a"))])
    >>> corpus = correct(corpus, "a:a001", cue_class="neutral", who="R. K.")
    >>> corpus = correct(corpus, "a", source="A clerk", cue="laughed", cue_class="mental")
    >>> corpus.attributions[["source_text", "cue_class"]].values.tolist()
    [['The mayor', 'neutral'], ['A clerk', 'mental']]
    >>> corpus.corrections[["words", "field", "value", "who"]].values.tolist()[0]
    ['The mayor | claimed | that it rained', 'cue_class', 'neutral', 'R. K.']
    """
    held = corpus if isinstance(corpus, Corpus) else Corpus.load(corpus, engine)
    if isinstance(what, pd.DataFrame | Path) or re.search(r"\.(?:csv|xlsx)$", what):
        if changes or remove:
            raise TableError("a table says itself what is changed; give no fields beside it")
        table, where = (what, "the table") if isinstance(what, pd.DataFrame) else (_read(Path(what)), str(what))
        fresh = _of_table(held, table.fillna("").astype(str), where, who, when)
    else:
        article_id, made = _of_one(held, what, remove, changes)
        fresh = {article_id: [_signed(c, who, when) for c in made]}
    articles = [a.replace(corrections=_merged(a.corrections, fresh.get(a.article_id, ()))) for a in held]
    made_corpus = held.with_articles(articles)
    if not isinstance(corpus, Corpus):
        of_people.save(corpus, made_corpus)
    return made_corpus


def _read(path: Path) -> pd.DataFrame:
    if not path.exists():
        raise FileNotFoundError(f"{path}: there is no such file")
    return pd.read_excel(path, dtype=str) if path.suffix == ".xlsx" else read_csv(path)


def _merged(old: Iterable[Correction], new: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return corrections of which a later one takes the place of an earlier one of the same field."""
    by_place = {(c.spans, c.field): c for c in old}
    by_place |= {(c.spans, c.field): c for c in new}
    return tuple(by_place.values())


def _signed(c: Correction, who: str, when: str) -> Correction:
    return Correction(c.cue, c.source, c.content, c.field, c.value, c.words, who or c.who, when or c.when)


def _of_one(corpus: Corpus, what: str, remove: bool, changes: Mapping[str, Any]) -> tuple[str, list[Correction]]:
    """Return the article and the corrections of one call."""
    if what in corpus:
        article = corpus[what]
        roles = {r: _spans(article, changes[r], f"article {what!r}") if r in changes else () for r in _ROLES}
        if not roles["cue"] and not roles["source"]:
            raise TableError(
                f"article {what!r}: say where the missed attribution stands: cue=..., source=..., content=..."
            )
        others = {k: v for k, v in changes.items() if k not in _ROLES}
        return what, _changes_of(article, roles, {MISSED: "", **others}, what)
    article_id = what.rpartition(":")[0]
    if article_id not in corpus:
        raise TableError(f"{what!r}: no attribution or article of this corpus; ids are as in `corpus.attributions`")
    article = corpus[article_id]
    attribution = _found(article, what)
    if not remove and not changes:
        raise TableError(f"{what!r}: nothing to change; give a field and its value, or remove=True")
    return article_id, _changes_of(article, _roles(attribution), {NONE: ""} if remove else changes, what)


def _changes_of(
    article: Article, roles: Mapping[str, Spans], changes: Mapping[str, Any], where: str
) -> list[Correction]:
    words = fitting(article, roles)
    made = []
    for field, value in changes.items():
        text = format_spans(_spans(article, value, where)) if field in _ROLES else str(value)
        check(field, text, where)
        made.append(Correction(roles["cue"], roles["source"], roles["content"], field, text, words))
    return made


def _roles(attribution: Attribution) -> dict[str, Spans]:
    return {r: getattr(attribution, r) for r in _ROLES}


def _found(article: Article, attribution_id: str) -> Attribution:
    """Return an attribution as its engine has it, or one that a person has added."""
    if article.attributions is None:
        raise TableError(
            f"{article.article_id!r} has no attributions yet; run `mediabias attributions` or mb.attribute_all first"
        )
    for attribution in (*article.attributions, *(apply(article).attributions or ())):
        if attribution.attribution_id == attribution_id:
            return attribution
    raise TableError(f"no attribution {attribution_id!r}; {article.article_id!r} has {len(article.attributions)}")


def _spans(article: Article, value: Any, where: str, near: int = 0) -> Spans:
    """Return the spans that are meant: pairs of offsets, or words as they stand in the article, parts of them joined by "…"."""
    if isinstance(value, tuple | list):
        pairs = [value] if value and not isinstance(value[0], tuple | list | Span) else value
        return tuple(p if isinstance(p, Span) else Span(*p) for p in pairs)
    found, start = [], 0
    for part in filter(None, (p.strip() for p in str(value).split(" … "))):
        words = r"\s+".join(map(re.escape, part.split()))
        pattern = re.compile(rf"(?<!\w){words}(?!\w)")
        places = [m.span() for m in pattern.finditer(article.text, start)]
        if not places:
            raise TableError(f"{where}: the words {part!r} do not stand in article {article.article_id!r}")
        if len(places) > 1 and not near:
            raise TableError(
                f"{where}: {part!r} stands in article {article.article_id!r} {len(places)} times; give its offsets, as (start, end)"
            )
        begin, end = min(places, key=lambda p: abs(p[0] - near))
        found.append(Span(begin, end))
        start = end
    return tuple(found)


def _of_table(corpus: Corpus, table: pd.DataFrame, where: str, who: str, when: str) -> dict[str, list[Correction]]:
    """Return the corrections of a table of changes, or of an edited export, by article."""
    if "attribution_id" not in table.columns:
        known = of_people.from_table(table, where)
        for article_id, many in known.items():
            if article_id not in corpus:
                raise TableError(f"{where}: {article_id!r} is no article of this corpus")
            for c in many:
                if c.words and not c.fits(corpus[article_id].text):
                    raise TableError(
                        f"{where}: the words {c.words!r} do not stand at their place in {article_id!r} any more"
                    )
        return {
            i: [_signed(Correction(c.cue, c.source, c.content, c.field, c.value,
                                   fitting(corpus[i], dict(zip(_ROLES, c.spans, strict=True))), c.who, c.when), who, when) for c in many]
            for i, many in known.items()
        }  # fmt: skip
    if missing := [c for c in ("article_id", *_ROLES) if c not in table.columns]:
        raise TableError(
            f"{where}: no column {missing[0]!r}; give the export of `mediabias attributions --csv`, edited"
        )
    fresh: dict[str, list[Correction]] = {}
    for n, row in enumerate(table.to_dict("records"), 2):
        made = _of_row(corpus, {str(k): str(v) for k, v in row.items()}, f"{where}, line {n}")
        if made:
            fresh.setdefault(str(row["article_id"]), []).extend(_signed(c, who, when) for c in made)
    return fresh


def _of_row(corpus: Corpus, row: dict[str, str], where: str) -> list[Correction]:
    """Return what a row of an edited export changes; one without an attribution's id is one that was missed."""
    article_id = row["article_id"]
    if article_id not in corpus:
        raise TableError(f"{where}: {article_id!r} is no article of this corpus")
    article = corpus[article_id]
    editable = [c for c in IN_WORDS if c in CHANGEABLE and c not in _ROLES and c in row]
    if not row["attribution_id"]:
        roles: dict[str, Spans] = {}
        for r in ("cue", "content", "source"):  # a source and a content stand near their cue
            near = roles["cue"][0].start if roles.get("cue") else 0
            roles[r] = _spans(article, row[r], where, near) if row[r] else ()
        return _changes_of(article, roles, {MISSED: "", **{c: row[c] for c in editable if row[c]}}, where)
    engine_s = _found(article, row["attribution_id"])
    shown = next((a for a in apply(article).attributions or () if a.attribution_id == row["attribution_id"]), engine_s)
    now = dict(zip(_ROLES, (words_of(article.text, getattr(shown, r)) for r in _ROLES), strict=True))
    if all(row[r] != now[r] for r in _ROLES):
        raise TableError(
            f"{where}: {row['attribution_id']!r} is {now['cue']!r} of {now['source']!r} now, and not what the export has; export again"
        )
    if row.get(IS_WRONG, "").strip():
        return _changes_of(article, _roles(engine_s), {NONE: ""}, where)
    changes: dict[str, Any] = {c: row[c] for c in editable if row[c] != str(getattr(shown, c))}
    for r in _ROLES:
        if row[r] != now[r]:
            near = min(s.start for role in _roles(shown).values() for s in role)
            changes[r] = _spans(article, row[r], where, near) if row[r] else ()
    return _changes_of(article, _roles(engine_s), changes, where)
