"""Street-level crime of data.police.uk: an archive, a folder or files in, counts by month out.

`holders` finds the files, `reading` counts each of them (`unpacking` hands it their bytes), and
`workers` shares them out to processes. `months` makes the rows. Files of outcomes and of stop and
search are named and left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from crimecmp.errors import DataError, Fault
from crimecmp.importers.imported import Imported, Known
from crimecmp.importers.street.holders import Held, digest_of, held_files, holds_street_files
from crimecmp.importers.street.months import CountedFile, imported_months
from crimecmp.importers.street.names import LEFT_ALONE, OTHER_FORCES, STREET
from crimecmp.importers.street.pace import Pace
from crimecmp.importers.street.workers import count_all
from crimecmp.text import plural

__all__ = ["holds_street_files", "read"]


def read(paths: Sequence[str], known: Known, moved: Callable[[str], None]) -> Imported:
    """Count street-level crime by force, month and category.

    Parameters
    ----------
    paths
        Archives, folders and files, as the user named them. All make one table.
    known
        The forces, and whether to include British Transport Police.
    moved
        Told from time to time how far the reading is.

    Returns
    -------
    Imported
        The counts of every month, those of a month without a file missing.

    Raises
    ------
    DataError
        If a file is not as the publisher makes it, is there twice, or is of an unknown force; lists
        the faults of all files.
    """
    held: list[Held] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            held += held_files(path)
        except DataError as error:
            faults += error.faults
    street = [file for file in held if file.name.kind == STREET]
    faults += [*_force_faults(held, known), *_repeated(street)]
    if not street and not faults:
        faults.append(Fault(paths[0], 0, "", "has no street-level file of data.police.uk"))
    if faults:
        raise DataError(faults)
    counts = count_all(street, known.areas, Pace(street, moved).done)
    faults = [fault for each in counts for fault in each.faults]
    if faults:
        raise DataError(faults)
    files = [CountedFile(file.name, each) for file, each in zip(street, counts, strict=True)]
    return imported_months(files, known, digest_of(street), _left_alone(held))


def _force_faults(held: Sequence[Held], known: Known) -> list[Fault]:
    return [
        Fault(file.label, 0, "", f"{file.name.force} is not a force that data.police.uk has")
        for file in held
        if file.name.force not in (*known.territorial, *OTHER_FORCES)
    ]


def _repeated(street: Sequence[Held]) -> list[Fault]:
    first: dict[object, str] = {}
    faults = []
    for file in street:
        other = first.setdefault(file.name, file.label)
        if other is not file.label:
            problem = f"{other} is of the same force and month; give one of them"
            faults.append(Fault(file.label, 0, "", problem))
    return faults


def _left_alone(held: Sequence[Held]) -> list[str]:
    kinds = Counter(file.name.kind for file in held)
    return [
        f"{plural(kinds[kind], 'file')} of {words} left alone."
        for kind, words in LEFT_ALONE.items()
        if kinds[kind]
    ]
