"""CSV: comma, LF, UTF-8, empty for missing; the columns of `crimecmp.comparison.row`."""

from __future__ import annotations

import csv
from typing import TextIO

from crimecmp.comparison.row import Cell
from crimecmp.document.report import Report
from crimecmp.render.cells import texts
from crimecmp.render.screen import Screen

_FORMULA_STARTS = tuple("=+-@＝＋－＠")


def render(report: Report, stream: TextIO, screen: Screen) -> None:
    """Write the rows of the page under one header."""
    del screen
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(column.name for column in report.columns)
    text = texts(report.columns)
    for row in report.rows:
        writer.writerow(map(_inert, row, text(row)))


def _inert(cell: Cell, text: str) -> str:
    """Return text with an apostrophe before it where a spreadsheet would read a formula."""
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULA_STARTS) else text
