"""Who publishes what: names, domains, country, owner, and which outlets are wire agencies (``outlets.csv``)."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
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


_LISTS = ("aliases", "domains", "credit_forms")


class Outlets:
    """A table of outlets that finds them by name or address, and agencies in credits.

    Parameters
    ----------
    rows : sequence of Outlet
        Where two rows share a name, the earlier one counts.

    Examples
    --------
    >>> table = shipped()
    >>> table.find("guardian").name, table.find("https://www.bbc.co.uk/news/x").name
    ('The Guardian', 'BBC News')
    >>> table.agencies_in("With reporting by AFP and the Associated Press")
    ['AFP', 'AP']
    """

    def __init__(self, rows: Sequence[Outlet]) -> None:
        self.rows = tuple(rows)
        self._names: dict[str, Outlet] = {}
        self._domains: dict[str, Outlet] = {}
        # As written goes before folded: "TIME" is not "time", and "The Nation" not a nation.
        for key in (str, _key):
            for outlet in self.rows:
                for name in (outlet.name, *outlet.aliases):
                    self._names.setdefault(key(name), outlet)
        for outlet in self.rows:
            for domain in outlet.domains:
                self._domains.setdefault(domain.casefold(), outlet)
        self._agencies, self._credits = _agency_pattern(self.rows)
        self._ambiguous: dict[str, bool] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def find(self, name_or_domain: str) -> Outlet | None:
        """Find an outlet by a name, an alias, a domain or a URL.

        Parameters
        ----------
        name_or_domain : str
            As it stands on a page: case, a leading "The" and what follows "|" do not matter. Of a URL or domain, the
            longest known ending counts, so that subdomains are found too.

        Returns
        -------
        Outlet or None
        """
        given = " ".join(name_or_domain.split()).strip(" |–—-:,;")
        if not given:
            return None
        if known := self._names.get(given) or self._names.get(_key(given)):
            return known
        if not re.match(r"\S+\.\w+", given):
            return None
        try:
            host = urlsplit(given if "//" in given else f"//{given}").hostname or ""
        except ValueError:  # "[x" is no address
            return None
        parts = host.split(".")
        ends = (".".join(parts[n:]) for n in range(len(parts) - 1))
        return next((self._domains[d] for d in ends if d in self._domains), None)

    def called(self, name: str) -> list[Outlet]:
        """List the outlets whose name is this one, or ends with it: of "Herald", all that are the herald of some place.

        Examples
        --------
        >>> {"Miami Herald", "The Korea Herald"} <= {o.name for o in shipped().called("Herald")}
        True
        """
        words = _key(" ".join(name.split())).split()
        names = {o: [_PLACE.sub("", n) for n in (o.name, *o.aliases)] for o in dict.fromkeys(self.rows)}
        return [
            o for o, every in names.items() if words and any(_key(n).split()[-len(words) :] == words for n in every)
        ]

    def is_ambiguous(self, name: str) -> bool:
        """Say whether several outlets could be meant by a short name, so that none should be taken for it.

        The name in full is nobody else's: "The Guardian", though there is a Mail & Guardian.

        Examples
        --------
        >>> [shipped().is_ambiguous(name) for name in ("Herald", "The Herald", "Miami Herald", "The Guardian", "BBC")]
        [True, True, False, False, False]
        """
        given = " ".join(name.split())
        if given not in self._ambiguous:
            known = self._names.get(given)
            is_the_users = known is not None and known not in shipped().rows
            is_in_full = any(o.name.casefold() == given.casefold() for o in self.rows)
            self._ambiguous[given] = not is_the_users and not is_in_full and len(self.called(given)) > 1
        return self._ambiguous[given]

    def agencies_in(self, text: str) -> list[str]:
        """List the wire agencies that a credit, byline or dateline names, in their short form, in order.

        Abbreviations count only as written ("AP", "dpa"), names in any case ("ASSOCIATED PRESS").
        """
        found = [self._credits[_fold_long(m)] for m in self._agencies.findall(text)]
        return list(dict.fromkeys(found))


@cache
def shipped() -> Outlets:
    """Return the package's own table.

    Examples
    --------
    >>> sum(o.agency for o in shipped().rows) > 30
    True
    """
    text = (resources.files("mediabias") / "outlets.csv").read_text(encoding="utf8")
    return Outlets(_rows(csv.DictReader(text.splitlines()), "outlets.csv"))


def load(path: str | Path | None = None) -> Outlets:
    """Return the package's table, with the rows of a table of your own before it.

    Parameters
    ----------
    path : path, optional
        A CSV file with the columns of `Outlet` (``name`` is enough). Lists (aliases, domains, credit_forms) are parted by
        ``|``.

    Raises
    ------
    TableError
        When there is no column ``name``, or a column that the table does not know.
    """
    if not path:
        return shipped()
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        own = _rows(csv.DictReader(file), str(path))
    return Outlets((*own, *shipped().rows))


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


#: "The Herald (Scotland)": the place only tells it from others of the name.
_PLACE = re.compile(r"\s*\([^()]*\)$")


def _key(name: str) -> str:
    return re.sub(r"^the\s+|^www\.", "", name.casefold().replace("’", "'"))


def _fold_long(form: str) -> str:
    folded = " ".join(form.split())
    return folded.casefold() if len(folded) > 5 else folded


def _agency_pattern(rows: Sequence[Outlet]) -> tuple[re.Pattern[str], dict[str, str]]:
    credits: dict[str, str] = {}
    for outlet in rows:
        if outlet.agency:
            for form in (*outlet.credit_forms, outlet.name):
                credits.setdefault(_fold_long(form), outlet.credit)
    forms = sorted(credits, key=lambda f: (-len(f), f))
    parts = [
        re.escape(f).replace(r"\ ", r"\s+") if len(f) <= 5 else f"(?i:{re.escape(f)})".replace(r"\ ", r"\s+")
        for f in forms
    ]
    # Where there is no agency, nothing names one.
    return re.compile(rf"(?<![\w])(?:{'|'.join(parts) or '(?!)'})(?![\w])"), credits
