"""Finds, opens, reads and checks tables; gives them as names, as rows of text and as typed frames.

The bundled tables are read one by one, as they are asked for. A user's own tables are all read and
checked at once, and a fault in any of them is an error: figures from a folder that is not sound
are not shown.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from crimecmp.errors import DataError, Fault
from crimecmp.tables.checking import CheckedTable, Row, check
from crimecmp.tables.csv_text import TextTable, read_table
from crimecmp.tables.names import Name, Names
from crimecmp.tables.schema import TABLES, Table, split_list
from crimecmp.text import in_words

if TYPE_CHECKING:
    import pandas as pd

STANDARD_INPUT = "-"
FIGURE_TABLES = ("rates", "changes", "outcomes", "satisfaction")


def bundled_folder() -> Path:
    """Return the folder of the tables that come with crimecmp."""
    installed = Path(__file__).parents[1] / "data"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "data"


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
    digests
        The user's own files that were read, and the SHA-256 of each.
    beneath
        The bundled tables that a user's own tables add to; None of the bundled ones themselves.
    """

    def __init__(
        self, label: str, *, files: Mapping[str, Path] | None = None, left_out: Iterable[str] = ()
    ) -> None:
        self.label = label
        self.files = files or {}
        self.left_out = tuple(left_out)
        self.tables: dict[str, CheckedTable] = {}
        self.read: list[tuple[str, str, int]] = []
        self.digests: dict[str, str] = {}
        self.beneath: Dataset | None = None
        self._names: dict[str, Names] = {}

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
                self.tables[name] = _bundled(TABLES[name], path)
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

    def names(self, table: str) -> Names:
        """Return the names that a table defines: of `forces`, `metrics`, `sources` and so on."""
        if table not in self._names:
            [key] = TABLES[table].key
            self._names[table] = Names(
                key,
                (
                    Name(
                        row[key],
                        _label(row, row[key]),
                        (*_other_names(row), *split_list(row.get("aliases", ""))),
                    )
                    for row in self.rows(table)
                ),
            )
        return self._names[table]

    def units_of(self, table: str) -> dict[str, str]:
        """Return the unit of each metric, where the metrics of a table must have certain ones."""
        if not TABLES[table].units:
            return {}
        return {row["metric"]: row["unit"] for row in self.rows("metrics")}

    def checksums(self) -> list[tuple[str, str]]:
        """Return the files whose tables were read so far, each with its SHA-256.

        Bundled ones go by their place in the package: `data/rates.csv`.

        Raises
        ------
        DataError
            Where a file of the package cannot be read again.
        """
        found = [] if self.beneath is None else self.beneath.checksums()
        for name in sorted(name for name in self.files if name in self.tables):
            path = self.files[name]
            try:
                found.append((f"data/{path.name}", _sha256(path.read_bytes())))
            except OSError as error:
                raise DataError([_unreadable(str(path), error)]) from error
        return [*found, *self.digests.items()]

    def add(self, name: str, more: CheckedTable, sha256: str) -> None:
        """Put a user's table in the place of the one called `name`, or add its names to that."""
        self.read.append((more.file, name, more.height))
        self.digests[more.file] = sha256
        self.tables[name] = _added(self.tables[name], more) if more.table.names else more
        self._names.pop(name, None)

    @property
    def forces(self) -> Names:
        """The areas that figures can be for."""
        return self.names("forces")

    @property
    def metrics(self) -> Names:
        """What can be measured."""
        return self.names("metrics")

    def label_of(self, benchmark: str) -> str:
        """Return what people call a benchmark: an area, or the mean of a group."""
        names = self.forces if benchmark in self.forces else self.names("groups")
        return names[benchmark].label

    def in_order(self, sources: Iterable[str]) -> list[str]:
        """Return each source once, in the order of the sources' table, files by themselves last."""
        order = {name: place for place, name in enumerate(self.by_id("sources"))}
        return sorted(dict.fromkeys(sources), key=lambda name: order.get(name, len(order)))

    def sources_with_figures(self) -> list[str]:
        """Return the sources of all figures and judgments, in order."""
        names = (*FIGURE_TABLES, "judgments")
        return self.in_order(s for name in names for s in self.table(name).columns["source"])

    def territorial(self) -> list[str]:
        """Return the territorial forces, in the order of their table."""
        return [row["force"] for row in self.rows("forces") if row["territorial"] == "true"]

    def forces_with_figures(self) -> list[str]:
        """Return the territorial forces that have any figure, in the order of their table."""
        having = set(self.areas_with_figures())
        return [force for force in self.territorial() if force in having]

    def areas_with_figures(
        self, *tables: str, source: str | None = None, metric: str | None = None
    ) -> list[str]:
        """Return the areas with a row in any of some tables, in the order of the forces' table.

        Without names of tables all that hold figures or judgments count; with a source or a metric
        the rows of that alone do.
        """
        having: set[str] = set()
        for name in tables or (*FIGURE_TABLES, "judgments"):
            columns = self.table(name).columns
            of = columns.get("metric", [metric] * self.table(name).height)
            having.update(
                force
                for force, its_source, its_metric in zip(
                    columns["force"], columns["source"], of, strict=True
                )
                if source in (None, its_source) and metric in (None, its_metric)
            )
        return [name.id for name in self.forces if name.id in having]

    def areas_in_words(self, areas: Sequence[str]) -> str:
        """Return ids of areas as a list, or where they are all that there are, that."""
        every = len(areas) > 1 and len(areas) == len(list(self.forces))
        return "all that crimecmp forces lists" if every else in_words(areas or ["none"])


