"""What the XML of an xlsx workbook says of cells and the reader of workbooks leaves out.

The reader gives a percentage as the fraction that is stored, and nothing at all for an error or for
a formula whose value was not stored.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from crimecmp.workbooks.cell_text import percent_text
from crimecmp.workbooks.part_xml import bare, parsed

MAIN_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
"""The namespace of the XML of a sheet."""

_BUILT_IN_PERCENT = {"9", "10"}
_CELL = re.compile(
    rb"""<c\b(?P<attributes>[^>]*?)(?:/>|>(?P<content>.*?)</c>)""",
    re.DOTALL,
)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_STYLE = re.compile(rb"""\bs=["']([0-9]+)["']""")
_ERROR = re.compile(rb"""\bt=["']e["']""")
_VALUE = re.compile(rb"<v\b[^>]*>([^<]+)</v>")
_FORMULA = re.compile(rb"<f\b[^>]*?(?:/>|>(?P<text>[^<]*)</f>)")
_INLINE = b"<is>"


class Odd(NamedTuple):
    """A cell that the reader does not give as it is shown.

    Parameters
    ----------
    row, column
        Its place, from 0.
    text
        What is shown in place of it; empty for a percentage, which is worked out from its fraction.
    """

    row: int
    column: int
    text: str = ""

    def shown(self, read: str) -> str:
        """Return what the cell shows, given what the reader made of it."""
        if self.text:
            return self.text
        try:
            return percent_text(read)
        except ArithmeticError:  # text in a cell that is made for a percentage
            return read


def percent_styles(styles: bytes) -> frozenset[str]:
    """Return the numbers of the cell styles that show a fraction as a percentage."""
    root = parsed(styles)
    formats = set(_BUILT_IN_PERCENT)
    for node in root.iter():
        if bare(node.tag) == "numFmt" and "%" in node.get("formatCode", ""):
            formats.add(node.get("numFmtId", ""))
    cells = next((node for node in root.iter() if bare(node.tag) == "cellXfs"), None)
    return frozenset(
        str(number)
        for number, style in enumerate(cells if cells is not None else ())
        if style.get("numFmtId") in formats
    )


def sheets_by_part(workbook: bytes, relations: bytes) -> dict[str, str]:
    """Return the name of the sheet in each part of a workbook."""
    parts = {node.get("Id"): node.get("Target", "") for node in parsed(relations)}
    found = {}
    for node in parsed(workbook).iter():
        if bare(node.tag) == "sheet":
            link = next((value for key, value in node.items() if bare(key) == "id"), "")
            target = parts.get(link, "").removeprefix("/xl/").removeprefix("./")
            found[f"xl/{target}"] = node.get("name", "")
    return found


def odd_cells(part: bytes, percent: frozenset[str]) -> list[Odd]:
    """Return the cells of a sheet that are shown otherwise than they are read.

    Parameters
    ----------
    part
        The XML of the sheet.
    percent
        The styles of percentages, from `percent_styles`.
    """
    if not (percent or b"<f" in part or _ERROR.search(part)):
        return []
    found = []
    for cell in _CELL.finditer(part):
        attributes, content = cell["attributes"], cell["content"] or b""
        place = _PLACE.search(attributes)
        style = _STYLE.search(attributes)
        if place is None:
            continue
        row, column = int(place[2]) - 1, column_number(place[1]) - 1
        value = _VALUE.search(content)
        if _ERROR.search(attributes) and value:
            found.append(Odd(row, column, value[1].decode("utf-8", "replace")))
        elif value is None and _INLINE not in content and (formula := _FORMULA.search(content)):
            text = unescape((formula["text"] or b"").decode("utf-8", "replace"))
            found.append(Odd(row, column, f"={text}"))
        elif value and style and style[1].decode() in percent:
            found.append(Odd(row, column))
    return found


def column_number(letters: bytes) -> int:
    """Return the number of a column, counted from 1: 27 for `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column, counted from 1: `AA` for 27."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
