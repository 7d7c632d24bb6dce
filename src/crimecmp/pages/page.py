"""A page made of parts, with its sources described and each note given once."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.comparison.row import Output, cells
from crimecmp.document.report import Note, Report
from crimecmp.pages.part import Part
from crimecmp.tables.dataset import Dataset, described_sources
from crimecmp.text import in_words


def page_of(
    data: Dataset,
    title: str,
    parts: Sequence[Part],
    columns: tuple[Output, ...],
    notes: tuple[Note, ...] = (),
) -> Report:
    """Return the page made of some parts, with the sources of all their figures."""
    sources = [row.source for part in parts for row in part.rows]
    sources += [note.source for part in parts for note in part.section.notes if note.source]
    left_out = tuple(
        Note(f"{name} in {data.label} is not a table of crimecmp and was left out.")
        for name in data.left_out
    )
    page = Report(
        title,
        tuple(part.section for part in parts),
        columns,
        cells([row for part in parts if part.machine for row in part.rows], columns),
        described_sources(data, data.in_order(sources)),
        (*notes, *left_out),
    )
    return _with_each_note_once(page)


def _with_each_note_once(page: Report) -> Report:
    """Move notes that several tables share to the end of the page, and name the tables."""
    titles_of: dict[Note, list[str]] = {}
    for section in page.sections:
        for note in section.notes:
            titles_of.setdefault(note, []).append(section.title.lower())
    shared = {note: titles for note, titles in titles_of.items() if len(titles) > 1}
    sections = tuple(
        section._replace(notes=tuple(note for note in section.notes if note not in shared))
        for section in page.sections
    )
    moved = tuple(
        note._replace(text=f"On {in_words(titles)}: {note.text}") for note, titles in shared.items()
    )
    return page._replace(sections=sections, notes=(*moved, *page.notes))
