"""Reads a workbook in which a few cells are far from the others.

The reader of workbooks reserves memory for every cell of the rectangle that a sheet spans, so one
stray cell in the last row is too many for it. Here the sheets of an xlsx workbook are written anew
without their blank rows and columns, read, and their cells put back into their places.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from crimecmp.workbooks import archive, open_document
from crimecmp.workbooks.limits import CELLS, LAST_COLUMN, LAST_ROW
from crimecmp.workbooks.part_xml import bare, walked
from crimecmp.workbooks.problems import Problem, UnreadableError
from crimecmp.workbooks.reading import OLE, opened, sheets_in
from crimecmp.workbooks.row import Row, without_blank_end
from crimecmp.workbooks.xlsx_cells import MAIN_NAMESPACE, column_letters, column_number, odd_cells

_PLACE = re.compile(r"([A-Z]{1,3})[0-9]+")
_FILLED = {"v", "is", "f"}


class _Compact(NamedTuple):
    """A sheet without its blank rows and columns.

    Parameters
    ----------
    part
        Its XML.
    cells
        How many cells it has.
    rows, columns
        The number of each of its rows and columns in the sheet as it was, counted from 1.
    """

    part: bytes
    cells: int
    rows: Sequence[int]
    columns: Sequence[int]


def compact_sheets(content: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield the name and the rows of each sheet of an xlsx or ods workbook.

    Raises
    ------
    UnreadableError
        If it is a workbook of another kind, which cannot be read in this way.
    Exception
        Of many kinds, if it is damaged.
    """
    if content.startswith(OLE):
        raise UnreadableError(Problem.MEMORY)
    with archive.opened(content) as parts:
        if archive.CONTENT in parts.namelist():
            yield from open_document.sheets_of(parts.read(archive.CONTENT))
            return
        by_sheet = archive.parts_by_sheet(parts)
        if not by_sheet:
            raise UnreadableError(Problem.MEMORY)
        room = CELLS
        compact = {}
        for name, part in by_sheet.items():
            compact[name] = _compacted(parts.read(part), room)
            room -= compact[name].cells
        replaced = {part: compact[name].part for name, part in by_sheet.items()}
        percent = archive.percentages(parts)
        book = opened(_rewritten(parts, replaced))
    for name, rows in sheets_in(book, lambda name: odd_cells(compact[name].part, percent)):
        yield name, _put_back(rows, compact[name])


def _rewritten(parts: zipfile.ZipFile, replaced: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as new:
        for name in dict.fromkeys(parts.namelist()):
            new.writestr(name, replaced[name] if name in replaced else parts.read(name))
    return written.getvalue()


def _compacted(part: bytes, most: int) -> _Compact:
    """Return a sheet of an xlsx workbook without what is blank.

    Raises
    ------
    UnreadableError
        If it has more cells than `most`.
    ValueError, xml.etree.ElementTree.ParseError
        If it is not sound XML, or a row or a column is not one of a sheet.
    """
    written = [b'<worksheet xmlns="%s"><sheetData>' % MAIN_NAMESPACE.encode()]
    rows: list[int] = []
    columns: dict[int, int] = {}
    row = column = count = 0
    for event, node in walked(part):
        name = bare(node.tag)
        if name == "row" and event == "start":
            row, column = int(node.get("r", row + 1)), 0
            if not 1 <= row <= LAST_ROW:
                raise ValueError("there is no such row")
        elif name == "row":
            node.clear()
        elif name == "c" and event == "end":
            column = _column(node.get("r", ""), column)
            if _is_filled(node):
                count += 1
                if count > most:
                    raise UnreadableError(Problem.CELLS)
                if row not in rows[-1:]:
                    rows.append(row)
                    written.append(b"</row><row>" if rows[1:] else b"<row>")
                place = columns.setdefault(column, len(columns) + 1)
                node.set("r", f"{column_letters(place)}{len(rows)}")
                written.append(_without_namespaces(node))
            node.clear()
    written.append(b"</row></sheetData></worksheet>" if rows else b"</sheetData></worksheet>")
    return _Compact(b"".join(written), count, rows, list(columns))


def _column(place: str, before: int) -> int:
    """Return the column of a cell, counted from 1, given its place and the column before it."""
    letters = _PLACE.fullmatch(place.upper())
    column = column_number(letters[1].encode()) if letters else before + 1
    if column > LAST_COLUMN or (place and not letters):
        raise ValueError("there is no such column")
    return column


def _is_filled(cell: ElementTree.Element) -> bool:
    return any(bare(node.tag) in _FILLED for node in cell)


def _without_namespaces(cell: ElementTree.Element) -> bytes:
    for node in cell.iter():
        node.tag = bare(node.tag)
    return ElementTree.tostring(cell)


def _put_back(rows: Iterator[Row], compact: _Compact) -> Iterator[Row]:
    for number, cells in rows:
        places = compact.columns[: len(cells)]
        whole = [""] * max(places)
        for column, cell in zip(places, cells, strict=True):
            whole[column - 1] = cell
        yield compact.rows[number - 1], without_blank_end(whole)
