"""What the importer of a format gives back: rows of the data model as text, and an account of them.

Rows are named tuples whose fields are the columns of their table in `crimecmp.tables.schema`, in
its order; cells are text as they will stand in the CSV file, empty where there is nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from crimecmp.tables.licence import OGL
from crimecmp.tables.names import Names

TRANSPORT_POLICE = "british-transport-police"
"""Id of the one body that is no territorial force and can be asked for."""


class Rate(NamedTuple):
    """A row of the rates table: a count, its base, and the rate where it was published."""

    force: str
    metric: str
    period_end: str
    source: str
    value: str = ""
    count: str = ""  # type: ignore[assignment]  # the column's name: no row is asked to count
    base: str = ""
    locator: str = ""
    note: str = ""


class Change(NamedTuple):
    """A row of the changes table."""

    force: str
    metric: str
    period_end: str
    base_period_end: str
    source: str
    percent: str = ""
    count: str = ""  # type: ignore[assignment]  # the column's name: no row is asked to count
    locator: str = ""
    note: str = ""
    base_count: str = ""


class Outcome(NamedTuple):
    """A row of the outcomes table."""

    force: str
    metric: str
    period_end: str
    source: str
    percent: str = ""
    count: str = ""  # type: ignore[assignment]  # the column's name: no row is asked to count
    base: str = ""
    locator: str = ""
    note: str = ""


class Base(NamedTuple):
    """A row of the bases table: residents or households at the middle of a year."""

    force: str
    base: str
    year: str
    source: str
    value: str = ""
    locator: str = ""
    note: str = ""


class Metric(NamedTuple):
    """A row of the metrics table, for a category that crimecmp has no metric for."""

    metric: str
    label: str
    unit: str
    base: str
    polarity: str = "none"
    aliases: str = ""
    definition: str = ""
    comparable_from: str = ""


class Source(NamedTuple):
    """A row of the sources table.

    `title` is the published table's own, footnote marks taken off, with its edition; `note` ends in
    the file's SHA-256.
    """

    source: str
    title: str
    publisher: str
    published: str = ""
    licence: str = OGL.title
    url: str = ""
    note: str = ""


class Account(NamedTuple):
    """What became of the rows of one published table.

    Parameters
    ----------
    table
        What the table is called: `Table P1`, or what the format is called.
    read
        How many rows it has, those before and after the data included.
    written
        How many of them gave at least one figure.
    left_out
        How many gave none, by reason. `read` is `written` and all of these.
    """

    table: str
    read: int
    written: int
    left_out: Mapping[str, int]


class Imported(NamedTuple):
    """What one file gave.

    Parameters
    ----------
    format
        What the file was recognised as, for people.
    sources
        The sources that its rows name, those with rates first.
    accounts
        What became of its rows, a table each.
    remarks
        What was repaired, does not add up, or is to be known: sentences.
    """

    format: str
    sources: Sequence[Source]
    accounts: Sequence[Account]
    rates: Sequence[Rate] = ()
    changes: Sequence[Change] = ()
    outcomes: Sequence[Outcome] = ()
    bases: Sequence[Base] = ()
    metrics: Sequence[Metric] = ()
    remarks: Sequence[str] = ()


class Known(NamedTuple):
    """What an importer may know beside the file: the names of the data model, and what is wanted.

    Parameters
    ----------
    areas
        The forces and England and Wales, found by code or name.
    territorial
        Ids of the 43 territorial forces.
    metrics
        The metrics, found by the name that a publisher gives them.
    units, bases
        Of each metric its unit, and what it is over (`population`, `households`, `crimes`).
    regions
        The region of each force.
    transport_police
        Whether the figures of British Transport Police are wanted.
    """

    areas: Names
    territorial: tuple[str, ...]
    metrics: Names
    units: Mapping[str, str]
    bases: Mapping[str, str]
    regions: Mapping[str, str]
    transport_police: bool = False
