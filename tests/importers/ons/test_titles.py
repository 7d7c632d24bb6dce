"""Titles of the ONS tables: years and footnote marks in them, and which table it is."""

from __future__ import annotations

import pytest
from ons_tables import (
    COUNT_HEADINGS,
    DURHAM,
    KNOWN,
    P1,
    P2,
    P3,
    P7,
    P9,
    P10,
    PERIOD,
    counts,
    imported,
    rate,
    refused,
    sheet,
    table,
)

from crimecmp.importers.files import File
from crimecmp.importers.ons.marks import marks, unmarked
from crimecmp.importers.ons.years import month_ends, year_alone
from crimecmp.importers.ons_tables import read


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("number of offences, year ending March 181,2,3", ["2018-03-31"]),
        ("year ending March 20181,2", ["2018-03-31"]),
        ("year ending June 20191,2", ["2019-06-30"]),
        ("year ending September 2019 [note 1]", ["2019-09-30"]),
        ("year ending March 2012", ["2012-03-31"]),
        ("year ending March 201,2", ["2020-03-31"]),
        ("year ending March 20201,2", ["2020-03-31"]),
        ("year ending march 2017 compared with year ending March 20181,2,3",
         ["2017-03-31", "2018-03-31"]),
        ("Apr '13 to Mar '145, 6", ["2013-04-30", "2014-03-31"]),
        ("Apr '07 to Mar '083", ["2007-04-30", "2008-03-31"]),
        ("Apr ’98 to Mar ’99", ["1998-04-30", "1999-03-31"]),
        ("2012/13", ["2013-03-31"]),
        ("2017–184", ["2018-03-31"]),
        ("2002 to 20161", []),
        ("2002-2016", []),
        ("Area Name", []),
    ],
)  # fmt: skip
def test_years_are_told_from_footnote_marks(text: str, ends: list[str]) -> None:
    """A year with footnote marks glued to it is the year, with two digits or with four."""
    assert [end.isoformat() for end in month_ends(text)] == ends


@pytest.mark.parametrize(
    ("text", "year"),
    [("2016", 2016), ("20161", 2016), ("20161,2", 2016), ("Mid-2016", 2016), ("2016/17", None),
     ("Mid-year", None), ("1234", None), ("2002.0", 2002), ("2002.5", None)],
)  # fmt: skip
def test_a_heading_can_be_a_year(text: str, year: int | None) -> None:
    """A heading that is a year alone is told, footnote marks or not."""
    assert year_alone(text) == year


@pytest.mark.parametrize(
    ("text", "plain", "notes"),
    [
        ("Greater Manchester8,9", "Greater Manchester", "8, 9"),
        ("North West 7,8", "North West", "7, 8"),
        ("ENGLAND AND WALES (inc. BTP)7", "ENGLAND AND WALES (inc. BTP)", "7"),
        ("British Transport Police(2006)", "British Transport Police(2006)", ""),
        ("Total recorded crime (excluding fraud4)", "Total recorded crime (excluding fraud)", "4"),
        ("Residential burglary (households) 7,8,10", "Residential burglary (households)",
         "7, 8, 10"),
        ("Stalking\nand harassment", "Stalking and harassment", ""),
        ("Percentage change5,6", "Percentage change", "5, 6"),
        ("Rate per 1,000 population", "Rate per 1,000 population", ""),
        ("Robbery [note 3]", "Robbery", "3"),
        ("Robbery [notes 3, 4]", "Robbery", "3, 4"),
        ("Robbery³", "Robbery", "3"),
        ("Robbery*", "Robbery", ""),
    ],
)  # fmt: skip
def test_footnote_marks_are_taken_off(text: str, plain: str, notes: str) -> None:
    """Marks of every edition are taken off headings and names, and are known."""
    assert (unmarked(text), marks(text)) == (plain, notes)


@pytest.mark.parametrize(
    "title",
    [
        P1.upper(),
        P1.replace("and police", "& police").replace("March 181,2,3", "March 2018 [note 1]"),
        P1.replace("Table P1:  ", "").replace(", number", " - Number"),
    ],
)
def test_a_table_is_known_by_the_phrases_of_its_title(title: str) -> None:
    """Case, `&`, footnote marks and the table's number do not matter."""
    result = imported(counts([*DURHAM, "61179", "", "3", "3292"], title=title, name="Sheet1"))
    assert rate(result, "durham", "homicide")[1:3] == ("homicide", PERIOD)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        (P7.replace("incidents, by", "incidents, by category of incident and by"),
         "a table of incidents by category"),
        ("Table P6: Experiences of anti-social behaviour by police force area, March 2018",
         "a table of people's experience or perception"),
        (P2.replace("Police recorded crime by offence", "Knife offences recorded by the police by"),
         "a table of knives and firearms"),
        ("Table C2: Police recorded crimes by Community Safety Partnership, December 2024",
         "a table of community safety partnerships, which are parts of police forces"),
    ],
)  # fmt: skip
def test_other_tables_are_left_out_by_name(title: str, reason: str) -> None:
    """A published table that is not taken is named in the account, and refused if it is alone."""
    other = table(title, COUNT_HEADINGS, [*DURHAM, "61179", "", "3", "3292"], name="Table P8 ")
    result = imported(other, counts([*DURHAM, "1", "", "3", "2"]), sheet([]))
    assert result.accounts[0] == ("Table P8", 9, 0, {reason: 9})
    assert result.accounts[1].table == "Table P1"
    [fault] = refused(other)
    assert reason in fault


def test_a_table_of_something_else_is_left_out() -> None:
    """A title that is not a known one gives nothing, and the file may be of another format."""
    title = "Table P99: Something else by police force area, year ending March 2018"
    other = table(title, COUNT_HEADINGS, [*DURHAM, "61179", "", "3", "3292"], name="Table P8 ")
    assert read(File("x.xlsx", "", [other]), KNOWN) is None
    result = imported(other, counts([*DURHAM, "1", "", "3", "2"]))
    assert result.accounts[0] == ("Table P8", 9, 0, {"not a table that crimecmp reads": 9})


def test_the_list_of_tables_is_no_table() -> None:
    """A sheet of notes holds the titles of all tables, and no heading of areas."""
    notes = sheet([["Crime in England & Wales"], [P1], [P2], [P3], [P7], [P9], [P10]], "Notes")
    assert read(File("x.xlsx", "", [notes]), KNOWN) is None


def test_a_file_of_another_kind_is_none() -> None:
    """Any other table is no business of this module."""
    assert read(File("x.csv", "", [sheet([["force", "metric"], ["durham", "1"]])]), KNOWN) is None
    assert read(File("x.csv", "", [sheet([])]), KNOWN) is None
