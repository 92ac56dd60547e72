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
#: Classes of cues that keep the outlet away from what is said.
AWAY = ("distancing", "accusing")
#: Classes rarer than this share of all citations of the candidates are not compared.
LEAST = 0.015
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
    within = mb.compare(features, articles, family="feature").table
    across = mb.compare(features, articles, within=None, family="feature", resamples=1999).table
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


def omissions() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the share of what both others have that an outlet leaves out, with its interval over events, and the outlets compared."""
    counts = table("basil_omissions")
    rows = []
    for (kind, outlet), part in counts.groupby(["kind", "outlet"]):
        drawn = stats.bootstrap(
            (part["left_out"], part["available"]), lambda out, of, axis=-1: out.sum(axis) / of.sum(axis),
            paired=True, method="percentile", rng=0,
        ).confidence_interval  # fmt: skip
        rows.append((kind, outlet, part["left_out"].sum() / part["available"].sum(), drawn.low, drawn.high))
    shares = pd.DataFrame(rows, columns=["kind", "outlet", "share", "ci_low", "ci_high"])
    wide = counts.pivot(index="article_id", columns="kind", values="left_out").add_prefix("left_out__").reset_index()
    articles = counts[["article_id", "outlet", "event"]].drop_duplicates().assign(copy_of="")
    return shares, mb.compare(wide, articles).table


def candidates() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return, a row an article and candidate, shares of verb classes, names and kinds of quotation; and the counts."""
    cited = table("polnear_candidates").assign(month=lambda t: t["published"].str[:7])
    key, parts = ["article_id", "outlet", "month", "published", "candidate"], []
    for column, feature in (("cue_class", "verbs"), ("form", "names"), ("quotation", "quotation")):
        counts = cited.pivot_table(index=key, columns=column, values="n", aggfunc="sum", fill_value=0)
        common = counts.columns[counts.sum() >= LEAST * counts.to_numpy().sum()]
        parts.append(counts[common].div(counts.sum(axis=1), axis=0).add_prefix(f"{feature}__"))
    shares = pd.concat(parts, axis=1).reset_index()
    shares["article_id"] += ":" + shares["candidate"]
    return shares, cited


def between(shares: pd.DataFrame, within: str) -> pd.DataFrame:
    """Return the two candidates compared within outlets or months, each kind of share a family."""
    columns = [c for c in shares if "__" in c]
    return mb.compare(
        shares[["article_id", *columns]], shares[["article_id", "candidate", within]],
        by="candidate", within=within, columns=columns, family="feature", copies="keep",
    ).table  # fmt: skip


def keeping_away(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the share of cues that keep the outlet away from what is said."""
    return shares[["article_id"]].assign(verbs__away=shares[[f"verbs__{c}" for c in AWAY]].sum(axis=1))


def values() -> dict[str, Any]:
    """Return every number of the studies that the text cites."""
    within, across, along = basil()
    curves, numbers = table("basil_specifications"), table("basil_numbers")
    stands, claimed = within["q"] < ALPHA, across["q"] < ALPHA
    is_bias = within["column"].str.startswith("annotated_bias")
    effects: dict[str, Any] = {}
    for row in within.to_dict("records"):
        pair = f"{SHORT[row['a']]}_{SHORT[row['b']]}"
        turned = {"estimate": -row["estimate"], "ci_low": -row["ci_high"], "ci_high": -row["ci_low"]}
        kept = {k: None if pd.isna(row[k]) else row[k] for k in ("estimate", "ci_low", "ci_high", "p", "q", "d")}
        own = effects.setdefault(row["column"], {})
        own[pair], own["_".join(reversed(pair.split("_")))] = kept, kept | turned
    shares, cited = candidates()
    by_outlet, by_month = between(shares, "outlet"), between(shares, "month")
    left_out, unequal = omissions()
    measured = table("polnear_measured").pivot_table(index=["column", "outlet"], columns="kind", values="mean")
    measured = measured[measured["gold"] > RARE]
    error = measured[["extracted", "corrected"]].sub(measured["gold"], axis=0).div(measured["gold"], axis=0)
    total = measured.groupby("outlet").sum()
    off = (total["extracted"] - total["gold"]) / total["gold"]
    return {
        "basil": {
            "n_articles": len(numbers), "n_events": numbers["event"].nunique(),
            "first": numbers["published"].min()[:4], "last": numbers["published"].max()[:4],
            "n_tests": int(within["p"].notna().sum()), "n_stand": int(stands.sum()), "n_across": int(claimed.sum()),
            "n_missed": int((stands & ~claimed).sum()), "n_wrong": int((claimed & ~stands).sum()),
            "n_bias": int((stands & is_bias).sum()), "n_bias_tests": int(is_bias.sum()),
            "n_along": int((along["q"] < ALPHA).sum()), "n_correlations": len(along), "largest_rho": float(along["rho"].abs().max()),
            "n_specifications": len(curves), "n_specifications_stand": int(curves["stands"].sum()), "effects": effects,
            "left_out": {
                kind: {SHORT[r["outlet"]]: {k: float(r[k]) for k in ("share", "ci_low", "ci_high")} for r in part.to_dict("records")}
                for kind, part in left_out.groupby("kind")
            },
            "n_left_out_tests": len(unequal), "n_left_out": int((unequal["q"] < ALPHA).sum()), "left_out_q": float(unequal["q"].min()),
        },
        "polnear": {
            "n_articles": cited["article_id"].nunique(), "n_outlets": cited["outlet"].nunique(),
            "n_clinton": int(cited.loc[cited["candidate"] == "Clinton", "n"].sum()),
            "n_trump": int(cited.loc[cited["candidate"] == "Trump", "n"].sum()),
            "n_tests": len(by_outlet), "n_stand": int((by_outlet["q"] < ALPHA).sum()), "smallest_q": float(by_outlet["q"].min()),
            "n_months": cited["month"].nunique(), "n_stand_months": int((by_month["q"] < ALPHA).sum()),
            "smallest_q_months": float(by_month["q"].min()),
            "extracted": float(error["extracted"].median()), "corrected": float(error["corrected"].median()),
            "least": float(off.max()), "most": float(off.min()), "n_shares": len(measured),
        },
    }  # fmt: skip


def figures() -> dict[str, Axes]:
    """Return the figures by name."""
    within, _, _ = basil()
    measured, (shares, _) = table("polnear_measured"), candidates()
    curve = table("basil_specifications")
    curve = curve[curve["column"] == "attribution_verbs__distancing"].drop(columns="column")
    dated = shares[["article_id", "candidate", "published"]]
    months = mb.figures.timeline(keeping_away(shares), dated, "verbs__away", by="candidate", least=8)
    months.set_ylabel("share of cues that\ndistance or accuse")
    return {
        "basil": mb.figures.effects(within, columns=list(SHOWN), baseline="The New York Times"),
        "curve": mb.figures.specification_curve(curve),
        "months": months,
        "measured": mb.figures.measured(measured[measured["column"].isin(MEASURED)]),
    }
