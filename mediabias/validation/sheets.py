"""Coding sheets for people: a sample of sentences, blind to outlet and to what the feature found, with a codebook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np
import pandas as pd

from mediabias.article import Article
from mediabias.csvs import csv_text, read_csv
from mediabias.errors import TableError
from mediabias.features.run import FeatureTables
from mediabias.tables import write_whole
from mediabias.validation.units import unit_table

_KNOWN = ("unit_id", "article_id", "start", "end", "stratum", "probability")
#: What stands before a label in the key: what the feature found.
FOUND = "found_"


@dataclass(frozen=True)
class Sample:
    """A sample of sentences: the sheet that coders fill in, the key that they do not see, and the codebook."""

    sheet: pd.DataFrame
    key: pd.DataFrame
    codebook: str

    def save(self, folder: str | Path) -> list[Path]:
        """Write sheet.csv, key.csv, codebook.md, and the sheet for Label Studio and for brat; return the files.

        Raises
        ------
        TableError
            When a sheet is there already, since a coder may have filled it in.
        """
        folder = Path(folder)
        if (folder / "sheet.csv").exists():
            raise TableError(f"{folder / 'sheet.csv'}: there already, and perhaps filled in; choose another folder")
        (folder / "brat").mkdir(parents=True, exist_ok=True)
        write_whole(folder / "sheet.csv", csv_text(self.sheet))
        write_whole(folder / "key.csv", csv_text(self.key))
        (folder / "codebook.md").write_text(self.codebook, encoding="utf8")
        labels = [c for c in self.sheet.columns if c not in {"unit_id", "before", "text", "after", "note"}]
        tasks = [{"id": n, "data": {k: row[k] for k in ("unit_id", "before", "text", "after")}}
                 for n, row in enumerate(self.sheet.to_dict("records"), 1)]  # fmt: skip
        (folder / "label_studio.json").write_text(json.dumps(tasks, indent=1, ensure_ascii=False), encoding="utf8")
        choices = "".join(f'<Choice value="{escape(k)}"/>' for k in labels)
        view = f'<View><Text name="before" value="$before"/><Header value="Code this sentence"/><Text name="text" value="$text"/>' \
               f'<Text name="after" value="$after"/><Choices name="labels" toName="text" choice="multiple">{choices}</Choices></View>\n'  # fmt: skip
        (folder / "label_studio.xml").write_text(view, encoding="utf8")
        (folder / "brat" / "annotation.conf").write_text(
            "[entities]\n" + "\n".join(labels) + "\n[relations]\n[events]\n[attributes]\n", encoding="utf8"
        )
        for row in self.sheet.to_dict("records"):
            name = re.sub(r"\W+", "-", row["unit_id"])
            (folder / "brat" / f"{name}.txt").write_text(row["text"] + "\n", encoding="utf8")
            (folder / "brat" / f"{name}.ann").write_text("", encoding="utf8")
        return sorted(p for p in folder.rglob("*") if p.is_file())


def sample(
    tables: FeatureTables, articles: Iterable[Article], feature: str, *, n: int = 200, context: int = 200, seed: int = 0
) -> Sample:
    """Draw sentences for people to code: half where the feature found something, half where it did not, and may have missed it.

    Parameters
    ----------
    tables : FeatureTables
        From `extract`, of the same articles.
    articles : iterable of Article
    feature : str
        The feature to validate; its labels are coded as there or not there in each sentence.
    n : int
        Sentences in all; a stratum with fewer than its part gives all it has.
    context : int
        Characters shown before and after, cut at words.
    seed : int
        Of the draw and of the order.

    Returns
    -------
    Sample
        The sheet has unit_id, before, text, after, an empty column a label, and note; the key has where each sentence stands, its
        stratum, its probability to be drawn, and what the feature found (``found_LABEL``).

    Raises
    ------
    TableError
        When the tables have no such feature, or there is no sentence.

    Notes
    -----
    Strata are the rarest label that the feature found in a sentence, each with the same number, and "none"; within one all sentences are as likely, so that
    scores are unbiased when each is weighted by one over its probability (Horvitz and Thompson 1952).

    Examples
    --------
    >>> from mediabias.features import extract
    >>> article = Article.from_text("The road was closed. It rained. The sun shone.", "a")
    >>> drawn = sample(extract([article], "voice"), [article], "voice", n=2)
    >>> drawn.key["stratum"].tolist().count("passive_agentless"), "outlet" in drawn.sheet
    (1, False)
    """
    if feature not in set(tables.dictionary["feature"]):
        raise TableError(
            f"no feature {feature!r} in these tables; there are {', '.join(sorted(set(tables.dictionary['feature'])))}"
        )
    by_id = {a.article_id: a for a in articles}
    units = unit_table(tables, by_id.values(), feature)
    labels = list(tables.dictionary.loc[tables.dictionary["feature"] == feature, "label"])
    if units.empty:
        raise TableError(f"the articles have no sentence in the zones that {feature} reads")
    rng = np.random.default_rng(seed)
    units = units.assign(stratum=_strata(units, labels))
    drawn = _drawn(units, n, rng)
    drawn = drawn.iloc[rng.permutation(len(drawn))].reset_index(drop=True)
    around = [
        _around(by_id[i].text, int(s), int(e), context)
        for i, s, e in drawn[["article_id", "start", "end"]].itertuples(index=False)
    ]
    sheet = pd.DataFrame(around, columns=["before", "text", "after"])
    sheet.insert(0, "unit_id", [f"u{k:04d}" for k in range(1, len(sheet) + 1)])  # an article_id may name its outlet
    for label in labels:
        sheet[label] = ""
    key = drawn[["unit_id", "article_id", "start", "end", "stratum", "probability"]].assign(unit_id=sheet["unit_id"])
    for label in labels:
        key[FOUND + label] = drawn[label].astype(int)
    return Sample(sheet.assign(note=""), key, _codebook(tables, feature))


def _strata(units: pd.DataFrame, labels: list[str]) -> list[str]:
    rarest = sorted(labels, key=lambda k: (units[k].sum(), k))
    return [next((k for k in rarest if row[k]), "none") for row in units[labels].to_dict("records")]


def _drawn(units: pd.DataFrame, n: int, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the same number from each label's stratum, and as many as from all of them where nothing was found.

    What small strata leave goes to the larger ones, and to "none" at last.
    """
    sizes = units["stratum"].value_counts().sort_index().sort_values(kind="stable")
    sizes = pd.concat([sizes.drop("none", errors="ignore"), sizes[sizes.index == "none"]])
    left, parts, labels = min(n, len(units)), [], int((sizes.index != "none").sum())
    for_labels = left - min(left // 2, int(sizes.get("none", 0))) if labels else 0
    for k, (stratum, size) in enumerate(sizes.items()):
        take = min(int(size), left if stratum == "none" else for_labels // (labels - k))
        for_labels -= take if stratum != "none" else 0
        left -= take
        own = units[units["stratum"] == stratum]
        chosen = own.iloc[np.sort(rng.permutation(len(own))[:take])]
        parts.append(chosen.assign(probability=take / size))
    return pd.concat(parts, ignore_index=True)


def _around(text: str, start: int, end: int, context: int) -> tuple[str, str, str]:
    before = " ".join(text[max(0, start - context) : start].split())
    after = " ".join(text[end : end + context].split())
    return (
        before.partition(" ")[2] if start > context else before,
        " ".join(text[start:end].split()),
        after.rpartition(" ")[0],
    )


def _codebook(tables: FeatureTables, feature: str) -> str:
    own = tables.dictionary[tables.dictionary["feature"] == feature]
    lines = [f"# Codebook: {feature.replace('_', ' ')}", "", "Code each sentence by itself; what stands before and after is there to understand it.",
             "For each label write 1 where the sentence holds it, 0 where it does not. A sentence may hold several labels or none.",
             "Leave a cell empty only where you can't decide, and say why in `note`.", "", f"After: {own['reference'].iloc[0]}.", ""]  # fmt: skip
    for row in own.itertuples():
        lines += [f"## {row.label}", "", f"{row.definition}", "", f"Example: {row.example}", ""]
    return "\n".join(lines)


def read_codes(path: str | Path, key: pd.DataFrame) -> pd.DataFrame:
    """Read a filled sheet: unit_id and a column a label of 1, 0 or missing.

    Raises
    ------
    TableError
        When the sheet lacks a column or a unit, has one twice, or a cell is neither 1 nor 0; the line is named.
    """
    path = Path(path)
    labels = [c.removeprefix(FOUND) for c in key.columns if c.startswith(FOUND)]
    table = read_csv(path)
    if missing := [c for c in ["unit_id", *labels] if c not in table]:
        raise TableError(
            f"{path}: no column {missing[0]!r}; give the sheet that `mediabias code sample` wrote, filled in"
        )
    if len(twice := table.loc[table["unit_id"].duplicated(), "unit_id"]):
        raise TableError(f"{path}: unit {twice.iloc[0]!r} stands twice; one row a sentence")
    if foreign := sorted(set(table["unit_id"]) - set(key["unit_id"])):
        raise TableError(f"{path}: unit {foreign[0]!r} is not in the key; is it another sample's sheet?")
    meant = {"1": 1.0, "1.0": 1.0, "0": 0.0, "0.0": 0.0, "": np.nan}
    for label in labels:
        bad = table[~table[label].str.strip().isin(list(meant))]
        if len(bad):
            raise TableError(
                f"{path}, line {bad.index[0] + 2}: {label} is {bad[label].iloc[0]!r}; write 1, 0 or nothing"
            )
        table[label] = table[label].str.strip().map(meant)
    return table[["unit_id", *labels]]
