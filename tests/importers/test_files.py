"""A published file in, sheets of text out, or one clear error."""

from __future__ import annotations

import gzip
import hashlib
import io
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from books import MAIN, archive, compound, ods, text_cell, xls, xlsx
from hypothesis import given, settings
from hypothesis import strategies as st

from crimecmp.errors import CrimecmpError, DataError
from crimecmp.importers import files
from crimecmp.importers.files import File, opened
from crimecmp.tables.reading import Room
from crimecmp.workbooks.cell_text import cell_text

ROWS = (
    f'<row r="1">{text_cell("A1", " Table P1 ")}</row>'
    f'<row r="3">{text_cell("A3", "NA")}{text_cell("B3", "..")}<c r="C3"><v>61179</v></c>'
    '<c r="D3"><v>97.402814506537943</v></c><c r="E3" t="b"><v>1</v></c></row>'
)
WORKBOOK = xlsx({"Table P1 ": ROWS, "Notes": f'<row r="1">{text_cell("A1", "n")}</row>'})
CELLS = [
    ["Table P1", "", "", "", ""],
    ["", "", "", "", ""],
    ["NA", "..", "61179", "97.4028145065379", "TRUE"],
]


def read(folder: Path, content: bytes, name: str = "a.csv") -> File:
    """Return what is read of a file with this content."""
    path = folder / name
    path.write_bytes(content)
    return opened(str(path))


def refused(folder: Path, content: bytes, name: str = "a.xlsx") -> str:
    """Return what is said of a file that cannot be read."""
    with pytest.raises(DataError) as caught:
        read(folder, content, name)
    [fault] = caught.value.faults
    assert fault.file == str(folder / name)
    return fault.problem


def test_a_csv_file_is_one_sheet_without_a_name(tmp_path: Path) -> None:
    """Every row is there, blank ones too, with its line, however long it is."""
    [sheet] = read(tmp_path, b'a, b ,\n\n"1\n2","3,4"\n5\n').sheets
    assert sheet == ("", [["a", "b", ""], [], ["1\n2", "3,4"], ["5"]], [1, 2, 3, 5])


def test_a_file_has_its_name_and_digest(tmp_path: Path) -> None:
    """The SHA-256 is that of the file as it is, packed or not."""
    packed = gzip.compress(b"a\n")
    file = read(tmp_path, packed, "b.csv.gz")
    assert (file.name, file.sha256) == (
        str(tmp_path / "b.csv.gz"),
        hashlib.sha256(packed).hexdigest(),
    )


@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.txt", "a"])
def test_a_workbook_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    """A workbook is read whatever it is called; text, blank rows and sheet names are kept."""
    first, second = read(tmp_path, WORKBOOK, name).sheets
    assert (first.name, first.rows, list(first.lines)) == ("Table P1 ", CELLS, [1, 2, 3])
    assert (second.name, second.rows) == ("Notes", [["n"]])


def test_a_gzip_archive_holds_text_or_a_workbook(tmp_path: Path) -> None:
    """What is in the archive is read as it would be by itself."""
    assert read(tmp_path, gzip.compress(WORKBOOK)).sheets[0].rows == CELLS
    assert read(tmp_path, gzip.compress(b"a,b")).sheets[0].rows == [["a", "b"]]


