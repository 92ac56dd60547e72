"""Draw the paper's figures and write down its numbers: ``build/figures/*`` and ``build/values.json``.

    python paper/figures.py

Reads the corpus and the features that ``make paper`` has put into ``build/``, and what is planted in the sample
(``data/planted.csv``, ``data/gold/gold.jsonl``), and the numbers of the studies (``data/studies``).
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import real
from scipy import stats

import mediabias as mb
from mediabias.display import page
from mediabias.display.contrasts import comparison
from mediabias.features import FeatureTables

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "paper" / "build"
#: The rate of false discoveries that the paper accepts, set before looking.
FDR = 0.10
#: Classes of verbs that are rarer than this share of all are left out of the figure; the tables have them.
SHOWN = 0.01
STATE, EXILE, AGENCY = "Ordavian State Broadcasting", "The Vess Tribune", "Littoral Press"


def planted() -> pd.DataFrame:
    """Return the planted differences, and planted absences, of the features that exist: the family of tests."""
    table = pd.read_csv(ROOT / "data" / "planted.csv")
    return table[table["column"].str.split("__").str[0].isin(mb.available())].reset_index(drop=True)


def compared(tables: FeatureTables, articles: pd.DataFrame, family: pd.DataFrame) -> pd.DataFrame:
    """Return one effect for each row of the family, signed as the row reads, with q over those that can be tested."""
    effects = mb.compare(tables.features, articles, columns=sorted(set(family["column"]))).table
    key = ["column", "a", "b"]
    swapped = effects.rename(columns={"a": "b", "b": "a", "mean_a": "mean_b",
                                      "mean_b": "mean_a", "ci_low": "ci_high", "ci_high": "ci_low"})  # fmt: skip
    for column in ("estimate", "ci_low", "ci_high"):
        swapped[column] = -swapped[column]
    both = pd.concat([effects, swapped]).drop(columns=["n_events", "q"])
    found = family.merge(both, on=key, how="left", validate="one_to_one")
    # Outlets that share few events can be described and not tested: their p can't be small, whatever is there.
    found["tested"] = 2 * 0.5 ** found["n_events"] < 0.05
    tested = found[found["tested"]]
    found.loc[found["tested"], "q"] = stats.false_discovery_control(tested["p"])
    found["sees"] = (found["estimate"] > 0) & (found["ci_low"] > 0)
    found["quiet"] = (found["ci_low"] <= 0) & (found["ci_high"] >= 0)
    return found


def recovered(effects: pd.DataFrame) -> dict[str, Any]:
    """Count what the comparison found of what is there, and what it found that is not."""
    there, absent = effects[effects["sign"] == "+"], effects[effects["sign"] == "0"]
    tested = effects[effects["tested"]]
    return {
        "n_there": len(there),
        "n_seen": int(there["sees"].sum()),
        "n_absent": len(absent),
        "n_quiet": int(absent["quiet"].sum()),
        "n_tested": len(tested),
        "n_tested_there": int((tested["sign"] == "+").sum()),
        "n_discovered": int(((tested["sign"] == "+") & (tested["q"] < FDR) & tested["sees"]).sum()),
        "n_false": int(((tested["sign"] == "0") & (tested["q"] < FDR)).sum()),
    }


def agreement(corpus: mb.Corpus) -> dict[str, Any]:
    """Score zones and attributions of the stories that an outlet wrote itself against the sample's annotation."""
    with (ROOT / "data" / "gold" / "gold.jsonl").open(encoding="utf8") as file:
        gold = {g["text"]: g for g in map(json.loads, file)}
    right = total = hit = n_gold = n_found = typed = classed = 0
    for article in corpus:
        annotated = gold[article.text]
        for zone in annotated["zones"]:
            total += zone["end"] - zone["start"]
            right += sum(article.zone_at(i) == zone["zone"] for i in range(zone["start"], zone["end"]))
        if article.copy_of:
            continue
        n_gold, n_found = n_gold + len(annotated["attributions"]), n_found + len(article.attributions or ())
        for mark in annotated["attributions"]:
            cue = [mb.Span(*s) for s in mark["cue"]]
            same = [a for a in article.attributions or () if any(s.overlaps(c) for s in a.cue for c in cue)]
            hit += bool(same)
            typed += bool(same) and same[0].source_type == mark["source_type"]
            classed += bool(same) and same[0].cue_class == mark["cue_class"]
    precision, recall = hit / n_found, hit / n_gold
    return {
        "zones": right / total,
        "n_gold": n_gold,
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
        "source_type": typed / hit,
        "cue_class": classed / hit,
    }


def model() -> dict[str, Any]:
    """Return the scores that the training of the attribution model wrote beside it, by name: score, low, high."""
    folder = ROOT / "mediabias" / "models" / "attribution"
    out: dict[str, Any] = {}
    for row in pd.read_csv(folder / "scores.csv").itertuples():
        place = out
        for part in str(row.name).split("."):
            place = place.setdefault(part, {})
        place |= {"score": row.score, "low": row.low, "high": row.high}
        out["articles"] = row.articles
    return out


