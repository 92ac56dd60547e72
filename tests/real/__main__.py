"""Print the scores on the sample corpus, and on the real corpora in the folder that MEDIABIAS_REAL names."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from tests.real import cards, events, scores


def main() -> int:
    """Print one line a score."""
    _print_zones("sample corpus", scores.sample())
    for row in cards.sample_scores().to_dict("records"):
        print(_card(row))
    pipelines = _pipelines()
    for pipeline in pipelines:
        for row in cards.voice_by_parser(pipeline).to_dict("records"):
            print(_card(row))
    if not pipelines:
        print("no spaCy pipeline of English is installed: passives by a parser are not scored", file=sys.stderr)
    folder = os.environ.get("MEDIABIAS_REAL")
    if not folder:
        print("MEDIABIAS_REAL is not set: nothing is scored on real corpora", file=sys.stderr)
        return 0
    root = Path(folder)
    pages = root / "pages" / "body-benchmark"
    rate, ratio = scores.reading_time(pages)
    print(f"pages read to zoned articles: {rate:.0f} a second, {ratio:.2f} times the time of trafilatura alone")
    for name, value in scores.annotated_page(root / "moscow-times").items():
        print(f"annotated page, {name}: {value:.3g}")
    _print_zones("labelled documents", scores.labelled(root))
    print(f"body text, shingle F1: {scores.body_f1(pages):.3f}; trafilatura {scores.body_f1(pages, ours=False):.3f}")
    found = scores.loaded_terms(root / "loaded" / "babe_sg1.csv")
    print(
        f"loaded terms, BABE: of {found['sentences']:.0f} sentences {found['biased']:.3f} are biased; of those with a term "
        f"{found['precision']:.3f}; of biased ones {found['recall']:.3f} have a term"
    )
    for (task, method), row in events.scores(root).iterrows():
        print(
            f"events, {task}, {method}: B-cubed F1 {row.b_cubed:.3f} [{row.low:.3f}, {row.high:.3f}], "
            f"precision {row.precision:.3f}, recall {row.recall:.3f}, pairwise F1 {row.pairwise:.3f}"
        )
    for engine in ("tagger", "rules"):
        for name, row in scores.attribution_scores(root / "polnear" / "dev", engine).iterrows():
            print(f"attributions by {engine}, PolNeAR dev, {name}: {row.score:.3f} [{row.low:.3f}, {row.high:.3f}]")
    for row in cards.polnear_scores(root / "polnear" / "dev").to_dict("records"):
        print(_card(row))
    return 0


def _pipelines() -> list[str]:
    try:
        from spacy.util import get_installed_models
    except ModuleNotFoundError:
        return []
    return sorted(m for m in get_installed_models() if m.startswith("en_core_web"))


def _card(row: dict[Any, Any]) -> str:
    told = ", ".join(
        f"{k} {row[k]:.3f} [{row[f'{k}_low']:.3f}, {row[f'{k}_high']:.3f}]" for k in ("precision", "recall", "f1")
    )
    return f"{row['on']}, {row['feature']} {row['label']}: {told}, {row['gold']} spans"


def _print_zones(name: str, documents: list[scores.Labelled]) -> None:
    for zone, row in scores.zone_f1(documents).iterrows():
        print(
            f"{name}, zone {zone}: F1 {row.f1:.3f}, precision {row.precision:.3f}, recall {row.recall:.3f}, "
            f"{row.characters:.0f} characters of {len(documents)} documents"
        )


if __name__ == "__main__":
    sys.exit(main())
