"""Street-level files and archives of a few rows, as data.police.uk makes them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

HEADING = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
DURHAM = "Durham Constabulary"
ASB, BURGLARY = "Anti-social behaviour", "Burglary"
NAME = "2014-01-durham-street.csv"


def row(kind: str = BURGLARY, month: str = "2014-01", force: str = DURHAM, **cells: str) -> str:
    """Return a row without its line end."""
    place = cells.get("location", "On or near Roman Court")
    return (
        f"{'ab' * 32},{month},{force},{force},-1.727216,54.905675,{place},E01020634,"
        f"County Durham 001A,{kind},Under investigation,"
    )


def content(rows: Iterable[str], end: str = "\r\n", heading: str = HEADING) -> bytes:
    """Return the content of a file."""
    return "".join(f"{line}{end}" for line in (heading, *rows)).encode()


def sound(kinds: Iterable[str] = (ASB, BURGLARY, BURGLARY), **about: str) -> bytes:
    """Return the content of a sound file with rows of these categories."""
    return content(row(kind, **about) for kind in kinds)


def archive(path: Path, members: Mapping[str, bytes]) -> Path:
    """Write an archive of files by their names."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, inside in members.items():
            made.writestr(f"{name[:7]}/{name}", inside)
    return path
