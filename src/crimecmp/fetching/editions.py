"""Editions of published files: the months that their names and addresses tell."""

from __future__ import annotations

import re
from datetime import date, timedelta

from crimecmp.fetching.catalogue import DataSet

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_AND_YEAR = re.compile(rf"({'|'.join(_MONTHS)})[a-z]*[ _-]?((?:20)?\d{{2}})(?!\d)")
_YEARS = re.compile(r"\d{4}to(\d{4})")
_SIX_DIGITS = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})(?=\.[a-z]+$)")
_CENTURY = 2000
_AHEAD = timedelta(days=7)
_BEHIND = timedelta(days=400)
_MIDDLE = "06"


def month_in(text: str) -> str:
    """Return the month that a name tells, as `YYYY-MM`: `yearendingmarch2025`; empty for none."""
    found = _MONTH_AND_YEAR.search(text.lower())
    if not found:
        return ""
    year = int(found[2])
    return f"{year + _CENTURY if year < _CENTURY else year}-{_MONTHS.index(found[1]) + 1:02}"


def published_on(data: DataSet, name: str, updated: date | None) -> date | None:
    """Return the day of publication at the end of a file's name: `…-230426.ods`, day first.

    Six digits can be read in more than one way. They are the day only if it is at most a week
    after the page was last changed and, where one file has all years, not 400 days before: then
    the file is a new one.

    Parameters
    ----------
    data
        The data set that the file is of.
    name
        Its name.
    updated
        When its page was last changed.
    """
    found = _SIX_DIGITS.search(name.lower())
    if not found:
        return None
    day, month, year = map(int, found.groups())
    try:
        told = date(_CENTURY + year, month, day)
    except ValueError:
        return None
    if updated is None:
        return told
    old = data.edition == "published" and told < updated - _BEHIND
    return None if old or told > updated + _AHEAD else told


def edition_of(data: DataSet, name: str, updated: date | None = None) -> str:
    """Return the edition of a file, as `YYYY-MM`; empty where nothing tells it.

    Parameters
    ----------
    data
        The data set that the file is of.
    name
        Its name; that of its page for a publisher with a page an edition.
    updated
        When the page was last changed.
    """
    if data.edition == "year to":
        return month_in(name)
    if data.edition == "middle of":
        years = _YEARS.search(name)
        return f"{years[1]}-{_MIDDLE}" if years else ""
    told = published_on(data, name, updated) or updated
    return f"{told:%Y-%m}" if told else ""
