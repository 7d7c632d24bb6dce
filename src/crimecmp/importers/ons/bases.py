"""Make rows of the bases table from mid-year estimates: population (P9) and households (P10).

Editions without these tables have the estimates of one year each beside the rates that are over
them (P3). They serve for other counts of the same year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from crimecmp.importers.categories import HOUSEHOLDS as PER_HOUSEHOLD
from crimecmp.importers.categories import POPULATION as PER_POPULATION
from crimecmp.importers.imported import Base
from crimecmp.importers.ons.cells import Cell, locator
from crimecmp.importers.ons.draft import Draft
from crimecmp.importers.ons.headings import Column, letters
from crimecmp.importers.ons.notes import flag_note, joined, missing_note, notes_on_headings
from crimecmp.importers.ons.table import Table
from crimecmp.importers.ons.titles import HOUSEHOLDS, POPULATION
from crimecmp.importers.ons.years import year_alone
from crimecmp.tables.schema import TABLES

MID_YEAR = re.compile(r"\bmid[- ]?(\d{4})\b", re.IGNORECASE)
BASES = {PER_POPULATION: POPULATION, PER_HOUSEHOLD: HOUSEHOLDS}
_VALUE = TABLES["bases"].column("value")


def add_bases(draft: Draft, table: Table) -> None:
    """Add the estimates in a table.

    Raises
    ------
    DataError
        If a column does not say its year, or the table is in the file twice.
    """
    years = _years(table)
    edition = draft.edition
    stem = f"ons-pfa-{edition:%Y-%m}" if edition else f"ons-{table.kind}-{max(years)}"
    source = draft.source(stem, [table])
    for row in table.rows:
        for year, column in years.items():
            cell = draft.cell(table, row, column, _VALUE)
            draft.bases.append(_base(row.area, table.kind, str(year), source, cell))


def add_bases_of_rates(
    draft: Draft, source: str, end: date, bases: Mapping[str, Mapping[str, Cell]]
) -> None:
    """Add the population and households that the rates of a year are over.

    Parameters
    ----------
    draft
        Gets the rows, and which year's estimates the publisher uses for this year's rates.
    source
        The source of the rates.
    end
        The end of their year.
    bases
        The cells of each area, by the unit of the rates.
    """
    for area, cells in bases.items():
        for unit, cell in cells.items():
            if year := MID_YEAR.search(cell.column.label):
                base = BASES[unit]
                draft.bases.append(_base(area, base, year[1], source, cell))
                draft.base_years[base, str(end.year)] = year[1]


def _base(area: str, base: str, year: str, source: str, cell: Cell) -> Base:
    note = joined(missing_note("figure", cell), flag_note(cell), notes_on_headings(cell))
    return Base(area, base, year, source, cell.number, locator([cell]), note)


def _years(table: Table) -> Mapping[int, Column]:
    """Return the column of each year."""
    years: dict[int, Column] = {}
    for column in table.columns:
        year = year_alone(column.label)
        if year is None or year in years:
            problem = (
                "does not say its year" if year is None else f"is for {year}, as another column is"
            )
            raise table.refused(f"column {letters(column.number)} {problem}; leave it out")
        years[year] = column
    return years
