"""The data: tables as names, as rows of text and as typed data frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.errors import DataError
from crimecmp.tables.bundled import read_bundled
from crimecmp.tables.cells import split_list
from crimecmp.tables.checked import CheckedTable, Columns, Row, joined
from crimecmp.tables.editions import newest_files
from crimecmp.tables.files import place_of, sha256_of, unreadable
from crimecmp.tables.merging import merged
from crimecmp.tables.names import Name, Names
from crimecmp.tables.runs import Runs, runs_of
from crimecmp.tables.scales import Scales, scales_of
from crimecmp.tables.schema import FIGURE_TABLES, TABLES
from crimecmp.text import in_words

if TYPE_CHECKING:
    import pandas as pd


class Choice(NamedTuple):
    """What is shown of the figures of newest editions, which have many measures and years.

    Parameters
    ----------
    main
        The measures that are shown where none is asked for; empty for all.
    successors
        Measures that have ended, and for each the measure that its short names stand for now.
    years
        The years over which the longer change is calculated; 0 for all years that there are.
    together
        The sources that stand on one page: those of the same years.
    """

    main: frozenset[str] = frozenset()
    successors: Mapping[str, str] = {}
    years: int = 0
    together: frozenset[str] = frozenset()

    def shows(self, metric: str) -> bool:
        """Return whether a measure is shown where none is asked for."""
        return not self.main or metric in self.main


class Dataset:
    """The tables of figures and names, as `load` returns them.

    Every public function of crimecmp that compares or lists figures takes one.

    Parameters
    ----------
    label
        A name for the data in messages: `the bundled figures` or the user's path.
    files
        The files of tables by the name of the table; their rows follow one another. Each is read
        when it is first needed.
    left_out
        CSV files in the user's folder that are not tables of crimecmp.

    choice
        What is shown of many figures where little is asked for.

    Attributes
    ----------
    tables
        The tables read so far, by name.
    read
        The file, table and number of rows of each of the user's files that were read.
    digests
        The SHA-256 of each of the user's files that were read.
    scales
        The scale of each source of judgments, as far as it was needed.
    bundled
        The bundled data that a user's tables add to; None if this is the bundled data.
    printed
        The data with the reports that print figures and make claims; None if this is it.
    """

    def __init__(
        self,
        label: str,
        *,
        files: Mapping[str, Sequence[Path]] | None = None,
        left_out: Iterable[str] = (),
        choice: Choice | None = None,
    ) -> None:
        self.label = label
        self.files = files or {}
        self.choice = choice or Choice()
        self.left_out = tuple(left_out)
        self.tables: dict[str, CheckedTable] = {}
        self.read: list[tuple[str, str, int]] = []
        self.digests: dict[str, str] = {}
        self.scales: Scales = {}
        self.bundled: Dataset | None = None
        self.printed: Dataset | None = None
        self._runs: dict[str, tuple[Columns, Runs]] = {}
        self._calculated = False
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
            table, paths = TABLES[name], self.files.get(name, ())
            if not paths and self.bundled is not None and table.standing:
                self.tables[name] = self.bundled.table(name)
            else:
                self.tables[name] = joined(table, [read_bundled(table, path) for path in paths])
        if name == "rates" and not self._calculated:
            self._calculated = True
            self.tables[name] = self._with_rates_of_counts(self.tables[name])
        return self.tables[name]

    def _with_rates_of_counts(self, rates: CheckedTable) -> CheckedTable:
        """Return the rates of every 12 months that counts make, then those published."""
        for name in ("months", "quarters"):
            counts = self.table(name)
            if not counts.height or (self.bundled and counts is self.bundled.table(name)):
                continue
            from crimecmp.tables.twelve_months import TwelveMonths, by_month, by_quarter

            counted = by_month(counts) if name == "months" else by_quarter(counts)
            metrics, bases = self.by_id("metrics"), self._bases()
            calculated = TwelveMonths(counted, bases, metrics, self.territorial())
            found = calculated.table(rates)
            self._runs["rates"] = found.columns, calculated.runs(rates)
            rates = found
        return rates

    def _bases(self) -> CheckedTable:
        """Return the table of bases; the newest bundled one where a user has none."""
        bases = self.table("bases")
        if bases.height or self.bundled is None:
            return bases
        return joined(
            bases.table, [read_bundled(bases.table, path) for path in newest_files()["bases"]]
        )

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a table as text; they are made once."""
        table = self.table(name)
        known, rows = self._rows.get(name, (None, []))
        if known is not table:
            rows = table.rows()
            self._rows[name] = table, rows
        return rows

    def runs(self, name: str) -> Runs:
        """Return where the rows of a table are; they are looked for once."""
        columns = self.table(name).columns
        known, runs = self._runs.get(name, (None, None))
        if runs is None or known is not columns:
            runs = Runs(runs_of(columns), columns.get("period_end", ()))
            self._runs[name] = columns, runs
        return runs

    def by_id(self, name: str) -> dict[str, Row]:
        """Return the rows of a table by their key, which must be a single column."""
        [key] = TABLES[name].key
        return {row[key]: row for row in self.rows(name)}

    def scale_of(self, source: str) -> list[Row]:
        """Return the categories that a source judges by, the best first."""
        if source not in self.scales:
            self.scales = scales_of(self.table("scale"), self.table("judgments").columns["source"])
        return self.scales[source]

    def frame(self, name: str) -> pd.DataFrame:
        """Return a table as a typed data frame; see `CheckedTable.frame`."""
        return self.table(name).frame()

    def add(self, name: str, parts: Sequence[CheckedTable], digests: Iterable[str]) -> None:
        """Add a user's tables of one kind.

        They are added to the bundled rows if they are names; otherwise they replace them.

        Parameters
        ----------
        name
            The name of the table.
        parts
            The table of each file; their rows follow one another.
        digests
            The SHA-256 of each file.
        """
        self.read += [(part.file, name, part.height) for part in parts]
        self.digests.update(zip((part.file for part in parts), digests, strict=True))
        more = joined(TABLES[name], parts)
        self.tables[name] = merged(self.tables[name], more) if more.table.names else more
        self._names.pop(name, None)

    def checksums(self) -> list[tuple[str, str]]:
        """Return the names of the files read so far, each with its SHA-256.

        Bundled files have the path within the package, such as
        `data/published-counts/rates.csv`.

        Raises
        ------
        DataError
            Where a bundled file cannot be read again.
        """
        found = [] if self.bundled is None else self.bundled.checksums()
        for name in sorted(name for name in self.files if name in self.tables):
            for path in self.files[name]:
                try:
                    found.append((place_of(path), sha256_of(path.read_bytes())))
                except OSError as error:
                    raise DataError([unreadable(str(path), error)]) from error
        return [*found, *self.digests.items()]

    def names(self, table: str) -> Names:
        """Return the names defined by a table, such as `forces`, `metrics` or `sources`."""
        if table not in self._names:
            [key] = TABLES[table].key
            aliases = {row[key]: split_list(row.get("aliases", "")) for row in self.rows(table)}
            for old, new in self.choice.successors.items():
                if old in aliases:
                    aliases[new] += aliases[old]
                    aliases[old] = []
            self._names[table] = Names(
                key,
                (
                    Name(
                        row[key],
                        self._label(row, row[key]),
                        (*_other_names(row), *aliases[row[key]]),
                    )
                    for row in self.rows(table)
                ),
            )
        return self._names[table]

    def _label(self, row: Row, default: str) -> str:
        """Return the name for people of a row: the short one of what took another's place."""
        took_over = default in self.choice.successors.values()
        return row.get("short_label") or _label(row, default) if took_over else _label(row, default)

    @property
    def minor(self) -> frozenset[str]:
        """The measures that are shown only where one is asked for by its name."""
        if not self.choice.main:
            return frozenset()
        return frozenset(self.table("quarters").columns["metric"]) - self.choice.main

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
        return self.in_order(run.source for name in names for run in self.runs(name))

    def tables_of_source(self, source: str) -> list[str]:
        """Return the names of the tables of figures and judgments that a source has rows in."""
        names = (*FIGURE_TABLES, "judgments")
        return [name for name in names if any(run.source == source for run in self.runs(name))]

    def metrics_with_figures(self) -> set[str]:
        """Return the ids of the metrics that have a row in a table of figures."""
        return {run.metric for name in FIGURE_TABLES for run in self.runs(name)}

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
        areas = {
            run.force
            for name in tables or (*FIGURE_TABLES, "judgments")
            for run in self.runs(name)
            if source in (None, run.source) and metric in (None, run.metric)
        }
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
            ends = self.table(name).columns.get("period_end", ())
            for run in self.runs(name):
                if (
                    run.force in forces
                    and source in (None, run.source)
                    and metric in (None, run.metric)
                ):
                    found.update(ends[run.start : run.stop])
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
