"""Reads the bytes of a CSV file into rows of text, each with the line on which it begins.

A byte-order mark, CRLF or CR line ends, quoted line breaks, blank lines and blanks around cells are
accepted. Anything else that is not a plain table is a fault with its place in the file.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import NamedTuple

from crimecmp.errors import Fault

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MAGIC = {
    b"PK\x03\x04": "a ZIP archive or workbook",
    b"\xd0\xcf\x11\xe0": "an old workbook",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF",
}


class TextTable(NamedTuple):
    """A CSV file as text.

    Parameters
    ----------
    file
        The file as the user named it.
    header
        The column names.
    rows
        The cells of each row, as many as the header has, without surrounding blanks.
    lines
        The line of the file on which each row begins, counted from 1.
    header_line
        The line on which the header begins.
    sha256
        The SHA-256 of the file's bytes, in hexadecimal; empty where it was not calculated.
    """

    file: str
    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    header_line: int = 1
    sha256: str = ""


def read_table(content: bytes, file: str) -> tuple[TextTable | None, list[Fault]]:
    """Read one CSV file.

    Parameters
    ----------
    content
        The file's bytes.
    file
        Its name, for messages.

    Returns
    -------
    table
        The rows that could be read; None where there are none.
    faults
        All that is wrong with the file as a table; its cells are not checked.
    """
    text, faults = _decode(content, file)
    if text is None:
        return None, faults
    return _parse(text, file)


def _decode(content: bytes, file: str) -> tuple[str | None, list[Fault]]:
    def whole(problem: str) -> tuple[None, list[Fault]]:
        return None, [Fault(file, 0, "", problem)]

    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            return whole(f"this is {what}, not CSV; save the table as CSV UTF-8")
    if content.startswith(_UTF16_MARKS) or b"\0" in content:
        return whole("the text is UTF-16 or holds NUL bytes; save it as CSV UTF-8")
    while content.startswith(_UTF8_MARK):
        content = content.removeprefix(_UTF8_MARK)
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        faults = []
        for number, line in enumerate(lines, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                byte = line[error.start]
                problem = f"byte {error.start + 1} of the row (0x{byte:02X}) is not UTF-8"
                faults.append(Fault(file, number, "", f"{problem}; save the file as CSV UTF-8"))
        return None, faults


def _parse(text: str, file: str) -> tuple[TextTable | None, list[Fault]]:
    rows: list[list[str]] = []
    lines: list[int] = []
    faults: list[Fault] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, skipinitialspace=True)
    begins = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                rows.append(stripped)
                lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(file, begins, "", _quoting_problem(str(error))))
    if not rows:
        return None, faults or [Fault(file, 0, "", "the file is empty; it needs a header row")]
    header, header_line = rows.pop(0), lines.pop(0)
    separator = _separator_fault(header, header_line, file)
    if separator is not None:
        return None, [separator]
    faults += _header_faults(header, header_line, file)
    sound_rows, sound_lines = [], []
    for cells, line in zip(rows, lines, strict=True):
        if len(cells) == len(header):
            sound_rows.append(cells)
            sound_lines.append(line)
        else:
            faults.append(
                Fault(file, line, "", f"the row has {len(cells)} cells, the header {len(header)}")
            )
    faults.sort(key=lambda fault: fault.row)
    return TextTable(file, header, sound_rows, sound_lines, header_line), faults


def _quoting_problem(message: str) -> str:
    if "unexpected end of data" in message:
        return "a quotation mark is opened here and never closed"
    if "field larger" in message:
        return "a cell is over 131,072 characters long; is a quotation mark left open?"
    return (
        "there is a quotation mark inside a cell; put the whole cell in quotes and double the mark"
    )


def _separator_fault(header: list[str], line: int, file: str) -> Fault | None:
    """Return the fault of a file that separates its cells by something other than commas."""
    if len(header) == 1:
        for mark, name in {";": "semicolons", "\t": "tabs", "|": "bars"}.items():
            if mark in header[0]:
                problem = f"the cells are separated by {name}; save the file with commas"
                return Fault(file, line, "", problem)
    return None


def _header_faults(header: list[str], line: int, file: str) -> list[Fault]:
    faults = [
        Fault(file, line, str(number), f"column {number} has no name")
        for number, name in enumerate(header, start=1)
        if not name
    ]
    faults += [
        Fault(file, line, name, f"{times} columns have this name; keep one")
        for name, times in Counter(header).items()
        if name and times > 1
    ]
    return faults
