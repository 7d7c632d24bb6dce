"""Find the headings of a sheet by their text: the columns of area codes, names and figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from crimecmp.importers.files import Sheet
from crimecmp.importers.ons.marks import code_in, note_marks, unmarked
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
_HEADING_ROWS = 30  # at the top of a sheet, in which to look for the headings
_AREA_COLUMNS = 4  # at the left of a sheet, in which to look for area codes and names


class Headings(NamedTuple):
    """Where the headings are, as indexes from 0.

    Parameters
    ----------
    row
        The row with the heading of the area names or codes.
    name
        The column of names.
    code
        The column of codes; None if there are no codes.
    """

    row: int
    name: int
    code: int | None


class Column(NamedTuple):
    """A column of figures.

    Parameters
    ----------
    number
        Its index in the sheet, from 0.
    label
        Its heading without footnote marks: the lowest text above it that is not a unit.
    unit
        The lowest text above it that is a unit; empty if there is none.
    texts
        All texts above it, lowest first. A row with no text above the column gives the nearest text
        to its left.
    notes
        The numbers of the notes that its label names in brackets.
    """

    number: int
    label: str
    unit: str
    texts: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def headed(self) -> bool:
        """Whether there is a text of its own above the column."""
        return bool(self.label or self.unit)

    @property
    def problem(self) -> str:
        """Why its figures cannot be read; empty if they can."""
        if not self.texts:
            return "the column holds figures and has no heading"
        if normal(self.unit) in _THOUSANDS:
            return "the column is in thousands, which crimecmp does not read"
        return ""


class Measure(NamedTuple):
    """The column with a metric's figures, and the unit of its rate."""

    unit: str
    column: Column


@lru_cache
def letters(column: int) -> str:
    """Return the spreadsheet name (`A`, `AB`) of a column index, counted from 0."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_of(row: Sequence[str], column: int) -> str:
    """Return a cell of a row; empty if the row is too short."""
    return row[column] if column < len(row) else ""


def headings_of(sheet: Sheet) -> Headings | None:
    """Return where the headings of a sheet are; None if it has no heading of areas."""
    rows = sheet.rows
    top = _heading_row(rows)
    if top is None:
        return None
    near = [rows[row] for row in (top, top + 1, top - 1) if 0 <= row < len(rows)]
    code, name = _column_headed(near, _CODE), _column_headed(near, _NAME)
    if code is None:
        code = _column_of_codes(rows)
    if name is None:
        name = 0 if code is None else code + 1
    if code is not None and not any(code_in(cell_of(row, code)) for row in rows[top:]):
        code = None
    return Headings(top, name, code)


def column_of(heads: Sequence[Sequence[str]], first: int, number: int) -> Column:
    """Return a column, with its headings.

    Parameters
    ----------
    heads
        The rows above the first area.
    first
        The index of the first column of figures.
    number
        The index of the column.
    """
    marked = unit = ""
    texts = []
    for row in reversed(heads):
        text = cell_of(row, number)
        if text and _UNIT.fullmatch(normal(unmarked(text))):
            unit = unit or unmarked(text)
        elif text:
            marked = marked or text
        nearest = text or next(filter(None, reversed(row[first:number])), "")
        if nearest:
            texts.append(nearest)
    return Column(number, unmarked(marked), unit, tuple(texts), tuple(note_marks(marked)))


def _heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the row that heads the area names or codes; None if there is none."""
    for pattern in (_NAME, _CODE):
        for number, row in enumerate(rows[:_HEADING_ROWS]):
            if _column_headed([row], pattern) is not None:
                return number
    return None


def _column_headed(rows: Sequence[Sequence[str]], pattern: re.Pattern[str]) -> int | None:
    """Return the first column with a heading that matches, searching the rows in order."""
    for row in rows:
        for column, text in enumerate(row[:_AREA_COLUMNS]):
            if text and pattern.fullmatch(normal(unmarked(text))):
                return column
    return None


def _column_of_codes(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the first column that holds area codes, with or without a heading, if any."""
    for column in range(_AREA_COLUMNS):
        if any(code_in(cell_of(row, column)) for row in rows):
            return column
    return None
