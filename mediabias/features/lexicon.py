"""A word list alone is a feature: a CSV of terms, each with its label and its reference."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from mediabias import lexicons
from mediabias.article import Article, Evidence
from mediabias.attribution.quotes import quotations
from mediabias.errors import TableError
from mediabias.features.base import Feature, Label


class LexiconFeature(Feature):
    """Counts the terms of a list, per 1,000 words of the zones read; made by `from_csv`.

    Parameters
    ----------
    quoted : bool
        Count terms within quotation marks, too; without them it is the outlet's own voice that is counted (the words read are
        all words in either case).
    """

    terms: ClassVar[dict[str, str]] = {}
    _made: ClassVar[tuple[dict[str, str], lexicons.Matcher] | None] = None
    languages: ClassVar[tuple[str, ...]] = ()

    quoted: bool = True

    @property
    def _matcher(self) -> lexicons.Matcher:
        # Of the class, like its terms: an instance stays what its parameters say.
        own = type(self).__dict__.get("_made")
        if own is None or own[0] is not self.terms:
            own = (self.terms, lexicons.Matcher(self.terms))
            type(self)._made = own
        return own[1]

    def evidence(self, article: Article) -> Iterator[Evidence]:
        """Yield each term that stands in the zones, the longest where several begin at one place; one without a label is none."""
        spans = list(article.spans(self.zones))
        inside = [] if self.quoted else [q.span for q in quotations(article.text, spans)]
        for span in spans:
            for start, end, label in self._matcher.find(article.text, span.start, span.end):
                if label and not any(q.start <= start < q.end for q in inside):
                    yield Evidence(label, start, end)

    @classmethod
    def from_csv(cls, path: str | Path, **settings: Any) -> LexiconFeature:
        """Make a feature of a word list.

        Parameters
        ----------
        path : path
            A CSV with the column ``term``, and if wanted ``label`` (else the file's name, or with a group the term), ``group``,
            ``definition`` of the label, and ``reference``. A ``*`` at a term's end stands for any ending; capitals count where a
            term has some. A group is what several labels are names of, such as an actor: the labels are then shares of all
            names of the group instead of rates.
        **settings
            Fields of the feature, such as ``zones``; the name is the file's by default.

        Raises
        ------
        TableError
            When there is no column ``term`` or no term.

        Examples
        --------
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "hedges.csv")
        >>> _ = path.write_text("term,label\\nmight,modal\\nmore or less,approximator\\n")
        >>> hedges = LexiconFeature.from_csv(path)
        >>> hedges.transform([Article.from_text("It might rain, more or less.", "a")]).round(1).values.tolist()
        [[166.7, 166.7]]

        How outlets call one actor:

        >>> path = Path(tempfile.mkdtemp(), "actor_labels.csv")
        >>> _ = path.write_text("group,term\\nfront,separatist*\\nfront,rebel*\\n")
        >>> names = LexiconFeature.from_csv(path)
        >>> names.transform([Article.from_text("Separatists and other separatists met a rebel.", "a")]).round(2).to_dict("records")
        [{'actor_labels__front_separatist': 0.67, 'actor_labels__front_rebel': 0.33}]
        """
        path = Path(path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        if not rows or "term" not in rows[0]:
            raise TableError(f"{path}: no column 'term', or no row below it; one term a row")
        stem = path.stem.replace("__", "_").replace(" ", "_")
        terms: dict[str, str] = {}
        labels: dict[str, Label] = {}
        references: dict[str, None] = {}
        for n, row in enumerate(rows, 2):
            term, group = (row["term"] or "").strip(), (row.get("group") or "").strip()
            if not term:
                raise TableError(f"{path}, line {n}: an empty term; delete the line")
            called = (row.get("label") or (term.rstrip("*") if group else stem)).strip()
            label = "_".join(f"{group} {called}".split()).replace("__", "_")
            if terms.setdefault(term, label) != label:
                raise TableError(f"{path}, line {n}: {term!r} is {terms[term]!r} already; one meaning a term")
            told = row.get("definition") or (
                f"{group}, called {called}." if group else f"A term of the list {stem}: {called}."
            )
            if group:
                labels.setdefault(label, Label(told, term, "share", f"names of {group}", called))
            else:
                labels.setdefault(label, Label(told, term))
            references[(row.get("reference") or "").strip()] = None
        settings.setdefault("name", stem)
        settings.setdefault("zones", cls.zones)
        return _again(terms, labels, "; ".join(r for r in references if r), settings)


def _again(terms: dict[str, str], labels: dict[str, Label], reference: str, settings: dict[str, Any]) -> LexiconFeature:
    """Make the class of a list, and its feature; a copy of the feature is made the same way, since nobody can import it."""
    body = {"terms": terms, "labels": labels, "reference": reference, "name": settings["name"], "zones": settings["zones"],
            "__doc__": LexiconFeature.__doc__, "__reduce__": _reduced}  # fmt: skip
    made = type("LexiconFeature", (LexiconFeature,), body)
    feature: LexiconFeature = made(**settings)
    return feature


def _reduced(self: LexiconFeature) -> Any:
    return _again, (self.terms, dict(self.labels), self.reference, self.get_params(deep=False))
