"""The editions that come with crimecmp: which there are, what each holds, and which are shown.

An edition is a folder of tables with everything that one publication gives. The names of forces,
measures and groups stand once, beside the editions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from crimecmp.tables.files import bundled_folder
from crimecmp.tables.schema import TABLES

Files = dict[str, tuple[Path, ...]]
"""The files of tables, by the name of the table; a table is their rows in that order."""


class Edition(NamedTuple):
    """One folder of tables.

    Parameters
    ----------
    folder
        Its name within the bundled folder; empty for the bundled folder itself.
    tables
        The names of the tables in it.
    """

    folder: str
    tables: tuple[str, ...]


NAMES = Edition("", ("forces", "metrics", "sources", "groups", "questions", "map"))
"""The names, with the sources that they are from."""

DEFAULT = (
    Edition(
        "hmic-2014-durham",
        (
            "sources", "rates", "changes", "outcomes", "satisfaction", "scale", "judgments",
            "notes", "differences", "claims",
        ),
    ),
    Edition("published-counts", ("sources", "rates", "bases")),
)  # fmt: skip
"""The editions of the report of 2014: figures are chosen in this order."""

NEWEST = (
    Edition("recorded-crime-2026-04", ("sources", "quarters", "bases", "notes")),
    Edition("outcomes-2026-04", ("sources", "outcomes")),
    Edition("ons-pfa-2024-12", ("sources", "rates", "changes")),
    Edition("anti-social-behaviour-2018-03", ("sources", "rates")),
)
"""The newest editions of each kind of figure: figures are chosen in this order."""

EDITIONS = (*DEFAULT, *NEWEST)
"""All editions."""

NEWEST_PERIOD = "2025-12-31"
"""The last day of the newest 12 months that there are figures of."""

_NEWEST_PERIODS = {"rates": NEWEST_PERIOD, "changes": NEWEST_PERIOD, "outcomes": "2025-03-31"}
"""The last day of the newest figures of each kind, by table."""

_ENDED = {"anti-social-behaviour": "2018-03-31", "detection-rate": ""}
"""The last day of the newest figures of measures that have ended; empty where there are none."""

MAIN = (
    "crime-excluding-fraud",
    "violence-with-injury",
    "sexual-offences",
    "robbery",
    "residential-burglary-per-population",
    "vehicle-offences",
    "shoplifting",
    "criminal-damage-and-arson",
    "drug-offences",
    "outcome-charged-or-summonsed",
    "outcome-no-suspect-identified",
)
"""The measures of the newest editions that are shown where none is asked for by name."""

SUCCESSORS = {"burglary-in-a-dwelling": "residential-burglary-per-population"}
"""Measures that have ended in the newest editions, and what their short names stand for there."""


YEARS = 4
"""The years over which the longer change is calculated, as the report of 2014 did."""


def default_files() -> Files:
    """Return the files of the editions that are shown unless others are asked for."""
    return _files([*DEFAULT, NAMES], TABLES)


def newest_files() -> Files:
    """Return the files of the newest editions, and of older ones for what only those have."""
    newest = {table for edition in NEWEST for table in edition.tables} - {"sources"}
    older = {"rates", "changes", "notes", "differences", "claims"} | newest
    return {
        **_files([*NEWEST, NAMES], newest | older),
        **_files([*NEWEST, *DEFAULT, NAMES], set(TABLES) - newest - older),
    }


def newest_period(table: str, metric: str | None = None) -> str:
    """Return the last day of the newest figures of a kind, and of one measure where it is given.

    It is empty where only the editions of the report of 2014 have such figures.
    """
    return _ENDED.get(metric or "", _NEWEST_PERIODS.get(table, ""))


def _files(editions: Sequence[Edition], tables: Iterable[str]) -> Files:
    folder = bundled_folder()
    return {
        table: tuple(
            folder / edition.folder / f"{table}.csv"
            for edition in editions
            if table in edition.tables
        )
        for table in tables
    }