def test_an_open_document_workbook_is_read(tmp_path: Path) -> None:
    """An ods file gives the same cells as an xlsx file; a million blank rows at its end none."""
    cell = '<table:table-cell office:value-type="{}"{}><text:p>{}</text:p></table:table-cell>'
    rows = "<table:table-row>" + cell.format("string", "", " .. ")
    rows += cell.format("float", ' office:value="97.402814506537943"', "97.4")
    rows += '</table:table-row><table:table-row table:number-rows-repeated="1048575">'
    rows += '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    [sheet] = read(tmp_path, ods(rows)).sheets
    assert (sheet.name, sheet.rows) == ("P1 ", [["..", "97.4028145065379"]])


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    """An xls file gives the same cells as an xlsx file."""
    [sheet] = read(tmp_path, xls([(0, 0, 61179), (1, 1, -0.5)])).sheets
    assert (sheet.name, sheet.rows) == ("P1", [["61179", ""], ["", "-0.5"]])


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (61179, "61179"),
        (61179.0, "61179"),
        (-25.0, "-25"),
        (0.1 + 0.2, "0.3"),
        (5.9132587253794755, "5.91325872537948"),
        (1e-7, "0.0000001"),
        (1.5e20, "150000000000000000000"),
        (123456789012345678, "123456789012346000"),
        (True, "TRUE"),
        (" x ", "x"),
        ("", ""),
    ],
)
def test_a_cell_is_short_text(number: Any, text: str) -> None:
    """A number has at most 15 significant digits, no exponent and no decimals that say nothing."""
    assert cell_text(number) == text


def test_a_date_is_an_iso_date() -> None:
    """A cell with a date is the date, and has a time only where it is not midnight."""
    day = datetime(2018, 3, 31)  # noqa: DTZ001 - cells have no zone
    assert cell_text(day) == "2018-03-31"
    assert cell_text(day.replace(hour=9)) == "2018-03-31 09:00:00"


def test_text_that_is_not_utf_8_is_read_and_told(tmp_path: Path) -> None:
    """Windows-1252 and UTF-16 are read; the first is a guess and is said to be one."""
    guessed = read(tmp_path, "a,–\n".encode("cp1252"))
    assert (guessed.sheets[0].rows, len(guessed.remarks)) == ([["a", "–"]], 1)
    told = read(tmp_path, "a,–\n".encode("utf-16"))
    assert (told.sheets[0].rows, told.remarks) == ([["a", "–"]], [])


REFUSED = {
    "empty": (b"", "empty"),
    "blank": (b" \n\r\n", "empty"),
    "empty in gzip": (gzip.compress(b""), "empty"),
    "web page": (b"\n<!DOCTYPE html>\n<html></html>", "web page"),
    "web page as XML": (b'<?xml version="1.0"?>\n<html xmlns="x">', "web page"),
    "XML": (b'<?xml version="1.0"?>\n<Workbook/>', "is XML"),
    "PDF": (b"%PDF-1.4\n%\xe2\xe3", "is a PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither a workbook nor text"),
    "control characters": (b"a,b\x01\n", "neither a workbook nor text"),
    "gzip in gzip": (gzip.compress(gzip.compress(b"a")), "within another"),
    "cut gzip": (gzip.compress(b"a,b\n" * 99)[:-9], "damaged or cut short"),
    "cut workbook": (WORKBOOK[:-9], "damaged or cut short"),
    "ZIP of something else": (archive({"a.csv": "a,b\n"}), "not a workbook"),
    "empty ZIP": (archive({}), "not a workbook"),
    "broken sheet": (xlsx({"A": '<row r="1"><c r="A1"><v>1</v>'}), "damaged or cut short"),
    "protected xlsx": (compound({"EncryptedPackage": b""}), "password"),
    "protected ods": (ods("", "<manifest:encryption-data/>"), "password"),
    "old document": (compound({"WordDocument": b""}), "not a workbook"),
    "broken xls": (compound({"Workbook": b""}), "damaged or cut short"),
    "quotation mark left open": (b'a,b\n"c,d\n', "not CSV"),
}  # fmt: skip


PERCENT = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/>'
    '</numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/>'
    "</cellXfs></styleSheet>"
)


