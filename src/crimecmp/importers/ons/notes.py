"""What is to be known of figures beside what they are."""

from __future__ import annotations

from crimecmp.importers.figures import area_name
from crimecmp.importers.imported import TRANSPORT_POLICE, Known
from crimecmp.importers.ons.cells import NOT_AVAILABLE, Cell, missing
from crimecmp.importers.ons.titles import INCIDENTS
from crimecmp.names import DEFAULT_BENCHMARK
from crimecmp.text import in_words

_IN_IT = "Includes British Transport Police."
_NOT_IN_IT = "Without British Transport Police."


def joined(*notes: str) -> str:
    """Return notes as one text, each once, empty ones left out."""
    return " ".join(dict.fromkeys(filter(None, notes)))


def missing_note(what: str, cell: Cell | None) -> str:
    """Return the note that a figure is missing, and why; nothing where it is there."""
    return f"The {what} is missing: {cell.reason}." if cell and cell.reason else ""


def notes_on(known: Known, *cells: Cell) -> str:
    """Return how figures are marked, what is in national ones, and which footnotes there are."""
    notes = []
    for cell in cells:
        notes.append(flag_note(cell))
        if cell.row.area == DEFAULT_BENCHMARK:
            notes += _national(cell, known)
    notes += [
        f"{cell.table.name} has footnotes on this area: {cell.row.marks}."
        for cell in cells
        if cell.row.marks
    ]
    return joined(*notes)


def flag_note(cell: Cell) -> str:
    """Return the note on how a number is marked, nothing where it is not."""
    return f"Marked [{cell.flag}] in {cell.table.name}." if cell.flag else ""


def _national(cell: Cell, known: Known) -> list[str]:
    """Return what is in a national figure, and whose figures are not."""
    table, transport = cell.table, cell.row.has_transport_police
    if transport is None and table.kind != INCIDENTS:
        transport = True
    notes = [] if transport is None else [_IN_IT if transport else _NOT_IN_IT]
    without = [
        row.area
        for row in table.rows
        if row.area != TRANSPORT_POLICE and missing(table.cell(row, cell.column)) == NOT_AVAILABLE
    ]
    if left_out := dict.fromkeys([*table.excluded, *without]):
        names = in_words(area_name(area, known) for area in left_out)
        notes.append(f"Leaves out {names}, whose figures are not available.")
    return notes
