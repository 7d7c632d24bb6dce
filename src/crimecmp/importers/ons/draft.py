"""Collect the rows of one file, with its faults and oddities."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from crimecmp.errors import DataError, Fault
from crimecmp.importers.figures import some_of
from crimecmp.importers.files import File
from crimecmp.importers.imported import Base, Change, Known, Metric, Rate, Source
from crimecmp.importers.ons.areas import AreaRow
from crimecmp.importers.ons.cells import FIGURES, Cell, cell_at
from crimecmp.importers.ons.headings import Column, Measure
from crimecmp.importers.ons.notes import joined, notes_on_titles
from crimecmp.importers.ons.table import Table
from crimecmp.tables.cells import decimals
from crimecmp.tables.schema import Column as Rule
from crimecmp.text import PRINTED, exactly

PUBLISHER = "Office for National Statistics"

_NUMBERED = re.compile(r"Table (P\d+)")
_NEGATIVE = "counts below zero, which were kept"


class Draft:
    """The rows of one file, added table by table.

    Parameters
    ----------
    file
        The file.
    known
        The known areas and metrics.
    edition
        The end of the year that the workbook is for; None if it does not say.
    """

    def __init__(self, file: File, known: Known, edition: date | None) -> None:
        self.file, self.known, self.edition = file, known, edition
        self.sources: dict[str, Source] = {}
        self.metrics: dict[str, Metric] = {}
        self.rates: list[Rate] = []
        self.changes: list[Change] = []
        self.bases: list[Base] = []
        self.base_years: dict[tuple[str, str], str] = {}
        self.faults: list[Fault] = []
        self.measures: dict[str, Mapping[str, Measure]] = {}
        self._negative: defaultdict[str, list[Cell]] = defaultdict(list)
        self._breaks: dict[tuple[str, int, str], Fault] = {}
        self._unexplained: defaultdict[tuple[str, str], list[Cell]] = defaultdict(list)
        self._noticed: dict[str, None] = {}
        self._exact: dict[tuple[str, int], bool] = {}

    def source(self, stem: str, tables: Sequence[Table]) -> str:
        """Add a source for some tables, and return its id.

        Raises
        ------
        DataError
            If the source has been added already.
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
        note = joined(notes_on_titles(tables), f"SHA-256 {self.file.sha256}")
        self.sources[source] = Source(source, title, PUBLISHER, note=note)
        return source

    def cell(self, table: Table, row: AreaRow, column: Column, rule: Rule) -> Cell:
        """Read a cell: an unreadable one becomes a fault, and a count below zero is recorded."""
        try:
            cell = cell_at(table, row, column, rule)
        except ValueError as error:
            self.faults.append(table.fault(row, column, str(error)))
            return Cell(table, row, column)
        if cell.unexplained:
            self._unexplained[table.where, cell.unexplained].append(cell)
        if rule in FIGURES and cell.number and self.unrounded(table, column):
            cell = cell._replace(number=exactly(float(cell.number)))
        if rule.name == "count" and cell.number.startswith("-"):
            self._negative[table.where].append(cell)
        return cell

    def unrounded(self, table: Table, column: Column) -> bool:
        """Return whether a column's figures are unrounded, as any with many decimals shows.

        In such a column a figure with fewer decimals is exact too: only its final zeros are not
        shown.
        """
        key = (table.where, column.number)
        if key not in self._exact:
            cells = (table.cell(row, column) for row in table.rows)
            self._exact[key] = any(decimals(cell.rstrip("% ")) > PRINTED for cell in cells)
        return self._exact[key]

    def notice(self, table: Table, sentences: Iterable[str]) -> None:
        """Record what is odd about a table, once however often it is found."""
        self._noticed.update(dict.fromkeys(f"{table.where}: {odd}" for odd in sentences))

    def breaks_sum(self, faults: Iterable[Fault]) -> None:
        """Record cells that break a sum, each once."""
        for fault in faults:
            self._breaks.setdefault(fault[:3], fault)

    def refuse(self) -> None:
        """Raise all faults as one error; do nothing if there are none."""
        if self.faults:
            raise DataError(self.faults)

    @property
    def breaks(self) -> list[Fault]:
        """The cells that break a sum, in the order of tables, rows and columns."""
        return sorted(self._breaks.values(), key=lambda fault: (fault.file, fault.row))

    def remarks(self) -> list[str]:
        """Return remarks on odd figures."""
        return [
            *self._noticed,
            *(
                f"{where}: {what} instead of a figure, left empty: "
                f"{some_of([cell.reference for cell in cells])}."
                for (where, what), cells in self._unexplained.items()
            ),
            *(
                f"{where}: {_NEGATIVE}: {len(cells)}; {cells[0].reference} is the first."
                for where, cells in self._negative.items()
            ),
        ]
