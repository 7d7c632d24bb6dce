"""Cells of the ONS tables: numbers, and the marks for missing ones."""

from __future__ import annotations

import pytest
from ons_tables import (
    CHANGE_HEADINGS,
    CLEVELAND,
    DURHAM,
    P2,
    counts,
    imported,
    rate,
    rates,
    refused,
    remarks,
    table,
)


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        ("..", "not available"),
        ("…", "not available"),
        ("[x]", "not available"),
        ("[X]", "not available"),
        ("+", "suppressed, as too few people live there"),
        (".", "not applicable"),
        (":", "not applicable"),
        ("[z]", "not applicable"),
        ("*", "not shown"),
        ("-", "not shown"),
        ("[c]", "suppressed, as it is confidential"),
        ("[u]", "the base is under 50"),
        ("[low]", "too small to be shown"),
        ("", "the cell is empty"),
    ],
)
def test_special_values_are_missing_figures(mark: str, reason: str) -> None:
    """What is written for a missing figure makes it missing, with the reason in words."""
    result = imported(counts([*DURHAM, "1", "", mark, "2"], [*CLEVELAND, "1", "", "3", "2"]))
    row = rate(result, "durham", "homicide")
    assert (row.value, row.count, row.note) == ("", "", f"The count is missing: {reason}.")


def test_a_dash_in_a_table_of_changes_is_a_small_base() -> None:
    """It says that the base is under 50, unless a whole column has it."""
    result = imported(
        table(P2, CHANGE_HEADINGS, [*DURHAM, "31.5", "-", "-"], [*CLEVELAND, "-5", "2", "-"])
    )
    notes = {(row.force, row.metric): row.note for row in result.changes}
    assert notes["durham", "homicide"] == "The change is missing: the base is under 50."
    burglary = "residential-burglary-per-population"
    assert notes["durham", burglary] == "The change is missing: not shown for any area."


def test_what_is_no_number_is_a_fault() -> None:
    """All cells that say nothing are told at once, each with its sheet, row and heading."""
    faults = refused(
        counts([*DURHAM, "61 179", "", "3.5", "n.k."], [*CLEVELAND, "4,87", "", "12%", "1e5"])
    )
    assert [fault.split(": ")[0] for fault in faults] == [
        "x.xlsx:Table P1:7:Total recorded crime (excluding fraud)",
        "x.xlsx:Table P1:7:Homicide",
        "x.xlsx:Table P1:7:Residential burglary",
        "x.xlsx:Table P1:8:Total recorded crime (excluding fraud)",
        "x.xlsx:Table P1:8:Homicide",
        "x.xlsx:Table P1:8:Residential burglary",
    ]
    assert "'61 179' is not a number or a known mark; correct the cell" in faults[0]
    assert "not a whole number" in faults[1]


def test_a_figure_that_cannot_be_is_a_fault() -> None:
    """A fall by more than all, a rate below zero and a base of zero are not used."""
    [change] = refused(table(P2, CHANGE_HEADINGS, [*DURHAM, "-100.1", "-100", "1"]))
    assert "below -100" in change
    below, nobody = refused(rates([*DURHAM, "0", "277000", "", "-1", "", "1", "1", "1"]))
    assert "'-1' is below 0" in below
    assert "'0' is not above 0" in nobody


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("4,876,282", "4876282"),
        ("+12", "12"),
        ("61179.0", "61179"),
        ("61179.00000000000001", "61179"),
        ("581,200.0", "581200"),
        ("−5", "-5"),
        ("-5", "-5"),
    ],
)
def test_numbers_are_read_as_they_are_shown(text: str, count: str) -> None:
    """Thousands separators, signs and decimals that say nothing are no part of a count."""
    result = imported(counts([*DURHAM, text, "", "3", "2"]))
    assert rate(result, "durham", "crime-excluding-fraud").count == count


def test_full_precision_is_what_a_spreadsheet_holds() -> None:
    """Of a number with more than 15 digits that count, 15 are taken, as from a workbook."""
    result = imported(
        rates([*DURHAM, "628,100.0", "277000.0", "", "97.402833147588", "", "0.00477630950485591",
               "5.2412036299952239", "11.886642599277980"]),
        table(P2, CHANGE_HEADINGS, [*DURHAM, "-31.512345678901234", "0.0", "9"]),
    )  # fmt: skip
    row = rate(result, "durham", "homicide")
    assert (row.value, row.base) == ("0.00477630950485591", "628100")
    people = rate(result, "durham", "residential-burglary-per-population")
    homes = rate(result, "durham", "residential-burglary")
    assert (people.value, homes.value) == ("5.24120362999522", "11.8866425992780")
    assert homes.base == "277000"
    assert [change.percent for change in result.changes] == ["-31.5123456789012", "0.0", "9"]


def test_counts_below_zero_are_kept_and_told() -> None:
    """More crimes taken back than recorded make a count negative, which is no fault."""
    result = imported(counts([*DURHAM, "9", "", "-1", "-2"]))
    assert rate(result, "durham", "homicide").count == "-1"
    assert remarks(result) == [
        "x.xlsx, Table P1: counts below zero, which were kept: 2; E7 is the first."
    ]


def test_a_marked_number_is_a_number_with_a_note() -> None:
    """A revised or provisional figure is taken, and its mark kept."""
    result = imported(counts([*DURHAM, "9 [r]", "", "1", "2"]))
    row = rate(result, "durham", "crime-excluding-fraud")
    assert (row.count, "Marked [r] in Table P1." in row.note) == ("9", True)


def test_a_suppressed_rate_keeps_its_count() -> None:
    """The City of London has counts, but no rates: the base goes with the rate."""
    city = ["E23000034", "City of London"]
    result = imported(
        counts([*city, "5392", "", "0", "13"]),
        rates([*city, "7400", "4800", "", "+", "", "+", "+", "2.7"]),
    )
    row = rate(result, "city-of-london", "crime-excluding-fraud")
    assert (row.value, row.count, row.base) == ("", "5392", "")
    assert row.note == "The rate is missing: suppressed, as too few people live there."
    assert rate(result, "city-of-london", "residential-burglary").base == "4800"
