"""Open a published file by its content, not its name, and read it as sheets of text.

A CSV file is one sheet without a name. A gzip archive is read as the file inside it. A workbook
(xlsx, xlsb, xls or ods) has several sheets. Its numbers become the shortest text of up to 15
digits, the precision of a spreadsheet. Where an xlsx or ods cell shows a percentage, an error or
a formula without a value, its text is what it shows.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from crimecmp.errors import CrimecmpError, DataError, Fault
from crimecmp.importers import open_document
from crimecmp.importers.cell_text import cell_text
from crimecmp.importers.xlsx_cells import (
    Odd,
    column_number,
    odd_cells,
    percent_styles,
    sheets_by_part,
)

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

LARGEST = 1 << 30
"""The maximum size of a file in bytes, after unpacking. The largest published files are a tenth
of this."""

LARGEST_SHEET = 20_000_000
"""The maximum number of cells in a sheet, including empty ones. The reader holds them all in
memory, so a single stray cell in the far corner of a sheet would exhaust it."""

_DAMAGED = "is damaged or cut short; fetch it again"
_LOCKED = "is protected by a password; open it and save it without one"
_NOT_WORKBOOK = "is not a workbook that can be read; give an xlsx, xls, ods or CSV file"
_NOT_TEXT = "is neither a workbook nor text; give an xlsx, xls, ods or CSV file"
_NOT_READ = {
    _GZIP: "is a gzip archive within another; unpack it once",
    b"%PDF": "is a PDF; fetch the published workbook or CSV file",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_WEB_PAGE = re.compile(r"<(!doctype\s+html|html|head|body|script)\b", re.IGNORECASE)
_XML_START = 1000
_SEPARATOR_START, _FIRST_LINES = 20_000, 20
_SEPARATORS = {"\t": "tabs", ";": "semicolons"}
_FAR_CELL = re.compile(rb"""\br=["'][A-Z]{1,3}(?:(?<=[A-Z]{3})|[0-9]{5})""")
_CELL = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ROW = re.compile(rb"<table:table-row\b([^>]*)(?<!/)>(.*?)</table:table-row>", re.DOTALL)
_FILLED_CELL = re.compile(rb"<table:table-cell\b([^>]*value-type=[^>]*)>")
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated=["']([0-9]{1,9})["']""")
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STYLES, _CONTENT = "xl/styles.xml", "content.xml"
_WORKBOOK_PARTS = {_BOOK, "xl/workbook.bin", _CONTENT}
_MANIFEST = "META-INF/manifest.xml"


class Sheet(NamedTuple):
    """One sheet.

    Parameters
    ----------
    name
        Its name in the workbook; empty for a CSV file.
    rows
        Its cells as text, without surrounding spaces. Blank rows are included.
    lines
        The number of each row in the file: its line or row number, counted from 1.
    """

    name: str
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]


class File(NamedTuple):
    """An opened file: its name as the user gave it, its SHA-256, its sheets, and remarks on it."""

    name: str
    sha256: str
    sheets: Sequence[Sheet]
    remarks: Sequence[str] = ()


def opened(path: str) -> File:
    """Open a file and read its sheets.

    Raises
    ------
    DataError
        If the file cannot be read, is damaged or protected by a password, or is neither text nor a
        workbook.
    """
    try:
        with Path(path).open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise _refused(path, f"cannot be read: {reason}") from error
    digest = hashlib.sha256(content).hexdigest()
    if content.startswith(_GZIP):
        content = _unpacked(path, content)
    if len(content) > LARGEST:
        raise _refused(path, f"is over {LARGEST:,} bytes, larger than any published table")
    if not content.strip():
        raise _refused(path, "the file is empty; fetch it again")
    if content.startswith((*_ZIP, _OLE)):
        return File(path, digest, _workbook_sheets(path, content))
    for magic, problem in _NOT_READ.items():
        if content.startswith(magic):
            raise _refused(path, problem)
    text, remarks = _decoded(path, content)
    if not text.endswith(("\n", "\r")):
        remarks.append("The last line has no line end, so the file may be cut short.")
    return File(path, digest, [_csv_sheet(path, text)], remarks)


