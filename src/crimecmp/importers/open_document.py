"""Read an OpenDocument workbook (ods) from its XML.

The reader of workbooks fails where there are line breaks between the tags, as some publishers'
tools put them, and gives a percentage as the fraction that is stored. This one reads both, but it
takes several times as long, so it is used for such files alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crimecmp.importers.cell_text import number_text, percent_text
from crimecmp.importers.part_xml import walked

if TYPE_CHECKING:
    from xml.etree import ElementTree

_NAMESPACES = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE = f"{{{_NAMESPACES}:table:1.0}}"
_OFFICE = f"{{{_NAMESPACES}:office:1.0}}"
_TEXT = f"{{{_NAMESPACES}:text:1.0}}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")

PERCENTAGE = b'value-type="percentage"'
"""What marks a percentage in the XML."""


def sheets_of(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the name and the rows of each sheet, as text.

    Parameters
    ----------
    content
        The part `content.xml` of the workbook.

    Raises
    ------
    ValueError, xml.etree.ElementTree.ParseError
        If it is not sound XML.
    """
    name, width = "", 0
    rows: list[tuple[list[str], int]] = []
    for event, node in walked(content):
        if node.tag == f"{_TABLE}table" and event == "start":
            name, rows, width = node.get(f"{_TABLE}name", ""), [], 0
        elif node.tag == f"{_TABLE}table-row" and event == "end":
            cells = _row(node)
            times = int(node.get(f"{_TABLE}number-rows-repeated", 1))
            rows.append((cells, times))
            width = max(width, len(cells))
            node.clear()
        elif node.tag == f"{_TABLE}table" and event == "end":
            while rows and not rows[-1][0]:
                rows.pop()
            yield name, [cells + [""] * (width - len(cells)) for cells, n in rows for _ in range(n)]
            node.clear()


def _row(row: ElementTree.Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if cell.tag in _CELLS:
            times = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
            text = _cell(cell) if cell.tag == _CELLS[0] else ""
            if text:
                cells += [text] * times
            else:
                cells += [""] * min(times, _WIDEST - len(cells))
    while cells and not cells[-1]:
        cells.pop()
    return cells


_WIDEST = 16_384
"""The most columns of a sheet: blank cells repeated to its edge are no cells."""


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
