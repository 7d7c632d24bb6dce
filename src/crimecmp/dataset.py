"""Finds, opens, reads and checks tables; gives them as names, as rows of text and as typed frames.

The bundled tables are read one by one, as they are asked for. A user's own tables are all read and
checked at once, and a fault in any of them is an error: figures from a folder that is not sound
are not shown.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.errors import DataError, Fault
from crimecmp.names import Name, Names
from crimecmp.reading import TextTable, read_table
from crimecmp.schema import TABLES, Column, Table, decimals, split_list, wrong
from crimecmp.text import in_words

if TYPE_CHECKING:
    import pandas as pd

STANDARD_INPUT = "-"
FIGURE_TABLES = ("rates", "changes", "outcomes", "satisfaction")

Row = dict[str, str]


def bundled_folder() -> Path:
    """Return the folder of the tables that come with crimecmp."""
    installed = Path(__file__).parent / "data"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "data"


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


class Dataset:
    """The tables that answers are drawn from.

    Made by `load`. `rates`, `changes`, `outcomes`, `satisfaction` and `judgments` of the package
    take one.

    Parameters
    ----------
    label
        What the figures are, for messages: `the bundled figures` or the user's path.
    files
        Files of tables, by table name, that are read when they are asked for.
    left_out
        CSV files of the user's folder that are no table of crimecmp.

    Attributes
    ----------
    tables
        The tables read so far, by name.
    read
        The user's own files that were read: file, table, and number of rows.
    """

    def __init__(
        self, label: str, *, files: Mapping[str, Path] | None = None, left_out: Iterable[str] = ()
    ) -> None:
        self.label = label
        self.files = files or {}
        self.left_out = tuple(left_out)
        self.tables: dict[str, CheckedTable] = {}
        self.read: list[tuple[str, str, int]] = []

    def table(self, name: str) -> CheckedTable:
        """Return the table called `name`, without rows where the data have none.

        Raises
        ------
        DataError
            Where its file cannot be read or is not sound.
        """
        if name not in self.tables:
            path = self.files.get(name)
            if path is None:
                table = TABLES[name]
                empty: dict[str, list[str]] = {column.name: [] for column in table.columns}
                self.tables[name] = CheckedTable(table, "", empty)
            else:
                text, faults = read_table(_bytes_of(path, str(path)), str(path))
                if text is not None:
                    checked, cell_faults = _check(TABLES[name], text, self)
                    self.tables[name] = checked
                    faults += cell_faults
                if faults:
                    raise DataError(faults)
        return self.tables[name]

    def rows(self, name: str) -> list[Row]:
        """Return the rows of the table called `name`, as text."""
        return self.table(name).rows()

    def by_id(self, name: str) -> dict[str, Row]:
        """Return the rows of a table with a single key column, by that key."""
        [key] = TABLES[name].key
        return {row[key]: row for row in self.rows(name)}

    def frame(self, name: str) -> pd.DataFrame:
        """Return the table called `name` as a typed frame; see `CheckedTable.frame`."""
        return self.table(name).frame()

    @cached_property
    def forces(self) -> Names:
        """The areas that figures can be for."""
        return Names(
            "force",
            (
                Name(
                    row["force"],
                    row["short_name"] or row["name"],
                    (row["name"], row["ons_code"], *split_list(row["aliases"])),
                )
                for row in self.rows("forces")
            ),
        )

    @cached_property
    def metrics(self) -> Names:
        """What can be measured."""
        return Names(
            "metric",
            (
                Name(row["metric"], row["label"], tuple(split_list(row["aliases"])))
                for row in self.rows("metrics")
            ),
        )

    def id_of(self, table: str, cell: str) -> str | None:
        """Return the id that a cell of another table means by `cell`, or None."""
        if table == "forces":
            return self.forces.exact(cell)
        if table == "metrics":
            return self.metrics.exact(cell)
        return cell if cell in self._ids(table) else None

    def _ids(self, table: str) -> set[str]:
        return set(self.table(table).columns[TABLES[table].key[0]])

    def in_order(self, sources: Iterable[str]) -> list[str]:
        """Return each source once, in the order of the sources' table, files by themselves last."""
        order = {name: place for place, name in enumerate(self.by_id("sources"))}
        return sorted(dict.fromkeys(sources), key=lambda name: order.get(name, len(order)))

    def sources_with_figures(self) -> list[str]:
        """Return the sources of all figures and judgments, in order."""
        names = (*FIGURE_TABLES, "judgments")
        return self.in_order(s for name in names for s in self.table(name).columns["source"])

    def areas_with_figures(self) -> list[str]:
        """Return the areas that have any figure, in the order of the forces' table."""
        having: set[str] = set()
        for name in (*FIGURE_TABLES, "judgments"):
            having.update(self.table(name).columns["force"])
        return [name.id for name in self.forces if name.id in having]


