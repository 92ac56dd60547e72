"""Dates as documents and tables write them, into one form; the only place where a date is read."""

from __future__ import annotations

import re
from datetime import datetime

from dateutil import parser, tz

_ZONES = {name: tz.gettz(zone) for name, zone in {
    "EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York", "CST": "America/Chicago",
    "CDT": "America/Chicago", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "GMT": "UTC", "BST": "Europe/London",
    "CET": "Europe/Paris", "CEST": "Europe/Paris", "EET": "Europe/Kyiv", "EEST": "Europe/Kyiv", "MSK": "Europe/Moscow",
}.items()}  # fmt: skip
_NUMERIC = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")


def utc(text: str, *, fuzzy: bool = False) -> str:
    """Return a date in UTC, ``2024-03-04T11:05:00Z``; without a zone as it stands, without a time the day alone.

    Returns
    -------
    str
        Empty where there is no date, or one that can be read in two ways (`ambiguous`).

    Examples
    --------
    >>> utc("2024-03-04T13:05:00+02:00"), utc("March 4, 2024"), utc("30.10.2016"), utc("soon")
    ('2024-03-04T11:05:00Z', '2024-03-04', '2016-10-30', '')
    >>> utc("10/11/2016")
    ''
    """
    if not re.search(r"\d{4}", text) or len(text) > 60 or ambiguous(text):
        return ""
    m = _NUMERIC.match(text)
    # Points are a day-first form wherever they are used; with slashes the part above 12 is the day.
    day_first = m is not None and (m[2] == "." or int(m[1]) > 12)
    try:
        found = parser.parse(text, default=datetime(2000, 1, 1), tzinfos=_ZONES, dayfirst=day_first, fuzzy=fuzzy)
    except (ValueError, OverflowError, TypeError):
        return ""
    if found.tzinfo is not None:
        try:
            return found.astimezone(tz.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        except (ValueError, OverflowError):  # the year 1, in a zone that lies before it
            return ""
    return found.strftime("%Y-%m-%dT%H:%M:%S" if re.search(r"\d:\d\d", text) else "%Y-%m-%d")


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