def _label(row: Row, default: str) -> str:
    """Return what people call a thing: the shortest of its names for people."""
    labels = (row.get(column) for column in ("short_name", "label", "name", "title"))
    return next((label for label in labels if label), default)


def _other_names(row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in ("name", "ons_code") if row.get(column))


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
    own.beneath = bundled
    # A folder of names alone, such as groups, goes with the bundled figures.
    names_alone = all(TABLES[name].names for name in texts)
    for name, table in TABLES.items():
        if table.names or names_alone or (name == "scale" and name not in texts):
            own.tables[name] = bundled.table(name)
        if name in texts:
            taken = own.names(name) if table.names else None
            units = own.units_of(name)
            checked, cell_faults = check(table, texts[name], own.names, units, taken)
            faults += cell_faults
            if name == "groups":
                faults += _groups_like_forces(checked, texts[name], own.forces)
            own.add(name, checked, texts[name].sha256)
    files = list(
        dict.fromkeys([*(text.file for text in texts.values()), *(f.file for f in faults)])
    )
    faults.sort(key=lambda fault: (files.index(fault.file), fault.row))
    return own, faults


def _groups_like_forces(groups: CheckedTable, text: TextTable, forces: Names) -> list[Fault]:
    """Find groups that are called as a force is: a benchmark's name would be two things."""
    problem = "this is the name of a force; choose another for the group"
    return [
        Fault(text.file, line, "group", problem)
        for line, group in zip(text.lines, groups.columns["group"], strict=True)
        if group in forces
    ]


def _texts(path: str) -> tuple[dict[str, TextTable], list[Fault], list[str]]:
    """Return a user's tables by name, faults in finding them, and CSV files that are no table."""
    if not path:
        return {}, [Fault("--data", 0, "", "the path is empty; a full stop is this folder")], []
    label = "standard input" if path == STANDARD_INPUT else path
    try:
        if path != STANDARD_INPUT and Path(path).is_dir():
            return _folder_texts(Path(path))
    except (OSError, ValueError) as error:
        return {}, [_unreadable(label, error)], []
    text, faults = _read(path, label)
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
        text, read_faults = _read(file, str(file))
        faults += read_faults
        if text is not None:
            texts[name] = text
    if not texts and not faults:
        wanted = in_words([f"{name}.csv" for name in (*FIGURE_TABLES, "judgments")], "or")
        found = f" (found: {', '.join(left_out)})" if left_out else ""
        problem = f"the folder has no table{found}; it needs at least one called {wanted}"
        faults.append(Fault(str(folder), 0, "", problem))
    return texts, faults, left_out


