"""Make rows of the bases table from mid-year estimates: population (P9) and households (P10)."""

from __future__ import annotations

from collections.abc import Mapping

from crimecmp.importers.imported import Base
from crimecmp.importers.ons.cells import locator
from crimecmp.importers.ons.draft import Draft
from crimecmp.importers.ons.headings import Column, letters
from crimecmp.importers.ons.notes import flag_note, joined, missing_note
from crimecmp.importers.ons.table import Table
from crimecmp.importers.ons.years import year_alone
from crimecmp.tables.schema import TABLES

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
            draft.bases.append(
                Base(
                    row.area,
                    table.kind,
                    str(year),
                    source,
                    value=cell.number,
                    locator=locator([cell]),
                    note=joined(missing_note("figure", cell), flag_note(cell)),
                )
            )


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
