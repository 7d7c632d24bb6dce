"""What holds street-level files: an archive, a folder, or a file by itself."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from crimecmp.errors import DataError, Fault
from crimecmp.importers.street.names import FileName, file_name
from crimecmp.tables.files import sha256_of, unreadable

LARGEST_FILE = 1 << 28
"""The maximum size of a street-level file in bytes. The largest published one is a tenth of it."""

MOST_PACKED = 100
"""The maximum size of a file after unpacking, as a multiple of its packed size. Real ones unpack to
four times their size."""

_SMALL = 1 << 20
"""A file of fewer bytes is no harm, however much smaller it was packed."""

_ZIP = b"PK\x03\x04"
_ENCRYPTED = 1


class Packed(NamedTuple):
    """Where a file is in an archive: its place, sizes, method and checksum."""

    offset: int
    packed_size: int
    size: int
    method: int
    crc: int


class Held(NamedTuple):
    """One file that was found.

    Parameters
    ----------
    path
        The path of the file, or of the archive that it is in.
    label
        What messages call it: the archive, then its name in it.
    name
        What its name says.
    size
        Its size in bytes, as packed.
    packed
        Where it is in the archive; None for a file by itself.
    """

    path: str
    label: str
    name: FileName
    size: int
    packed: Packed | None = None


def holds_street_files(path: str) -> bool:
    """Return whether a path is a folder, an archive of data.police.uk, or a file named like one."""
    place = Path(path)
    if place.is_dir() or file_name(place.name):
        return True
    if not place.is_file():  # a pipe can be read only once
        return False
    try:
        with place.open("rb") as stream:
            if stream.read(len(_ZIP)) != _ZIP:
                return False
            with zipfile.ZipFile(stream) as archive:
                return any(file_name(name) for name in archive.namelist())
    except (OSError, ValueError, zipfile.BadZipFile):
        return False


def held_files(path: str) -> list[Held]:
    """Return the CSV files in an archive or a folder, or the file itself.

    Parameters
    ----------
    path
        What the user named.

    Raises
    ------
    DataError
        If it cannot be read; if a CSV file is not named as the publisher names files; or if an
        archive is damaged, locked, or unpacks to far more than a published one.
    """
    place = Path(path)
    faults: list[Fault] = []
    try:
        if place.is_dir():
            found = [file for file in sorted(place.rglob("*")) if file.is_file()]
            held = list(_named([file.as_posix() for file in found], faults))
        elif file_name(place.name):
            held = list(_named([path], faults))
        else:
            with zipfile.ZipFile(path) as archive:
                held = list(_in_archive(path, archive, faults))
    except (OSError, ValueError) as error:
        raise DataError([unreadable(path, error)]) from error
    except zipfile.BadZipFile as error:
        raise DataError([Fault(path, 0, "", "is damaged or cut short; fetch it again")]) from error
    if faults:
        raise DataError(faults)
    return held


def digest_of(files: Sequence[Held]) -> str:
    """Return the SHA-256 of the one archive or file, or of the SHA-256 of each, in their order.

    Raises
    ------
    DataError
        If one cannot be read.
    """
    digests = []
    for path in dict.fromkeys(file.path for file in files):
        try:
            with Path(path).open("rb") as stream:
                digests.append(file_digest(stream, "sha256").hexdigest())
        except OSError as error:
            raise DataError([unreadable(path, error)]) from error
    return digests[0] if len(digests) == 1 else sha256_of("\n".join(digests).encode())


def _named(paths: Iterable[str], faults: list[Fault]) -> Iterator[Held]:
    for path in paths:
        if name := _name_of(path, path, faults):
            yield Held(path, path, name, Path(path).stat().st_size)


def _in_archive(path: str, archive: zipfile.ZipFile, faults: list[Fault]) -> Iterator[Held]:
    for member in archive.infolist():
        label = f"{path}/{member.filename}"
        if not (name := _name_of(member.filename, label, faults)):
            continue
        if member.flag_bits & _ENCRYPTED:
            faults.append(Fault(label, 0, "", "is protected by a password; unpack it first"))
        elif member.file_size > max(_SMALL, member.compress_size * MOST_PACKED):
            problem = f"unpacks to over {MOST_PACKED} times its size, which no published file does"
            faults.append(Fault(label, 0, "", problem))
        packed = Packed(
            member.header_offset,
            member.compress_size,
            member.file_size,
            member.compress_type,
            member.CRC,
        )
        yield Held(path, label, name, member.compress_size, packed)


def _name_of(path: str, label: str, faults: list[Fault]) -> FileName | None:
    """Return what the name of a CSV file says; None for another file.

    A packed file may hold street-level files, which would be missing without a word.
    """
    if path.casefold().endswith(_PACKED):
        faults.append(Fault(label, 0, "", "is packed; unpack it, or take it out"))
    if not path.casefold().endswith(".csv"):
        return None
    name = file_name(path)
    if name is None:
        faults.append(Fault(label, 0, "", _NOT_NAMED))
    return name


_PACKED = (".zip", ".gz", ".bz2", ".xz", ".7z", ".tar", ".tgz")
_NOT_NAMED = (
    "is not named like a file of data.police.uk, such as 2014-01-durham-street.csv; take it out"
)
