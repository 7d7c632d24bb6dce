"""Rows of the ONS tables: which area each is of, with codes and without."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from ons_tables import (
    DATA,
    DURHAM,
    KNOWN,
    NATION,
    P1,
    TRANSPORT,
    Rows,
    counts,
    imported,
    rate,
    refused,
    remarks,
    table,
)

from crimecmp.importers.imported import Imported

NATION_LINE = [*NATION, "43", "", "43", "43"]


def forces_of(result: Imported) -> list[str]:
    """Return the areas that have rates, each once."""
    return list(dict.fromkeys(row.force for row in result.rates))


def test_rows_are_accounted_for_by_reason() -> None:
    """Every row that gives nothing is counted with the reason."""
    result = imported(
        counts(
            [*NATION, "4876282", "", "726", "309778"],
            ["E92000001", "ENGLAND", "4585568", "", "686", "298486"],
            ["E12000001", "North East", "271421", "", "21", "13986"],
            [*DURHAM, "61179", "", "3", "3292"],
            ["W92000004", "WALES", "230929", "", "35", "11289"],
            [*TRANSPORT, "59785", "", "5", "3"],
            ["S23000009", "Scotland", "1", "", "1", "1"],
            [],
            ["", "Somewhere", "12", "", "1", "1"],
        )
    )
    assert forces_of(result) == ["england-and-wales", "durham"]
    assert result.accounts[0].left_out == {
        "title and headings": 5,
        "blank": 2,
        "a region or country, not a force": 3,
        "British Transport Police, not a territorial force": 1,
        "an area code that crimecmp does not know": 1,
        "figures without an area code": 1,
        "notes and source lines": 2,
    }
    assert remarks(result) == [
        "x.xlsx, Table P1, row 13: the code 'S23000009' (Scotland) is not known;"
        " the row was left out.",
        "x.xlsx, Table P1, row 15: 'Somewhere' has no area code and was left out.",
    ]


def test_transport_police_are_taken_where_they_are_wanted() -> None:
    """British Transport Police, which never have a code, are taken when they are asked for."""
    lines = [*DURHAM, "1", "", "3", "2"], [*TRANSPORT, "59785", "", "5", ".."]
    wanted = imported(counts(*lines), names=KNOWN._replace(transport_police=True))
    assert forces_of(wanted) == ["durham", "british-transport-police"]
    assert forces_of(imported(counts(*lines))) == ["durham"]


@pytest.mark.parametrize("code", ["E230000118", "E23000011 8,9", "E23000011[note 8]"])
def test_a_code_with_a_mark_glued_to_it_is_repaired(code: str) -> None:
    """A footnote mark on a code is taken off, and that is reported."""
    result = imported(counts([code, "South Yorkshire", "9", "", "3", "2"]))
    assert forces_of(result) == ["south-yorkshire"]
    assert remarks(result) == [
        f"x.xlsx, Table P1, row 7: the code '{code}' was read as E23000011, South Yorkshire:"
        " a footnote mark is attached to it."
    ]


def test_the_code_decides_what_a_row_is() -> None:
    """A name that nobody has, or none, leaves it to the code, and that is reported."""
    result = imported(
        counts(
            ["E23000008", "County Police", "1", "", "3", "2"],
            ["E23000013", "Cleveland2", "1", "", "3", "2"],
            ["E23000034", "London, City of", "1", "", "3", "2"],
            ["E23000001", "", "1", "", "3", "2"],
        )
    )
    assert forces_of(result) == ["durham", "cleveland", "city-of-london", "metropolitan"]
    assert remarks(result) == [
        "x.xlsx, Table P1, row 7: E23000008 is the code of Durham, but the row is called"
        " 'County Police'; it was taken by its code."
    ]


def test_the_code_of_one_area_with_the_name_of_another_is_refused() -> None:
    """Nobody can say which of the two the figures are of: each such row is named."""
    faults = refused(
        counts(
            ["E23000008", "Cleveland", "1", "", "3", "2"],
            ["E12000001", "Essex", "1", "", "3", "2"],
            ["E23000013", "Cleveland", "1", "", "3", "2"],
        )
    )
    assert [fault.partition(";")[0] for fault in faults] == [
        "x.xlsx:Table P1:7: E23000008 is the code of Durham, but the row is called 'Cleveland'",
        "x.xlsx:Table P1:8: E12000001 is the code of a region or country, but the row is called"
        " 'Essex'",
    ]


def test_the_region_and_the_force_west_midlands_are_told_by_code() -> None:
    """`West Midlands` is a region and a force; the code says which."""
    result = imported(
        counts(
            ["E12000005", "West Midlands", "9", "", "3", "2"],
            ["E23000014", "West Midlands", "7", "", "3", "2"],
        )
    )
    assert rate(result, "west-midlands", "crime-excluding-fraud").count == "7"
    assert remarks(result) == []


def by_name(*rows: Sequence[str]) -> Imported:
    """Return what an older table gives, which has no column of codes."""
    return imported(table(P1, [["Police force area", "Homicide"]], *rows))


def test_a_table_without_codes_goes_by_name() -> None:
    """Regions and countries are left out by name; forces are found by any of their names."""
    result = by_name(
        ["ENGLAND AND WALES1", "726"],
        ["ENGLAND", "686"],
        ["North East Region", "21"],
        ["Durham2", "3"],
        ["London, City of", "1"],
        ["WALES", "35"],
        ["Gwent", "7"],
        ["British Transport Police", "5"],
        ["Atlantis", "5"],
        ["British Transport Police figures are in the national ones."],
    )
    assert [(row.force, row.count) for row in result.rates] == [
        ("england-and-wales", "721"),
        ("durham", "3"),
        ("city-of-london", "1"),
        ("gwent", "7"),
    ]
    assert result.accounts[0].left_out["a name that crimecmp does not know"] == 1
    assert remarks(result) == [
        "x.xlsx, Table, row 13: 'Atlantis' is not a known name and was left out."
    ]


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([["East Midlands", "1"], ["West Midlands", "90"], ["Staffordshire", "2"],
          ["West Midlands", "70"], ["East of England", "3"], ["Essex", "4"]], "70"),
        ([["West Midlands Region", "90"], ["West Midlands", "70"]], "70"),
        ([["Durham", "1"], ["West Midlands", "70"], ["England", "1"]], "70"),
        ([["East Midlands", "1"], ["Derbyshire", "1"], ["West Midlands", "90"],
          ["Staffordshire", "2"], ["South West", "9"], ["Dorset", "1"]], None),
        ([["East Midlands", "1"], ["West Midlands", "90"], ["South West", "9"],
          ["Dorset", "1"], ["West Midlands", "70"]], None),
    ],
    ids=["region first, force after it", "the region says so", "no regions", "once: not told",
         "forces apart from regions: not told"],
)  # fmt: skip
def test_west_midlands_without_codes(rows: Rows, count: str | None) -> None:
    """The first is the region and the one under it the force; where nothing tells, neither."""
    result = by_name(*rows)
    found = [row.count for row in result.rates if row.force == "west-midlands"]
    assert found == ([] if count is None else [count])
    assert bool(remarks(result)) == (count is None)


def test_two_rows_of_an_area_are_an_error() -> None:
    """Nothing says which of two rows of a force is right."""
    lines = [*DURHAM, "1", "", "3", "2"], ["E230000085", "Durham", "2", "", "3", "2"]
    [fault] = refused(counts(*lines))
    assert fault.startswith("x.xlsx:Table P1:8: rows 7 and 8 are both of Durham")


def test_england_and_wales_includes_transport_police() -> None:
    """The national counts and rates have British Transport Police in them, which is noted."""
    result = imported(counts([*NATION, "9", "", "3", "2"], [*DURHAM, "9", "", "3", "2"]))
    assert rate(result, "england-and-wales", "homicide").note == (
        "Includes British Transport Police. Table P1 has footnotes on this area: 8."
    )
    assert "Transport" not in rate(result, "durham", "homicide").note


def test_england_and_wales_leaves_out_forces_that_are_missing() -> None:
    """Where a force is not available the national figure is without it, and names it."""
    missing = ["E23000005", "Greater Manchester8,9", "..", "", "..", "5"]
    result = imported(counts([*NATION, "9", "", "3", "2"], missing))
    assert "Leaves out Greater Manchester:" in rate(result, "england-and-wales", "homicide").note
    assert "Leaves out" not in rate(result, "england-and-wales", "residential-burglary").note
    row = rate(result, "greater-manchester", "homicide")
    assert (row.value, row.count) == ("", "")
    assert row.note == (
        "The count is missing: not available. Table P1 has footnotes on this area: 8, 9."
    )
    said = counts([*NATION, "9", "", "3", "2"], missing)
    said.rows[2][0] = "England and Wales (excluding Greater Manchester Police)"  # type: ignore[index]  # made of lists
    note = rate(imported(said), "england-and-wales", "residential-burglary").note
    assert "Leaves out Greater Manchester: no figures are available." in note


def test_forces_that_a_table_lacks_are_named() -> None:
    """A table without all 43 forces is taken, and says which it is without."""
    lines = [
        [row["ons_code"], row["name"], "1", "", "1", "1"]
        for row in DATA.rows("forces")
        if row["territorial"] == "true"
    ]
    assert imported(counts(NATION_LINE, *lines)).remarks == []
    assert imported(counts(NATION_LINE, *lines[1:])).remarks == [
        "x.xlsx, Table P1 has 42 of the 43 forces; without Avon and Somerset."
    ]
