"""The lines beneath a table, in words: legend, notes and sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from crimecmp.render.cells import MISSING, for_people
from crimecmp.report import Note, Report, Section
from crimecmp.text import visible

_OGL = "Open Government Licence v3.0"
_ATTRIBUTION = f"Contains public sector information licensed under the {_OGL}."


def legend(section: Section) -> str:
    """Return what the sign for missing stands for in a section; empty where nothing is missing."""
    gaps = [
        column.numeric
        for column in section.columns
        for record in section.shown
        if for_people(column, record) == MISSING
    ]
    if not gaps:
        return ""
    return f"{MISSING} no figure" if any(gaps) else f"{MISSING} none given"


def note_line(note: Note, report: Report) -> str:
    """Return a note with the place where it was said, if it has one."""
    if not note.locator:
        return visible(note.text)
    titles = {row["source"]: row["title"] for row in report.sources}
    title = titles.get(note.source, note.source)
    return visible(f"{note.text} ({title}; {note.locator})")


def source_lines(report: Report) -> list[str]:
    """Return a line for each source of the page, then the attribution that its licence asks for."""
    lines = [visible(_source_line(row)) for row in report.sources]
    if any(row["licence"] == _OGL for row in report.sources):
        lines.append(_ATTRIBUTION)
    return lines


def _source_line(row: Mapping[str, str]) -> str:
    published = ", ".join(filter(None, [row["publisher"], _published(row["published"])]))
    parts = [row["title"], published, row["note"].rstrip("."), row["licence"], row["url"]]
    return f"{row['source']}: {'. '.join(part for part in parts if part)}"


def _published(when: str) -> str:
    """Return `2014-11` as `November 2014`; a year, a day or other text as it is."""
    try:
        return f"{date.fromisoformat(f'{when}-01'):%B %Y}"
    except ValueError:
        return when
