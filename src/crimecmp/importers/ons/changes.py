"""Make rows of the changes table from percentage changes in recorded crime (P2)."""

from __future__ import annotations

from crimecmp.importers.imported import Change
from crimecmp.importers.ons.cells import locator
from crimecmp.importers.ons.draft import Draft
from crimecmp.importers.ons.measures import measures_of
from crimecmp.importers.ons.notes import joined, missing_note, notes_on, notes_on_headings
from crimecmp.importers.ons.rates import PERCENT
from crimecmp.importers.ons.table import Table


def add_changes(draft: Draft, table: Table) -> None:
    """Add the changes in a table.

    Raises
    ------
    DataError
        If the table does not say which years it compares, or is in the file twice.
    """
    before, end = table.ends(2)[-2:]
    source = draft.source(f"ons-pfa-{end:%Y-%m}", [table])
    measures = measures_of(table, draft)
    for row in table.rows:
        for metric, measure in measures.items():
            cell = draft.cell(table, row, measure.column, PERCENT)
            draft.changes.append(
                Change(
                    row.area,
                    metric,
                    end.isoformat(),
                    before.isoformat(),
                    source,
                    percent=cell.number,
                    locator=locator([cell]),
                    note=joined(
                        missing_note("change", cell),
                        notes_on(draft.known, cell),
                        notes_on_headings(cell),
                    ),
                )
            )
