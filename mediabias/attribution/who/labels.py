"""Coded attributions without the articles' text: what may be shipped, and how it comes together again with texts of one's own.

An article is known by the SHA-256 of its text; spans are offsets into it. A speaker is a span, too, where the text has the name as
the coder wrote it, else a hash of the name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mediabias.errors import TableError

_KEPT = ("unit", "source", "cue", "content", "ok", "type", "verb", "negated")


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()


def without_text(article: Mapping[str, Any]) -> dict[str, Any]:
    """Return a coded article as labels: offsets and hashes in the place of words.

    Examples
    --------
    >>> article = {"id": "a", "outlet": "Post", "text": "Dole said so.", "units": [{"unit": "1", "ok": "yes", "speaker": "Dole"}]}
    >>> without_text(article)["units"]
    [{'unit': '1', 'ok': 'yes', 'speaker': [[0, 4]]}]
    """
    text = article["text"]
    units = [
        {k: u[k] for k in _KEPT if k in u}
        | {"speaker": [_place(text, name) for name in u["speaker"].split("|") if name]}
        for u in article["units"]
    ]
    return {"id": article["id"], "outlet": article["outlet"], "sha256": digest(text), "units": units}


def _place(text: str, name: str) -> list[int] | str:
    if name == "AUTHOR":
        return name
    at = text.find(name)
    return [at, at + len(name)] if at >= 0 else digest(name)[:16]


def with_text(labels: Iterable[Mapping[str, Any]], texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield coded articles as the heads are trained on, those of `labels` whose text is among `texts`.

    Parameters
    ----------
    labels : iterable of mapping
        As `without_text` makes them.
    texts : mapping of str to str
        Texts by the id of their article. A speaker whose name the text doesn't have is left empty.

    Raises
    ------
    TableError
        When a text is not the one that was coded.
    """
    for one in labels:
        text = texts.get(one["id"])
        if text is None:
            continue
        if digest(text) != one["sha256"]:
            raise TableError(f"{one['id']}: not the text that was coded (its SHA-256 differs)")
        units = [dict(u) | {"speaker": "|".join(_name(text, p) for p in u["speaker"])} for u in one["units"]]
        yield {"id": one["id"], "outlet": one["outlet"], "text": text, "units": units}


def _name(text: str, place: Any) -> str:
    if isinstance(place, str):
        return place if place == "AUTHOR" else ""
    return text[place[0] : place[1]]