def test_a_cell_of_a_workbook_is_what_it_shows(tmp_path: Path) -> None:
    """A fraction shown as a percentage is one; an error and a formula without a value are told."""
    rows = (
        '<row r="1"><c r="A1" s="1"><v>0.1428</v></c><c r="B1" s="2"><v>1.2E-4</v></c>'
        '<c r="C1" s="0"><v>0.5</v></c><c r="D1" t="e"><v>#REF!</v></c>'
        '<c r="E1"><f>A1&amp;B1</f><v/></c><c r="F1"><f>A1*2</f><v>0.2856</v></c></row>'
    )
    content = xlsx({"P2": rows}, {"xl/styles.xml": PERCENT})
    [sheet] = read(tmp_path, content).sheets
    assert sheet.rows == [["14.28%", "0.012%", "0.5", "#REF!", "=A1&B1", "0.2856"]]


CELL = '<table:table-cell office:value-type="{}"{}>{}</table:table-cell>'
PRETTY = (
    "\n <table:table-row>\n  "
    + CELL.format("string", "", "\n <text:p> Durham </text:p>\n")
    + "\n  "
    + CELL.format("percentage", ' office:value="0.1428"', "<text:p>14.3%</text:p>")
    + '\n  <table:table-cell table:number-columns-repeated="2"/>\n  '
    + CELL.format("float", ' office:value="5"', "\n<text:p>5</text:p>\n")
    + '\n  <table:table-cell table:formula="of:=[.A1]+1"/>'
    + '\n  <table:table-cell table:number-columns-repeated="1000"/>\n </table:table-row>'
    + '\n <table:table-row table:number-rows-repeated="1048575"><table:table-cell/>'
    + "</table:table-row>\n"
)


def test_an_open_document_with_line_breaks_between_tags_is_read(tmp_path: Path) -> None:
    """Its cells are those of any other: percentages, blanks, numbers and formulas."""
    [sheet] = read(tmp_path, ods(PRETTY)).sheets
    assert (sheet.name, sheet.rows) == ("P1 ", [["Durham", "14.28%", "", "", "5", "=[.A1]+1"]])
    plain = PRETTY.replace("percentage", "float")
    assert read(tmp_path, ods(plain)).sheets[0].rows[0][1] == "0.1428"


