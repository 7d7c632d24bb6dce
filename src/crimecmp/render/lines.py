"""The lines under a table: legend, notes and sources."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crimecmp.document.attribution import attribution, publisher_words
from crimecmp.document.report import Note, Report, Section
from crimecmp.text import MISSING, visible

_URL = re.compile(r"https://[A-Za-z0-9./_~%?=-]+\Z")


def legend(section: Section) -> str:
    """Explain the sign for missing values in a section; empty where nothing is missing."""
    gaps = [
        column.numeric
        for row in section.cells
        for column, text in zip(section.columns, row, strict=True)
        if text == MISSING
    ]
    if not gaps:
        return ""
    return f"{MISSING} no figure" if any(gaps) else f"{MISSING} none given"


def note_line(note: Note, report: Report) -> str:
    """Return a note, with its source and locator if it has one."""
    if not note.locator:
        return visible(note.text)
    titles = {row["source"]: row["title"] for row in report.sources}
    title = titles.get(note.source, note.source)
    return visible(f"{note.text} ({title}; {note.locator})")


def source_lines(report: Report) -> list[str]:
    """Return a line for each source of the page, then the attribution that licences require."""
    return [*(visible(_source_line(row)) for row in report.sources), *attribution(report.sources)]


def with_address(line: str) -> tuple[str, str]:
    """Split a line into its text and the `https` address at its end, which may be empty."""
    text, blank, last = line.rpartition(" ")
    return (text + blank, last) if _URL.match(last) else (line, "")


def _source_line(row: Mapping[str, str]) -> str:
    parts = [
        row["title"],
        publisher_words(row),
        row["note"].rstrip("."),
        row["licence"],
        row["url"],
    ]
    return f"{row['source']}: {'. '.join(part for part in parts if part)}"
