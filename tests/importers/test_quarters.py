"""Quarters of forces, added up to financial years."""

from __future__ import annotations

from collections import Counter

import pytest

from crimecmp.importers.quarters import (
    financial_year,
    incomplete_years,
    quarter,
    year_name,
    years_id,
    years_title,
)

END = "2018-03-31"


@pytest.mark.parametrize(
    ("ends", "id_", "title"),
    [
        (["2018-03-31"], "x-2017-18", "X, financial year 2017/18"),
        (
            ["2018-03-31", "2000-03-31", "2010-03-31"],
            "x-1999-00-to-2017-18",
            "X, financial years 1999/00 to 2017/18",
        ),
    ],
)
def test_a_source_is_named_after_its_years(ends: list[str], id_: str, title: str) -> None:
    """Id and title have the year, or the first and the last."""
    assert years_id("x", ends) == id_
    assert years_title("X", ends) == title


@pytest.mark.parametrize("year", ["1999/00", "2009/10", "2017/18"])
def test_a_financial_year_is_named_as_it_is_read(year: str) -> None:
    """The end of a year has the name that the year is written as."""
    assert year_name(financial_year(year)) == year


@pytest.mark.parametrize("cell", ["3", "Q3", "q3"])
def test_a_quarter_is_a_digit(cell: str) -> None:
    """Quarters are 1 to 4, with or without a Q."""
    assert quarter(cell) == 3


@pytest.mark.parametrize("cell", ["0", "5", "", "Q", "1.0", "first"])
def test_other_quarters_are_none(cell: str) -> None:
    """What is no quarter of a year cannot be read."""
    with pytest.raises(ValueError, match="is not a quarter"):
        quarter(cell)


def test_quarters_of_different_length_are_whole_where_no_length_is_usual() -> None:
    """A table that leaves out rows of zero has as many rows a quarter as it has."""
    rows = Counter({(END, area, nth): nth + 5 for area in "abc" for nth in (1, 2, 3, 4)})
    assert incomplete_years([rows]) == {}


def test_a_short_quarter_is_told_where_one_length_is_usual() -> None:
    """Where nine of ten quarters have one number of rows, a shorter one is cut off."""
    rows = Counter({(END, area, nth): 7 for area in "abc" for nth in (1, 2, 3, 4)})
    rows[END, "b", 4] = 6
    assert incomplete_years([rows]) == {(END, "b"): "a quarter of the year lacks rows"}


def test_quarters_may_be_on_several_sheets() -> None:
    """The rows of all sheets together make the year."""
    halves = [Counter({(END, "a", n): 1, (END, "a", n + 1): 1}) for n in (1, 3)]
    assert incomplete_years(halves) == {}
    assert incomplete_years(halves[:1]) == {
        (END, "a"): "not all four quarters of the year are in the file"
    }
