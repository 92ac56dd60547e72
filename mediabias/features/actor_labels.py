"""Which of several names an outlet has for one kind of actor: separatists, militants, rebels."""

from __future__ import annotations

from typing import ClassVar

from mediabias import lexicons
from mediabias.features.base import COVERED, Label
from mediabias.features.lexicon import LexiconFeature

_ROWS = lexicons.rows("actor_labels")
_NAMES = {(r["group"], r["label"]): r["term"].rstrip("*") for r in reversed(_ROWS) if r["label"]}


class ActorLabels(LexiconFeature):
    """Names of groups that are contested, each as a share of all names of its group; in the outlet's own voice by default.

    The list holds the names that studies of news compare. Of an event with actors of its own, give your list:
    ``LexiconFeature.from_csv`` with a column ``group``. Known failures: two armed groups in one event are one here; a name that is
    somebody else's word, in indirect speech; "terrorists" of a law, "refugees" of a fire.
    """

    name = "actor_labels"
    labels: ClassVar = {
        f"{group}_{label}": Label(
            f"{group.replace('_', ' ').capitalize()}, called {label.replace('_', ' ')}.", f"the {term}s", "share",
            f"names of {group.replace('_', ' ')}", label.replace("_", " "),
        )
        for (group, label), term in sorted(_NAMES.items())
    }  # fmt: skip
    terms: ClassVar = {r["term"]: f"{r['group']}_{r['label']}" if r["label"] else "" for r in _ROWS}
    reference = "; ".join(dict.fromkeys(r["reference"] for r in _ROWS if r["reference"] != "ours"))
    languages = COVERED

    quoted: bool = False
