"""Holds a table of text against the schema: sound cells in a `CheckedTable`, all else as faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.errors import SHOWN_FAULTS, Fault
from crimecmp.tables.csv_text import TextTable
from crimecmp.tables.names import Names, normal
from crimecmp.tables.schema import Column, Table, decimals, split_list, wrong
from crimecmp.text import in_words, quoted

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, str]


NamesOf = Callable[[str], Names]
"""Gives the names that a table defines, by that table's name."""


class CheckedTable(NamedTuple):
    """A table that was read and checked.

    Parameters
    ----------
    table
        What it holds.
    file
        The file that it came from, as the user named it.
    columns
        For each column of the table its cells as text, in the file's order; empty cells where the
        file lacks the column. References to forces, metrics and other names are their ids.
    """

    table: Table
    file: str
    columns: Mapping[str, list[str]]

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.columns[self.table.key[0]])

    def rows(self) -> list[Row]:
        """Return the rows, each a mapping of all the table's columns to text."""
        names = self.columns.keys()
        return [
            dict(zip(names, cells, strict=True))
            for cells in zip(*self.columns.values(), strict=True)
        ]

    def take(self, places: Iterable[int]) -> CheckedTable:
        """Return the rows at some places, in that order."""
        wanted = list(places)
        columns = {name: [cells[at] for at in wanted] for name, cells in self.columns.items()}
        return self._replace(columns=columns)

    def joined(self, more: Mapping[str, list[str]]) -> CheckedTable:
        """Return the rows with some more below; columns that those lack are empty there."""
        height = len(more[self.table.key[0]])
        columns = {
            name: [*cells, *more.get(name, [""] * height)] for name, cells in self.columns.items()
        }
        return self._replace(columns=columns)

    def frame(self) -> pd.DataFrame:
        """Return the table as a typed frame.

        Text columns are `str`, numbers `float64`, whole numbers `Int64`, dates `datetime64`, flags
        `boolean`; missing is NA. Each figure's column is followed by `<column>_decimals`, the
        decimals it was printed with.
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


def is_figure(column: Column) -> bool:
    """Return whether a column holds printed figures, whose decimals are part of the data."""
    return column.type == "number" and column.required


def _typed(column: Column, cells: list[str]) -> object:
    import pandas as pd

    match column.type:
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


def check(
    table: Table,
    text: TextTable,
    names_of: NamesOf,
    units: Mapping[str, str],
    taken: Names | None = None,
) -> tuple[CheckedTable, list[Fault]]:
    """Check a table's columns, cells and keys.

    Parameters
    ----------
    table
        What it should hold.
    text
        The table as it was read.
    names_of
        Gives the names that cells can refer to.
    units
        The unit of each metric.
    taken
        For a table of names that adds to others: those that are taken.

    Returns
    -------
    checked
        The table as far as it is sound.
    faults
        All that is wrong, in the order of rows.
    """
    faults = _column_faults(table, text)
    empty = [""] * len(text.rows)
    columns: dict[str, list[str]] = {}
    for column in table.columns:
        if column.name in text.header:
            place = text.header.index(column.name)
            cells = [row[place] for row in text.rows]
            columns[column.name] = _resolved(column, cells, text, names_of, faults)
        else:
            columns[column.name] = empty
    if "source" in columns and table.name != "sources":
        columns["source"] = [source or Path(text.file).name for source in columns["source"]]
    if set(table.required) <= set(text.header):
        faults += _key_faults(table, columns, text)
        faults += _order_faults(table, columns, text)
        faults += _unit_faults(table, columns, text, units)
        if taken is not None:
            faults += _name_faults(columns, text, taken)
    faults.sort(key=lambda fault: fault.row)
    return CheckedTable(table, text.file, columns), faults


def _column_faults(table: Table, text: TextTable) -> list[Fault]:
    known = table.column_names
    missing = [name for name in table.required if name not in text.header]
    faults = [
        Fault(text.file, text.header_line, name, f"the {table.name} table needs this column")
        for name in missing
    ]
    strange = [name for name in dict.fromkeys(text.header) if name and name not in known]
    for place, name in enumerate(strange):
        absent = [other for other in known if other not in text.header]
        near = get_close_matches(name, absent, n=1) if place < SHOWN_FAULTS else []
        advice = f"did you mean {near[0]}?" if near else f"its columns are {', '.join(known)}"
        problem = f"the {table.name} table has no such column; {advice}"
        faults.append(Fault(text.file, text.header_line, name, problem))
    return faults


def _resolved(
    column: Column, cells: list[str], text: TextTable, names_of: NamesOf, faults: list[Fault]
) -> list[str]:
    """Return a column's cells with references as ids, adding to `faults` what is wrong.

    Each distinct cell is looked at once: columns of keys repeat themselves.
    """
    meanings: dict[str, str] = {}
    problems: dict[str, str] = {}
    for cell in dict.fromkeys(cells):
        problem = wrong(column, cell)
        meaning = cell
        if problem is None and cell and column.refers:
            # Looking for near names takes its time: not for faults that no message shows.
            near = len(problems) < SHOWN_FAULTS
            meaning, problem = _referred(column, cell, names_of(column.refers), near=near)
        meanings[cell] = meaning
        if problem is not None:
            problems[cell] = problem
    if problems:
        faults += [
            Fault(text.file, line, column.name, problems[cell])
            for line, cell in zip(text.lines, cells, strict=True)
            if cell in problems
        ]
    return [meanings[cell] for cell in cells]


def _referred(column: Column, cell: str, names: Names, *, near: bool) -> tuple[str, str | None]:
    """Return the ids that a cell means, and what is wrong with it."""
    parts = split_list(cell) if column.type == "list" else [cell]
    ids = {part: names.exact(part) for part in parts}
    strange = [part for part, found in ids.items() if found is None]
    if not strange:
        return ";".join(found for found in ids.values() if found), None
    alike = names.near(strange[0]) if near else []
    advice = f"did you mean {in_words(alike, 'or')}? " if alike else ""
    known = in_words((name.id for name in names), "or")
    advice += _ADVICE.get(column.refers) or f"the {column.refers} table has {known or 'none'}"
    return cell, f"unknown {names.kind} {quoted(strange[0])}; {advice}"


_ADVICE = {
    "forces": "crimecmp forces lists the known ones; your own forces.csv can add to them",
    "metrics": "crimecmp metrics lists the known ones; your own metrics.csv can add to them",
    "sources": "describe it in a sources.csv beside this table, or leave the cell empty and the "
    "file itself is named as the source",
}


def _key_faults(table: Table, columns: Mapping[str, list[str]], text: TextTable) -> list[Fault]:
    first: dict[tuple[str, ...], int] = {}
    faults = []
    for line, key in zip(
        text.lines, zip(*(columns[k] for k in table.key), strict=True), strict=True
    ):
        if key in first:
            problem = f"same {in_words(table.key)} as row {first[key]}; keep one of them"
            faults.append(Fault(text.file, line, table.key[0], problem))
        elif all(key):
            first[key] = line
    return faults


def _unit_faults(
    table: Table, columns: Mapping[str, list[str]], text: TextTable, units: Mapping[str, str]
) -> list[Fault]:
    """Find metrics whose unit is none of the table's: a percentage among rates, or a rate here."""
    if not table.units:
        return []
    return [
        Fault(
            text.file,
            line,
            "metric",
            f"{metric} is in {quoted(units[metric])}, the {table.name} table holds figures in "
            f"'{table.units.strip()}' only",
        )
        for line, metric in zip(text.lines, columns["metric"], strict=True)
        if metric in units and not units[metric].startswith(table.units)
    ]


def _name_faults(columns: Mapping[str, list[str]], text: TextTable, taken: Names) -> list[Fault]:
    """Find names given to one thing that are another's: figures would go to the wrong one."""
    faults = []
    mine: dict[str, str] = {}
    fields = [name for name in ("ons_code", "aliases", "name", "label") if name in columns]
    for place, line in enumerate(text.lines):
        own = columns[taken.kind][place]
        for field in fields:
            cell = columns[field][place]
            for form in split_list(cell) if field == "aliases" else filter(None, [cell]):
                holder = taken.exact(form) or mine.setdefault(normal(form), own)
                if holder != own:
                    problem = f"{quoted(form)} is a name of {holder} already; choose another"
                    faults.append(Fault(text.file, line, field, problem))
    return faults


def _order_faults(table: Table, columns: Mapping[str, list[str]], text: TextTable) -> list[Fault]:
    if table.earlier is None:
        return []
    before, after = table.earlier
    date = table.column(before)
    pairs = zip(text.lines, columns[before], columns[after], strict=True)
    return [
        Fault(text.file, line, before, f"{quoted(start)} is not before {after}, which is {end}")
        for line, start, end in pairs
        if start >= end and not wrong(date, start) and not wrong(date, end)
    ]
