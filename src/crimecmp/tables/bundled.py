"""The tables that come with crimecmp: read as they are, and held against their checksums."""

from __future__ import annotations

import csv
from pathlib import Path

from crimecmp.errors import DataError, Fault
from crimecmp.tables.checked import CheckedTable
from crimecmp.tables.files import bundled_folder, sha256_of, unreadable
from crimecmp.tables.schema import Table


def read_bundled(table: Table, path: Path) -> CheckedTable:
    """Read a bundled table without checking its cells: the tests do, and it may have many rows.

    Raises
    ------
    DataError
        Where the file cannot be read or lacks a required column.
    """
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            columns = {name: cells for name, *cells in zip(*csv.reader(stream), strict=True)}
    except (OSError, ValueError, csv.Error) as error:
        require_intact()
        raise DataError([unreadable(str(path), error)]) from error
    lacking = [name for name in table.required if name not in columns]
    if lacking:
        require_intact()
        raise DataError([Fault(str(path), 1, name, "the column is missing") for name in lacking])
    empty = [""] * len(columns[table.key[0]])
    return CheckedTable(
        table, str(path), {name: columns.get(name, empty) for name in table.column_names}
    )


def require_intact() -> None:
    """Raise an error if bundled tables were changed, cut or lost after they were installed.

    This reads all of them. Most commands start sooner without it.

    Raises
    ------
    DataError
        With a fault for each file that does not have the size and the SHA-256 that it was
        installed with.
    """
    faults = _faults(bundled_folder())
    if faults:
        raise DataError(
            faults, "Install crimecmp again.", "tables that come with crimecmp were changed"
        )


def _faults(folder: Path) -> list[Fault]:
    import json

    description = folder / "datapackage.json"
    try:
        known = [
            (folder / resource["path"], resource["bytes"], resource["hash"])
            for resource in json.loads(description.read_bytes())["resources"]
        ]
    except OSError as error:
        return [unreadable(str(description), error)]
    except (ValueError, LookupError, TypeError):
        return [Fault(str(description), 0, "", "was changed after it was installed")]
    return [fault for each in known if (fault := _fault(*each))]


def _fault(path: Path, size: int, digest: str) -> Fault | None:
    try:
        content = path.read_bytes()
    except OSError as error:
        return unreadable(str(path), error)
    if len(content) != size:
        found = f"{len(content):,} bytes, not {size:,}"
    elif f"sha256:{sha256_of(content)}" != digest:
        found = "its SHA-256 is another"
    else:
        return None
    return Fault(str(path), 0, "", f"was changed after it was installed: {found}")
