"""Notes that explain figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from crimecmp.importers.figures import area_name
from crimecmp.importers.imported import TRANSPORT_POLICE, Known
from crimecmp.importers.ons.cells import NOT_AVAILABLE, Cell, missing
from crimecmp.importers.ons.national import has_transport_police
from crimecmp.importers.ons.table import Table
from crimecmp.importers.ons.titles import CHANGES, COUNTS, RATES
from crimecmp.importers.ons.years import month_ends
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import in_words

_WITH_BTP = "Includes British Transport Police."
_WITHOUT_BTP = "Without British Transport Police."
_WITH_TRANSPORT_POLICE = (COUNTS, CHANGES, RATES)
"""The tables in which England and Wales includes British Transport Police unless they say not."""

_LESS_BTP = "The published line less British Transport Police."

YEAR = 12
"""The number of months in a year."""

_STOPS = (".", "!", "?", '"', "”", "’")

_MONTHS = re.compile(
    r"\b(?P<months>\d{1,2}) months of the"
    r" (?:(?P<first>\d{4})/\d{2,4}\b|(?:financial )?year (?P<ending>ending \w+ \d{4}))"
)


def joined(*notes: str) -> str:
    """Return notes as one text, without repeats or empty notes."""
    return " ".join(dict.fromkeys(filter(None, notes)))


def missing_note(what: str, cell: Cell | None) -> str:
    """Return a note that a figure is missing, and why; empty if it is not missing."""
    return f"The {what} is missing: {cell.reason}." if cell and cell.reason else ""


def notes_on(known: Known, *cells: Cell) -> str:
    """Return notes on the figures' flags, on what national figures include, and their footnotes."""
    notes = []
    for cell in cells:
        notes.append(flag_note(cell))
        if cell.row.area == DEFAULT_BENCHMARK:
            notes += _national(cell, known)
    return joined(*notes, *_footnotes(cells))


def months_of(cell: Cell, end: str) -> int:
    """Return how many months of the year to `end` a force's figure covers, from its footnotes."""
    if cell.row.area == DEFAULT_BENCHMARK or not cell.row.marks:
        return YEAR
    texts = (cell.table.footnotes.get(mark, "") for mark in _marks(cell))
    found = (match for text in texts for match in _MONTHS.finditer(text))
    return min((int(match["months"]) for match in found if _end(match) == end), default=YEAR)


def _end(match: re.Match[str]) -> str:
    if match["first"]:
        return f"{int(match['first']) + 1}-03-31"
    ends = month_ends(match["ending"])
    return ends[0].isoformat() if ends else ""


def _marks(cell: Cell) -> list[str]:
    return cell.row.marks.split(", ") if cell.row.marks else []


def notes_on_titles(tables: Iterable[Table]) -> str:
    """Return the footnotes on the titles of some tables, as far as the file gives their text."""
    return joined(*_quoted((table, mark) for table in tables for mark in table.title_notes))


def notes_on_headings(*cells: Cell) -> str:
    """Return the footnotes on the cells' headings, as far as the file gives their text."""
    return joined(*_quoted((cell.table, mark) for cell in cells for mark in cell.column.notes))


def _quoted(marks: Iterable[tuple[Table, str]]) -> Iterator[str]:
    """Yield the text of each footnote once, under the first number that a table gives it."""
    quoted = {""}
    for table, mark in marks:
        text = table.footnotes.get(mark, "")
        if text not in quoted:
            stop = "" if text.endswith(_STOPS) else "."
            yield f"Footnote {mark} of {table.name}: {text}{stop}"
        quoted.add(text)


def _footnotes(cells: Sequence[Cell]) -> Iterator[str]:
    """Yield the footnotes on the cells' areas, quoted from the file if it gives their text."""
    yield from _quoted(
        (cell.table, mark)
        for cell in cells
        for mark in _marks(cell)
        if not (
            cell.row.area == DEFAULT_BENCHMARK
            and has_transport_police(cell.table.footnotes.get(mark, ""))
        )
    )
    for cell in cells:
        name, texts = cell.table.name, cell.table.footnotes
        if without := [mark for mark in _marks(cell) if mark not in texts]:
            yield f"{name} has footnotes on this area: {', '.join(without)}."


def flag_note(cell: Cell) -> str:
    """Return a note on the flag of a number; empty if it has none."""
    return f"Marked [{cell.flag}] in {cell.table.name}." if cell.flag else ""


def _national(cell: Cell, known: Known) -> list[str]:
    """Return notes on which forces a national figure includes or leaves out."""
    table, transport = cell.table, cell.row.has_transport_police
    if transport is None and table.kind in _WITH_TRANSPORT_POLICE:
        transport = True
    notes = [] if transport is None else [_WITH_BTP if transport else _WITHOUT_BTP]
    if cell.less:
        notes = [_LESS_BTP]
    without = [
        row.area
        for row in table.rows
        if row.area != TRANSPORT_POLICE and missing(table.cell(row, cell.column)) == NOT_AVAILABLE
    ]
    if left_out := dict.fromkeys([*table.excluded, *without]):
        names = in_words(area_name(area, known) for area in left_out)
        notes.append(f"Leaves out {names}: no figures are available.")
    return notes
