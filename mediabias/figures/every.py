"""All figures that a set of tables allows, into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from mediabias.comparison.design import Design
from mediabias.comparison.pairing import counts_once
from mediabias.comparison.result import Comparison, table_of
from mediabias.comparison.tables import most_telling
from mediabias.features.run import FeatureTables
from mediabias.figures.forest import effects
from mediabias.figures.profiles import corpus_overview, profile, self_description_profile, source_profile, verb_profile
from mediabias.figures.style import missing_signs_named, save


def write_all(
    found: Comparison | pd.DataFrame,
    features: pd.DataFrame | FeatureTables,
    articles: pd.DataFrame,
    out: str | Path,
    formats: Sequence[str] = ("png",),
    *,
    design: Design | None = None,
) -> list[Path]:
    """Write every figure that the tables allow into the folder `out`, and return the files.

    `found` is as from `mediabias.comparison.compare`; its own design is used where it has one. A figure of effects shows its feature's labels of smallest q, as
    many as a page holds; features without a figure of their own get a `profile`.
    """
    table = table_of(found)
    design = found.design if isinstance(found, Comparison) else design or Design()
    by = design.by
    own = {"source_labels": source_profile, "attribution_verbs": verb_profile,
           "self_description": self_description_profile}  # fmt: skip
    files: list[Path] = []

    def write(stem: str, ax: Axes) -> None:
        files.extend(save(ax, Path(out) / f"{stem}.{suffix}") for suffix in formats)
        plt.close(ax.get_figure(root=True))

    Path(out).mkdir(parents=True, exist_ok=True)
    with missing_signs_named():
        articles_once = counts_once(articles, design.copies, by=by)
        if design.within:
            write("corpus", corpus_overview(articles, by=by, within=design.within))
        for name, part in table.groupby(table["column"].str.split("__").str[0]):
            write(f"effects_{name}", effects(part, columns=most_telling(part)))
            draw = own.get(str(name))
            write(
                f"profile_{name}",
                draw(features, articles_once, by=by) if draw else profile(features, articles_once, f"{name}__", by=by),
            )
    return sorted(files)
