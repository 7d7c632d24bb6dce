"""Headings of the ONS tables: found whatever rows and spacers there are."""

from __future__ import annotations

from ons_tables import (
    COUNT_HEADINGS,
    DURHAM,
    P1,
    P2,
    counts,
    imported,
    rate,
    remarks,
    sheet,
    table,
)

from crimecmp.importers.files import Sheet
from crimecmp.importers.ons.headings import letters


def test_columns_have_the_names_of_a_spreadsheet() -> None:
    """Columns are A to Z, then AA."""
    assert [letters(number) for number in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_a_banner_is_no_column() -> None:
    """`Victim-based crime` over the offences it is made of gives no total of its own."""
    result = imported(counts([*DURHAM, "61179", "", "3", "3292"]))
    assert [row.metric for row in result.rates] == [
        "crime-excluding-fraud",
        "homicide",
        "residential-burglary-per-population",
        "residential-burglary",
    ]


def test_headings_are_found_wherever_they_are() -> None:
    """More rows over the headings, a split title and no unit row change nothing."""
    title, more = P1.split(", number")
    rows = [
        ["Back to contents"], [], [title + ","], ["number" + more], [], [], COUNT_HEADINGS[0],
        ["", "", "Numbers"], COUNT_HEADINGS[1], [], [*DURHAM, "61179", "", "3", "3292"],
    ]  # fmt: skip
    row = rate(imported(sheet(rows)), "durham", "crime-excluding-fraud")
    assert (row.count, row.locator) == ("61179", "Table P1, cell C11")


def test_a_category_that_is_new_becomes_a_metric_once() -> None:
    """A heading that is no metric yet is added to the metrics, once for all tables."""
    result = imported(
        table(P1, [["Area Code", "Area Name", "Piracy5"]], [*DURHAM, "9"]),
        table(P2, [["Area Code", "Area Name", "Piracy"]], [*DURHAM, "9"]),
    )
    assert [(metric.metric, metric.label) for metric in result.metrics] == [("piracy", "Piracy")]
    assert rate(result, "durham", "piracy").count == "9"


def test_a_sheet_as_csv_is_the_same_table() -> None:
    """Rows may have different lengths and blank columns at their end."""
    lines = [P1, "", "", ""], ["Area Code", "Area Name", "Homicide", "", ""], [*DURHAM, "1,003"]
    result = imported(Sheet("", [*lines, ["", "", "", "", "", ""]], [1, 3, 4, 6]))
    row = rate(result, "durham", "homicide")
    assert (row.count, row.locator) == ("1003", "Table P1, cell C4")
    assert result.accounts[0].table == "Table P1"


def test_a_column_that_is_empty_is_told() -> None:
    """A heading without any figure gives no rows, and a remark."""
    result = imported(counts([*DURHAM, "1", "", "", "2"]))
    assert remarks(result) == ["x.xlsx, Table P1: column E (Homicide) is empty."]
    assert not [row for row in result.rates if row.metric == "homicide"]
