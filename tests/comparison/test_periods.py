"""Days a year apart."""

from __future__ import annotations

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from crimecmp.comparison.periods import year_before, year_later


def test_a_year_before_the_end_of_february_is_its_end() -> None:
    """A month's end stays a month's end, whether or not the year is a leap year."""
    assert year_before(date(2012, 2, 29)) == date(2011, 2, 28)
    assert year_before(date(2013, 2, 28)) == date(2012, 2, 29)
    assert year_later(date(2011, 2, 28)) == date(2012, 2, 29)
    assert year_before(date(2013, 2, 27)) == date(2012, 2, 27)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_year_later_than_a_year_before_is_the_day_itself(end: date) -> None:
    """The two undo one another, but on the 28th of February of a leap year."""
    assume((end.month, end.day) != (2, 28) or end.year % 4)
    assert year_later(year_before(end)) == end
    assert year_before(end).month == end.month
