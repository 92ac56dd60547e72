"""Who publishes what: names, domains, country, owner, and which outlets are wire agencies (``outlets.csv``)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from mediabias.errors import TableError


@dataclass(frozen=True)
class Outlet:
    """A row of the table of outlets.

    `country` is ISO 3166 alpha-2, `language` ISO 639-1, `kind` one of newspaper, magazine, broadcaster, online, agency.
    `owner` names the owner, or says "state", "public", "nonprofit"; it is empty where we are not sure. `credit_forms`
    are the ways in which other outlets credit an agency; the first is the one that we write into ``Article.wire``.
    """

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str = ""
    language: str = ""
    kind: str = ""
    owner: str = ""
    agency: bool = False
    credit_forms: tuple[str, ...] = ()

    @property
    def credit(self) -> str:
        """How a story of this agency is credited: "AP" for Associated Press."""
        return self.credit_forms[0] if self.credit_forms else self.name


_EXTRA: ContextVar[tuple[Outlet, ...]] = ContextVar("extra outlets", default=())
_LISTS = ("aliases", "domains", "credit_forms")


def load(path: str | Path | None = None) -> tuple[Outlet, ...]:
    """Load a table of outlets: the package's own, or one with the same columns (``name`` is enough).

    Parameters
    ----------
    path : path, optional
        A CSV file of your own. Lists (aliases, domains, credit_forms) are parted by ``|``.

    Returns
    -------
    tuple of Outlet
        In the order of the file.

    Raises
    ------
    TableError
        When there is no column ``name``, or a column that the table does not know.

    Examples
    --------
    >>> sum(o.agency for o in load()) > 30
    True
    """
    if path is None:
        return _shipped()
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return _rows(csv.DictReader(file), str(path))


@cache
def _shipped() -> tuple[Outlet, ...]:
    text = (resources.files("mediabias") / "outlets.csv").read_text(encoding="utf8")
    return _rows(csv.DictReader(text.splitlines()), "outlets.csv")


def _rows(reader: csv.DictReader[str], where: str) -> tuple[Outlet, ...]:
    names = {f.name for f in fields(Outlet)}
    given = set(reader.fieldnames or ())
    if "name" not in given or given - names:
        odd = ", ".join(sorted(given - names)) or "no column 'name'"
        raise TableError(f"{where}: {odd}; the columns are {', '.join(f.name for f in fields(Outlet))}")
    out = []
    for row in reader:
        lists = {k: tuple(p.strip() for p in (row.get(k) or "").split("|") if p.strip()) for k in _LISTS}
        plain = {k: (row.get(k) or "").strip() for k in ("name", "country", "language", "kind", "owner")}
        if plain["name"]:
            agency = (row.get("agency") or "").strip().lower() in {"true", "yes", "1"}
            out.append(Outlet(**plain, **lists, agency=agency))  # type: ignore[arg-type]
    return tuple(out)


@contextmanager
def using(extra: str | Path | Sequence[Outlet] | None) -> Iterator[None]:
    """Know more outlets inside a ``with``: a CSV of your own, or a sequence. They go before the package's.

    Examples
    --------
    >>> with using([Outlet("The Ellan Post", aliases=("Ellan Post",), domains=("ellanpost.example",))]):
    ...     find("www.ellanpost.example").name
    'The Ellan Post'
    >>> find("ellanpost.example") is None
    True
    """
    more = () if extra is None else load(extra) if isinstance(extra, str | Path) else tuple(extra)
    token = _EXTRA.set((*more, *_EXTRA.get()))
    try:
        yield
    finally:
        _EXTRA.reset(token)


def find(name_or_domain: str) -> Outlet | None:
    """Find an outlet by a name, an alias, a domain or a URL.

    Parameters
    ----------
    name_or_domain : str
        As it stands on a page: case, a leading "The" and what follows "|" do not matter. Of a URL or domain, the longest
        known ending counts, so that subdomains are found too.

    Returns
    -------
    Outlet or None

    Examples
    --------
    >>> find("guardian").name, find("https://www.bbc.co.uk/news/x").name
    ('The Guardian', 'BBC News')
    >>> find("nobody.example") is None
    True
    """
    given = " ".join(name_or_domain.split()).strip(" |–—-:,;")
    names, domains = _index(_EXTRA.get())
    if not given:
        return None
    if known := names.get(given) or names.get(_key(given)):
        return known
    host = (urlsplit(given if "//" in given else f"//{given}").hostname or "") if re.match(r"\S+\.\w+", given) else ""
    parts = host.split(".")
    return next((domains[d] for n in range(len(parts) - 1) if (d := ".".join(parts[n:])) in domains), None)


def _key(name: str) -> str:
    return re.sub(r"^the\s+|^www\.", "", name.casefold().replace("’", "'"))


@cache
def _index(extra: tuple[Outlet, ...]) -> tuple[dict[str, Outlet], dict[str, Outlet]]:
    names: dict[str, Outlet] = {}
    domains: dict[str, Outlet] = {}
    known = (*extra, *_shipped())
    # As written goes before folded: "TIME" is not "time", and "The Nation" not a nation.
    for key in (str, _key):
        for outlet in known:
            for name in (outlet.name, *outlet.aliases):
                names.setdefault(key(name), outlet)
    for outlet in known:
        for domain in outlet.domains:
            domains.setdefault(domain.casefold(), outlet)
    return names, domains


def agencies_in(text: str) -> list[str]:
    """List the wire agencies that a credit, byline or dateline names, in their short form, in order.

    Abbreviations count only as written ("AP", "dpa"), names in any case ("ASSOCIATED PRESS").

    Examples
    --------
    >>> agencies_in("With reporting by AFP and the Associated Press")
    ['AFP', 'AP']
    >>> agencies_in("By Jane Pa")
    []
    """
    pattern, credits = _agency_pattern(_EXTRA.get())
    found = (credits[_fold_long(m[0])] for m in pattern.finditer(text))
    return list(dict.fromkeys(found))


def _fold_long(form: str) -> str:
    folded = " ".join(form.split())
    return folded.casefold() if len(folded) > 5 else folded


@cache
def _agency_pattern(extra: tuple[Outlet, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    credits: dict[str, str] = {}
    for outlet in (*extra, *_shipped()):
        if outlet.agency:
            for form in (*outlet.credit_forms, outlet.name):
                credits.setdefault(_fold_long(form), outlet.credit)
    forms = sorted(credits, key=lambda f: (-len(f), f))
    parts = [
        re.escape(f).replace(r"\ ", r"\s+") if len(f) <= 5 else f"(?i:{re.escape(f)})".replace(r"\ ", r"\s+")
        for f in forms
    ]
    return re.compile(rf"(?<![\w])(?:{'|'.join(parts)})(?![\w])"), credits