def test_a_workbook_with_a_document_type_is_refused(tmp_path: Path) -> None:
    """Entities that blow up are never read: no spreadsheet program declares any."""
    declared = PRETTY.replace("Durham", "&a;")
    content = ods(declared)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["content.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts["content.xml"]
    assert "damaged" in refused(tmp_path, archive(parts))


@pytest.mark.parametrize(("separator", "name"), [("\t", "tabs"), (";", "semicolons")])
def test_cells_that_no_commas_separate_are_told_by_name(
    tmp_path: Path, separator: str, name: str
) -> None:
    """A file saved with tabs or semicolons says so, whatever commas its titles have."""
    rows = [["Title, with commas, in it", "", ""], ["Area", "Name", "1"], ["E1", "Durham", "1,5"]]
    text = "\n".join(separator.join(row) for row in rows) + "\n"
    assert f"has {name} between its cells" in refused(tmp_path, text.encode())


def test_a_last_line_without_an_end_is_told(tmp_path: Path) -> None:
    """A count cut after `124` of `1243` is still a number: only the missing line end shows it."""
    assert read(tmp_path, b"a,b\n1,1243\n").remarks == []
    assert read(tmp_path, b"a,b\r\n1,124").remarks == [
        "The last line has no line end, so the file may be cut short."
    ]


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    """What cannot be read is one error that says what the file is."""
    assert words in refused(tmp_path, content)


def test_what_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text, packed or not, a workbook and a packed file each have a limit, which is named."""
    monkeypatch.setattr(files, "Room", lambda: Room(1000))
    assert "is over 1 KB, the limit" in refused(tmp_path, b"a" * 1001)
    assert "unpacked, it is over 1 KB, the limit" in refused(tmp_path, gzip.compress(b"a" * 1001))
    monkeypatch.setattr(files, "Room", Room)
    monkeypatch.setattr(files, "PACKED", 100)
    assert "the limit for a workbook or a packed file" in refused(tmp_path, WORKBOOK)
    assert "the limit for a workbook" in refused(tmp_path, gzip.compress(bytes(range(256))))
    assert "the limit for a workbook" in refused(tmp_path, gzip.compress(xls([(0, 0, 1)])))
    assert read(tmp_path, gzip.compress(b"a,b\n" * 99)).sheets[0].rows == [["a", "b"]] * 99


def test_a_gzip_archive_is_unpacked_no_further_than_the_limit(tmp_path: Path) -> None:
    """An archive that would fill any memory is refused as soon as the limit is passed."""
    member = gzip.compress(bytes(1_000_000))
    problem = refused(tmp_path, member * 200)
    assert problem == "unpacked, it is over 128 MB, the limit; give fewer years or measures"


def test_too_many_rows_or_cells_of_a_text_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blank lines count too: each takes room in memory."""
    monkeypatch.setattr("crimecmp.tables.reading.MOST_CELLS", 100)
    assert read(tmp_path, b"a,b\n" * 50).sheets
    assert "has over 100 cells, the limit" in refused(tmp_path, b"a,b\n" * 51)
    monkeypatch.setattr("crimecmp.tables.reading.MOST_ROWS", 50)
    assert "has over 50 rows, the limit" in refused(tmp_path, b"a\n" + b"\r\n" * 50)


def test_text_is_read_through_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However late it shows, a text is in another encoding or is none."""
    monkeypatch.setattr(files, "_CHUNK", 4)
    late = b"a,b\n" * 5
    assert read(tmp_path, late + b"c,\x96\n").sheets[0].rows[-1] == ["c", "–"]
    assert "neither a workbook nor text" in refused(tmp_path, late + b"c,\x01\n")


def test_a_path_that_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder, a file that is not there and a path that cannot be one are errors, said so."""
    for path in (tmp_path, tmp_path / "none.xlsx", "a\0b"):
        with pytest.raises(DataError, match="cannot be read"):
            opened(str(path))


def test_without_the_reader_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where python-calamine is not installed, the hint is the command that installs it."""
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(CrimecmpError) as caught:
        read(tmp_path, WORKBOOK)
    assert caught.value.hint == "pip install python-calamine"
    assert read(tmp_path, b"a,b").sheets[0].rows == [["a", "b"]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the tests that are run many times over."""
    return tmp_path_factory.mktemp("hostile")


def survives(folder: Path, content: bytes) -> None:
    """Open a file with this content; anything but an error of crimecmp's own fails the test."""
    try:
        file = read(folder, content)
    except CrimecmpError:
        return
    assert all(isinstance(cell, str) for s in file.sheets for row in s.rows for cell in row)


@settings(max_examples=10)  # each starts a process
@given(length=st.integers(min_value=4, max_value=len(WORKBOOK) - 1))
def test_a_workbook_cut_anywhere_is_refused(folder: Path, length: int) -> None:
    """However much of a workbook is missing at its end, it is an error that says so."""
    assert "damaged or cut short" in refused(folder, WORKBOOK[:length])


@settings(max_examples=20)
@given(
    place=st.integers(min_value=0, max_value=len(WORKBOOK) - 1),
    other=st.binary(min_size=1, max_size=4),
)
def test_a_damaged_workbook_never_fails_otherwise(folder: Path, place: int, other: bytes) -> None:
    """Whatever bytes of a workbook are changed, it is read or is an error of crimecmp's own."""
    survives(folder, WORKBOOK[:place] + other + WORKBOOK[place + len(other) :])


@settings(max_examples=40)
@given(
    magic=st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
    content=st.binary(max_size=600),
)
def test_any_bytes_are_read_or_refused(folder: Path, magic: bytes, content: bytes) -> None:
    """Any bytes at all are a table or an error of crimecmp's own."""
    survives(folder, magic + content)
