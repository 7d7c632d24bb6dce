"""Reads a workbook (xlsx, xlsb, xls or ods) as rows of text.

It runs in a process of its own: what it raises, and that it may die, is dealt with there.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from crimecmp.workbooks import archive, open_document
from crimecmp.workbooks.cell_text import cell_text
from crimecmp.workbooks.limits import CELLS
from crimecmp.workbooks.problems import Problem, UnreadableError
from crimecmp.workbooks.row import Row, without_blank_end
from crimecmp.workbooks.xlsx_cells import Odd, odd_cells

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an OLE file begins: the container of xls and of workbooks with a password."""


def whole_sheets(content: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield the name and the rows of each sheet of a workbook.

    Raises
    ------
    UnreadableError
        If it is no workbook, is protected by a password or too large.
    Exception
        Of many kinds, if it is damaged.
    """
    if content.startswith(OLE):
        _check_compound(content)
        yield from sheets_in(opened(content), largest=None)
        return
    with archive.opened(content) as parts:
        if archive.CONTENT in parts.namelist():
            yield from _open_document_sheets(content, parts.read(archive.CONTENT))
            return
        percent, by_sheet = archive.percentages(parts), archive.parts_by_sheet(parts)

        def odd_of(name: str) -> Sequence[Odd]:
            return odd_cells(parts.read(by_sheet[name]), percent) if name in by_sheet else ()

        # A sheet of an xlsb workbook cannot be read otherwise.
        yield from sheets_in(opened(content), odd_of, CELLS if by_sheet else None)


def opened(content: bytes) -> CalamineWorkbook:
    """Return a workbook as python-calamine opens it.

    Raises
    ------
    UnreadableError
        If it is protected by a password.
    """
    from python_calamine import PasswordError, load_workbook

    try:
        return load_workbook(io.BytesIO(content))
    except PasswordError as error:
        raise UnreadableError(Problem.LOCKED) from error


def sheets_in(
    book: CalamineWorkbook,
    odd_of: Callable[[str], Sequence[Odd]] = lambda _: (),
    largest: int | None = CELLS,
) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield the name and the rows of each sheet of an open workbook.

    Parameters
    ----------
    book
        The workbook.
    odd_of
        Returns the cells of a sheet that are shown otherwise than they are read.
    largest
        How many cells the rectangle of a sheet may have, blank ones too; None for any number.

    Raises
    ------
    UnreadableError
        If a sheet has more: most are blank, or they are too many.
    """
    from python_calamine import SheetTypeEnum

    sheets = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    for name in dict.fromkeys(sheets):
        sheet = book.get_sheet_by_name(name)
        if largest is not None and sheet.height * sheet.width > largest:
            raise UnreadableError(Problem.MEMORY)
        yield name, _rows(sheet, odd_of(name))


def _rows(sheet: CalamineSheet, odd: Sequence[Odd]) -> Iterator[Row]:
    shown = defaultdict(list)
    for cell in odd:
        shown[cell.row].append(cell)
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for place, values in enumerate(sheet.iter_rows()):
        cells = [*left, *map(cell_text, values)]
        for cell in shown.get(place, ()):
            if cell.column < len(cells):
                cells[cell.column] = cell.shown(cells[cell.column])
        if any(cells):
            yield place + 1, without_blank_end(cells)


def _open_document_sheets(content: bytes, part: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield the sheets of an ods workbook, by our own reader where the fast one cannot."""
    if open_document.PERCENTAGE in part:
        return open_document.sheets_of(part)
    try:
        return sheets_in(opened(content))
    # A panic in the reader, which is written in Rust, is a BaseException but not an Exception.
    # Other such errors, such as an interrupt, are raised again.
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        return open_document.sheets_of(part)


def _check_compound(content: bytes) -> None:
    """Raise an error if an OLE file is certainly not a readable xls workbook.

    OLE is the container of xls, of password-protected xlsx and of many other formats.
    """
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableError(Problem.LOCKED)
    if not any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book\0")):
        raise UnreadableError(Problem.NOT_WORKBOOK)
