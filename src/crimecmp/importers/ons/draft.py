"""The rows of one file in the making, with what is wrong and what is odd in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from crimecmp.errors import DataError, Fault
from crimecmp.importers.files import File
from crimecmp.importers.imported import Base, Change, Known, Metric, Rate, Source
from crimecmp.importers.ons.areas import AreaRow
from crimecmp.importers.ons.cells import FIGURES, Cell, cell_at
from crimecmp.importers.ons.headings import Column
from crimecmp.importers.ons.table import Table
from crimecmp.tables.cells import decimals
from crimecmp.tables.schema import Column as Rule
from crimecmp.text import PRINTED, exactly

PUBLISHER = "Office for National Statistics"

_NUMBERED = re.compile(r"Table (P\d+)")
_NEGATIVE = "counts below nought, which were kept"
_ODD = "rates that are not count over base, taken as published"


class Draft:
    """What one file gives, to which each table adds.

    Parameters
    ----------
    file
        The file.
    known
        The areas and metrics that there are.
    edition
        The end of the year that the workbook is for; None where it does not say.
    """

    def __init__(self, file: File, known: Known, edition: date | None) -> None:
        self.file, self.known, self.edition = file, known, edition
        self.sources: dict[str, Source] = {}
        self.metrics: dict[str, Metric] = {}
        self.rates: list[Rate] = []
        self.changes: list[Change] = []
        self.bases: list[Base] = []
        self.faults: list[Fault] = []
        self._negative: defaultdict[str, list[Cell]] = defaultdict(list)
        self._odd: defaultdict[str, list[Cell]] = defaultdict(list)
        self._exact: dict[tuple[str, int], bool] = {}

    def source(self, stem: str, tables: Sequence[Table]) -> str:
        """Add the source that some tables are, and return its id.

        Raises
        ------
        DataError
            Where they are one already.
        """
        numbers = [_NUMBERED.fullmatch(table.name) for table in tables]
        parts = [
            number[1].lower() if number else table.kind
            for number, table in zip(numbers, tables, strict=True)
        ]
        source = "-".join([stem, *parts])
        if source in self.sources:
            raise tables[0].same_as(self.sources[source].title)
        title = "; ".join(table.title for table in tables)
        note = f"SHA-256 {self.file.sha256}"
        self.sources[source] = Source(source, title, PUBLISHER, note=note)
        return source

    def cell(self, table: Table, row: AreaRow, column: Column, rule: Rule) -> Cell:
        """Read a cell; what is wrong with it becomes a fault, a count below nought is noted."""
        try:
            cell = cell_at(table, row, column, rule)
        except ValueError as error:
            self.faults.append(table.fault(row, column, str(error)))
            return Cell(table, row, column)
        if rule in FIGURES and cell.number and self._unrounded(table, column):
            cell = cell._replace(number=exactly(float(cell.number)))
        if rule.name == "count" and cell.number.startswith("-"):
            self._negative[table.where].append(cell)
        return cell

    def _unrounded(self, table: Table, column: Column) -> bool:
        """Return whether a column's figures are worked out and not rounded: any has many decimals.

        Of such a figure the noughts at its end are not shown, and it is as exact as the others.
        """
        key = (table.where, column.number)
        if key not in self._exact:
            cells = (table.cell(row, column) for row in table.rows)
            self._exact[key] = any(decimals(cell) > PRINTED for cell in cells)
        return self._exact[key]

    def note_odd(self, rate: Cell) -> None:
        """Take note of a rate that is not count over base."""
        self._odd[rate.table.where].append(rate)

    def refuse(self) -> None:
        """Raise all faults as one error, where there are any."""
        if self.faults:
            raise DataError(self.faults)

    def remarks(self) -> list[str]:
        """Return what to say of the figures that are strange."""
        return [
            f"{where}: {what}: {len(cells)}; {cells[0].reference} is the first."
            for what, places in ((_NEGATIVE, self._negative), (_ODD, self._odd))
            for where, cells in places.items()
        ]
