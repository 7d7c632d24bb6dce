"""Tables in long form: where they are, what their cells mean, what is told of their faults."""

from __future__ import annotations

import time

import pytest
from importing import file_of, known, sheet_of

from crimecmp.errors import DataError, Fault
from crimecmp.importers.files import Sheet
from crimecmp.importers.imported import Account
from crimecmp.importers.long_form import (
    LongTable,
    body_reader,
    count,
    long_tables,
    meanings,
    refuse,
    refuse_nothing,
)

HEADINGS = {"name": ("name",), "number": ("number", "how many")}


def table_of(*rows: tuple[str, ...], name: str = "") -> LongTable:
    """Return the only table of a file with these rows, which must be sound."""
    found = long_tables(file_of(sheet_of(rows, name)), "a form", HEADINGS)
    assert found is not None
    assert not found.faults
    [table] = found.tables
    return table


def test_a_heading_is_looked_for_in_the_first_rows_only() -> None:
    """A cover or titles may be above the heading, but not a whole other table."""
    heading, row = ("Name", "How many"), ("x", "1")
    assert table_of(*[("title", "")] * 29, heading, row).columns["number"] == ("1",)
    far = file_of(sheet_of([*[("title", "")] * 30, heading, row]))
    assert long_tables(far, "a form", HEADINGS) is None


def test_a_table_without_rows_is_a_table() -> None:
    """The heading alone is enough to know the format by."""
    table = table_of(("Name", "Number"))
    assert table.columns == {"name": (), "number": ()}
    assert table.account({}) == Account("a form", 1, 0, {"heading": 1})


def test_blank_cells_behind_a_row_do_no_harm() -> None:
    """A row may be longer than the heading where the rest is empty."""
    table = table_of(("Name", "Number"), ("x", "1", "", ""))
    assert table.columns == {"name": ("x",), "number": ("1",)}


def test_a_fault_says_which_sheet_it_is_on() -> None:
    """In a workbook the sheet's name follows that of the file."""
    rows = [["Name", "Number"], ["x"]]
    found = long_tables(file_of(Sheet("Table 3", rows, [7, 9])), "a form", HEADINGS)
    assert found is not None
    problem = "the row has 1 cells, the heading 2"
    assert found.faults == [Fault("table.csv:Table 3", 9, "", problem)]


def test_each_cell_that_cannot_be_read_is_one_fault() -> None:
    """A cell that many rows have is told once: on its first row, with the number of others."""
    table = table_of(("Name", "How many"), ("a", "x"), ("b", "1"), ("c", "x"), ("d", "y"))
    faults: list[Fault] = []
    assert meanings(table, "number", count, faults) == {"x": None, "1": 1, "y": None}
    assert [str(fault) for fault in faults] == [
        "table.csv:2:How many: 'x' is not a whole number (and on 1 more row)",
        "table.csv:5:How many: 'y' is not a whole number",
    ]


def test_faults_are_told_in_the_order_of_rows() -> None:
    """Faults found column by column are told row by row; without any nothing is raised."""
    refuse([])
    with pytest.raises(DataError) as caught:
        refuse([Fault("f", 9, "a", "late"), Fault("f", 2, "b", "early")])
    assert [fault.problem for fault in caught.value.faults] == ["early", "late"]


def test_a_table_without_figures_says_why() -> None:
    """The reasons for which rows were left out are the error of a table that gives nothing."""
    accounts = [Account("a", 3, 0, {"blank": 2, "heading": 1}), Account("b", 1, 0, {"blank": 1})]
    with pytest.raises(DataError, match=r"gives a figure: blank \(3\); heading \(1\)"):
        refuse_nothing(file_of(), accounts)


def test_a_file_of_wrong_names_is_refused_in_no_time() -> None:
    """Near names are looked for as long as a message shows them, and no longer."""
    table = table_of(("Name", "Number"), *((f"Durha {n}", "1") for n in range(20_000)))
    faults: list[Fault] = []
    start = time.perf_counter()
    meanings(table, "name", body_reader(known()), faults)
    assert time.perf_counter() - start < 10
    assert len(faults) == 20_000
    assert "did you mean durham?" in faults[0].problem
