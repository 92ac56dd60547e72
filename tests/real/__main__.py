"""Print the scores on the real corpora in the folder that MEDIABIAS_REAL names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.real import scores


def main() -> int:
    """Print one line a score."""
    folder = os.environ.get("MEDIABIAS_REAL")
    if not folder:
        print("MEDIABIAS_REAL is not set: give the folder of real corpora", file=sys.stderr)
        return 2
    root = Path(folder)
    for name, value in scores.annotated_page(root / "moscow-times").items():
        print(f"annotated page, {name}: {value:.3g}")
    pages = root / "pages" / "body-benchmark"
    print(f"body text, shingle F1: {scores.body_f1(pages):.3f}; trafilatura {scores.body_f1(pages, ours=False):.3f}")
    gold = scores.polnear(root / "polnear" / "dev")
    found = scores.predicted({name: text for name, (text, _) in gold.items()})
    for name, value in scores.attribution_scores(gold, found).items():
        print(f"attributions, PolNeAR dev, {name}: {value:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
