"""What may stand in a cell of a table, and what the text of a cell says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from crimecmp.tables.schema import CellType, Column
from crimecmp.text import quoted

OVER = "; over "
"""Separates the place of the count from the base, in the locator of a calculated rate."""

MAX_DIGITS = 15
"""The most significant digits that a decimal number can have and still be printed from a binary
float exactly as it was read."""

YEARS = range(1800, 2200)
"""Years that a figure can be for: a date outside them is a typing error."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)\Z")
_INTEGER = re.compile(r"[+-]?[0-9]+\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def split_list(cell: str) -> list[str]:
    """Return the parts of a `list` cell, which semicolons separate, without surrounding blanks."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def split_counts(cell: str) -> list[int | None]:
    """Return the whole numbers of a `counts` cell, which semicolons separate; None for a gap."""
    parts = cell.split(";")
    return [int(part) if part else None for part in parts] if "" in parts else list(map(int, parts))


def decimals(cell: str) -> int:
    """Return the number of decimals that a figure was printed with: 1 for `5.0`, 0 for `11`."""
    return len(cell.partition(".")[2])


def per(unit: str) -> float | None:
    """Return the number that a unit is per: 1000 for `per 1,000 population`; None without one."""
    found = re.match(r"per ([0-9][0-9,]*)\b", unit)
    return float(found[1].replace(",", "")) if found else None


def _wrong_id(column: Column, cell: str) -> str | None:
    if column.refers or _ID.match(cell):
        return None
    return (
        f"{quoted(cell)} is not an id; use lower-case letters and digits with hyphens between words"
    )


def _wrong_list(column: Column, cell: str) -> str | None:
    strange = [part for part in split_list(cell) if column.choices and part not in column.choices]
    return _not_a_choice(column, strange[0]) if strange else None


def _wrong_counts(column: Column, cell: str) -> str | None:
    problems = (_wrong_integer(column, part) for part in cell.split(";") if part)
    return next(filter(None, problems), None)


def _wrong_number(column: Column, cell: str) -> str | None:
    if not _NUMBER.match(cell):
        if re.match(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?\Z", cell):
            advice = f"leave out the thousands separators: {cell.replace(',', '')}"
        elif re.match(r"[+-]?[0-9]+,[0-9]+\Z", cell):
            advice = f"write the decimals after a point: {cell.replace(',', '.')}"
        elif re.match(r"[+-]?[0-9.]+[eE][+-]?[0-9]+\Z", cell):
            advice = "write it out in digits, without an exponent"
        elif column.nullable or not column.required:
            advice = "leave the cell empty where the figure is missing"
        else:
            advice = "write digits with at most one decimal point"
        return f"{quoted(cell)} is not a number; {advice}"
    if len(cell.lstrip("+-").replace(".", "").lstrip("0")) > MAX_DIGITS:
        return (
            f"{quoted(cell)} has more than {MAX_DIGITS} significant digits; round it at its source"
        )
    return _out_of_bounds(column, cell)


def _wrong_integer(column: Column, cell: str) -> str | None:
    if _NUMBER.match(cell) and not _INTEGER.match(cell):
        return f"{quoted(cell)} is not a whole number"
    return _wrong_number(column, cell)


def _out_of_bounds(column: Column, cell: str) -> str | None:
    value = float(cell)
    if len(cell) > 2 * MAX_DIGITS:
        return f"{quoted(cell)} has too many digits to be stored exactly"
    if column.low is not None and value < column.low:
        return f"{quoted(cell)} is below {column.low:g}, which a {column.name} cannot be"
    if column.above is not None and value <= column.above:
        return f"{quoted(cell)} is not above {column.above:g}, as a {column.name} must be"
    if column.high is not None and value > column.high:
        return f"{quoted(cell)} is over {column.high:g}, which a {column.name} here cannot be"
    return None


def _wrong_date(column: Column, cell: str) -> str | None:
    del column
    if _DATE.match(cell):
        try:
            year = date.fromisoformat(cell).year
        except ValueError:
            return f"{quoted(cell)} is not a date: there is no such day"
        if year not in YEARS:
            return f"{quoted(cell)} is not in the years {YEARS.start} to {YEARS.stop - 1}"
        return None
    return f"{quoted(cell)} is not a date; write it as YYYY-MM-DD, such as 2014-06-30"


def _wrong_month(column: Column, cell: str) -> str | None:
    problem = _wrong_date(column, f"{cell}-01")
    return problem and f"{quoted(cell)} is not a month; write it as YYYY-MM, such as 2014-06"


def _wrong_flag(column: Column, cell: str) -> str | None:
    del column
    return None if cell in ("true", "false") else f"{quoted(cell)} is neither true nor false"


_RULES: dict[CellType, Callable[[Column, str], str | None]] = {
    "id": _wrong_id,
    "list": _wrong_list,
    "counts": _wrong_counts,
    "number": _wrong_number,
    "integer": _wrong_integer,
    "date": _wrong_date,
    "month": _wrong_month,
    "flag": _wrong_flag,
}


def _not_a_choice(column: Column, part: str) -> str:
    return f"{quoted(part)} is not one of: {', '.join(column.choices)}"


def wrong(column: Column, cell: str) -> str | None:
    """Return what is wrong with a cell by itself, and what to do; None where it is sound.

    Parameters
    ----------
    column
        The declaration of the cell's column.
    cell
        The cell's text, without surrounding blanks.
    """
    if not cell:
        if column.required and not column.nullable:
            return "the cell is empty; fill it in"
        return None
    if column.choices and column.type != "list" and cell not in column.choices:
        return _not_a_choice(column, cell)
    rule = _RULES.get(column.type)
    return rule(column, cell) if rule else None
