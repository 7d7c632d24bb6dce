"""Keeps a published file as it came, with a record beside it of where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from crimecmp.errors import OutputError
from crimecmp.fetching.asking import Asking
from crimecmp.fetching.choosing import Found
from crimecmp.fetching.downloading import Downloaded, Told, download
from crimecmp.fetching.finding import by_hand
from crimecmp.fetching.recording import measured, record, record_of, recorded
from crimecmp.fetching.remembering import conditions
from crimecmp.text import visible


class Kept(NamedTuple):
    """A file that is in its place.

    Parameters
    ----------
    found
        What it is.
    path
        Where it is.
    bytes, sha256
        Its size, and its SHA-256.
    changed
        Whether it was downloaded now: False where it was there, and its publisher has no other.
    """

    found: Found
    path: Path
    bytes: int
    sha256: str
    changed: bool


def keep(asking: Asking, found: Found, folder: Path, told: Told, *, overwrite: bool) -> Kept:
    """Download a file into a folder, unless it is there as its publisher has it now.

    Parameters
    ----------
    asking
        Asks the hosts.
    found
        The file.
    folder
        The folder.
    told
        Told of the progress.
    overwrite
        Whether another file of the same name may be replaced.

    Raises
    ------
    FetchError
        Where it cannot be had; the hint says how to fetch it by hand.
    OutputError
        Where it cannot be written, or another file has its name.
    """
    place = folder / found.file.name
    part = folder / f"{found.file.name}.part"
    try:
        there = _there(place, found)
        if there and found.data.interface == "govuk":  # a new edition gets a new address
            return Kept(found, place, *measured(place), changed=False)
        with by_hand(found.data):
            downloaded = download(
                asking,
                found.file.address,
                found.data.publisher.hosts,
                part,
                ending=found.data.ending,
                conditions=_conditions(there),
                told=told,
            )
        if downloaded.part is None:
            return Kept(found, place, *measured(place), changed=False)
        size, digest = measured(part)
        changed = not place.exists() or measured(place)[1] != digest
        if changed and place.exists() and not overwrite:
            part.unlink()
            raise OutputError(
                f"{visible(str(place))} is there and is another file than the publisher has now",
                "Replace it with overwrite=True, or name another folder.",
            )
        # Without its record a file is fetched again; beside another file's it would be mistaken.
        record_of(place).unlink(missing_ok=True)
        part.replace(place)
        record(place, _facts(found, downloaded, asking.clock.now(), size, digest))
        return Kept(found, place, size, digest, changed)
    except OSError as error:
        raise OutputError(f"cannot write {visible(str(place))}: {error.strerror}") from error


def _facts(
    found: Found, downloaded: Downloaded, fetched: datetime, size: int, digest: str
) -> dict[str, str | int]:
    """Return what is recorded of a file."""
    data = found.data
    return {
        "data_set": data.id,
        "title": found.title,
        "publisher": data.publisher.name,
        "edition": found.edition,
        "published": found.published.isoformat() if found.published else "",
        "licence": data.licence.title,
        "licence_url": data.licence.path,
        "page": data.page,
        "address": found.file.address,
        "final_address": downloaded.address,
        "fetched": fetched.isoformat(timespec="seconds"),
        "bytes": size,
        "sha256": digest,
        "etag": downloaded.etag,
        "last_modified": downloaded.modified,
    }


def _there(place: Path, found: Found) -> Mapping[str, str]:
    """Return the record of the same file, fetched before and not altered since; empty for none."""
    facts = recorded(place)
    return facts if facts.get("address") == found.file.address else {}


def _conditions(facts: Mapping[str, str]) -> dict[str, str]:
    return conditions(facts.get("etag", ""), facts.get("last_modified", ""))


def folder_for(named: str) -> Path:
    """Return a folder for files, made where it is missing.

    Raises
    ------
    OutputError
        Where it cannot be made.
    """
    try:
        folder = Path(named)
        folder.mkdir(exist_ok=True)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise OutputError(f"cannot write {visible(named)}: {reason}") from error
    return folder
