"""JSON: title, columns, rows, notes and sources; null for missing."""

from __future__ import annotations

import json
from typing import TextIO

from crimecmp.document.report import Report
from crimecmp.render.cells import chosen, values
from crimecmp.render.screen import Screen
from crimecmp.text import visible


def render(report: Report, stream: TextIO, screen: Screen) -> None:
    """Write the page as one JSON object."""
    del screen
    plain, written = values(report.columns), chosen(report)
    columns = written(report.columns)
    names = [column.name for column in columns]
    page = {
        "title": visible(report.title),
        "columns": [
            {"name": column.name, "label": column.label, "unit": column.unit} for column in columns
        ],
        "rows": [dict(zip(names, written(plain(row)), strict=True)) for row in report.rows],
        "notes": [
            {
                "text": visible(note.text),
                "source": visible(note.source) or None,
                "locator": visible(note.locator) or None,
            }
            for note in report.all_notes
        ],
        "sources": [
            {name: visible(cell) or None for name, cell in row.items()} for row in report.sources
        ],
    }
    json.dump(page, stream, ensure_ascii=False, allow_nan=False, indent=2)
    stream.write("\n")
