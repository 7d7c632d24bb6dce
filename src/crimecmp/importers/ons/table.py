"""A sheet that is one of the known tables, and where its parts are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from crimecmp.errors import DataError, Fault
from crimecmp.importers.figures import area_name
from crimecmp.importers.files import Sheet
from crimecmp.importers.imported import Account, Known
from crimecmp.importers.ons.areas import AreaRow, Areas, areas_in
from crimecmp.importers.ons.headings import (
    Column,
    Headings,
    cell_of,
    column_of,
    headings_of,
    letters,
)
from crimecmp.importers.ons.legends import legend
from crimecmp.importers.ons.lines import is_figure
from crimecmp.importers.ons.marks import code_in, unmarked
from crimecmp.importers.ons.national import excluded_forces
from crimecmp.importers.ons.notes_sheets import Footnotes
from crimecmp.importers.ons.titles import (
    COUNTS,
    headlines,
    other_subject,
    table_name,
    title_in,
)
from crimecmp.importers.ons.years import month_ends
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import in_words, quoted

_MIN_FORCES = 10  # forces with area codes that make a sheet look like a table
_CODE_COLUMNS = 4  # columns at the left, in which to look for area codes
_TITLE_ROWS = 5  # rows at the top, in which to look for a title


class Table(NamedTuple):
    """A sheet that is one of the known tables.

    Parameters
    ----------
    sheet
        The sheet.
    place, where
        The file and sheet, as written at the start of a fault and of a remark.
    kind
        Which of the tables it is.
    title
        Its title without footnote marks.
    title_notes
        The numbers of the notes that its title names.
    name
        Its name, such as `Table P1`.
    columns
        The columns that hold figures.
    rows
        The rows of areas that are kept, in the order of the sheet.
    excluded
        The ids of forces that the table says are not in England and Wales.
    left_out
        The number of rows left out, by reason.
    remarks
        Sentences on what was repaired or is odd.
    transport
        The row of British Transport Police, kept or not.
    footnotes
        The text of each footnote by its number, from the sheet or from the sheet of notes.
    legend
        What the sheet says that its marks in brackets mean.
    wholes
        The rows of regions and countries, and of crimes of an unknown area, by normalised names.
    nationals
        All rows of England and Wales.
    """

    sheet: Sheet
    place: str
    where: str
    kind: str
    title: str
    title_notes: Sequence[str]
    name: str
    columns: Sequence[Column]
    rows: Sequence[AreaRow]
    excluded: Sequence[str]
    left_out: Mapping[str, int]
    remarks: Sequence[str]
    transport: AreaRow | None
    footnotes: Mapping[str, str]
    legend: Mapping[str, str]
    wholes: Mapping[str, AreaRow]
    nationals: Sequence[AreaRow]

    def cell(self, row: AreaRow, column: Column) -> str:
        """Return the text of the cell in a row and column."""
        return cell_of(self.sheet.rows[row.number], column.number)

    def reference(self, row: AreaRow, column: Column) -> str:
        """Return the spreadsheet name of the cell in a row and column, such as `G11`."""
        return f"{letters(column.number)}{self.sheet.lines[row.number]}"

    def fault(self, row: AreaRow, column: Column, problem: str) -> Fault:
        """Return a fault in the cell in a row and column."""
        heading = column.label or letters(column.number)
        return Fault(self.place, self.sheet.lines[row.number], heading, problem)

    def refused(self, problem: str) -> DataError:
        """Return the error for a table that cannot be imported."""
        return DataError([Fault(self.place, 0, "", problem)])

    def same_as(self, other: str) -> DataError:
        """Return the error for a table that the file has twice."""
        return self.refused(f"holds the same table as {quoted(other)}; leave one of them out")

    def ends(self, least: int) -> list[date]:
        """Return the ends of the years in the title, in order.

        Raises
        ------
        DataError
            If there are fewer than `least`.
        """
        ends = sorted(set(month_ends(self.title)))
        if len(ends) < least:
            missing = "which year it is for" if least == 1 else "which two years it compares"
            raise self.refused(f"the title does not say {missing}; fetch the published file again")
        return ends

    def account(self) -> Account:
        """Return how many rows were used or left out."""
        return Account(self.name, len(self.sheet.rows), len(self.rows), self.left_out)


def table_in(
    sheet: Sheet, file: str, known: Known, notes: Mapping[str, Footnotes] | None = None
) -> Table | None:
    """Find the title, headings and areas in a sheet.

    Parameters
    ----------
    sheet
        The sheet.
    file
        The name of its file, for messages.
    known
        The known areas.
    notes
        The footnotes on the file's sheets of notes, by the name of the table.

    Returns
    -------
    Table or None
        None if the sheet is not one of the known tables.

    Raises
    ------
    DataError
        If the sheet is a known table, but an area has two rows, no force has a row, or a column
        cannot be read.
    """
    headings = headings_of(sheet)
    title = title_in(sheet.rows[: headings.row]) if headings else None
    if headings is None or title is None:
        return None
    name = sheet.name.strip()
    place, where = (f"{file}:{name}", f"{file}, {name}") if name else (file, file)
    areas = areas_in(sheet, headings, place, known)
    columns, empty = _columns(sheet, headings, areas, place)
    table_title = table_name(title.text) or name or "the table"
    on_other_sheets = (notes or {}).get(table_title) or (notes or {}).get("", {})
    table = Table(
        sheet,
        place,
        where,
        title.kind,
        title.text,
        title.notes,
        table_title,
        columns,
        areas.rows,
        excluded_forces(_national_texts(sheet, areas), known),
        areas.left_out,
        [
            *(f"{where}, row {line}: {remark}" for line, remark in areas.remarks),
            *(f"{where}: {remark}" for remark in empty),
            *(f"{where} {remark}" for remark in _missing_forces(areas, known)),
            *(f"{where} {remark}" for remark in _missing_national(areas, title.kind)),
        ],
        areas.transport,
        {**on_other_sheets, **areas.footnotes},
        legend(headlines(sheet.rows)),
        areas.wholes,
        areas.nationals,
    )
    if not columns:
        raise table.refused("no column of figures was found in it; fetch the published file again")
    return table


def _national_texts(sheet: Sheet, areas: Areas) -> list[str]:
    """Return the texts that may say what the national figures include."""
    names = [row.name for row in areas.rows if row.area == DEFAULT_BENCHMARK]
    return [*headlines(sheet.rows[: areas.first_row]), *names]


def _columns(
    sheet: Sheet, headings: Headings, areas: Areas, place: str
) -> tuple[list[Column], list[str]]:
    """Return the columns with figures, and remarks on columns with a heading but no figures."""
    rows = [sheet.rows[row.number] for row in areas.rows]
    heads, first = sheet.rows[: areas.first_row], headings.name + 1
    columns, remarks = [], []
    for number in range(first, max(map(len, rows), default=0)):
        heading = cell_of(sheet.rows[headings.row], number)
        if any(cell_of(row, number) for row in rows):
            column = column_of(heads, first, number)
            if not column.headed and not any(is_figure(cell_of(row, number)) for row in rows):
                continue  # a spacer in which somebody has put marks
            if column.problem:
                line = sheet.lines[areas.first_row - 1]
                raise DataError([Fault(place, line, letters(number), column.problem)])
            columns.append(column)
        elif heading:
            remarks.append(f"column {letters(number)} ({unmarked(heading)}) is empty.")
    return columns, remarks


def _missing_forces(areas: Areas, known: Known) -> Iterator[str]:
    present = {row.area for row in areas.rows}
    missing = [area_name(force, known) for force in known.territorial if force not in present]
    if missing:
        forces = len(known.territorial)
        yield f"has {forces - len(missing)} of the {forces} forces; without {in_words(missing)}."


def _missing_national(areas: Areas, kind: str) -> Iterator[str]:
    if kind == COUNTS and not any(row.area == DEFAULT_BENCHMARK for row in areas.rows):
        yield "has no row for England and Wales."


def subject_not_read(sheet: Sheet) -> str:
    """Return what a sheet is about if it is a known table that is not imported; else empty."""
    return other_subject(sheet.rows[:_TITLE_ROWS])


def unknown_table_remark(sheet: Sheet, known: Known) -> str:
    """Return a remark on a sheet that looks like a table but is not a known one; else empty."""
    cells = (
        match[1] for row in sheet.rows for cell in row[:_CODE_COLUMNS] if (match := code_in(cell))
    )
    forces = {known.areas.exact(code) for code in cells}.intersection(known.territorial)
    top = sheet.rows[:_TITLE_ROWS]
    if len(forces) < _MIN_FORCES or subject_not_read(sheet):
        return ""
    name = f"Sheet {quoted(sheet.name.strip())}"
    if title_in(top):
        return f"{name} holds area codes, but no headings were found in it."
    first = next((text for row in sheet.rows for text in row if text), "")
    return f"{name} holds area codes but its title is not one that crimecmp knows: {quoted(first)}."
