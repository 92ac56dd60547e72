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
    for engine in ("tagger", "rules"):
        for name, row in scores.attribution_scores(root / "polnear" / "dev", engine).iterrows():
            print(f"attributions by {engine}, PolNeAR dev, {name}: {row.score:.3f} [{row.low:.3f}, {row.high:.3f}]")
    return 0


if __name__ == "__main__":
    sys.exit(main())
