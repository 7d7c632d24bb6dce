"""CSV: commas, LF, UTF-8, empty cells for missing values."""

from __future__ import annotations

import csv
import re
from typing import TextIO

from crimecmp.comparison.row import Cell
from crimecmp.document.report import Report
from crimecmp.render.cells import chosen, texts
from crimecmp.render.screen import Screen

# Where a locale parts cells by semicolons, what follows one is the start of a cell, quotes or not.
_FORMULA = re.compile(r"""(\A\s*|;[\s"]*)(?=[=+\-@＝＋－＠])""")


def render(report: Report, stream: TextIO, screen: Screen) -> None:
    """Write the rows of the page under one header."""
    del screen
    writer = csv.writer(stream, lineterminator="\n")
    text, written = texts(report.columns), chosen(report)
    writer.writerow(column.name for column in written(report.columns))
    for row in report.rows:
        writer.writerow(map(_inert, written(row), written(text(row))))


def _inert(cell: Cell, text: str) -> str:
    """Return text with an apostrophe before whatever a spreadsheet would read as a formula."""
    return _FORMULA.sub(r"\1'", text) if isinstance(cell, str) else text
