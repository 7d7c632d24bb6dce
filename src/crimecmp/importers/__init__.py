"""Import published files: one module for each format.

`files` opens a file by its content. The module of its format turns it into rows (`imported`).
`combining` joins the rows of several files, and `folder` writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from crimecmp.errors import DataError, Fault, RequestError
from crimecmp.importers import street
from crimecmp.importers.files import opened
from crimecmp.importers.imported import Imported, Known
from crimecmp.text import visible

if TYPE_CHECKING:
    from crimecmp.importers.files import File
    from crimecmp.tables.dataset import Dataset

FORMATS = ("ons_tables", "rolling_year", "recorded_crime", "crime_outcomes")
"""The modules of the formats, in the order in which they are tried."""

_NOT_KNOWN = (
    "is not in a format that crimecmp knows: police force area tables of the Office for "
    "National Statistics (P1, P2, P3, P7, P9, P10), the Home Office's rolling-year recorded "
    "crime, recorded crime open data or crime outcomes open data, or street-level files of "
    "data.police.uk"
)


class _Format(Protocol):
    def read(self, file: File, known: Known) -> Imported | None: ...


class ReadFile(NamedTuple):
    """A file's name and the rows read from it."""

    name: str
    imported: Imported


def known_names(
    data: Dataset, *, transport_police: bool = False, keep_zeros: bool = False
) -> Known:
    """Return the names and options that the importers need from the data model."""
    metrics = data.by_id("metrics")
    return Known(
        data.forces,
        tuple(data.territorial()),
        data.metrics,
        {name: row["unit"] for name, row in metrics.items()},
        {name: row["base"] for name, row in metrics.items()},
        {row["force"]: row["region"] for row in data.rows("forces") if row["region"]},
        transport_police,
        keep_zeros,
    )


def read_files(
    paths: Sequence[str],
    known: Known,
    begin: Callable[[str], None] = lambda _: None,
    moved: Callable[[str], None] = lambda _: None,
) -> list[ReadFile]:
    """Read published files.

    Parameters
    ----------
    paths
        The files, as the user named them.
    known
        The names in the data model.
    begin
        Called with the name of each file before it is read.
    moved
        Called from time to time while many files are read, with how far that is.

    Returns
    -------
    list of ReadFile
        One for each file, in the order given; street-level files are one together, the last.

    Raises
    ------
    RequestError
        If one file is given twice.
    DataError
        If any file cannot be read or has an unknown format; lists the faults of all files.
    """
    read: list[ReadFile] = []
    faults: list[Fault] = []
    first: dict[str, str] = {}
    street_paths = [path for path in paths if street.holds_street_files(path)]
    for path in paths:
        if path in street_paths:
            continue
        begin(visible(path))
        try:
            file = opened(path)
            if file.sha256 in first:
                names = f"{visible(path)} and {visible(first[file.sha256])}"
                raise RequestError(f"{names} are the same file, byte for byte", "Give it once.")
            first[file.sha256] = path
            read.append(ReadFile(path, _recognised(file, known)))
        except DataError as error:
            faults += error.faults
    if street_paths:
        named = street_paths[0] if len(street_paths) == 1 else "street-level files"
        begin(visible(named))
        try:
            read.append(ReadFile(named, street.read(street_paths, known, moved)))
        except DataError as error:
            faults += error.faults
    if faults:
        raise DataError(faults, lead="these files cannot be imported")
    return read


def refuse_breaks(read: Sequence[ReadFile]) -> None:
    """Raise an error if any figure of the files breaks a sum that they give.

    Raises
    ------
    DataError
        If any does; lists them all.
    """
    breaks = [fault for file in read for fault in file.imported.breaks]
    if breaks:
        raise DataError(breaks, lead="these figures do not add up as their publisher's tables do")


def _recognised(file: File, known: Known) -> Imported:
    for name in FORMATS:
        found = cast("_Format", import_module(f"{__name__}.{name}")).read(file, known)
        if found is not None:
            return found._replace(remarks=[*file.remarks, *found.remarks])
    raise DataError([Fault(file.name, 0, "", _NOT_KNOWN)])