def sizes(corpus: mb.Corpus, tables: FeatureTables) -> dict[str, Any]:
    """Count the corpus."""
    articles = corpus.articles
    attributions = corpus.attributions
    assert attributions is not None
    kinds = attributions["quotation"].value_counts(normalize=True)
    return {
        "n_articles": len(corpus),
        "n_outlets": articles["outlet"].nunique(),
        "n_events": articles["event"].nunique(),
        "n_copies": int((articles["copy_of"] != "").sum()),
        "n_own": int((articles["copy_of"] == "").sum()),
        "n_words": sum(a.word_count() for a in corpus),
        "n_attributions": len(attributions),
        "n_evidence": len(tables.evidence),
        "n_columns": len(tables.dictionary),
        "n_features": tables.dictionary["feature"].nunique(),
        "direct": float(kinds.get("direct", 0.0)),
        "mixed": float(kinds.get("mixed", 0.0)),
        "indirect": float(kinds.get("indirect", 0.0)),
    }


def named(effects: pd.DataFrame) -> dict[str, Any]:
    """Return the effects by feature and the short names of their outlets: ``attribution_verbs__neutral.agency_state``."""
    short = {STATE: "state", EXILE: "exile", AGENCY: "agency", "The Daily Whistle": "tabloid",
             "The Halvany Gazette": "broadsheet"}  # fmt: skip
    out: dict[str, Any] = {}
    for row in effects.to_dict("records"):
        pair = f"{short[row['a']]}_{short[row['b']]}"
        out.setdefault(str(row["column"]), {})[pair] = {
            k: None if pd.isna(row[k]) else row[k]
            for k in ("estimate", "ci_low", "ci_high", "p", "q", "mean_a", "mean_b")
        }
    return out


def examples(corpus: mb.Corpus, tables: FeatureTables) -> dict[str, str]:
    """Return the sentences that the text cites, each the first behind its number."""
    wanted = {
        "distancing_state": ("attribution_verbs__distancing", STATE),
        "conceding": ("attribution_verbs__conceding", EXILE),
    }
    out = {}
    for key, (column, outlet) in wanted.items():
        row = mb.examples(tables, column, corpus, outlet=outlet, n=1, context=300).iloc[0]
        before, after = re.split(r"[.!?][”»]? ", row["before"])[-1], re.split(r"(?<=[.!?]) ", row["after"])[0]
        out[key] = " ".join(f"{before}{row['text']}{after}".split())
    return out


def draw(corpus: mb.Corpus, tables: FeatureTables, effects: pd.DataFrame) -> None:
    """Draw the figures in the forms that PDF, HTML, LaTeX and DOCX take, with their numbers, and pages of the sentences behind them."""
    articles, folder = corpus.articles, OUT / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    shown = effects[effects["tested"] & effects["a"].isin((STATE, EXILE)) & (effects["b"] == AGENCY)]
    verbs = shown[shown["column"].str.startswith("attribution_verbs")].sort_values(["a", "column"])
    own = articles[articles["copy_of"] == ""]
    shares = tables.features.set_index("article_id").filter(like="attribution_verbs__").loc[own["article_id"]].mean()
    classes = [c for c in mb.figures.CUE_CLASSES if shares[f"attribution_verbs__{c}"] >= SHOWN]
    claims = [c for c in tables.dictionary["column"] if c.startswith("self_description__")]
    types = [c for c in tables.dictionary["column"] if c.startswith("source_labels__type_")]
    verbs = verbs.drop(columns=["sees", "quiet", "tested"])
    drawn = {
        "verbs": mb.figures.verb_profile(tables, own, labels=classes),
        "sources": mb.figures.source_profile(tables, own),
        "claims": mb.figures.self_description_profile(tables, own),
        "effects": mb.figures.effects(verbs, alpha=FDR),
    }
    once = [corpus[i] for i in own["article_id"]]
    behind = {
        "verbs": mb.bars(once, tables, columns=[f"attribution_verbs__{c}" for c in classes]),
        "sources": mb.bars(once, tables, columns=types),
        "claims": mb.bars(once, tables, columns=claims),
        "effects": comparison(verbs, tables, once, alpha=FDR),
    }
    for name, axes in (drawn | real.figures()).items():
        for suffix in ("svg", "pdf", "png"):
            mb.figures.save(axes, folder / f"{name}.{suffix}")
        numbers = mb.figures.to_table(axes)
        numbers.to_csv(folder / f"{name}.csv", index=False, float_format="%.10g", lineterminator="\n")
        plt.close(axes.get_figure(root=True))
    (OUT / "evidence").mkdir(exist_ok=True)
    for name, shown_behind in behind.items():
        text = page([shown_behind], title=f"{name}: the sentences behind the figure")
        (OUT / "evidence" / f"{name}.html").write_text(text, encoding="utf8")


def main() -> None:
    """Write the figures and the numbers."""
    corpus = mb.Corpus.load(ROOT / "build" / "corpus")
    tables, articles = FeatureTables.load(ROOT / "build" / "features")
    family = planted()
    effects = compared(tables, articles, family)
    draw(corpus, tables, effects)
    n = sizes(corpus, tables)
    values = {
        "sample": n,
        "agreement": agreement(corpus),
        "model": model(),
        "studies": real.values(),
        "recovered": recovered(effects),
        "effects": named(effects),
        "examples": examples(corpus, tables),
        "fdr": FDR,
        "smallest_p": 2 * 0.5 ** n["n_events"],
        "version": mb.__version__,
    }
    (OUT / "values.json").write_text(json.dumps(values, indent=1, sort_keys=True, ensure_ascii=False), encoding="utf8")
    effects.to_csv(OUT / "family.csv", index=False, float_format="%.10g", lineterminator="\n")
    print(f"{len(effects)} effects, figures in {OUT / 'figures'}")


if __name__ == "__main__":
    main()
