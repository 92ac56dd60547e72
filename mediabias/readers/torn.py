"""Paragraphs that a page tears at their links, made whole."""

from __future__ import annotations

import re

from mediabias.readers.dom import Piece

#: What a paragraph that was torn off begins with.
_TORN = re.compile(r"[,;:.)!?’”](?:\s|$)|[a-z]")


def joined(found: list[Piece]) -> list[Piece]:
    """Join paragraphs that were torn at a link: "It comes to <a>the port</a></p><p>, which ...".

    Examples
    --------
    >>> torn = [Piece("It comes to the port", "/p", ("<p>",), 0.4), Piece(", which is shut.", "/p[2]", ("<p>",), 0.0)]
    >>> [p.text for p in joined(torn)]
    ['It comes to the port, which is shut.']
    """
    out: list[Piece] = []
    for piece in found:
        above = out[-1] if out else None
        if above is None or not _is_torn(above, piece):
            out.append(piece)
            continue
        space = "" if _TORN.match(piece.text) and not piece.text[0].isalpha() else " "
        size = len(above.text) + len(piece.text)
        linked = round((above.linked * len(above.text) + piece.linked * len(piece.text)) / size, 3)
        out[-1] = Piece(f"{above.text}{space}{piece.text}", above.path, above.marks, linked)
    return out


def _is_torn(above: Piece, piece: Piece) -> bool:
    """Say whether two paragraphs side by side are one: the second begins with a comma or in mid-sentence, at a link."""
    same = above.path.rpartition("/")[0] == piece.path.rpartition("/")[0] and above.path != piece.path
    if not same or not all(p.path.rpartition("/")[2].split("[")[0] == "p" for p in (above, piece)):
        return False
    if (
        above.text.rstrip()[-1:] in '.!?…:;”"'
        or not above.text.rstrip()[-1:].isalnum()
        or above.linked + piece.linked == 0
    ):
        return False
    return _TORN.match(piece.text) is not None and (len(above.text.split()) >= 3 or not piece.text[0].isalpha())
