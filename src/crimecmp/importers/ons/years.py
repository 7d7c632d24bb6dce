"""Years in titles and headings, separated from the footnote marks attached to them."""

from __future__ import annotations

import re
from calendar import month_abbr, monthrange
from datetime import date

from crimecmp.importers.ons.marks import MARKS

_MONTHS = {name.lower(): number for number, name in enumerate(month_abbr) if name}
_YEAR = r"20\d\d|199\d"
_MONTH_OF_YEAR = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?\s*"
    rf"(?:(?P<long>{_YEAR})|['’‘]?(?P<short>\d\d))(?P<marks>{MARKS})?(?!\d)",
    re.IGNORECASE,
)
_FINANCIAL_YEAR = re.compile(rf"\b({_YEAR})\s*[/–-]\s*(\d\d)(?P<marks>{MARKS})?(?!\d)")
_YEAR_ALONE = re.compile(rf"(?:mid[ -]?)?({_YEAR})(?:\.0+)?\s*(?:{MARKS})?", re.IGNORECASE)
_YEAR_AT_END = re.compile(rf"\b({_YEAR})(?P<marks>{MARKS})$")
_SEPARATE_MARKS = re.compile(rf"(?<=\d)\s+{MARKS}$")
_LAST_OLD_YEAR = 90  # '90 means 1990, and '89 means 2089


def month_ends(text: str) -> list[date]:
    """Return the last day of each month that a title or heading names, in order.

    A footnote mark attached to a year is ignored: `March 181,2,3` and `March 20181` both mean March
    2018. A financial year such as `2017/18` means its last month, March 2018.
    """
    ends = [
        (match.start(), _month_end(_full_year(match), _MONTHS[match["month"].lower()]))
        for match in _MONTH_OF_YEAR.finditer(text)
    ]
    for match in _FINANCIAL_YEAR.finditer(text):
        year = int(match[1]) + 1
        if year % 100 == int(match[2]):
            ends.append((match.start(), _month_end(year, 3)))
    return [end for _, end in sorted(ends)]


def year_alone(text: str) -> int | None:
    """Return the year if it is the whole heading, such as `2016` or `Mid-2016`; else None.

    Footnote marks attached to the year are ignored: `20161,2` is 2016.
    """
    match = _YEAR_ALONE.fullmatch(text.strip())
    return int(match[1]) if match else None


def unmarked_years(text: str) -> str:
    """Return a title without the footnote marks attached to its years."""
    for pattern in (_MONTH_OF_YEAR, _FINANCIAL_YEAR, _YEAR_AT_END):
        text = pattern.sub(
            lambda m: m[0][: m.start("marks") - m.start()] if m["marks"] else m[0], text
        )
    return _SEPARATE_MARKS.sub("", text) if month_ends(text) else text


def _full_year(match: re.Match[str]) -> int:
    if match["long"]:
        return int(match["long"])
    short = int(match["short"])
    return short + (1900 if short >= _LAST_OLD_YEAR else 2000)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
