"""Published tables in, tables of the data model out: one module a format.

`files` opens a file by what it holds, the module of its format makes rows of it (`imported`),
`combining` puts those of several files together, and `folder` writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from crimecmp.errors import DataError, Fault, RequestError
from crimecmp.importers.files import opened
from crimecmp.importers.imported import Imported, Known
from crimecmp.text import visible

if TYPE_CHECKING:
    from crimecmp.importers.files import File
    from crimecmp.tables.dataset import Dataset

FORMATS = ("ons_tables", "rolling_year", "recorded_crime", "crime_outcomes")
"""The modules of the formats, in the order in which a file is held against them."""

_NOT_KNOWN = (
    "is none of the formats that crimecmp knows: police force area tables of the Office for "
    "National Statistics (P1, P2, P3, P7, P9, P10), or the Home Office's rolling-year recorded "
    "crime, recorded crime open data or crime outcomes open data"
)


class _Format(Protocol):
    def read(self, file: File, known: Known) -> Imported | None: ...


class ReadFile(NamedTuple):
    """A file and what it gave."""

    name: str
    imported: Imported


def known_names(data: Dataset, *, transport_police: bool = False) -> Known:
    """Return what importers may know of the data model."""
    metrics = data.by_id("metrics")
    return Known(
        data.forces,
        tuple(data.territorial()),
        data.metrics,
        {name: row["unit"] for name, row in metrics.items()},
        {name: row["base"] for name, row in metrics.items()},
        {row["force"]: row["region"] for row in data.rows("forces") if row["region"]},
        transport_police,
    )


def read_files(
    paths: Sequence[str], known: Known, begin: Callable[[str], None] = lambda _: None
) -> list[ReadFile]:
    """Read published files.

    Parameters
    ----------
    paths
        The files, as the user named them.
    known
        The names of the data model.
    begin
        Is told of each file that it is begun with.

    Raises
    ------
    RequestError
        Where one file is given twice.
    DataError
        With the faults of all files, where any cannot be read or is of no known format.
    """
    read: list[ReadFile] = []
    faults: list[Fault] = []
    first: dict[str, str] = {}
    for path in paths:
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
    if faults:
        raise DataError(faults, lead="these files cannot be imported")
    return read


def _recognised(file: File, known: Known) -> Imported:
    for name in FORMATS:
        found = cast("_Format", import_module(f"{__name__}.{name}")).read(file, known)
        if found is not None:
            return found._replace(remarks=[*file.remarks, *found.remarks])
    raise DataError([Fault(file.name, 0, "", _NOT_KNOWN)])
