"""Where an article's text ends in an export and the service's own fields begin.

A line of the text may look like a field ("State: the ministry said ..."). So the fields are looked for from the end of the
document backwards: the last lines that all are fields, each label once, among them one that only the service writes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

#: Lines without a label that may stand between two fields: what a field goes on with.
_BETWEEN = 3
#: What a file or an article ends with, behind all fields.
FOOTER = re.compile(
    r"(?:Copyright|©|\(c\) ?\d{4}|All rights reserved|Alle Rechte|Tous droits|Todos los derechos|Alle rechten|Contact us|"
    r"Terms (?:and|of)|Database copyright|Bibliography|End of Document|_{5})",
    re.I,
)
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")


def is_sentence(value: str) -> bool:
    """Say whether the words behind a label are running text, not a field's value.

    Examples
    --------
    >>> is_sentence("the ministry said it would pay half of the costs."), is_sentence("Ports; Strikes; U.S.")
    (True, False)
    """
    words = value.split()
    plain = sum(w[0].islower() for w in words)
    return len(words) >= 4 and plain >= 2 and _SENTENCE.search(value.strip()) is not None


def tail_start(
    lines: Sequence[tuple[str, str]], own: Collection[str], sure: Collection[str], free: Collection[str] = ()
) -> int:
    """Return the index of the first field behind the text, or the number of lines where there is none; footers may follow.

    Parameters
    ----------
    lines : sequence of (str, str)
        The label of each line, empty where it has none, and the words behind it or the line.
    own : collection of str
        The labels that the service writes behind a text.
    sure : collection of str
        Those of them that no text has.
    free : collection of str
        Those of them whose value may be a sentence.

    Examples
    --------
    >>> lines = [("", "It rained."), ("State", "the dam holds."), ("", "It rains."), ("State", "ELLAN"), ("Load-Date", "May 1")]
    >>> tail_start(lines, {"State", "Load-Date"}, {"Load-Date"})
    3
    """
    labels = [label if label in own and (label in free or not is_sentence(words)) else "" for label, words in lines]
    seen: set[str] = set()
    start = position = len(labels)
    while position > 0 and not labels[position - 1] and any(map(FOOTER.match, lines[position - 1])):
        position -= 1
    while position > 0:
        label = labels[position - 1]
        if not label and seen:
            above = next((i for i in range(position - 1, max(-1, position - 2 - _BETWEEN), -1) if labels[i]), None)
            goes_on = above is not None and (
                labels[above] in free or not any(is_sentence(words) for _, words in lines[above + 1 : position])
            )
            if above is None or not goes_on or labels[above] not in sure or labels[above] in seen:
                break
            position, label = above + 1, labels[above]
        if not label or label in seen:
            break
        seen.add(label)
        position -= 1
        start = position
    return start if seen & set(sure) else len(labels)
