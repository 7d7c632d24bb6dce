"""What was read from a file: rows of the data model as text, and an account of its own rows.

Each row is a named tuple. Its fields are the columns of its table in `crimecmp.tables.schema`, in
the same order. Cells are text as written to the CSV file; a missing value is empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from crimecmp.errors import Fault
from crimecmp.tables.licence import OGL
from crimecmp.tables.names import Names

TRANSPORT_POLICE = "british-transport-police"
"""The id of the only force outside the 43 that can be imported."""


class Rate(NamedTuple):
    """A row of the rates table: a count, its base, and the rate if it was published."""

    force: str
    metric: str
    period_end: str
    source: str
    value: str = ""
    count: str = ""  # type: ignore[assignment]  # a column; the tuple method is not used
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
    count: str = ""  # type: ignore[assignment]  # a column; the tuple method is not used
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
    count: str = ""  # type: ignore[assignment]  # a column; the tuple method is not used
    base: str = ""
    locator: str = ""
    note: str = ""


class Base(NamedTuple):
    """A row of the bases table: residents or households in the middle of a year."""

    force: str
    base: str
    year: str
    source: str
    value: str = ""
    locator: str = ""
    note: str = ""


class Month(NamedTuple):
    """A row of the months table; `month` is YYYY-MM, and `count` is empty where it is missing."""

    force: str
    metric: str
    month: str
    count: str  # type: ignore[assignment]  # a column; the tuple method is not used
    source: str
    locator: str = ""
    note: str = ""


class Metric(NamedTuple):
    """A row of the metrics table, for a category that crimecmp does not have."""

    metric: str
    label: str
    unit: str
    base: str
    polarity: str = "none"
    aliases: str = ""
    definition: str = ""
    comparable_from: str = ""
    part_of_base: str = ""
    short_label: str = ""


class Source(NamedTuple):
    """A row of the sources table.

    `title` is the title and edition of the published table, without footnote marks. `note` ends
    with the SHA-256 of the file.
    """

    source: str
    title: str
    publisher: str
    published: str = ""
    licence: str = OGL.title
    url: str = ""
    note: str = ""


class Account(NamedTuple):
    """How many rows of a published table were used or left out.

    Parameters
    ----------
    table
        The name of the table, such as `Table P1`, or of its format.
    read
        The number of rows in the table, including those before and after the data.
    written
        The number of rows that gave at least one figure.
    left_out
        The number of rows that gave none, by reason. `read` is the sum of `written` and these.
    """

    table: str
    read: int
    written: int
    left_out: Mapping[str, int]


class Imported(NamedTuple):
    """The rows read from one file, or from files that make one table.

    Parameters
    ----------
    format
        The name of the file's format, for people.
    sources
        The sources that the rows refer to, those with rates first.
    accounts
        How many rows of each table were used or left out.
    remarks
        Sentences on what was repaired, what does not add up and what else readers should know.
    base_years
        The year of the estimates that the publisher's own rates are over, by the base
        (`population`) and the calendar year in which the rates' 12 months end.
    gaps
        By period's end the forces that the sum of England and Wales is without.
    breaks
        The cells that break a sum which the file itself gives, each with what it should be.
    months
        Counts by month.
    files
        The number of files that all this was read from.
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
    base_years: Mapping[tuple[str, str], str] = MappingProxyType({})
    gaps: Mapping[str, Sequence[str]] = MappingProxyType({})
    breaks: Sequence[Fault] = ()
    months: Sequence[Month] = ()
    files: int = 1


class Known(NamedTuple):
    """What an importer needs from the data model, and what the user asked for.

    Parameters
    ----------
    areas
        The forces and England and Wales, found by code or name.
    territorial
        The ids of the 43 territorial forces.
    metrics
        The metrics, found by a publisher's name for them.
    units, bases
        The unit and the base (`population`, `households` or `crimes`) of each metric.
    regions
        The region of each force.
    transport_police
        Whether to import the figures of British Transport Police.
    keep_zeros
        Whether a force's quarter with nothing but zeros counts as published.
    """

    areas: Names
    territorial: tuple[str, ...]
    metrics: Names
    units: Mapping[str, str]
    bases: Mapping[str, str]
    regions: Mapping[str, str]
    transport_police: bool = False
    keep_zeros: bool = False


def with_origin(imported: Imported, address: str, published: str, fetched: str) -> Imported:
    """Return what was read from a file with where the file came from in its sources.

    Parameters
    ----------
    imported
        What was read.
    address
        The address of the file.
    published, fetched
        The days on which it was published and fetched, `YYYY-MM-DD`; the first may be empty.
    """
    sources = [
        source._replace(
            published=published,
            url=address,
            note=f"Fetched on {fetched}. {source.note}",
        )
        for source in imported.sources
    ]
    return imported._replace(sources=sources)