def _refused(path: str, problem: str) -> DataError:
    return DataError([Fault(path, 0, "", problem)])


def _unpacked(path: str, content: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as archive:
            unpacked = archive.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _refused(path, "the gzip archive is damaged or cut short; fetch it again") from error
    return unpacked


def _decoded(path: str, content: bytes) -> tuple[str, list[str]]:
    for encoding, bom in (("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"), ("utf-8-sig", b"")):
        if content.startswith(bom):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            break
    else:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise _refused(path, _NOT_TEXT) from error
        _check_text(path, text)
        return text, ["The text is not UTF-8; it was read as Windows-1252."]
    _check_text(path, text)
    return text, []


def _check_text(path: str, text: str) -> None:
    """Raise an error if the text is not for people to read, or is a web page or XML."""
    if _CONTROL.search(text):
        raise _refused(path, _NOT_TEXT)
    if problem := markup_problem(text):
        raise _refused(path, problem)


def markup_problem(text: str) -> str:
    """Return why a file cannot be read if its text is a web page or XML; empty if it is neither."""
    start = text[:_XML_START].lstrip()
    if not start.startswith("<"):
        return ""
    if _WEB_PAGE.search(start):
        return "is a web page, whatever it is called; fetch the file itself"
    return "is XML; open it and save it as xlsx, ods or CSV"


def _other_separator(text: str) -> str:
    """Return what most of the first lines have between their cells, if it is not commas."""
    lines = [line for line in text[:_SEPARATOR_START].splitlines() if line.strip()][:_FIRST_LINES]
    for separator, name in _SEPARATORS.items():
        parted = [line for line in lines if line.count(separator) > max(1, line.count(","))]
        if 2 * len(parted) > len(lines):
            return name
    return ""


def _csv_sheet(path: str, text: str) -> Sheet:
    if separator := _other_separator(text):
        raise _refused(
            path, f"has {separator} between its cells, not commas; save it as CSV with commas"
        )
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, skipinitialspace=True)
    first_line = 1
    try:
        for cells in reader:
            rows.append([cell.strip() for cell in cells])
            lines.append(first_line)
            first_line = reader.line_num + 1
    except csv.Error as error:
        raise DataError([Fault(path, first_line, "", f"is not CSV from here: {error}")]) from error
    return Sheet("", rows, lines)


class _Inspected(NamedTuple):
    """What a look into a workbook's parts shows.

    Parameters
    ----------
    problem
        Why it cannot be read; empty if it may be readable.
    odd
        The cells of each sheet that are shown otherwise than they are read.
    open_document
        The content of an ods workbook; empty for another one.
    """

    problem: str = ""
    odd: Mapping[str, Sequence[Odd]] = MappingProxyType({})
    open_document: bytes = b""


def _inspected(content: bytes) -> _Inspected:
    if content.startswith(_OLE):
        return _Inspected(_compound_problem(content))
    try:
        return _inspected_archive(content)
    except Exception:  # zipfile and XML raise many kinds of error on a damaged archive
        return _Inspected(_DAMAGED)


