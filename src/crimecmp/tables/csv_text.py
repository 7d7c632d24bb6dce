"""Reads the bytes of a CSV file into columns of text, and the line on which each row begins.

A byte-order mark, CRLF or CR line ends, quoted line breaks, blank lines and blanks around cells are
accepted. Anything else that is not a plain table is a fault with its place in the file.
"""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, islice
from operator import itemgetter
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
    columns
        The cells of each column, in the order of the header, without surrounding blanks.
    lines
        The line of the file on which each row begins, counted from 1.
    header_line
        The line on which the header begins.
    sha256
        The SHA-256 of the file's bytes, in hexadecimal; empty where it was not calculated.
    """

    file: str
    header: list[str]
    columns: list[list[str]]
    lines: Sequence[int]
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
    faults = _encoding_faults(content, file)
    return (None, faults) if faults else _parse(content, file)


def _encoding_faults(content: bytes, file: str) -> list[Fault]:
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            return [Fault(file, 0, "", f"this is {what}, not CSV; save the table as CSV UTF-8")]
    if content.startswith(_UTF16_MARKS) or b"\0" in content:
        problem = "the text is UTF-16 or holds NUL bytes; save it as CSV UTF-8"
        return [Fault(file, 0, "", problem)]
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = content[_text_start(content) :].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return [
            Fault(file, number, "", f"{problem}; save the file as CSV UTF-8")
            for number, line in enumerate(text.split(b"\n"), start=1)
            if (problem := _wrong_byte(line))
        ]
    return []


def _text_start(content: bytes) -> int:
    """Return where the text begins: after any byte-order marks."""
    start = 0
    while content.startswith(_UTF8_MARK, start):
        start += len(_UTF8_MARK)
    return start


def _wrong_byte(line: bytes) -> str:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"byte {error.start + 1} of the row (0x{line[error.start]:02X}) is not UTF-8"
    return ""


class _Taken(NamedTuple):
    """Some rows of a file, and the line on which each begins."""

    rows: list[list[str]]
    lines: Sequence[int]


class _Rows:
    """The rows of a file, read a few at a time, up to the first fault of quoting.

    Attributes
    ----------
    faults
        That fault, when it was met.
    """

    def __init__(self, content: bytes, file: str) -> None:
        stream = io.BytesIO(content)
        stream.seek(_text_start(content))
        # Decoded as it is read: the whole text would take up to four times the space of the file.
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        self._reader = csv.reader(text, strict=True, skipinitialspace=True)
        self._file, self._begins = file, 1
        self.faults: list[Fault] = []

    def take(self, number: int) -> _Taken:
        """Return up to that many rows; none at the end."""
        rows: list[list[str]] = []
        if self.faults:
            return _Taken(rows, [])
        before, begins = self._reader.line_num, self._begins
        problem = ""
        try:
            for cells in islice(self._reader, number):
                rows.append(cells)
        except csv.Error as error:
            problem = _quoting_problem(str(error))
        lines: Sequence[int] = range(begins, begins + len(rows))
        self._begins = begins + len(rows)
        if problem or self._reader.line_num - before > len(rows):
            breaks = (len(_LINE_BREAK.findall(" ".join(cells))) for cells in rows)
            *lines, self._begins = accumulate((1 + found for found in breaks), initial=begins)
        if problem:
            self.faults.append(Fault(self._file, self._begins, "", problem))
        return _Taken(rows, lines)


_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class _Stripped(dict[str, str]):
    """Cells without surrounding blanks. Text that is repeated is kept once."""

    def __missing__(self, cell: str) -> str:
        text = cell.strip()
        text = self[cell] = self.setdefault(text, text)
        return text


class _Column:
    """The cells of a column without surrounding blanks; text that is repeated is kept once."""

    def __init__(self) -> None:
        self.cells: list[str] = []
        self._known = _Stripped()
        self._strip: Callable[[str], str] = self._known.__getitem__

    def add(self, cells: Iterable[str]) -> None:
        self.cells.extend(map(self._strip, cells))
        if len(self._known) > _MOST_KNOWN:
            # Few cells are like one another: to look for each takes longer than to keep it.
            self._known.clear()
            self._strip = str.strip


_MOST_KNOWN = 1 << 15
"""How many different cells a column can have for text that is repeated to be kept once."""

_BATCH = 256
"""How many rows are taken at a time: so few stay in the cache of a processor."""


def _parse(content: bytes, file: str) -> tuple[TextTable | None, list[Fault]]:
    source = _Rows(content, file)
    header: list[str] = []
    while not any(header):
        first = source.take(1)
        if not first.rows:
            empty = Fault(file, 0, "", "the file is empty; it needs a header row")
            return None, source.faults or [empty]
        [header], [header_line] = [list(map(str.strip, row)) for row in first.rows], first.lines
    separator = _separator_fault(header, header_line, file)
    if separator is not None:
        return None, [separator]
    faults = _header_faults(header, header_line, file)
    columns = [_Column() for _ in header]
    lines = array("L")
    while (taken := source.take(_BATCH)).rows:
        kept = _of_width(taken, len(header), file, faults)
        for column, cells in zip(columns, zip(*kept.rows, strict=True), strict=False):
            column.add(cells)
        lines.extend(kept.lines)
    faults += source.faults
    faults.sort(key=lambda fault: fault.row)
    return TextTable(file, header, [column.cells for column in columns], lines, header_line), faults


def _of_width(taken: _Taken, width: int, file: str, faults: list[Fault]) -> _Taken:
    """Return the rows as wide as the header, without blank rows; add the others to `faults`."""
    if set(map(len, taken.rows)) == {width} and all(map(str.strip, map(itemgetter(0), taken.rows))):
        return taken
    rows: list[list[str]] = []
    lines: list[int] = []
    for cells, line in zip(*taken, strict=True):
        if not any(map(str.strip, cells)):
            continue
        if len(cells) == width:
            rows.append(cells)
            lines.append(line)
        else:
            problem = f"the row has {len(cells)} cells, the header {width}"
            faults.append(Fault(file, line, "", problem))
    return _Taken(rows, lines)


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
