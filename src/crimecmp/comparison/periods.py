"""Days a year apart."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def year_later(end: date) -> date:
    """Return the same day a year later; a month's end stays a month's end."""
    return _shifted(end, 1)


def year_before(end: date, years: int = 1) -> date:
    """Return the same day a year or more before; a month's end stays a month's end."""
    return _shifted(end, -years)


def _shifted(end: date, years: int) -> date:
    ends = end.day == monthrange(end.year, end.month)[1]
    last = monthrange(end.year + years, end.month)[1]
    return date(end.year + years, end.month, last if ends else min(end.day, last))
