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


NAMES = Edition("", ("forces", "metrics", "sources", "groups", "questions"))
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

EDITIONS = DEFAULT
"""All editions."""


def default_files() -> Files:
    """Return the files of the editions that are shown unless others are asked for."""
    return _files([*DEFAULT, NAMES], TABLES)


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
