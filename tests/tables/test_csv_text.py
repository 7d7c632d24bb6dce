"""The bytes of a CSV file are read into rows of text, and faults say where they are."""

from __future__ import annotations

import csv
import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimecmp.errors import Fault
from crimecmp.tables.csv_text import TextTable, read_table

FILE = "a.csv"


def sound(content: bytes) -> TextTable:
    """Return the table that the bytes hold, which must be without a fault."""
    table, faults = read_table(content, FILE)
    assert faults == []
    assert table is not None
    return table


def rows_of(table: TextTable) -> list[list[str]]:
    """Return the table's cells by rows."""
    return [list(cells) for cells in zip(*table.columns, strict=True)]


def refused(content: bytes) -> list[tuple[int, str, str]]:
    """Return row, column and problem of each fault."""
    _, faults = read_table(content, FILE)
    assert all(fault.file == FILE for fault in faults)
    return [(fault.row, fault.column, fault.problem) for fault in faults]


def test_a_table_is_header_rows_and_lines() -> None:
    """Each row has its cells and the line on which it begins, the header being line 1."""
    table = sound(b"a,b\n1,2\n3,4\n")
    assert (table.file, table.header, table.header_line) == (FILE, ["a", "b"], 1)
    assert table.columns == [["1", "3"], ["2", "4"]]
    assert list(table.lines) == [2, 3]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_and_byte_order_mark_do_not_matter(end: str, mark: bytes) -> None:
    """A mark at the beginning and any of the three line ends give the same table and lines."""
    content = mark + end.join(["a,b", "1,2", '"x', 'y",z', "é,4"]).encode() + end.encode()
    table = sound(content)
    assert table.header == ["a", "b"]
    assert rows_of(table) == [["1", "2"], [f"x{end}y", "z"], ["é", "4"]]
    assert list(table.lines) == [2, 3, 5]


def test_the_last_line_needs_no_end() -> None:
    """A file without a line end after its last line is read whole."""
    assert rows_of(sound(b"a\n1")) == [["1"]]


def test_blanks_around_cells_do_not_count() -> None:
    """Blanks, tabs and no-break spaces around a cell or heading are removed, within it kept."""
    table = sound("  a ,\tb\u00a0\n x  y ,\u2003z\t\n".encode())
    assert (table.header, rows_of(table)) == (["a", "b"], [["x  y", "z"]])


def test_blank_lines_do_not_count() -> None:
    """Empty lines and rows of empty cells are left out, and the others keep their line numbers."""
    table = sound(b"\n\na,b\n\n1,2\n  \n , \n3,4\n\n")
    assert rows_of(table) == [["1", "2"], ["3", "4"]]
    assert (table.header_line, list(table.lines)) == (3, [5, 8])


def test_commas_and_quotes_within_a_quoted_cell_are_text() -> None:
    """A quoted cell can hold commas and doubled quotation marks."""
    assert rows_of(sound(b'a,b\n"x, y","say ""hm"""\n')) == [["x, y", 'say "hm"']]


@pytest.mark.parametrize("cell", ["None", "N/A", "nan", "NULL", "true", "007", "1e5", "=1+1", "#"])
def test_cells_are_text_and_nothing_else(cell: str) -> None:
    """No cell is taken for a missing value, a number or a comment."""
    assert rows_of(sound(f"a,b\n{cell},x\n".encode())) == [[cell, "x"]]


def test_a_header_alone_is_a_table_without_rows() -> None:
    """A file can hold no rows and be sound."""
    assert rows_of(sound(b"a,b\n")) == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\n  \n,,\n", "empty"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        ("a,b\n1,2\n".encode("utf-16-be"), "UTF-16"),
        ("\ufeffa,b\n1,2\n".encode("utf-16-be"), "UTF-16"),
        ("a,b\n1,2\n".encode("utf-32"), "UTF-16"),
        (b"a,b\n1,\x002\n", "NUL"),
        (b"PK\x03\x04rest", "ZIP archive or workbook"),
        (b"\xd0\xcf\x11\xe0rest", "old workbook"),
        (gzip.compress(b"a,b\n", mtime=0), "gzip"),
        (b"%PDF-1.7\n", "PDF"),
    ],
)
def test_what_is_no_table_of_text_is_one_fault_of_the_file(content: bytes, problem: str) -> None:
    """Empty files, other encodings and other formats are reported as such, without a row."""
    [(row, column, told)] = refused(content)
    assert (row, column) == (0, "")
    assert problem in told


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_invalid_bytes_are_named_with_their_rows(end: bytes) -> None:
    """Every row with a byte that is not UTF-8 is reported, with the byte and its place."""
    told = refused(end.join([b"a,b", b"1,caf\xe9", b"2,ok", b"\xff,3", b""]))
    assert [(row, column) for row, column, _ in told] == [(2, ""), (4, "")]
    assert "byte 6 of the row (0xE9) is not UTF-8" in told[0][2]
    assert "byte 1 of the row (0xFF) is not UTF-8" in told[1][2]
    assert all("save the file as CSV UTF-8" in problem for *_, problem in told)


