"""A page as the zone model sees it: its blocks with their markup, and what its head says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Protocol
from urllib.parse import urlsplit

from mediabias.article import WORD

#: Subdomains that say nothing about whose site it is.
_SUBDOMAINS = re.compile(r"^(?:www\d?|m|amp|en|edition|the|news|blog|blogs|business)\.")

_NUMBER = re.compile(r"\[\d+\]")


class PageBlock(Protocol):
    """What is known of a block: its text, its element's path and names, the share of its characters that are links."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def path(self) -> str: ...  # noqa: D102
    @property
    def marks(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def linked(self) -> float: ...  # noqa: D102


@dataclass(frozen=True)
class Page:
    """The blocks of a page, and what is known of the page as a whole.

    Parameters
    ----------
    blocks : sequence of PageBlock
        In the page's order.
    hints : sequence of mapping
        What the reader knows of each block: log-odds by zone.
    main : str
        The extractor's main text: the words of each paragraph run together, each between two line feeds.
    title, description, byline, outlet, url : str
        What the page's head says; empty where it says nothing.
    """

    blocks: Sequence[PageBlock]
    hints: Sequence[Mapping[str, float]] = field(default=())
    main: str = ""
    title: str = ""
    description: str = ""
    byline: str = ""
    outlet: str = ""
    url: str = ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the outlet in lower case, the longest first: its own, and the first word of its address."""
        outlet = self.outlet.casefold()
        host = urlsplit(self.url).hostname or ""
        while _SUBDOMAINS.match(host):
            host = _SUBDOMAINS.sub("", host)
        names = {outlet, outlet.removeprefix("the "), host, host.split(".")[0]}
        return tuple(sorted((n for n in names if len(n) > 2), key=lambda n: (-len(n), n)))


def key_of(text: str) -> str:
    """Return the words of a text without what stands between them, to compare texts by."""
    return _cached_key(text) if len(text) <= 2000 else _key(text)


def _key(text: str) -> str:
    return "".join(WORD.findall(text.casefold()))


#: A page's texts are compared several times, and its menus stand on every page of an outlet.
_cached_key = lru_cache(8192)(_key)


@lru_cache(8192)
def plain_path(path: str) -> str:
    """Return the names of the elements on a path, without their numbers.

    Examples
    --------
    >>> plain_path("/html/body/div[3]/p[2]")
    '/html/body/div/p'
    """
    return _NUMBER.sub("", path) if "[" in path else path


def is_main_text(text: str, main: str, flat: str) -> bool:
    """Say whether a line of a block is a paragraph of the main text, or a good part of one that was joined.

    `flat` is the main text without its line ends: a paragraph that is torn in the page is torn in the main text, too.
    """
    keys = [k for line in text.split("\n") if (k := key_of(line))]
    return any(f"\n{k}\n" in main or (len(k) >= 25 and k[:80] in (flat if len(k) >= 40 else main)) for k in keys)
