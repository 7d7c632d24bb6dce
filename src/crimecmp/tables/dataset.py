"""The data: tables as names, as rows of text and as typed data frames."""

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
    """The tables of figures and names, as `load` returns them.

    Every public function of crimecmp that compares or lists figures takes one.

    Parameters
    ----------
    label
        A name for the data in messages: `the bundled figures` or the user's path.
    files
        The files of tables by the name of the table; each is read when it is first needed.
    left_out
        CSV files in the user's folder that are not tables of crimecmp.

    Attributes
    ----------
    tables
        The tables read so far, by name.
    read
        The file, table and number of rows of each of the user's files that were read.
    digests
        The SHA-256 of each of the user's files that were read.
    bundled
        The bundled data that a user's tables add to; None if this is the bundled data.
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
        self.bundled: Dataset | None = None
        self._names: dict[str, Names] = {}
        self._rows: dict[str, tuple[CheckedTable, list[Row]]] = {}

    def __repr__(self) -> str:
        # Imported here because commands do not need it.
        from crimecmp.tables.holdings import as_text, holdings

        return as_text(self.label, holdings(self))

    def _repr_html_(self) -> str:
        from crimecmp.tables.holdings import as_html, holdings

        return as_html(self.label, holdings(self))

    def table(self, name: str) -> CheckedTable:
        """Return the table with a name; without a file it is the bundled one or has no rows.

        Raises
        ------
        DataError
            Where its file cannot be read or is not valid.
        """
        if name not in self.tables:
            path, table = self.files.get(name), TABLES[name]
            if path is None and self.bundled is not None and table.standing:
                self.tables[name] = self.bundled.table(name)
            elif path is None:
                empty: dict[str, list[str]] = {column.name: [] for column in table.columns}
                self.tables[name] = CheckedTable(table, "", empty)
            else:
                self.tables[name] = read_bundled(table, path)
        return self.tables[name]

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a table as text; they are made once."""
        table = self.table(name)
        known, rows = self._rows.get(name, (None, []))
        if known is not table:
            rows = table.rows()
            self._rows[name] = table, rows
        return rows

    def by_id(self, name: str) -> dict[str, Row]:
        """Return the rows of a table by their key, which must be a single column."""
        [key] = TABLES[name].key
        return {row[key]: row for row in self.rows(name)}

    def frame(self, name: str) -> pd.DataFrame:
        """Return a table as a typed data frame; see `CheckedTable.frame`."""
        return self.table(name).frame()

    def add(self, name: str, more: CheckedTable, sha256: str) -> None:
        """Add the rows of a user's table if it is one of names; otherwise replace the table."""
        self.read.append((more.file, name, more.height))
        self.digests[more.file] = sha256
        self.tables[name] = merged(self.tables[name], more) if more.table.names else more
        self._names.pop(name, None)

    def checksums(self) -> list[tuple[str, str]]:
        """Return the names of the files read so far, each with its SHA-256.

        Bundled files have the path within the package, such as `data/rates.csv`.

        Raises
        ------
        DataError
            Where a bundled file cannot be read again.
        """
        found = [] if self.bundled is None else self.bundled.checksums()
        for name in sorted(name for name in self.files if name in self.tables):
            path = self.files[name]
            try:
                found.append((f"data/{path.name}", sha256_of(path.read_bytes())))
            except OSError as error:
                raise DataError([unreadable(str(path), error)]) from error
        return [*found, *self.digests.items()]

    def names(self, table: str) -> Names:
        """Return the names defined by a table, such as `forces`, `metrics` or `sources`."""
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
        """The names of areas."""
        return self.names("forces")

    @property
    def metrics(self) -> Names:
        """The names of metrics."""
        return self.names("metrics")

    def label_of(self, benchmark: str) -> str:
        """Return the name for people of a benchmark, which is an area or a group."""
        names = self.forces if benchmark in self.forces else self.names("groups")
        return names[benchmark].label

    def metrics_of(self, table: str) -> dict[str, dict[str, str]]:
        """Return the metrics that a table's figures are checked by; none if it takes any."""
        return self.by_id("metrics") if TABLES[table].units else {}

    def in_order(self, sources: Iterable[str]) -> list[str]:
        """Return the sources without repeats, in the order of their table; others come last."""
        order = {name: place for place, name in enumerate(self.by_id("sources"))}
        return sorted(dict.fromkeys(sources), key=lambda name: order.get(name, len(order)))

    def sources_with_figures(self) -> list[str]:
        """Return the sources of all figures and judgments, in order."""
        names = (*FIGURE_TABLES, "judgments")
        return self.in_order(s for name in names for s in self.table(name).columns["source"])

    def tables_of_source(self, source: str) -> list[str]:
        """Return the names of the tables of figures and judgments that a source has rows in."""
        names = (*FIGURE_TABLES, "judgments")
        return [name for name in names if source in self.table(name).columns["source"]]

    def metrics_with_figures(self) -> set[str]:
        """Return the ids of the metrics that have a row in a table of figures."""
        return {metric for name in FIGURE_TABLES for metric in self.table(name).columns["metric"]}

    def territorial(self) -> list[str]:
        """Return the territorial forces, in the order of their table."""
        return [row["force"] for row in self.rows("forces") if row["territorial"] == "true"]

    def without_resident_base(self) -> tuple[str, ...]:
        """Return the territorial forces for which a rate per resident is not meaningful.

        Few people live in such an area and many work there or visit, so it is left out of
        comparisons among the rates of all forces.
        """
        return tuple(
            row["force"]
            for row in self.rows("forces")
            if row["territorial"] == "true" and row["resident_base"] == "false"
        )

    def forces_with_figures(self) -> list[str]:
        """Return the territorial forces that have figures, in the order of their table."""
        areas = set(self.areas_with_figures())
        return [force for force in self.territorial() if force in areas]

    def areas_with_figures(
        self, *tables: str, source: str | None = None, metric: str | None = None
    ) -> list[str]:
        """Return the areas that have a row in one or more tables.

        Parameters
        ----------
        tables
            Names of tables; if there are none, all tables of figures and judgments.
        source, metric
            The ids of the source and the metric that a row must have; None for any. A judgment
            is of no metric.

        Returns
        -------
        list
            Their ids, in the order of the table `forces`.
        """
        areas: set[str] = set()
        for name in tables or (*FIGURE_TABLES, "judgments"):
            columns = self.table(name).columns
            metrics = columns.get("metric", [""] * self.table(name).height)
            areas.update(
                force
                for force, row_source, row_metric in zip(
                    columns["force"], columns["source"], metrics, strict=True
                )
                if source in (None, row_source) and metric in (None, row_metric)
            )
        return [name.id for name in self.forces if name.id in areas]

    def ends_with_figures(
        self,
        *tables: str,
        forces: Sequence[str],
        source: str | None = None,
        metric: str | None = None,
    ) -> list[str]:
        """Return the ends of the periods in which some forces have figures, as ISO dates in order.

        Parameters are those of `areas_with_figures`, with the ids of the forces.
        """
        found: set[str] = set()
        for name in tables or FIGURE_TABLES:
            columns = self.table(name).columns
            if "period_end" in columns:
                found.update(
                    end
                    for force, row_source, row_metric, end in zip(
                        columns["force"],
                        columns["source"],
                        columns["metric"],
                        columns["period_end"],
                        strict=True,
                    )
                    if force in forces
                    and source in (None, row_source)
                    and metric in (None, row_metric)
                )
        return sorted(found)

    def areas_in_words(
        self, areas: Sequence[str], everyone: str = "all that crimecmp.forces() lists"
    ) -> str:
        """Return areas as a list in words, or `everyone` if they are all the areas."""
        every = len(areas) > 1 and len(areas) == len(list(self.forces))
        return everyone if every else in_words(areas or ["none"])


def _label(row: Row, default: str) -> str:
    """Return the short name for people of a row, or the next best."""
    labels = (row.get(column) for column in ("short_name", "label", "name", "title"))
    return next((label for label in labels if label), default)


def _other_names(row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in ("name", "ons_code") if row.get(column))


def described_sources(dataset: Dataset, ids: Iterable[str]) -> list[Row]:
    """Return the rows that describe some sources, without repeats.

    Parameters
    ----------
    dataset
        The data.
    ids
        The ids of the sources. A user's file that is its own source has only its name.
    """
    described = dataset.by_id("sources")
    blank = dict.fromkeys(TABLES["sources"].column_names, "")
    return [
        described.get(name) or {**blank, "source": name, "title": "the user's own file"}
        for name in dict.fromkeys(ids)
    ]
