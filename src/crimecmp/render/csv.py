"""CSV: comma, LF, UTF-8, empty for missing; the row shapes of `crimecmp.tables.schema`."""

from __future__ import annotations

import csv
from typing import TextIO

from crimecmp.comparison.columns import OutputColumn
from crimecmp.render import Screen
from crimecmp.render.cells import machine_text
from crimecmp.report import Record, Report

_FORMULA_STARTS = tuple("=+-@＝＋－＠")


def render(report: Report, stream: TextIO, screen: Screen) -> None:
    """Write the rows of all sections under one header."""
    del screen
    writer = csv.writer(stream, lineterminator="\n")
    columns = report.output_columns
    writer.writerow(column.name for column in columns)
    for record in report.records:
        writer.writerow(_cell(column, record) for column in columns)


def _cell(column: OutputColumn, record: Record) -> str:
    """Return a cell, text that a spreadsheet would take for a formula behind an apostrophe."""
    text = machine_text(column, record)
    if isinstance(record.get(column.name), str) and text.startswith(_FORMULA_STARTS):
        return f"'{text}"
    return text