def test_rows_of_another_length_are_reported_and_left_out() -> None:
    """A row too short or too long is a fault on its line; the others are still read."""
    table, faults = read_table(b'a,b,c\n1,2,3\n1,2\n"x\ny",2,3\n1,2,3,4\n', FILE)
    assert faults == [
        Fault(FILE, 3, "", "the row has 2 cells, the header 3"),
        Fault(FILE, 6, "", "the row has 4 cells, the header 3"),
    ]
    assert table is not None
    assert rows_of(table) == [["1", "2", "3"], ["x\ny", "2", "3"]]
    assert list(table.lines) == [2, 4]


def test_repeated_and_nameless_columns_are_reported() -> None:
    """A repeated heading is reported once, and a column without one by its number."""
    assert [fault[:2] for fault in refused(b"a,b,a,,a\n1,2,3,4,5\n")] == [(1, "4"), (1, "a")]


@pytest.mark.parametrize(
    ("separator", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
)
def test_other_separators_are_reported_by_name(separator: str, name: str) -> None:
    """A file with another separator than commas is one fault that names the separator."""
    content = f"a{separator}b\n1{separator}2\n".encode()
    [(row, column, problem)] = refused(content)
    assert (row, column) == (1, "")
    assert name in problem
    assert "commas" in problem


def test_another_separator_is_one_fault_with_decimal_commas_too() -> None:
    """Decimal commas in a file with semicolons are the same mistake, not another fault."""
    assert [fault[:2] for fault in refused(b"a;b\n1;2,5\n1;3,5\n")] == [(1, "")]


@pytest.mark.parametrize(
    ("content", "row", "problem"),
    [
        (b'a,b\n1,2\n3,"4\n5,6\n', 3, "never closed"),
        (b'a,"b\n1,2\n', 1, "never closed"),
        (b'a,b\n1,2\n3,"4"x\n', 3, "quotation mark inside a cell"),
        (b"a,b\n1,2\n3," + b"x" * 131073 + b"\n", 3, "131,072 characters"),
    ],
)
def test_broken_quoting_is_reported_where_its_row_begins(
    content: bytes, row: int, problem: str
) -> None:
    """A row that cannot be split into cells is a fault on the line on which it begins."""
    [(told_row, column, told)] = refused(content)
    assert (told_row, column) == (row, "")
    assert problem in told


def test_faults_are_in_the_order_of_rows() -> None:
    """A short row is reported before a quotation mark that is left open below it."""
    assert [row for row, *_ in refused(b'a,b,b\n1,2\n1,2,3\n1,"2,3\n')] == [1, 2, 4]


names = st.lists(
    st.text("abcdefghij_", min_size=1, max_size=8), min_size=1, max_size=6, unique=True
)
characters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
cells = st.text(characters, max_size=12).filter(lambda text: text == text.strip())
broken_cells = st.builds(
    "{}{}{}".format, cells, st.sampled_from(["\n", "\r\n", "\r", ", ", '"']), cells
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]], bytes]:
    """Return header, rows, and a CSV file of them as some program would write it."""
    header = draw(names)
    quoted = draw(st.booleans())
    # Only a writer that quotes everything is sure to quote every kind of line break.
    cell = cells | broken_cells if quoted else cells
    cell = cell.filter(lambda text: text == text.strip())
    row = st.lists(cell, min_size=len(header), max_size=len(header)).filter(any)
    rows = draw(st.lists(row, max_size=6))
    stream = io.StringIO(newline="")
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    if quoted:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator=end)
    else:
        writer = csv.writer(stream, lineterminator=end)
    writer.writerows([header, *rows])
    mark = draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    return header, rows, mark + stream.getvalue().encode()


@given(tables())
def test_what_was_written_is_read_again(written: tuple[list[str], list[list[str]], bytes]) -> None:
    """Reading what a CSV writer wrote gives the same header and the same cells."""
    header, rows, content = written
    table = sound(content)
    assert (table.header, rows_of(table)) == (header, rows)


pieces = st.sampled_from(
    [b"a", b",", b'"', b"\n", b"\r", b"\r\n", b";", b"\t", b" ", b"\xe9", b"\xc3\xa9", b"\0",
     b"\xef\xbb\xbf", b"\xff\xfe", b"PK\x03\x04", b"\xe2\x80\xa8", b"\x1c", b"\x85"]
)  # fmt: skip


@given(st.binary() | st.lists(pieces, max_size=30).map(b"".join))
def test_any_bytes_are_a_table_or_faults(content: bytes) -> None:
    """Whatever the bytes, what comes back is a table, faults on rows of the file, or both."""
    table, faults = read_table(content, FILE)
    assert table is not None or faults
    ends = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n")
    assert all(0 <= fault.row <= ends + 1 for fault in faults)
    if table is not None:
        assert all(len(row) == len(table.header) for row in rows_of(table))
        assert len(table.lines) == len(rows_of(table))
        assert list(table.lines) == sorted(set(table.lines))
