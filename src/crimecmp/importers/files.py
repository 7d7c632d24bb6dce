"""Open a published file by its content, not its name, and read it as sheets of text.

A CSV file is one sheet without a name. A gzip archive is read as the file inside it. A workbook
(xlsx, xlsb, xls or ods) has several sheets. Its numbers become the shortest text of up to 15
digits, the precision of a spreadsheet. Where an xlsx or ods cell shows a percentage, an error or
a formula without a value, its text is what it shows.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Sequence
from importlib.util import find_spec
from typing import NamedTuple, TextIO

from crimecmp.errors import CrimecmpError, DataError, Fault
from crimecmp.tables.files import unreadable
from crimecmp.tables.reading import Room, TooLargeError, check_extent, read_path, read_stream
from crimecmp.text import size
from crimecmp.workbooks import apart
from crimecmp.workbooks.limits import PACKED
from crimecmp.workbooks.problems import UnreadableError

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_NOT_TEXT = "is neither a workbook nor text; give an xlsx, xls, ods or CSV file"
_NOT_READ = {
    _GZIP: "is a gzip archive within another; unpack it once",
    b"%PDF": "is a PDF; fetch the published workbook or CSV file",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_WEB_PAGE = re.compile(r"<(!doctype\s+html|html|head|body|script)\b", re.IGNORECASE)
_XML_START = 1000
_START, _FIRST_LINES = 20_000, 20
_SEPARATORS = {"\t": "tabs", ";": "semicolons"}
_CHUNK = 1 << 20
_GUESSED = "cp1252"
_ENCODINGS = (
    ("utf-16", codecs.BOM_UTF16_LE),
    ("utf-16", codecs.BOM_UTF16_BE),
    ("utf-8-sig", b""),
    (_GUESSED, b""),
)
"""The encodings that are tried, and how a text in each begins."""


class Sheet(NamedTuple):
    """One sheet.

    Parameters
    ----------
    name
        Its name in the workbook; empty for a CSV file.
    rows
        Its cells as text, without surrounding spaces. Blank rows are included; of more than 100
        that follow one another in a workbook, the last 100.
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
        content = read_path(path, Room())
    except TooLargeError as error:
        raise _refused(path, str(error)) from error
    except (OSError, ValueError) as error:
        raise DataError([unreadable(path, error)]) from error
    digest = hashlib.sha256(content).hexdigest()
    if content.startswith(_GZIP):
        _check_packed(path, content)
        content = _unpacked(path, content)
    if not content or content.isspace():
        raise _refused(path, "the file is empty; fetch it again")
    if content.startswith((*_ZIP, _OLE)):
        _check_packed(path, content)
        return File(path, digest, _workbook_sheets(path, content))
    for magic, problem in _NOT_READ.items():
        if content.startswith(magic):
            raise _refused(path, problem)
    text = _text(path, content)
    return File(path, digest, [_csv_sheet(path, content, text)], text.remarks)


def _refused(path: str, problem: str) -> DataError:
    return DataError([Fault(path, 0, "", problem)])


def _check_packed(path: str, content: bytes) -> None:
    if len(content) > PACKED:
        raise _refused(
            path,
            f"is over {size(PACKED)}, the limit for a workbook or a packed file; give only the "
            "sheets or the years that you need",
        )


def _unpacked(path: str, content: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as archive:
            return read_stream(archive, Room())
    except TooLargeError as error:
        raise _refused(path, f"unpacked, it {error}") from error
    except (OSError, EOFError, zlib.error) as error:
        raise _refused(path, "the gzip archive is damaged or cut short; fetch it again") from error


class _Text(NamedTuple):
    """What is known of a text once it was looked through: its encoding, its start and its end."""

    encoding: str
    start: str
    end: str

    def stream(self, content: bytes) -> TextIO:
        """Return the text as a stream, whose lines have their own ends."""
        return io.TextIOWrapper(io.BytesIO(content), self.encoding, newline="")

    @property
    def remarks(self) -> list[str]:
        """What to tell the user of the text."""
        remarks = []
        if self.encoding == _GUESSED:
            remarks.append("The text is not UTF-8; it was read as Windows-1252.")
        if self.end not in ("\n", "\r"):
            remarks.append("The last line has no line end, so the file may be cut short.")
        return remarks


def _text(path: str, content: bytes) -> _Text:
    """Return what a text is; raise an error if it is none, a web page or XML."""
    for encoding, mark in _ENCODINGS:
        if content.startswith(mark):
            try:
                text = _looked_through(path, content, encoding)
            except UnicodeDecodeError:
                continue
            _check_start(path, text.start)
            return text
    raise _refused(path, _NOT_TEXT)


def _looked_through(path: str, content: bytes, encoding: str) -> _Text:
    text = _Text(encoding, "", "")
    stream = text.stream(content)
    while chunk := stream.read(_CHUNK):
        if _CONTROL.search(chunk):
            raise _refused(path, _NOT_TEXT)
        text = _Text(encoding, text.start or chunk[:_START], chunk[-1])
    return text


def _check_start(path: str, start: str) -> None:
    if problem := markup_problem(start):
        raise _refused(path, problem)


def markup_problem(text: str) -> str:
    """Return why a file cannot be read if its text is a web page or XML; empty if it is neither."""
    start = text.lstrip()
    if not start.startswith("<"):
        return ""
    if _WEB_PAGE.search(start[:_XML_START]):
        return "is a web page, whatever it is called; fetch the file itself"
    return "is XML; open it and save it as xlsx, ods or CSV"


def _other_separator(start: str) -> str:
    """Return what most of the first lines have between their cells, if it is not commas."""
    lines = [line for line in start.splitlines() if line.strip()][:_FIRST_LINES]
    for separator, name in _SEPARATORS.items():
        parted = [line for line in lines if line.count(separator) > max(1, line.count(","))]
        if 2 * len(parted) > len(lines):
            return name
    return ""


def _csv_sheet(path: str, content: bytes, text: _Text) -> Sheet:
    try:
        check_extent(content)
    except TooLargeError as error:
        raise _refused(path, str(error)) from error
    if separator := _other_separator(text.start):
        raise _refused(
            path, f"has {separator} between its cells, not commas; save it as CSV with commas"
        )
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(text.stream(content), strict=True, skipinitialspace=True)
    first_line = 1
    try:
        for cells in reader:
            rows.append([cell.strip() for cell in cells])
            lines.append(first_line)
            first_line = reader.line_num + 1
    except csv.Error as error:
        raise DataError([Fault(path, first_line, "", f"is not CSV from here: {error}")]) from error
    return Sheet("", rows, lines)


def _workbook_sheets(path: str, content: bytes) -> list[Sheet]:
    if find_spec("python_calamine") is None:
        raise CrimecmpError(
            f"{path}: reading a workbook needs python-calamine, which is not installed",
            "pip install python-calamine",
        )
    try:
        return [Sheet(*sheet) for sheet in apart.sheets_of(content)]
    except UnreadableError as error:
        raise _refused(path, error.problem.value) from error
