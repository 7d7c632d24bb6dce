"""Make rows of the rates table from counts (P1) and rates (P3), pairing those of the same year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from crimecmp.importers.categories import CRIME, NOT_VICTIM_BASED, VICTIM_BASED
from crimecmp.importers.imported import TRANSPORT_POLICE, Rate
from crimecmp.importers.ons.bases import add_bases_of_rates
from crimecmp.importers.ons.cells import Cell, locator
from crimecmp.importers.ons.draft import Draft
from crimecmp.importers.ons.headings import Column, Measure
from crimecmp.importers.ons.measures import base_columns, measures_of
from crimecmp.importers.ons.notes import joined, notes_on
from crimecmp.importers.ons.rates import BASE, COUNT, RATE, Key, rate_row, whole_year, without
from crimecmp.importers.ons.table import Table
from crimecmp.importers.ons.titles import COUNTS, HOUSEHOLDS, POPULATION, RATES
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.tables.schema import Column as Rule

_VICTIM_BASED = (
    "Calculated: the total less drug offences, possession of weapons offences, public order"
    " offences and miscellaneous crimes against society."
)


class _Figures(NamedTuple):
    """The figures of a table of counts or of rates.

    `measures` gives the column of each metric, and `cells` the cells of each area by column. `less`
    holds the counts of British Transport Police, by column, if the national counts include them.
    """

    measures: Mapping[str, Measure]
    cells: Mapping[str, Mapping[int, Cell]]
    less: Mapping[int, Cell]

    def cell(self, area: str, metric: str) -> Cell | None:
        """Return the cell of a metric's figure for an area; None if there is none."""
        measure = self.measures.get(metric)
        return self.cells.get(area, {}).get(measure.column.number) if measure else None

    def deduction(self, cell: Cell | None) -> Cell | None:
        """Return the British Transport Police cell to subtract from a national cell, if any."""
        national = cell and cell.number and cell.row.area == DEFAULT_BENCHMARK
        return self.less.get(cell.column.number) if cell and national else None


def add_crimes(draft: Draft, tables: Sequence[Table]) -> None:
    """Add the rates from all tables of counts and rates.

    Raises
    ------
    DataError
        If a table does not say its year, or is in the file twice.
    """
    years: dict[date, dict[str, Table]] = {}
    for table in tables:
        if table.kind in (COUNTS, RATES):
            year = years.setdefault(table.ends(1)[-1], {})
            before = year.setdefault(table.kind, table)
            if before is not table:
                raise table.same_as(before.place)
    has_estimates = any(table.kind in (POPULATION, HOUSEHOLDS) for table in tables)
    for end, year in years.items():
        source, bases = _add_year(draft, year.get(COUNTS), year.get(RATES), end)
        if not has_estimates:
            add_bases_of_rates(draft, source, end, bases)


def _add_year(
    draft: Draft, counts: Table | None, rates: Table | None, end: date
) -> tuple[str, Mapping[str, Mapping[str, Cell]]]:
    """Add the rates of a year; return their source, and the bases of each area."""
    tables = [table for table in (counts, rates) if table is not None]
    source = draft.source(f"ons-pfa-{end:%Y-%m}", tables)
    count_figures = _read_figures(draft, counts, COUNT)
    rate_figures = _read_figures(draft, rates, RATE)
    bases = _bases(draft, rates)
    measures = {**rate_figures.measures, **count_figures.measures}
    for area in dict.fromkeys([*count_figures.cells, *rate_figures.cells]):
        for metric, measure in measures.items():
            count, rate = count_figures.cell(area, metric), rate_figures.cell(area, metric)
            if count or rate:
                key = (area, metric, end.isoformat(), source)
                base = bases.get(area, {}).get(measure.unit)
                less = count_figures.deduction(count)
                draft.rates.append(rate_row(draft, key, count, rate, base, less))
        if VICTIM_BASED not in measures:
            _add_victim_based(draft, (area, VICTIM_BASED, end.isoformat(), source), count_figures)
    return source, bases


def _read_figures(draft: Draft, table: Table | None, rule: Rule) -> _Figures:
    if table is None:
        return _Figures({}, {}, {})
    measures = measures_of(table, draft)
    # A column can be for two metrics, but is read once.
    columns = {measure.column.number: measure.column for measure in measures.values()}
    cells = {
        row.area: {
            number: draft.cell(table, row, column, rule) for number, column in columns.items()
        }
        for row in table.rows
    }
    less = {} if rule is not COUNT else _transport_police(draft, table, columns, cells)
    return _Figures(measures, cells, less)


def _transport_police(
    draft: Draft,
    table: Table,
    columns: Mapping[int, Column],
    cells: Mapping[str, Mapping[int, Cell]],
) -> Mapping[int, Cell]:
    """Return the counts of British Transport Police, if the national counts include them."""
    row = table.transport
    national = next((row for row in table.rows if row.area == DEFAULT_BENCHMARK), None)
    if row is None or national is None or national.has_transport_police is False:
        return {}
    read = cells.get(TRANSPORT_POLICE) or {
        number: draft.cell(table, row, column, COUNT) for number, column in columns.items()
    }
    return {number: cell for number, cell in read.items() if cell.number}


def _bases(draft: Draft, table: Table | None) -> dict[str, dict[str, Cell]]:
    """Return the population and households of each area, by the unit of their rates."""
    if table is None:
        return {}
    columns = base_columns(table)
    return {
        row.area: {unit: draft.cell(table, row, column, BASE) for unit, column in columns.items()}
        for row in table.rows
    }


def _add_victim_based(draft: Draft, key: Key, counts: _Figures) -> None:
    """Add victim-based crime if the table has the total and everything subtracted from it."""
    area = key[0]
    total = counts.cell(area, CRIME)
    groups = [counts.cell(area, metric) for metric in NOT_VICTIM_BASED]
    subtracted = [cell for cell in groups if cell and cell.number]
    if total is None or not total.number or len(subtracted) < len(groups):
        return
    cells = [total, *subtracted]
    less = [cell for cell in map(counts.deduction, cells) if cell]
    if len(less) == len(cells):
        cells = list(map(without, cells, less))
    first, *others = (int(cell.number) for cell in cells)
    number, _, partial = whole_year(cells, key[2], str(first - sum(others)))
    cells.sort(key=lambda cell: cell.column.number)
    draft.rates.append(
        Rate(
            *key,
            count=number,
            locator=locator(cells),
            note=joined(_VICTIM_BASED, partial, notes_on(draft.known, *cells)),
        )
    )
