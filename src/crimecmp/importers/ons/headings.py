"""The headings of a sheet: the columns of area codes, of names and of figures, found by words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from crimecmp.importers.files import Sheet
from crimecmp.importers.ons.marks import code_in, unmarked
from crimecmp.tables.names import normal

_CODE = re.compile(r"((area|ons|geography|police force area) )?codes?")
_NAME = re.compile(
    r"area|(area|force|geography|region) names?|(police )?force|"
    r"((english )?regions? (and|or) )?police force areas?( names?)?( (and )?(english )?regions?)?"
)
_UNIT = re.compile(
    r"numbers?|per ?cent(age)?s?( change)?|rates? per 1 ?000 (population|households)|"
    r"mid year( estimates)?|thousands|000s?"
)
_THOUSANDS = ("thousands", "000s", "000")
_MOST_ROWS = 30  # before the first area
_MOST_COLUMNS = 4  # the area's code and name stand in these


class Headings(NamedTuple):
    """Where the headings are.

    Parameters
    ----------
    row
        The number, from 0, of the row that heads the column of area names, or of codes.
    name
        The number of the column of names.
    code
        That of the column of codes; None where there are no codes.
    """

    row: int
    name: int
    code: int | None


class Column(NamedTuple):
    """A column of figures.

    Parameters
    ----------
    number
        Its number in the sheet, from 0.
    label
        Its heading without footnote marks: the lowest text over it that is no unit.
    unit
        The lowest text over it that is a unit, empty where there is none.
    texts
        Every text over it, lowest first, those to its left taken where it has none of its own.
    """

    number: int
    label: str
    unit: str
    texts: tuple[str, ...]

    @property
    def problem(self) -> str:
        """Why its figures cannot be read, or nothing."""
        if not self.texts:
            return "the column holds figures and has no heading"
        if normal(self.unit) in _THOUSANDS:
            return "the column is in thousands, which crimecmp does not read"
        return ""


@lru_cache
def letters(column: int) -> str:
    """Return the spreadsheet's name of a column whose number, from 0, is given: `A`, `AB`."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_of(row: Sequence[str], column: int) -> str:
    """Return a row's cell, an empty one where the row is too short."""
    return row[column] if column < len(row) else ""


def headings_of(sheet: Sheet) -> Headings | None:
    """Return where the headings of a sheet are; None where none is of areas."""
    rows = sheet.rows
    top = _heading_row(rows)
    if top is None:
        return None
    near = [rows[row] for row in (top, top + 1, top - 1) if 0 <= row < len(rows)]
    code, name = _headed(near, _CODE), _headed(near, _NAME)
    if code is None:
        code = _coded(rows)
    if name is None:
        name = 0 if code is None else code + 1
    if code is not None and not any(code_in(cell_of(row, code)) for row in rows[top:]):
        code = None
    return Headings(top, name, code)


def column_of(heads: Sequence[Sequence[str]], first: int, number: int) -> Column:
    """Return a column by its headings.

    Parameters
    ----------
    heads
        The rows over the first area.
    first
        The number of the first column of figures.
    number
        The column's own.
    """
    label = unit = ""
    texts = []
    for row in reversed(heads):
        own = cell_of(row, number)
        if own and _UNIT.fullmatch(normal(unmarked(own))):
            unit = unit or unmarked(own)
        elif own:
            label = label or unmarked(own)
        reaching = own or next(filter(None, reversed(row[first:number])), "")
        if reaching:
            texts.append(reaching)
    return Column(number, label, unit, tuple(texts))


def _heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the number of the row that heads the column of area names, or of codes."""
    for pattern in (_NAME, _CODE):
        for number, row in enumerate(rows[:_MOST_ROWS]):
            if _headed([row], pattern) is not None:
                return number
    return None


def _headed(rows: Sequence[Sequence[str]], pattern: re.Pattern[str]) -> int | None:
    """Return the column that the first of some rows heads so."""
    for row in rows:
        for column, text in enumerate(row[:_MOST_COLUMNS]):
            if text and pattern.fullmatch(normal(unmarked(text))):
                return column
    return None


def _coded(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the column that holds area codes without saying so, if there is one."""
    for column in range(_MOST_COLUMNS):
        if any(code_in(cell_of(row, column)) for row in rows):
            return column
    return None