def _bundled(table: Table, path: Path) -> CheckedTable:
    """Return a table of crimecmp's own as it is: tests have checked it, and it has many rows."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            columns = {name: cells for name, *cells in zip(*csv.reader(stream), strict=True)}
    except (OSError, ValueError, csv.Error) as error:
        raise DataError([_unreadable(str(path), error)]) from error
    lacking = [name for name in table.required if name not in columns]
    if lacking:
        raise DataError([Fault(str(path), 1, name, "the column is missing") for name in lacking])
    empty = [""] * len(columns[table.key[0]])
    return CheckedTable(
        table, str(path), {name: columns.get(name, empty) for name in table.column_names}
    )


def _read(path: str | Path, label: str) -> tuple[TextTable | None, list[Fault]]:
    try:
        if path != STANDARD_INPUT:
            content = Path(path).read_bytes()
        elif sys.stdin is None:
            return None, [Fault(label, 0, "", "cannot be read: it is closed")]
        else:
            content = sys.stdin.buffer.read()
    except (OSError, ValueError) as error:
        return None, [_unreadable(label, error)]
    text, faults = read_table(content, label)
    return text and text._replace(sha256=_sha256(content)), faults


def _sha256(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


def _unreadable(label: str, error: Exception) -> Fault:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return Fault(label, 0, "", f"cannot be read: {reason}")


def _nearest(header: list[str], stem: str) -> list[Table]:
    """Return the table that a header fits best; several where they fit it equally badly.

    A column that is nearly one of a table's counts half: it is a misspelling, to be told as one.
    """
    names = set(header)

    def fit(table: Table) -> tuple[float, bool]:
        missing = [name for name in table.required if name not in names]
        unknown = [name for name in names if name not in table.column_names]
        nearly = sum(bool(get_close_matches(name, missing, 1, _NEARLY)) for name in unknown[:20])
        shared = len(names & set(table.required))
        return (shared + nearly / 2 - len(missing) - len(unknown), table.name == stem)

    fits = {table.name: fit(table) for table in TABLES.values()}
    best = max(fits.values())
    nearest = [TABLES[name] for name, its in fits.items() if its == best]
    shared = any(set(table.required) & names for table in nearest)
    if len(nearest) > 1 and not shared:
        return [TABLES[name] for name in FIGURE_TABLES]
    return [table for table in nearest if table.name in FIGURE_TABLES] or nearest


_NEARLY = 0.75
"""How alike two column names are, of 1, that one is taken for a misspelling of the other."""


def _added(base: CheckedTable, more: CheckedTable) -> CheckedTable:
    """Return the rows of `base` with those of `more` added.

    A row with a key that is there already takes that row's place, and its empty cells stay filled.
    """
    key = base.table.key[0]
    rows = {row[key]: row for row in base.rows()}
    for row in more.rows():
        old = rows.get(row[key], row)
        rows[row[key]] = {
            name: cell or (old[name] if base.table.column(name).inherited else "")
            for name, cell in row.items()
        }
    if base.table.name == "sources":  # their order is that of choice: the user's own go first
        rows = {row[key]: rows[row[key]] for row in more.rows()} | rows
    columns = {name: [row[name] for row in rows.values()] for name in base.columns}
    return CheckedTable(base.table, more.file, columns)


def described_sources(dataset: Dataset, ids: Iterable[str]) -> list[Row]:
    """Return the sources' rows for `ids`; a file that is its own source has one by its name."""
    described = dataset.by_id("sources")
    blank = dict.fromkeys(TABLES["sources"].column_names, "")
    return [
        described.get(name) or {**blank, "source": name, "title": "the user's own file"}
        for name in dict.fromkeys(ids)
    ]
