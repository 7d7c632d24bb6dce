"""A sheet with a stray cell far away is read without what is blank."""

from __future__ import annotations

import pytest
from books import MAIN, text_cell, xls, xlsb, xlsx

from crimecmp.workbooks import compacting
from crimecmp.workbooks.compacting import compact_sheets
from crimecmp.workbooks.problems import Problem, UnreadableError
from crimecmp.workbooks.reading import whole_sheets
from crimecmp.workbooks.row import Row

PERCENT = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs>'
    "</styleSheet>"
)
TEXTS = (
    f'<sst xmlns="{MAIN}"><si><t>Durham</t></si><si><r><t>Cleve</t></r><r><t>land</t></r></si>'
    "</sst>"
)
ROWS = (
    f'<row r="2">{text_cell("B2", "a & b")}<c r="D2" t="s"><v>1</v></c><c r="E2" s="1"/></row>'
    '<row><c r="A3" s="1"><v>0.5</v></c><c><v>3</v></c><c t="b"><v>1</v></c></row><row r="5"/>'
    '<row r="7"><c r="C7" t="e"><v>#REF!</v></c><c r="D7"><f>A1</f><v/></c>'
    '<c r="AB7" t="s"><v>0</v></c></row>'
)
MORE = {"xl/styles.xml": PERCENT, "xl/sharedStrings.xml": TEXTS}
BOOK = xlsx({"P1": ROWS, "None": ""}, MORE)


def rows_of(content: bytes) -> dict[str, list[Row]]:
    """Return the rows of each sheet."""
    return {name: list(rows) for name, rows in compact_sheets(content)}


def test_every_cell_is_in_its_place() -> None:
    """Numbers of rows and columns are those of the sheet, given or counted."""
    assert rows_of(BOOK) == {
        "P1": [
            (2, ["", "a & b", "", "Cleveland"]),
            (3, ["50%", "3", "TRUE"]),
            (7, ["", "", "#REF!", "=A1", *[""] * 23, "Durham"]),
        ],
        "None": [],
    }


def test_it_reads_what_the_other_way_reads() -> None:
    """A workbook without stray cells is the same in both ways, unless cells lack places."""
    placed = xlsx(
        {"P1": ROWS.replace("<row>", '<row r="3">').replace("<c>", '<c r="B3">', 1)}, MORE
    )
    assert rows_of(placed) == {name: list(rows) for name, rows in whole_sheets(placed)}


def test_a_prefix_of_the_tags_makes_no_difference() -> None:
    """Some programs write `<x:c>` for `<c>`."""
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="9"><x:c r="C9"><x:v>1</x:v></x:c>'
    )
    sheet += "</x:row></x:sheetData></x:worksheet>"
    assert rows_of(xlsx({"P1": ""}, {"xl/worksheets/sheet1.xml": sheet})) == {
        "P1": [(9, ["", "", "1"])]
    }


@pytest.mark.parametrize(
    "row",
    [
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c><c><v>1</v></c></row>',
        '<row r="1"><c r="?"><v>1</v></c></row>',
    ],
)
def test_a_cell_outside_a_sheet_is_an_error(row: str) -> None:
    """Rows go to 1,048,576 and columns to XFD."""
    with pytest.raises(ValueError, match="there is no such"):
        rows_of(xlsx({"P1": row}))


def test_too_many_filled_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of all sheets count, blank ones do not."""
    book = xlsx(dict.fromkeys("AB", '<row><c><v>1</v></c><c s="1"/><c><v>1</v></c></row>'))
    monkeypatch.setattr(compacting, "CELLS", 4)
    assert len(rows_of(book)) == 2
    monkeypatch.setattr(compacting, "CELLS", 3)
    with pytest.raises(UnreadableError) as caught:
        rows_of(book)
    assert caught.value.problem is Problem.CELLS


@pytest.mark.parametrize("content", [xls([(0, 0, 1)]), xlsb([(0, 0, 1)])], ids=["xls", "xlsb"])
def test_other_workbooks_cannot_be_read_in_this_way(content: bytes) -> None:
    """What was too large for the reader stays so."""
    with pytest.raises(UnreadableError) as caught:
        rows_of(content)
    assert caught.value.problem is Problem.MEMORY
