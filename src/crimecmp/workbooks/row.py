"""A row of a sheet while a workbook is read."""

from __future__ import annotations

Row = tuple[int, list[str]]
"""The number of a row that is not blank, counted from 1, and its cells up to the last filled."""


def without_blank_end(cells: list[str]) -> list[str]:
    """Return cells up to the last that is filled."""
    while cells and not cells[-1]:
        cells.pop()
    return cells
