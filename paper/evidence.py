"""The sentences behind the figures of the two studies, from the texts: ``paper/build/evidence/{basil,months,measured}.html``.

    mediabias fetch basil && mediabias fetch polnear        # once; or name folders that hold them
    python paper/evidence.py --basil FOLDER --polnear FOLDER

The pages hold text of the corpora, and are for whoever has them: nothing of it goes into the paper. Those of the sample's figures
are written when these are drawn.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import real
import studies

import mediabias as mb
from mediabias.attribution import polnear
from mediabias.display import Html, evidence, page
from mediabias.display.contrasts import comparison
from mediabias.readers.text import read_text

OUT = Path(__file__).resolve().parent / "build" / "evidence"


def basil(folder: Path) -> Html:
    """Return the differences of the figure, each with the sentences of both outlets."""
    corpus = mb.load("basil", folder)
    tables = mb.extract(corpus, sorted({c.split("__")[0] for c in real.SHOWN}))
    within, _, _ = real.basil()
    return comparison(within[within["column"].isin(real.SHOWN)], tables, corpus, sentences=40)


def months(root: Path) -> Html:
    """Return the cues of the two classes that the figure counts, by candidate and month."""
    articles, rows = {}, []
    told = {Path(a.article_id).name: (a.outlet, a.published[:7]) for a in mb.load("polnear", root)}
    for part in ("train", "dev"):
        for document in polnear.read(root / part):
            article = studies.from_gold(read_text(document.text, document.name), document)
            outlet, month = told[document.name]
            articles[document.name] = article.replace(article_id=document.name, outlet=outlet)
            for a in article.attributions or ():
                for name, pattern in studies.CANDIDATES.items():
                    if pattern.fullmatch(a.speaker) and a.cue_class in real.AWAY:
                        about = (document.name, name, f"{month} {a.cue_class}")
                        rows.append((*about, a.cue[0].start, a.cue[-1].end))
    table = pd.DataFrame(rows, columns=["article_id", "feature", "label", "start", "end"])
    table = table.sort_values(["label", "feature", "article_id", "start"], ignore_index=True)
    return evidence(table, articles.values(), rows=len(table))


def measured(root: Path) -> Html:
    """Return the extracted shares of the figure, each with its sentences."""
    plain = list(mb.load("polnear", root))
    found = list(
        mb.attribute_all(
            (a for a in plain if a.article_id.startswith("dev/")), min_confidence=mb.Settings().min_confidence
        )
    )
    tables = mb.extract(found, sorted({c.split("__")[0] for c in real.MEASURED}))
    return mb.bars(found, tables, columns=real.MEASURED, sentences=60)


def main() -> None:
    """Write the pages."""
    basil_texts, near, _ = studies.folders(__doc__)
    OUT.mkdir(parents=True, exist_ok=True)
    for name, made in (("basil", basil(basil_texts)), ("months", months(near)), ("measured", measured(near))):
        (OUT / f"{name}.html").write_text(page([made], title=f"{name}: the sentences"), encoding="utf8")
        print(OUT / f"{name}.html")


if __name__ == "__main__":
    main()
