"""Reads a workbook in a process of its own, which may fail without harm to this one.

What that process answers is checked here line by line, as if the workbook had written it: see
`crimecmp.workbooks.process`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from threading import Event, Timer
from time import monotonic
from typing import IO, NamedTuple, cast

from crimecmp.errors import CrimecmpError
from crimecmp.workbooks import limits
from crimecmp.workbooks.problems import Problem, UnreadableError

_PROGRAM = """
import sys
how, parent, *sys.path[:] = sys.argv[1:]
from crimecmp.workbooks.process import main
main(how, int(parent))
"""
_OPTIONS = ["-I", *(["-B"] if sys.dont_write_bytecode else [])]
_OUT_OF_MEMORY = [-signal.SIGABRT, *([] if sys.platform == "win32" else [-signal.SIGKILL])]
"""How the process ends where the reader, or the system, runs out of memory."""


class BookSheet(NamedTuple):
    """One sheet of a workbook.

    Parameters
    ----------
    name
        Its name.
    rows
        The text of its cells. Rows end in blank cells up to the width of the sheet, unless there
        are too many.
    lines
        The number of each row in the sheet, counted from 1. Of more than 100 blank rows that
        follow one another, only the last 100 are there.
    """

    name: str
    rows: list[list[str]]
    lines: list[int]


def sheets_of(content: bytes) -> list[BookSheet]:
    """Return the sheets of a workbook.

    Parameters
    ----------
    content
        The file's bytes.

    Raises
    ------
    UnreadableError
        If it cannot be read, or not within the limits.
    CrimecmpError
        If no process can be started.
    """
    deadline = monotonic() + limits.SECONDS
    try:
        with tempfile.TemporaryFile() as book:
            book.write(content)
            try:
                return _read(book, "whole", deadline)
            except UnreadableError as error:
                if error.problem is not Problem.MEMORY:
                    raise
            # Perhaps it is a small table with a stray cell far away.
            return _read(book, "compact", deadline)
    except OSError as error:
        raise CrimecmpError(
            f"a workbook is read in a process of its own, which cannot be started: {error.strerror}"
        ) from error


def _read(book: IO[bytes], how: str, deadline: float) -> list[BookSheet]:
    book.seek(0)
    command = [sys.executable, *_OPTIONS, "-c", _PROGRAM, how, str(os.getpid()), *sys.path]
    late = Event()
    with subprocess.Popen(  # noqa: S603 - this Python with a program of our own, without a shell
        command, stdin=book, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:

        def stop() -> None:
            late.set()
            process.kill()

        timer = Timer(max(0, deadline - monotonic()), stop)
        timer.daemon = True
        timer.start()
        answer = cast("IO[bytes]", process.stdout)
        try:
            return _sheets(answer)
        except (ValueError, RecursionError) as error:  # no answer, or not to its end
            if late.is_set():
                raise UnreadableError(Problem.TIME) from error
            died = not answer.read(1)
            memory = died and process.wait() in _OUT_OF_MEMORY
            raise UnreadableError(Problem.MEMORY if memory else Problem.DAMAGED) from error
        finally:
            timer.cancel()
            process.kill()


def _sheets(answer: IO[bytes]) -> list[BookSheet]:
    """Return the sheets in an answer.

    Raises
    ------
    UnreadableError
        If the answer is a problem, or has too many cells or too much text.
    ValueError, RecursionError
        If it is not an answer, or not whole.
    """
    sheets: list[BookSheet] = []
    room = limits.CELLS
    for said in _lines(answer):
        match said:
            case None if sheets:
                for sheet in sheets:
                    room -= _padded(sheet, room)
                return sheets
            case str(name):
                sheets.append(BookSheet(name, [], []))
            case {"problem": str(name)} if name in Problem.__members__:
                raise UnreadableError(Problem[name])
            case [int(number), [*cells]] if sheets:
                room -= _add(sheets[-1], number, _texts(cells))
                if room < 0:
                    raise UnreadableError(Problem.CELLS)
            case _:
                raise ValueError("a line of the answer has another form")
    raise ValueError("the answer has no end")


def _lines(answer: IO[bytes]) -> Iterator[object]:
    room = limits.TEXT
    while line := answer.readline(room + 1):
        room -= len(line)
        if room < 0:
            raise UnreadableError(Problem.TEXT)
        yield json.loads(line)


def _texts(cells: list[object]) -> list[str]:
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(texts) < len(cells):
        raise ValueError("a cell is not text")
    return texts


def _add(sheet: BookSheet, number: int, cells: list[str]) -> int:
    """Add a row and the blank rows before it to a sheet, and return how many cells they are."""
    last = sheet.lines[-1] if sheet.lines else 0
    if not last < number <= limits.LAST_ROW:
        raise ValueError("the rows are not in order")
    blank = range(max(last + 1, number - limits.BLANK_ROWS), number)
    sheet.rows.extend([] for _ in blank)
    sheet.rows.append(cells)
    sheet.lines.extend([*blank, number])
    return len(blank) + len(cells)


def _padded(sheet: BookSheet, room: int) -> int:
    """Lengthen all rows to the width of a sheet if there is room for that many more cells.

    Returns
    -------
    int
        How many cells were added.
    """
    width = max(map(len, sheet.rows), default=0)
    more = width * len(sheet.rows) - sum(map(len, sheet.rows))
    if more > room:
        return 0
    for row in sheet.rows:
        row += [""] * (width - len(row))
    return more
