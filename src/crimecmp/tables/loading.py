"""Loads tables: the bundled ones when they are asked for, a user's own all at once and checked.

A fault in any of the user's tables is an error: no figure is shown from a folder that is not sound.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from crimecmp.errors import DataError, Fault, RequestError
from crimecmp.tables.checked import CheckedTable
from crimecmp.tables.dataset import Choice, Dataset
from crimecmp.tables.editions import MAIN, NEWEST, SUCCESSORS, YEARS, default_files, newest_files
from crimecmp.tables.scales import scales_of
from crimecmp.tables.schema import TABLES

_NEWEST = Choice(
    frozenset(MAIN), SUCCESSORS, YEARS, frozenset(edition.folder for edition in NEWEST)
)


def load(path: str | PathLike[str] | None = None, *, latest: bool = False) -> Dataset:
    """Read tables.

    Parameters
    ----------
    path
        A folder of CSV tables, one CSV file (its header tells which table it is), or `-` for
        standard input; None for the tables that come with crimecmp. The bundled names of forces
        and metrics stay known beside the user's own tables, which add to them.
    latest
        Whether the newest figures that come with crimecmp are wanted, of all forces, and not those
        of the report of 2014. It makes no difference to the figures at a path.

    Returns
    -------
    Dataset
        The tables, checked.

    Raises
    ------
    RequestError
        Where `path` is not a path.
    DataError
        With all faults, where a file cannot be read or is not sound.
    """
    if path is not None and not isinstance(path, str | PathLike):
        raise RequestError(
            f"path= takes a folder or a file, not {type(path).__name__}",
            "Leave it out for the bundled figures.",
        )
    dataset, faults = examine(path, latest=latest)
    if faults:
        raise DataError(faults)
    return dataset


def examine(
    path: str | PathLike[str] | None, *, latest: bool = False
) -> tuple[Dataset, list[Fault]]:
    """Read tables and return them with all their faults.

    Parameters
    ----------
    path, latest
        As for `load`.

    Returns
    -------
    dataset
        The tables, as far as they are sound.
    faults
        All that is wrong, in the order of files and rows.

    Raises
    ------
    DataError
        Where a bundled table that they add to cannot be read.
    """
    bundled = Dataset("the bundled figures", files=default_files())
    if latest:
        printed = bundled
        bundled = Dataset("the newest bundled figures", files=newest_files(), choice=_NEWEST)
        bundled.printed = printed
    return (bundled, []) if path is None else _examine_own(str(path), bundled)


def _examine_own(path: str, bundled: Dataset) -> tuple[Dataset, list[Fault]]:
    """Return a user's own tables, which add to the bundled names, and all their faults."""
    # Most commands read bundled tables alone and start sooner without what checks others.
    from crimecmp.tables.checking import check, group_faults, on_scales
    from crimecmp.tables.finding import find_tables

    texts, faults, left_out = find_tables(path)
    own = Dataset(path, left_out=left_out)
    own.bundled = bundled
    # A folder of names alone, such as groups, goes with the bundled figures.
    names_alone = all(TABLES[name].names for name in texts)
    if names_alone:
        own.choice = bundled.choice
        own.printed = bundled.printed
    scales: dict[Path, CheckedTable] = {}
    for name, table in TABLES.items():
        if table.names or names_alone:
            own.tables[name] = bundled.table(name)
        parts = []
        for text in texts.get(name, ()):
            taken = own.names(name) if table.names else None
            metrics = own.metrics_of(name)
            checked, cell_faults = check(table, text, own.names, metrics, taken)
            faults += cell_faults
            if name == "groups":
                faults += group_faults(checked, text, own.forces)
            if name == "scale":
                scales[Path(text.file).parent] = checked
            if name == "judgments":
                scale = scales.get(Path(text.file).parent) or own.table("scale")
                found = scales_of(scale, checked.columns["source"])
                checked, cell_faults = on_scales(checked, text, found, own.scales)
                faults += cell_faults
                own.scales |= found
            parts.append(checked)
        if parts:
            own.add(name, parts, (text.sha256 for text in texts[name]))
    read = [text.file for found in texts.values() for text in found]
    files = list(dict.fromkeys([*read, *(fault.file for fault in faults)]))
    faults.sort(key=lambda fault: (files.index(fault.file), fault.row))
    return own, faults
