"""Read the cells of a table: numbers, and the marks shown where a figure is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crimecmp.importers.ons.areas import AreaRow
from crimecmp.importers.ons.headings import Column
from crimecmp.importers.ons.marks import bracketed
from crimecmp.importers.ons.table import Table
from crimecmp.importers.ons.titles import CHANGES
from crimecmp.tables.cells import MAX_DIGITS, wrong
from crimecmp.tables.schema import TABLES
from crimecmp.tables.schema import Column as Rule
from crimecmp.text import exactly, in_words, quoted

FIGURES = (TABLES["rates"].column("value"), TABLES["changes"].column("percent"))
"""The columns of rates and changes. The number of decimals shows how these were rounded."""

NOT_AVAILABLE = "not available"
_NOT_APPLICABLE = "not applicable"
_NOT_SHOWN = "not shown"
_SMALL_BASE = "the base is under 50"

_REASONS = {
    "": "the cell is empty",
    "..": NOT_AVAILABLE,
    "...": NOT_AVAILABLE,
    "[x]": NOT_AVAILABLE,
    "n/a": NOT_AVAILABLE,
    "+": "suppressed, as too few people live there",
    "[c]": "suppressed, as it is confidential",
    ".": _NOT_APPLICABLE,
    ":": _NOT_APPLICABLE,
    "[z]": _NOT_APPLICABLE,
    "*": _NOT_SHOWN,
    "[u]": _SMALL_BASE,
    "[low]": "too small to be shown",
}
"""The marks shown where a figure is missing, and what each means, in our own words."""

_OF_THE_LEGEND = ("[u]",)
"""Marks that publishers use for more than one reason: a legend that leaves one out leaves it open
which is meant."""

_DASH = "-"
_EQUIVALENT = {"–": _DASH, "—": _DASH, "−": _DASH, "…": "...", "‥": ".."}
_NUMBER = re.compile(
    r"(?P<sign>[+−-]?)(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)"
    r"\s*(?P<percent>%?)(?:\s*\[(?P<flag>\w+)\])?"
)
_ERROR = re.compile(r"#[A-Z0-9/]+[!?A]")
_NO_DECIMALS = re.compile(r"\.0+$")


class Cell(NamedTuple):
    """A cell with a figure.

    Parameters
    ----------
    table, row, column
        Where the cell is.
    number
        The number shown; empty if there is none.
    reason
        Why there is no number.
    flag
        The mark on a number, such as `r` for revised.
    less
        The cell of British Transport Police that was subtracted from this one, if any.
    unexplained
        What stands in place of the number, if it is not a mark that the table explains.
    """

    table: Table
    row: AreaRow
    column: Column
    number: str = ""
    reason: str = ""
    flag: str = ""
    less: Cell | None = None
    unexplained: str = ""

    @property
    def reference(self) -> str:
        """The spreadsheet name of the cell, such as `G11`."""
        return self.table.reference(self.row, self.column)


def cell_at(table: Table, row: AreaRow, column: Column, rule: Rule) -> Cell:
    """Read a cell.

    Parameters
    ----------
    table, row, column
        Where the cell is.
    rule
        The column of the data model that the figure is for.

    Returns
    -------
    Cell
        The number, or the reason why it is missing.

    Raises
    ------
    ValueError
        If the cell shows neither a number nor a known mark, or its number breaks the rule.
    """
    shown = table.cell(row, column)
    match = _NUMBER.fullmatch(shown.lower())
    if match is None or (match["percent"] and rule.name != "percent"):
        reason = _dash_reason(table, column) if _is_dash(shown) else _reason(table, shown)
        if reason:
            return Cell(table, row, column, reason=reason)
        if mark := unexplained(shown):
            return Cell(table, row, column, reason=f"the cell holds {mark}", unexplained=mark)
        raise ValueError(
            f"{quoted(shown)} is not a number or a known mark; correct the cell, or empty it where"
            " the figure is missing"
        )
    sign, number, _, flag = match.groups()
    number = number.replace(",", "")
    if "." in number:
        # Some files print more digits than a spreadsheet stores. Keep only those it stores.
        if len(number.replace(".", "").lstrip("0")) > MAX_DIGITS:
            number = exactly(float(number))
        if rule not in FIGURES:
            number = _NO_DECIMALS.sub("", number)
    if sign and sign != "+":
        number = f"-{number}"
    if problem := wrong(rule, number):
        raise ValueError(problem)
    return Cell(table, row, column, number, flag=flag or "")


def missing(shown: str) -> str:
    """Return why a cell with this text has no figure; empty if it is not a known mark."""
    mark = bracketed(shown) or _EQUIVALENT.get(shown, shown).lower()
    return _REASONS.get(mark, "")


def unexplained(shown: str) -> str:
    """Return what stands in a cell in place of a figure, if that is clear but not why; else empty.

    It is a mark in brackets that nobody explains, or what a spreadsheet shows or keeps where a
    formula has no value.
    """
    if shown.startswith("="):
        return "a formula without a stored value"
    return bracketed(shown) or (shown if _ERROR.fullmatch(shown) else "")


def _reason(table: Table, shown: str) -> str:
    """Return why a cell has no figure: what the table's legend says of its mark, or our words."""
    mark = bracketed(shown)
    if meaning := table.legend.get(mark):
        return f"{mark}, '{meaning}'"
    return "" if mark in _OF_THE_LEGEND and table.legend else missing(shown)


def _is_dash(shown: str) -> bool:
    return _EQUIVALENT.get(shown, shown) == _DASH


def _dash_reason(table: Table, column: Column) -> str:
    """Return what `-` means in a column.

    In a table of changes it means a small base, unless every cell of the column has it.
    """
    if all(_is_dash(table.cell(row, column)) for row in table.rows):
        return "not shown for any area"
    return _SMALL_BASE if table.kind == CHANGES else _NOT_SHOWN


def locator(cells: Iterable[Cell]) -> str:
    """Return where some cells are: `Table P1, cells G7 less G62; Table P3, cell J11`."""
    places: dict[str, list[Cell]] = {}
    for cell in cells:
        places.setdefault(cell.table.name, []).append(cell)
    return "; ".join(f"{name}, {_references(at)}" for name, at in places.items())


def _references(cells: Sequence[Cell]) -> str:
    if len(cells) == 1 and cells[0].less is None:
        return f"cell {cells[0].reference}"
    references = in_words(cell.reference for cell in cells)
    less = in_words(cell.less.reference for cell in cells if cell.less)
    return f"cells {references} less {less}" if less else f"cells {references}"
