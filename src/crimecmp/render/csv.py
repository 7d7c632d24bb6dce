"""CSV: commas, LF, UTF-8, empty cells for missing values."""

from __future__ import annotations

import csv
from typing import TextIO

from crimecmp.comparison.row import Cell
from crimecmp.document.report import Report
from crimecmp.render.cells import chosen, texts
from crimecmp.render.screen import Screen

_FORMULA_STARTS = tuple("=+-@＝＋－＠")


def render(report: Report, stream: TextIO, screen: Screen) -> None:
    """Write the rows of the page under one header."""
    del screen
    writer = csv.writer(stream, lineterminator="\n")
    text, written = texts(report.columns), chosen(report)
    writer.writerow(column.name for column in written(report.columns))
    for row in report.rows:
        writer.writerow(map(_inert, written(row), written(text(row))))


def _inert(cell: Cell, text: str) -> str:
    """Return text, after an apostrophe if a spreadsheet would read it as a formula."""
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULA_STARTS) else text