def _inspected_archive(content: bytes) -> _Inspected:
    """Look into a ZIP archive: whether it can be read safely as a workbook, and its odd cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > LARGEST:
            return _Inspected(f"unpacked it is over {LARGEST:,} bytes, too many to read")
        if any(part.flag_bits & 1 for part in parts):
            return _Inspected(_LOCKED)
        names = {part.filename for part in parts}
        if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
            return _Inspected(_LOCKED)
        if not _WORKBOOK_PARTS & names:
            return _Inspected(
                "is a ZIP archive but not a workbook; unpack it and give the file that is in it"
            )
        percent = percent_styles(archive.read(_STYLES)) if _STYLES in names else frozenset[str]()
        titles = (
            sheets_by_part(archive.read(_BOOK), archive.read(_RELATIONS))
            if {_BOOK, _RELATIONS} <= names
            else {}
        )
        odd, document = {}, b""
        # Read every part, to find any that is damaged or gives a wrong size.
        for part in parts:
            read = archive.read(part)
            if problem := _extent_problem(part.filename, read):
                return _Inspected(problem)
            if part.filename in titles:
                odd[titles[part.filename]] = odd_cells(read, percent)
            elif part.filename == _CONTENT:
                document = read
        return _Inspected("", odd, document)


def _extent_problem(name: str, part: bytes) -> str:
    """Return why a sheet spans too many cells to be read; empty if it does not."""
    rows = columns = 0
    if name.startswith("xl/worksheets/") and _FAR_CELL.search(part):
        places = set(_CELL.findall(part))
        rows = max((int(row) for _, row in places), default=0)
        columns = max((column_number(letters) for letters, _ in places), default=0)
    elif name == "content.xml":
        # Rows and cells repeated to the end of a sheet count only if they hold a value.
        filled = [(row, cells) for row, cells in _ROW.findall(part) if b"value-type=" in cells]
        rows = max((_repeated(row) for row, _ in filled), default=0)
        columns = max(
            (_repeated(c) for _, row in filled for c in _FILLED_CELL.findall(row)), default=0
        )
    if rows * columns <= LARGEST_SHEET:
        return ""
    return (
        f"a sheet spans {rows:,} rows and {columns:,} columns, too many to read; "
        "delete the stray cells at its end and save it"
    )


def _repeated(tag: bytes) -> int:
    match = _REPEATED.search(tag)
    return int(match[1]) if match else 1


def _compound_problem(content: bytes) -> str:
    """Return why an OLE file is not a readable xls workbook; empty if it may be one.

    OLE is the container of xls, of password-protected xlsx and of many other formats.
    """
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _LOCKED
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book\0")):
        return ""
    return _NOT_WORKBOOK


def _workbook_sheets(path: str, content: bytes) -> list[Sheet]:
    inspected = _inspected(content)
    if inspected.problem:
        raise _refused(path, inspected.problem)
    if open_document.PERCENTAGE in inspected.open_document:
        return _open_document_sheets(path, inspected.open_document)
    import pandas as pd

    try:
        frames = pd.read_excel(
            io.BytesIO(content),
            sheet_name=None,
            header=None,
            engine="calamine",
            dtype=object,
            keep_default_na=False,
        )
        return [
            _workbook_sheet(str(name), frame.to_numpy(), inspected.odd.get(str(name), ()))
            for name, frame in frames.items()
        ]
    except ImportError as error:
        raise CrimecmpError(
            f"{path}: reading a workbook needs python-calamine, which is not installed",
            "pip install python-calamine",
        ) from error
    # A panic in the reader, which is written in Rust, is a BaseException but not an Exception.
    # Other such errors, such as an interrupt, are raised again.
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        if inspected.open_document:
            return _open_document_sheets(path, inspected.open_document)
        problem = _LOCKED if "password" in str(error).lower() else _DAMAGED
        raise _refused(path, problem) from error


def _open_document_sheets(path: str, content: bytes) -> list[Sheet]:
    try:
        return [_numbered(name, rows) for name, rows in open_document.sheets_of(content)]
    except (ValueError, SyntaxError) as error:  # a number or XML that is none
        raise _refused(path, _DAMAGED) from error


def _workbook_sheet(name: str, cells: Any, odd: Sequence[Odd]) -> Sheet:
    rows = [[cell_text(value) for value in row] for row in cells.tolist()]
    for cell in odd:
        if cell.row < len(rows) and cell.column < len(rows[cell.row]):
            rows[cell.row][cell.column] = cell.shown(rows[cell.row][cell.column])
    return _numbered(name, rows)


def _numbered(name: str, rows: Sequence[Sequence[str]]) -> Sheet:
    return Sheet(name, rows, range(1, len(rows) + 1))
