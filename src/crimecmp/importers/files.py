"""Open a published file by its content, not its name, and read it as sheets of text.

A CSV file is one sheet without a name. A gzip archive is read as the file inside it. A workbook
(xlsx, xlsb, xls or ods) has several sheets. Its numbers become the shortest text of up to 15
digits, the precision of a spreadsheet.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from crimecmp.errors import CrimecmpError, DataError, Fault
from crimecmp.tables.cells import MAX_DIGITS

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
_FAR_CELL = re.compile(rb"""\br=["'][A-Z]{1,3}(?:(?<=[A-Z]{3})|[0-9]{5})""")
_CELL = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ROW = re.compile(rb"<table:table-row\b([^>]*)(?<!/)>(.*?)</table:table-row>", re.DOTALL)
_FILLED_CELL = re.compile(rb"<table:table-cell\b([^>]*value-type=[^>]*)>")
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated=["']([0-9]{1,9})["']""")
_WORKBOOK_PARTS = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
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
    start = text[:_XML_START].lstrip()
    if start.startswith("<"):
        if _WEB_PAGE.search(start):
            raise _refused(path, "is a web page, whatever it is called; fetch the file itself")
        raise _refused(path, "is XML; open it and save it as xlsx, ods or CSV")


def _csv_sheet(path: str, text: str) -> Sheet:
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


def _workbook_problem(content: bytes) -> str:
    """Return why a workbook cannot be read; empty if it may be readable."""
    if content.startswith(_OLE):
        return _compound_problem(content)
    try:
        return _archive_problem(content)
    except Exception:  # zipfile raises many kinds of error on a damaged archive
        return _DAMAGED


def _archive_problem(content: bytes) -> str:
    """Return why a ZIP archive is not a workbook that can be read safely; empty if it is one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > LARGEST:
            return f"unpacked it is over {LARGEST:,} bytes, too many to read"
        if any(part.flag_bits & 1 for part in parts):
            return _LOCKED
        names = {part.filename for part in parts}
        if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
            return _LOCKED
        if not _WORKBOOK_PARTS & names:
            return "is a ZIP archive but not a workbook; unpack it and give the file that is in it"
        # Read every part, to find any that is damaged or gives a wrong size.
        problems = (_extent_problem(part.filename, archive.read(part)) for part in parts)
        return next(filter(None, problems), "")


def _extent_problem(name: str, part: bytes) -> str:
    """Return why a sheet spans too many cells to be read; empty if it does not."""
    rows = columns = 0
    if name.startswith("xl/worksheets/") and _FAR_CELL.search(part):
        places = set(_CELL.findall(part))
        rows = max((int(row) for _, row in places), default=0)
        columns = max((_column_number(letters) for letters, _ in places), default=0)
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


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


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
    problem = _workbook_problem(content)
    if problem:
        raise _refused(path, problem)
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
        return [_workbook_sheet(str(name), frame.to_numpy()) for name, frame in frames.items()]
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
        problem = _LOCKED if "password" in str(error).lower() else _DAMAGED
        raise _refused(path, problem) from error


def _workbook_sheet(name: str, cells: Any) -> Sheet:
    rows = [[_cell_text(value) for value in row] for row in cells.tolist()]
    return Sheet(name, rows, range(1, len(rows) + 1))


def _cell_text(value: object) -> str:
    """Return a workbook cell as text."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number_text(value)
    return str(value).removesuffix(" 00:00:00")


def _number_text(number: float) -> str:
    """Return a number as text with at most 15 significant digits and no exponent."""
    text = f"{number:.{MAX_DIGITS}g}"
    return f"{Decimal(text):f}" if "e" in text else text
