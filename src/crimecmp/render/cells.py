"""The cells of machine output, as plain values and as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from crimecmp.comparison.row import Cell, Output
from crimecmp.document.report import Report
from crimecmp.text import rounded, visible

Row = Sequence[Cell]

T = TypeVar("T")


def chosen(report: Report) -> Callable[[Sequence[T]], Sequence[T]]:
    """Return a function from what each column has to what those have that are written."""
    if not report.only:
        return lambda each: each
    names = [column.name for column in report.columns]
    places = [names.index(name) for name in report.only]
    return lambda each: [each[place] for place in places]


def values(columns: Sequence[Output]) -> Callable[[Row], list[Cell]]:
    """Return a function from a row to plain values: ISO dates, and `int` for whole figures."""
    places = _decimal_places(columns)

    def plain(row: Row) -> list[Cell]:
        return [
            _plain(cell, _printed(row, decimals))
            for cell, decimals in zip(row, places, strict=True)
        ]

    return plain


def texts(columns: Sequence[Output]) -> Callable[[Row], list[str]]:
    """Return a function from a row to text: missing is empty, figures keep printed decimals."""
    places = _decimal_places(columns)

    def text(row: Row) -> list[str]:
        return [
            _text(cell, _printed(row, decimals)) for cell, decimals in zip(row, places, strict=True)
        ]

    return text


def _decimal_places(columns: Sequence[Output]) -> list[list[int]]:
    """Return the positions of the columns with each column's numbers of decimals."""
    names = [column.name for column in columns]
    return [[names.index(name) for name in column.decimals] for column in columns]


def _printed(row: Row, places: Sequence[int]) -> int | None:
    """Return the number of decimals of a cell as printed; None if it was not printed."""
    given = [cell for cell in (row[place] for place in places) if isinstance(cell, int)]
    return max(given, default=0) if places else None


def _plain(cell: Cell, printed: int | None) -> Cell:
    if isinstance(cell, str):
        return visible(cell) or None
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and (printed == 0 or (printed is None and cell.is_integer())):
        return int(cell)
    return cell


def _text(cell: Cell, printed: int | None) -> str:
    value = _plain(cell, printed)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and printed is not None:
        return rounded(value, printed)
    return str(value)
