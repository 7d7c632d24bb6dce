"""A table that was read and checked: cells as text, or typed as a frame of pandas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.tables.cells import decimals
from crimecmp.tables.schema import Column, Table

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, str]
"""One row of a table, as text by the name of its column."""

Columns = Mapping[str, Sequence[str]]
"""A table as text: by the name of each column its cells."""
"""A row of text, by the names of its columns."""


class CheckedTable(NamedTuple):
    """A table that was read and checked.

    Parameters
    ----------
    table
        The declaration of the table.
    file
        The file that it came from, as the user named it; empty for a table without a file.
    columns
        The cells of every declared column as text, in the file's order; empty where the file lacks
        the column. References to forces, metrics and other names are ids.
    """

    table: Table
    file: str
    columns: Mapping[str, Sequence[str]]

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.columns[self.table.key[0]])

    def rows(self) -> list[Row]:
        """Return the rows as text, each with all the table's columns."""
        names = self.columns.keys()
        return [
            dict(zip(names, cells, strict=True))
            for cells in zip(*self.columns.values(), strict=True)
        ]

    def take(self, places: Iterable[int]) -> CheckedTable:
        """Return a table of the rows at some places, counted from 0, in that order."""
        wanted = list(places)
        columns = {name: [cells[at] for at in wanted] for name, cells in self.columns.items()}
        return self._replace(columns=columns)

    def joined(self, more: Columns) -> CheckedTable:
        """Return a table with more rows below; columns that those lack are empty there."""
        height = len(more[self.table.key[0]])
        columns = {
            name: [*cells, *more.get(name, [""] * height)] for name, cells in self.columns.items()
        }
        return self._replace(columns=columns)

    def frame(self) -> pd.DataFrame:
        """Return the table as a typed frame.

        Text columns are `str`, numbers `float64`, whole numbers `Int64`, dates `datetime64`, flags
        `boolean`; missing is NA. Each column of printed figures is followed by
        `<column>_decimals`, the number of decimals that each was printed with.
        """
        import pandas as pd

        data: dict[str, object] = {}
        for column in self.table.columns:
            cells = self.columns[column.name]
            data[column.name] = _typed(column, cells)
            if is_figure(column):
                data[f"{column.name}_decimals"] = pd.array(
                    [decimals(cell) if cell else None for cell in cells], dtype="Int64"
                )
        return pd.DataFrame(data)


def joined(table: Table, parts: Sequence[CheckedTable]) -> CheckedTable:
    """Return the rows of several tables of one kind, one after the other; none for no table."""
    if len(parts) == 1:
        return parts[0]
    columns = {
        name: [cell for part in parts for cell in part.columns[name]] for name in table.column_names
    }
    return CheckedTable(table, ", ".join(part.file for part in parts), columns)


def is_figure(column: Column) -> bool:
    """Return whether a column holds printed figures: their decimals are part of the data."""
    return column.type == "number" and column.required


def _typed(column: Column, cells: Sequence[str]) -> object:
    import pandas as pd

    # The base of an outcome is whole, that of a rate need not be: both are numbers in a frame.
    match "number" if column.name == "base" and column.type == "integer" else column.type:
        case "number":
            return pd.array([float(cell) if cell else None for cell in cells], dtype="float64")
        case "integer":
            return pd.array([int(cell) if cell else None for cell in cells], dtype="Int64")
        case "flag":
            flags = [cell == "true" if cell else None for cell in cells]
            return pd.array(flags, dtype="boolean")
        case "date":
            return pd.to_datetime(pd.Series(cells, dtype="str"), format="%Y-%m-%d")
        case _:
            return pd.array([cell or None for cell in cells], dtype="str")
