"""Puts a user's rows of names together with the bundled ones."""

from __future__ import annotations

from crimecmp.tables.checked import CheckedTable


def merged(base: CheckedTable, more: CheckedTable) -> CheckedTable:
    """Return the rows of a table with a user's rows added.

    Parameters
    ----------
    base
        The rows that are there, of a table with a single key column.
    more
        The user's rows. A row whose key is there already takes that row's place; where a cell of
        it is empty, an inherited column keeps the old cell.

    Returns
    -------
    CheckedTable
        The rows of `base` in their order, then those that are new. Sources are chosen in the order
        of their table, so there the user's own come first.
    """
    key = base.table.key[0]
    rows = {row[key]: row for row in base.rows()}
    for row in more.rows():
        old = rows.get(row[key], row)
        rows[row[key]] = {
            name: cell or (old[name] if base.table.column(name).inherited else "")
            for name, cell in row.items()
        }
    if base.table.name == "sources":
        rows = {row[key]: rows[row[key]] for row in more.rows()} | rows
    columns = {name: [row[name] for row in rows.values()] for name in base.columns}
    return CheckedTable(base.table, more.file, columns)