def load(path: str | PathLike[str] | None = None) -> Dataset:
    """Read tables.

    Parameters
    ----------
    path
        A folder of CSV tables, one CSV file (its header tells which table it is), or `-` for
        standard input; None for the tables that come with crimecmp. The bundled names of forces
        and metrics stay known beside the user's own tables, which add to them.

    Returns
    -------
    Dataset
        The tables, checked.

    Raises
    ------
    DataError
        With all faults, where a file cannot be read or is not sound.
    """
    dataset, faults = examine(path)
    if faults:
        hint = "" if path in (None, STANDARD_INPUT) else f"All faults: crimecmp check {path}"
        raise DataError(faults, hint)
    return dataset


def examine(path: str | PathLike[str] | None) -> tuple[Dataset, list[Fault]]:
    """Read tables and return all their faults instead of raising the first; else as `load`."""
    folder = bundled_folder()
    bundled = Dataset(
        "the bundled figures",
        files={name: folder / f"{name}.csv" for name in TABLES},
    )
    if path is None:
        return bundled, []
    texts, faults, left_out = _texts(str(path))
    own = Dataset(str(path), left_out=left_out)
    for name, table in TABLES.items():
        if table.names or (name == "scale" and name not in texts):
            own.tables[name] = bundled.table(name)
        if name in texts:
            checked, cell_faults = _check(table, texts[name], own)
            faults += cell_faults
            own.read.append((checked.file, name, checked.height))
            own.tables[name] = _added(own.tables[name], checked) if table.names else checked
    return own, faults


def _texts(path: str) -> tuple[dict[str, TextTable], list[Fault], list[str]]:
    """Return a user's tables by name, faults in finding them, and CSV files that are no table."""
    if path != STANDARD_INPUT and Path(path).is_dir():
        return _folder_texts(Path(path))
    label = "standard input" if path == STANDARD_INPUT else path
    text, faults = read_table(_bytes_of(path, label), label)
    if text is None:
        return {}, faults, []
    nearest = _nearest(text.header, Path(path).stem.casefold())
    if len(nearest) == 1:
        return {nearest[0].name: text}, faults, []
    if not any(fault.row == text.header_line for fault in faults):
        needed = " or ".join(f"{', '.join(table.required)} ({table.name})" for table in nearest)
        problem = f"the header fits no one table; it needs the columns {needed}"
        faults.append(Fault(label, text.header_line, "", problem))
    return {}, faults, []


def _folder_texts(folder: Path) -> tuple[dict[str, TextTable], list[Fault], list[str]]:
    texts: dict[str, TextTable] = {}
    faults: list[Fault] = []
    left_out: list[str] = []
    files = sorted(file for file in folder.iterdir() if file.suffix.casefold() == ".csv")
    for file in files:
        name = file.stem.casefold()
        if name not in TABLES:
            left_out.append(file.name)
            continue
        if name in texts:
            faults.append(Fault(str(file), 0, "", f"there is another table called {name} here"))
            continue
        text, read_faults = read_table(_bytes_of(file, str(file)), str(file))
        faults += read_faults
        if text is not None:
            texts[name] = text
    if not texts and not faults:
        wanted = in_words([f"{name}.csv" for name in (*FIGURE_TABLES, "judgments")], "or")
        found = f" (found: {', '.join(left_out)})" if left_out else ""
        problem = f"the folder has no table{found}; it needs at least one called {wanted}"
        faults.append(Fault(str(folder), 0, "", problem))
    return texts, faults, left_out


def _bytes_of(path: str | Path, label: str) -> bytes:
    try:
        if path == STANDARD_INPUT:
            return sys.stdin.buffer.read()
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise DataError([Fault(label, 0, "", f"cannot be read: {reason}")]) from error


def _nearest(header: list[str], stem: str) -> list[Table]:
    """Return the table that a header fits best; several where they fit it equally badly.

    A column that is nearly one of a table's counts half: it is a misspelling, to be told as one.
    """
    names = set(header)

    def fit(table: Table) -> tuple[float, bool]:
        missing = [name for name in table.required if name not in names]
        unknown = [name for name in names if name not in table.column_names]
        nearly = sum(bool(get_close_matches(name, missing, n=1)) for name in unknown)
        shared = len(names & set(table.required))
        return (shared + nearly / 2 - len(missing) - len(unknown), table.name == stem)

    fits = {table.name: fit(table) for table in TABLES.values()}
    best = max(fits.values())
    nearest = [TABLES[name] for name, its in fits.items() if its == best]
    return [table for table in nearest if table.name in FIGURE_TABLES] or nearest


