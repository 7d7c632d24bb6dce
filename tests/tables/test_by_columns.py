"""Reading and checking by columns finds what reading and checking cell by cell finds."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

import crimecmp
from crimecmp.errors import Fault
from crimecmp.tables.cells import are_numbers, wrong
from crimecmp.tables.checking import check
from crimecmp.tables.csv_text import read_table
from crimecmp.tables.schema import TABLES, Column

FILE = "rates.csv"
DATA = crimecmp.load()
RATES = TABLES["rates"]

CELLS = {
    "force": ["durham", "Durham", " cleveland", "durhan", "", "two\nlines"],
    "metric": ["burglary", "asb", "asb ", "cake", ""],
    "period_end": ["2014-06-30", "2013-06-30", "2014-06-31", "30/06/2014", ""],
    "value": ["5.0", "5.", ".5", "-1", "+5", "1,234", "1e3", "n/a", "", "\u0665", "1.2.3", "--5"],
    "count": ["7", "-7", "7.5", "7-", "many", "", "1234567890123456", "0001"],
    "base": ["1", "0", "-0", "0.5", "", "nan", "1_000"],
    "colour": ["red", ""],
}


@st.composite
def broken_tables(draw: st.DrawFn) -> bytes:
    """Return the bytes of a table of rates with sound and unsound cells, rows and columns."""
    header = draw(st.lists(st.sampled_from(list(CELLS)), min_size=1, unique=True))
    row = st.tuples(*(st.sampled_from(CELLS[name]) for name in header)).map(list)
    odd = st.sampled_from([[], [""], [" "] * len(header), ["x"] * (len(header) + 1)])
    rows = draw(st.lists(row | row | row | odd, max_size=12))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator=draw(st.sampled_from(["\n", "\r\n"])))
    writer.writerows([header, *rows])
    return stream.getvalue().encode() + draw(st.sampled_from([b"", b'"open', b'a"b,"c"d\n']))


def plainly(content: bytes) -> list[Fault]:
    """Return the faults that rows and single cells have by themselves, looked at one by one."""
    faults: list[Fault] = []
    reader = csv.reader(
        io.StringIO(content.decode(), newline=""), strict=True, skipinitialspace=True
    )
    header: list[str] = []
    begins = 1
    try:
        for given_cells in reader:
            cells = [cell.strip() for cell in given_cells]
            if any(cells) and not header:
                header = cells
            elif any(cells) and len(cells) != len(header):
                problem = f"the row has {len(cells)} cells, the header {len(header)}"
                faults.append(Fault(FILE, begins, "", problem))
            elif any(cells):
                for column in RATES.columns:
                    if column.name in header:
                        problem = wrong(column, cells[header.index(column.name)]) or ""
                        faults += [Fault(FILE, begins, column.name, problem)] if problem else []
            begins = reader.line_num + 1
    except csv.Error:
        faults.append(Fault(FILE, begins, "", "quotation mark"))
    return faults


@given(broken_tables())
def test_the_same_faults_are_found_in_the_same_order(content: bytes) -> None:
    """Widths, quoting and cells: each fault has the row, column and words of a plain reading."""
    text, faults = read_table(content, FILE)
    assert text is not None
    _, of_cells = check(RATES, text, DATA.names, DATA.metrics_of("rates"))
    found = [
        Fault(FILE, row, column, "quotation mark" if "quotation mark" in problem else problem)
        for _, row, column, problem in sorted([*faults, *of_cells], key=lambda fault: fault.row)
        if row > 1 and not problem.startswith(("unknown ", "same "))
    ]
    assert found == [fault for fault in plainly(content) if fault.row > 1]


@given(
    st.sampled_from([column for table in TABLES.values() for column in table.columns]),
    st.lists(
        st.sampled_from([cell for cells in CELLS.values() for cell in cells if cell])
        | st.from_regex(r"[-+]?[0-9]{0,17}\.?[0-9]{0,3}", fullmatch=True).filter(bool)
        | st.text("0123456789.-", min_size=1, max_size=4),
        min_size=1,
        max_size=3,
    ),
)
def test_what_passes_at_a_glance_is_sound(column: Column, cells: list[str]) -> None:
    """Cells that pass together as numbers pass one by one: the fast way accepts nothing more."""
    if are_numbers(column, cells):
        assert [wrong(column, cell) for cell in cells] == [None] * len(cells)


def test_a_long_column_is_accepted_at_a_glance() -> None:
    """Plain numbers within the bounds need no look at each: reading stays fast."""
    assert are_numbers(RATES.column("value"), ["5.0", "11", ".5", "0"])
    assert are_numbers(RATES.column("count"), ["5", "-11"])
    assert not are_numbers(RATES.column("base"), ["5", "0"])


@given(st.integers(250, 260), st.integers(0, 260))
def test_lines_are_right_where_rows_are_taken_together(height: int, place: int) -> None:
    """A cell with line breaks anywhere moves the rows below it by as many lines."""
    rows = [["a", str(number)] for number in range(height)]
    place %= height
    rows[place][0] = "x\r\ny\rz\n"
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([["h", "i"], *rows])
    table, faults = read_table(stream.getvalue().encode(), FILE)
    assert table is not None
    assert not faults
    assert list(table.lines) == [at + 2 + (3 if at > place else 0) for at in range(height)]
