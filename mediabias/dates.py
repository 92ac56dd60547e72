"""Dates as documents and tables write them, into one form; the only place where a date is read."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from datetime import UTC, datetime

from dateutil import parser, tz

_ZONES = {name: tz.gettz(zone) for name, zone in {
    "EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York", "CST": "America/Chicago",
    "CDT": "America/Chicago", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "GMT": "UTC", "BST": "Europe/London",
    "CET": "Europe/Paris", "CEST": "Europe/Paris", "EET": "Europe/Kyiv", "EEST": "Europe/Kyiv", "MSK": "Europe/Moscow",
}.items()}  # fmt: skip
#: Names of months in other languages than English, as the Unicode CLDR has them, by their number.
_MONTHS = {name: n for n, names in enumerate((
    "januar januari jänner janvier enero gennaio janeiro января",
    "februar februari février febrero febbraio fevereiro февраля",
    "märz maart mars marzo março марта",
    "april avril abril aprile апреля",
    "mai mei mayo maggio maio мая",
    "juni juin junio giugno junho июня",
    "juli juillet julio luglio julho июля",
    "august augustus août agosto августа",
    "september septembre septiembre settembre setembro сентября",
    "oktober octobre octubre ottobre outubro октября",
    "november novembre noviembre novembro ноября",
    "dezember december décembre diciembre dicembre dezembro декабря",
), 1) for name in names.split()}  # fmt: skip
#: What takes the place of a part that a date lacks: where the two readings differ, it lacks one.
_MISSING = (datetime(2000, 1, 1), datetime(2000, 2, 2))
_ENGLISH = "January February March April May June July August September October November December".split()
#: "the 5th of March", "1er mars": what stands around a day.
_ORDINAL = re.compile(r"(?:\bthe\s+)?\b(\d{1,2})(?:st|nd|rd|th|er|º|ª)(?!\w)(?:\s+of\b)?|\b(\d{1,2})\s+of\b", re.I)
_DAY_MONTH = re.compile(r"\b(\d{1,2})\.?(?: de| di)? ([^\W\d_]{3,10})(?: de| del| di)?,? (\d{4})\b")
_NUMERIC = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")
#: The same with a year of two digits, which only a column can settle.
_SHORT = re.compile(r"\s*(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
#: Seconds or milliseconds since 1970, from 1990 to 2100.
_EPOCH = re.compile(r"\s*(\d{9,10})(\d{3})?(?:\.\d+)?\s*")
_FIRST_EPOCH, _LAST_EPOCH = 631_152_000, 4_102_444_800


def utc(text: str, *, fuzzy: bool = False, day_first: bool | None = None) -> str:
    """Return a date in UTC, ``2024-03-04T11:05:00Z``; without a zone as it stands, without a time the day alone.

    Parameters
    ----------
    text : str
        A date in any form; seconds since 1970, too.
    fuzzy : bool
        Whether other words may stand around it.
    day_first : bool, optional
        How 05/03 is read, where others of its column tell (`day_first`); by default it is not read.

    Returns
    -------
    str
        Empty where there is no date, no day in it, or one that can be read in two ways (`ambiguous`).

    Examples
    --------
    >>> utc("2024-03-04T13:05:00+02:00"), utc("March 4, 2024"), utc("30.10.2016"), utc("soon")
    ('2024-03-04T11:05:00Z', '2024-03-04', '2016-10-30', '')
    >>> utc("10/11/2016"), utc("9 Januar 1993"), utc("4 de mayo de 2001")
    ('', '1993-01-09', '2001-05-04')
    >>> utc("Tuesday, the 5th of March, 2024"), utc("1709626500"), utc("2024")
    ('2024-03-05', '2024-03-05T08:15:00Z', '')
    >>> utc("05/03/24", day_first=True)
    '2024-03-05'
    >>> utc("0001-01-01T00:00:00Z")
    ''
    """
    if day_first is not None and (short := _SHORT.match(text)):
        text = f"{_ordered(short, day_first)}{text[short.end() :]}"
    if m := _EPOCH.fullmatch(text):
        seconds = int(m[1])
        inside = _FIRST_EPOCH <= seconds < _LAST_EPOCH
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if inside else ""
    if not re.search(r"\d{4}", text) or len(text) > 60 or ambiguous(text):
        return ""
    text = " ".join(_ORDINAL.sub(lambda m: f"{m[1] or m[2]} ", text).split())
    text = _DAY_MONTH.sub(_in_english, text)
    m = _NUMERIC.match(text)
    # Points are a day-first form wherever they are used; with slashes the part above 12 is the day.
    points = m is not None and (m[2] == "." or int(m[1]) > 12)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", parser.UnknownTimezoneWarning)  # a zone that nobody knows is none
            found, other = (
                parser.parse(text, default=missing, tzinfos=_ZONES, dayfirst=points, fuzzy=fuzzy)
                for missing in _MISSING
            )
    except (ValueError, OverflowError, TypeError):
        return ""
    if found.year < 1500 or (found.month, found.day) != (other.month, other.day):
        return ""  # what a machine writes where it knows no date; a year or a month alone
    if found.tzinfo is not None:
        try:
            return found.astimezone(tz.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        except (ValueError, OverflowError):  # the year 1, in a zone that lies before it
            return ""
    return found.strftime("%Y-%m-%dT%H:%M:%S" if re.search(r"\d:\d\d", text) else "%Y-%m-%d")


def day_first(values: Iterable[str]) -> bool | None:
    """Say whether the dates of a column have the day first, as those of them say whose day is above 12.

    Returns
    -------
    bool or None
        None where no date of the column tells, or where two contradict each other.

    Examples
    --------
    >>> day_first(["05/03/2024", "25/03/2024", "01/12/2024"]), day_first(["05/03/2024"])
    (True, None)
    """
    firsts = [(int(m[1]), int(m[3])) for value in values if (m := _SHORT.match(value))]
    is_day = any(a > 12 >= b for a, b in firsts)
    is_month = any(b > 12 >= a for a, b in firsts)
    return is_day if is_day != is_month else None


def _ordered(m: re.Match[str], day_first: bool) -> str:
    day, month = (m[1], m[3]) if day_first else (m[3], m[1])
    year = m[4] if len(m[4]) == 4 else f"{'19' if int(m[4]) > 68 else '20'}{m[4]}"
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _in_english(m: re.Match[str]) -> str:
    n = _MONTHS.get(m[2].lower())
    return f"{m[1]} {_ENGLISH[n - 1]} {m[3]}" if n else m[0]


def ambiguous(text: str) -> tuple[str, str] | None:
    """Return both readings of a date whose day and month can't be told apart, or None.

    Examples
    --------
    >>> ambiguous("10/11/2016")
    ('2016-11-10', '2016-10-11')
    >>> ambiguous("30/11/2016"), ambiguous("11.10.2016"), ambiguous("10/10/2016")
    (None, None, None)
    """
    m = _NUMERIC.match(text)
    if not m or m[2] == "." or m[1] == m[3]:
        return None
    first, second, year = int(m[1]), int(m[3]), m[4]
    if not (1 <= first <= 12 and 1 <= second <= 12):
        return None
    return f"{year}-{second:02d}-{first:02d}", f"{year}-{first:02d}-{second:02d}"