def _check(table: Table, text: TextTable, dataset: Dataset) -> tuple[CheckedTable, list[Fault]]:
    """Check a table's columns, cells and keys against the schema and the names in `dataset`.

    Returns the table as far as it is sound, and all faults in the order of rows.
    """
    faults = _column_faults(table, text)
    empty = [""] * len(text.rows)
    columns: dict[str, list[str]] = {}
    for column in table.columns:
        if column.name in text.header:
            place = text.header.index(column.name)
            cells = [row[place] for row in text.rows]
            columns[column.name] = _resolved(column, cells, text, dataset, faults)
        else:
            columns[column.name] = empty
    if "source" in columns and table.name != "sources":
        columns["source"] = [source or text.file for source in columns["source"]]
    if set(table.required) <= set(text.header):
        faults += _key_faults(table, columns, text)
        faults += _order_faults(table, columns, text)
    faults.sort(key=lambda fault: fault.row)
    return CheckedTable(table, text.file, columns), faults


def _column_faults(table: Table, text: TextTable) -> list[Fault]:
    known = table.column_names
    missing = [name for name in table.required if name not in text.header]
    faults = [
        Fault(text.file, text.header_line, name, f"the {table.name} table needs this column")
        for name in missing
    ]
    for name in dict.fromkeys(text.header):
        if name and name not in known:
            near = get_close_matches(name, [n for n in known if n not in text.header], n=1)
            advice = f"did you mean {near[0]}?" if near else f"its columns are {', '.join(known)}"
            problem = f"the {table.name} table has no such column; {advice}"
            faults.append(Fault(text.file, text.header_line, name, problem))
    return faults


def _resolved(
    column: Column, cells: list[str], text: TextTable, dataset: Dataset, faults: list[Fault]
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
            meaning, problem = _referred(column, cell, dataset)
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


def _referred(column: Column, cell: str, dataset: Dataset) -> tuple[str, str | None]:
    parts = split_list(cell) if column.type == "list" else [cell]
    ids = {part: dataset.id_of(column.refers, part) for part in parts}
    strange = [part for part, found in ids.items() if found is None]
    if not strange:
        return ";".join(found for found in ids.values() if found), None
    thing = {"forces": "force", "metrics": "metric", "sources": "source"}.get(column.refers)
    if thing == "source":
        advice = (
            "describe it in a sources.csv beside this table, or leave the cell empty and the file "
            "itself is named as the source"
        )
    elif thing:
        near = (dataset.forces if thing == "force" else dataset.metrics).near(strange[0])
        advice = f"did you mean {in_words(near, 'or')}? " if near else ""
        advice += f"crimecmp {thing}s lists the known ones; your own {thing}s.csv can add to them"
    else:
        known = dataset.table(column.refers).columns[column.name]
        advice = f"the {column.refers} table has {in_words(known)}"
    return cell, f"unknown {thing or column.name} '{strange[0]}'; {advice}"


def _key_faults(table: Table, columns: Mapping[str, list[str]], text: TextTable) -> list[Fault]:
    first: dict[tuple[str, ...], int] = {}
    faults = []
    for line, key in zip(text.lines, zip(*(columns[k] for k in table.key), strict=True), strict=True):
        if key in first:
            problem = f"same {in_words(table.key)} as row {first[key]}; keep one of them"
            faults.append(Fault(text.file, line, table.key[0], problem))
        elif all(key):
            first[key] = line
    return faults


def _order_faults(table: Table, columns: Mapping[str, list[str]], text: TextTable) -> list[Fault]:
    if table.earlier is None:
        return []
    before, after = table.earlier
    date = table.column(before)
    pairs = zip(text.lines, columns[before], columns[after], strict=True)
    return [
        Fault(text.file, line, before, f"'{start}' is not before {after}, which is {end}")
        for line, start, end in pairs
        if start >= end and not wrong(date, start) and not wrong(date, end)
    ]


def _added(base: CheckedTable, more: CheckedTable) -> CheckedTable:
    """Return the rows of `base` with those of `more` added; a row of the same key is replaced."""
    key = base.table.key[0]
    taken = set(more.columns[key])
    kept = [i for i, name in enumerate(base.columns[key]) if name not in taken]
    columns = {
        name: [*(cells[i] for i in kept), *more.columns[name]]
        for name, cells in base.columns.items()
    }
    return CheckedTable(base.table, more.file, columns)


def described_sources(dataset: Dataset, ids: Iterable[str]) -> list[Row]:
    """Return the rows of the sources' table for `ids`; a file that is its own source by its name."""
    described = dataset.by_id("sources")
    blank = dict.fromkeys(TABLES["sources"].column_names, "")
    return [
        described.get(name)
        or {**blank, "source": name, "title": "the user's own file"}
        for name in dict.fromkeys(ids)
    ]
