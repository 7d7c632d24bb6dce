"""Read an OpenDocument workbook (ods) from its XML.

The reader of workbooks fails where there are line breaks between the tags, as some publishers'
tools put them, and gives a percentage as the fraction that is stored. This one reads both, but it
takes several times as long, so it is used for such files alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crimecmp.workbooks.cell_text import number_text, percent_text
from crimecmp.workbooks.limits import LAST_COLUMN
from crimecmp.workbooks.part_xml import walked
from crimecmp.workbooks.row import Row, without_blank_end

if TYPE_CHECKING:
    from xml.etree import ElementTree

_NAMESPACES = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE = f"{{{_NAMESPACES}:table:1.0}}"
_OFFICE = f"{{{_NAMESPACES}:office:1.0}}"
_TEXT = f"{{{_NAMESPACES}:text:1.0}}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")

PERCENTAGE = b'value-type="percentage"'
"""What marks a percentage in the XML."""


def sheets_of(content: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield the name and the rows of each sheet, as text.

    The rows of a sheet must be taken before the next sheet.

    Parameters
    ----------
    content
        The part `content.xml` of the workbook.

    Raises
    ------
    ValueError, xml.etree.ElementTree.ParseError
        If it is not sound XML.
    """
    events = walked(content)
    for event, node in events:
        if node.tag == f"{_TABLE}table" and event == "start":
            yield node.get(f"{_TABLE}name", ""), _rows(events)


def _rows(events: Iterator[tuple[str, ElementTree.Element]]) -> Iterator[Row]:
    """Yield the rows up to the end of the sheet."""
    above = 0
    for event, node in events:
        if node.tag == f"{_TABLE}table-row" and event == "end":
            cells = _row(node)
            times = int(node.get(f"{_TABLE}number-rows-repeated", 1))
            if cells:
                yield from ((above + number, cells) for number in range(1, times + 1))
            above += times
            node.clear()
        elif node.tag == f"{_TABLE}table" and event == "end":
            node.clear()
            return


def _row(row: ElementTree.Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if cell.tag in _CELLS:
            times = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
            text = _cell(cell) if cell.tag == _CELLS[0] else ""
            # Cells repeated to the edge of the sheet and beyond it are no cells.
            cells += [text] * min(times, LAST_COLUMN - len(cells))
    return without_blank_end(cells)


def _cell(cell: ElementTree.Element) -> str:
    kind, value = cell.get(f"{_OFFICE}value-type", ""), cell.get(f"{_OFFICE}value", "")
    if kind == "percentage":
        return percent_text(number_text(float(value)))
    if kind in ("float", "currency"):
        return number_text(float(value))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", "").upper()
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "").removesuffix("T00:00:00").replace("T", " ")
    text = "\n".join(
        "".join(part.itertext()).strip() for part in cell if part.tag == f"{_TEXT}p"
    ).strip()
    if not text and (formula := cell.get(f"{_TABLE}formula", "")):
        return "=" + formula.partition("=")[2]
    return text
