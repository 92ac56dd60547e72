"""The two studies on real data, from their shipped numbers (``data/studies``): values for the text, and figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from scipy import stats

import mediabias as mb

DATA = Path(__file__).resolve().parent.parent / "data" / "studies"
#: The level at which a family's false discoveries are controlled, set before looking.
ALPHA = 0.05
SHORT = {"Fox News": "fox", "HuffPost": "huffpost", "The New York Times": "times"}
#: What the figure of BASIL shows, against the Times: of each feature that has one, the clearest difference that stands.
SHOWN = ("naming__titled_name", "naming__surname", "quotation__indirect", "quotation__mixed", "source_labels__type_media",
         "attribution_verbs__distancing")  # fmt: skip
MEASURED = ("source_labels__type_named_official", "source_labels__type_media", "attribution_verbs__accusing")
#: Shares below this are too rare for a relative error.
RARE = 0.005


def table(name: str) -> pd.DataFrame:
    """Return a table of the studies."""
    return pd.read_csv(DATA / f"{name}.csv", keep_default_na=False, na_values=[""])


def basil() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the effects within events, those that a comparison across events would claim, and the correlations with annotated bias."""
    numbers = table("basil_numbers")
    articles = numbers[["article_id", "outlet", "event"]].assign(copy_of="")
    features = numbers.drop(columns=["outlet", "event", "published"])
    within = mb.compare(features, articles, permute="events", family="feature")
    across = mb.compare(features, articles, within=None, family="feature", n_resamples=1999)
    columns = [c for c in features if "__" in c]
    centred = features.set_index("article_id")[columns]
    centred -= centred.groupby(articles.set_index("article_id")["event"]).transform("mean")
    rows = []
    for column in (c for c in columns if not c.startswith("annotated_bias")):
        for kind in ("lexical", "informational"):
            pair = centred[[column, f"annotated_bias__{kind}"]].dropna()
            found = stats.spearmanr(*pair.to_numpy().T)
            rows.append((column, kind, found.statistic, found.pvalue))
    along = pd.DataFrame(rows, columns=["column", "bias", "rho", "p"])
    along["q"] = stats.false_discovery_control(along["p"])
    return within, across, along


def polnear() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the two candidates' shares of classes of verbs compared within outlets, and the sizes."""
    cited = table("polnear_candidates")
    key = ["article_id", "outlet", "candidate"]
    counts = cited.pivot_table(index=key, columns="cue_class", values="n", aggfunc="sum", fill_value=0)
    common = counts.columns[counts.sum() >= 0.02 * counts.to_numpy().sum()]
    shares = counts[common].div(counts.sum(axis=1), axis=0).add_prefix("verbs__").reset_index()
    shares["article_id"] = shares["article_id"] + ":" + shares["candidate"]
    columns = [f"verbs__{c}" for c in common]
    effects = mb.compare(
        shares[["article_id", *columns]], shares[key], by="candidate", within="outlet", columns=columns, copies="keep"
    )
    return effects, cited


def values() -> dict[str, Any]:
    """Return every number of the studies that the text cites."""
    within, across, along = basil()
    curves, numbers = table("basil_specifications"), table("basil_numbers")
    stands, claimed = within["q"] < ALPHA, across["q"] < ALPHA
    is_bias = within["column"].str.startswith("annotated_bias")
    effects: dict[str, Any] = {}
    for row in within.to_dict("records"):
        pair = f"{SHORT[row['outlet_a']]}_{SHORT[row['outlet_b']]}"
        turned = {"estimate": -row["estimate"], "ci_low": -row["ci_high"], "ci_high": -row["ci_low"]}
        kept = {k: None if pd.isna(row[k]) else row[k] for k in ("estimate", "ci_low", "ci_high", "p", "q", "d")}
        own = effects.setdefault(row["column"], {})
        own[pair], own["_".join(reversed(pair.split("_")))] = kept, kept | turned
    candidates, cited = polnear()
    measured = table("polnear_measured").pivot_table(index=["column", "outlet"], columns="kind", values="mean")
    measured = measured[measured["gold"] > RARE]
    error = measured[["extracted", "corrected"]].sub(measured["gold"], axis=0).div(measured["gold"], axis=0)
    total = measured.groupby("outlet").sum()
    by_outlet = (total["extracted"] - total["gold"]) / total["gold"]
    return {
        "basil": {
            "n_articles": len(numbers), "n_events": numbers["event"].nunique(),
            "first": numbers["published"].min()[:4], "last": numbers["published"].max()[:4],
            "n_tests": int(within["p"].notna().sum()), "n_stand": int(stands.sum()), "n_across": int(claimed.sum()),
            "n_missed": int((stands & ~claimed).sum()), "n_wrong": int((claimed & ~stands).sum()),
            "n_bias": int((stands & is_bias).sum()), "n_bias_tests": int(is_bias.sum()),
            "n_along": int((along["q"] < ALPHA).sum()), "n_correlations": len(along), "largest_rho": float(along["rho"].abs().max()),
            "n_specifications": len(curves), "n_specifications_stand": int(curves["stands"].sum()), "effects": effects,
        },
        "polnear": {
            "n_articles": cited["article_id"].nunique(), "n_outlets": cited["outlet"].nunique(),
            "n_clinton": int(cited.loc[cited["candidate"] == "Clinton", "n"].sum()),
            "n_trump": int(cited.loc[cited["candidate"] == "Trump", "n"].sum()),
            "n_tests": len(candidates), "n_stand": int((candidates["q"] < ALPHA).sum()), "smallest_q": float(candidates["q"].min()),
            "extracted": float(error["extracted"].median()), "corrected": float(error["corrected"].median()),
            "least": float(by_outlet.max()), "most": float(by_outlet.min()), "n_shares": len(measured),
        },
    }  # fmt: skip


def figures() -> dict[str, Axes]:
    """Return the figures by name."""
    within, _, _ = basil()
    measured = table("polnear_measured")
    curve = table("basil_specifications")
    curve = curve[curve["column"] == "attribution_verbs__distancing"].drop(columns="column")
    return {
        "basil": mb.figures.effects(within, columns=list(SHOWN), baseline="The New York Times"),
        "curve": mb.figures.specification_curve(curve),
        "measured": mb.figures.measured(measured[measured["column"].isin(MEASURED)]),
    }
