"""The tables that answers are drawn from: as names, as rows of text and as typed frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from crimecmp.errors import DataError
from crimecmp.tables.cells import split_list
from crimecmp.tables.checked import CheckedTable, Row
from crimecmp.tables.files import read_bundled, sha256_of, unreadable
from crimecmp.tables.merging import merged
from crimecmp.tables.names import Name, Names
from crimecmp.tables.schema import FIGURE_TABLES, TABLES
from crimecmp.text import in_words

if TYPE_CHECKING:
    import pandas as pd


class Dataset:
    """The tables that answers are drawn from, made by `load`.

    Every public function of crimecmp that answers a question takes one.

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
        The bundled tables that a user's own tables add to; None for the bundled ones themselves.
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
        self._rows: dict[str, tuple[CheckedTable, list[Row]]] = {}

    def table(self, name: str) -> CheckedTable:
        """Return the table called `name`, without rows where there is no file of it.

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
                self.tables[name] = read_bundled(TABLES[name], path)
        return self.tables[name]

    def rows(self, name: str) -> list[Row]:
        """Return the rows of the table called `name`, as text; they are made once."""
        table = self.table(name)
        known, rows = self._rows.get(name, (None, []))
        if known is not table:
            rows = table.rows()
            self._rows[name] = table, rows
        return rows

    def by_id(self, name: str) -> dict[str, Row]:
        """Return the rows of a table with a single key column, by that key."""
        [key] = TABLES[name].key
        return {row[key]: row for row in self.rows(name)}

    def frame(self, name: str) -> pd.DataFrame:
        """Return the table called `name` as a typed frame; see `CheckedTable.frame`."""
        return self.table(name).frame()

    def add(self, name: str, more: CheckedTable, sha256: str) -> None:
        """Add a user's table of names to the one called `name`; replace any other table by it."""
        self.read.append((more.file, name, more.height))
        self.digests[more.file] = sha256
        self.tables[name] = merged(self.tables[name], more) if more.table.names else more
        self._names.pop(name, None)

    def checksums(self) -> list[tuple[str, str]]:
        """Return the files of the tables read so far, each with its SHA-256.

        Bundled files are named by their place in the package, such as `data/rates.csv`.

        Raises
        ------
        DataError
            Where a file of the package cannot be read again.
        """
        found = [] if self.beneath is None else self.beneath.checksums()
        for name in sorted(name for name in self.files if name in self.tables):
            path = self.files[name]
            try:
                found.append((f"data/{path.name}", sha256_of(path.read_bytes())))
            except OSError as error:
                raise DataError([unreadable(str(path), error)]) from error
        return [*found, *self.digests.items()]

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

    @property
    def forces(self) -> Names:
        """The areas that figures can be for."""
        return self.names("forces")

    @property
    def metrics(self) -> Names:
        """What can be measured."""
        return self.names("metrics")

    def label_of(self, benchmark: str) -> str:
        """Return the name for people of a benchmark: an area, or the mean of a group."""
        names = self.forces if benchmark in self.forces else self.names("groups")
        return names[benchmark].label

    def units_of(self, table: str) -> dict[str, str]:
        """Return the unit of each metric, for a table that allows only certain units."""
        if not TABLES[table].units:
            return {}
        return {row["metric"]: row["unit"] for row in self.rows("metrics")}

    def in_order(self, sources: Iterable[str]) -> list[str]:
        """Return each source once, in the order of the sources' table; files by themselves last."""
        order = {name: place for place, name in enumerate(self.by_id("sources"))}
        return sorted(dict.fromkeys(sources), key=lambda name: order.get(name, len(order)))

    def sources_with_figures(self) -> list[str]:
        """Return the sources of all figures and judgments, in order."""
        names = (*FIGURE_TABLES, "judgments")
        return self.in_order(s for name in names for s in self.table(name).columns["source"])

    def territorial(self) -> list[str]:
        """Return the territorial forces, in the order of their table."""
        return [row["force"] for row in self.rows("forces") if row["territorial"] == "true"]

    def without_resident_base(self) -> tuple[str, ...]:
        """Return the territorial forces whose crime cannot be set against their residents.

        Hardly anyone lives there and many work or visit, so a rate per resident says little, and
        the force is left out where the rates of all forces are looked at together.
        """
        return tuple(
            row["force"]
            for row in self.rows("forces")
            if row["territorial"] == "true" and row["resident_base"] == "false"
        )

    def forces_with_figures(self) -> list[str]:
        """Return the territorial forces that have any figure, in the order of their table."""
        having = set(self.areas_with_figures())
        return [force for force in self.territorial() if force in having]

    def areas_with_figures(
        self, *tables: str, source: str | None = None, metric: str | None = None
    ) -> list[str]:
        """Return the areas that have a row in any of some tables.

        Parameters
        ----------
        tables
            Names of tables; none for all that hold figures or judgments.
        source, metric
            Ids of the source and the metric that a row must have; None for any.

        Returns
        -------
        list
            Ids, in the order of the forces' table.
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
        """Return ids of areas as a list in words; all of them together have a short form."""
        every = len(areas) > 1 and len(areas) == len(list(self.forces))
        return "all that crimecmp forces lists" if every else in_words(areas or ["none"])


def _label(row: Row, default: str) -> str:
    """Return the shortest of a row's names for people."""
    labels = (row.get(column) for column in ("short_name", "label", "name", "title"))
    return next((label for label in labels if label), default)


def _other_names(row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in ("name", "ons_code") if row.get(column))


def described_sources(dataset: Dataset, ids: Iterable[str]) -> list[Row]:
    """Return the rows of some sources, each once.

    Parameters
    ----------
    dataset
        The tables that describe them.
    ids
        Ids of sources; a file that is its own source is described by its name alone.
    """
    described = dataset.by_id("sources")
    blank = dict.fromkeys(TABLES["sources"].column_names, "")
    return [
        described.get(name) or {**blank, "source": name, "title": "the user's own file"}
        for name in dict.fromkeys(ids)
    ]
