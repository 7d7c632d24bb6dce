"""Rows of the rates table: counts (P1) and rates (P3) of crimes, those of one year together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from crimecmp.importers.categories import CRIME, NOT_VICTIM_BASED, VICTIM_BASED
from crimecmp.importers.imported import Rate
from crimecmp.importers.ons.cells import Cell, locator
from crimecmp.importers.ons.draft import Draft
from crimecmp.importers.ons.measures import Measure, base_columns, measures_of
from crimecmp.importers.ons.notes import joined, notes_on
from crimecmp.importers.ons.rates import BASE, COUNT, RATE, Key, rate_row
from crimecmp.importers.ons.table import Table
from crimecmp.importers.ons.titles import COUNTS, RATES
from crimecmp.schema import Column as Rule

_VICTIM_BASED = (
    "Worked out: the total less drug offences, possession of weapons offences, public order"
    " offences and miscellaneous crimes against society."
)


class _Side(NamedTuple):
    """Counts or rates: the column of each metric, and the cells of each area by column."""

    measures: Mapping[str, Measure]
    cells: Mapping[str, Mapping[int, Cell]]

    def cell(self, area: str, metric: str) -> Cell | None:
        """Return the cell of a metric's figure for an area, or None where there is none."""
        measure = self.measures.get(metric)
        return self.cells.get(area, {}).get(measure.column.number) if measure else None


def add_crimes(draft: Draft, tables: Sequence[Table]) -> None:
    """Add the rates of all tables of counts and of rates.

    Raises
    ------
    DataError
        Where a table does not say its year, or is there twice.
    """
    years: dict[date, dict[str, Table]] = {}
    for table in tables:
        if table.kind in (COUNTS, RATES):
            year = years.setdefault(table.ends(1)[-1], {})
            before = year.setdefault(table.kind, table)
            if before is not table:
                raise table.same_as(before.place)
    for end, year in years.items():
        _add_year(draft, year.get(COUNTS), year.get(RATES), end)


def _add_year(draft: Draft, counts: Table | None, rates: Table | None, end: date) -> None:
    tables = [table for table in (counts, rates) if table is not None]
    source = draft.source(f"ons-pfa-{end:%Y-%m}", tables)
    count_side, rate_side = _side(draft, counts, COUNT), _side(draft, rates, RATE)
    bases = _bases(draft, rates)
    measures = {**rate_side.measures, **count_side.measures}
    for area in dict.fromkeys([*count_side.cells, *rate_side.cells]):
        for metric, measure in measures.items():
            count, rate = count_side.cell(area, metric), rate_side.cell(area, metric)
            if count or rate:
                key = (area, metric, end.isoformat(), source)
                base = bases.get(area, {}).get(measure.unit)
                draft.rates.append(rate_row(draft, key, count, rate, base))
        if VICTIM_BASED not in measures:
            _add_victim_based(draft, (area, VICTIM_BASED, end.isoformat(), source), count_side)


def _side(draft: Draft, table: Table | None, rule: Rule) -> _Side:
    if table is None:
        return _Side({}, {})
    measures = measures_of(table, draft)
    # A column can be of two metrics; it is read once.
    columns = {measure.column.number: measure.column for measure in measures.values()}
    cells = {
        row.area: {
            number: draft.cell(table, row, column, rule) for number, column in columns.items()
        }
        for row in table.rows
    }
    return _Side(measures, cells)


def _bases(draft: Draft, table: Table | None) -> dict[str, dict[str, Cell]]:
    """Return the population and the households of each area, by the unit of their rates."""
    if table is None:
        return {}
    columns = base_columns(table)
    return {
        row.area: {unit: draft.cell(table, row, column, BASE) for unit, column in columns.items()}
        for row in table.rows
    }


def _add_victim_based(draft: Draft, key: Key, counts: _Side) -> None:
    """Add victim-based crime where the total and all that is taken from it are there."""
    area = key[0]
    total = counts.cell(area, CRIME)
    others = [counts.cell(area, metric) for metric in NOT_VICTIM_BASED]
    taken = [cell for cell in others if cell and cell.number]
    if total is None or not total.number or len(taken) < len(others):
        return
    number = int(total.number) - sum(int(cell.number) for cell in taken)
    cells = sorted([total, *taken], key=lambda cell: cell.column.number)
    draft.rates.append(
        Rate(
            *key,
            count=str(number),
            locator=locator(cells),
            note=joined(_VICTIM_BASED, notes_on(draft.known, *cells)),
        )
    )
